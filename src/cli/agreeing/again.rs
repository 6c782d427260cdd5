//! Whom a fold makes stale: the members that stand somewhere on the words that it changes.

use crate::agreement::Verdict;
use crate::cli::error::CommandError;
use crate::cli::fold::Planned;
use crate::cli::opened::Opened;
use crate::cli::terminal::count::Few;
use crate::cli::{Page, Role};
use crate::narrative::id::MemberId;
use crate::narrative::question::{Question, Text};
use crate::store::{blob_id, clock};

use super::Moment;

/// How many members are named.
const NAMED: usize = 5;

/// Finds the members whose position counts now, and would not with the text of a fold, in the order of the roster.
///
/// # Errors
///
/// An old text or the history cannot be read.
pub fn asked_again(
    opened: &Opened,
    question: &Question,
    planned: &Planned,
) -> Result<Vec<MemberId>, CommandError> {
    let terms = opened.narrative.config.agreement.terms(&question.id);
    if question.positions.is_empty() || !terms.rule.asks_members() {
        return Ok(Vec::new());
    }
    let mut folded = question.clone();
    folded.agreed = planned.text.as_ref().map(|text| Text {
        blob: blob_id(text.as_bytes()),
        text: text.clone(),
    });
    let moment = Moment::of(opened, clock::now().day());
    let (before, after) = (moment.verdict(question)?, moment.verdict(&folded)?);
    let counts = |verdict: &Verdict, member: &MemberId| {
        let mut voices = verdict.voices.iter();
        voices.any(|voice| voice.member == *member && voice.stands().is_some())
    };
    let members = before.voices.iter().map(|voice| &voice.member);
    Ok(members
        .filter(|member| counts(&before, member) && !counts(&after, member))
        .cloned()
        .collect())
}

/// Tells whom the change of words concerns.
pub fn print(members: &[MemberId], page: &mut Page) {
    if members.is_empty() {
        return;
    }
    page.text(Role::Warning, "  to be asked again: ")
        .name(Few(members, NAMED).to_string())
        .line(" (the words that they took a stand on have changed)");
}
