//! The same edition written by pandoc from its Markdown.

use std::fs;
use std::process::{Command, Stdio};

use onetext::narrative::config::{Audience, Format};

use super::SIZES;
use super::gauge::shown;
use super::narratives::Case;
use super::table::least;

/// What both can write, and what pandoc calls it.
const SHARED: [(Format, &str); 3] = [
    (Format::Html, "html"),
    (Format::Docx, "docx"),
    (Format::Odt, "odt"),
];

/// Measures every size and prints a row for each, if there is pandoc.
pub fn print() {
    let there = Command::new("pandoc").arg("--version").output();
    let Some(version) = there.ok().filter(|output| output.status.success()) else {
        println!("pandoc is not installed: the comparison with it is left out\n");
        return;
    };
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let version = version.lines().next().unwrap_or("pandoc");
    println!(
        "{:>9} {:>8} {:>9} {:>12} {:>9}",
        "questions", "format", "ours", version, "ratio"
    );
    for size in SIZES {
        let case = Case::of(size);
        for (format, name) in SHARED {
            row(size, &case, (format, name));
        }
    }
    println!();
}

fn row(size: usize, case: &Case, (format, name): (Format, &str)) {
    let ours = least(|| drop(case.render(Audience::Media, &[format])));
    let markdown = case.render(Audience::Media, &[Format::Markdown]).remove(0);
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join("in.md"), markdown.bytes).expect("a file can be written");
    let theirs = least(|| {
        let mut pandoc = Command::new("pandoc");
        pandoc.args([
            "--standalone",
            "--from",
            "markdown",
            "--to",
            name,
            "in.md",
            "-o",
            "out",
        ]);
        let ran = pandoc
            .current_dir(folder.path())
            .stderr(Stdio::null())
            .status();
        assert!(ran.is_ok_and(|status| status.success()), "pandoc fails");
    });
    println!(
        "{size:>9} {name:>8} {:>9} {:>12} {:>9}",
        shown(ours),
        shown(theirs),
        format!("{:.1}x", theirs.as_secs_f64() / ours.as_secs_f64()),
    );
}
