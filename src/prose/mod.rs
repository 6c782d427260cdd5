//! Markdown as a sequence of units.

pub mod markdown;
