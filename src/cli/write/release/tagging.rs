//! The tag of a release: signed by the user's git and judged as a reader will judge it, before any ref is made.

use serde::Serialize;

use crate::cli::error::{CommandError, Kind};
use crate::cli::releasing::proof::{Proven, prove};
use crate::cli::releasing::{Files, Plan, carried};
use crate::release::digest::sha256;
use crate::release::manifest::MANIFEST_FILE;
use crate::release::proof::Problem;
use crate::release::proof::tag::{TagObject, Tagger, unsigned};
use crate::store::{Identity, StoreError, Tag};

/// A tag that is ready to be published.
#[derive(Debug)]
pub struct Tagged {
    /// The bytes of its object.
    pub bytes: Vec<u8>,
    /// What an archive calls it.
    pub swhid: String,
    /// The files that carry it along with the release.
    pub files: Files,
    /// Who signed it.
    pub signed: Signed,
}

/// Whether the tag is to be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// By the key that git knows.
    WithMyKey,
    /// Not at all, as was said.
    Never,
}

/// Who signed a tag.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signed {
    /// A key.
    By {
        /// Whose it is, by the roster.
        who: Option<String>,
        /// Its fingerprint.
        key: String,
        /// What readers will find about it; a draft is released all the same.
        notes: Vec<String>,
    },
    /// Nobody.
    Not,
}

/// Makes the tag object of a plan that is to be tagged.
///
/// # Errors
///
/// There is no key and none was said to be needed, or readers would not accept the tag.
pub fn tag(plan: &Plan<'_>, files: &Files, sign: Sign) -> Result<Option<Tagged>, CommandError> {
    if !plan.tagged {
        return Ok(None);
    }
    let tag = Tag {
        name: plan.version.tag(),
        target: plan.commit.clone(),
        message: message(plan, files)?,
        tagger: plan.repository.identity()?,
        at: plan.date,
    };
    let is_draft = plan.version.draft().is_some();
    let bytes = match sign {
        Sign::Never => bare(&tag),
        Sign::WithMyKey => match plan.repository.signed(&tag) {
            Err(StoreError::NoSigningKey(_)) if is_draft => bare(&tag),
            signed => signed?,
        },
    };
    let mut proven = prove(plan.repository, &tag.name, &bytes)?;
    proven
        .problems
        .retain(|problem| *problem != Problem::Unsigned);
    if !is_draft && !proven.problems.is_empty() {
        return Err(refused(&proven.problems, &tag.tagger));
    }
    let object = TagObject::parse(&bytes);
    Ok(Some(Tagged {
        swhid: format!("swh:1:rel:{}", proven.id),
        signed: match &object {
            Some(object) if !object.armor.is_empty() => signed(proven),
            _ => Signed::Not,
        },
        files: object.map_or_else(Vec::new, carried),
        bytes,
    }))
}

fn signed(proven: Proven) -> Signed {
    let (who, key) = proven.signer.unzip();
    let notes = proven.problems.iter().map(ToString::to_string);
    Signed::By {
        who,
        key: key.unwrap_or_default(),
        notes: notes.chain(proven.doubt).chain(proven.unchecked).collect(),
    }
}

fn bare(tag: &Tag) -> Vec<u8> {
    let tagger = Tagger {
        name: tag.tagger.name.clone(),
        email: tag.tagger.email.clone(),
        at: tag.at,
    };
    unsigned(&tag.name, tag.target.as_str(), &tagger, &tag.message)
}

fn refused(problems: &[Problem], tagger: &Identity) -> CommandError {
    let message = "readers would not accept this tag, so nothing is released";
    let error = CommandError::new(Kind::Permission, message);
    let error = problems
        .iter()
        .fold(error, |error, problem| error.detail(problem.to_string()));
    let hint = match problems.first() {
        Some(Problem::Stranger(_)) => {
            "the roster that counts is the one before the released commit: add the key, commit, \
             and release the commit after that"
                .to_owned()
        }
        Some(Problem::Aside(_)) => "merge the branch into the main one first".to_owned(),
        Some(Problem::Tagger { .. }) => {
            format!("add {} to her addresses in `roster.toml`", tagger.email)
        }
        _ => "see `facilitator` and `keys` in `roster.toml`".to_owned(),
    };
    let error = error.hint(hint);
    match problems.first() {
        Some(Problem::Stranger(_)) => error.next("onetext roster key ID FILE"),
        _ => error,
    }
}

fn message(plan: &Plan<'_>, files: &Files) -> Result<String, CommandError> {
    let manifest = files.iter().find(|(name, _)| name == MANIFEST_FILE);
    let sum = manifest.map(|(_, bytes)| sha256(bytes)).unwrap_or_default();
    let status = plan.status()?;
    let title = plan.narrative.config.title.replace('\n', " ");
    Ok(format!(
        "{title} {}\n\n{status}\n\nManifest: {sum}\n",
        plan.version
    ))
}
