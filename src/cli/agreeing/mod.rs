//! What judging answers needs from the repository: old texts, and since when the one that stands does.

pub mod again;
pub mod released;
pub mod speaker;

use crate::agreement::{Case, Verdict, judge, needs, open_since};
use crate::narrative::Narrative;
use crate::narrative::question::Question;
use crate::narrative::time::Day;
use crate::store::{CommitId, Repository};

use super::error::CommandError;
use super::opened::{Opened, texts};

/// A narrative at one moment, and the day for which its answers are judged.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// The repository.
    pub repository: &'a Repository,
    /// The commit whose history counts; the last one if absent.
    pub commit: Option<&'a CommitId>,
    /// What was read.
    pub narrative: &'a Narrative,
    /// The day.
    pub on: Day,
}

impl<'a> Moment<'a> {
    /// The moment at which a narrative was opened.
    pub fn of(opened: &'a Opened, on: Day) -> Self {
        Self {
            repository: &opened.repository,
            commit: opened.commit.as_ref(),
            narrative: &opened.narrative,
            on,
        }
    }

    /// Judges every answer, in the order of the questions.
    ///
    /// # Errors
    ///
    /// An old text or the history cannot be read.
    pub fn verdicts(&self) -> Result<Vec<Verdict>, CommandError> {
        let questions = self.narrative.questions.iter();
        questions.map(|question| self.verdict(question)).collect()
    }

    /// Judges one answer.
    ///
    /// # Errors
    ///
    /// An old text or the history cannot be read.
    pub fn verdict(&self, question: &Question) -> Result<Verdict, CommandError> {
        let terms = self.narrative.config.agreement.terms(&question.id);
        // The history is read only where a rule counts days.
        let versions = if terms.days > 0 {
            let agreed = format!("{}/agreed.md", question.id);
            let versions = self.repository.versions_from(self.commit, &agreed)?;
            let dated = versions.into_iter().map(|(blob, _, at)| (blob, at.day()));
            dated.collect()
        } else {
            Vec::new()
        };
        let mut blobs = needs(question);
        blobs.extend(versions.iter().map(|(blob, _)| blob.clone()));
        let texts = texts(self.repository, blobs.into_iter())?;
        Ok(judge(&Case {
            question,
            roster: &self.narrative.roster,
            terms,
            open_since: open_since(question, &versions, &texts),
            texts: &texts,
            on: self.on,
        }))
    }
}
