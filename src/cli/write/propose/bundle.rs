//! Proposals as one file, for who has no account anywhere.

use std::path::Path;

use crate::cli::Session;
use crate::cli::error::CommandError;
use crate::cli::terminal::shell::{quoted, typed};
use crate::narrative::read::place::{Part, Place};
use crate::store::{CommitId, Repository, Staged, StoreError};

use super::plan::signing;
use super::send::together;
use super::{Did, Draft, Proposal, ProposeArgs, Proposed, Row};

/// Writes the file, or tells what would be written.
pub fn write(
    args: &ProposeArgs,
    session: &Session,
    proposal: &Proposal<'_>,
    file: &Path,
) -> Result<Proposed, CommandError> {
    let repository = &proposal.opened.repository;
    let path = session.path(file);
    if path.exists() {
        return Err(StoreError::Exists(file.into()).into());
    }
    let shown = file.display().to_string();
    let mut report = Proposed::to(proposal, &shown);
    let received = quoted(&shown);
    report.next = format!("send `{shown}`; it is taken in with `onetext receive {received}`");
    let news = news(proposal, &mut report)?;
    let mut bases: Vec<CommitId> = news.iter().map(|(_, base)| base.clone()).collect();
    bases.dedup();
    if news.is_empty() {
        report.next = "onetext status".to_owned();
    } else if args.dry_run {
        let rows = news
            .iter()
            .map(|(draft, _)| proposal.row(draft, Did::WouldWrite));
        report.drafts.extend(rows);
        report.notes.extend(signing(repository)?);
        let branches = news.iter().map(|(draft, _)| &*draft.branch);
        let command = Repository::bundling(&shown, branches, &bases);
        report.commands = vec![typed("git", &command)];
    } else {
        let rows = written(proposal, &path, (&news, &bases))?;
        report.drafts.extend(rows);
    }
    Ok(report)
}

/// The drafts that are new to the others, each with what it is put on; those that are not are told.
fn news<'p>(
    proposal: &'p Proposal<'p>,
    report: &mut Proposed,
) -> Result<Vec<(&'p Draft<'p>, CommitId)>, CommandError> {
    let others = others_have(proposal)?;
    let mut news = Vec::new();
    for draft in &proposal.drafts {
        match base(&proposal.opened.repository, draft, &others)? {
            Some(base) => news.push((draft, base)),
            None => report.drafts.push(proposal.row(draft, Did::There)),
        }
    }
    Ok(news)
}

/// Makes the commits, writes the file, and lets go of what was only there for it.
fn written(
    proposal: &Proposal<'_>,
    path: &Path,
    (news, bases): (&[(&Draft<'_>, CommitId)], &[CommitId]),
) -> Result<Vec<Row>, CommandError> {
    let repository = &proposal.opened.repository;
    let made = news.iter().map(|(draft, base)| {
        let made = repository.stage(&draft.branch, base, &proposal.change(draft));
        made.map(Some)
    });
    let staged: Vec<Staged> = together(repository, made)?.into_iter().flatten().collect();
    let written = repository.bundle(path, &staged, bases);
    for one in &staged {
        repository.unstage(one, None)?;
    }
    written?;
    let rows = news.iter().zip(&staged).map(|((draft, _), one)| Row {
        commit: Some(one.commit.as_str().to_owned()),
        ..proposal.row(draft, Did::Written)
    });
    Ok(rows.collect())
}

/// What the others have, as far as is known here without asking.
enum Others {
    /// The remote's main branch as it was fetched last.
    Fetched(CommitId),
    /// There is none: the last commit here that is more than drafts of hers which she committed herself.
    Before(CommitId),
}

fn others_have(proposal: &Proposal<'_>) -> Result<Others, CommandError> {
    let repository = &proposal.opened.repository;
    if let Some(remote) = repository.remote(None)?
        && let Some((_, main)) = repository.main_as_fetched(&remote)?
    {
        return Ok(Others::Fetched(main));
    }
    let hers = |path: &String| {
        let place = path.strip_prefix(repository.folder()).map(Place::of);
        matches!(place, Some(Place::Question(_, Part::Draft(who))) if who == proposal.who.id)
    };
    let mut commit = repository.head()?;
    while let Some(parent) = repository.sole_parent(&commit)? {
        if repository.committer(&commit)? != proposal.own.email {
            break;
        }
        let changed = repository.paths_changed(&parent, &commit)?;
        if !changed.is_some_and(|paths| paths.iter().all(hers)) {
            break;
        }
        commit = parent;
    }
    Ok(Others::Before(commit))
}

/// What a draft is put on so that the others can take it in; nothing if they have it as it is.
fn base(
    repository: &Repository,
    draft: &Draft<'_>,
    others: &Others,
) -> Result<Option<CommitId>, CommandError> {
    let path = repository.shown(&draft.path);
    let has = |commit: &CommitId| -> Result<bool, CommandError> {
        Ok(repository.blob_at(commit, &path)?.as_ref() == Some(draft.blob))
    };
    let mut commit = match others {
        Others::Fetched(main) => return Ok((!has(main)?).then(|| main.clone())),
        Others::Before(commit) => commit.clone(),
    };
    while has(&commit)? {
        match repository.parent(&commit)? {
            Some(parent) => commit = parent,
            None => return Ok(None),
        }
    }
    Ok(Some(commit))
}
