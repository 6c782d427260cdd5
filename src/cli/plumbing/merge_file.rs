//! `onetext merge-file`: the merge of files, for git and scripts.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Kind, Outcome};
use crate::cli::{Page, Report, Session};
use crate::merge::text::{Markers, TextMerge, TextPart, merge_texts};

/// Print the merge of two or more versions of a file
///
/// Exits with the number of conflicts, at most 127; with 128 or more if something went wrong. A conflict is printed with
/// git's markers around whole sentences or lines.
#[derive(Debug, Args)]
pub struct MergeFileArgs {
    /// The version that the others come from
    base: PathBuf,
    /// One version
    ours: PathBuf,
    /// The other version
    theirs: PathBuf,
    /// Further versions
    more: Vec<PathBuf>,
    /// Write the merge to a file, as git wants it of a merge driver, and leave it alone if a version is not UTF-8
    #[arg(long, short, value_name = "FILE", conflicts_with = "json")]
    output: Option<PathBuf>,
    /// How many signs a conflict marker has
    #[arg(long, value_name = "SIGNS", default_value_t = 7)]
    marker_size: usize,
    /// What conflict markers call a version, in the order of the versions; otherwise its path
    #[arg(long = "label", value_name = "NAME")]
    labels: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Merged {
    conflicts: usize,
    text: String,
    regions: Vec<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
enum Region {
    Text {
        text: String,
    },
    Choice {
        id: String,
        now: String,
        alternatives: Vec<String>,
    },
}

impl Report for Merged {
    fn print(&self, _page: &mut Page) {}
}

/// Runs the command.
///
/// # Errors
///
/// A file cannot be read or is not UTF-8.
pub fn run(args: MergeFileArgs, session: &Session) -> Result<Outcome, CommandError> {
    let sides: Vec<&PathBuf> = [&args.ours, &args.theirs]
        .into_iter()
        .chain(&args.more)
        .collect();
    let texts = [&args.base].into_iter().chain(sides.iter().copied());
    let texts: Result<Vec<String>, _> = texts.map(|path| read(&session.path(path))).collect();
    let texts = match texts {
        Ok(texts) => texts,
        // Git then keeps our version and tells of a conflict, as it does with any file that is no text.
        Err(Unread::NotText(_)) if args.output.is_some() => return Ok(Outcome::Conflicts(1)),
        Err(Unread::NotText(error) | Unread::Io(error)) => return Err(error),
    };
    let versions: Vec<&str> = texts.iter().skip(1).map(String::as_str).collect();
    let merged = merge_texts(&texts[0], &versions);
    let conflicts = merged.conflicts();
    let text = merged.marked(Markers {
        names: &names(&sides, &args.labels),
        size: args.marker_size,
    });
    if let Some(output) = &args.output {
        write(&session.path(output), text.as_bytes())?;
    } else if session.is_json() {
        session.show(&Merged {
            conflicts,
            text,
            regions: regions(&merged),
        })?;
    } else {
        session.print_raw(text.as_bytes())?;
    }
    Ok(Outcome::Conflicts(conflicts))
}

/// What the versions are called: a label, if there is one that git has filled in, or the path.
fn names(sides: &[&PathBuf], labels: &[String]) -> Vec<String> {
    let filled = |label: &&String| !["%X", "%Y"].contains(&label.as_str());
    let name = |(at, path): (usize, &&PathBuf)| {
        let label = labels.get(at).filter(filled);
        label.map_or_else(|| path.display().to_string(), String::clone)
    };
    sides.iter().enumerate().map(name).collect()
}

/// Why a version could not be read.
enum Unread {
    Io(CommandError),
    NotText(CommandError),
}

fn write(path: &Path, text: &[u8]) -> Result<(), CommandError> {
    let failed = |error| CommandError::io(path, &error).as_kind(Kind::MergeFile);
    std::fs::write(path, text).map_err(failed)
}

fn read(path: &Path) -> Result<String, Unread> {
    let failed = |error: CommandError| error.as_kind(Kind::MergeFile);
    let bytes =
        std::fs::read(path).map_err(|error| Unread::Io(failed(CommandError::io(path, &error))))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = format!("`{}` is not UTF-8 at byte {at}", path.display());
        Unread::NotText(failed(
            CommandError::usage(message).hint("save the file as UTF-8"),
        ))
    })
}

fn regions(merged: &TextMerge) -> Vec<Region> {
    let region = |part: &TextPart| match part {
        TextPart::Text(text) => Region::Text { text: text.clone() },
        TextPart::Conflict { base, sides } => {
            let alternatives: BTreeSet<&String> =
                sides.iter().filter(|side| *side != base).collect();
            Region::Choice {
                id: part.id().unwrap_or_default(),
                now: base.clone(),
                alternatives: alternatives.into_iter().cloned().collect(),
            }
        }
    };
    merged.parts.iter().map(region).collect()
}
