//! Who agreed to which words, and what may be said of it.
//!
//! So far a narrative knows two rules: under *discussion* nothing is settled; under *facilitator* the facilitator settles
//! the texts on the record. Neither asks a member, and what is said here never claims that one was asked.
//!
//! **Invariant:** a status line says nothing that the record does not show.

use std::collections::BTreeSet;

use crate::narrative::Narrative;
use crate::narrative::config::Rule;
use crate::narrative::question::Question;

/// How an answer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// There is no agreed text.
    Unanswered,
    /// A text for discussion, or a release that is marked as a draft.
    Draft,
    /// The facilitator settled it on the record.
    Settled,
}

impl Standing {
    /// The standing in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::Draft => "draft",
            Self::Settled => "settled by the facilitator",
        }
    }
}

/// How a question's answer stands under a rule.
pub fn standing(question: &Question, rule: Rule) -> Standing {
    match (&question.agreed, rule) {
        (None, _) => Standing::Unanswered,
        (Some(_), Rule::Discussion) => Standing::Draft,
        (Some(_), Rule::Facilitator) if question.record.effective_folds().is_empty() => {
            Standing::Draft
        }
        (Some(_), Rule::Facilitator) => Standing::Settled,
    }
}

/// The line that says what stands behind a narrative's texts, released as drafts or as settled.
pub fn status_line(narrative: &Narrative, standing: Standing) -> String {
    let folds = narrative
        .questions
        .iter()
        .flat_map(|question| question.record.effective_folds());
    let mut drafts = BTreeSet::new();
    let mut people = BTreeSet::new();
    for fold in folds {
        for draft in &fold.drafts {
            drafts.insert(&draft.blob);
            people.insert(&draft.contributor);
        }
    }
    let made = match drafts.len() {
        0 => "no draft was folded yet".to_owned(),
        count => format!(
            "folded from {} by {}",
            counted(count, "draft", "drafts"),
            counted(people.len(), "contributor", "contributors")
        ),
    };
    let asked = "no member has been asked to agree";
    match (narrative.config.agreement.rule, standing) {
        (Rule::Discussion, _) => format!("Draft for discussion: {made}; {asked}."),
        (Rule::Facilitator, Standing::Settled) => {
            format!("Settled by the facilitator: {made}; {asked}.")
        }
        (Rule::Facilitator, _) => format!("Draft, not settled: {made}; {asked}."),
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {many}")
    }
}
