//! Pages whose `console` blocks are run as their reader would run them, and must show what is printed.
//!
//! `ONETEXT_PAGES=write cargo test --test suite page` writes what is printed into the pages; read them before you commit.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const FENCE: &str = "```console\n";

/// Whose shell it is.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The name; the address follows from it.
    pub name: &'a str,
    /// The seconds since 1970 that it is.
    pub now: i64,
}

/// Runs every command of a page in a folder, and insists that the page shows what is printed.
#[track_caller]
pub fn holds(page: &str, dir: &Path, reader: Reader<'_>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{page}: {error}"));
    let printed = printed(&text, dir, reader);
    if std::env::var_os("ONETEXT_PAGES").is_some_and(|how| how == "write") {
        std::fs::write(&path, &printed).expect("the page can be written");
        return;
    }
    let pairs = text.split("\n$ ").zip(printed.split("\n$ "));
    for (shown, printed) in pairs {
        assert_eq!(shown, printed, "in {page}");
    }
    assert_eq!(text, printed, "{page}");
}

/// The page with what its commands print.
fn printed(text: &str, dir: &Path, reader: Reader<'_>) -> String {
    let mut blocks = text.split(FENCE);
    let mut out = blocks.next().unwrap_or_default().to_owned();
    let mut dir = dir.to_owned();
    for block in blocks {
        let (steps, rest) = block.split_once("\n```").expect("a block has an end");
        out.push_str(FENCE);
        let steps = steps
            .strip_prefix("$ ")
            .expect("a block begins with a command");
        for (at, step) in steps.split("\n$ ").enumerate() {
            let line = step.lines().next().unwrap_or_default();
            let gap = if at == 0 { "" } else { "\n" };
            let _ = write!(out, "{gap}$ {line}");
            let said = step_in(line, &mut dir, reader);
            if !said.is_empty() {
                let _ = write!(out, "\n{said}");
            }
        }
        out.push_str("\n```");
        out.push_str(rest);
    }
    out
}

fn step_in(line: &str, dir: &mut PathBuf, reader: Reader<'_>) -> String {
    if let Some(inner) = line.strip_prefix("cd ") {
        dir.push(inner);
        return String::new();
    }
    let said = shell(line, dir, reader);
    let lines: Vec<&str> = said.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end().to_owned()
}

/// Runs a line in a shell with nobody's settings, and gives what it prints.
pub fn shell(line: &str, dir: &Path, reader: Reader<'_>) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_onetext"));
    let program = program.parent().expect("a program has a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    let email = format!("{}@example.org", reader.name.to_lowercase());
    let out = Command::new("sh")
        .args(["-c", &format!("{line} 2>&1")])
        .current_dir(dir)
        .env_clear()
        .env("PATH", format!("{}:{path}", program.display()))
        .env("HOME", dir.join("no-home"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", reader.name)
        .env("GIT_AUTHOR_EMAIL", &email)
        .env("GIT_COMMITTER_NAME", reader.name)
        .env("GIT_COMMITTER_EMAIL", &email)
        .env("SOURCE_DATE_EPOCH", reader.now.to_string())
        .output()
        .expect("a shell is there");
    String::from_utf8(out.stdout).expect("what is printed is UTF-8")
}
