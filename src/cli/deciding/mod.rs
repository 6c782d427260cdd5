//! The parts of `decide`: asking one by one, keeping what was decided until it is committed, and what was decided before.

pub mod ask;
pub mod earlier;
pub mod journal;
