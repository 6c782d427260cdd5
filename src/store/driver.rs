//! The settings of one repository that make git call onetext when it merges and compares.
//!
//! `diff.onetext.command` is called by `git diff` and, only with `--ext-diff`, by `log -p` and `show`; never by `add -p`,
//! `format-patch` or `apply`, which work on patches.

use std::path::{Path, PathBuf};

use super::StoreError;
use super::call::Call;
use super::files;
use super::git::Git;

/// What every setting of ours is below.
const SECTIONS: [&str; 2] = ["merge.onetext", "diff.onetext"];

/// The line of the attributes file; it is ours to take out again.
const ATTRIBUTES: [&str; 2] = [
    "*.md merge=onetext diff=onetext",
    "*.markdown merge=onetext diff=onetext",
];

/// Settings and lines that are set or taken out.
#[derive(Debug)]
pub struct Driver {
    git: Git,
    attributes: PathBuf,
    settings: Vec<(String, String)>,
}

impl Driver {
    /// The driver of the repository that a folder is in, with the program that git is to call.
    ///
    /// # Errors
    ///
    /// The folder is in no repository.
    pub fn of(dir: &Path, program: &Path) -> Result<Self, StoreError> {
        let git = Git::open(dir)?;
        let quoted = program.display().to_string().replace('\'', r"'\''");
        let options = "--output %A --marker-size %L --label %X --label %Y";
        let call = format!("'{quoted}' merge-file {options} -- %O %A %B");
        let setting = |section: usize, name: &str, value: &str| {
            (format!("{}.{name}", SECTIONS[section]), value.to_owned())
        };
        Ok(Self {
            attributes: git.common_dir().join("info").join("attributes"),
            settings: vec![
                setting(0, "name", "prose by sentences and words"),
                setting(0, "driver", &call),
                setting(1, "command", &format!("'{quoted}' diff-file --")),
                setting(1, "xfuncname", "^#{1,6}[ \t].*$"),
                setting(1, "wordRegex", "[^[:space:]]+"),
            ],
            git,
        })
    }

    /// The settings, as git writes them.
    pub fn settings(&self) -> Vec<String> {
        let setting = |(key, value): &(String, String)| format!("{key} = {value}");
        self.settings.iter().map(setting).collect()
    }

    /// The attributes file, and the lines for it.
    pub fn attributes(&self) -> (&Path, [&'static str; 2]) {
        (&self.attributes, ATTRIBUTES)
    }

    /// Sets all, once more if it is there.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn install(&self) -> Result<(), StoreError> {
        for (key, value) in &self.settings {
            self.git.configure(key, Some(value))?;
        }
        self.rewrite(&ATTRIBUTES)
    }

    /// Takes all out, and leaves what others have set.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn remove(&self) -> Result<(), StoreError> {
        for (key, _) in &self.settings {
            self.git.configure(key, None)?;
        }
        SECTIONS.iter().for_each(|section| self.tidy(section));
        self.rewrite(&[])
    }

    /// Takes the head of a section out that has no settings left; it says nothing, so nothing is lost if it stays.
    fn tidy(&self, section: &str) {
        let config = |arguments: &[&str]| {
            let git = Call::git(&self.git.workdir()).args(["config", "--local"]);
            git.args(arguments).run().is_ok_and(|said| said.ok)
        };
        let settings = format!("^{}\\.", section.replace('.', "\\."));
        if !config(&["--get-regexp", &settings]) {
            config(&["--remove-section", section]);
        }
    }

    fn rewrite(&self, ours: &[&str]) -> Result<(), StoreError> {
        let was = match std::fs::read_to_string(&self.attributes) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(StoreError::io(&self.attributes, error)),
        };
        let others = was.lines().filter(|line| !ATTRIBUTES.contains(line));
        let lines: Vec<&str> = others.chain(ours.iter().copied()).collect();
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        match (text == was, text.is_empty()) {
            (true, _) => Ok(()),
            (false, true) => files::remove(&self.attributes, self.git.common_dir()),
            (false, false) => files::write(&self.attributes, text.as_bytes()),
        }
    }
}
