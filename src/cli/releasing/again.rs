//! A release made a second time, from its tag.

use crate::cli::error::{CommandError, Kind};
use crate::narrative::{self, Narrative};
use crate::release::proof::Problem;
use crate::release::proof::tag::TagObject;
use crate::release::version::Version;
use crate::store::{At, CommitId, Repository, TagInfo};

use super::{Files, Plan, before, carried, make};

/// A release as its tag tells it.
#[derive(Debug)]
pub struct Again {
    /// What the tag says.
    pub tag: TagObject,
    /// The commit that it names.
    pub commit: CommitId,
    /// The narrative at that commit.
    pub narrative: Narrative,
}

impl Again {
    /// Reads what a tag names.
    ///
    /// # Errors
    ///
    /// The commit is not here, or the narrative has problems there.
    pub fn of(repository: &Repository, tag: TagObject) -> Result<Self, CommandError> {
        let commit = repository.resolve(&tag.target)?;
        let narrative = narrative::read(&repository.snapshot(At::Commit(&commit))?)?;
        Ok(Self {
            tag,
            commit,
            narrative,
        })
    }

    /// Makes the files that were released, those of some editions or of all.
    ///
    /// # Errors
    ///
    /// An edition is unknown, or a template fails.
    pub fn files(
        &self,
        repository: &Repository,
        (tags, version): (&[TagInfo], Version),
        editions: &[String],
        step: impl Fn(&str, (usize, usize)),
    ) -> Result<Files, CommandError> {
        let before = before(repository, tags, version)?;
        let plan = Plan {
            repository,
            commit: &self.commit,
            narrative: &self.narrative,
            version,
            tagged: true,
            date: self.tag.tagger.at,
            editions,
            before: before.as_ref().map(|(text, version)| (text, *version)),
        };
        let mut files = make(&plan, step)?;
        files.extend(carried(self.tag.clone()));
        files.sort();
        Ok(files)
    }
}

/// The tag of a version, as an object.
///
/// # Errors
///
/// There is no such release, or its tag is none that `release` makes.
pub fn tag_of(
    repository: &Repository,
    tags: &[TagInfo],
    version: Version,
) -> Result<Vec<u8>, CommandError> {
    let name = version.tag();
    if !tags.iter().any(|tag| tag.name == name) {
        let known: Vec<&str> = tags.iter().map(|tag| tag.name.as_str()).collect();
        return Err(unknown(version, &known));
    }
    let bytes = repository.tag_bytes(&name)?;
    bytes.ok_or_else(|| lightweight(version))
}

/// The error for a version that has no tag.
fn unknown(version: Version, known: &[&str]) -> CommandError {
    let error = CommandError::usage(format!("there is no release `{}`", version.tag()));
    match known {
        [] => error.next("git fetch --tags"),
        known => error.hint(format!("the tags are {}", known.join(", "))),
    }
}

/// The error for a tag that names a commit itself.
fn lightweight(version: Version) -> CommandError {
    let problem = Problem::Lightweight(version.tag());
    let error = CommandError::new(Kind::Integrity, problem.to_string());
    error.hint("a release is an annotated tag: this one was not made by `onetext release`")
}
