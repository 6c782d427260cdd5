//! New commits, and the branch and index that follow them.

use std::collections::BTreeMap;
use std::path::Path;

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

impl Git {
    /// Writes files over a commit's tree as a new commit; no ref is moved yet.
    pub fn write_commit(&self, plan: &Plan<'_>) -> Result<CommitId, StoreError> {
        let mut parents = Vec::new();
        for id in plan.parent.into_iter().chain(plan.merged) {
            let found = self.0.find_commit(oid(&id.0)?);
            parents.push(found.map_err(failed("read a commit"))?);
        }
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
        let base = match parents.first() {
            Some(commit) => commit.tree().map_err(failed("read a commit's files"))?,
            None => self.empty_tree()?,
        };
        let tree = update
            .create_updated(&self.0, &base)
            .map_err(failed("store the files"))?;
        let tree = self.0.find_tree(tree).map_err(failed("store the files"))?;
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

    fn empty_tree(&self) -> Result<git2::Tree<'_>, StoreError> {
        let id = self.0.treebuilder(None).and_then(|tree| tree.write());
        id.and_then(|id| self.0.find_tree(id))
            .map_err(failed("store the files"))
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
        index.write().map_err(failed(doing))
    }
}
