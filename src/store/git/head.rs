//! Where the head is, and what git is in the middle of.

use git2::{ErrorCode, RepositoryState};

use super::{Git, failed};
use crate::store::StoreError;
use crate::store::repository::CommitId;

impl Git {
    /// The branch that the head is on, and its commit if it has one.
    pub fn head(&self) -> Result<(String, Option<CommitId>), StoreError> {
        match self.0.head() {
            Ok(head) if head.is_branch() => {
                let commit = head
                    .peel_to_commit()
                    .map_err(failed("read the last commit"))?;
                let name = head.name().unwrap_or("HEAD").to_owned();
                Ok((name, Some(CommitId(commit.id().to_string()))))
            }
            Ok(head) => {
                let id = head.target().map(|id| id.to_string()).unwrap_or_default();
                Err(StoreError::Detached(id.chars().take(7).collect()))
            }
            Err(error) if error.code() == ErrorCode::UnbornBranch => {
                let head = self
                    .0
                    .find_reference("HEAD")
                    .map_err(failed("read the head"))?;
                let name = head
                    .symbolic_target()
                    .ok()
                    .flatten()
                    .unwrap_or("refs/heads/main");
                Ok((name.to_owned(), None))
            }
            Err(error) => Err(failed("read the head")(error)),
        }
    }

    /// The commit that `HEAD` is at, detached or not.
    pub fn head_commit(&self) -> Result<Option<CommitId>, StoreError> {
        match self.0.head().and_then(|head| head.peel_to_commit()) {
            Ok(commit) => Ok(Some(CommitId(commit.id().to_string()))),
            Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
            Err(error) => Err(failed("read the head")(error)),
        }
    }

    /// What git is in the middle of.
    pub fn busy(&self) -> Option<&'static str> {
        match self.0.state() {
            RepositoryState::Clean => None,
            RepositoryState::Merge => Some("merge"),
            RepositoryState::Revert | RepositoryState::RevertSequence => Some("revert"),
            RepositoryState::CherryPick | RepositoryState::CherryPickSequence => {
                Some("cherry-pick")
            }
            RepositoryState::Bisect => Some("bisect"),
            RepositoryState::ApplyMailbox | RepositoryState::ApplyMailboxOrRebase => {
                Some("mailbox being applied")
            }
            _ => Some("rebase"),
        }
    }

    pub fn resolve(&self, revision: &str) -> Result<CommitId, StoreError> {
        let object = self.0.revparse_single(revision);
        let commit = object.and_then(|object| object.peel_to_commit());
        commit
            .map(|commit| CommitId(commit.id().to_string()))
            .map_err(|_| StoreError::NoRevision(revision.to_owned()))
    }
}
