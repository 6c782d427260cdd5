//! The table of plain files: three-way merges by onetext and by libgit2, in one process and one run.

use std::hint::black_box;
use std::time::{Duration, Instant};

use onetext::merge::text::merge_texts;

use super::drafts::{Case, Texts, Words};
use super::gauge::shown;
use super::git;

const CASES: [Case; 4] = [
    Case::new(1, 1_500, Words::Wide),
    Case::new(3, 500, Words::Wide),
    Case::new(12, 1_500, Words::Wide),
    Case::new(50, 1_500, Words::Wide),
];

/// How often a case is measured; the least time is told.
const RUNS: usize = 10;

/// Measures every case and prints a row for each.
pub fn print() {
    println!(
        "{:>18} {:>22} {:>22} {:>9}",
        "files x words", "ours (conflicts)", "libgit2 (conflicts)", "ratio"
    );
    for case in CASES {
        row(&case);
    }
    println!();
}

fn row(case: &Case) {
    let texts = case.texts();
    let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
    let (mut conflicts, mut git_conflicts) = (0, 0);
    for _ in 0..RUNS {
        let start = Instant::now();
        conflicts = black_box(one_by_one(black_box(&texts)));
        ours = ours.min(start.elapsed());
        if let Some(outcome) = git::in_this_process(&texts) {
            theirs = theirs.min(outcome.time);
            git_conflicts = outcome.conflicts;
        }
    }
    println!(
        "{:>18} {:>22} {:>22} {:>9}",
        case.to_string(),
        format!("{} ({conflicts})", shown(ours)),
        format!("{} ({git_conflicts})", shown(theirs)),
        format!("{:.1}x", theirs.as_secs_f64() / ours.as_secs_f64()),
    );
}

/// Merges the drafts one after the other, as a script would do it, and counts the merges that had a conflict.
fn one_by_one(texts: &Texts) -> usize {
    let mut now = texts.base.clone();
    let mut conflicts = 0;
    for draft in &texts.drafts {
        let merged = merge_texts(&texts.base, &[&now, draft]);
        conflicts += usize::from(merged.conflicts() > 0);
        now = merged.reading();
    }
    conflicts
}
