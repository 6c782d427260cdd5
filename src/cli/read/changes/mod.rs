//! `onetext changes`: what changed between two releases.

mod print;
mod range;
mod tracked;

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::cli::Session;
use crate::cli::error::{CommandError, Outcome};
use crate::cli::prose_diff::{PassageChange, changes};
use crate::cli::released::LeftOut;
use crate::narrative::id::QuestionId;
use crate::narrative::{self, Narrative};
use crate::prose::Prose;
use crate::release::redline::{
    CLASSES, Class, Motion, Passage, PositionChange, QuestionRedline, Redline, Run, Superseded,
    SupersededQuote,
};
use crate::render::redline;
use crate::render::templates::Templates;
use crate::store::{At, Repository};

use range::{Range, range};
use tracked::{Document, Target, Writing};

/// Show what changed between two releases, in passages and words
///
/// Each change is one of marking (the same words, set otherwise), wording, correction (a figure, a source, a spelling or a
/// sign), new, removed, moved, or a change of position: a denial, a duty, an amount or an opposite came or went. Names the
/// sentences that may not be quoted any more, and the approved quotes that rest on them.
///
/// Releases are checked as `verify` checks their tags: one that is not ours is not compared (exit code 5), and one that
/// nobody signed is compared, and said. Branches and commits are compared as they are.
///
/// With `--format` the changes are written as a document with tracked changes: to accept them all gives the texts of the
/// second release, to reject them all those of the first.
#[derive(Debug, Args)]
pub struct ChangesArgs {
    /// Two releases, commits or branches as `A..B`; the last two releases if not given; `A` alone is compared with now
    range: Option<String>,
    /// Print a page with what was taken out struck through and what is new underlined
    #[arg(long, conflicts_with = "json")]
    html: bool,
    /// Write a document with tracked changes
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Document>,
    /// The file to write to; `changes-A-B` with the format's ending if not given
    #[arg(long, value_name = "FILE", requires = "format")]
    out: Option<PathBuf>,
    /// Say which file would be written and write nothing
    #[arg(long, requires = "format")]
    dry_run: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Changes {
    before: String,
    after: String,
    questions: Vec<QuestionChanges>,
    /// Sentences that may not be quoted any more.
    superseded: Vec<Superseded>,
    /// Approved quotes that rest on such a sentence.
    quotes: Vec<SupersededQuote>,
    /// What a reader must know of the signatures of the two.
    warnings: Vec<String>,
    /// The tags that are named like releases and were not taken for the last ones.
    left_out: Vec<LeftOut>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct QuestionChanges {
    question: String,
    kind: Kind,
    /// How many changes there are of each class.
    classes: Vec<Counted>,
    changes: Vec<PassageChange>,
    /// The changed passages with their classes, in the order of the text.
    passages: Vec<Classed>,
    /// The members that stand elsewhere now.
    positions: Vec<PositionChange>,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Counted {
    class: Class,
    count: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Classed {
    class: Class,
    motion: Option<Motion>,
    runs: Vec<Run>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    New,
    Removed,
    Changed,
}

/// Runs the command.
///
/// # Errors
///
/// A revision is not there or is a tag that is not ours, there are fewer than two releases to compare, or a document cannot
/// be written.
pub fn run(args: ChangesArgs, session: &Session) -> Result<Outcome, CommandError> {
    let repository = Repository::open(session.dir())?;
    let range = range(&repository, args.range.as_deref())?;
    let (before, after) = (&range.before, &range.after);
    let (old, new) = (at(&repository, before)?, at(&repository, after)?);
    let found = Redline::new((before, &old), (after, &new));
    if args.html {
        range.note(session)?;
        let page = page(&repository, &found, &new)?;
        session.print_raw(page.as_bytes())?;
        return Ok(Outcome::Done);
    }
    if let Some(format) = args.format {
        range.note(session)?;
        let target = Target {
            format,
            out: args.out.as_deref(),
            writing: match args.dry_run {
                true => Writing::Dry,
                false => Writing::Real,
            },
            quotes: &found.quotes,
        };
        tracked::write(
            session,
            &repository,
            ((before, &old), (after, &new)),
            target,
        )?;
        return Ok(Outcome::Done);
    }
    session.show(&report(range, (&old, &new), found))?;
    Ok(Outcome::Done)
}

fn page(repository: &Repository, found: &Redline, new: &Narrative) -> Result<String, CommandError> {
    let commit = repository.resolve(&tracked::revision(&found.after))?;
    let templates = Templates::of(&repository.snapshot(At::Commit(&commit))?)?;
    let config = &new.config;
    Ok(redline(
        found,
        (&config.title, &config.language),
        &templates,
    )?)
}

fn report(range: Range, (old, new): (&Narrative, &Narrative), found: Redline) -> Changes {
    Changes {
        questions: compared(old, new, &found),
        superseded: found.superseded,
        quotes: found.quotes,
        before: range.before,
        after: range.after,
        warnings: range.warnings,
        left_out: range.left_out,
    }
}

/// The narrative at a release or at any other revision.
fn at(repository: &Repository, name: &str) -> Result<Narrative, CommandError> {
    let commit = repository.resolve(&tracked::revision(name))?;
    Ok(narrative::read(&repository.snapshot(At::Commit(&commit))?)?)
}

fn compared(old: &Narrative, new: &Narrative, found: &Redline) -> Vec<QuestionChanges> {
    let text = |narrative: &Narrative, id: &QuestionId| {
        let mut questions = narrative.questions.iter();
        let question = questions.find(|question| question.id == *id);
        let agreed = question.and_then(|question| question.agreed.as_ref());
        Prose::parse(agreed.map_or("", |text| &text.text))
    };
    let change = |question: &QuestionRedline| QuestionChanges {
        question: question.id.to_string(),
        kind: match question.class {
            Some(Class::New) => Kind::New,
            Some(_) => Kind::Removed,
            None => Kind::Changed,
        },
        classes: counted(question),
        changes: changes(&text(old, &question.id), &text(new, &question.id)),
        passages: passages(question),
        positions: question.positions.clone(),
    };
    found.questions.iter().map(change).collect()
}

fn counted(question: &QuestionRedline) -> Vec<Counted> {
    let count = |class| Counted {
        class,
        count: question.count(class),
    };
    let counts = CLASSES.map(count).into_iter();
    counts.filter(|counted| counted.count > 0).collect()
}

fn passages(question: &QuestionRedline) -> Vec<Classed> {
    let all = question.blocks.iter().flat_map(|block| &block.passages);
    let classed = |passage: &Passage| {
        Some(Classed {
            class: passage.class?,
            motion: passage.motion,
            runs: passage.runs.clone(),
        })
    };
    all.filter_map(classed).collect()
}
