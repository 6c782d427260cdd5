//! Proposals as their commits hold them.

use crate::narrative::id::BlobId;
use crate::narrative::proposal::{Author, Extent, Proposal};
use crate::narrative::time::Moment;
use crate::store::StoreError;
use crate::store::git::Written;

use super::{CommitId, Identity, Repository};

/// Whose a commit says that it is, and of when: anybody can write both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The author's name and address.
    pub by: Identity,
    /// When the author wrote; nothing if that is in no calendar.
    pub at: Option<Moment>,
}

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

    /// The paths from the repository's root that differ between two commits; nothing if they are too many to list, or one
    /// of them is no text.
    ///
    /// # Errors
    ///
    /// An object is missing or broken.
    pub fn paths_changed(
        &self,
        from: &CommitId,
        to: &CommitId,
    ) -> Result<Option<Vec<String>>, StoreError> {
        let found = self.git.difference(from, to)?;
        let whole = found.extent == Extent::Whole;
        let paths = found.changes.iter().map(|change| change.path.text());
        Ok(paths.collect::<Option<_>>().filter(|_| whole))
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

    /// What a proposal was written on: the nearest commit that it and the branch at hand have in common.
    ///
    /// # Errors
    ///
    /// There is none, or it lies in a part of the history that is not here.
    pub fn ground_of(&self, onto: &CommitId, proposed: &CommitId) -> Result<CommitId, StoreError> {
        self.merge_base(onto, proposed).map_err(|error| {
            let cut_off = matches!(
                error,
                StoreError::Unrelated(..) | StoreError::Missing { .. }
            );
            match cut_off && self.git.is_shallow() {
                true => StoreError::Shallow(proposed.short().to_owned()),
                false => error,
            }
        })
    }

    /// Whether a commit is in the history of another.
    ///
    /// # Errors
    ///
    /// The history cannot be read.
    pub fn holds(&self, tip: &CommitId, commit: &CommitId) -> Result<bool, StoreError> {
        Ok(self.git.has_commit(commit)? && self.git.leads_to(std::slice::from_ref(tip), commit)?)
    }

    /// The commits that one has and another has not, newest first.
    ///
    /// # Errors
    ///
    /// The history cannot be read.
    pub fn written(&self, from: &CommitId, to: &CommitId) -> Result<Vec<Written>, StoreError> {
        self.git.written(from, to)
    }

    /// The address of who made a commit, as it says itself.
    ///
    /// # Errors
    ///
    /// The commit cannot be read.
    pub fn committer(&self, commit: &CommitId) -> Result<String, StoreError> {
        self.git.committer(commit)
    }

    /// The commit before one; nothing if there is none, or more than one.
    ///
    /// # Errors
    ///
    /// The commit cannot be read.
    pub fn sole_parent(&self, commit: &CommitId) -> Result<Option<CommitId>, StoreError> {
        self.git.sole_parent(commit)
    }

    /// Whose a commit says that it is, and of when.
    ///
    /// # Errors
    ///
    /// The commit cannot be read.
    pub fn claim(&self, commit: &CommitId) -> Result<Claim, StoreError> {
        self.git.claim(commit)
    }

    /// The signature of a commit, in armour, and the bytes that it is over; nothing if nobody signed it.
    ///
    /// # Errors
    ///
    /// The commit cannot be read.
    pub fn signature_of(&self, id: &CommitId) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        self.git.signature_of(id)
    }

    /// The blob at a path of a commit, from the repository's root.
    ///
    /// # Errors
    ///
    /// The commit cannot be read.
    pub fn blob_at(&self, commit: &CommitId, path: &str) -> Result<Option<BlobId>, StoreError> {
        self.git.blob_at(commit, path)
    }

    /// The narrative's folder from the repository's root; empty or ending in `/`.
    pub fn folder(&self) -> &str {
        &self.folder
    }
}
