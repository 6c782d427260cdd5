//! The commands that scripts, packagers and git call, one file each.

pub mod completions;
pub mod diff_file;
pub mod git;
pub mod man;
pub mod merge_file;
pub mod templates;
