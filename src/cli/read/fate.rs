//! `onetext fate`: what became of each passage of one's drafts.

use std::collections::BTreeMap;

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::fold::{Standing, standing};
use crate::cli::opened::Opened;
use crate::cli::{Count, Listing, Page, Report, Role, Session};
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

impl Fate {
    /// The head under which passages of this fate are told.
    fn head(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Parked => "Put aside for a later fold",
            Self::Declined => "Declined",
            Self::Merged => "Merged: said in other words",
            Self::Duplicate => "Somebody else's same words stand",
            Self::Replaced => "Taken, then changed or taken out",
            Self::Withdrawn => "Taken back before it was decided",
            Self::Taken => "Taken: it stands",
            Self::Left => "Left as the agreed text has it",
        }
    }

    fn role(self) -> Role {
        match self {
            Self::Open | Self::Parked => Role::Warning,
            Self::Declined => Role::Error,
            Self::Left | Self::Withdrawn => Role::Faint,
            _ => Role::Good,
        }
    }
}

impl Draft {
    fn print(&self, page: &mut Page) {
        page.blank()
            .strong(&self.question)
            .plain(": the draft by ")
            .name(&self.contributor)
            .end();
        let (before, now) = self.passages.iter().partition(|passage| passage.earlier);
        groups(now, page);
        let before: Vec<&Passage> = before;
        if !before.is_empty() {
            page.blank()
                .line("What only earlier versions of this draft said:");
            groups(before, page);
        }
        if let Some(next) = &self.next {
            page.blank().text(Role::Hint, "next:").plain(" ").line(next);
        }
    }
}

/// Passages by what became of them and when; what was not touched is only counted.
fn groups(passages: Vec<&Passage>, page: &mut Page) {
    let mut groups: BTreeMap<_, Vec<&Passage>> = BTreeMap::new();
    for passage in passages {
        let key = (passage.fate, passage.head(), passage.fold);
        groups.entry(key).or_default().push(passage);
    }
    for ((fate, head, _), passages) in groups {
        page.blank().text(fate.role(), head);
        if let Some(point) = passages[0].point() {
            page.faint(format!(", {point}"));
        }
        page.plain(format!(" ({})", passages.len())).end();
        if fate != Fate::Left {
            passages.iter().for_each(|passage| passage.print(page));
        }
    }
}

impl Passage {
    fn print(&self, page: &mut Page) {
        let role = if self.deletes {
            Role::Removed
        } else {
            Role::Plain
        };
        let mut pieces = vec![(role, self.passage.clone())];
        if self.deletes {
            pieces.insert(0, (Role::Plain, "to be taken out: ".to_owned()));
        }
        page.hanging((Role::Plain, "- "), &pieces);
        if let Some(note) = self.note() {
            page.hanging((Role::Plain, "    "), &[(Role::Faint, note)]);
        }
        if let Some(reads) = &self.reads {
            let head = match self.fate {
                Fate::Declined => "    instead: ",
                _ => "    reads: ",
            };
            page.hanging((Role::Faint, head), &[(Role::Plain, reads.clone())]);
        }
    }

    /// The head of what it is told under.
    fn head(&self) -> &'static str {
        match self.fate {
            Fate::Taken if self.deletes => "Taken out",
            Fate::Replaced if self.deletes => "Taken out, and it came back",
            fate => fate.head(),
        }
    }

    /// In which fold it became so, and on which day; if there is no fold, it was by hand.
    fn point(&self) -> Option<String> {
        let day = self.day.map(Day::long);
        match (self.fold, day) {
            (Some(fold), Some(day)) => Some(format!("fold {fold}, {day}")),
            (None, Some(day)) => Some(format!("by hand, {day}")),
            _ => None,
        }
    }

    fn note(&self) -> Option<String> {
        match self.fate {
            Fate::Open => Some(self.choice.as_ref().map_or_else(
                || "the next merge reads it".to_owned(),
                |choice| format!("waits for a decision at choice {choice}"),
            )),
            Fate::Declined => {
                let none = || "no reason is on the record".to_owned();
                Some(
                    self.reason
                        .as_ref()
                        .map_or_else(none, |reason| format!("because {reason}")),
                )
            }
            Fate::Duplicate if self.same_as.is_empty() => Some("nobody's draft had it".to_owned()),
            Fate::Duplicate => Some(format!("first worded by {}", Listing(&self.same_as))),
            _ => None,
        }
    }

    fn at(&mut self, fate: Fate, when: When) {
        (self.fate, self.fold) = (fate, when.fold);
        self.day = when.at.map(Moment::day);
    }
}

impl Report for Fates {
    fn print(&self, page: &mut Page) {
        let drafts = Count(self.drafts.len(), "draft", "drafts");
        match (&self.contributor, self.drafts.is_empty()) {
            (Some(who), true) => drop(page.line(format!("{who} has no draft here yet"))),
            (None, true) => drop(page.line("nobody has written yet")),
            (Some(who), false) => drop(page.heading(format!("What became of {drafts} by {who}"))),
            (None, false) => drop(page.heading(format!("What became of {drafts}"))),
        }
        self.drafts.iter().for_each(|draft| draft.print(page));
        if let Some(next) = &self.next {
            page.blank().text(Role::Hint, "next:").plain(" ").line(next);
        }
    }
}
