//! What `propose`, `receive`, `check` and `status` share: whose a proposal is, of when it says it is, and how its author goes on
//! once it was taken in.

pub mod author;
pub mod date;
mod event;
pub mod onwards;
