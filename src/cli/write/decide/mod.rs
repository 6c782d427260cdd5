//! `onetext decide`: the facilitator's decisions about one question.

mod print;
mod sheet;
mod undo;

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::cli::agreeing::again;
use crate::cli::deciding::ask::{End, ask};
use crate::cli::deciding::earlier::posed;
use crate::cli::deciding::journal::Journal;
use crate::cli::error::{CommandError, Kind, Outcome};
use crate::cli::fold::{Later, Planned, Standing, commit, header, standing};
use crate::cli::opened::Opened;
use crate::cli::{Count, Session, editor};
use crate::collate::{Row, plan};
use crate::merge::choice::Choice;
use crate::merge::choice::decision::Decision;
use crate::merge::choice::sheet as paper;
use crate::narrative::id::MemberId;
use crate::narrative::question::Question;
use crate::narrative::record::Outcome as Fate;
use crate::provenance::account::{of_merge, of_plan};
use crate::provenance::table::Table;

/// Decide the open choices of a question
///
/// On a terminal, choices are shown one by one. In the first round, when there is no agreed text yet, the passages of all
/// drafts are listed in your editor: choose them and their order. Leave at any time; what was decided is kept. Without a
/// terminal, write a decision sheet, fill it in, and read it back.
#[derive(Debug, Args)]
pub struct DecideArgs {
    /// The question, by number, folder or name
    question: String,
    /// Write the open choices to a sheet that can be printed and filled in; `-` for standard output
    #[arg(long, value_name = "FILE", conflicts_with_all = ["from", "undo"])]
    sheet: Option<PathBuf>,
    /// Read the decisions from a sheet
    #[arg(long, value_name = "FILE", conflicts_with = "undo")]
    from: Option<PathBuf>,
    /// Take back the last decision that is not committed yet, or else the last fold
    #[arg(long)]
    undo: bool,
    /// Show what would be done and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Decided {
    question: String,
    did: Did,
    decided: usize,
    open: usize,
    commit: Option<String>,
    text: Option<String>,
    /// The members that stand somewhere on words that the fold changes.
    asked_again: Vec<MemberId>,
    next: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Did {
    Folded,
    WouldFold,
    WroteSheet,
    Kept,
    TookBackDecision,
    TookBackFold,
    WouldTakeBack,
    NothingOpen,
}

/// Runs the command.
///
/// # Errors
///
/// Something is not committed, a sheet cannot be read, nobody can be asked, or a write failed.
pub fn run(args: DecideArgs, session: &Session) -> Result<Outcome, CommandError> {
    let opened = Opened::at_head(session)?;
    opened.repository.check_writable()?;
    let question = opened.question(&args.question)?;
    let desk = Desk {
        args: &args,
        session,
        opened: &opened,
        question,
    };
    let report = if args.undo {
        desk.undo()?
    } else {
        desk.decide()?
    };
    // A sheet on standard output is followed by nothing, so that it can be read back.
    if args.sheet.as_deref() != Some(Path::new("-")) {
        session.show(&report)?;
    }
    Ok(if report.open > 0 {
        Outcome::DecisionNeeded
    } else {
        Outcome::Done
    })
}

/// Everything that deciding needs at hand.
struct Desk<'a> {
    args: &'a DecideArgs,
    session: &'a Session,
    opened: &'a Opened,
    question: &'a Question,
}

impl Desk<'_> {
    fn report(&self, did: Did) -> Decided {
        let question = self.question.id.to_string();
        Decided {
            question,
            did,
            decided: 0,
            open: 0,
            commit: None,
            text: None,
            asked_again: Vec::new(),
            next: None,
        }
    }

    fn decide(&self) -> Result<Decided, CommandError> {
        let table = self.opened.table(self.question)?;
        let policy = &self.opened.narrative.config.merge;
        match standing(policy, self.question, &table) {
            Standing::Empty => {
                let error = CommandError::usage(format!(
                    "question `{}` has no drafts yet",
                    self.question.id
                ));
                Err(error.next(format!("onetext draft {}", self.question.id.number())))
            }
            Standing::First(rows) => self.first(&table, &rows),
            Standing::Later(later) => self.later(&table, &later),
        }
    }

    fn later(&self, table: &Table, later: &Later) -> Result<Decided, CommandError> {
        let choices: Vec<&Choice> = later.merge.choices().collect();
        if choices.is_empty() {
            let mut report = self.report(Did::NothingOpen);
            report.next = table
                .has_news()
                .then(|| format!("onetext merge {}", self.question.id.number()));
            return Ok(report);
        }
        if let Some(path) = &self.args.sheet {
            let posed = posed(self.question, choices.iter().copied());
            return self.write_sheet(path, &paper::write(&self.title(), &posed), choices.len());
        }
        let mut journal = Journal::load(&self.opened.repository, &self.question.id)?;
        let end = match &self.args.from {
            Some(path) => {
                for decision in paper::read(&self.read(path)?, &choices)? {
                    journal.decide(decision);
                }
                End::Done
            }
            None => self.ask(&choices, &mut journal)?,
        };
        journal
            .decisions
            .retain(|decision| choices.iter().any(|choice| choice.id == decision.choice));
        let open = choices.len() - journal.decisions.len();
        if end == End::Left || journal.decisions.is_empty() {
            let mut report = self.report(Did::Kept);
            (report.decided, report.open) = (journal.decisions.len(), open);
            report.next = Some(format!("onetext decide {}", self.question.id.number()));
            return Ok(report);
        }
        self.fold_later(table, later, &journal.decisions)
    }

    fn fold_later(
        &self,
        table: &Table,
        later: &Later,
        decisions: &[Decision],
    ) -> Result<Decided, CommandError> {
        let text = later.text(decisions)?;
        let header = header(self.opened, self.question, Some(&text))?;
        let choices = Count(decisions.len(), "decision", "decisions");
        let subject = format!("fold {} of {}: {choices}", header.number, self.question.id);
        let fold = of_merge(header, table, &later.merge, decisions);
        let open = later.merge.choices().count() - decisions.len();
        self.finish(
            &Planned {
                text: Some(text),
                fold,
                subject,
            },
            decisions.len(),
            open,
        )
    }

    fn ask(&self, choices: &[&Choice], journal: &mut Journal) -> Result<End, CommandError> {
        if !self.session.can_ask() {
            return Err(self.nobody_to_ask());
        }
        if !journal.decisions.is_empty() {
            let kept = Count(journal.decisions.len(), "decision is", "decisions are");
            self.session
                .note(&format!("{kept} kept from a session that was not finished"))?;
        }
        let keep = |journal: &Journal| journal.keep(&self.opened.repository, &self.question.id);
        let posed = posed(self.question, choices.iter().copied());
        ask(self.session, &posed, journal, keep)
    }

    fn nobody_to_ask(&self) -> CommandError {
        let number = self.question.id.number();
        CommandError::new(Kind::Decision, "nobody is at a terminal to decide")
            .hint("write a sheet, fill it in, and read it back with `--from FILE`")
            .next(format!(
                "onetext decide {number} --sheet decisions-{number}.md"
            ))
    }

    fn first(&self, table: &Table, rows: &[Row]) -> Result<Decided, CommandError> {
        let mut journal = Journal::load(&self.opened.repository, &self.question.id)?;
        let suggested =
            || plan::write(&self.title(), &plan::suggest(rows, table.seats.len()), rows);
        let list = journal.plan.clone().unwrap_or_else(suggested);
        if let Some(path) = &self.args.sheet {
            return self.write_sheet(path, &list, rows.len());
        }
        let list = self.chosen(&list, &mut journal)?;
        let steps = plan::read(&list, rows)?;
        let units = plan::units(&steps, rows);
        if units.is_empty() {
            let error = CommandError::usage("nothing is taken, so there would be no text");
            return Err(error.hint("put `take` before the passages that are to stand"));
        }
        let text = crate::prose::write::write(&units, &crate::prose::Prose::default());
        let header = header(self.opened, self.question, Some(&text))?;
        let subject = format!(
            "fold {} of {}: the first agreed text",
            header.number, self.question.id
        );
        let fold = of_plan(header, table, rows, &steps);
        let open = fold
            .fates
            .iter()
            .filter(|fate| fate.fate == Fate::Open)
            .count();
        self.finish(
            &Planned {
                text: Some(text),
                fold,
                subject,
            },
            units.len(),
            open,
        )
    }

    /// The list as it was filled in: in a file, or in the editor just now.
    fn chosen(&self, list: &str, journal: &mut Journal) -> Result<String, CommandError> {
        if let Some(path) = &self.args.from {
            return self.read(path);
        }
        if !self.session.can_ask() {
            return Err(self.nobody_to_ask());
        }
        let edited = editor::edit(list, "choose.txt")?;
        journal.plan = Some(edited.clone());
        journal.keep(&self.opened.repository, &self.question.id)?;
        Ok(edited)
    }

    fn finish(
        &self,
        planned: &Planned,
        decided: usize,
        open: usize,
    ) -> Result<Decided, CommandError> {
        let mut report = self.report(if self.args.dry_run {
            Did::WouldFold
        } else {
            Did::Folded
        });
        (report.decided, report.open) = (decided, open);
        report.text = planned.text.clone().filter(|_| self.args.dry_run);
        report.asked_again = again::asked_again(self.opened, self.question, planned)?;
        if !self.args.dry_run {
            let commit = commit(self.opened, self.question, planned)?;
            Journal::default().keep(&self.opened.repository, &self.question.id)?;
            report.commit = Some(commit.as_str().to_owned());
        }
        report.next = Some(if open > 0 {
            format!("onetext decide {}", self.question.id.number())
        } else {
            "onetext status".to_owned()
        });
        Ok(report)
    }

    fn title(&self) -> String {
        format!(
            "{}: {}",
            self.question.id,
            self.question.asked.replace('\n', " ")
        )
    }
}
