//! What the narrative would be with a proposal in it, held to every rule.

use std::collections::BTreeMap;

use crate::cli::error::CommandError;
use crate::cli::opened::Opened;
use crate::narrative::finding::Finding;
use crate::narrative::snapshot::{File, Snapshot};
use crate::narrative::time::Day;
use crate::narrative::{self};
use crate::store::{At, blob_id};

use super::show::piece::Lot;
use super::weigh::Weighed;

/// Adds what the rules find in the files that a proposal writes, or find because of it; what has an error is left out.
///
/// # Errors
///
/// The last commit cannot be read.
pub fn tested(weighed: &mut Weighed, opened: &Opened, day: Day) -> Result<(), CommandError> {
    if weighed.writes.is_empty() {
        return Ok(());
    }
    let commit = opened
        .commit
        .as_ref()
        .expect("proposals are put on commits");
    let before = opened.repository.snapshot(At::Commit(commit))?;
    let after = with(&before, &weighed.writes, opened.repository.folder());
    let known = narrative::check(&before, day);
    for mut finding in narrative::check(&after, day) {
        let old = known.contains(&finding);
        finding.path = opened.repository.shown(&finding.path);
        let touched = weighed.writes.contains_key(&finding.path);
        if touched || (!old && finding.is_error()) {
            weighed.findings.push(finding);
        }
    }
    leave_out(weighed);
    Ok(())
}

/// The files of the narrative with some written over them.
fn with(before: &Snapshot, writes: &BTreeMap<String, Option<Vec<u8>>>, folder: &str) -> Snapshot {
    let mut after = before.clone();
    for (path, bytes) in writes {
        let Some(path) = path.strip_prefix(folder) else {
            continue;
        };
        match bytes {
            Some(bytes) => {
                let blob = blob_id(bytes);
                let bytes = bytes.clone();
                after.files.insert(path.to_owned(), File { blob, bytes });
            }
            None => drop(after.files.remove(path)),
        }
    }
    after
}

fn leave_out(weighed: &mut Weighed) {
    let errors: Vec<&Finding> = weighed
        .findings
        .iter()
        .filter(|finding| finding.is_error())
        .collect();
    for piece in &mut weighed.pieces {
        let to = piece.to.as_ref().unwrap_or(&piece.path);
        if piece.lot.writes() && errors.iter().any(|finding| finding.path == *to) {
            weighed.writes.remove(to);
            piece.lot = Lot::LeftOut;
        }
    }
}
