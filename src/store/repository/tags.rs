//! The tags of releases.

use crate::narrative::time::Moment;
use crate::store::StoreError;

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
    /// Makes an annotated tag.
    ///
    /// # Errors
    ///
    /// It is there already, or cannot be written.
    pub fn tag(&self, tag: &Tag) -> Result<String, StoreError> {
        self.git.tag(tag)
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
