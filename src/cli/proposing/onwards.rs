//! How a contributor goes on once the others have what she proposed.
//!
//! A proposal is a commit of its own, so her branch and theirs have two commits that say the same: a plain `git pull` asks
//! her what to do about that. The command that is told here does it, and loses no word of hers.

use crate::cli::error::CommandError;
use crate::cli::terminal::shell::quoted;
use crate::store::{At, Beside, CommitId, Repository, blob_id};

/// The one command by which what the others have comes here; nothing if it is here, or if files of others differ too.
///
/// # Errors
///
/// The history or a file cannot be read.
pub fn onwards(
    repository: &Repository,
    (remote, main): (&str, &(String, CommitId)),
    who: &str,
) -> Result<Option<String>, CommandError> {
    let fetched = repository.main_as_fetched(remote)?.as_ref() == Some(main);
    let own = format!("/drafts/{who}.md");
    Ok(match repository.standing(main)? {
        None | Some(Beside::Abreast) => None,
        Some(Beside::Behind) => Some(match uncommitted(repository, &main.1)? {
            Some(first) => first,
            None => "git pull".to_owned(),
        }),
        Some(Beside::Within) => {
            let reset = format!("git reset --keep {}/{}", quoted(remote), quoted(&main.0));
            Some(match fetched {
                true => reset,
                false => format!("git fetch {} && {reset}", quoted(remote)),
            })
        }
        Some(Beside::Apart(paths)) if paths.iter().all(|path| path.ends_with(&own)) => {
            Some("git pull --rebase --strategy-option=theirs".to_owned())
        }
        Some(Beside::Apart(_)) => None,
    })
}

/// What has to be done about files that are not committed, before git takes in what the others have.
fn uncommitted(repository: &Repository, theirs: &CommitId) -> Result<Option<String>, CommandError> {
    let dirty = repository.dirty()?;
    if dirty.is_empty() {
        return Ok(None);
    }
    let disk = repository.snapshot(At::WorkTree)?;
    let mut same = true;
    for path in &dirty {
        let within = path.strip_prefix(repository.folder()).unwrap_or(path);
        let here = disk.files.get(within).map(|file| blob_id(&file.bytes));
        same &= repository.blob_at(theirs, path)? == here;
    }
    let paths: Vec<String> = dirty.iter().map(|path| quoted(path)).collect();
    let add = format!("git add {}", paths.join(" "));
    Ok(Some(match same {
        true => format!("{add} && git pull"),
        false => format!("{add} && git commit --message=draft"),
    }))
}
