//! `onetext who`: whose words each passage of an agreed text is.

use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::opened::Opened;
use crate::cli::{Count, Listing, Page, Report, Role, Session};
use crate::narrative::check::cited;
use crate::narrative::question::Question;
use crate::narrative::time::{Day, Moment};
use crate::prose::Prose;
use crate::prose::unit::Shared;
use crate::provenance::origin::{Origins, Returned, When, Words, Writers};

/// Show whose words each passage of an agreed text is
///
/// For each passage: who worded it first, in whose drafts it stands besides, since which fold it stands, and its sources.
/// Who wrote a passage is not who agreed to it.
#[derive(Debug, Args)]
pub struct WhoArgs {
    /// The question, by number, folder or name
    question: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Who {
    question: String,
    asked: String,
    passages: Vec<Passage>,
    next: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Passage {
    text: String,
    words: Kind,
    /// Contributors who worded it first, or of whose changes it was composed.
    by: Vec<String>,
    /// Who decided the wording, or edited by hand.
    hand: Option<String>,
    worded: Point,
    since: Point,
    returned: bool,
    also_in_drafts_of: Vec<String>,
    in_other_words_by: Vec<String>,
    after_wordings_of: Vec<String>,
    sources: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    FirstWorded,
    Composed,
    Facilitator,
    EditedByHand,
    Unknown,
}

/// A fold and its day; an edit by hand has no fold, and one that is not committed no day.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Point {
    fold: Option<u32>,
    day: Option<Day>,
}

/// Runs the command.
///
/// # Errors
///
/// The question is not there, or its history cannot be read.
pub fn run(args: &WhoArgs, session: &Session) -> Result<Outcome, CommandError> {
    let opened = Opened::in_work_tree(session)?;
    let question = opened.question(&args.question)?;
    let (origins, _) = opened.origins(question)?;
    session.show(&who(question, &origins))?;
    Ok(Outcome::Done)
}

fn who(question: &Question, origins: &Origins) -> Who {
    let agreed = question.agreed.as_ref();
    let text = agreed.map_or_else(Prose::default, |text| Prose::parse(&text.text));
    let passages: Vec<Passage> = text
        .passages()
        .filter_map(|unit| passage(unit, origins))
        .collect();
    let number = question.id.number();
    let next = match (passages.is_empty(), question.drafts.is_empty()) {
        (false, _) => None,
        (true, false) => Some(format!("onetext compare {number}")),
        (true, true) => Some(format!("onetext draft {number}")),
    };
    Who {
        question: question.id.to_string(),
        asked: question.asked.clone(),
        passages,
        next,
    }
}

fn passage(unit: &Shared, origins: &Origins) -> Option<Passage> {
    let origin = origins.of(unit)?;
    let names = |people: &Writers| people.iter().map(ToString::to_string).collect();
    let (words, hand) = match &origin.words {
        Words::By(_) => (Kind::FirstWorded, None),
        Words::Composed(_) => (Kind::Composed, None),
        Words::Facilitator(who) => (Kind::Facilitator, Some(who.clone())),
        Words::Hand(who) => (Kind::EditedByHand, who.clone()),
        Words::Unknown => (Kind::Unknown, None),
    };
    Some(Passage {
        text: unit.text().to_owned(),
        words,
        by: names(&origin.words.writers()),
        hand,
        worded: Point::of(origin.worded),
        since: Point::of(origin.since),
        returned: origin.returned == Returned::Yes,
        also_in_drafts_of: names(&origins.also(unit)),
        in_other_words_by: names(&origins.in_other_words(unit)),
        after_wordings_of: names(&origin.earlier),
        sources: cited(unit.text()).into_iter().collect(),
    })
}

impl Point {
    fn of(when: When) -> Self {
        Self {
            fold: when.fold,
            day: when.at.map(Moment::day),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.fold, self.day) {
            (Some(fold), Some(day)) => write!(f, "fold {fold}, {}", day.long()),
            (Some(fold), None) => write!(f, "fold {fold}"),
            (None, Some(day)) => f.write_str(&day.long()),
            (None, None) => f.write_str("not committed yet"),
        }
    }
}

impl Passage {
    /// Everything that is known about it, as one sentence without an end.
    fn pieces(&self) -> Vec<(Role, String)> {
        let mut out = self.worded();
        let mut add = |text: String| out.push((Role::Faint, text));
        if !self.after_wordings_of.is_empty() {
            add(format!(
                ", after a wording of {}",
                Listing(&self.after_wordings_of)
            ));
        }
        if !self.also_in_drafts_of.is_empty() {
            let noun = match self.also_in_drafts_of.len() {
                1 => "draft",
                _ => "drafts",
            };
            add(format!(
                "; also in the {noun} of {}",
                Listing(&self.also_in_drafts_of)
            ));
        }
        if !self.in_other_words_by.is_empty() {
            let people = Listing(&self.in_other_words_by);
            add(format!("; said in other words by {people}"));
        }
        if self.returned {
            add(format!(
                "; it was gone and stands again since {}",
                self.since
            ));
        } else if self.since.fold.is_none() && self.words != Kind::EditedByHand {
            add(format!("; put into the text by hand, {}", self.since));
        } else if self.since != self.worded {
            add(format!("; stands since {}", self.since));
        }
        if !self.sources.is_empty() {
            add(format!("; cites {}", self.sources.join(", ")));
        }
        out
    }

    /// Who worded it and when; whoever is named stands out.
    fn worded(&self) -> Vec<(Role, String)> {
        let faint = |text: &str| (Role::Faint, text.to_owned());
        let name = |text: String| (Role::Name, text);
        let when = (Role::Faint, format!(", {}", self.worded));
        let by = Listing(&self.by).to_string();
        let hand = self.hand.clone();
        match self.words {
            Kind::FirstWorded => vec![faint("first worded by "), name(by), when],
            Kind::Composed => vec![
                faint("composed of the wordings of "),
                name(by),
                faint("; nobody wrote it so"),
                when,
            ],
            Kind::Facilitator => vec![
                faint("the facilitator's wording: "),
                name(hand.unwrap_or_default()),
                when,
            ],
            Kind::EditedByHand => match hand {
                Some(who) => vec![
                    (Role::Warning, "edited by hand".to_owned()),
                    faint(" by "),
                    name(who),
                    when,
                ],
                None => vec![(Role::Warning, "edited by hand".to_owned()), when],
            },
            Kind::Unknown => vec![faint(
                "the drafts that would tell whose words these are, are not in this repository",
            )],
        }
    }
}

impl Report for Who {
    fn print(&self, page: &mut Page) {
        page.heading(&self.question).block("", &self.asked).blank();
        if self.passages.is_empty() {
            page.line("There is no agreed text yet, so nobody's words stand in it.");
        }
        for passage in &self.passages {
            page.block("", &passage.text);
            page.hanging((Role::Plain, "    "), &passage.pieces())
                .blank();
        }
        if !self.passages.is_empty() {
            let passages = Count(self.passages.len(), "passage", "passages");
            let counted: Vec<String> = COUNTED
                .iter()
                .map(|(kind, told)| (self.count(*kind), told))
                .filter(|(count, _)| *count > 0)
                .map(|(count, told)| format!("{count} {told}"))
                .collect();
            page.block("", &format!("{passages}: {}.", counted.join(", ")));
        }
        if let Some(next) = &self.next {
            page.blank().text(Role::Hint, "next:").plain(" ").line(next);
        }
    }
}

/// What is counted at the end, and how it is told.
const COUNTED: [(Kind, &str); 5] = [
    (Kind::FirstWorded, "as contributors wrote them"),
    (Kind::Composed, "composed of several drafts"),
    (Kind::Facilitator, "in the facilitator's wording"),
    (Kind::EditedByHand, "edited by hand"),
    (Kind::Unknown, "of unknown origin"),
];

impl Who {
    fn count(&self, kind: Kind) -> usize {
        let passages = self.passages.iter();
        passages.filter(|passage| passage.words == kind).count()
    }
}
