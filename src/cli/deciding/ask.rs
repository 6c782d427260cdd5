//! Deciding in the terminal, one choice after the other.

use serde::Serialize;

use crate::cli::error::CommandError;
use crate::cli::{Page, Report, Session};
use crate::merge::choice::Choice;
use crate::merge::choice::decision::{Decision, Earlier, Posed, Verdict, number};
use crate::merge::choice::sheet;

use super::journal::Journal;

/// How asking ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Every choice was shown.
    Done,
    /// The facilitator left; what was decided is kept.
    Left,
}

/// A choice as it is shown.
#[derive(Serialize)]
struct Shown {
    id: String,
    place: String,
    asks: &'static str,
    now: String,
    was: String,
    options: Vec<String>,
    earlier: Option<Earlier>,
}

impl Report for Shown {
    fn print(&self, page: &mut Page) {
        page.blank()
            .strong(&self.place)
            .plain("  ")
            .faint(&self.id)
            .plain("  ")
            .line(self.asks);
        if !self.was.is_empty() {
            page.block("  was: ", &self.was);
        }
        if !self.now.is_empty() {
            page.block("  now: ", &self.now);
        }
        for option in &self.options {
            page.block("  ", option);
        }
        if let Some(earlier) = &self.earlier {
            page.block("  decided before, r to decide so again: ", &earlier.told());
        }
    }
}

const HELP: &str = "k keep the text and decline the rest, with a reason · A, B … take that one · A B take several · \
                    o own wording · p park · r as it was decided before · s skip · u undo the last · q leave";

/// What was answered.
enum Answer {
    Decided(Verdict),
    Again,
    Skip,
    Undo,
    Leave,
    Unknown,
}

fn is_decided(journal: &Journal, choice: &Choice) -> bool {
    let mut decisions = journal.decisions.iter();
    decisions.any(|decision| decision.choice == choice.id)
}

/// Asks about every choice that the journal has no decision for; each answer is handed to `keep` at once.
///
/// # Errors
///
/// The terminal is closed, or an answer cannot be kept.
pub fn ask(
    session: &Session,
    choices: &[Posed<'_>],
    journal: &mut Journal,
    keep: impl Fn(&Journal) -> Result<(), CommandError>,
) -> Result<End, CommandError> {
    session.note(HELP)?;
    let mut at = 0;
    while let Some(posed) = choices.get(at) {
        let choice = posed.choice;
        if is_decided(journal, choice) {
            at += 1;
            continue;
        }
        session.show(&shown(posed, at, choices.len()))?;
        let decision = match answer(&session.ask("decide [k/A…/o/p/r/s/u/q/?]:")?, choice) {
            Answer::Decided(verdict) => completed(session, choice, verdict)?,
            Answer::Again => again(session, posed)?,
            Answer::Skip => {
                at += 1;
                None
            }
            Answer::Undo => {
                journal.decisions.pop();
                keep(journal)?;
                at = 0;
                None
            }
            Answer::Leave => return Ok(End::Left),
            Answer::Unknown => session.note(HELP).map(|()| None)?,
        };
        if let Some(decision) = decision {
            journal.decide(decision);
            keep(journal)?;
            at += 1;
        }
    }
    Ok(End::Done)
}

/// What was decided before, once more.
fn again(session: &Session, posed: &Posed<'_>) -> Result<Option<Decision>, CommandError> {
    let again = posed.earlier.as_ref();
    let again = again.map(|earlier| earlier.again(posed.choice));
    if again.is_none() {
        session.note("this was not decided before")?;
    }
    Ok(again)
}

fn shown(Posed { choice, earlier }: &Posed<'_>, at: usize, all: usize) -> Shown {
    Shown {
        id: choice.id.clone(),
        place: format!("{} of {all}", at + 1),
        asks: sheet::asked(choice),
        now: sheet::stands(choice),
        was: sheet::one_line(&choice.was),
        options: sheet::options(choice),
        earlier: earlier.clone(),
    }
}

fn answer(typed: &str, choice: &Choice) -> Answer {
    match typed {
        "k" | "keep" | "d" | "decline" => Answer::Decided(Verdict::Keep),
        "o" | "own" => Answer::Decided(Verdict::Own(String::new())),
        "p" | "park" => Answer::Decided(Verdict::Park),
        "r" | "again" => Answer::Again,
        "s" | "skip" => Answer::Skip,
        "u" | "undo" => Answer::Undo,
        "q" | "quit" => Answer::Leave,
        _ => {
            let letters = typed.split([' ', ',']).filter(|letter| !letter.is_empty());
            let numbers: Option<Vec<usize>> = letters.map(number).collect();
            let fits = |at: &usize| *at < choice.alternatives.len();
            match numbers.as_deref() {
                Some([one]) if fits(one) => Answer::Decided(Verdict::Take(*one)),
                Some(several @ [_, _, ..]) if choice.now.is_empty() && several.iter().all(fits) => {
                    Answer::Decided(Verdict::Several(several.to_vec()))
                }
                _ => Answer::Unknown,
            }
        }
    }
}

/// Asks for the wording or the reason that a verdict needs; nothing if it was left empty.
fn completed(
    session: &Session,
    choice: &Choice,
    verdict: Verdict,
) -> Result<Option<Decision>, CommandError> {
    let verdict = match verdict {
        Verdict::Own(_) => {
            let wording = session.ask("your wording:")?;
            if wording.is_empty() {
                return Ok(None);
            }
            Verdict::Own(wording)
        }
        other => other,
    };
    let reason = match verdict {
        Verdict::Keep => session.ask("why is it declined?")?,
        Verdict::Park => String::new(),
        _ => session.ask("why? (may be left empty)")?,
    };
    if verdict == Verdict::Keep && reason.is_empty() {
        return Ok(None);
    }
    let reason = Some(reason).filter(|reason| !reason.is_empty());
    Ok(Some(Decision {
        choice: choice.id.clone(),
        verdict,
        reason,
    }))
}
