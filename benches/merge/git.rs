//! The same drafts merged by git, one after the other.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use git2::{MergeFileInput, merge_file};

use super::drafts::Texts;

/// How long it took, and how many of the merges had a conflict.
pub struct Outcome {
    pub time: Duration,
    pub conflicts: usize,
}

/// `git merge-file -p` as a process for each draft; nothing where there is no git.
pub fn in_processes(texts: &Texts) -> Option<Outcome> {
    let dir = tempfile::tempdir().ok()?;
    let path = |name: &str| dir.path().join(name);
    fs::write(path("base"), &texts.base).ok()?;
    fs::write(path("now"), &texts.base).ok()?;
    for (at, draft) in texts.drafts.iter().enumerate() {
        fs::write(path(&at.to_string()), draft).ok()?;
    }
    let began = Instant::now();
    let mut conflicts = 0;
    for at in 0..texts.drafts.len() {
        let mut git = Command::new("git");
        git.args(["merge-file", "-p", "-q", "now", "base", &at.to_string()]);
        let merged = git.current_dir(dir.path()).output().ok()?;
        conflicts += usize::from(!merged.status.success());
        fs::write(path("now"), merged.stdout).ok()?;
    }
    let time = began.elapsed();
    Some(Outcome { time, conflicts })
}

/// The same merge by libgit2.
pub fn in_this_process(texts: &Texts) -> Option<Outcome> {
    fn input(text: &[u8]) -> MergeFileInput<'_> {
        let mut input = MergeFileInput::new();
        input.content(text);
        input
    }
    // The first call of libgit2 would fail: this one makes it ready.
    git2::Config::new().ok()?;
    let began = Instant::now();
    let mut now = texts.base.clone().into_bytes();
    let mut conflicts = 0;
    for draft in &texts.drafts {
        let base = input(texts.base.as_bytes());
        let merged = merge_file(&base, &input(&now), &input(draft.as_bytes()), None).ok()?;
        conflicts += usize::from(!merged.is_automergeable());
        let text = merged.content().to_vec();
        drop(merged);
        now = text;
    }
    let time = began.elapsed();
    Some(Outcome { time, conflicts })
}
