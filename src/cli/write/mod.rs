//! The commands that change a narrative, one file each.

pub mod approve;
pub mod decide;
pub mod draft;
pub mod import;
pub mod init;
pub mod merge;
pub mod position;
pub mod propose;
pub mod receive;
pub mod release;
pub mod roster;
pub mod supersede;
pub mod withdraw;
