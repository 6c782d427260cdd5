//! `onetext changes`: what changed between two releases.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::prose_diff::{PassageChange, changes, print};
use crate::cli::{Page, Report, Role, Session};
use crate::narrative::id::QuestionId;
use crate::narrative::{self, Narrative};
use crate::prose::Prose;
use crate::release::redline::{
    CLASSES, Class, Motion, Passage, PositionChange, QuestionRedline, Redline, Run, Superseded,
};
use crate::release::version::Version;
use crate::render::redline;
use crate::render::templates::Templates;
use crate::store::{At, Repository};

use super::tracked::{self, Document, Target, Writing};

/// Show what changed between two releases, in passages and words
///
/// Each change is one of wording, correction (a figure, a source, a spelling or a sign), new, removed, moved, or a change of
/// position: a denial, a duty, an amount or an opposite came or went. Names the sentences that may not be quoted any more.
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
/// A revision is not there, there are fewer than two releases to compare, or a document cannot be written.
pub fn run(args: ChangesArgs, session: &Session) -> Result<Outcome, CommandError> {
    let repository = Repository::open(session.dir())?;
    let (before, after) = range(&repository, args.range.as_deref())?;
    let (old, new) = (at(&repository, &before)?, at(&repository, &after)?);
    let found = Redline::new((&before, &old), (&after, &new));
    if args.html {
        let commit = repository.resolve(&tracked::revision(&after))?;
        let templates = Templates::of(&repository.snapshot(At::Commit(&commit))?)?;
        let config = &new.config;
        let page = redline(&found, (&config.title, &config.language), &templates)?;
        session.print_raw(page.as_bytes())?;
        return Ok(Outcome::Done);
    }
    if let Some(format) = args.format {
        let out = args.out.as_deref();
        let writing = match args.dry_run {
            true => Writing::Dry,
            false => Writing::Real,
        };
        let target = Target {
            format,
            out,
            writing,
        };
        tracked::write(
            session,
            &repository,
            ((&before, &old), (&after, &new)),
            target,
        )?;
        return Ok(Outcome::Done);
    }
    session.show(&Changes {
        superseded: found.superseded(),
        questions: compared(&old, &new, &found),
        before,
        after,
    })?;
    Ok(Outcome::Done)
}

fn range(repository: &Repository, typed: Option<&str>) -> Result<(String, String), CommandError> {
    if let Some(typed) = typed {
        let (before, after) = typed.split_once("..").unwrap_or((typed, "HEAD"));
        let after = if after.is_empty() { "HEAD" } else { after };
        return Ok((before.to_owned(), after.to_owned()));
    }
    let tags = repository.tags()?;
    let mut versions: Vec<Version> = tags
        .iter()
        .filter_map(|tag| tag.name.parse().ok())
        .collect();
    versions.sort();
    match versions.as_slice() {
        [.., before, after] => Ok((before.tag(), after.tag())),
        [only] => Ok((only.tag(), "HEAD".to_owned())),
        [] => {
            let error = CommandError::usage("there are no releases to compare yet");
            Err(error.hint("name two commits as `A..B`"))
        }
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

impl Report for Changes {
    fn print(&self, page: &mut Page) {
        page.heading(format!("{} to {}", self.before, self.after));
        if self.questions.is_empty() {
            page.line("No agreed text and no position changed.");
        }
        for question in &self.questions {
            page.blank()
                .strong(&question.question)
                .line(format!(": {}", question.told()));
            print(&question.changes, page);
            for change in &question.positions {
                page.text(Role::Warning, "  member: ").line(change.told());
            }
        }
        if !self.superseded.is_empty() {
            page.blank()
                .heading("Sentences that may not be quoted any more");
        }
        for one in &self.superseded {
            let number = one.question.split('-').next().unwrap_or_default();
            let label = format!("  {number}. ");
            page.hanging(
                (Role::Faint, &label),
                &[(Role::Plain, format!("“{}”", one.was))],
            );
        }
    }
}

impl QuestionChanges {
    fn told(&self) -> String {
        match self.kind {
            Kind::New => return "first answer".to_owned(),
            Kind::Removed => return "the answer is gone".to_owned(),
            Kind::Changed => {}
        }
        let counts: Vec<String> = self
            .classes
            .iter()
            .map(|counted| format!("{} {}", counted.count, counted.class.word()))
            .collect();
        match counts.is_empty() {
            true => "positions only".to_owned(),
            false => counts.join(", "),
        }
    }
}
