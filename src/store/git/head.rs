//! Where the head is, and what git is in the middle of.

use git2::{ErrorCode, Oid, Reference, RepositoryState};

use super::{Git, failed};
use crate::store::StoreError;
use crate::store::repository::CommitId;

impl Git {
    /// The branch that the head is on, and its commit if it has one.
    pub fn head(&self) -> Result<(String, Option<CommitId>), StoreError> {
        match self.0.head() {
            Ok(head) if head.is_branch() => {
                let name = head.name().unwrap_or("HEAD").to_owned();
                Ok((name, self.last_of(&head)?))
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
        match self.0.head() {
            Ok(head) => self.last_of(&head),
            Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
            Err(error) => Err(failed("read the head")(error)),
        }
    }

    fn last_of(&self, head: &Reference<'_>) -> Result<Option<CommitId>, StoreError> {
        let found = self.commit_at(head)?;
        Ok(found.map(|id| CommitId(id.to_string())))
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
        self.look_along(revision)?;
        let object = self.0.revparse_single(revision);
        let commit = object.and_then(|object| object.peel_to_commit());
        commit
            .map(|commit| CommitId(commit.id().to_string()))
            .map_err(|_| StoreError::NoRevision(revision.to_owned()))
    }

    /// Looks at what libgit2 is going to read for a revision: where it starts, and what came before that if it goes back.
    fn look_along(&self, revision: &str) -> Result<(), StoreError> {
        let name = revision.split(['^', '~', '@', ':']).next();
        let name = name.filter(|name| !name.is_empty()).unwrap_or("HEAD");
        let Some(start) = self.named(name) else {
            return Ok(());
        };
        match self.commit_behind(start)? {
            Some(commit) if revision != name => self.look_back(commit),
            _ => Ok(()),
        }
    }

    /// The object that a ref leads to, or that has an id that begins so.
    fn named(&self, name: &str) -> Option<Oid> {
        let found = self.0.resolve_reference_from_short_name(name).ok();
        let target = found.and_then(|found| found.resolve().ok()?.target());
        target.or_else(|| {
            let short = Oid::from_str(name).ok()?;
            let store = self.0.odb().ok()?;
            store.exists_prefix(short, name.len()).ok()
        })
    }
}
