//! Saving what was shown.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;

use crate::cli::error::CommandError;
use crate::cli::opened::{Opened, author};
use crate::cli::{Count, Session};
use crate::narrative::roster::Contributor;
use crate::reply::Change as Tracked;
use crate::store::{Change, clock};

use super::ImportArgs;
use super::plan::{Draft, Fate, Imported, State};
use super::print::{place, why};

/// Saves the drafts as one commit of their contributor.
///
/// # Errors
///
/// Nobody is named, the file for the rest is there already, or the drafts cannot be committed.
pub fn write(
    args: &ImportArgs,
    session: &Session,
    (opened, imported): (&Opened, &mut Imported),
) -> Result<(), CommandError> {
    let who = imported.who.clone();
    let who = who.ok_or_else(|| CommandError::usage("nobody said whose words these are"))?;
    let rest = rest(imported);
    if let Some(file) = args.rest.as_ref().filter(|_| !rest.is_empty()) {
        let path = session.path(file);
        let made = OpenOptions::new().write(true).create_new(true).open(&path);
        made.and_then(|mut made| made.write_all(rest.as_bytes()))
            .map_err(|error| CommandError::io(&path, &error))?;
    }
    let committer = opened.repository.identity()?;
    let change = Change {
        writes: writes(opened, imported),
        message: message(imported, (&who, &rest)),
        author: author(&who, &committer),
        committer,
        at: clock::now(),
    };
    let commit = opened.repository.commit(&change)?;
    imported.commit = Some(commit.as_str().to_owned());
    imported.state = State::Saved;
    imported.next = Some("onetext status".to_owned());
    Ok(())
}

fn changed(imported: &Imported) -> impl Iterator<Item = &Draft> {
    let drafts = imported.drafts.iter();
    drafts.filter(|draft| draft.fate != Fate::Same)
}

fn writes(opened: &Opened, imported: &Imported) -> BTreeMap<String, Option<Vec<u8>>> {
    let folder = opened.repository.folder();
    let drafts = changed(imported).map(|draft| {
        let path = draft.path.strip_prefix(folder).unwrap_or(&draft.path);
        (path.to_owned(), Some(draft.text.clone().into_bytes()))
    });
    drafts.collect()
}

/// What could not be placed, with the lines and the reasons.
fn rest(imported: &Imported) -> String {
    let mut out = String::new();
    for rest in &imported.rest {
        let place = place(rest.from, rest.to);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{place}, {}:\n\n{}\n", why(rest.why), rest.text);
    }
    out
}

/// What the commit says: the questions, and all that is in no draft of what the contributor wrote.
fn message(imported: &Imported, (who, rest): (&Contributor, &str)) -> String {
    let drafts: Vec<&str> = changed(imported)
        .map(|draft| draft.question.as_str())
        .collect();
    let count = Count(drafts.len(), "draft", "drafts");
    let file = imported.file.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut out = format!("import: {count} by {} from {file}\n\n", who.id);
    out.push_str(&drafts.join(", "));
    out.push('\n');
    let mut part = |head: &str, text: &str| {
        if !text.is_empty() {
            // Indented lines are neither comments nor trailers for git.
            let text = text.trim_end().replace('\n', "\n    ");
            let _ = write!(out, "\n{head}:\n\n    {text}\n");
        }
    };
    part("What could not be placed", rest);
    let mut comments = String::new();
    for comment in &imported.comments {
        let _ = writeln!(
            comments,
            "{} on “{}”: {}",
            comment.author, comment.about, comment.words
        );
    }
    part("Comments beside the text", &comments);
    let mut changes = String::new();
    for change in &imported.changes {
        let did = match change.change {
            Tracked::Inserted => "inserted",
            Tracked::Deleted => "deleted",
        };
        let _ = writeln!(changes, "{} {did} “{}”", change.author, change.words);
    }
    let read = imported.changes_read_as.unwrap_or_default();
    part(
        &format!("Tracked changes, of which the {read} text was read"),
        &changes,
    );
    out
}
