//! Replays merges that people made and prints how onetext and git do on them.
//!
//! ```text
//! cargo run --release --example replay -- FOLDER
//! ```
//!
//! A case is a folder, at any depth, with files `base`, `ours`, `theirs` and `human` (what people made of them), each
//! with any ending. *Right* is clean and equal to what people made but for white space; *near*, at most two words away
//! from it; *off*, clean and further away, as a share of the clean. *Lost* counts clean results without a word that only
//! one side wrote; *doubled*, those in which eight words in a row stand more often than in any input.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a program that reads cases and prints a table"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use onetext::merge::text::merge_texts;

/// The files of a case.
const NAMES: [&str; 4] = ["base", "ours", "theirs", "human"];

struct Case {
    paths: Vec<PathBuf>,
    texts: Vec<String>,
}

#[derive(Default)]
struct Row {
    cases: usize,
    clean: usize,
    right: usize,
    near: usize,
    lost: usize,
    doubled: usize,
    time: Duration,
}

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let mut cases = Vec::new();
    find(Path::new(&folder), &mut cases);
    let mut rows: BTreeMap<(bool, &str), Row> = BTreeMap::new();
    for case in &cases {
        let started = Instant::now();
        let git = git(case);
        let spent = started.elapsed();
        let conflicted = git.is_none();
        count(
            rows.entry((conflicted, "git")).or_default(),
            case,
            git,
            spent,
        );
        let started = Instant::now();
        let merge = merge_texts(&case.texts[0], &[&case.texts[1], &case.texts[2]]);
        let text = (merge.conflicts() == 0).then(|| merge.reading());
        let row = rows.entry((conflicted, "onetext")).or_default();
        count(row, case, text, started.elapsed());
    }
    println!("git's time includes the start of a process; onetext's does not");
    for ((conflicted, tool), row) in &rows {
        let kind = if *conflicted {
            "git conflicts"
        } else {
            "git is clean"
        };
        println!("{}", told(kind, tool, row));
    }
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
            paths: files,
            texts,
        });
    }
    for path in paths.iter().filter(|path| path.is_dir()) {
        find(path, cases);
    }
}

fn git(case: &Case) -> Option<String> {
    let mut git = Command::new("git");
    git.args(["merge-file", "-p", "-q"]);
    let out = git
        .args([&case.paths[1], &case.paths[0], &case.paths[2]])
        .output();
    let out = out.expect("git is installed");
    out.status
        .success()
        .then(|| String::from_utf8_lossy(&out.stdout).into_owned())
}

fn count(row: &mut Row, case: &Case, text: Option<String>, time: Duration) {
    row.cases += 1;
    row.time += time;
    let Some(text) = text else {
        return;
    };
    row.clean += 1;
    let [base, ours, theirs, human] = [0, 1, 2, 3].map(|at| words(&case.texts[at]));
    let result = words(&text);
    let away = distance(&result, &human);
    row.right += usize::from(result == human);
    row.near += usize::from(result != human && away <= 2);
    let [was, one, two, now] =
        [&case.texts[0], &case.texts[1], &case.texts[2], &text].map(|t| letters(t));
    let lacks = |side: &BTreeSet<&str>, other: &BTreeSet<&str>| {
        let known = |word: &&str| [&was, other, &now].iter().any(|set| set.contains(word));
        !side.iter().all(known)
    };
    row.lost += usize::from(lacks(&one, &two) || lacks(&two, &one));
    let inputs = [&base, &ours, &theirs].map(|input| runs(input));
    let most = |run: &[&str]| {
        inputs
            .iter()
            .filter_map(|input| input.get(run))
            .max()
            .copied()
    };
    let doubled = |(run, n): (&&[&str], &usize)| *n > most(run).unwrap_or(0).max(1);
    row.doubled += usize::from(runs(&result).iter().any(doubled));
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// The words of a text without the signs around them.
fn letters(text: &str) -> BTreeSet<&str> {
    let words = text.split(|sign: char| !sign.is_alphanumeric());
    words.filter(|word| !word.is_empty()).collect()
}

/// How many words stand in one and not in the other, whatever their order.
fn distance(one: &[&str], other: &[&str]) -> usize {
    let mut counts: BTreeMap<&str, isize> = BTreeMap::new();
    one.iter()
        .for_each(|word| *counts.entry(word).or_default() += 1);
    other
        .iter()
        .for_each(|word| *counts.entry(word).or_default() -= 1);
    counts.values().map(|count| count.unsigned_abs()).sum()
}

/// How often each eight words in a row stand there, if five of them are words indeed.
fn runs<'a, 'b>(words: &'b [&'a str]) -> BTreeMap<&'b [&'a str], usize> {
    let mut counts = BTreeMap::new();
    let is_word = |word: &&&str| word.chars().filter(|sign| sign.is_alphabetic()).count() >= 3;
    for run in words
        .windows(8)
        .filter(|run| run.iter().filter(is_word).count() >= 5)
    {
        *counts.entry(run).or_default() += 1;
    }
    counts
}

fn told(kind: &str, tool: &str, row: &Row) -> String {
    let share = |part: usize, whole: usize| format!("{part} ({} %)", 100 * part / whole.max(1));
    let off = row.clean - row.right - row.near;
    format!(
        "{kind:13} {tool:8} cases {:4}  clean {:10}  right {:10}  near {:3}  off {:9}  lost {}  doubled {}  {:.2} ms each",
        row.cases,
        share(row.clean, row.cases),
        share(row.right, row.cases),
        row.near,
        share(off, row.clean),
        row.lost,
        row.doubled,
        row.time.as_secs_f64() * 1000.0 / f64::from(u32::try_from(row.cases.max(1)).unwrap_or(1)),
    )
}
