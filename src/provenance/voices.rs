//! Who says each passage of an agreed text.

use crate::narrative::id::ContributorId;
use crate::narrative::question::Question;
use crate::narrative::record::Verdict;
use crate::prose::Prose;
use crate::prose::unit::{Shared, Unit};

/// A passage of an agreed text and those whose words it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The passage.
    pub text: String,
    /// The contributors in whose drafts it stands word for word.
    pub contributors: Vec<ContributorId>,
    /// Whether it is the facilitator's own wording, by the record.
    pub facilitator: bool,
}

/// Finds who says each passage of a question's agreed text; without an agreed text there is none.
pub fn voices(question: &Question) -> Vec<Passage> {
    let Some(agreed) = &question.agreed else {
        return Vec::new();
    };
    let drafts: Vec<(&ContributorId, Prose)> = question
        .drafts
        .iter()
        .map(|(who, text)| (who, Prose::parse(&text.text)))
        .collect();
    let own = own_wordings(question);
    let passage = |unit: &Shared| Passage {
        text: unit.text().to_owned(),
        contributors: drafts
            .iter()
            .filter(|(_, draft)| draft.passages().any(|passage| passage == unit))
            .map(|(who, _)| (*who).clone())
            .collect(),
        facilitator: own.contains(unit),
    };
    Prose::parse(&agreed.text).passages().map(passage).collect()
}

fn own_wordings(question: &Question) -> Vec<Shared> {
    let folds = question.record.effective_folds();
    let decisions = folds.iter().flat_map(|fold| &fold.decisions);
    let own = decisions.filter(|decision| decision.verdict == Verdict::Own);
    own.flat_map(|decision| &decision.text)
        .flat_map(|text| crate::collate::plan::own(text))
        .map(|unit| Unit::sentence(unit.text()))
        .collect()
}
