//! What `propose`, `receive`, `check` and `status` share: whose a proposal is, and how its author goes on once it was taken in.

pub mod author;
mod event;
pub mod onwards;
