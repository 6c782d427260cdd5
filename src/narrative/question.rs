//! A question with everything that was written about it.

use std::collections::BTreeMap;

use super::id::{BlobId, ContributorId, MemberId, QuestionId};
use super::position::Position;
use super::record::Record;

/// One question as asked, its drafts, its agreed text and its record.
#[derive(Clone, Debug)]
pub struct Question {
    /// Number and short name.
    pub id: QuestionId,
    /// The question as asked.
    pub asked: String,
    /// Guidance for writers, below the rule in `question.md`.
    pub guidance: Option<String>,
    /// One draft per contributor.
    pub drafts: BTreeMap<ContributorId, Text>,
    /// The agreed text, once there is one.
    pub agreed: Option<Text>,
    /// Folds, decisions and notices.
    pub record: Record,
    /// Where members stand, by the file's name.
    pub positions: BTreeMap<MemberId, Position>,
}

/// A text and the git id of its bytes.
///
/// **Invariant:** valid UTF-8, line ends are `\n`, no byte-order mark, no control characters but `\n` and `\t`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The id of the bytes as they are stored (before line ends are normalised).
    pub blob: BlobId,
    /// The text.
    pub text: String,
}
