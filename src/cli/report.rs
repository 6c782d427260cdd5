//! What a command found, as data: the one way from a command to its reader.

use serde::Serialize;

use super::terminal::page::Page;

/// What a command found or did, printed for people or, by its `Serialize`, as JSON.
///
/// **Invariant:** printing computes nothing: whatever people read also stands in the JSON.
pub trait Report: Serialize {
    /// Lays the report out for a person.
    fn print(&self, page: &mut Page);
}
