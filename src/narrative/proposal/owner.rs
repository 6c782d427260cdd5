//! To whom each path belongs.

use std::fmt;

use serde::Serialize;

use super::path::RawPath;
use crate::narrative::id::{ContributorId, MemberId, QuestionId};
use crate::narrative::read::place::{Part, Place};

/// To whom a file belongs: who alone may change it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Owner {
    /// A contributor: her draft of a question.
    Contributor(ContributorId),
    /// A member: its position on a question, written by who speaks for it.
    Member(MemberId),
    /// All who write: the agreed text, which is folded from drafts.
    Everybody,
    /// The facilitators: whatever else the repository has.
    Facilitators,
}

/// A file of a question that others than facilitators may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The question.
    pub question: QuestionId,
    /// Which of its files.
    pub part: Part,
}

impl Owner {
    /// To whom a path belongs, with the question that it is a piece of if it is one's own to write.
    pub(super) fn of(path: &RawPath, folder: &str) -> (Self, Option<Piece>) {
        let text = path.text();
        let within = text
            .as_deref()
            .and_then(|path| path.strip_prefix(folder))
            .map(Place::of);
        let Some(Place::Question(question, part)) = within else {
            return (Self::Facilitators, None);
        };
        let owner = match &part {
            Part::Draft(who) => Self::Contributor(who.clone()),
            Part::Position(member) => Self::Member(member.clone()),
            Part::Agreed => Self::Everybody,
            Part::Asked | Part::Record => return (Self::Facilitators, None),
        };
        (owner, Some(Piece { question, part }))
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contributor(who) => write!(f, "`{who}`"),
            Self::Member(member) => write!(f, "the member `{member}`"),
            Self::Everybody => f.write_str("all who write"),
            Self::Facilitators => f.write_str("the facilitators"),
        }
    }
}
