//! New commits, and the branch and index that follow them.

use std::collections::BTreeMap;
use std::path::Path;

use git2::{ErrorCode, ObjectType};

use super::who::signature;
use super::{Git, failed, oid};
use crate::narrative::time::Moment;
use crate::store::StoreError;
use crate::store::repository::{CommitId, Identity};

/// A commit that is to be written.
pub struct Plan<'a> {
    pub parent: Option<&'a CommitId>,
    /// A second parent, for a merge.
    pub merged: Option<&'a CommitId>,
    pub files: &'a BTreeMap<String, Option<Vec<u8>>>,
    pub author: &'a Identity,
    pub committer: &'a Identity,
    pub at: Moment,
    pub message: &'a str,
}

impl Plan<'_> {
    /// The commits that it comes after.
    pub fn parents(&self) -> impl Iterator<Item = &CommitId> {
        self.parent.into_iter().chain(self.merged)
    }
}

impl Git {
    /// Writes files over a commit's tree as a new commit that nobody signs; no ref is moved yet.
    pub fn write_commit(&self, plan: &Plan<'_>) -> Result<CommitId, StoreError> {
        let tree = self.tree_of(oid(&self.write_tree(plan)?)?)?;
        let mut parents = Vec::new();
        for id in plan.parents() {
            parents.push(self.commit_of(oid(&id.0)?)?);
        }
        let author = signature(plan.author, plan.at)?;
        let committer = signature(plan.committer, plan.at)?;
        let parents: Vec<&git2::Commit<'_>> = parents.iter().collect();
        let commit = self
            .0
            .commit(None, &author, &committer, plan.message, &tree, &parents);
        commit
            .map(|id| CommitId(id.to_string()))
            .map_err(failed("store the commit"))
    }

    /// Stores a commit that was made elsewhere.
    pub fn put_commit(&self, bytes: &[u8]) -> Result<CommitId, StoreError> {
        let store = self.0.odb().map_err(failed("store the commit"))?;
        let id = store.write(ObjectType::Commit, bytes);
        let id = id.map_err(failed("store the commit"))?;
        Ok(CommitId(id.to_string()))
    }

    /// The bytes of a commit.
    pub fn commit_bytes(&self, id: &CommitId) -> Result<Vec<u8>, StoreError> {
        Ok(self.stored(oid(&id.0)?)?.1)
    }

    /// Writes files over the tree of a commit's parent; gives the new tree's id.
    pub fn write_tree(&self, plan: &Plan<'_>) -> Result<String, StoreError> {
        let mut update = git2::build::TreeUpdateBuilder::new();
        for (path, bytes) in plan.files {
            match bytes {
                Some(bytes) => {
                    let id = self.0.blob(bytes).map_err(failed("store a text"))?;
                    update.upsert(path.as_str(), id, git2::FileMode::Blob);
                }
                None => drop(update.remove(path.as_str())),
            }
        }
        let base = match plan.parent {
            Some(parent) => self.tree_of(self.commit_of(oid(&parent.0)?)?.tree_id())?,
            None => self.empty_tree()?,
        };
        for path in plan.files.keys() {
            self.entry_at(&base, path)?;
        }
        let tree = update
            .create_updated(&self.0, &base)
            .map_err(failed("store the files"))?;
        Ok(tree.to_string())
    }

    fn empty_tree(&self) -> Result<git2::Tree<'_>, StoreError> {
        let id = self.0.treebuilder(None).and_then(|tree| tree.write());
        self.tree_of(id.map_err(failed("store the files"))?)
    }

    /// Moves a branch from one commit to the next; refuses if it has moved meanwhile.
    pub fn move_branch(
        &self,
        branch: &str,
        from: Option<&CommitId>,
        to: &CommitId,
        why: &str,
    ) -> Result<(), StoreError> {
        let target = oid(&to.0)?;
        let moved = match from {
            Some(from) => self
                .0
                .reference_matching(branch, target, true, oid(&from.0)?, why),
            None => self.0.reference(branch, target, false, why),
        };
        moved
            .map(drop)
            .map_err(failed(&format!("move the branch `{branch}`")))
    }

    /// Makes the index agree with some files of the work tree.
    pub fn update_index(
        &self,
        files: &BTreeMap<String, Option<Vec<u8>>>,
    ) -> Result<(), StoreError> {
        let doing = "update the index";
        let mut index = self.0.index().map_err(failed(doing))?;
        for (path, bytes) in files {
            let path = Path::new(path);
            let done = if bytes.is_some() {
                index.add_path(path)
            } else {
                index.remove_path(path)
            };
            done.map_err(failed(doing))?;
        }
        index.write().map_err(|error| match error.code() {
            ErrorCode::Locked => StoreError::IndexLocked(self.git_dir().join("index.lock")),
            _ => failed(doing)(error),
        })
    }
}
