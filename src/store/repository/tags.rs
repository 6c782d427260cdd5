//! The tags of releases.

use crate::narrative::time::Moment;
use crate::store::call::Call;
use crate::store::remote::succeeded;
use crate::store::{StoreError, signing};

use super::{CommitId, Identity, Repository};

/// An annotated tag to be made.
#[derive(Clone, Debug)]
pub struct Tag {
    /// The name, without `refs/tags/`.
    pub name: String,
    /// The commit.
    pub target: CommitId,
    /// What it says.
    pub message: String,
    /// Who makes it.
    pub tagger: Identity,
    /// When.
    pub at: Moment,
}

/// A tag that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagInfo {
    /// The name of its ref, without `refs/tags/`.
    pub name: String,
    /// The id of what its ref names: of the tag object, or of the commit itself.
    pub object: String,
    /// The commit that it leads to.
    pub target: CommitId,
    /// The name that the tag object itself has; nothing for a tag without an object.
    pub own_name: Option<String>,
    /// When it was made, as its tagger says.
    pub at: Option<Moment>,
    /// What it says.
    pub message: String,
}

impl Repository {
    /// Makes the bytes of a tag object that the user's own git has signed; nothing is stored yet.
    ///
    /// # Errors
    ///
    /// Git knows no key to sign with, or signing fails.
    pub fn signed(&self, tag: &Tag) -> Result<Vec<u8>, StoreError> {
        signing::signed(&self.git, tag)
    }

    /// Stores a tag object and makes the ref that leads to it.
    ///
    /// # Errors
    ///
    /// The tag is there already, or cannot be written.
    pub fn put_tag(&self, name: &str, bytes: &[u8]) -> Result<String, StoreError> {
        self.git.put_tag(name, bytes)
    }

    /// The bytes of the tag object that a ref leads to; nothing if it leads to something else.
    ///
    /// # Errors
    ///
    /// There is no such tag, or it cannot be read.
    pub fn tag_bytes(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.git.tag_bytes(name)
    }

    /// The id of what a remote calls by a tag's name; nothing if it has no such tag.
    ///
    /// # Errors
    ///
    /// The remote cannot be asked.
    pub fn remote_tag(&self, remote: &str, name: &str) -> Result<Option<String>, StoreError> {
        let sought = format!("refs/tags/{name}");
        let said = Call::git(&self.git.workdir())
            .args(["ls-remote", "--refs", "--tags", "--", remote, &sought])
            .run()?;
        let said = succeeded(remote, said)?;
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        let mut lines = text.lines().filter_map(|line| line.split_once('\t'));
        let found = lines.find(|(_, name)| *name == sought);
        Ok(found.map(|(id, _)| id.to_owned()))
    }

    /// Whether a commit is on the main branch.
    ///
    /// # Errors
    ///
    /// The history cannot be read as far as that needs.
    pub fn is_on_main(&self, commit: &CommitId) -> Result<bool, StoreError> {
        self.git.leads_to(&self.git.main_tips()?, commit)
    }

    /// The newest commit of the main branch.
    ///
    /// # Errors
    ///
    /// The branch cannot be read.
    pub fn main_tip(&self) -> Result<Option<CommitId>, StoreError> {
        Ok(self.git.main_tips()?.into_iter().next())
    }

    /// The commit before one, along the first parents.
    ///
    /// # Errors
    ///
    /// The commit cannot be read.
    pub fn parent(&self, commit: &CommitId) -> Result<Option<CommitId>, StoreError> {
        self.git.parent(commit)
    }

    /// Every tag.
    ///
    /// # Errors
    ///
    /// The tags cannot be read.
    pub fn tags(&self) -> Result<Vec<TagInfo>, StoreError> {
        self.git.tags()
    }
}
