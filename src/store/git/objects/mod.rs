//! Objects by their ids: the one way by which all of this folder reads them.
//!
//! **Invariant:** no object is read before it is known to come to an end; one that is damaged or not there is named.

mod loose;

use std::collections::BTreeSet;

use git2::{Blob, Commit, ErrorCode, ObjectType, Oid, Reference, Tree, TreeEntry};

use super::{Git, failed};
use crate::store::StoreError;
use crate::store::error::Lack;

pub use loose::Loose;

impl Git {
    pub(super) fn commit_of(&self, id: Oid) -> Result<Commit<'_>, StoreError> {
        self.look(id, "a commit")?;
        let found = self.0.find_commit(id);
        found.map_err(|error| self.unreadable(id, "a commit", &error))
    }

    pub(super) fn tree_of(&self, id: Oid) -> Result<Tree<'_>, StoreError> {
        self.look(id, "a folder")?;
        let found = self.0.find_tree(id);
        found.map_err(|error| self.unreadable(id, "a folder", &error))
    }

    /// A text, by the path that it is shown by.
    pub(super) fn blob_of(&self, id: Oid, path: &str) -> Result<Blob<'_>, StoreError> {
        self.look(id, path)?;
        let found = self.0.find_blob(id);
        found.map_err(|error| self.unreadable(id, path, &error))
    }

    /// Any object, as it is stored.
    pub(super) fn stored(&self, id: Oid) -> Result<(ObjectType, Vec<u8>), StoreError> {
        self.look(id, "an object")?;
        let store = self.0.odb().map_err(failed("read the objects"))?;
        match store.read(id) {
            Ok(object) => Ok((object.kind(), object.data().to_vec())),
            Err(error) => Err(self.unreadable(id, "an object", &error)),
        }
    }

    /// The parents of a commit as it is stored: no graft has a say.
    pub(super) fn stored_parents(&self, id: Oid) -> Result<Vec<Oid>, StoreError> {
        let (kind, bytes) = self.stored(id)?;
        if kind != ObjectType::Commit {
            return Ok(Vec::new());
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let head = text.split("\n\n").next().unwrap_or_default();
        let parents = head.lines().filter_map(|line| line.strip_prefix("parent "));
        parents.map(super::oid).collect()
    }

    /// The entry at a path below a folder.
    pub(super) fn entry_at(
        &self,
        tree: &Tree<'_>,
        path: &str,
    ) -> Result<Option<TreeEntry<'static>>, StoreError> {
        let (first, rest) = match path.split_once('/') {
            Some((first, rest)) => (first, Some(rest)),
            None => (path, None),
        };
        let Some(entry) = tree.get_name(first) else {
            return Ok(None);
        };
        match rest {
            None => Ok(Some(entry.to_owned())),
            Some(_) if entry.kind() != Some(ObjectType::Tree) => Ok(None),
            Some(rest) => self.entry_at(&self.tree_of(entry.id())?, rest),
        }
    }

    /// The commit that a ref leads to, through tags; nothing if it leads nowhere or to something else.
    pub(super) fn commit_at(&self, found: &Reference<'_>) -> Result<Option<Oid>, StoreError> {
        let resolved = found.resolve().ok();
        let target = resolved.and_then(|found| found.target());
        target.map_or(Ok(None), |target| self.commit_behind(target))
    }

    /// The commit that an object is, or that a tag leads to.
    pub(super) fn commit_behind(&self, mut id: Oid) -> Result<Option<Oid>, StoreError> {
        let mut seen = BTreeSet::new();
        while seen.insert(id) {
            let (kind, bytes) = self.stored(id)?;
            match kind {
                ObjectType::Commit => return Ok(Some(id)),
                ObjectType::Tag => {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    let target = text
                        .lines()
                        .next()
                        .and_then(|line| line.strip_prefix("object "));
                    id = super::oid(target.unwrap_or_default())?;
                }
                _ => break,
            }
        }
        Ok(None)
    }

    /// Looks at all commits before one, as far as they are here, since libgit2 is going to walk there.
    pub(super) fn look_back(&self, from: Oid) -> Result<(), StoreError> {
        let mut seen = BTreeSet::new();
        let mut next = vec![from];
        while let Some(commit) = next.pop() {
            if seen.insert(commit) {
                match self.stored_parents(commit) {
                    Err(StoreError::Missing { .. }) => {}
                    parents => next.extend(parents?),
                }
            }
        }
        Ok(())
    }

    /// Refuses an object whose file does not come to its end.
    fn look(&self, id: Oid, what: &str) -> Result<(), StoreError> {
        let name = id.to_string();
        match self.1.flaw(&name) {
            Some(why) => Err(StoreError::Damaged {
                id: name,
                what: what.to_owned(),
                why,
            }),
            None => Ok(()),
        }
    }

    /// Why an object cannot be read.
    pub(super) fn unreadable(&self, id: Oid, what: &str, error: &git2::Error) -> StoreError {
        let (id, what) = (id.to_string(), what.to_owned());
        if error.code() != ErrorCode::NotFound {
            let why = error.message().to_owned();
            return StoreError::Damaged { id, what, why };
        }
        if let Some(pack) = self.1.broken_pack() {
            let why = format!("the pack `{pack}` is not as it was written");
            return StoreError::Damaged { id, what, why };
        }
        let lack = self.lack();
        StoreError::Missing { id, what, lack }
    }

    /// Why objects may be missing here.
    pub(super) fn lack(&self) -> Lack {
        match () {
            () if self.0.is_shallow() => Lack::Shallow,
            () if self.is_partial() => Lack::Partial,
            () => Lack::Unknown,
        }
    }

    /// Whether files were left at a remote that promised to have them.
    fn is_partial(&self) -> bool {
        let remotes = self.remotes().unwrap_or_default();
        let config = self.0.config();
        let promises = |remote: &String| {
            let config = config.as_ref().ok()?;
            config.get_bool(&format!("remote.{remote}.promisor")).ok()
        };
        remotes.iter().any(|remote| promises(remote) == Some(true))
    }
}
