//! The commands that only read, one file each.

pub mod answer;
pub mod changes;
pub mod check;
pub mod compare;
pub mod diff;
pub mod fate;
pub mod quote;
pub mod status;
pub mod verify;
pub mod who;
