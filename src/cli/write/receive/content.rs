//! What a change brings in: read once, and held to what may come in at all.

use crate::cli::error::CommandError;
use crate::narrative::finding::Finding;
use crate::narrative::id::{BlobId, ContributorId};
use crate::narrative::proposal::{Author, Change, Entry, REGULAR, Ruling, content};
use crate::narrative::read::text::decode;
use crate::store::Repository;

/// Bytes of a file that is taken in whatever the narrative's limits say.
const MOST: u64 = 16 * 1024 * 1024;

/// A change that is allowed, with what the file said before and says then.
#[derive(Debug)]
pub struct Content {
    /// The file, from the repository's root.
    pub path: String,
    /// Its bytes after the change; nothing if it goes.
    pub bytes: Option<Vec<u8>>,
    /// What it said before, if it was there and can be read.
    pub was: Option<String>,
    /// What it says then; nothing if it goes.
    pub is: Option<String>,
}

impl Content {
    /// Reads a change; within, why it may not come in: it cannot be written or shown here, or it is not the author's own
    /// words. Nothing is said of a path that is no text, which its ruling tells.
    ///
    /// # Errors
    ///
    /// An object cannot be read.
    pub fn of(
        repository: &Repository,
        ruling: &Ruling,
        who: &ContributorId,
    ) -> Result<Result<Self, Option<Finding>>, CommandError> {
        let change = &ruling.change;
        let Some(path) = change.path.text() else {
            return Ok(Err(None));
        };
        if let Some(finding) = beyond_us(&path, change) {
            return Ok(Err(Some(finding)));
        }
        let read = |entry: Option<&Entry>| match blob(entry) {
            Some(id) => repository.text(&id, &path).map(Some),
            None => Ok(None),
        };
        let before = change.before.as_ref();
        let before = read(before.filter(|entry| entry.mode == REGULAR))?;
        let bytes = read(change.after.as_ref())?;
        let author = Author::Known(who.clone());
        let own = bytes.as_deref();
        if let Some(finding) = own.and_then(|bytes| content(ruling, &author, bytes)) {
            return Ok(Err(Some(finding)));
        }
        Ok(match own.map(|bytes| decode(&path, bytes)).transpose() {
            Ok(is) => Ok(Self {
                was: before.and_then(|bytes| decode(&path, &bytes).ok()),
                is,
                bytes,
                path,
            }),
            Err(finding) => Err(Some(finding)),
        })
    }

    /// What the file says after the change; nothing is empty.
    pub fn reads(&self) -> &str {
        self.is.as_deref().unwrap_or_default()
    }
}

/// The id of a file of a tree.
pub fn blob(entry: Option<&Entry>) -> Option<BlobId> {
    entry?.id.parse().ok()
}

/// Why a change that is allowed cannot be made here all the same: `receive` writes regular files of some size.
fn beyond_us(path: &str, change: &Change) -> Option<Finding> {
    let after = change.after.as_ref()?;
    let large = after.size.is_none_or(|size| size > MOST);
    let message = match after.mode {
        REGULAR if !large => return None,
        REGULAR => "it is too large to be taken in here",
        _ => "it is no regular file, and only those are taken in here",
    };
    let finding = Finding::error("proposal-mode", path, message);
    Some(finding.mend("leave it out, or merge it by git itself"))
}
