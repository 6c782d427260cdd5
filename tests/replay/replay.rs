//! Replays merges that people made and prints how onetext does on them, beside git and, where it is installed, wiggle.
//!
//! ```text
//! cargo build --release
//! cargo run --release --example replay -- FOLDER [--list KIND]
//! ```
//!
//! A case is a folder, at any depth, with files `base`, `ours`, `theirs` and `human` (what people made of them), each
//! with any ending. `--list right`, `off`, `conflict`, `lost`, … names the cases of a kind for onetext. What the columns
//! count is told in `judge.rs`; *cpu* is the processor's time for each case, the start of the program included, where
//! the system tells it (Linux).

#![expect(
    clippy::print_stdout,
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "a program that reads cases, starts tools and prints a table"
)]

mod judge;
mod tools;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use judge::{Verdict, judge};
use tools::{Tool, tools};

/// The files of a case.
const NAMES: [&str; 4] = ["base", "ours", "theirs", "human"];

/// Four versions of one text.
struct Case {
    folder: PathBuf,
    paths: Vec<PathBuf>,
    texts: Vec<String>,
}

#[derive(Default)]
struct Row {
    cases: usize,
    counts: BTreeMap<&'static str, usize>,
    ticks: u64,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.first().map_or(".", String::as_str);
    let listed = match arguments.get(1..) {
        Some([flag, kind]) if flag == "--list" => Some(kind.as_str()),
        _ => None,
    };
    let mut cases = Vec::new();
    find(Path::new(folder), &mut cases);
    let tools = tools();
    let git = tools
        .iter()
        .find(|tool| tool.name == "git")
        .expect("git is known");
    let conflicted: Vec<bool> = cases.iter().map(|case| git.merge(case).is_none()).collect();
    println!(
        "{} cases, of which git cannot merge {}",
        cases.len(),
        conflicted.iter().filter(|is| **is).count()
    );
    for kind in [true, false] {
        println!(
            "\n{}",
            if kind {
                "git conflicts"
            } else {
                "git is clean"
            }
        );
        println!("{}", heading());
        for tool in &tools {
            let of_kind = cases.iter().zip(&conflicted).filter(|(_, is)| **is == kind);
            let row = replay(tool, of_kind.map(|(case, _)| case), listed);
            println!("{}", told(tool.name, &row));
        }
    }
}

fn replay<'a>(tool: &Tool, cases: impl Iterator<Item = &'a Case>, listed: Option<&str>) -> Row {
    let mut row = Row::default();
    for case in cases {
        row.cases += 1;
        let before = tools::ticks();
        let text = tool.merge(case);
        row.ticks += tools::ticks() - before;
        let verdict = text.map_or_else(Verdict::default, |text| judge(&case.texts, &text));
        for name in verdict.names() {
            *row.counts.entry(name).or_default() += 1;
            if tool.name == "onetext" && listed == Some(name) {
                println!("  {}", case.folder.display());
            }
        }
    }
    row
}

/// Collects the cases below a folder, in the order of their paths.
fn find(folder: &Path, cases: &mut Vec<Case>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths: BTreeSet<PathBuf> = entries.map(|entry| entry.path()).collect();
    let named = |name: &&str| {
        let is =
            |path: &&PathBuf| path.is_file() && path.file_stem().is_some_and(|stem| stem == *name);
        paths.iter().find(is).cloned()
    };
    let files: Vec<PathBuf> = NAMES.iter().filter_map(named).collect();
    let texts = files
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok());
    let texts: Vec<String> = texts.collect();
    if texts.len() == NAMES.len() {
        cases.push(Case {
            folder: folder.to_owned(),
            paths: files,
            texts,
        });
    }
    for path in paths.iter().filter(|path| path.is_dir()) {
        find(path, cases);
    }
}

fn heading() -> String {
    format!(
        "{:8} {:>12} {:>12} {:>5} {:>12} {:>5} {:>9} {:>7} {:>9}",
        "", "clean", "right", "near", "off", "lost", "came back", "doubled", "cpu"
    )
}

fn told(tool: &str, row: &Row) -> String {
    let count = |name: &str| row.counts.get(name).copied().unwrap_or(0);
    let share = |name: &str, whole: usize| {
        let part = count(name);
        format!(
            "{part} ({:.1} %)",
            100.0 * as_float(part) / as_float(whole.max(1))
        )
    };
    let time =
        as_float(usize::try_from(row.ticks).unwrap_or(0)) * 10.0 / as_float(row.cases.max(1));
    format!(
        "{tool:8} {:>12} {:>12} {:>5} {:>12} {:>5} {:>9} {:>7} {time:>6.2} ms",
        share("clean", row.cases),
        share("right", row.cases),
        count("near"),
        share("off", count("clean")),
        count("lost"),
        count("came back"),
        count("doubled"),
    )
}

fn as_float(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
