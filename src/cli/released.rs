//! The releases of a repository, each with the narrative as it stood.

use crate::narrative::time::Moment;
use crate::narrative::{self, Narrative};
use crate::release::version::Version;
use crate::store::{At, CommitId, Repository, TagInfo};

use super::error::CommandError;

/// One release.
#[derive(Debug)]
pub struct Released {
    /// Its version.
    pub version: Version,
    /// When it was made, as its tagger says.
    pub at: Moment,
    /// The commit that it was made from.
    pub commit: CommitId,
    /// The narrative at that commit.
    pub narrative: Narrative,
}

impl Released {
    /// Whether it is a draft.
    pub fn is_draft(&self) -> bool {
        self.version.draft().is_some()
    }
}

/// The tags that are releases, newest version first: annotated, and named as they call themselves.
pub fn tags(tags: &[TagInfo]) -> Vec<(Version, Moment, &TagInfo)> {
    let mut found: Vec<_> = tags
        .iter()
        .filter(|tag| tag.own_name.as_ref() == Some(&tag.name))
        .filter_map(|tag| Some((tag.name.parse::<Version>().ok()?, tag.at?, tag)))
        .collect();
    found.sort_by_key(|(version, ..)| std::cmp::Reverse(*version));
    found
}

/// Reads the narrative of a release.
///
/// # Errors
///
/// Its commit cannot be read.
pub fn read(
    repository: &Repository,
    (version, at, tag): (Version, Moment, &TagInfo),
) -> Result<Released, CommandError> {
    let narrative = narrative::read(&repository.snapshot(At::Commit(&tag.target))?)?;
    Ok(Released {
        version,
        at,
        commit: tag.target.clone(),
        narrative,
    })
}
