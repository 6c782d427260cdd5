//! The commands that only read, one file each.

mod board;
pub mod changes;
pub mod check;
pub mod compare;
pub mod diff;
pub mod fate;
pub mod status;
pub mod verify;
pub mod who;
