//! How an edit becomes her draft: on the text that she edited, beside what she said before, and without a word lost.

use std::collections::BTreeMap;

use crate::cli::error::CommandError;
use crate::cli::opened::Opened;
use crate::merge::text::merge_texts;
use crate::narrative::finding::Finding;
use crate::narrative::id::ContributorId;
use crate::narrative::question::{Question, Text};
use crate::prose::Prose;
use crate::store::blob_id;

use super::Changed;

/// An edit of a text by a contributor.
#[derive(Debug)]
pub struct Edit<'a> {
    /// The proposal, as it was named.
    pub proposal: &'a str,
    /// The path that is shown with a finding.
    pub path: &'a str,
    /// Of which question.
    pub question: &'a Question,
    /// Whose.
    pub who: &'a ContributorId,
    /// The text that she edited; nothing if there was none.
    pub was: Option<&'a str>,
    /// What she made of it.
    pub is: &'a str,
}

/// What becomes of two versions of one text that were both written on a third.
enum Both {
    /// Together they are this.
    Text(String),
    /// They change the same passages.
    Meet,
}

fn both(was: &str, ours: &str, theirs: &str) -> Both {
    let merged = merge_texts(was, &[ours, theirs]);
    match merged.conflicts() {
        0 => Both::Text(merged.reading()),
        _ => Both::Meet,
    }
}

impl Edit<'_> {
    /// Her draft, edited while the one here changed too.
    pub fn of_draft(&self, here: &str, changed: Changed) -> Result<String, Finding> {
        // Of two first drafts nobody knows what one let go of the other.
        let both = self.was.map_or(Both::Meet, |was| both(was, here, self.is));
        match (both, changed) {
            (_, Changed::Replace) => Ok(self.is.to_owned()),
            (Both::Text(text), Changed::Combine) => Ok(text),
            (Both::Text(_), Changed::Refuse) => Err(self.behind("in other passages").mend(format!(
                "`onetext receive {} --combine` puts both together",
                self.proposal
            ))),
            (Both::Meet, _) => Err(self.behind("in the same passages").mend(format!(
                "`onetext receive {} --replace` lets this one take its place, if it is her newer one; else ask `{}` to start \
                 from her draft as it is here, and to propose it again",
                self.proposal, self.who
            ))),
        }
    }

    fn behind(&self, how: &str) -> Finding {
        let message = format!("the draft of `{}` changed here meanwhile, {how}", self.who);
        Finding::error("proposal-behind", self.path, message)
    }

    /// The agreed text, edited by her: her draft from then on.
    ///
    /// # Errors
    ///
    /// The history cannot be read; within, why it cannot be her draft.
    pub fn of_agreed(
        &self,
        opened: &Opened,
        changed: Changed,
    ) -> Result<Result<String, Finding>, CommandError> {
        let text = match self.beside_her_draft(opened, changed)? {
            Ok(text) => text,
            Err(finding) => return Ok(Err(finding)),
        };
        let Some(was) = self.was else {
            return Ok(Ok(text));
        };
        if self.base(opened, &text)?.as_deref() == Some(was) {
            return Ok(Ok(text));
        }
        self.moved(opened, was, &text)
    }

    /// Her words with those of a draft of hers that is still to be folded, if she has one.
    fn beside_her_draft(
        &self,
        opened: &Opened,
        changed: Changed,
    ) -> Result<Result<String, Finding>, CommandError> {
        let is_settled = |own: &Text| self.question.record.considered(self.who) == Some(&own.blob);
        let own = self
            .question
            .drafts
            .get(self.who)
            .filter(|own| !is_settled(own));
        let Some(own) = own else {
            return Ok(Ok(self.is.to_owned()));
        };
        if own.text == self.is {
            return Ok(Ok(self.is.to_owned()));
        }
        let unfolded = || {
            let message = format!("`{}` has a draft that is not folded yet", self.who);
            Finding::error("proposal-behind", self.path, message)
        };
        let on_the_same = self.base(opened, &own.text)?.as_deref() == self.was;
        let together = on_the_same.then(|| both(self.was.unwrap_or_default(), &own.text, self.is));
        Ok(match (together, changed) {
            (Some(Both::Text(text)), Changed::Combine) => Ok(text),
            (Some(Both::Text(_)), _) => Err(unfolded().mend(format!(
                "`onetext receive {} --combine` puts both together",
                self.proposal
            ))),
            _ => Err(unfolded().mend(format!(
                "fold it first with `onetext merge {}`, then receive this",
                self.question.id.number()
            ))),
        })
    }

    /// Her edit carried over to the agreed text as it is now.
    fn moved(
        &self,
        opened: &Opened,
        was: &str,
        text: &str,
    ) -> Result<Result<String, Finding>, CommandError> {
        let stands = self.question.agreed.as_ref().map_or("", |text| &text.text);
        if let Both::Text(text) = both(was, stands, text)
            && self.base(opened, &text)?.as_deref() == Some(stands)
        {
            return Ok(Ok(text));
        }
        let message = "the agreed text changed since, in the same passages".to_owned();
        let finding = Finding::error("proposal-behind", self.path, message);
        Ok(Err(finding.mend(format!(
            "ask `{}` to write a draft on the agreed text as it is now: `onetext draft {}`",
            self.who,
            self.question.id.number()
        ))))
    }

    /// The text that a draft of hers would be read as written on.
    fn base(&self, opened: &Opened, text: &str) -> Result<Option<String>, CommandError> {
        let mut question = self.question.clone();
        let blob = blob_id(text.as_bytes());
        let text = text.to_owned();
        let known = question
            .drafts
            .insert(self.who.clone(), Text { blob, text });
        let mut begun = BTreeMap::new();
        if let (None, Some(agreed)) = (known, &question.agreed) {
            begun.insert(self.who.clone(), agreed.blob.clone());
        }
        let table = opened.table_begun(&question, begun)?;
        let seat = table.seats.into_iter().find(|seat| seat.who == *self.who);
        let base: Option<Prose> = seat.and_then(|seat| seat.base);
        Ok(base.map(|base| base.source().to_owned()))
    }
}
