//! `onetext verify`: whether files are the ones that were released, and whose release it is.

mod apart;
mod keys;
mod print;
mod within;

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::cli::Session;
use crate::cli::error::{CommandError, Outcome};
use crate::cli::releasing::again::tag_of;
use crate::cli::releasing::shown;
use crate::release::compare::{Compared, Folder, Lot};
use crate::release::proof::Problem;
use crate::release::version::Version;
use crate::store::{Repository, StoreError};

/// Check that files are the ones that were released, and that a facilitator signed them
///
/// In the narrative's repository: makes the release again from its tag and compares every byte; checks that the tag is
/// the one that the files came with, names itself, is on the main branch, and is signed by a facilitator of the roster
/// before the tagged commit, who is its tagger. Outside of it, or with `--key`: checks the files against the signed tag that
/// came with them. Says what could not be checked.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The version
    version: String,
    /// The folder with the files; `dist/VERSION` beside the narrative if not given
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Check without the repository, by this public key: a file with an SSH or OpenPGP key, or an SSH key itself
    #[arg(long = "key", value_name = "KEY")]
    keys: Vec<String>,
    /// Accept a tag that nobody signed
    #[arg(long)]
    unsigned: bool,
    /// Ask this remote of the repository as well which tag it has
    #[arg(long, value_name = "NAME", conflicts_with = "keys")]
    remote: Option<String>,
}

/// What was found out.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Verified {
    version: String,
    folder: String,
    commit: Option<String>,
    /// The tag object as an archive names it.
    swhid: Option<String>,
    signed_by: Option<String>,
    key: Option<String>,
    verdict: Verdict,
    tag_problems: Vec<String>,
    files: Vec<Compared>,
    not_checked: Vec<String>,
    /// What a reader should know besides.
    notes: Vec<String>,
}

/// What it comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Verdict {
    /// Everything that counts was checked and is good.
    Good,
    /// Nothing is wrong, but who signed could not be checked.
    Unproven,
    /// Something is wrong.
    Bad,
}

/// A folder of files to be checked.
#[derive(Debug)]
struct AtHand {
    path: PathBuf,
    files: Folder,
}

/// Runs the command.
///
/// # Errors
///
/// There is no such release, or its files cannot be read.
pub fn run(args: VerifyArgs, session: &Session) -> Result<Outcome, CommandError> {
    let version: Version = args.version.parse()?;
    let report = match opened(&args, session)? {
        Some(repository) => {
            let beside = repository.home().join("dist").join(version.to_string());
            let at_hand = match args.folder.as_deref() {
                Some(typed) => AtHand::read(&session.path(typed))?,
                None if beside.exists() => AtHand::read(&beside)?,
                None => {
                    tag_of(&repository, &repository.tags()?, version)?;
                    return Err(not_there(version, &beside));
                }
            };
            within::verified(&args, &repository, version, &at_hand)?
        }
        None => {
            let typed = args.folder.as_deref().unwrap_or(Path::new("."));
            let at_hand = AtHand::read(&session.path(typed))?;
            apart::verified(&args, session, version, &at_hand)?
        }
    };
    session.show(&report)?;
    Ok(match report.verdict {
        Verdict::Good => Outcome::Done,
        Verdict::Unproven => Outcome::Findings,
        Verdict::Bad => Outcome::IntegrityFailure,
    })
}

/// The files of a release are not where `release` puts them.
fn not_there(version: Version, beside: &Path) -> CommandError {
    let message = format!("there are no files of {version} in `{}`", shown(beside));
    CommandError::usage(message)
        .hint("name the folder that has them, or make them again, byte for byte")
        .next(format!("onetext release {} --again", version.tag()))
}

/// The repository to check with; nothing if there is none, or a key was named instead.
fn opened(args: &VerifyArgs, session: &Session) -> Result<Option<Repository>, CommandError> {
    if !args.keys.is_empty() {
        return Ok(None);
    }
    match Repository::open(session.dir()) {
        Ok(repository) => Ok(Some(repository)),
        Err(StoreError::NoNarrative(_) | StoreError::NoRepository(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

impl AtHand {
    fn read(folder: &Path) -> Result<Self, CommandError> {
        let io = |error: std::io::Error| {
            CommandError::io(folder, &error).hint("name the folder with the released files")
        };
        let mut files = Folder::new();
        for entry in std::fs::read_dir(folder).map_err(io)? {
            let entry = entry.map_err(io)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // A link could lead anywhere: it is no file of a release, whatever it shows.
            let bytes = match entry.file_type().map_err(io)?.is_file() {
                true => std::fs::read(entry.path()).map_err(io)?,
                false => Vec::new(),
            };
            files.insert(name, bytes);
        }
        Ok(Self {
            path: folder.to_owned(),
            files,
        })
    }

    fn shown(&self) -> String {
        shown(&self.path)
    }
}

/// Leaves out that nobody signed, if that was said to be accepted, and says so.
fn accepted(args: &VerifyArgs, problems: Vec<Problem>) -> (Vec<String>, Vec<String>) {
    let (out, kept): (Vec<Problem>, Vec<Problem>) = problems
        .into_iter()
        .partition(|problem| args.unsigned && *problem == Problem::Unsigned);
    let said = |problems: Vec<Problem>| problems.iter().map(ToString::to_string).collect();
    (said(kept), said(out))
}

fn verdict(problems: &[String], files: &[Compared], doubt: Option<&String>) -> Verdict {
    let same = files.iter().all(|file| file.lot == Lot::Same);
    match (problems.is_empty() && same, doubt) {
        (false, _) => Verdict::Bad,
        (true, Some(_)) => Verdict::Unproven,
        (true, None) => Verdict::Good,
    }
}
