//! The table of formats and sizes, and how times are measured.

use std::hint::black_box;
use std::time::{Duration, Instant};

use onetext::narrative::config::{Audience, Format};
use onetext::render::formats;

use super::gauge::{peak, shown};
use super::narratives::Case;
use super::{FORMATS, SIZES};

/// The editions that are measured.
const AUDIENCES: [Audience; 2] = [Audience::Media, Audience::Government];

/// Measures every size and prints a row for each.
pub fn print() {
    print!("{:>9}", "questions");
    for format in FORMATS {
        print!(" {:>9}", format!("{format:?}").to_lowercase());
    }
    println!(" {:>9} {:>12} {:>9}", "all", "per question", "memory");
    for size in SIZES {
        row(size);
    }
    println!();
}

fn row(size: usize) {
    let case = Case::of(size);
    let memory = peak(|| {
        for audience in AUDIENCES {
            black_box(case.render(audience, formats(audience)));
        }
    });
    print!("{size:>9}");
    let mut all = Duration::ZERO;
    for format in FORMATS {
        let time = least(|| both(&case, format));
        all += time;
        print!(" {:>9}", shown(time));
    }
    println!(
        " {:>9} {:>12} {:>9}",
        shown(all),
        shown(all / u32::try_from(size).expect("a number of questions fits")),
        memory.map_or("-".to_owned(), |kib| format!("{} MiB", kib / 1024)),
    );
}

/// Writes a format in each edition that has it.
fn both(case: &Case, format: Format) {
    for audience in AUDIENCES {
        if formats(audience).contains(&format) {
            black_box(case.render(audience, black_box(&[format])));
        }
    }
}

/// The least time of several runs; what takes long is run once.
pub fn least(mut work: impl FnMut()) -> Duration {
    let mut least = Duration::MAX;
    let began = Instant::now();
    for run in 0..10 {
        if run > 0 && began.elapsed() > Duration::from_secs(2) {
            break;
        }
        let start = Instant::now();
        work();
        least = least.min(start.elapsed());
    }
    least
}
