//! `positions/<member>.toml`: where a member stands on the exact words of one answer.
//!
//! A file says where its member stands now and nothing else, so that it can be read, and written in a web editor, by
//! somebody who knows nothing of the tool. What the member said before is in git's history of the file, which is
//! append-only by nature; taking a position back takes the file away, and the member is silent again.
//!
//! ```
//! use onetext::narrative::position::{Position, Stand};
//! use onetext::narrative::read::toml::parse;
//! let text = format!(
//!     "schema = 1\nmember = \"alpha\"\nposition = \"agree\"\ntext = \"{}\"\non = \"2026-03-12\"\nspoke = \"ana\"\n",
//!     "0".repeat(40)
//! );
//! let position: Position = parse("positions/alpha.toml", &text).unwrap();
//! assert_eq!(position.position, Stand::Agree);
//! ```
//!
//! **Invariant:** a member has at most one position on a question, because it has one file.

pub mod rule;

use serde::{Deserialize, Serialize};

use super::id::{BlobId, ContributorId, MemberId, QuestionId};
use super::read::toml;
use super::time::Day;

/// Where a member stands on an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Position {
    /// The version of this file's schema: 1.
    pub schema: u32,
    /// The member, which is the file's name too.
    pub member: MemberId,
    /// Where it stands.
    pub position: Stand,
    /// The exact agreed text that it speaks of.
    pub text: BlobId,
    /// The day on which it was said.
    pub on: Day,
    /// Who said it for the member.
    pub spoke: ContributorId,
    /// The facilitator who wrote it down, if that was not who spoke.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_by: Option<ContributorId>,
    /// Why; an objection must say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// A wording that the member could live with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<String>,
    /// What the member wants to stand beside the answer in every release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
}

/// Where a member can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stand {
    /// It agrees to these words.
    Agree,
    /// It does not agree, and stands in nobody's way.
    StandAside,
    /// It objects, and says why.
    Object,
}

impl Stand {
    /// What the member does, in words.
    pub fn does(self) -> &'static str {
        match self {
            Self::Agree => "agrees",
            Self::StandAside => "stands aside",
            Self::Object => "objects",
        }
    }

    /// What the member did, in words.
    pub fn did(self) -> &'static str {
        match self {
            Self::Agree => "agreed",
            Self::StandAside => "stood aside",
            Self::Object => "objected",
        }
    }
}

impl Position {
    /// The file of a member's position on a question, relative to the narrative's folder.
    pub fn path(question: &QuestionId, member: &MemberId) -> String {
        format!("{question}/positions/{member}.toml")
    }

    /// The text of the file.
    pub fn to_toml(&self, question: &QuestionId) -> String {
        let head = format!("# Where {} stands on {question}.\n", self.member);
        head + &toml::write(self)
    }

    /// The reason, if there is one that says something.
    pub fn stated_reason(&self) -> Option<&str> {
        let reason = self.reason.as_deref().map(str::trim);
        reason.filter(|reason| !reason.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_reads_back_as_it_was_written() {
        let position = Position {
            schema: 1,
            member: "beta".parse().unwrap(),
            position: Stand::StandAside,
            text: "a".repeat(40).parse().unwrap(),
            on: "2026-03-12".parse().unwrap(),
            spoke: "bo".parse().unwrap(),
            recorded_by: Some("ana".parse().unwrap()),
            reason: Some("we are \"new\"".to_owned()),
            wording: None,
            statement: Some("We have no view.\n\nNot yet.".to_owned()),
        };
        let text = position.to_toml(&"1-size".parse().unwrap());
        assert_eq!(text, EXPECTED);
        assert_eq!(toml::parse::<Position>("b.toml", &text).unwrap(), position);
    }

    const EXPECTED: &str = r#"# Where beta stands on 1-size.
schema = 1
member = "beta"
position = "stand-aside"
text = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
on = "2026-03-12"
spoke = "bo"
recorded-by = "ana"
reason = 'we are "new"'
statement = """
We have no view.

Not yet."""
"#;
}
