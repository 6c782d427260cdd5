//! What is proposed, as commits: what it was written on, who wrote it, who signed it.

use std::path::Path;

use git2::{ErrorCode, ObjectType};

use super::{Git, failed, moment, oid};
use crate::narrative::time::Moment;
use crate::store::StoreError;
use crate::store::repository::{CommitId, Identity};

/// Commits of a proposal after which no more are looked at.
const MOST: usize = 1000;

/// One commit of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its id.
    pub id: CommitId,
    /// Who wrote it, as it says itself.
    pub author: Identity,
    /// When, as it says itself.
    pub at: Moment,
    /// The first line of what it says.
    pub subject: String,
}

impl Git {
    /// The names of the remotes.
    pub fn remotes(&self) -> Result<Vec<String>, StoreError> {
        let names = self.0.remotes().map_err(failed("list the remotes"))?;
        let names = names.iter().flatten().flatten();
        Ok(names.map(str::to_owned).collect())
    }

    /// Reads objects from one more folder.
    pub fn read_also(&self, objects: &Path) -> Result<(), StoreError> {
        let store = self.0.odb().map_err(failed("read what was fetched"))?;
        let path = objects.display().to_string();
        let added = store.add_disk_alternate(&path);
        added.map_err(failed("read what was fetched"))?;
        self.1.add(objects);
        Ok(())
    }

    /// Whether there is such a commit.
    pub fn has_commit(&self, id: &CommitId) -> Result<bool, StoreError> {
        match self.commit_of(oid(&id.0)?) {
            Ok(_) => Ok(true),
            Err(StoreError::Missing { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether the history ends where somebody cut it off.
    pub fn is_shallow(&self) -> bool {
        self.0.is_shallow()
    }

    /// The commits that one has and another has not, newest first.
    pub fn written(&self, from: &CommitId, to: &CommitId) -> Result<Vec<Written>, StoreError> {
        let mut walk = self.0.revwalk().map_err(failed("walk the history"))?;
        let (from, to) = (oid(&from.0)?, oid(&to.0)?);
        self.look_back(from)?;
        self.look_back(to)?;
        walk.push(to)
            .and_then(|()| walk.hide(from))
            .map_err(failed("walk the history"))?;
        let mut out = Vec::new();
        for id in walk.take(MOST) {
            let id = id.map_err(failed("walk the history"))?;
            let commit = self.commit_of(id)?;
            let author = commit.author();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let message = text(commit.message_bytes());
            out.push(Written {
                id: CommitId(id.to_string()),
                author: Identity {
                    name: text(author.name_bytes()),
                    email: text(author.email_bytes()),
                },
                at: moment(author.when()),
                subject: message.lines().next().unwrap_or_default().to_owned(),
            });
        }
        Ok(out)
    }

    /// The signature of a commit and the bytes that it is over; nothing if nobody signed it.
    pub fn signature_of(&self, id: &CommitId) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        let commit = oid(&id.0)?;
        self.commit_of(commit)?;
        match self.0.extract_signature(&commit, None) {
            Ok((signature, signed)) => {
                let armor = String::from_utf8_lossy(&signature).into_owned();
                Ok(Some((armor, signed.to_vec())))
            }
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(failed("read a commit's signature")(error)),
        }
    }

    /// The commit that a ref leads to; nothing if there is no such ref.
    pub fn ref_at(&self, name: &str) -> Result<Option<CommitId>, StoreError> {
        match self.0.find_reference(name) {
            Ok(found) => Ok(found
                .target()
                .filter(|id| self.is_commit(*id))
                .map(|id| CommitId(id.to_string()))),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(failed(&format!("read the ref `{name}`"))(error)),
        }
    }

    fn is_commit(&self, id: git2::Oid) -> bool {
        let header = self.0.odb().and_then(|store| store.read_header(id));
        header.is_ok_and(|(_, kind)| kind == ObjectType::Commit)
    }

    /// Makes a ref of ours lead to a commit, wherever it led before.
    pub fn set_ref(&self, name: &str, to: &CommitId, why: &str) -> Result<(), StoreError> {
        let made = self.0.reference(name, oid(&to.0)?, true, why);
        made.map(drop)
            .map_err(failed(&format!("write the ref `{name}`")))
    }

    /// Takes a ref of ours out, if it is there.
    pub fn drop_ref(&self, name: &str) -> Result<(), StoreError> {
        let dropped = self
            .0
            .find_reference(name)
            .and_then(|mut found| found.delete());
        match dropped {
            Err(error) if error.code() != ErrorCode::NotFound => {
                Err(failed(&format!("take out the ref `{name}`"))(error))
            }
            _ => Ok(()),
        }
    }
}
