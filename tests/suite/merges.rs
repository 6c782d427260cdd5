//! Merges as folders; the README beside this file says what stands in one.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

use onetext::merge::choice::sheet::{asked, one_line, options, stands};
use onetext::merge::{Merge, Origin, Part, Voice, merge};
use onetext::prose::Prose;

/// What a case has besides its drafts.
const OTHERS: [&str; 7] = [
    "base.md",
    "old.md",
    "expected.md",
    "told.md",
    "ideal.md",
    "ideal-told.md",
    "why.md",
];

/// A text after a merge, and what a reader is told of it besides.
type Outcome = (String, String);

fn cases(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let cases = read_dir(folder).expect("there are cases");
    let mut cases: Vec<_> = cases
        .map(|case| case.expect("a case can be read").path())
        .collect();
    cases.sort();
    cases
}

fn read(case: &Path, name: &str) -> Option<String> {
    read_to_string(case.join(name)).ok()
}

fn text(case: &Path, name: &str) -> String {
    read(case, name).unwrap_or_else(|| panic!("{} has no {name}", case.display()))
}

/// Merges the drafts of a case: `ana.md` was written on `base.md`, `bo.on-old.md` on `old.md`.
fn outcome(case: &Path) -> Outcome {
    let base = Prose::parse(&text(case, "base.md"));
    let old = Prose::parse(&read(case, "old.md").unwrap_or_default());
    let files = read_dir(case).expect("a case is a folder");
    let names = files.map(|file| file.expect("a file can be read").file_name());
    let drafts: BTreeMap<String, Prose> = names
        .map(|name| name.into_string().expect("names are plain"))
        .filter(|name| !OTHERS.contains(&name.as_str()))
        .map(|name| (name.clone(), Prose::parse(&text(case, &name))))
        .collect();
    let voice = |(name, draft)| {
        let (name, draft): (&String, _) = (name, draft);
        match name.strip_suffix(".on-old.md") {
            Some(who) => Voice::new(who, &old, draft),
            None => Voice::new(name.trim_end_matches(".md"), &base, draft),
        }
    };
    let merged = merge(&base, &drafts.iter().map(voice).collect::<Vec<_>>());
    (merged.text(&base), told(&merged))
}

/// The choices, the composed sentences and the notes.
fn told(merged: &Merge) -> String {
    let mut out = String::new();
    for choice in merged.choices() {
        let _ = writeln!(out, "choice {}: {}", choice.id, asked(choice));
        let _ = writeln!(out, "now: {}", stands(choice));
        if !choice.was.is_empty() {
            let _ = writeln!(out, "was: {}", one_line(&choice.was));
        }
        for option in options(choice) {
            let _ = writeln!(out, "{option}");
        }
    }
    for part in &merged.parts {
        if let Part::Unit(unit, Origin::Composed(who)) = part {
            let _ = writeln!(out, "composed of {who:?}: {}", unit.text());
        }
    }
    for note in &merged.notes {
        let passage = note.passage.replace('\n', " ¶ ");
        let _ = writeln!(out, "{:?} by {:?}: {passage}", note.kind, note.who);
    }
    out
}

/// Compares what came out with a file; `ONETEXT_CASES=write` writes the file instead, to be read in the difference.
fn expect(case: &Path, name: &str, merged: &str) -> Vec<String> {
    if std::env::var_os("ONETEXT_CASES").is_some_and(|wish| wish == "write") {
        std::fs::write(case.join(name), merged).expect("a case can be written");
    }
    let differs = merged != text(case, name);
    let wrong = differs.then(|| format!("{}: {name} should be\n{merged}", case.display()));
    wrong.into_iter().collect()
}

/// Compares an outcome with `expected.md`, `told.md` if there is one, and the first line of `why.md`.
fn expect_outcome(case: &Path, (merged, told): &Outcome) -> Vec<String> {
    let mut wrong = expect(case, "expected.md", merged);
    if read(case, "told.md").is_some() {
        wrong.extend(expect(case, "told.md", told));
    }
    let choices = told.lines().filter(|line| line.starts_with("choice "));
    let choices = format!("choices: {}\n", choices.count());
    if !text(case, "why.md").starts_with(&choices) {
        wrong.push(format!("{}: {choices}", case.display()));
    }
    wrong
}

#[test]
fn every_case_merges_as_expected() {
    let cases = cases("tests/merges");
    assert!(cases.len() >= 40, "only {} cases", cases.len());
    let outcomes = cases
        .iter()
        .map(|case| expect_outcome(case, &outcome(case)));
    let wrong: Vec<String> = outcomes.flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_failing_case_still_fails() {
    for case in cases("tests/merges-failing") {
        let (merged, told) = outcome(&case);
        let ideal = read(&case, "ideal-told.md").is_none_or(|ideal| ideal == told);
        assert!(
            !ideal || merged != text(&case, "ideal.md"),
            "{} is mended: move it to tests/merges",
            case.display()
        );
        let wrong = expect_outcome(&case, &(merged, told));
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
