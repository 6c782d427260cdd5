//! Whose words the passages of a release are, in the order of the text.
//!
//! Who worded a passage first comes from the whole history of the text, not from the drafts as they are now: a draft that
//! changed later takes nothing away from what its author had said.

use crate::narrative::id::ContributorId;
use crate::narrative::question::Question;
use crate::prose::Prose;
use crate::prose::unit::Shared;

use super::origin::{Origin, Origins, Words};

/// A passage of an agreed text and those whose words it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The passage.
    pub text: String,
    /// What is known of its words.
    pub worded: Worded,
    /// The contributors who worded it first, or of whose changes it was composed.
    pub contributors: Vec<ContributorId>,
    /// In whose drafts it stands besides.
    pub also: Vec<ContributorId>,
    /// Whether it is the facilitator's own wording, by the record.
    pub facilitator: bool,
    /// The fold in which it was worded so; nothing for an edit by hand.
    pub fold: Option<u32>,
}

/// What is known of the words of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worded {
    /// Contributors wrote it so.
    First,
    /// It was composed of several contributors' changes.
    Composed,
    /// The facilitator decided it.
    Facilitator,
    /// It was put there by hand.
    Hand,
    /// The repository no longer has the texts that would tell.
    Unknown,
}

impl Worded {
    /// The knowledge in a word, as data has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::First => "first-worded",
            Self::Composed => "composed",
            Self::Facilitator => "facilitator",
            Self::Hand => "edited-by-hand",
            Self::Unknown => "unknown",
        }
    }
}

/// Tells whose words each passage of a question's agreed text is; without an agreed text there is none.
pub fn voices(question: &Question, origins: &Origins) -> Vec<Passage> {
    let Some(agreed) = &question.agreed else {
        return Vec::new();
    };
    let passage = |unit: &Shared| Passage {
        text: unit.text().to_owned(),
        worded: worded(origins.of(unit)),
        contributors: origins
            .of(unit)
            .map(|origin| origin.words.writers().into_iter().collect())
            .unwrap_or_default(),
        also: origins.also(unit).into_iter().collect(),
        facilitator: worded(origins.of(unit)) == Worded::Facilitator,
        fold: origins.of(unit).and_then(|origin| origin.worded.fold),
    };
    Prose::parse(&agreed.text).passages().map(passage).collect()
}

fn worded(origin: Option<&Origin>) -> Worded {
    match origin.map(|origin| &origin.words) {
        Some(Words::By(_)) => Worded::First,
        Some(Words::Composed(_)) => Worded::Composed,
        Some(Words::Facilitator(_)) => Worded::Facilitator,
        Some(Words::Hand(_)) => Worded::Hand,
        Some(Words::Unknown) | None => Worded::Unknown,
    }
}
