//! Proposals on their way out, to servers of our own.

mod contributor;
mod faults;
mod forges;
mod links;
mod signed;

use super::sandbox::Sandbox;

const DRAFT: &str = "narrative/1-size/drafts/bo.md";

/// A narrative in which bo has written on question 1 and committed nothing.
pub fn with_draft() -> Sandbox {
    let sandbox = Sandbox::with_narrative();
    sandbox.write(DRAFT, "We are small.\n");
    sandbox
}
