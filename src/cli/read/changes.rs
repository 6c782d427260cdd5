//! `onetext changes`: what changed between two releases.

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::prose_diff::{PassageChange, changes, count, print};
use crate::cli::{Count, Page, Report, Session};
use crate::narrative::id::QuestionId;
use crate::narrative::{self, Narrative};
use crate::prose::Prose;
use crate::release::version::Version;
use crate::store::{At, Repository};

/// Show what changed between two releases, in passages and words
#[derive(Debug, Args)]
pub struct ChangesArgs {
    /// Two releases, commits or branches as `A..B`; the last two releases if not given; `A` alone is compared with now
    range: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Changes {
    before: String,
    after: String,
    questions: Vec<QuestionChanges>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct QuestionChanges {
    question: String,
    kind: Kind,
    changes: Vec<PassageChange>,
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
/// A revision is not there, or there are fewer than two releases to compare.
pub fn run(args: ChangesArgs, session: &Session) -> Result<Outcome, CommandError> {
    let repository = Repository::open(session.dir())?;
    let (before, after) = range(&repository, args.range.as_deref())?;
    let (old, new) = (at(&repository, &before)?, at(&repository, &after)?);
    let questions = compared(&old, &new);
    session.show(&Changes {
        before,
        after,
        questions,
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

/// The narrative at a release, which may be named without its `v`, or at any other revision.
fn at(repository: &Repository, name: &str) -> Result<Narrative, CommandError> {
    let tag = name
        .parse::<Version>()
        .map_or_else(|_| name.to_owned(), Version::tag);
    let commit = repository.resolve(&tag)?;
    Ok(narrative::read(&repository.snapshot(At::Commit(&commit))?)?)
}

fn compared(old: &Narrative, new: &Narrative) -> Vec<QuestionChanges> {
    let mut ids: Vec<_> = old
        .questions
        .iter()
        .chain(&new.questions)
        .map(|question| &question.id)
        .collect();
    ids.sort();
    ids.dedup();
    let text = |narrative: &Narrative, id: &QuestionId| {
        let question = narrative
            .questions
            .iter()
            .find(|question| question.id == *id);
        question
            .and_then(|question| question.agreed.as_ref())
            .map(|text| text.text.clone())
    };
    let change = |id: &QuestionId| {
        let (before, after) = (text(old, id), text(new, id));
        let kind = match (&before, &after) {
            (None, None) => return None,
            (None, Some(_)) => Kind::New,
            (Some(_), None) => Kind::Removed,
            (Some(_), Some(_)) => Kind::Changed,
        };
        let parse = |text: Option<String>| Prose::parse(&text.unwrap_or_default());
        let changes = changes(&parse(before), &parse(after));
        let silent = changes.is_empty() && kind == Kind::Changed;
        (!silent).then(|| QuestionChanges {
            question: id.to_string(),
            kind,
            changes,
        })
    };
    ids.into_iter().filter_map(change).collect()
}

impl Report for Changes {
    fn print(&self, page: &mut Page) {
        page.heading(format!("{} to {}", self.before, self.after));
        if self.questions.is_empty() {
            page.line("No agreed text changed.");
        }
        for question in &self.questions {
            let count = Count(count(&question.changes), "change", "changes");
            let kind = match question.kind {
                Kind::New => "first answer".to_owned(),
                Kind::Removed => "the answer is gone".to_owned(),
                Kind::Changed => count.to_string(),
            };
            page.blank()
                .strong(&question.question)
                .line(format!(": {kind}"));
            print(&question.changes, page);
        }
    }
}
