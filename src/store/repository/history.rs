//! What earlier commits hold.

use std::rc::Rc;

use crate::narrative::id::BlobId;
use crate::narrative::time::Moment;
use crate::store::StoreError;
use crate::store::git::Line;

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

    /// The bytes of a text that has to be there, by the path that it is shown by.
    ///
    /// # Errors
    ///
    /// It is not there, or cannot be read.
    pub fn text(&self, id: &BlobId, path: &str) -> Result<Vec<u8>, StoreError> {
        self.git.text(id, path)
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
        Ok(self.line(&head)?.when_introduced(&path, &other))
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
        Ok(self.line(&head)?.versions(&self.shown(path)))
    }

    /// The line of commits that ends in one. Every question asks for it, so the last one walked is kept.
    fn line(&self, head: &CommitId) -> Result<Rc<Line>, StoreError> {
        let walked = self.walked.borrow().clone();
        if let Some((_, line)) = walked.filter(|(end, _)| end == head) {
            return Ok(line);
        }
        let line = Rc::new(self.git.line(head)?);
        self.walked.replace(Some((head.clone(), Rc::clone(&line))));
        Ok(line)
    }
}
