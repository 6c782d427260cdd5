//! What the repository knows about a tag, put before the judge.

use crate::cli::error::CommandError;
use crate::narrative::read::toml;
use crate::narrative::roster::{Key, Roster};
use crate::narrative::time::{Day, Moment};
use crate::release::proof::tag::TagObject;
use crate::release::proof::{self, Evidence, Place, Problem, Signature};
use crate::store::{CommitId, OpenPgp, Repository, check_openpgp, clock, tag_id};

/// What was found out about a tag.
#[derive(Debug, Default)]
pub struct Proven {
    /// The id of the tag object.
    pub id: String,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Why the signature could not be checked, if it could not.
    pub doubt: Option<String>,
    /// What else could not be checked.
    pub unchecked: Vec<String>,
    /// Who signed it, by the roster, and with which key.
    pub signer: Option<(String, String)>,
}

/// Judges the bytes of a tag object that is, or is to be, called by a name.
///
/// # Errors
///
/// The history cannot be read.
pub fn prove(repository: &Repository, name: &str, bytes: &[u8]) -> Result<Proven, CommandError> {
    let id = tag_id(bytes);
    let Some(tag) = TagObject::parse(bytes) else {
        return Ok(Proven {
            id,
            problems: vec![Problem::Malformed(name.to_owned())],
            ..Proven::default()
        });
    };
    let stand = Stand::of(repository, &tag)?;
    let signature = signature(&tag, stand.before.keys())?;
    let problems = proof::judge(&Evidence {
        name,
        tag: &tag,
        place: stand.place,
        committed: stand.committed,
        today: clock::now().day(),
        signature: &signature,
        before: &stand.before,
        newest: &stand.newest,
    });
    let (signer, doubt) = match &signature {
        Signature::By(identity, shown) => {
            let who = stand.before.by_key(identity);
            (
                who.map(|(who, _)| (who.id.to_string(), shown.clone())),
                None,
            )
        }
        Signature::Unchecked(why) => (None, Some(format!("the tag's signature: {why}"))),
        _ => (None, None),
    };
    Ok(Proven {
        id,
        problems,
        doubt,
        unchecked: stand.unchecked,
        signer,
    })
}

/// Where a tag's commit stands, and the rosters that count.
struct Stand {
    place: Place,
    committed: Option<Day>,
    before: Roster,
    newest: Roster,
    unchecked: Vec<String>,
}

impl Stand {
    fn of(repository: &Repository, tag: &TagObject) -> Result<Self, CommandError> {
        let mut unchecked = Vec::new();
        let commit = repository.resolve(&tag.target).ok();
        let (place, before) = match &commit {
            Some(commit) => placed(repository, commit, &mut unchecked)?,
            None => (Place::Aside, Roster::default()),
        };
        let committed = commit.as_ref().map(|commit| repository.commit_time(commit));
        let committed = committed.transpose()?.map(Moment::day);
        let newest = match repository.main_tip()? {
            Some(tip) => roster(repository, &tip)?,
            None => before.clone(),
        };
        Ok(Self {
            place,
            committed,
            before,
            newest,
            unchecked,
        })
    }
}

/// Where a commit stands, and the roster before it.
fn placed(
    repository: &Repository,
    commit: &CommitId,
    unchecked: &mut Vec<String>,
) -> Result<(Place, Roster), CommandError> {
    let place = match repository.is_on_main(commit)? {
        true => Place::Main,
        false => Place::Aside,
    };
    let before = repository.parent(commit)?;
    if before.is_none() {
        let first = "the roster before the commit: it is the first, so its own roster counted";
        unchecked.push(first.to_owned());
    }
    let roster = roster(repository, before.as_ref().unwrap_or(commit))?;
    Ok((place, roster))
}

/// The roster of a commit; an empty one if there is none, or none that can be read. No other file of the commit is read: one
/// that is refused must not keep earlier releases from being verified.
fn roster(repository: &Repository, commit: &CommitId) -> Result<Roster, CommandError> {
    let path = repository.shown("roster.toml");
    let Some(id) = repository.blob_at(commit, &path)? else {
        return Ok(Roster::default());
    };
    let bytes = repository.text(&id, &path)?;
    let text = std::str::from_utf8(&bytes).ok();
    let roster = text.and_then(|text| toml::parse("roster.toml", text).ok());
    Ok(roster.unwrap_or_default())
}

/// Looks at a signature, by `gpg` if need be.
///
/// # Errors
///
/// A file cannot be written.
pub fn signature<'a>(
    tag: &TagObject,
    keys: impl Iterator<Item = &'a Key>,
) -> Result<Signature, CommandError> {
    signature_over(&tag.payload, &tag.armor, keys)
}

/// Looks at the signature of a commit.
///
/// # Errors
///
/// The commit cannot be read, or a file cannot be written.
pub fn signature_of(
    repository: &Repository,
    commit: &CommitId,
    roster: &Roster,
) -> Result<Signature, CommandError> {
    match repository.signature_of(commit)? {
        Some((armor, payload)) => signature_over(&payload, &armor, roster.keys()),
        None => Ok(Signature::Missing),
    }
}

/// Looks at a signature over some bytes, by `gpg` if need be.
///
/// # Errors
///
/// A file cannot be written.
fn signature_over<'a>(
    payload: &[u8],
    armor: &str,
    keys: impl Iterator<Item = &'a Key>,
) -> Result<Signature, CommandError> {
    if let Some(signature) = proof::signature(payload, armor) {
        return Ok(signature);
    }
    Ok(match check_openpgp(payload, armor, keys)? {
        OpenPgp::By(fingerprint) => Signature::By(fingerprint.clone(), fingerprint),
        OpenPgp::Broken => Signature::Broken,
        OpenPgp::Stranger(key) => Signature::Stranger(key),
        OpenPgp::Lapsed(key, lapse) => Signature::Lapsed(key, lapse),
        OpenPgp::Unchecked(why) => Signature::Unchecked(why),
    })
}
