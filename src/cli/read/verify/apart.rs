//! The check without the repository: the files against the signed tag that came with them, by a key that the reader has.

use crate::cli::error::{CommandError, Kind};
use crate::cli::releasing::proof::signature;
use crate::cli::session::Session;
use crate::narrative::time::Moment;
use crate::release::compare::{Compared, Folder, Lot, compare_by_manifest};
use crate::release::digest::sha256;
use crate::release::manifest::{MANIFEST_FILE, Manifest, SIGNATURE_FILE, TAG_FILE};
use crate::release::proof::tag::TagObject;
use crate::release::proof::{Problem, Signature};
use crate::release::version::Version;
use crate::store::tag_id;

use super::keys::{self, Named};
use super::{AtHand, Verified, VerifyArgs, accepted, verdict};

/// What only the repository can tell.
const BEYOND: [&str; 4] = [
    "whether the tag's commit is on the narrative's main branch",
    "whether the signer was a facilitator at that time",
    "whether the texts come out as these files",
    "whether the tag was moved since",
];

/// Checks files by themselves and by keys.
///
/// # Errors
///
/// The folder holds no release, or a key cannot be read.
pub fn verified(
    args: &VerifyArgs,
    session: &Session,
    version: Version,
    at_hand: &AtHand,
) -> Result<Verified, CommandError> {
    let manifest = manifest(at_hand)?;
    let keys = keys::named(&args.keys, session)?;
    let tag = tag(&at_hand.files);
    let found = match &tag {
        Some((tag, _)) => Some(signature(tag, keys.iter().map(|named| &named.key))?),
        None => None,
    };
    let mut unchecked: Vec<String> = BEYOND.map(str::to_owned).to_vec();
    let (by, doubt) = told(found.as_ref(), &keys);
    let mut problems = problems(version, &manifest, &at_hand.files);
    let at = tag.as_ref().map(|(tag, _)| tag.tagger.at);
    problems.extend(found.iter().flat_map(|found| signer(found, &keys, at)));
    let (problems, notes) = accepted(args, problems);
    let mut files = compare_by_manifest(&manifest, &at_hand.files);
    files.push(manifest_file(
        tag.as_ref().map(|(tag, _)| tag),
        &at_hand.files,
    ));
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let verdict = verdict(&problems, &files, doubt.as_ref());
    unchecked.splice(0..0, doubt);
    Ok(Verified {
        version: version.to_string(),
        folder: at_hand.shown(),
        commit: Some(manifest.commit),
        swhid: tag.map(|(_, id)| format!("swh:1:rel:{id}")),
        verdict,
        signed_by: None,
        key: by,
        tag_problems: problems,
        files,
        not_checked: unchecked,
        notes,
    })
}

fn manifest(at_hand: &AtHand) -> Result<Manifest, CommandError> {
    let bytes = at_hand.files.get(MANIFEST_FILE);
    let manifest = bytes.and_then(|bytes| Manifest::from_json(bytes));
    manifest.ok_or_else(|| no_release(at_hand))
}

fn no_release(at_hand: &AtHand) -> CommandError {
    let message = format!(
        "`{}` holds no `{MANIFEST_FILE}` that can be read",
        at_hand.shown()
    );
    CommandError::new(Kind::Integrity, message)
        .hint("name the folder with the released files, or work in the narrative's repository")
}

/// The tag that came with the files, and its id.
fn tag(files: &Folder) -> Option<(TagObject, String)> {
    let payload = files.get(TAG_FILE)?;
    let armor = files.get(SIGNATURE_FILE).map_or(&[][..], Vec::as_slice);
    let bytes = [payload, armor].concat();
    Some((TagObject::parse(&bytes)?, tag_id(&bytes)))
}

/// What is wrong with the tag beside its signature.
fn problems(version: Version, manifest: &Manifest, files: &Folder) -> Vec<Problem> {
    let mut out = Vec::new();
    if manifest.version != version.to_string() {
        out.push(Problem::Version(manifest.version.clone()));
    }
    let Some((tag, _)) = tag(files) else {
        let readable = !files.contains_key(TAG_FILE);
        out.push(match readable {
            true => Problem::Unsigned,
            false => Problem::Malformed(version.tag()),
        });
        return out;
    };
    if tag.name != version.tag() {
        out.push(Problem::Name {
            name: version.tag(),
            own: tag.name,
        });
    }
    if tag.target != manifest.commit {
        out.push(Problem::Commit {
            was: manifest.commit.clone(),
            now: tag.target,
        });
    }
    out
}

/// What is wrong with who signed.
fn signer(found: &Signature, keys: &[Named], at: Option<Moment>) -> Option<Problem> {
    match found {
        Signature::Missing => Some(Problem::Unsigned),
        Signature::Unreadable => Some(Problem::Unreadable),
        Signature::Broken => Some(Problem::Broken),
        Signature::Purpose(purpose) => Some(Problem::Purpose(purpose.clone())),
        Signature::Lapsed(key, lapse) => Some(Problem::Lapsed(key.clone(), *lapse)),
        Signature::Stranger(key) => (!keys.is_empty()).then(|| Problem::OtherKey(key.clone())),
        Signature::By(identity, shown) => by_key(identity, keys, at).map(|barred| match barred {
            Some(why) => Problem::Barred(shown.clone(), why),
            None => Problem::OtherKey(shown.clone()),
        }),
        Signature::Unchecked(_) => None,
    }
}

/// Why a key may not have signed a tag of this moment: it is none of those that were named, or barred for a reason. Of several
/// lines for one key any that lets it sign is enough, as `ssh-keygen` reads them.
fn by_key(identity: &str, keys: &[Named], at: Option<Moment>) -> Option<Option<String>> {
    let own = keys.iter().filter(|named| named.key.identity() == identity);
    let barred: Option<Vec<String>> = own.map(|named| named.barred(at)).collect();
    let barred = barred.filter(|_| !keys.is_empty());
    barred.map(|reasons| reasons.into_iter().next())
}

/// The key that signed, and what remains open about it.
fn told(found: Option<&Signature>, keys: &[Named]) -> (Option<String>, Option<String>) {
    match found {
        Some(Signature::By(_, shown)) if keys.is_empty() => (
            Some(shown.clone()),
            Some("whose key signed: name a facilitator's with `--key`".to_owned()),
        ),
        Some(Signature::By(_, shown)) => (Some(shown.clone()), None),
        Some(Signature::Stranger(_)) if keys.is_empty() => (
            None,
            Some("the tag's signature: name a facilitator's key with `--key`".to_owned()),
        ),
        Some(Signature::Unchecked(why)) => (None, Some(format!("the tag's signature: {why}"))),
        _ => (None, None),
    }
}

/// The manifest is what the tag says of it.
fn manifest_file(tag: Option<&TagObject>, files: &Folder) -> Compared {
    let sum = files.get(MANIFEST_FILE).map(|bytes| sha256(bytes));
    let said = tag.and_then(TagObject::manifest);
    let (lot, what) = match (said, sum) {
        (Some(said), Some(sum)) if said != sum => (
            Lot::Differs,
            Some(format!("its sum is {sum}, and the tag says {said}")),
        ),
        _ => (Lot::Same, None),
    };
    let name = MANIFEST_FILE.to_owned();
    Compared { name, lot, what }
}
