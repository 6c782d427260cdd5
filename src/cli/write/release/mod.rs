//! `onetext release`: gates, renders, tags.

mod again;
mod print;
mod tagging;

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::cli::Session;
use crate::cli::agreeing;
use crate::cli::error::{CommandError, Kind, Outcome};
use crate::cli::fold::{Standing, standing};
use crate::cli::opened::Opened;
use crate::cli::releasing::{Files, Plan, before, make, shown, weight};
use crate::narrative;
use crate::narrative::time::{Day, Moment};
use crate::release::digest::sha256;
use crate::release::editions::{self, Publicity};
use crate::release::gate::{Gate, Obstacle, obstacles};
use crate::release::manifest::Manifest;
use crate::release::version::Version;
use crate::store::{At, Repository, TagInfo, clock};

use tagging::{Sign, Signed, Tagged};

/// Render a version of the narrative and tag it
///
/// Reads the last commit only. Refuses while anything is open, with the command that mends each thing; `--draft`
/// releases all the same, and every page then says that it is a draft. The tag is signed by your git, with the key of its
/// settings `gpg.format` and `user.signingkey`, which must be a facilitator's in the roster; a draft is signed if there
/// is a key. A tag is never moved.
#[derive(Debug, Args)]
pub struct ReleaseArgs {
    /// The version: year, month and number, such as `v2026.03.0`
    version: String,
    /// Release a draft
    #[arg(long)]
    draft: bool,
    /// The folder to write to; `dist/VERSION` beside the narrative if not given
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write this edition only; may be given several times
    #[arg(long = "edition", value_name = "NAME")]
    editions: Vec<String>,
    /// Make no tag; the commit's date stands for the release's
    #[arg(long)]
    no_tag: bool,
    /// Make a tag that nobody signs: readers cannot tell whose release it is
    #[arg(long, conflicts_with = "no_tag")]
    unsigned: bool,
    /// Make the files of a release that has a tag again, byte for byte; nothing is tagged
    #[arg(long, conflicts_with_all = ["draft", "no_tag", "unsigned"])]
    again: bool,
    /// Show what would be done and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Released {
    version: String,
    refused: bool,
    folder: Option<String>,
    tag: Option<String>,
    /// The tag object as an archive names it.
    swhid: Option<String>,
    signature: Option<Signed>,
    files: Vec<File>,
    obstacles: Vec<Obstacle>,
    next: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct File {
    name: String,
    bytes: usize,
    sha256: String,
}

/// Runs the command.
///
/// # Errors
///
/// Something is not committed, the version is taken, or a file cannot be written.
pub fn run(args: ReleaseArgs, session: &Session) -> Result<Outcome, CommandError> {
    if args.again {
        session.show(&again::run(&args, session)?)?;
        return Ok(Outcome::Done);
    }
    let opened = Opened::at_head(session)?;
    let tags = opened.repository.tags()?;
    let version = version(&args, &tags)?;
    let commit = opened
        .commit
        .as_ref()
        .expect("releases are made from commits");
    let (date, publicity) = if args.no_tag {
        (opened.repository.commit_time(commit)?, Publicity::FilesOnly)
    } else {
        (clock::now(), Publicity::Tagged)
    };
    let mut obstacles = gate(&opened, date.day())?;
    obstacles.extend(editions::obstacles(&opened.narrative, publicity, date));
    if !args.draft && !obstacles.is_empty() {
        session.show(&refused(version, obstacles))?;
        return Ok(Outcome::Findings);
    }
    session.show(&release(
        &args,
        session,
        &opened,
        &tags,
        Candidate {
            version,
            date,
            obstacles,
        },
    )?)?;
    Ok(Outcome::Done)
}

fn refused(version: Version, obstacles: Vec<Obstacle>) -> Released {
    Released {
        version: version.to_string(),
        refused: true,
        folder: None,
        tag: None,
        swhid: None,
        signature: None,
        files: Vec::new(),
        obstacles,
        next: Some(format!("onetext release {} --draft", version.tag())),
    }
}

/// A version and what a draft of it does not hold back.
struct Candidate {
    version: Version,
    date: Moment,
    obstacles: Vec<Obstacle>,
}

fn version(args: &ReleaseArgs, tags: &[TagInfo]) -> Result<Version, CommandError> {
    let typed: Version = args.version.parse()?;
    let taken = |version: Version| tags.iter().any(|tag| tag.name == version.tag());
    if args.draft {
        if typed.draft().is_some() && !taken(typed) {
            return Ok(typed);
        }
        let next = (1..)
            .map(|number| typed.drafted(number))
            .find(|version| !taken(*version));
        return Ok(next.unwrap_or(typed));
    }
    if typed.draft().is_some() {
        let error = CommandError::usage(format!("`{}` is the version of a draft", args.version));
        return Err(error.hint("add `--draft`, or leave out `-draft.…`"));
    }
    if taken(typed) {
        let error = CommandError::usage(format!(
            "`{}` is released already, and a tag is never moved",
            typed.tag()
        ));
        return Err(error
            .hint("a correction is the next number")
            .next(format!("onetext release {}", typed.next().tag())));
    }
    Ok(typed)
}

fn gate(opened: &Opened, date: Day) -> Result<Vec<Obstacle>, CommandError> {
    let mut open = Vec::new();
    for question in &opened.narrative.questions {
        let table = opened.table(question)?;
        let choices = match standing(&opened.narrative.config.merge, question, &table) {
            Standing::Later(later) => later.merge.choices().count(),
            Standing::Empty | Standing::First(_) => 0,
        };
        open.push((
            choices,
            table.seats.iter().filter(|seat| seat.fresh).count(),
        ));
    }
    let today = clock::now().day();
    let verdicts = agreeing::Moment::of(opened, date).verdicts()?;
    let commit = opened
        .commit
        .as_ref()
        .expect("releases are made from commits");
    let snapshot = opened.repository.snapshot(At::Commit(commit))?;
    let mut findings = narrative::check(&snapshot, today);
    findings.extend(weight::findings(&opened.narrative, &snapshot));
    Ok(obstacles(&Gate {
        narrative: &opened.narrative,
        open: &open,
        verdicts: &verdicts,
        findings: &findings,
        today,
    }))
}

fn release(
    args: &ReleaseArgs,
    session: &Session,
    opened: &Opened,
    tags: &[TagInfo],
    candidate: Candidate,
) -> Result<Released, CommandError> {
    let commit = opened
        .commit
        .as_ref()
        .expect("releases are made from commits");
    let repository = &opened.repository;
    let version = candidate.version;
    let before = before(repository, tags, version)?;
    let plan = Plan {
        repository,
        commit,
        narrative: &opened.narrative,
        version,
        tagged: !args.no_tag,
        date: candidate.date,
        editions: &args.editions,
        before: before.as_ref().map(|(opened, version)| (opened, *version)),
    };
    let files = made(session, &plan)?;
    published(
        args,
        &plan,
        files,
        &folder_of(args, session, (repository, version)),
    )
    .map(|report| Released {
        obstacles: candidate.obstacles,
        ..report
    })
}

/// Tags and writes, unless nothing is to be written.
fn published(
    args: &ReleaseArgs,
    plan: &Plan<'_>,
    mut files: Files,
    folder: &Path,
) -> Result<Released, CommandError> {
    let sign = match args.unsigned {
        true => Sign::Never,
        false => Sign::WithMyKey,
    };
    let mut tagged = None;
    if !args.dry_run {
        check_folder(folder, &plan.narrative.config.title)?;
        tagged = tagging::tag(plan, &files, sign)?;
        files.extend(tagged.iter().flat_map(|tagged| tagged.files.clone()));
        files.sort();
        write(plan, folder, &files, tagged.as_ref())?;
    }
    let tag = tagged.is_some().then(|| plan.version.tag());
    Ok(Released {
        version: plan.version.to_string(),
        refused: false,
        folder: (!args.dry_run).then(|| shown(folder)),
        next: tag
            .as_ref()
            .map(|tag| format!("onetext verify {tag} {}", shown(folder))),
        tag,
        swhid: tagged.as_ref().map(|tagged| tagged.swhid.clone()),
        signature: tagged.map(|tagged| tagged.signed),
        files: files.into_iter().map(File::of).collect(),
        obstacles: Vec::new(),
    })
}

/// Makes the files, with a bar while somebody watches.
fn made(session: &Session, plan: &Plan<'_>) -> Result<Files, CommandError> {
    let progress = session.progress(1);
    make(plan, |name, (done, all)| {
        progress.doing(name);
        progress.reach(done, all);
    })
}

/// Where the files go.
fn folder_of(
    args: &ReleaseArgs,
    session: &Session,
    (repository, version): (&Repository, Version),
) -> PathBuf {
    match &args.out {
        Some(folder) => session.path(folder),
        None => repository.home().join("dist").join(version.to_string()),
    }
}

impl File {
    fn of((name, bytes): (String, Vec<u8>)) -> Self {
        Self {
            sha256: sha256(&bytes),
            bytes: bytes.len(),
            name,
        }
    }
}

/// Writes the folder, then makes the ref of the tag, without which the folder does not stay. Killed between the two, the same
/// command finishes.
fn write(
    plan: &Plan<'_>,
    folder: &Path,
    files: &Files,
    tagged: Option<&Tagged>,
) -> Result<(), CommandError> {
    let tag = || match tagged {
        Some(tagged) => {
            let made = plan.repository.put_tag(&plan.version.tag(), &tagged.bytes);
            made.map(drop)
        }
        None => Ok(()),
    };
    Ok(plan.repository.write_folder(folder, files, tag)?)
}

/// A folder that holds something else is never replaced.
fn check_folder(folder: &Path, title: &str) -> Result<(), CommandError> {
    let Ok(mut entries) = std::fs::read_dir(folder) else {
        return Ok(());
    };
    if entries.next().is_none() {
        return Ok(());
    }
    let manifest = std::fs::read(folder.join("manifest.json")).ok();
    let own = manifest.and_then(|bytes| Manifest::from_json(&bytes));
    if own.is_some_and(|manifest| manifest.narrative == title) {
        return Ok(());
    }
    let message = format!(
        "`{}` is there already and holds no release of this narrative",
        folder.display()
    );
    Err(CommandError::new(Kind::Usage, message).hint("name another folder with `--out DIR`"))
}
