//! The check within the narrative's repository: the release is made again and compared.

use crate::cli::error::CommandError;
use crate::cli::releasing::again::{Again, tag_of};
use crate::cli::releasing::proof::{Proven, prove};

use crate::narrative::Narrative;
use crate::release::compare::{Compared, Folder, Lot, compare, compare_by_manifest};
use crate::release::digest::sha256;
use crate::release::manifest::{MANIFEST_FILE, Manifest, SIGNATURE_FILE, TAG_FILE};
use crate::release::proof::Problem;
use crate::release::proof::tag::TagObject;
use crate::release::version::Version;
use crate::store::{Repository, TagInfo, tag_id};

use super::{AtHand, Verified, VerifyArgs, accepted, verdict};

/// Checks files against the tag of a version.
///
/// # Errors
///
/// There is no such release, or it cannot be made again.
pub fn verified(
    args: &VerifyArgs,
    repository: &Repository,
    version: Version,
    at_hand: &AtHand,
) -> Result<Verified, CommandError> {
    let tags = repository.tags()?;
    let name = version.tag();
    let bytes = tag_of(repository, &tags, version)?;
    let mut proven = prove(repository, &name, &bytes)?;
    let tag = TagObject::parse(&bytes);
    if let Some(tag) = &tag {
        let moved = moved(tag, &proven.id, &at_hand.files);
        proven.problems.extend(moved);
    }
    proven.problems.extend(rivals(&tags, &name, &proven.id));
    match &args.remote {
        Some(remote) => {
            let other = elsewhere(repository, remote, (&name, &proven.id))?;
            proven.problems.extend(other);
        }
        None => proven.unchecked.push(UNASKED.to_owned()),
    }
    let remade = match &tag {
        Some(tag) if proven.problems.iter().all(is_readable) => {
            remade(repository, (&tags, version), tag, at_hand)?
        }
        _ => Remade::default(),
    };
    Ok(report((args, version), at_hand, (proven, tag), remade))
}

/// What is open as long as no remote was asked.
const UNASKED: &str = "whether the remote has the same tag: ask it with `--remote origin`";

fn report(
    (args, version): (&VerifyArgs, Version),
    at_hand: &AtHand,
    (proven, tag): (Proven, Option<TagObject>),
    remade: Remade,
) -> Verified {
    let (problems, mut notes) = accepted(args, proven.problems);
    notes.extend(remade.notes);
    let verdict = verdict(&problems, &remade.files, proven.doubt.as_ref());
    let mut not_checked: Vec<String> = proven.doubt.into_iter().collect();
    not_checked.extend(proven.unchecked);
    Verified {
        version: version.to_string(),
        folder: at_hand.shown(),
        commit: tag.map(|tag| tag.target),
        swhid: Some(format!("swh:1:rel:{}", proven.id)),
        verdict,
        signed_by: proven.signer.as_ref().map(|(who, _)| who.clone()),
        key: proven.signer.map(|(_, key)| key),
        tag_problems: problems,
        files: remade.files,
        not_checked,
        notes,
    }
}

/// Whether a release can be made again although this is wrong with its tag.
fn is_readable(problem: &Problem) -> bool {
    !matches!(problem, Problem::Malformed(_) | Problem::Kind(_))
}

/// Whether the files came with another tag, or from another commit.
fn moved(tag: &TagObject, id: &str, files: &Folder) -> Vec<Problem> {
    let mut out = Vec::new();
    if let Some(payload) = files.get(TAG_FILE) {
        let armor = files.get(SIGNATURE_FILE).map_or(&[][..], Vec::as_slice);
        let was = tag_id(&[payload, armor].concat());
        // A file that was only altered is no tag any more, and is told as what it is.
        let readable = TagObject::parse(payload).is_some_and(|old| old.name == tag.name);
        if was != id && readable {
            let now = id.to_owned();
            out.push(Problem::Moved { was, now });
        }
    }
    let manifest = files.get(MANIFEST_FILE);
    let made_from = manifest.and_then(|bytes| Manifest::from_json(bytes));
    if let Some(was) = made_from.map(|manifest| manifest.commit)
        && was != tag.target
    {
        let now = tag.target.clone();
        out.push(Problem::Commit { was, now });
    }
    out
}

/// Other refs that lead to another object of the same name.
fn rivals(tags: &[TagInfo], name: &str, id: &str) -> Vec<Problem> {
    let rival = |tag: &&TagInfo| {
        tag.name != name && tag.own_name.as_deref() == Some(name) && tag.object != id
    };
    let told = |tag: &TagInfo| Problem::Rival {
        name: name.to_owned(),
        other: format!("refs/tags/{}", tag.name),
    };
    tags.iter().filter(rival).map(told).collect()
}

/// Whether a remote has another object of the same name.
fn elsewhere(
    repository: &Repository,
    remote: &str,
    (name, id): (&str, &str),
) -> Result<Option<Problem>, CommandError> {
    let theirs = repository.remote_tag(remote, name)?;
    Ok(match theirs {
        Some(theirs) if theirs == id => None,
        Some(theirs) => Some(Problem::Remote {
            remote: remote.to_owned(),
            theirs,
            ours: id.to_owned(),
        }),
        None => Some(Problem::Unpublished(remote.to_owned())),
    })
}

/// A release made again, beside the files at hand.
#[derive(Default)]
struct Remade {
    files: Vec<Compared>,
    notes: Vec<String>,
}

fn remade(
    repository: &Repository,
    (tags, version): (&[TagInfo], Version),
    tag: &TagObject,
    at_hand: &AtHand,
) -> Result<Remade, CommandError> {
    let again = Again::of(repository, tag.clone())?;
    let editions = editions_at_hand(&again.narrative, &at_hand.files);
    let files = again.files(repository, (tags, version), &editions, |_, _| ())?;
    let compared = compare(&files, &at_hand.files);
    Ok(by_another_tool(tag, at_hand, &compared).unwrap_or(Remade {
        files: compared,
        notes: Vec::new(),
    }))
}

/// What another version of onetext made need not come out alike here: then the signed manifest decides.
fn by_another_tool(tag: &TagObject, at_hand: &AtHand, compared: &[Compared]) -> Option<Remade> {
    let bytes = at_hand.files.get(MANIFEST_FILE)?;
    let manifest = Manifest::from_json(bytes)?;
    let same = compared.iter().all(|file| file.lot == Lot::Same);
    let signed = tag.manifest() == Some(sha256(bytes).as_str());
    if same || !signed || manifest.tool == crate::release::manifest::tool() {
        return None;
    }
    Some(Remade {
        files: compare_by_manifest(&manifest, &at_hand.files),
        notes: vec![format!(
            "made by {}; this is {}, which makes other bytes: the files were compared with the signed manifest",
            manifest.tool,
            crate::release::manifest::tool()
        )],
    })
}

/// The editions that a folder has files of; none if it has all, or none at all.
fn editions_at_hand(narrative: &Narrative, files: &Folder) -> Vec<String> {
    let present = |name: &&String| {
        let starts = [format!("{name}."), format!("{name}-draft.")];
        let mut names = files.keys();
        names.any(|file| starts.iter().any(|start| file.starts_with(start)))
    };
    let all = &narrative.config.editions;
    let found: Vec<String> = all.keys().filter(present).cloned().collect();
    if found.len() == all.len() {
        Vec::new()
    } else {
        found
    }
}
