//! How fast releases are written, in every format of both editions, beside pandoc.
//!
//! ```sh
//! cargo bench --bench release              # the tables, then every format
//! cargo bench --bench release -- docx      # the tables, then one format
//! ```
//!
//! # How to read it
//!
//! The smallest narrative is this repository's own: eight questions with their answers and sources. The large ones have
//! its shape: its questions over and over, in other words of the same length, each with sources of its own.
//!
//! The **first table** renders within this process. A column has the least time of several runs for a format, in each
//! edition that has it; *all* is their sum and *per question* that sum divided: it stays level where the cost is linear.
//! *memory* is the greatest size of the process while all formats were written, on Linux.
//!
//! The **second table** has pandoc beside it, where it is installed: `pandoc --standalone` makes HTML, DOCX and ODT of the
//! Markdown of the media edition, as a process that starts, reads a file and writes one. *ours* writes the same edition
//! within this process, layout included.
//!
//! The **third table** runs the program itself, `onetext release --draft --no-tag`, in a repository with one commit: from
//! start to end, with the gate, the manifest and the writing of the files. *memory* is its greatest size, on Linux.
//!
//! The **formats** below them are measured by `divan` on the narrative of this repository: compare the column *median*.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "a benchmark reads the clock and files, starts programs and prints"
)]

#[path = "../gauge/mod.rs"]
mod gauge;
mod narratives;
mod pandoc;
mod program;
mod table;

use divan::{Bencher, black_box};
use onetext::narrative::config::{Audience, Format};

use narratives::Case;

/// How many questions the measured narratives have.
const SIZES: [usize; 3] = [8, 100, 1_000];

/// Every format, in the order of the columns.
const FORMATS: [Format; 7] = [
    Format::Html,
    Format::Pdf,
    Format::Docx,
    Format::Odt,
    Format::Text,
    Format::Markdown,
    Format::Json,
];

fn main() {
    if std::env::args().any(|argument| argument == "--bench") {
        table::print();
        pandoc::print();
        program::print();
    }
    divan::main();
}

#[divan::bench(args = FORMATS)]
fn media(bencher: Bencher<'_, '_>, format: Format) {
    one(bencher, Audience::Media, format);
}

#[divan::bench(args = FORMATS)]
fn government(bencher: Bencher<'_, '_>, format: Format) {
    one(bencher, Audience::Government, format);
}

fn one(bencher: Bencher<'_, '_>, audience: Audience, format: Format) {
    let case = Case::of(SIZES[0]);
    bencher.bench(|| case.render(black_box(audience), black_box(&[format])));
}
