//! The releases of a repository that are ours as far as their tags show, each with the narrative as it stood.
//!
//! Whoever may push can make a tag. So each is judged as `verify` judges it before a word of it is told as ours: one that
//! somebody else signed, that calls itself otherwise or that is not on the main branch is left out, and that is said.
//! One that nobody signed is told as that; among signed ones it is left out too.

use serde::Serialize;

use crate::narrative::time::Moment;
use crate::narrative::{self, Narrative};
use crate::release::proof::Problem;
use crate::release::version::Version;
use crate::store::{At, CommitId, Repository, TagInfo};

use super::error::CommandError;
use super::releasing::proof::prove;
use super::{Page, Role};

/// One release.
#[derive(Debug)]
pub struct Released {
    /// Its version.
    pub version: Version,
    /// When it was made, as its tagger says.
    pub at: Moment,
    /// The commit that it was made from.
    pub commit: CommitId,
    /// Whose it is.
    pub signature: Signature,
    /// The narrative at that commit.
    pub narrative: Narrative,
}

/// Whose a release is, by the signature of its tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signature {
    /// This facilitator signed it.
    By(String),
    /// Nobody signed it.
    Nobody,
    /// It could not be checked, for this reason.
    Unchecked(String),
}

/// A tag that is named like a release and is not taken for one.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LeftOut {
    /// Its name.
    pub release: String,
    /// What is wrong with it.
    pub why: Vec<String>,
    /// Whether it is wrong, or only not known to be right.
    pub forged: bool,
    #[serde(skip)]
    commit: CommitId,
}

/// A tag that counts.
#[derive(Debug)]
pub struct Tagged<'a> {
    /// Its version.
    pub version: Version,
    /// Whose it is.
    pub signature: Signature,
    at: Moment,
    tag: &'a TagInfo,
}

/// The tags that are named like releases, newest version first.
#[derive(Debug, Default)]
pub struct Tags<'a> {
    /// Those that count.
    pub ours: Vec<Tagged<'a>>,
    /// Those that do not.
    pub left_out: Vec<LeftOut>,
}

impl Released {
    /// Whether it is a draft.
    pub fn is_draft(&self) -> bool {
        self.version.draft().is_some()
    }
}

impl<'a> Tags<'a> {
    /// Judges every tag that is named like a release.
    ///
    /// # Errors
    ///
    /// A tag or the history cannot be read.
    pub fn judged(repository: &Repository, tags: &'a [TagInfo]) -> Result<Self, CommandError> {
        let named = tags.iter();
        let named = named.filter_map(|tag| Some((tag.name.parse::<Version>().ok()?, tag)));
        let mut named: Vec<_> = named.collect();
        named.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
        let mut out = Self::default();
        for (version, tag) in named {
            match judged(repository, tag)? {
                Ok((at, signature)) => out.ours.push(Tagged {
                    version,
                    at,
                    signature,
                    tag,
                }),
                Err(left_out) => out.left_out.push(left_out),
            }
        }
        out.leave_out_unsigned();
        Ok(out)
    }

    /// Among releases that are signed, one that is not is nobody's; a draft claims nothing and stays.
    fn leave_out_unsigned(&mut self) {
        let public = |one: &Tagged<'_>| one.version.draft().is_none();
        let signed = |one: &Tagged<'_>| matches!(one.signature, Signature::By(_));
        if !self.ours.iter().any(|one| public(one) && signed(one)) {
            return;
        }
        let bare = |one: &Tagged<'_>| public(one) && one.signature == Signature::Nobody;
        let (bare, ours) = std::mem::take(&mut self.ours).into_iter().partition(bare);
        self.ours = ours;
        let bare: Vec<Tagged<'_>> = bare;
        self.left_out.extend(bare.into_iter().map(|one| LeftOut {
            release: one.version.tag(),
            why: vec![format!("{}; other releases are signed", Problem::Unsigned)],
            forged: false,
            commit: one.tag.target.clone(),
        }));
    }
}

/// Reads the narrative of a release.
///
/// # Errors
///
/// Its commit cannot be read.
pub fn read(repository: &Repository, one: &Tagged<'_>) -> Result<Released, CommandError> {
    let commit = one.tag.target.clone();
    Ok(Released {
        version: one.version,
        at: one.at,
        narrative: narrative::read(&repository.snapshot(At::Commit(&commit))?)?,
        signature: one.signature.clone(),
        commit,
    })
}

impl LeftOut {
    /// Reads the narrative that the tag leads to, if there is one that can be read.
    pub fn narrative(&self, repository: &Repository) -> Option<Narrative> {
        let snapshot = repository.snapshot(At::Commit(&self.commit)).ok()?;
        narrative::read(&snapshot).ok()
    }

    /// What is wrong with it, in a sentence.
    pub fn told(&self) -> String {
        let why = self.why.join("; ");
        format!("`{}` is not known to be ours: {why}", self.release)
    }

    /// Tells that it was left out, and why.
    pub fn print(&self, page: &mut Page) {
        page.hanging((Role::Warning, "left out: "), &[(Role::Plain, self.told())]);
    }
}

impl Signature {
    /// Says what a reader must know of it before trusting a release; nothing if a facilitator signed it.
    pub fn warning(&self, release: &str) -> Option<String> {
        match self {
            Self::By(_) => None,
            Self::Nobody => Some(format!(
                "`{release}` is not signed: nobody can tell from it whose release it is"
            )),
            Self::Unchecked(why) => Some(format!("`{release}` could not be checked: {why}")),
        }
    }
}

/// Whose a tag is, and when it was made; or why it does not count.
fn judged(
    repository: &Repository,
    tag: &TagInfo,
) -> Result<Result<(Moment, Signature), LeftOut>, CommandError> {
    let left_out = |problems: &[Problem]| LeftOut {
        release: tag.name.clone(),
        why: problems.iter().map(ToString::to_string).collect(),
        forged: true,
        commit: tag.target.clone(),
    };
    let Some(bytes) = repository.tag_bytes(&tag.name)? else {
        return Ok(Err(left_out(&[Problem::Lightweight(tag.name.clone())])));
    };
    let proven = prove(repository, &tag.name, &bytes)?;
    let signature = match (&proven.problems[..], proven.doubt, proven.signer) {
        ([], None, Some((who, _))) => Signature::By(who),
        ([], Some(why), _) => Signature::Unchecked(why),
        ([Problem::Unsigned], ..) => Signature::Nobody,
        (problems, ..) => return Ok(Err(left_out(problems))),
    };
    let malformed = || left_out(&[Problem::Malformed(tag.name.clone())]);
    Ok(tag.at.map(|at| (at, signature)).ok_or_else(malformed))
}
