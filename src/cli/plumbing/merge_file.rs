//! `onetext merge-file`: the merge of files, for git and scripts.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Kind, Outcome};
use crate::cli::{Page, Report, Session};
use crate::merge::choice::Choice;
use crate::merge::{Answers, Merge, Part, Voice, merge, sheet};
use crate::prose::Prose;
use crate::prose::unit::{Shared, Unit};
use crate::prose::write::write;

/// Print the merge of two or more versions of a file
///
/// Exits with the number of conflicts, at most 127; with 128 or more if something went wrong. A conflict is printed with
/// git's markers around whole passages.
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
        asks: &'static str,
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
    let current = Prose::parse(&base);
    let drafts: Vec<Prose> = texts.iter().map(|text| Prose::parse(text)).collect();
    let names: Vec<String> = sides
        .iter()
        .enumerate()
        .map(|(at, path)| format!("{at} {}", path.display()))
        .collect();
    let voices: Vec<Voice<'_>> = names
        .iter()
        .zip(&drafts)
        .map(|(who, draft)| Voice::new(who, &current, draft))
        .collect();
    let merged = merge(&current, &voices);
    let conflicts = merged.choices().count();
    let text = with_ends(&marked(&merged, &current, &names), &texts[0]);
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

/// The text with the line ends that prevail in another.
fn with_ends(text: &str, like: &str) -> String {
    let windows = 2 * like.matches("\r\n").count() > like.matches('\n').count();
    if windows {
        text.replace('\n', "\r\n")
    } else {
        text.to_owned()
    }
}

/// The merge as a text, with git's markers where a choice is open.
fn marked(merged: &Merge, current: &Prose, names: &[String]) -> String {
    if merged.choices().next().is_none() {
        return merged.text(current);
    }
    let mut answers = Answers::new();
    let mut places = Vec::new();
    for (at, choice) in merged.choices().enumerate() {
        let token = format!("ONETEXT-CHOICE-{at}-{}.", choice.id);
        answers.insert(choice.id.clone(), placeholder(choice, &token));
        places.push((token, conflict(choice, current, names)));
    }
    let mut text = merged.text_with(&answers, current);
    for (token, conflict) in places {
        text = replaced(&text, &token, &conflict);
    }
    text
}

/// One unit that keeps a choice's place.
fn placeholder(choice: &Choice, token: &str) -> Vec<Shared> {
    let units = choice
        .now
        .iter()
        .chain(choice.alternatives.iter().flat_map(|a| &a.units));
    let mark = units.clone().next().filter(|unit| unit.is_mark());
    mark.cloned()
        .into_iter()
        .chain([Unit::sentence(token)])
        .collect()
}

/// Puts a conflict on lines of its own in place of its token.
fn replaced(text: &str, token: &str, conflict: &str) -> String {
    let Some(at) = text.find(token) else {
        return text.to_owned();
    };
    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    let before = text[start..at].trim_end();
    let bare = before.is_empty()
        || before.chars().all(|sign| !sign.is_alphanumeric())
        || is_number(before);
    let after = &text[at + token.len()..];
    let (head, tail) = if bare {
        (&text[..start], after)
    } else {
        (text[..at].trim_end(), after)
    };
    let mut out = head.to_owned();
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    out.push_str(conflict);
    out.push_str(
        tail.trim_start_matches(' ')
            .strip_prefix('\n')
            .unwrap_or(tail.trim_start_matches(' ')),
    );
    out
}

fn is_number(text: &str) -> bool {
    text.trim_end_matches(['.', ')'])
        .chars()
        .all(|sign| sign.is_ascii_digit() || sign == ' ')
}

fn conflict(choice: &Choice, current: &Prose, names: &[String]) -> String {
    let side = |name: &String| {
        let own = choice
            .alternatives
            .iter()
            .find(|alternative| alternative.who.contains(name));
        written(own.map_or(&choice.now, |own| &own.units), current)
    };
    let label = |name: &String| name.split_once(' ').map_or("", |(_, path)| path).to_owned();
    let mut out = String::new();
    for (at, name) in names.iter().enumerate() {
        match at {
            0 => out.push_str(&format!("<<<<<<< {}\n{}", label(name), side(name))),
            _ => out.push_str(&format!("=======\n{}", side(name))),
        }
        if at + 1 == names.len() {
            out.push_str(&format!(">>>>>>> {}\n", label(name)));
        }
    }
    out
}

/// Some units as lines of text, in the style of the file at hand.
fn written(units: &[Shared], current: &Prose) -> String {
    if units.is_empty() {
        return String::new();
    }
    let text = write(units, current);
    let text = text.trim_matches('\n');
    format!("{text}\n")
}

fn regions(merged: &Merge) -> Vec<Region> {
    let mut out: Vec<Region> = Vec::new();
    for part in &merged.parts {
        match part {
            Part::Unit(unit, _) if unit.is_mark() => {}
            Part::Unit(unit, _) => out.push(Region::Text {
                text: unit.text().to_owned(),
            }),
            Part::Choice(choice) => out.push(Region::Choice {
                id: choice.id.clone(),
                asks: sheet::asked(choice),
                now: sheet::one_line(&choice.now),
                alternatives: choice
                    .alternatives
                    .iter()
                    .map(|a| sheet::one_line(&a.units))
                    .collect(),
            }),
        }
    }
    out
}
