//! Errors as the user meets them: kind, exit code, hints and the next command to type.
//!
//! Modules say what failed; what that means at the shell is said here and in `mends.rs` alone, which has the `From`
//! impl for every other module's error.

use std::error::Error;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::terminal::page::Page;
use super::terminal::style::Role;

/// What a command came to when it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did what was asked.
    Done,
    /// It found something that should be mended.
    Findings,
    /// It needs a decision before it can go on.
    DecisionNeeded,
    /// It found a file or a tag that is not what it should be.
    IntegrityFailure,
    /// `merge-file` met this many conflicts, which it tells as git does.
    Conflicts(usize),
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Findings => 1,
            Outcome::DecisionNeeded => 3,
            Outcome::IntegrityFailure => 5,
            Outcome::Conflicts(count) => u8::try_from(count.min(127)).unwrap_or(127),
        })
    }
}

/// What kind of failure it was, which is all that the exit code tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The files of the narrative have problems.
    Findings,
    /// What was asked cannot be done as asked.
    Usage,
    /// A decision is needed first.
    Decision,
    /// No permission, or not logged in.
    Permission,
    /// Something is not what its id or signature says.
    Integrity,
    /// The fault is ours, or the machine's.
    Internal,
    /// The user broke off.
    Interrupted,
    /// `merge-file` failed: 128 and above, as git counts.
    MergeFile,
}

impl Kind {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Decision => 3,
            Self::Permission => 4,
            Self::Integrity => 5,
            Self::Internal => 70,
            Self::MergeFile => 128,
            Self::Interrupted => 130,
        }
    }
}

/// Why a command failed, with what the user can do about it.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct CommandError(Box<Failure>);

#[derive(Debug, Serialize)]
struct Failure {
    kind: Kind,
    /// What failed: lower case, naming the path or id.
    message: String,
    /// Single points of a failure that has many, each with its place.
    details: Vec<String>,
    /// What it came from, nearest first.
    causes: Vec<String>,
    /// How it can be mended.
    hints: Vec<String>,
    /// The next command to type.
    next: Option<String>,
}

impl CommandError {
    /// Makes an error of a kind.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self(Box::new(Failure {
            kind,
            message: message.into(),
            details: Vec::new(),
            causes: Vec::new(),
            hints: Vec::new(),
            next: None,
        }))
    }

    /// The kind, which gives the exit code.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// What failed.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Turns it into another kind.
    #[must_use]
    pub fn as_kind(mut self, kind: Kind) -> Self {
        self.0.kind = kind;
        self
    }

    /// Says that what was asked cannot be done as asked.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// Takes message and causes from another module's error.
    pub fn of(kind: Kind, error: &dyn Error) -> Self {
        Self::new(kind, error.to_string()).caused_by(error.source())
    }

    /// Tells of a file that could not be read or written.
    pub fn io(path: &Path, error: &io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::PermissionDenied => Kind::Permission,
            io::ErrorKind::NotFound
            | io::ErrorKind::AlreadyExists
            | io::ErrorKind::IsADirectory
            | io::ErrorKind::NotADirectory => Kind::Usage,
            _ => Kind::Internal,
        };
        Self::new(kind, format!("cannot use `{}`", path.display())).caused_by(Some(error))
    }

    /// Adds what it came from, and what that came from.
    #[must_use]
    pub fn caused_by(mut self, mut cause: Option<&(dyn Error + 'static)>) -> Self {
        while let Some(error) = cause {
            self.0.causes.push(error.to_string());
            cause = error.source();
        }
        self
    }

    /// Adds a single point of a failure that has many.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.0.details.push(detail.into());
        self
    }

    /// Adds how it can be mended.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hints.push(hint.into());
        self
    }

    /// Sets the next command to type.
    #[must_use]
    pub fn next(mut self, command: impl Into<String>) -> Self {
        self.0.next = Some(command.into());
        self
    }

    /// Lays the error out for a person.
    pub fn print(&self, page: &mut Page) {
        page.text(Role::Error, "error:")
            .plain(" ")
            .plain(&self.0.message)
            .end();
        for detail in &self.0.details {
            page.plain("  ").plain(detail).end();
        }
        for cause in &self.0.causes {
            page.faint("  caused by: ").plain(cause).end();
        }
        for hint in &self.0.hints {
            page.text(Role::Hint, "hint:").plain(" ").plain(hint).end();
        }
        if let Some(next) = &self.0.next {
            page.text(Role::Hint, "next:").plain(" ").strong(next).end();
        }
    }
}
