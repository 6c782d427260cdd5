//! What was decided before about the same choice; it is offered, never carried out by itself.

use crate::merge::choice::Choice;
use crate::merge::choice::decision::{Earlier, Posed, Verdict};
use crate::narrative::question::Question;
use crate::narrative::record;

/// The choices of a question, each with the decision that the record holds about it.
pub fn posed<'a>(
    question: &Question,
    choices: impl IntoIterator<Item = &'a Choice>,
) -> Vec<Posed<'a>> {
    let posed = |choice| Posed {
        choice,
        earlier: earlier(question, choice),
    };
    choices.into_iter().map(posed).collect()
}

fn earlier(question: &Question, choice: &Choice) -> Option<Earlier> {
    let (fold, decision) = question.record.decided(&choice.id)?;
    Some(Earlier {
        verdict: verdict(choice, decision),
        on: fold.at.day().to_string(),
        by: fold.by.clone(),
        reason: decision.reason.clone(),
    })
}

/// The decision in the letters of the choice as it is now: the record holds words, since letters change.
fn verdict(choice: &Choice, decision: &record::Decision) -> Verdict {
    let own = || Verdict::Own(decision.text.join(" "));
    match decision.verdict {
        record::Verdict::Keep => Verdict::Keep,
        record::Verdict::Park => Verdict::Park,
        record::Verdict::Own => own(),
        record::Verdict::Take | record::Verdict::Several => {
            let passages = |at: &usize| -> Vec<String> {
                let units = choice.alternatives[*at].units.iter();
                let units = units.filter(|unit| !unit.is_mark());
                units.map(|unit| unit.text().to_owned()).collect()
            };
            let mut rest = decision.text.as_slice();
            let mut taken = Vec::new();
            for at in 0..choice.alternatives.len() {
                let next = passages(&at);
                if next == decision.text {
                    return Verdict::Take(at);
                }
                let after = rest.strip_prefix(next.as_slice());
                if let Some(after) = after.filter(|_| !next.is_empty()) {
                    taken.push(at);
                    rest = after;
                }
            }
            if rest.is_empty() && taken.len() > 1 {
                Verdict::Several(taken)
            } else {
                own()
            }
        }
    }
}
