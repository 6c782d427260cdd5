//! What is said, on the record, of answers that were released: the commit of a notice.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Moment;
use crate::agreement::{notice_lines, touched};
use crate::cli::error::CommandError;
use crate::cli::opened::Opened;
use crate::cli::{Page, Report, Role};
use crate::narrative;
use crate::narrative::id::BlobId;
use crate::narrative::question::{Question, Text};
use crate::narrative::record::{Notice, Said, append_notice};
use crate::prose::Prose;
use crate::release::version::Version;
use crate::store::{At, Change, clock};

/// An answer as it was released.
#[derive(Clone, Debug)]
pub struct Released {
    /// In which version.
    pub version: Version,
    /// The words.
    pub text: Text,
}

/// The releases that have an answer to a question, drafts among them, newest first.
///
/// # Errors
///
/// A tag or a commit cannot be read.
pub fn releases(opened: &Opened, question: &Question) -> Result<Vec<Released>, CommandError> {
    let tags = opened.repository.tags()?;
    let mut versions: Vec<_> = tags
        .iter()
        .filter_map(|tag| Some((tag.name.parse::<Version>().ok()?, &tag.target)))
        .collect();
    versions.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    let mut out = Vec::new();
    for (version, commit) in versions {
        let snapshot = opened.repository.snapshot(At::Commit(commit))?;
        // A release that this onetext cannot read says nothing here.
        let Ok(then) = narrative::read(&snapshot) else {
            continue;
        };
        let same = then
            .questions
            .into_iter()
            .find(|other| other.id == question.id);
        if let Some(text) = same.and_then(|question| question.agreed) {
            out.push(Released { version, text });
        }
    }
    Ok(out)
}

/// Whether two texts read alike in substance.
pub fn reads_alike(one: &Text, other: &Text) -> bool {
    one.blob == other.blob
        || touched(&Prose::parse(&one.text), &Prose::parse(&other.text)).is_empty()
}

/// What is to be said of an answer.
#[derive(Clone, Debug)]
pub struct Announcement<'a> {
    /// What.
    pub said: Said,
    /// Of which words.
    pub text: &'a BlobId,
    /// The last release that had them.
    pub release: Version,
    /// Why.
    pub reason: &'a str,
}

/// Words a notice for the record.
///
/// # Errors
///
/// There is no reason, or git does not know who is writing.
pub fn notice(opened: &Opened, announcement: &Announcement<'_>) -> Result<Notice, CommandError> {
    let reason = announcement
        .reason
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if reason.is_empty() {
        let error = CommandError::usage("readers are owed a reason");
        return Err(error.hint("say it with `--reason TEXT`: later releases print it"));
    }
    Ok(Notice {
        notice: announcement.said,
        at: clock::now(),
        by: opened.repository.identity()?.name,
        text: announcement.text.clone(),
        release: Some(announcement.release.to_string()),
        reason,
    })
}

/// Commits a notice and gives the commit's id.
fn commit(opened: &Opened, question: &Question, notice: &Notice) -> Result<String, CommandError> {
    let path = format!("{}/record.toml", question.id);
    let head = opened.repository.head()?;
    let snapshot = opened.repository.snapshot(At::Commit(&head))?;
    let existing = snapshot
        .files
        .get(&path)
        .map_or(&[][..], |file| &file.bytes);
    let who = opened.repository.identity()?;
    let verb = match notice.notice {
        Said::Withdrawn => "withdraw",
        Said::Superseded => "supersede",
        Said::Restored => "restore",
    };
    let change = Change {
        writes: BTreeMap::from([(path, Some(append_notice(existing, notice)))]),
        message: format!(
            "{verb}: {}\n\n{}\n\nQuestion: {}\n",
            question.id, notice.reason, question.id
        ),
        author: who.clone(),
        committer: who,
        at: notice.at,
    };
    Ok(opened.repository.commit(&change)?.as_str().to_owned())
}

/// Whether a notice is written, or only shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earnest {
    /// It is committed.
    Real,
    /// Nothing is written.
    Tried,
}

impl From<bool> for Earnest {
    fn from(dry_run: bool) -> Self {
        if dry_run { Self::Tried } else { Self::Real }
    }
}

/// A notice that was put on the record.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Announced {
    question: String,
    #[serde(flatten)]
    notice: Notice,
    /// What later releases print; nothing of a withdrawal that was taken back.
    printed: Option<String>,
    commit: Option<String>,
    next: String,
}

impl Announced {
    /// Commits a notice, unless it is only tried.
    ///
    /// # Errors
    ///
    /// Nobody is named to git, or the commit cannot be made; the old state stands.
    pub fn of(
        opened: &Opened,
        question: &Question,
        announcement: &Announcement<'_>,
        earnest: Earnest,
    ) -> Result<Self, CommandError> {
        let notice = notice(opened, announcement)?;
        let commit = match earnest {
            Earnest::Real => Some(commit(opened, question, &notice)?),
            Earnest::Tried => None,
        };
        let mut after = question.clone();
        after.record.notices.push(notice.clone());
        let verdict = Moment::of(opened, notice.at.day()).verdict(&after)?;
        Ok(Self {
            question: question.id.to_string(),
            printed: notice_lines(&verdict)
                .pop()
                .filter(|_| notice.notice != Said::Restored),
            notice,
            commit,
            next: "onetext release VERSION".to_owned(),
        })
    }
}

impl Report for Announced {
    fn print(&self, page: &mut Page) {
        let did = match self.commit {
            Some(_) => "on the record",
            None => "would be on the record",
        };
        let said = match self.notice.notice {
            Said::Withdrawn => "withdrawn",
            Said::Superseded => "superseded",
            Said::Restored => "no longer withdrawn",
        };
        page.name(&self.question).line(format!(": {said}, {did}"));
        if let Some(printed) = &self.printed {
            page.line("later releases say:").block("  ", printed);
        }
        page.text(Role::Hint, "next:").plain(" ").line(&self.next);
    }
}
