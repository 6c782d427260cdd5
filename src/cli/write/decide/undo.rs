//! Taking back the last decision, or else the last fold.

use crate::cli::deciding::journal::Journal;
use crate::cli::error::CommandError;
use crate::cli::fold::{Planned, header};
use crate::narrative::record::Fold;
use crate::provenance::account::of_undo;

use super::{Decided, Desk, Did};

impl Desk<'_> {
    pub(super) fn undo(&self) -> Result<Decided, CommandError> {
        let mut journal = Journal::load(&self.opened.repository, &self.question.id)?;
        if journal != Journal::default() {
            journal.plan = None;
            journal.decisions.pop();
            if !self.args.dry_run {
                journal.keep(&self.opened.repository, &self.question.id)?;
            }
            let mut report = self.report(match self.args.dry_run {
                true => Did::WouldTakeBack,
                false => Did::TookBackDecision,
            });
            report.decided = journal.decisions.len();
            return Ok(report);
        }
        let folds = self.question.record.effective_folds();
        let last = folds.last().ok_or_else(|| {
            CommandError::usage(format!(
                "question `{}` has no fold to take back",
                self.question.id
            ))
        })?;
        self.undo_fold(last)
    }

    fn undo_fold(&self, last: &Fold) -> Result<Decided, CommandError> {
        let now = self.question.agreed.as_ref().map(|text| &text.blob);
        if now != last.after.as_ref() {
            let message = format!(
                "the agreed text of `{}` was changed after fold {}",
                self.question.id, last.number
            );
            return Err(CommandError::usage(message).hint("take that change back with git first"));
        }
        let text = match &last.before {
            Some(blob) => self.opened.repository.blob(blob)?,
            None => None,
        };
        let text = text.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let header = header(self.opened, self.question, text.as_deref())?;
        let subject = format!(
            "fold {} of {}: fold {} taken back",
            header.number, self.question.id, last.number
        );
        let fold = of_undo(header, last.number);
        let mut report = self.finish(
            &Planned {
                text,
                fold,
                subject,
            },
            0,
            0,
        )?;
        if !self.args.dry_run {
            report.did = Did::TookBackFold;
        }
        Ok(report)
    }
}
