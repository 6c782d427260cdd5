//! What differs between two commits, read from their trees alone: no attribute, mailmap or replace ref has a say, and no
//! file is read.

use std::collections::{BTreeMap, BTreeSet};

use git2::{Odb, Oid};

use super::{Git, failed, oid};
use crate::narrative::proposal::{Change, Entry, Extent, RawPath};
use crate::store::StoreError;
use crate::store::repository::CommitId;

/// Files and folders after which no more are listed.
const MOST: usize = 10_000;

/// How deep folders may stand in each other.
const DEEPEST: usize = 64;

/// Bytes that the list of one folder may have.
const TREE_BYTES: usize = 16 * 1024 * 1024;

/// The mode of a folder.
const FOLDER: u32 = 0o040_000;

/// What differs between two commits.
#[derive(Debug)]
pub struct Difference {
    /// The paths that differ.
    pub changes: Vec<Change>,
    /// Whether that is all.
    pub extent: Extent,
    /// What else the later commit has in the folders that were looked into.
    pub neighbours: Vec<RawPath>,
}

/// What a folder says of one of its names: mode and id.
type Named = (u32, Oid);

/// The entries of a folder, by name.
type Folder = BTreeMap<Vec<u8>, Named>;

struct Walk<'a> {
    git: &'a Git,
    store: Odb<'a>,
    looked_into: usize,
    found: Difference,
}

impl Git {
    /// Lists what differs between two commits.
    pub fn difference(&self, from: &CommitId, to: &CommitId) -> Result<Difference, StoreError> {
        let [before, after] = [self.tree_id(from)?, self.tree_id(to)?];
        let mut walk = Walk {
            git: self,
            store: self.0.odb().map_err(failed("read the objects"))?,
            looked_into: 0,
            found: Difference {
                changes: Vec::new(),
                extent: Extent::Whole,
                neighbours: Vec::new(),
            },
        };
        walk.folder(None, (Some(oid(&before)?), Some(oid(&after)?)))?;
        Ok(walk.found)
    }
}

impl Walk<'_> {
    /// Compares two states of a folder, of which one may not be there.
    fn folder(
        &mut self,
        at: Option<&RawPath>,
        (before, after): (Option<Oid>, Option<Oid>),
    ) -> Result<(), StoreError> {
        self.looked_into += 1;
        let deep = at.is_some_and(|path| path.names().len() > DEEPEST);
        if deep || self.looked_into > MOST {
            self.found.extent = Extent::Cut;
            return Ok(());
        }
        let before = self.entries(at, before)?;
        let after = self.entries(at, after)?;
        let names: BTreeSet<&Vec<u8>> = before.keys().chain(after.keys()).collect();
        for name in names {
            let path = at.map_or_else(|| RawPath::of(name), |folder| folder.join(name));
            let sides = (before.get(name).copied(), after.get(name).copied());
            self.entry(path, sides)?;
            if self.found.extent == Extent::Cut {
                break;
            }
        }
        Ok(())
    }

    fn entry(
        &mut self,
        path: RawPath,
        (before, after): (Option<Named>, Option<Named>),
    ) -> Result<(), StoreError> {
        if before == after {
            self.found.neighbours.push(path);
            return Ok(());
        }
        let folder = |side: Option<Named>| {
            let (mode, id) = side?;
            (mode == FOLDER).then_some(id)
        };
        let folders = (folder(before), folder(after));
        let listed = self.found.changes.len();
        if folders != (None, None) {
            self.folder(Some(&path), folders)?;
        }
        let files = [(before, folders.0), (after, folders.1)];
        let [before, after] = files.map(|(side, folder)| side.filter(|_| folder.is_none()));
        // A folder in which nothing is to be found would come in unseen.
        let empty = folders.1.is_some() && self.found.changes.len() == listed;
        let after = if empty {
            folders.1.map(|id| (FOLDER, id))
        } else {
            after
        };
        if before.is_some() || after.is_some() {
            let [before, after] = [self.metadata(before)?, self.metadata(after)?];
            self.found.changes.push(Change {
                path,
                before,
                after,
            });
        }
        if self.found.changes.len() >= MOST {
            self.found.extent = Extent::Cut;
        }
        Ok(())
    }

    fn metadata(&self, side: Option<Named>) -> Result<Option<Entry>, StoreError> {
        let Some((mode, id)) = side else {
            return Ok(None);
        };
        let size = match mode {
            0o160_000 => None,
            _ => u64::try_from(self.size(id)?).ok(),
        };
        let id = id.to_string();
        Ok(Some(Entry { mode, size, id }))
    }

    /// The length of an object by its header alone.
    fn size(&self, id: Oid) -> Result<usize, StoreError> {
        let header = self.store.read_header(id);
        let (size, _) = header.map_err(|error| self.git.unreadable(id, "an object", &error))?;
        Ok(size)
    }

    fn entries(&self, at: Option<&RawPath>, id: Option<Oid>) -> Result<Folder, StoreError> {
        let Some(id) = id else {
            return Ok(Folder::new());
        };
        let refused = |path: Option<&RawPath>, what: &str| StoreError::Refused {
            path: path.map_or_else(|| ".".to_owned(), ToString::to_string),
            what: what.to_owned(),
        };
        if self.size(id)? > TREE_BYTES {
            return Err(refused(at, "a folder with too many files to list"));
        }
        let tree = self.git.tree_of(id)?;
        let mut out = Folder::new();
        for entry in &tree {
            let name = entry.name_bytes().to_vec();
            let mode = u32::try_from(entry.filemode_raw()).unwrap_or_default();
            if out.insert(name.clone(), (mode, entry.id())).is_some() {
                let path = at.map_or_else(|| RawPath::of(&name), |folder| folder.join(&name));
                return Err(refused(Some(&path), "twice in its folder"));
            }
        }
        Ok(out)
    }
}
