//! The README's commands, run as its reader would run them.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

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

/// A shell in a folder, with nobody's settings and a fixed day.
fn shell(line: &str, dir: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_onetext"))
        .parent()
        .expect("the README can be followed");
    let path = std::env::var("PATH").expect("the README can be followed");
    let out = Command::new("sh")
        .args(["-c", &format!("{line} 2>&1")])
        .current_dir(dir)
        .env_clear()
        .env("PATH", format!("{}:{path}", program.display()))
        .env("HOME", dir.join("no-home"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "Fay")
        .env("GIT_AUTHOR_EMAIL", "fay@example.org")
        .env("GIT_COMMITTER_NAME", "Fay")
        .env("GIT_COMMITTER_EMAIL", "fay@example.org")
        .env("SOURCE_DATE_EPOCH", "1772524800")
        .output()
        .expect("the README can be followed");
    String::from_utf8(out.stdout).expect("the README can be followed")
}

fn trimmed(text: &str) -> String {
    text.lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
        .trim_end()
        .to_owned()
}

#[test]
fn the_tour_shows_what_the_commands_print() {
    let folder = TempDir::new().expect("the README can be followed");
    let folder = folder
        .path()
        .canonicalize()
        .expect("the README can be followed");
    let tour = blocks("console").join("\n");
    let mut dir = folder.clone();
    for (at, step) in tour.split("\n$ ").enumerate() {
        let step = step.trim_start_matches("$ ");
        let (line, expected) = step.split_once('\n').unwrap_or((step, ""));
        if at == 0 {
            std::fs::write(dir.join("message.txt"), format!("{expected}\n"))
                .expect("the README can be followed");
        }
        if let Some(inner) = line.strip_prefix("cd ") {
            dir = dir.join(inner);
            continue;
        }
        assert_eq!(trimmed(&shell(line, &dir)), trimmed(expected), "$ {line}");
    }
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
    let said = shell(&format!("onetext {arguments}"), &clone);
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
