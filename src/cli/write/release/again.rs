//! The files of a release that was made before, from its tag: for whoever lost them, and for a forge that attaches them.

use crate::cli::Session;
use crate::cli::error::{CommandError, Kind};
use crate::cli::releasing::again::{Again, tag_of};
use crate::cli::releasing::{Files, shown};
use crate::release::digest::sha256;
use crate::release::manifest::{MANIFEST_FILE, tool};
use crate::release::proof::tag::TagObject;
use crate::release::version::Version;
use crate::store::Repository;

use super::{File, ReleaseArgs, Released, check_folder, folder_of};

/// Makes the files again and writes them; no ref is made or moved.
///
/// # Errors
///
/// There is no such release, its tag cannot be read, or a file cannot be written.
pub fn run(args: &ReleaseArgs, session: &Session) -> Result<Released, CommandError> {
    let repository = Repository::open(session.dir())?;
    let version: Version = args.version.parse()?;
    let tags = repository.tags()?;
    let bytes = tag_of(&repository, &tags, version)?;
    let tag = TagObject::parse(&bytes).ok_or_else(|| {
        let message = format!("the tag `{}` is no release's", version.tag());
        CommandError::new(Kind::Integrity, message).next(format!("onetext verify {}", args.version))
    })?;
    let again = Again::of(&repository, tag)?;
    let progress = session.progress(1);
    let step = |name: &str, (done, all)| {
        progress.doing(name);
        progress.reach(done, all);
    };
    let files = again.files(&repository, (&tags, version), &args.editions, step)?;
    drop(progress);
    check_same(&again.tag, &files)?;
    let folder = folder_of(args, session, (&repository, version));
    if !args.dry_run {
        check_folder(&folder, &again.narrative.config.title)?;
        repository.write_folder(&folder, &files, || Ok(()))?;
    }
    Ok(Released {
        version: version.to_string(),
        refused: false,
        folder: (!args.dry_run).then(|| shown(&folder)),
        tag: None,
        swhid: None,
        signature: None,
        files: files.into_iter().map(File::of).collect(),
        obstacles: Vec::new(),
        next: Some(format!(
            "onetext verify {} {}",
            version.tag(),
            shown(&folder)
        )),
    })
}

/// Files that are not the released ones must not be taken for them.
fn check_same(tag: &TagObject, files: &Files) -> Result<(), CommandError> {
    let manifest = files.iter().find(|(name, _)| name == MANIFEST_FILE);
    let digest = manifest.map(|(_, bytes)| sha256(bytes));
    if tag
        .manifest()
        .is_none_or(|signed| digest.as_deref() == Some(signed))
    {
        return Ok(());
    }
    let message = format!(
        "the files of `{}` do not come out as they were released",
        tag.name
    );
    let error = CommandError::new(Kind::Integrity, message);
    Err(error.hint(format!(
        "they were made by another onetext than this ({}), or only some editions were: name those with `--edition NAME`",
        tool()
    )))
}
