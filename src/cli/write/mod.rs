//! The commands that change a narrative, one file each.

pub mod decide;
pub mod merge;
