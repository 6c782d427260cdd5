//! A place of its own for each test: an empty folder, a cleared environment, a clock that stands still.
//!
//! It is written to be read as a sentence:
//!
//! ```ignore
//! let sandbox = Sandbox::with_narrative();
//! sandbox.write("narrative/1-size/drafts/ana.md", "We are small.\n");
//! sandbox.commit("a draft by ana");
//! sandbox.onetext(["merge", "size"]).by("ana").run().succeeds();
//! ```

use std::cell::Cell;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use tempfile::TempDir;

/// The start of every sandbox's time: 1 March 2026, noon.
const START: i64 = 1_772_366_400;

/// An empty folder and all that a program sees of the world.
#[derive(Debug)]
pub struct Sandbox {
    folder: TempDir,
    now: Cell<i64>,
}

impl Sandbox {
    /// Makes an empty folder.
    pub fn new() -> Self {
        let folder = TempDir::with_prefix("onetext-").expect("a folder can be made");
        fs::create_dir(folder.path().join("work")).expect("a folder can be made");
        Self {
            folder,
            now: Cell::new(START),
        }
    }

    /// Makes a git repository with a narrative of three questions, committed: ana of alpha is the facilitator, bo of
    /// beta and chi of gamma contribute; there are no drafts yet.
    pub fn with_narrative() -> Self {
        let sandbox = Self::new();
        sandbox.git(["init", "-q", "-b", "main"]);
        sandbox.write(
            "narrative/narrative.toml",
            "schema = 1\ntitle = \"Tech co-ops\"\n",
        );
        sandbox.write("narrative/roster.toml", roster());
        for question in ["1-size", "2-values", "3-drivers"] {
            let name = &question[2..];
            let path = format!("narrative/{question}/question.md");
            sandbox.write(&path, format!("What about {name}?\n"));
        }
        sandbox.commit("the questions");
        sandbox
    }

    /// The folder that programs are started in.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    /// Writes a file, with the folders above it.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("it can be made");
        fs::write(path, text).expect("a file can be written");
        self
    }

    /// Reads a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Tells whether a file or folder is there.
    pub fn has(&self, path: &str) -> bool {
        self.path().join(path).exists()
    }

    /// All files of the work tree with their contents, for "nothing was written"; git's own are left out.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.path()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("it can be listed") {
                let path = entry.expect("it can be read").path();
                if path.is_dir() && !path.ends_with(".git") {
                    folders.push(path);
                } else if path.is_file() {
                    let name = path.strip_prefix(self.path()).expect("it is below");
                    let bytes = fs::read(&path).expect("it can be read");
                    files.push((name.to_string_lossy().into_owned(), bytes));
                }
            }
        }
        files.sort();
        files
    }

    /// Writes drafts of the first question, by contributor, and commits them.
    pub fn drafts(&self, drafts: &[(&str, &str)]) -> &Self {
        for (who, text) in drafts {
            self.write(&format!("narrative/1-size/drafts/{who}.md"), text);
        }
        self.commit("drafts")
    }

    /// The agreed text of the first question.
    pub fn agreed(&self) -> String {
        self.read("narrative/1-size/agreed.md")
    }

    /// Lets time pass.
    pub fn days_pass(&self, days: i64) -> &Self {
        self.now.set(self.now.get() + days * 86_400);
        self
    }

    /// Runs `onetext` as ana, with nothing on its input.
    pub fn run<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Run {
        self.onetext(arguments).run()
    }

    /// Prepares a run of `onetext`.
    pub fn onetext<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Call {
        Call(assert_cmd::Command::from_std(self.child(arguments)))
    }

    /// Prepares a run of `onetext` whose streams the test holds itself.
    pub fn child<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Command {
        self.command(Path::new(env!("CARGO_BIN_EXE_onetext")), arguments)
    }

    /// Runs git, which must succeed, and gives its output.
    pub fn git<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> String {
        let output = self
            .command(Path::new("git"), arguments)
            .output()
            .expect("there is git");
        Run::from(output).succeeds().stdout
    }

    /// Prepares a run of git.
    pub fn git_call<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Call {
        let command = self.command(Path::new("git"), arguments);
        Call(assert_cmd::Command::from_std(command))
    }

    /// Runs git and tells whether it succeeded.
    pub fn try_git(&self, arguments: &[&str]) -> bool {
        let output = self.command(Path::new("git"), arguments).output();
        output.expect("there is git").status.success()
    }

    /// Commits everything that is in the folder, a minute later.
    pub fn commit(&self, message: &str) -> &Self {
        self.now.set(self.now.get() + 60);
        self.git(["add", "-A"]);
        self.git(["commit", "-q", "--allow-empty", "-m", message]);
        self
    }

    fn command<I: AsRef<OsStr>>(
        &self,
        program: &Path,
        arguments: impl IntoIterator<Item = I>,
    ) -> Command {
        let mut command = Command::new(program);
        let moment = format!("{} +0000", self.now.get());
        command
            .args(arguments)
            .current_dir(self.path())
            .env_clear()
            .env("PATH", env::var_os("PATH").unwrap_or_default())
            .env("LC_ALL", "C.UTF-8")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CEILING_DIRECTORIES", self.folder.path())
            .env("GIT_AUTHOR_DATE", &moment)
            .env("GIT_COMMITTER_DATE", &moment)
            .env("SOURCE_DATE_EPOCH", self.now.get().to_string());
        identify(
            &mut |name, value| {
                command.env(name, value);
            },
            "ana",
        );
        command
    }
}

/// A run of `onetext`, or of git, that is being prepared.
#[derive(Debug)]
pub struct Call(assert_cmd::Command);

impl Call {
    /// Lets somebody else run it: `bo`, whose address is `bo@example.org`.
    pub fn by(mut self, contributor: &str) -> Self {
        identify(
            &mut |name, value| {
                self.0.env(name, value);
            },
            contributor,
        );
        self
    }

    /// Gives it something to read.
    pub fn given(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.0.write_stdin(input);
        self
    }

    /// Sets a variable.
    pub fn with(mut self, variable: &str, value: &str) -> Self {
        self.0.env(variable, value);
        self
    }

    /// Takes a variable away.
    pub fn without(mut self, variable: &str) -> Self {
        self.0.env_remove(variable);
        self
    }

    /// Ends it after so many seconds, which is a failure.
    pub fn within(mut self, seconds: u64) -> Self {
        self.0.timeout(std::time::Duration::from_secs(seconds));
        self
    }

    /// Runs it to its end.
    pub fn run(mut self) -> Run {
        Run::from(self.0.output().expect("onetext can be started"))
    }
}

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Run {
    /// The exit code; -1 if a signal ended it.
    pub code: i32,
    /// What it printed.
    pub stdout: String,
    /// What it said besides.
    pub stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        let code = output.status.code().unwrap_or(-1);
        Self {
            code,
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

impl Run {
    /// Insists on success.
    #[track_caller]
    pub fn succeeds(self) -> Self {
        self.exits_with(0)
    }

    /// Insists on an exit code.
    #[track_caller]
    pub fn exits_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n{}\n{}", self.stdout, self.stderr);
        self
    }

    /// Insists that the output has some words.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(
            self.stdout.contains(words),
            "no {words:?} in\n{}\n{}",
            self.stdout,
            self.stderr
        );
        self
    }

    /// Insists that standard error has some words.
    #[track_caller]
    pub fn warns(self, words: &str) -> Self {
        assert!(
            self.stderr.contains(words),
            "no {words:?} in\n{}\n{}",
            self.stderr,
            self.stdout
        );
        self
    }

    /// Reads the output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error} in\n{}\n{}", self.stdout, self.stderr))
    }
}

fn identify(set: &mut dyn FnMut(&str, &str), contributor: &str) {
    let address = format!("{contributor}@example.org");
    for role in ["AUTHOR", "COMMITTER"] {
        set(&format!("GIT_{role}_NAME"), contributor);
        set(&format!("GIT_{role}_EMAIL"), &address);
    }
}

fn roster() -> String {
    let mut roster = "schema = 1\n".to_owned();
    let people = [("ana", "alpha"), ("bo", "beta"), ("chi", "gamma")];
    for (_, member) in people {
        let _ = write!(
            roster,
            "\n[[members]]\nid = \"{member}\"\nname = \"{member} co-op\"\n"
        );
    }
    for (who, member) in people {
        let facilitator = who == "ana";
        let _ = write!(
            roster,
            "\n[[contributors]]\nid = \"{who}\"\nname = \"{who}\"\nmember = \"{member}\"\n\
             emails = [\"{who}@example.org\"]\nfacilitator = {facilitator}\n"
        );
    }
    roster
}
