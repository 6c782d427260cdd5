//! **onetext**: many drafts, one agreed text.
//!
//! A narrative is a list of questions with one draft answer per contributor and question and one agreed text per
//! question. This library compares the drafts, merges them without losing a word, and renders releases. The
//! binary is a thin shell around [`cli`].
//!
//! # The modules, in reading order
//!
//! A module imports only from modules above it; `tests/suite/house/layers.rs` holds that. All but `store` and `cli` are
//! pure: values in, values out.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`parallel`] | the same work on many values, several at a time |
//! | [`prose`] | Markdown as a sequence of units: paragraph marks, sentences, opaque blocks |
//! | [`diff`] | what changed between two texts: units first, words within them, moves |
//! | [`merge`] | wishes, the merge of many drafts at once, choices; the merge of plain files |
//! | [`collate`] | independent drafts side by side: who says what |
//! | [`narrative`] | the vocabulary as types, and how its files are read |
//! | [`reply`] | mails and documents that people send, parted by question |
//! | [`agreement`] | who agreed to which exact words, and what may be said of it |
//! | [`provenance`] | whose words each passage is; what became of each passage of a draft |
//! | [`release`] | version, gate, manifest and comparison: findings out of values |
//! | [`render`] | one neutral document model, then one file per format |
//! | [`store`] | the only code that touches disk and git objects |
//! | [`cli`] | arguments, terminal, progress; one file per command; errors with kind, hint and exit code |

pub mod parallel;

pub mod prose;

pub mod diff;

pub mod merge;

pub mod collate;

pub mod narrative;

pub mod reply;

pub mod agreement;

pub mod provenance;

pub mod release;

pub mod render;

#[expect(clippy::disallowed_methods, reason = "the only code that touches disk")]
pub mod store;

#[expect(
    clippy::disallowed_methods,
    reason = "what the user typed is read here"
)]
pub mod cli;
