//! The program itself, from start to end.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::SIZES;
use super::gauge::{high_water, shown};
use super::narratives::files;

/// Measures every size and prints a row for each, if there is git to make the repository.
pub fn print() {
    println!(
        "{:>9} {:>9} {:>12} {:>9}   onetext release --draft --no-tag",
        "questions", "time", "per question", "memory"
    );
    for size in SIZES {
        row(size);
    }
    println!();
}

fn row(size: usize) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let root = folder.path();
    for (path, text) in files(size) {
        let path = root.join("narrative").join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("it can be made");
        fs::write(path, text).expect("a file can be written");
    }
    let identity = ["-c", "user.name=ana", "-c", "user.email=ana@example.org"];
    git(root, &["init", "-q", "-b", "main"]);
    git(root, &["add", "-A"]);
    git(
        root,
        &[&identity[..], &["commit", "-q", "-m", "one"]].concat(),
    );
    let start = Instant::now();
    let memory = released(root);
    let time = start.elapsed();
    println!(
        "{size:>9} {:>9} {:>12} {:>9}",
        shown(time),
        shown(time / u32::try_from(size).expect("a number of questions fits")),
        memory.map_or("-".to_owned(), |kib| format!("{} MiB", kib / 1024)),
    );
}

fn git(root: &Path, arguments: &[&str]) {
    let ran = Command::new("git")
        .args(arguments)
        .current_dir(root)
        .status();
    assert!(ran.is_ok_and(|status| status.success()), "git fails");
}

/// Releases a draft and gives the most memory, in KiB, that was seen in use on the way.
fn released(root: &Path) -> Option<usize> {
    let mut call = Command::new(env!("CARGO_BIN_EXE_onetext"));
    call.args(["release", "v2026.03.0", "--draft", "--no-tag"]);
    call.current_dir(root).stdout(Stdio::null());
    let mut running = call.spawn().expect("it starts");
    let process = running.id().to_string();
    let mut memory = None;
    loop {
        // The last look is at most a few milliseconds before the end, when all is written.
        memory = memory.max(high_water(&process));
        if let Some(status) = running.try_wait().expect("it can be asked") {
            assert!(status.success(), "it fails");
            return memory;
        }
        std::thread::sleep(Duration::from_millis(3));
    }
}
