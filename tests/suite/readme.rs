//! The README's commands, run as its reader would run them.

use std::process::Command;

use tempfile::TempDir;

use crate::console::{Reader, holds, shell};

const README: &str = include_str!("../../README.md");
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The text of every fenced block of a language, in order.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README
        .split(&fence)
        .skip(1)
        .map(|rest| {
            rest.split("\n```")
                .next()
                .expect("the README can be followed")
        })
        .collect()
}

const FAY: Reader<'_> = Reader {
    name: "Fay",
    now: 1_772_524_800,
};

#[test]
fn the_tour_shows_what_the_commands_print() {
    let folder = TempDir::new().expect("the README can be followed");
    let message = README.split("$ cat message.txt\n").nth(1);
    let message = message.and_then(|rest| rest.split("\n$ ").next());
    let message = format!("{}\n", message.expect("the tour begins with a message"));
    std::fs::write(folder.path().join("message.txt"), message).expect("the README can be followed");
    holds("README.md", folder.path(), FAY);
}

#[test]
fn the_first_command_releases_the_real_narrative() {
    let [first, second] = [blocks("sh")[0], blocks("sh")[1]];
    assert_eq!(second, "cargo test");
    let arguments = first
        .strip_prefix("cargo run -- ")
        .expect("the first command runs the tool");
    let folder = TempDir::new().expect("the README can be followed");
    let clone = folder.path().join("clone");
    let cloned = Command::new("git")
        .args(["clone", "--quiet", "--no-hardlinks", ROOT])
        .arg(&clone)
        .output()
        .expect("the README can be followed");
    assert!(
        cloned.status.success(),
        "{}",
        String::from_utf8_lossy(&cloned.stderr)
    );
    let said = shell(&format!("onetext {arguments}"), &clone, FAY);
    let dist = clone.join("dist/2026.11.0-draft.1");
    assert!(
        said.contains("17 files in `dist/2026.11.0-draft.1`"),
        "{said}"
    );
    assert!(README.contains("dist/2026.11.0-draft.1/"));
    for name in [
        "media-draft.html",
        "government-draft.html",
        "manifest.json",
        "SHA256SUMS",
    ] {
        assert!(dist.join(name).is_file(), "{name}");
    }
    let page =
        std::fs::read_to_string(dist.join("media-draft.html")).expect("the README can be followed");
    assert!(page.contains("Draft: not agreed"));
    assert!(page.contains("no member has been asked to agree"));
    assert_eq!(page.matches("<section class=\"question\"").count(), 8);
}

#[test]
fn the_same_commit_gives_the_same_bytes_anywhere() {
    let folder = TempDir::new().expect("the README can be followed");
    let mut released = Vec::new();
    for zone in ["Pacific/Kiritimati", "America/Adak"] {
        let clone = folder.path().join(zone.replace('/', "-"));
        Command::new("git")
            .args(["clone", "--quiet", ROOT])
            .arg(&clone)
            .output()
            .expect("the README can be followed");
        shell(
            &format!(
                "TZ={zone} LC_ALL=de_DE.UTF-8 SOURCE_DATE_EPOCH= onetext release v2026.11.0 --draft --no-tag --out out"
            ),
            &clone,
            FAY,
        );
        let mut files: Vec<_> = std::fs::read_dir(clone.join("out"))
            .expect("the README can be followed")
            .map(|entry| entry.expect("the README can be followed").path())
            .map(|path| {
                (
                    path.file_name()
                        .expect("the README can be followed")
                        .to_owned(),
                    std::fs::read(&path).expect("the README can be followed"),
                )
            })
            .collect();
        files.sort();
        released.push(files);
    }
    assert!(released[0].len() > 10);
    assert!(released[0] == released[1], "the bytes differ");
}
