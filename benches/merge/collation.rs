//! The table of independent drafts: each is made of claims that others make too, in their own words or in the same.

use std::hint::black_box;
use std::time::{Duration, Instant};

use onetext::collate::{Draft, collate};
use onetext::prose::Prose;
use onetext::prose::reader::Reader;

use super::drafts::claims;
use super::gauge::{peak, shown};

/// How many drafts of how many sentences.
const CASES: [(usize, usize); 4] = [(12, 25), (50, 25), (1_000, 25), (10_000, 25)];

/// Measures every case and prints a row for each.
pub fn print() {
    println!(
        "{:>18} {:>10} {:>10} {:>10} {:>9} {:>8} {:>9}",
        "drafts x sentences", "read", "collate", "both", "per draft", "rows", "memory"
    );
    for (drafts, sentences) in CASES {
        row(drafts, sentences);
    }
    println!();
}

fn row(drafts: usize, sentences: usize) {
    let texts = claims(drafts, sentences);
    let (mut least_read, mut least_collated, mut rows) = (Duration::MAX, Duration::MAX, 0);
    for _ in 0..3 {
        let start = Instant::now();
        let read = black_box(read(&texts));
        least_read = least_read.min(start.elapsed());
        let drafts = named(&read);
        let start = Instant::now();
        rows = black_box(collate(&drafts)).len();
        least_collated = least_collated.min(start.elapsed());
    }
    let memory = peak(|| {
        let read = read(&texts);
        black_box(collate(&named(&read)));
    });
    let both = least_read + least_collated;
    println!(
        "{:>18} {:>10} {:>10} {:>10} {:>9} {:>8} {:>9}",
        format!("{drafts}x{sentences}"),
        shown(least_read),
        shown(least_collated),
        shown(both),
        shown(both / u32::try_from(drafts).expect("a number of drafts fits")),
        rows,
        memory.map_or("-".to_owned(), |kib| format!("{} MiB", kib / 1024)),
    );
}

fn read(texts: &[String]) -> Vec<Prose> {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Reader::default().read_all(&texts)
}

fn named(texts: &[Prose]) -> Vec<Draft<'_>> {
    let draft = |(at, text)| Draft::new(&format!("w{at:05}"), text);
    texts.iter().enumerate().map(draft).collect()
}
