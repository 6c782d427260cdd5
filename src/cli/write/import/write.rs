//! Saving what was shown.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::cli::error::CommandError;
use crate::cli::opened::{Opened, author};
use crate::cli::terminal::escape::visible;
use crate::cli::{Count, Session};
use crate::narrative::roster::Contributor;
use crate::reply::Change as Tracked;
use crate::store::{Change, Repository, StoreError, clock};

use super::ImportArgs;
use super::plan::{Draft, Fate, Imported, State};
use super::print::{is_kept, name, place, why};

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
    let file = args.rest.as_ref().filter(|_| !rest.is_empty());
    let made = file.map(|file| keep_rest(&opened.repository, &session.path(file), &rest));
    let made = made.transpose()?.flatten();
    let committer = opened.repository.identity()?;
    let change = Change {
        writes: writes(opened, imported),
        message: message(imported, (&who, &rest)),
        author: author(&who, &committer),
        committer,
        at: clock::now(),
    };
    let commit = opened.repository.commit(&change).inspect_err(|_| {
        // The same command again must find the file's name free.
        let _ = made.map(std::fs::remove_file);
    })?;
    imported.commit = Some(commit.as_str().to_owned());
    imported.state = State::Saved;
    imported.next = Some("onetext status".to_owned());
    Ok(())
}

/// Writes what could not be placed into a file of its own; gives its path unless it was there with the same words.
fn keep_rest(
    repository: &Repository,
    path: &Path,
    rest: &str,
) -> Result<Option<PathBuf>, CommandError> {
    match std::fs::read(path) {
        Ok(there) if there == rest.as_bytes() => return Ok(None),
        Ok(_) => return Err(StoreError::Exists(path.into()).into()),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(CommandError::io(path, &error)),
    }
    repository.write_file(path, rest.as_bytes())?;
    Ok(Some(path.to_owned()))
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
    let file = visible(file);
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
    part("What was left out", &left_out(imported));
    part("What is not read", &unread(imported));
    part("Comments beside the text", &comments(imported));
    let read = imported.changes_read_as.unwrap_or_default();
    part(
        &format!("Tracked changes, of which the {read} text was read"),
        &changes(imported),
    );
    out
}

/// What was left out of the contributor's own words.
fn left_out(imported: &Imported) -> String {
    let kept = imported.left_out.iter().filter(|left| is_kept(left.kind));
    let told = kept.map(|left| {
        let place = place(left.from, left.to);
        format!("{}, {place}:\n\n{}\n\n", name(left.kind), left.text)
    });
    told.collect()
}

fn unread(imported: &Imported) -> String {
    let unread = imported.attachments.iter();
    unread.map(|it| format!("{}\n", visible(it))).collect()
}

fn comments(imported: &Imported) -> String {
    let told = imported.comments.iter().map(|comment| {
        let [author, about, words] =
            [&comment.author, &comment.about, &comment.words].map(|it| visible(it));
        format!("{author} on “{about}”: {words}\n")
    });
    told.collect()
}

fn changes(imported: &Imported) -> String {
    let told = imported.changes.iter().map(|change| {
        let did = match change.change {
            Tracked::Inserted => "inserted",
            Tracked::Deleted => "deleted",
        };
        let (who, words) = (visible(&change.author), visible(&change.words));
        format!("{who} {did} “{words}”\n")
    });
    told.collect()
}
