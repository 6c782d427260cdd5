//! Who agreed to which exact words, whether that suffices, and what may be said of it.
//!
//! A position is given on the exact text of one answer. It holds while no passage changes in substance ([`substance`]);
//! after that its member is to be asked again. Each member of the day has one voice ([`voice`]), silence is shown as silence
//! and never counted as yes, and the rule of the question says whether what was said suffices ([`verdict`]). What a release
//! says of itself is made from that ([`mod@line`]), and so are the statements that travel with it ([`statement`]).
//!
//! ```
//! use std::collections::BTreeMap;
//! use onetext::agreement::{Case, Standing, judge};
//! use onetext::narrative::{position::rule::{Agreement, Rule}, read, snapshot::{File, Snapshot}};
//! let file = |text: &str| File { blob: "0".repeat(40).parse().unwrap(), bytes: text.into() };
//! let mut snapshot = Snapshot::default();
//! snapshot.files.insert("narrative.toml".into(), file("schema = 1\ntitle = \"T\"\n"));
//! snapshot.files.insert("1-size/question.md".into(), file("How big?\n"));
//! snapshot.files.insert("1-size/agreed.md".into(), file("Small.\n"));
//! let narrative = read(&snapshot).unwrap();
//! let question = &narrative.questions[0];
//! let agreement = Agreement { rule: Rule::Large, ..Agreement::default() };
//! let verdict = judge(&Case {
//!     question,
//!     roster: &narrative.roster,
//!     terms: agreement.terms(&question.id),
//!     texts: &BTreeMap::new(),
//!     open_since: None,
//!     on: "2026-03-12".parse().unwrap(),
//! });
//! assert_eq!(verdict.standing, Standing::Draft);
//! ```
//!
//! **Invariant:** a status line says nothing that the record does not show.

#[cfg(test)]
mod fixture;
pub mod line;
pub mod statement;
pub mod substance;
pub mod verdict;
pub mod voice;

pub use line::{Form, answer_line, status_line};
pub use statement::{Statement, notice_lines, statements};
pub use substance::{Touched, touched};
pub use verdict::{Verdict, Wanting, judge};
pub use voice::{Lot, Voice, Void};

use std::collections::{BTreeMap, BTreeSet};

use crate::narrative::id::BlobId;
use crate::narrative::position::rule::Terms;
use crate::narrative::question::Question;
use crate::narrative::roster::Roster;
use crate::narrative::time::Day;
use crate::prose::Prose;

/// Old texts by the ids of their bytes.
pub type Texts = BTreeMap<BlobId, String>;

/// Everything by which an answer is judged.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The question with its text, record and positions.
    pub question: &'a Question,
    /// Who is a member, and who speaks for it.
    pub roster: &'a Roster,
    /// The terms of the question.
    pub terms: Terms,
    /// The texts that positions were given on and notices are about, as far as they are known.
    pub texts: &'a Texts,
    /// The day since which the text has read as it does now, in substance.
    pub open_since: Option<Day>,
    /// The day for which it is judged.
    pub on: Day,
}

/// How an answer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// There is no agreed text.
    Unanswered,
    /// A text for discussion, or one of which something is wanting.
    Draft,
    /// The facilitator settled it on the record; no member was asked.
    Settled,
    /// Nobody objected and nobody agreed, under a rule for which that is enough.
    Unopposed,
    /// The members agreed to it under its rule.
    Agreed,
    /// It was released, and is no longer stood behind.
    Withdrawn,
}

impl Standing {
    /// The standing in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::Draft => "draft",
            Self::Settled => "settled by the facilitator",
            Self::Unopposed => "no member objected",
            Self::Agreed => "agreed",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// The texts that judging a question needs, besides the one that stands.
pub fn needs(question: &Question) -> BTreeSet<BlobId> {
    let positions = question.positions.values().map(|position| &position.text);
    let notices = question.record.notices.iter().map(|notice| &notice.text);
    let mut out: BTreeSet<BlobId> = positions.chain(notices).cloned().collect();
    if let Some(agreed) = &question.agreed {
        out.remove(&agreed.blob);
    }
    out
}

/// The day since which a text has read as it does now, by the versions of its file, oldest first.
///
/// Nothing if the last version is not the text that stands.
pub fn open_since(question: &Question, versions: &[(BlobId, Day)], texts: &Texts) -> Option<Day> {
    let agreed = question.agreed.as_ref()?;
    let current = Prose::parse(&agreed.text);
    let reads_alike = |blob: &BlobId| {
        let same = || {
            let text = texts.get(blob)?;
            Some(touched(&Prose::parse(text), &current).is_empty())
        };
        *blob == agreed.blob || same().unwrap_or(false)
    };
    let alike = versions
        .iter()
        .rev()
        .take_while(|(blob, _)| reads_alike(blob));
    alike.last().map(|(_, day)| *day)
}
