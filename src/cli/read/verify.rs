//! `onetext verify`: a release made again from its tag, and compared.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Kind, Outcome};
use crate::cli::releasing::{Plan, before, make, shown};
use crate::cli::{Page, Report, Role, Session};
use crate::narrative::{self, Narrative};
use crate::release::compare::{Lot, compare};
use crate::release::version::Version;
use crate::store::{At, Repository, TagInfo};

/// Check that files are the ones that were released
///
/// Makes the release again from its tag and compares every byte; checks that the tag is annotated and names itself.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The version
    version: String,
    /// The folder with the files; `dist/VERSION` beside the narrative if not given
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Verified {
    version: String,
    folder: String,
    commit: String,
    good: bool,
    tag_problems: Vec<String>,
    files: Vec<Checked>,
    not_checked: Vec<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Checked {
    name: String,
    lot: Lot,
}

/// Runs the command.
///
/// # Errors
///
/// There is no such release, or its files cannot be read.
pub fn run(args: VerifyArgs, session: &Session) -> Result<Outcome, CommandError> {
    let version: Version = args.version.parse()?;
    let repository = Repository::open(session.dir())?;
    let tags = repository.tags()?;
    let tag = tags
        .iter()
        .find(|tag| tag.name == version.tag())
        .ok_or_else(|| {
            let error = CommandError::usage(format!("there is no release `{}`", version.tag()));
            let known: Vec<&str> = tags.iter().map(|tag| tag.name.as_str()).collect();
            if known.is_empty() {
                error.next("git fetch --tags")
            } else {
                error.hint(format!("the tags are {}", known.join(", ")))
            }
        })?;
    let folder = match &args.folder {
        Some(folder) => session.path(folder),
        None => repository.home().join("dist").join(version.to_string()),
    };
    let at_hand = read(&folder)?;
    let report = verified(
        &repository,
        &tags,
        tag,
        version,
        Folder {
            path: &folder,
            files: &at_hand,
        },
    )?;
    session.show(&report)?;
    Ok(if report.good {
        Outcome::Done
    } else {
        Outcome::IntegrityFailure
    })
}

/// A folder of files to be checked.
struct Folder<'a> {
    path: &'a Path,
    files: &'a BTreeMap<String, Vec<u8>>,
}

fn read(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, CommandError> {
    let io = |error: std::io::Error| {
        CommandError::io(folder, &error).hint("name the folder with the released files")
    };
    let mut out = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let bytes = if path.is_file() {
            std::fs::read(&path).map_err(io)?
        } else {
            Vec::new()
        };
        out.insert(name, bytes);
    }
    Ok(out)
}

fn verified(
    repository: &Repository,
    tags: &[TagInfo],
    tag: &TagInfo,
    version: Version,
    folder: Folder<'_>,
) -> Result<Verified, CommandError> {
    let date = tag.at.ok_or_else(|| {
        let message = format!("the tag `{}` is no annotated tag", tag.name);
        let error = CommandError::new(Kind::Integrity, message);
        error.hint("a release is an annotated tag: this one was not made by `onetext release`")
    })?;
    let tag_problems = tag_problems(tag);
    let narrative = narrative::read(&repository.snapshot(At::Commit(&tag.target))?)?;
    let before = before(repository, tags, version)?;
    let editions = editions_at_hand(&narrative, &folder);
    let plan = Plan {
        repository,
        commit: &tag.target,
        narrative: &narrative,
        version,
        tagged: true,
        date,
        editions: &editions,
        before: before
            .as_ref()
            .map(|(narrative, version)| (narrative, *version)),
    };
    let files: Vec<Checked> = compare(&make(&plan, |_| ())?, folder.files)
        .into_iter()
        .map(|(name, lot)| Checked { name, lot })
        .collect();
    Ok(Verified {
        version: version.to_string(),
        folder: shown(folder.path),
        commit: tag.target.as_str().to_owned(),
        good: tag_problems.is_empty() && files.iter().all(|file| file.lot == Lot::Same),
        tag_problems,
        files,
        not_checked: vec!["the tag's signature, and whether the tagger is a facilitator"],
    })
}

/// What is wrong with a tag by itself.
fn tag_problems(tag: &TagInfo) -> Vec<String> {
    match tag.own_name.as_deref() {
        Some(own) if own == tag.name => Vec::new(),
        own => {
            let own = own.unwrap_or("nothing");
            vec![format!(
                "the ref `{}` leads to a tag that calls itself `{own}`",
                tag.name
            )]
        }
    }
}

/// The editions that a folder has files of; none if it has all, or none at all.
fn editions_at_hand(narrative: &Narrative, folder: &Folder<'_>) -> Vec<String> {
    let present = |name: &&String| {
        let starts = [format!("{name}."), format!("{name}-draft.")];
        folder
            .files
            .keys()
            .any(|file| starts.iter().any(|start| file.starts_with(start)))
    };
    let all = &narrative.config.editions;
    let found: Vec<String> = all.keys().filter(present).cloned().collect();
    if found.len() == all.len() {
        Vec::new()
    } else {
        found
    }
}

impl Report for Verified {
    fn print(&self, page: &mut Page) {
        for problem in &self.tag_problems {
            page.text(Role::Error, "bad  ").line(problem);
        }
        for file in &self.files {
            match file.lot {
                Lot::Same => page.text(Role::Good, "same ").line(&file.name),
                Lot::Differs => page.text(Role::Error, "differs ").line(&file.name),
                Lot::Missing => page.text(Role::Error, "missing ").line(&file.name),
                Lot::Extra => page.text(Role::Error, "extra ").line(&file.name),
            };
        }
        if self.good {
            page.line(format!(
                "`{}` is release {}, byte for byte.",
                self.folder, self.version
            ));
        } else {
            page.line(format!(
                "`{}` is not release {} as it was made.",
                self.folder, self.version
            ));
        }
        for thing in &self.not_checked {
            page.faint(format!("Not checked: {thing}.")).end();
        }
    }
}
