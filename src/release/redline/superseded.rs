//! What was said and may not be quoted any more: sentences of answers, and what people were quoted with on their ground.

use serde::Serialize;

use crate::narrative::Narrative;
use crate::narrative::quotes::{Approval, Clearance, Quote};
use crate::narrative::time::Day;
use crate::release::quotation::{found, nearest};

use super::{Class, Lot, Motion, Passage, QuestionRedline};

/// A sentence that was quoted perhaps, and stands so no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Superseded {
    /// The question.
    pub question: String,
    /// As it read.
    pub was: String,
    /// As it reads; nothing if it is gone.
    pub now: Option<String>,
}

/// An approved quote that rests on a sentence which stands so no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SupersededQuote {
    /// The quote's name.
    pub id: String,
    /// What is quoted.
    pub words: String,
    /// Who says it as what.
    pub said_by: String,
    /// Who approved it.
    pub approved_by: String,
    /// On which day.
    pub on: Day,
    /// For which editions.
    pub editions: Vec<String>,
    /// To which day; for good if nothing.
    pub until: Option<Day>,
    /// The sentence that it rests on.
    pub rests_on: Superseded,
}

impl SupersededQuote {
    /// Who says it, for which editions and until when, in a clause.
    pub fn told(&self) -> String {
        let editions = self.editions.join(", ");
        let until = match self.until {
            Some(day) => format!("until {}", day.long()),
            None => "for good".to_owned(),
        };
        format!("{}; approved for {editions}, {until}", self.said_by)
    }
}

/// The sentences of the first version that may not be quoted any more.
pub fn sentences(questions: &[QuestionRedline]) -> Vec<Superseded> {
    let mut out = Vec::new();
    for question in questions {
        let passages = question.blocks.iter().flat_map(|block| &block.passages);
        for passage in passages.filter(|passage| is_superseded(passage)) {
            let gone = passage.class == Some(Class::Removed);
            out.push(Superseded {
                question: question.id.to_string(),
                was: reading(passage, Lot::Removed),
                now: (!gone).then(|| reading(passage, Lot::Added)),
            });
        }
    }
    out
}

/// The approved quotes of two versions that rest on a sentence which stands so no more, each with the first such sentence.
/// Of a quote that both versions have, the later counts.
pub fn quotes((old, new): (&Narrative, &Narrative), gone: &[Superseded]) -> Vec<SupersededQuote> {
    let only_old = old.quotes.quotes.iter();
    let only_old = only_old.filter(|quote| new.quotes.get(&quote.id).is_none());
    let all = new.quotes.quotes.iter().chain(only_old);
    all.filter_map(|quote| {
        let approval = quote.approved.as_ref()?;
        // Whether the approval has ended is told by its last day.
        let holds = quote.clearance(approval.on) == Clearance::Approved;
        let ground = gone.iter().find(|one| holds && rests(quote, one))?;
        Some(superseded(quote, approval, ground))
    })
    .collect()
}

fn superseded(quote: &Quote, approval: &Approval, ground: &Superseded) -> SupersededQuote {
    SupersededQuote {
        id: quote.id.clone(),
        words: quote.words.clone(),
        said_by: quote.said_by(),
        approved_by: approval.by.clone(),
        on: approval.on,
        editions: approval.editions.clone(),
        until: approval.until,
        rests_on: ground.clone(),
    }
}

/// Whether a quote says what a sentence said, word for word or nearly, and does not say what it says now.
fn rests(quote: &Quote, on: &Superseded) -> bool {
    let same =
        |text: &str| found(text, &quote.words).is_some() || found(&quote.words, text).is_some();
    let is_like = same(&on.was) || nearest(&on.was, &quote.words).is_some();
    is_like && !on.now.as_deref().is_some_and(same)
}

/// Whether it stood before and does not stand so any more. One word that came in is enough: it may be a `not`.
pub(super) fn is_superseded(passage: &Passage) -> bool {
    let any = |lot: Lot| passage.runs.iter().any(|run| run.lot == lot);
    // What moved here is told as added as a whole.
    let came_in = passage.motion.is_none() && any(Lot::Added);
    match (passage.class, passage.motion) {
        (_, Some(Motion::Away(_))) => false,
        (None | Some(Class::New | Class::Moved | Class::Marking), _) => false,
        (Some(Class::Wording | Class::Position | Class::Removed), _) => true,
        (Some(Class::Correction), _) => came_in || any(Lot::Removed),
    }
}

/// The words of a passage with what is kept and what has one lot, without the numbers of notes.
pub(super) fn reading(passage: &Passage, lot: Lot) -> String {
    let here = passage.motion.is_some();
    let mut text = String::new();
    for run in &passage.runs {
        let reads = run.lot == lot || run.lot == Lot::Kept || (here && run.lot == Lot::Added);
        match (&run.face.refers, reads) {
            (None, true) => text.push_str(&run.text),
            // The blank before the number of a note goes with it.
            (Some(_), true) => text.truncate(text.trim_end().len()),
            (_, false) => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
