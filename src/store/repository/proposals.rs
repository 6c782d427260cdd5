//! Proposals as their commits hold them.

use crate::narrative::proposal::{Author, Proposal};
use crate::store::StoreError;

use super::{CommitId, Repository};

impl Repository {
    /// What a commit proposes to change of another: paths, modes, sizes and ids, and no byte of a file.
    ///
    /// # Errors
    ///
    /// An object is missing or broken, or a folder cannot be listed.
    pub fn proposal(
        &self,
        base: &CommitId,
        proposed: &CommitId,
        author: Author,
    ) -> Result<Proposal, StoreError> {
        let found = self.git.difference(base, proposed)?;
        Ok(Proposal {
            author,
            changes: found.changes,
            extent: found.extent,
            neighbours: found.neighbours,
        })
    }

    /// The nearest commit that two have in common.
    ///
    /// # Errors
    ///
    /// They have none, or the history cannot be read.
    pub fn merge_base(&self, one: &CommitId, other: &CommitId) -> Result<CommitId, StoreError> {
        let found = self.git.merge_base(one, other)?;
        found.ok_or_else(|| StoreError::Unrelated(one.short().to_owned(), other.short().to_owned()))
    }

    /// The narrative's folder from the repository's root; empty or ending in `/`.
    pub fn folder(&self) -> &str {
        &self.folder
    }
}
