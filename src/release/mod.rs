//! Version, gate, manifest and comparison of releases: findings out of values.
//!
//! A release is made from one commit and one date, so that anybody can make it again and compare.
//!
//! **Invariant:** nothing here reads a clock or a file.

pub mod citation;
pub mod compare;
pub mod editions;
pub mod gate;
pub mod manifest;
pub mod proof;
pub mod quotation;
pub mod redline;
pub mod version;

pub use crate::narrative::digest;
