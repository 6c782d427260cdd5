//! The commands that only read, one file each.
