//! The parts of `decide`: asking one by one, and keeping what was decided until it is committed.

pub mod ask;
pub mod journal;
