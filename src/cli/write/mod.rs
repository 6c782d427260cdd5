//! The commands that change a narrative, one file each.
