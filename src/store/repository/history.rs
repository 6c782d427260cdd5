//! What earlier commits hold.

use crate::narrative::id::BlobId;
use crate::narrative::time::Moment;
use crate::store::StoreError;

use super::{CommitId, Repository};

impl Repository {
    /// The id of a commit's tree.
    ///
    /// # Errors
    ///
    /// The commit cannot be read.
    pub fn tree_id(&self, commit: &CommitId) -> Result<String, StoreError> {
        self.git.tree_id(commit)
    }

    /// When a commit was made.
    ///
    /// # Errors
    ///
    /// The commit cannot be read.
    pub fn commit_time(&self, commit: &CommitId) -> Result<Moment, StoreError> {
        self.git.commit_time(commit)
    }

    /// The bytes of a blob, if the repository has it.
    ///
    /// # Errors
    ///
    /// The blob cannot be read.
    pub fn blob(&self, id: &BlobId) -> Result<Option<Vec<u8>>, StoreError> {
        self.git.blob(id)
    }

    /// The blob that another file of the narrative had when a file came to be: the state in which its writer started.
    ///
    /// # Errors
    ///
    /// The history cannot be read.
    pub fn blob_when_introduced(
        &self,
        path: &str,
        other: &str,
    ) -> Result<Option<BlobId>, StoreError> {
        let Some(head) = self.git.head_commit()? else {
            return Ok(None);
        };
        let (path, other) = (self.shown(path), self.shown(other));
        let mut first = None;
        for commit in self.git.line(&head)? {
            if self.git.blob_at(&commit, &path)?.is_none() {
                break;
            }
            first = Some(commit);
        }
        first.map_or(Ok(None), |commit| self.git.blob_at(&commit, &other))
    }

    /// The versions of a file of the narrative along the line of commits that ends in one, or in the last if none is named:
    /// its bytes, who wrote them, when; oldest first.
    ///
    /// # Errors
    ///
    /// The history cannot be read.
    pub fn versions_from(
        &self,
        commit: Option<&CommitId>,
        path: &str,
    ) -> Result<Vec<(BlobId, String, Moment)>, StoreError> {
        let head = match commit {
            Some(commit) => Some(commit.clone()),
            None => self.git.head_commit()?,
        };
        let Some(head) = head else {
            return Ok(Vec::new());
        };
        let path = self.shown(path);
        let mut out = Vec::new();
        let mut last = None;
        for commit in self.git.line(&head)?.iter().rev() {
            let blob = self.git.blob_at(commit, &path)?;
            if let Some(blob) = blob.clone().filter(|_| blob != last) {
                out.push((
                    blob,
                    self.git.author(commit)?,
                    self.git.commit_time(commit)?,
                ));
            }
            last = blob;
        }
        Ok(out)
    }
}
