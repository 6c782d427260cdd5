//! The table of sizes, beside git.

use std::hint::black_box;
use std::time::{Duration, Instant};

use onetext::merge::{Voice, merge};
use onetext::prose::Prose;
use onetext::prose::reader::Reader;

use super::drafts::{Case, Texts, Words};
use super::gauge::{peak, shown};
use super::git::{self, Outcome};

const CASES: [Case; 8] = [
    Case::new(3, 500, Words::Wide),
    Case::new(12, 1_500, Words::Wide),
    Case::new(50, 1_500, Words::Wide),
    Case::new(50, 1_500, Words::Few),
    Case::new(50, 1_500, Words::Signs),
    Case::new(1_000, 1_500, Words::Wide),
    Case::new(5_000, 500, Words::Wide),
    Case::new(10_000, 500, Words::Wide),
];

/// The most drafts that git is asked to merge.
const GIT: usize = 50;

/// The base and the drafts, read.
pub fn read(texts: &Texts) -> (Prose, Vec<Prose>) {
    let mut reader = Reader::default();
    let base = reader.learn(&texts.base);
    let drafts: Vec<&str> = texts.drafts.iter().map(String::as_str).collect();
    (base, reader.read_all(&drafts))
}

/// The voices of a merge.
pub fn voices<'a>(base: &'a Prose, drafts: &'a [Prose]) -> Vec<Voice<'a>> {
    let voice = |(at, draft)| Voice::new(&format!("w{at:05}"), base, draft);
    drafts.iter().enumerate().map(voice).collect()
}

/// Measures every case and prints a row for each.
pub fn print() {
    println!(
        "{:>18} {:>10} {:>10} {:>10} {:>9} {:>8} {:>9} {:>22} {:>22}",
        "drafts x words",
        "read",
        "merge",
        "both",
        "per draft",
        "choices",
        "memory",
        "git (conflicts)",
        "libgit2 (conflicts)"
    );
    for case in CASES {
        row(&case);
    }
    println!();
}

fn row(case: &Case) {
    let texts = case.texts();
    let memory = peak(|| {
        let (base, drafts) = read(&texts);
        black_box(merge(&base, &voices(&base, &drafts)));
    });
    let (read, merged, choices) = measured(&texts);
    let both = read + merged;
    let beside = |outcome: Option<Outcome>| {
        outcome.map_or("-".to_owned(), |git| {
            let ratio = git.time.as_secs_f64() / both.as_secs_f64();
            format!("{} = {ratio:.1}x ({})", shown(git.time), git.conflicts)
        })
    };
    let few = case.drafts <= GIT;
    println!(
        "{:>18} {:>10} {:>10} {:>10} {:>9} {:>8} {:>9} {:>22} {:>22}",
        case.to_string(),
        shown(read),
        shown(merged),
        shown(both),
        shown(both / u32::try_from(case.drafts).expect("a number of drafts fits")),
        choices,
        memory.map_or("-".to_owned(), |kib| format!("{} MiB", kib / 1024)),
        beside(few.then(|| git::in_processes(&texts)).flatten()),
        beside(few.then(|| git::in_this_process(&texts)).flatten()),
    );
}

/// The least times to read and to merge, and how many choices there are.
fn measured(texts: &Texts) -> (Duration, Duration, usize) {
    let (mut least_read, mut least_merged, mut choices) = (Duration::MAX, Duration::MAX, 0);
    let began = Instant::now();
    for run in 0..20 {
        if run >= 3 && began.elapsed() > Duration::from_secs(2) {
            break;
        }
        let start = Instant::now();
        let (base, drafts) = black_box(read(black_box(texts)));
        least_read = least_read.min(start.elapsed());
        let voices = voices(&base, &drafts);
        let start = Instant::now();
        let merged = black_box(merge(&base, &voices));
        least_merged = least_merged.min(start.elapsed());
        choices = merged.choices().count();
    }
    (least_read, least_merged, choices)
}
