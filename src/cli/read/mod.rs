//! The commands that only read, one file each.

pub mod compare;
pub mod diff;
