//! Whose words each passage is, and what became of each passage of a draft.
//!
//! A [`table::Table`] is what lies on the table of a question: every draft with the text that it was written on, found
//! by replaying the record. An [`account`] is what a fold writes into the record: who was considered, what was decided,
//! and the fate of each passage that was not taken as it stood. Read back, [`walk`] finds the [`origin`] of each passage of
//! the agreed text, and [`fate`] what became of each passage of a draft.
//!
//! **Invariant:** a draft whose every claim is settled is its own next base, so that decided things do not come back
//! and later edits do.

pub mod account;
mod deletion;
pub mod fate;
pub mod origin;
mod recorded;
pub mod table;
pub mod voices;
pub mod walk;
