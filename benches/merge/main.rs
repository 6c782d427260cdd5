//! How fast texts are read, compared and merged, beside git.
//!
//! ```sh
//! cargo bench                  # the table, then every step
//! cargo bench -- 50x1500       # the table, then the steps of one size
//! ```
//!
//! # How to read it
//!
//! The **table** has one row for each number of drafts, their length in words and where their words come from: `wide`
//! (2,000 words in plain ASCII), `few` (38 words, so that every sentence resembles every other) and `signs` (accents,
//! curly quotes, links and citations). Every draft is the same text with six random edits. The seeds are fixed, so two
//! runs measure the same texts.
//!
//! - *read* is the reading of all drafts, *merge* the merge without it; the time is the least of several runs.
//! - *per draft* is both together, divided by the number of drafts: it stays level where the cost is linear.
//! - *choices* is how many places people must decide.
//! - *memory* is the greatest size of the process while the row ran, on Linux; it holds the drafts themselves.
//! - *git* is `git merge-file` with the drafts one after the other, each a process of its own that reads and writes
//!   files, as a script would do it. *libgit2* is the same three-way merge within this process, reading included, so it
//!   leaves out what a process costs. Both stop at fifty drafts. *conflicts* is how often git found one.
//!
//! The **second table** merges plain files (`merge_texts`, as `merge-file` does it), one draft after the other, beside
//! libgit2 in the same process and run: *ours* and *libgit2* are the least of several runs.
//!
//! The **third table** sets independent drafts side by side: *read* and *collate* as above, *rows* is how many claims were
//! told apart. Its drafts share a fund of claims, and half of their sentences are reworded.
//!
//! The **steps** below them are measured by `divan`: compare the column *median*.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "a benchmark reads the clock, starts git and prints"
)]

mod collation;
mod drafts;
mod files;
#[path = "../gauge/mod.rs"]
mod gauge;
mod git;
mod table;

use divan::{Bencher, black_box};
use onetext::diff::compare;
use onetext::merge::merge;
use onetext::prose::Prose;

use drafts::{Case, Words};

fn main() {
    if std::env::args().any(|argument| argument == "--bench") {
        table::print();
        files::print();
        collation::print();
    }
    divan::main();
}

/// The sizes of single steps; the table has the large ones.
const SIZES: [Case; 3] = [
    Case::new(3, 500, Words::Wide),
    Case::new(12, 1_500, Words::Wide),
    Case::new(50, 1_500, Words::Wide),
];

#[divan::bench(args = [Words::Wide, Words::Few, Words::Signs])]
fn read_one_text(bencher: Bencher<'_, '_>, words: Words) {
    let texts = Case::new(0, 1_500, words).texts();
    bencher.bench(|| Prose::parse(black_box(&texts.base)));
}

#[divan::bench(args = [Words::Wide, Words::Few, Words::Signs])]
fn compare_two_texts(bencher: Bencher<'_, '_>, words: Words) {
    let texts = Case::new(1, 1_500, words).texts();
    let (base, draft) = (Prose::parse(&texts.base), Prose::parse(&texts.drafts[0]));
    bencher.bench(|| compare(black_box(&base), black_box(&draft)));
}

#[divan::bench(args = SIZES)]
fn read_all_drafts(bencher: Bencher<'_, '_>, case: Case) {
    let texts = case.texts();
    bencher.bench(|| table::read(black_box(&texts)));
}

#[divan::bench(args = SIZES)]
fn merge_all_drafts(bencher: Bencher<'_, '_>, case: Case) {
    let texts = case.texts();
    let (base, drafts) = table::read(&texts);
    let voices = table::voices(&base, &drafts);
    bencher.bench(|| merge(black_box(&base), black_box(&voices)));
}

#[divan::bench(args = SIZES)]
fn write_the_merged_text(bencher: Bencher<'_, '_>, case: Case) {
    let texts = case.texts();
    let (base, drafts) = table::read(&texts);
    let merged = merge(&base, &table::voices(&base, &drafts));
    bencher.bench(|| merged.text(black_box(&base)));
}
