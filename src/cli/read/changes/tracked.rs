//! `onetext changes --format`: what changed between two releases as a document with tracked changes.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Serialize;

use crate::cli::error::CommandError;
use crate::cli::{Page, Report, Session};
use crate::narrative::Narrative;
use crate::narrative::id::QuestionId;
use crate::narrative::question::Question;
use crate::narrative::time::Moment;
use crate::release::redline::{SupersededQuote, sources};
use crate::release::version::Version;
use crate::render::office::redline::{self, Redline, Text};
use crate::store::{Repository, StoreError};

/// A format of documents with tracked changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Document {
    /// For Word
    Docx,
    /// For LibreOffice and others
    Odt,
}

impl Document {
    fn ending(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Odt => "odt",
        }
    }
}

/// One of the two releases: what it was asked by, and what was found.
pub type Side<'a> = (&'a str, &'a Narrative);

/// Where a document goes.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// Its format.
    pub format: Document,
    /// Its path, if it was given.
    pub out: Option<&'a Path>,
    /// Whether it is written at all.
    pub writing: Writing,
    /// The approved quotes that rest on what changed.
    pub quotes: &'a [SupersededQuote],
}

/// Whether something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// It is.
    Real,
    /// It is only said.
    Dry,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Written {
    before: String,
    after: String,
    file: String,
    bytes: usize,
    dry_run: bool,
}

/// Writes the changes between two releases as a document, and says where.
///
/// # Errors
///
/// The second release has no date, or the file is there already or cannot be written.
pub fn write(
    session: &Session,
    repository: &Repository,
    (before, after): (Side<'_>, Side<'_>),
    target: Target<'_>,
) -> Result<(), CommandError> {
    let redline = Redline {
        title: &after.1.config.title,
        language: &after.1.config.language,
        before: before.0,
        after: after.0,
        date: date(repository, after.0)?,
        warning: is_draft(after.0).then_some("Draft: not agreed"),
        texts: texts(before.1, after.1),
        sources: sources(before.1, after.1),
        quotes: target.quotes.to_vec(),
    };
    let bytes = match target.format {
        Document::Docx => redline::docx(&redline),
        Document::Odt => redline::odt(&redline),
    };
    let path = target
        .out
        .map_or_else(|| named(&redline, target.format), Path::to_owned);
    let path = session.path(&path);
    if path.exists() {
        return Err(StoreError::Exists(path).into());
    }
    if target.writing == Writing::Real {
        repository.write_file(&path, &bytes)?;
    }
    session.show(&Written {
        before: before.0.to_owned(),
        after: after.0.to_owned(),
        file: path.display().to_string(),
        bytes: bytes.len(),
        dry_run: target.writing == Writing::Dry,
    })
}

fn is_draft(name: &str) -> bool {
    let version = name.parse::<Version>();
    version.is_ok_and(|version| version.draft().is_some())
}

/// The date of a release as its tagger says, or of a commit.
fn date(repository: &Repository, name: &str) -> Result<Moment, CommandError> {
    let tag = revision(name);
    let tags = repository.tags()?;
    let tagged = tags.iter().find(|known| known.name == tag);
    match tagged.and_then(|tag| tag.at) {
        Some(at) => Ok(at),
        None => Ok(repository.commit_time(&repository.resolve(&tag)?)?),
    }
}

/// A release's tag; another revision is its own name.
pub fn revision(name: &str) -> String {
    name.parse::<Version>()
        .map_or_else(|_| name.to_owned(), Version::tag)
}

/// A name that no revision can lead out of the folder.
fn named(redline: &Redline<'_>, format: Document) -> PathBuf {
    let plain = |name: &str| name.replace(['/', '\\', ':', '~', '^'], "-");
    let (before, after) = (plain(redline.before), plain(redline.after));
    PathBuf::from(format!("changes-{before}-{after}.{}", format.ending()))
}

/// The answers that differ in a byte.
fn texts(old: &Narrative, new: &Narrative) -> Vec<Text> {
    let all = old.questions.iter().chain(&new.questions);
    let mut ids: Vec<&QuestionId> = all.map(|question| &question.id).collect();
    ids.sort();
    ids.dedup();
    ids.into_iter()
        .filter_map(|id| {
            let (was, is) = (found(old, id), found(new, id));
            let text = Text {
                number: id.number(),
                asked: is.or(was)?.asked.clone(),
                before: agreed(was),
                after: agreed(is),
            };
            (text.before != text.after).then_some(text)
        })
        .collect()
}

fn found<'a>(narrative: &'a Narrative, id: &QuestionId) -> Option<&'a Question> {
    narrative
        .questions
        .iter()
        .find(|question| question.id == *id)
}

fn agreed(question: Option<&Question>) -> String {
    question
        .and_then(|question| question.agreed.as_ref())
        .map_or_else(String::new, |text| text.text.clone())
}

impl Report for Written {
    fn print(&self, page: &mut Page) {
        let verb = if self.dry_run { "would write" } else { "wrote" };
        page.line(format!(
            "{verb} `{}`: what changed from {} to {}, as tracked changes",
            self.file, self.before, self.after
        ));
    }
}
