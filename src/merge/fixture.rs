//! Merges of written texts, for the tests of this module.

use super::{Merge, Voice, merge};
use crate::prose::Prose;

/// The drafts of ana, bo and chi merged into the text that they were written on, and what it reads then.
pub fn merged(base: &str, drafts: &[&str]) -> (String, Merge) {
    let base = Prose::parse(base);
    let drafts: Vec<Prose> = drafts.iter().map(|draft| Prose::parse(draft)).collect();
    let voices: Vec<Voice<'_>> = ["ana", "bo", "chi"]
        .iter()
        .zip(&drafts)
        .map(|(who, draft)| Voice::new(who, &base, draft))
        .collect();
    let merged = merge(&base, &voices);
    (merged.text(&base), merged)
}
