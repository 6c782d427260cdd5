//! `onetext merge-file`: the merge of files, for git and scripts.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Kind, Outcome};
use crate::cli::{Page, Report, Session};
use crate::merge::text::{TextMerge, TextPart, merge_texts};

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
    let base = read(&session.path(&args.base))?;
    let sides: Vec<&PathBuf> = [&args.ours, &args.theirs]
        .into_iter()
        .chain(&args.more)
        .collect();
    let texts: Vec<String> = sides
        .iter()
        .map(|path| read(&session.path(path)))
        .collect::<Result<_, _>>()?;
    let names: Vec<String> = sides
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let sides: Vec<&str> = texts.iter().map(String::as_str).collect();
    let merged = merge_texts(&base, &sides);
    let conflicts = merged.conflicts();
    let text = marked(&merged, &names);
    if session.is_json() {
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

fn read(path: &Path) -> Result<String, CommandError> {
    let failed = |error: CommandError| error.as_kind(Kind::MergeFile);
    let bytes = std::fs::read(path).map_err(|error| failed(CommandError::io(path, &error)))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = format!("`{}` is not UTF-8 at byte {at}", path.display());
        failed(CommandError::usage(message).hint("save the file as UTF-8"))
    })
}

/// The merge as a text, with git's markers where a conflict is open.
fn marked(merged: &TextMerge, names: &[String]) -> String {
    let mut out = String::new();
    let mut after_marker = false;
    for part in &merged.parts {
        match part {
            TextPart::Text(text) if after_marker => out.push_str(text.trim_start_matches(' ')),
            TextPart::Text(text) => out.push_str(text),
            TextPart::Conflict { sides, .. } => conflict(&mut out, sides, names),
        }
        after_marker = matches!(part, TextPart::Conflict { .. });
    }
    out
}

fn conflict(out: &mut String, sides: &[String], names: &[String]) {
    let end = if sides.iter().any(|side| side.ends_with("\r\n")) {
        "\r\n"
    } else {
        "\n"
    };
    if !out.is_empty() && !out.ends_with('\n') {
        out.truncate(out.trim_end_matches(' ').len());
        out.push_str(end);
    }
    let marker = ["<<<<<<<", "======="];
    for (at, (name, side)) in names.iter().zip(sides).enumerate() {
        let label = if at == 0 {
            format!(" {name}")
        } else {
            String::new()
        };
        out.push_str(&format!("{}{label}{end}", marker[at.min(1)]));
        let side = side.trim_start_matches(' ');
        out.push_str(side);
        if !side.is_empty() && !side.ends_with('\n') {
            out.push_str(end);
        }
    }
    let last = names.last().map_or("", String::as_str);
    out.push_str(&format!(">>>>>>> {last}{end}"));
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
