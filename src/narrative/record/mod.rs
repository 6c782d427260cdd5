//! `record.toml`: the append-only account of folds, decisions and notices of one question.

mod history;
mod notice;

pub use history::{append, append_notice};
pub use notice::{Notice, Said};

use serde::{Deserialize, Serialize};

use super::id::{BlobId, ContributorId};
use super::time::Moment;

/// The folds, oldest first. Nothing in it is ever rewritten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Record {
    /// The version of this file's schema: 1.
    pub schema: u32,
    /// The folds.
    #[serde(default)]
    pub folds: Vec<Fold>,
    /// What was said of answers that had been released, oldest first.
    #[serde(default)]
    pub notices: Vec<Notice>,
}

impl Default for Record {
    fn default() -> Self {
        Self {
            schema: 1,
            folds: Vec::new(),
            notices: Vec::new(),
        }
    }
}

/// One merge of drafts into the agreed text, or the undoing of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fold {
    /// 1, 2, 3 …
    pub number: u32,
    /// When it was made.
    pub at: Moment,
    /// Who made it, as named in the git identity.
    pub by: String,
    /// The agreed text before; absent in the first fold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<BlobId>,
    /// The agreed text after; absent if undoing took the first text away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<BlobId>,
    /// The number of the fold that this one undoes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<u32>,
    /// The drafts on the table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drafts: Vec<Considered>,
    /// What was decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
    /// What became of each passage that was not taken as it stood.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fates: Vec<Fate>,
}

/// A draft that was on the table of a fold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Considered {
    /// Whose draft.
    pub contributor: ContributorId,
    /// The exact bytes.
    pub blob: BlobId,
    /// The text against which it was read; absent in the first round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<BlobId>,
    /// Whether nothing of it stayed open: from then on it is its own next base.
    pub settled: bool,
}

/// What the facilitator chose at one choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Decision {
    /// The choice's id.
    pub choice: String,
    /// How it was decided.
    pub verdict: Verdict,
    /// The passages that now stand, one per entry; empty if the passage was deleted or nothing was added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<String>,
    /// Whose wordings were chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<ContributorId>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How a choice was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The text stays as it stands.
    Keep,
    /// One variant was taken.
    Take,
    /// Several variants were taken, one after the other.
    Several,
    /// The facilitator's own wording.
    Own,
    /// Put aside for a later fold; no longer open.
    Park,
}

/// What became of one passage of one draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fate {
    /// Whose passage.
    pub contributor: ContributorId,
    /// The passage in canonical form; of a wish to delete, the passage that was to go.
    pub passage: String,
    /// Whether the wish was to delete the passage.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deletes: bool,
    /// What became of it.
    pub fate: Outcome,
    /// The choice in which it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<String>,
    /// The passage that says it in other words, as the facilitator confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_by: Option<String>,
    /// Why it was declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What can become of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It stands in the agreed text as it was written.
    Taken,
    /// Its content stands there in another wording.
    Merged,
    /// Somebody else's equal passage stands there.
    Duplicate,
    /// Not taken, with a reason.
    Declined,
    /// Put aside for a later fold.
    Parked,
    /// Nothing was decided yet.
    Open,
}
