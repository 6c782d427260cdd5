//! `onetext fate`: what became of each passage of one's drafts.

mod print;

use clap::Args;
use serde::Serialize;

use crate::cli::Session;
use crate::cli::error::{CommandError, Outcome};
use crate::cli::fold::{Standing, standing};
use crate::cli::opened::Opened;
use crate::narrative::id::ContributorId;
use crate::narrative::nearest;
use crate::narrative::question::Question;
use crate::narrative::time::{Day, Moment};
use crate::provenance::fate::{Accounts, Ahead, Became, Told, Version, Wanted};
use crate::provenance::origin::When;

/// Show what became of each passage of one's drafts
///
/// Taken, merged into other words, said by somebody else already, declined and why, put aside, or still open: every
/// passage is one of these, and so is every deletion that was asked for.
#[derive(Debug, Args)]
pub struct FateArgs {
    /// The questions, by number, folder or name; all if none is named
    questions: Vec<String>,
    /// Whose drafts; by default found from your git identity, and everybody's if the roster does not know it
    #[arg(long, value_name = "CONTRIBUTOR")]
    contributor: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Fates {
    /// Whose drafts; nothing for everybody's.
    contributor: Option<String>,
    drafts: Vec<Draft>,
    next: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Draft {
    question: String,
    contributor: String,
    passages: Vec<Passage>,
    next: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Passage {
    passage: String,
    /// Whether the passage was to go.
    deletes: bool,
    /// Whether only an earlier version of the draft said so.
    earlier: bool,
    fate: Fate,
    fold: Option<u32>,
    day: Option<Day>,
    /// The choice at which it waits.
    choice: Option<String>,
    reason: Option<String>,
    /// Who says the same.
    same_as: Vec<String>,
    /// What stands or was chosen in its place.
    reads: Option<String>,
}

/// The fates in the order in which they are told: what can still be done comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Fate {
    Open,
    Parked,
    Declined,
    Merged,
    Duplicate,
    Replaced,
    Withdrawn,
    Taken,
    Overtaken,
    Left,
}

/// Runs the command.
///
/// # Errors
///
/// A question or the contributor is not there, or the history cannot be read.
pub fn run(args: &FateArgs, session: &Session) -> Result<Outcome, CommandError> {
    let opened = Opened::in_work_tree(session)?;
    let questions = opened.questions(&args.questions)?;
    let who = whose(args, &opened)?;
    let number = questions.first().map(|question| question.id.number());
    let mut drafts = Vec::new();
    for question in questions {
        drafts.extend(of_question(&opened, question, who.as_ref())?);
    }
    let next = number.filter(|_| drafts.is_empty());
    session.show(&Fates {
        contributor: who.as_ref().map(ToString::to_string),
        drafts,
        next: next.map(|number| format!("onetext draft {number}")),
    })?;
    Ok(Outcome::Done)
}

/// Whose drafts are meant: as said, or as the roster knows the git identity; nobody for everybody's.
fn whose(args: &FateArgs, opened: &Opened) -> Result<Option<ContributorId>, CommandError> {
    let Some(typed) = &args.contributor else {
        let own = opened.repository.identity().ok();
        let own = own.and_then(|own| opened.contributor_of(&own));
        return Ok(own.map(|own| own.id.clone()));
    };
    let roster = opened.narrative.roster.contributors.iter();
    let drafts = opened.narrative.questions.iter();
    let drafts = drafts.flat_map(|question| question.drafts.keys());
    let known: Vec<&ContributorId> = roster.map(|who| &who.id).chain(drafts).collect();
    if let Some(found) = known.iter().find(|who| who.as_str() == typed) {
        return Ok(Some((*found).clone()));
    }
    let error = CommandError::usage(format!("there is no contributor `{typed}`"));
    let near = nearest(typed, known.iter().map(|who| who.as_str()));
    let error = match near {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error,
    };
    Err(error.next("onetext roster"))
}

fn of_question(
    opened: &Opened,
    question: &Question,
    who: Option<&ContributorId>,
) -> Result<Vec<Draft>, CommandError> {
    let is_meant = |other: &ContributorId| who.is_none_or(|who| who == other);
    if !question.drafts.keys().any(is_meant) {
        return Ok(Vec::new());
    }
    let table = opened.table(question)?;
    let (origins, texts) = opened.origins(question)?;
    let standing = standing(&opened.narrative.config.merge, question, &table);
    let ahead = match &standing {
        Standing::Empty => Ahead::First(&[]),
        Standing::First(rows) => Ahead::First(rows),
        Standing::Later(later) => Ahead::Later(&later.merge),
    };
    let accounts = Accounts {
        question,
        origins: &origins,
        texts: &texts,
        ahead,
    };
    let seats = table.seats.iter().filter(|seat| is_meant(&seat.who));
    let draft = |seat| {
        let seat: &crate::provenance::table::Seat = seat;
        let passages: Vec<Passage> = accounts.of(seat).into_iter().map(passage).collect();
        Draft {
            question: question.id.to_string(),
            contributor: seat.who.to_string(),
            next: next(question, &passages),
            passages,
        }
    };
    Ok(seats.map(draft).collect())
}

/// What brings the open passages on, if there are any: a merge first, if one would take something in.
fn next(question: &Question, passages: &[Passage]) -> Option<String> {
    let mut open = passages.iter().filter(|passage| passage.fate == Fate::Open);
    let number = question.id.number();
    let first = open.next()?;
    let waits = first.choice.is_none() || open.any(|passage| passage.choice.is_none());
    let command = if waits { "merge" } else { "decide" };
    Some(format!("onetext {command} {number}"))
}

fn passage(told: Told) -> Passage {
    let mut out = Passage {
        passage: told.passage,
        deletes: told.wanted == Wanted::Go,
        earlier: told.draft == Version::Before,
        fate: Fate::Left,
        fold: None,
        day: None,
        choice: None,
        reason: None,
        same_as: Vec::new(),
        reads: None,
    };
    match told.became {
        Became::Taken(when) => out.at(Fate::Taken, when),
        Became::Parked(when) => out.at(Fate::Parked, when),
        Became::Replaced(when) => out.at(Fate::Replaced, when),
        Became::Overtaken(when) => out.at(Fate::Overtaken, when),
        Became::Merged(reads) => (out.fate, out.reads) = (Fate::Merged, reads),
        Became::Duplicate(who) => {
            out.fate = Fate::Duplicate;
            out.same_as = who.iter().map(ToString::to_string).collect();
        }
        Became::Declined(declined) => {
            out.at(Fate::Declined, declined.when);
            (out.reason, out.reads) = (declined.reason, declined.instead);
        }
        Became::Open(choice) => (out.fate, out.choice) = (Fate::Open, choice),
        Became::Withdrawn => out.fate = Fate::Withdrawn,
        Became::Left => {}
    }
    out
}

impl Passage {
    fn at(&mut self, fate: Fate, when: When) {
        (self.fate, self.fold) = (fate, when.fold);
        self.day = when.at.map(Moment::day);
    }
}
