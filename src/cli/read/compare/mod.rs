//! `onetext compare`: all drafts of a question side by side.

mod print;

use clap::Args;
use serde::Serialize;

use crate::cli::Session;
use crate::cli::error::{CommandError, Outcome};
use crate::cli::opened::Opened;
use crate::cli::prose_diff::{Words, words};
use crate::collate::{Contrast, Draft, Grade, Row, Variant, collate_and_tell};
use crate::narrative::question::Question;
use crate::parallel;
use crate::prose::Prose;

/// Set the drafts of a question side by side
///
/// Shows what all say, what is said in several wordings, and what one says. That two wordings mean the same is a
/// suggestion by their words alone, and counts for nothing before `onetext decide` confirms it; negations, numbers,
/// modal verbs and opposites that differ are named. Of more than five drafts the most supported passages are shown.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The question, by number, folder or name
    question: String,
    /// Show every passage, wording and name, however many there are
    #[arg(long)]
    all: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Compared {
    question: String,
    asked: String,
    drafts: Vec<Drafted>,
    said_by_all: Vec<Passage>,
    said_with_variants: Vec<Passage>,
    said_by_several: Vec<Passage>,
    said_by_one: Vec<Passage>,
    #[serde(skip)]
    extent: Extent,
}

/// How much of it people are shown; programs get all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    Glance,
    All,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Drafted {
    contributor: String,
    words: usize,
}

/// A row: the first wording is the one that the others are compared with.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Passage {
    wordings: Vec<Wording>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Wording {
    id: String,
    text: String,
    contributors: Vec<String>,
    likeness: Likeness,
    differs_in: Vec<Contrast>,
    /// The first wording made into this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<Words>,
}

/// How a wording relates to the first of its passage.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Likeness {
    Identical,
    NearIdentical,
    Reworded,
}

/// Runs the command.
///
/// # Errors
///
/// There is no such question, or the narrative cannot be read.
pub fn run(args: CompareArgs, session: &Session) -> Result<Outcome, CommandError> {
    let opened = Opened::in_work_tree(session)?;
    let question = opened.question(&args.question)?;
    if question.drafts.is_empty() {
        let error = CommandError::usage(format!("question `{}` has no drafts yet", question.id));
        return Err(error.next(format!("onetext draft {}", question.id.number())));
    }
    let extent = if args.all || question.drafts.len() <= print::A_FEW {
        Extent::All
    } else {
        Extent::Glance
    };
    session.show(&compared(question, extent, session))?;
    Ok(Outcome::Done)
}

fn compared(question: &Question, extent: Extent, session: &Session) -> Compared {
    let progress = session.progress(question.drafts.len());
    progress.doing("reading the drafts");
    let sources: Vec<_> = question.drafts.iter().collect();
    let texts: Vec<(String, Prose)> = parallel::map(&sources, |(who, text)| {
        (who.to_string(), Prose::parse(&text.text))
    });
    let drafts: Vec<Draft<'_>> = texts
        .iter()
        .map(|(who, text)| Draft::new(who, text))
        .collect();
    progress.doing("comparing the passages");
    let rows = collate_and_tell(&drafts, &|done, all| progress.reach(done, all));
    let drafted = |(who, text): &(String, Prose)| Drafted {
        contributor: who.clone(),
        words: text.words(),
    };
    let mut report = Compared {
        question: question.id.to_string(),
        asked: question.asked.clone(),
        drafts: texts.iter().map(drafted).collect(),
        said_by_all: Vec::new(),
        said_with_variants: Vec::new(),
        said_by_several: Vec::new(),
        said_by_one: Vec::new(),
        extent,
    };
    for passage in parallel::map(&rows, Passage::of) {
        report.place(passage);
    }
    report
}

impl Compared {
    fn place(&mut self, passage: Passage) {
        let people = self.drafts.len();
        let group = match passage.wordings.as_slice() {
            [only] if only.contributors.len() == people && people > 1 => &mut self.said_by_all,
            [only] if only.contributors.len() == 1 => &mut self.said_by_one,
            [_] => &mut self.said_by_several,
            _ => &mut self.said_with_variants,
        };
        group.push(passage);
    }
}

impl Passage {
    fn of(row: &Row) -> Self {
        let wording = |variant| Wording::of(row, variant);
        Self {
            wordings: row.variants.iter().map(wording).collect(),
        }
    }

    /// How many people have one of its wordings.
    fn people(&self) -> usize {
        let people = |wording: &Wording| wording.contributors.len();
        self.wordings.iter().map(people).sum()
    }
}

impl Wording {
    fn of(row: &Row, variant: &Variant) -> Self {
        let centre = &row.variants[0].unit;
        let likeness = match variant.grade {
            Grade::Centre => Likeness::Identical,
            Grade::Near => Likeness::NearIdentical,
            Grade::Reworded => Likeness::Reworded,
        };
        let words = match likeness {
            Likeness::Identical => Vec::new(),
            _ => words(centre, &variant.unit, &row.changes(variant)),
        };
        Self {
            id: variant.id.clone(),
            text: variant.unit.text().to_owned(),
            contributors: variant.who.iter().cloned().collect(),
            likeness,
            differs_in: variant.contrasts.clone(),
            words,
        }
    }
}
