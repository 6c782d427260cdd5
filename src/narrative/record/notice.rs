//! What the record says of answers that were released: withdrawn, superseded, and taken back again.
//!
//! A notice is about exact words: a text that differs in substance from the one that was withdrawn is a new answer.

use serde::{Deserialize, Serialize};

use super::Record;
use crate::narrative::id::BlobId;
use crate::narrative::time::Moment;

/// One thing said of an answer that was released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Notice {
    /// What is said.
    pub notice: Said,
    /// When.
    pub at: Moment,
    /// Who says it, as named in the git identity.
    pub by: String,
    /// The exact agreed text that it is about.
    pub text: BlobId,
    /// The last release that had it, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// Why, for the readers of later releases.
    pub reason: String,
}

/// What can be said of an answer that was released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// Nobody stands behind it any more, and nothing takes its place yet.
    Withdrawn,
    /// Another text takes its place.
    Superseded,
    /// The withdrawal was a mistake.
    Restored,
}

impl Record {
    /// The withdrawal that stands at the end: the last notice, if it is one.
    pub fn withdrawal(&self) -> Option<&Notice> {
        let last = self
            .notices
            .iter()
            .rfind(|notice| notice.notice != Said::Superseded);
        last.filter(|notice| notice.notice == Said::Withdrawn)
    }
}
