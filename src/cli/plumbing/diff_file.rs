//! `onetext diff-file`: what differs between two files, for people and as git's external diff.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::prose_diff::{PassageChange, changes, print};
use crate::cli::terminal::stream::Coloured;
use crate::cli::{Page, Report, Role, Session};
use crate::prose::Prose;
use crate::store::{Patch, PatchSide, asks_for_colour, pager_is_in_use};

/// Show what differs between two files, in passages and words
///
/// Takes two files, or what git gives its external diff: a path and, for each version, a file, an id and a mode; after
/// a renaming also the new path and what git says of it. Git's reader gets prose; where git's output goes to a file or a
/// program, which may want to apply it, git's own patch is printed instead. Exits with 0 whether or not the files differ.
#[derive(Debug, Args)]
pub struct DiffFileArgs {
    /// OLD NEW, or PATH OLD-FILE OLD-ID OLD-MODE NEW-FILE NEW-ID NEW-MODE [NEW-PATH MESSAGE]
    #[arg(required = true, num_args = 1..=9, value_name = "FILE")]
    files: Vec<OsString>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct FileDiff {
    path: String,
    state: State,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    changes: Vec<PassageChange>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    Changed,
    New,
    Deleted,
    Unmerged,
}

/// Runs the command.
///
/// # Errors
///
/// There are not as many arguments as there can be, or a file cannot be read.
pub fn run(args: DiffFileArgs, session: &Session) -> Result<Outcome, CommandError> {
    let text = |at: usize| args.files[at].to_string_lossy().into_owned();
    match args.files.len() {
        1 => within_git(&FileDiff::unmerged(text(0)), session)?,
        2 => {
            let [old, new] = [0, 1].map(|at| PathBuf::from(&args.files[at]));
            let path = format!("{} → {}", old.display(), new.display());
            let [old, new] = [read(session, &old)?, read(session, &new)?];
            session.show(&FileDiff::new(path, &old, &new))?;
        }
        7 | 9 => from_git(&args.files, session)?,
        count => {
            let message = format!("git gives an external diff 1, 7 or 9 arguments, not {count}");
            return Err(CommandError::usage(message).hint("give two files: `diff-file OLD NEW`"));
        }
    }
    Ok(Outcome::Done)
}

/// One version of a file; none if it is not there.
type Version = Option<Vec<u8>>;

fn read(session: &Session, path: &Path) -> Result<Version, CommandError> {
    if path == Path::new("/dev/null") || path == Path::new("nul") {
        return Ok(None);
    }
    let path = session.path(path);
    let bytes = std::fs::read(&path).map_err(|error| CommandError::io(&path, &error))?;
    Ok(Some(bytes))
}

fn from_git(args: &[OsString], session: &Session) -> Result<(), CommandError> {
    let text = |at: usize| args.get(at).map(|arg| arg.to_string_lossy().into_owned());
    let [old, new] = [1, 4].map(|at| PathBuf::from(&args[at]));
    let versions = [read(session, &old)?, read(session, &new)?];
    let path = text(0).unwrap_or_default();
    let side = |at: usize, file: PathBuf, path: String| PatchSide {
        path,
        file,
        id: text(at + 1).unwrap_or_default(),
        mode: text(at + 2).unwrap_or_default(),
    };
    let patch = Patch {
        old: side(1, old, path.clone()),
        new: side(4, new, text(7).unwrap_or_else(|| path.clone())),
        message: text(8).unwrap_or_default(),
    };
    if !session.is_json() && !is_looked_at() {
        let printed = patch.printed(session.dir(), versions.each_ref().map(Option::as_deref))?;
        return session.print_raw(&printed);
    }
    let mut diff = FileDiff::new(patch.new.path.clone(), &versions[0], &versions[1]);
    if diff.state == State::Changed {
        diff.notes.splice(0..0, renamed(&patch));
    }
    within_git(&diff, session)
}

/// Whether git's output goes to a terminal or to git's pager, and not to a file or a program.
fn is_looked_at() -> bool {
    io::stdout().is_terminal() || pager_is_in_use()
}

fn within_git(diff: &FileDiff, session: &Session) -> Result<(), CommandError> {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let coloured = if !plain && asks_for_colour(session.dir()) {
        Coloured::Yes
    } else {
        Coloured::No
    };
    session.show_within(diff, coloured)?;
    if session.is_json() {
        return Ok(());
    }
    session.print_raw(b"\n")
}

/// What changed of a file but its text.
fn renamed(patch: &Patch) -> Vec<String> {
    let mut notes = Vec::new();
    if patch.old.path != patch.new.path {
        let copied = patch.message.contains("copy from");
        let verb = if copied { "copied" } else { "renamed" };
        notes.push(format!("{verb} from `{}`", patch.old.path));
    }
    if patch.old.mode != patch.new.mode {
        notes.push(format!("mode {} became {}", patch.old.mode, patch.new.mode));
    }
    notes
}

impl FileDiff {
    fn unmerged(path: String) -> Self {
        Self {
            path,
            state: State::Unmerged,
            notes: Vec::new(),
            changes: Vec::new(),
        }
    }

    fn new(path: String, old: &Version, new: &Version) -> Self {
        let state = match (old, new) {
            (None, Some(_)) => State::New,
            (Some(_), None) => State::Deleted,
            _ => State::Changed,
        };
        let bytes = |version: &Version| version.clone().unwrap_or_default();
        let (old, new) = (bytes(old), bytes(new));
        let mut diff = Self {
            path,
            state,
            notes: Vec::new(),
            changes: Vec::new(),
        };
        match (prose(&old), prose(&new)) {
            _ if old == new && state == State::Changed => diff.note("no difference"),
            (Some(before), Some(after)) => diff.compare(&before, &after),
            _ => diff.note("not compared: a version is no text in UTF-8"),
        }
        diff
    }

    fn note(&mut self, note: &str) {
        self.notes.push(note.to_owned());
    }

    fn compare(&mut self, before: &Prose, after: &Prose) {
        self.changes = changes(before, after);
        if !self.changes.is_empty() || self.state != State::Changed {
            return;
        }
        if before.source() == after.source() {
            self.note("no difference but the line ends");
        } else {
            self.note("no difference but wrapping or spacing");
        }
    }
}

/// A text, if it is one.
fn prose(bytes: &[u8]) -> Option<Prose> {
    let text = std::str::from_utf8(bytes).ok()?;
    (!text.contains('\0')).then(|| Prose::parse(text))
}

impl Report for FileDiff {
    fn print(&self, page: &mut Page) {
        page.strong(&self.path);
        match self.state {
            State::Changed => page.plain(""),
            State::New => page.text(Role::Added, " (new)"),
            State::Deleted => page.text(Role::Removed, " (deleted)"),
            State::Unmerged => page.text(Role::Warning, " (unmerged)"),
        };
        page.end();
        for note in &self.notes {
            page.faint(format!("  {note}")).end();
        }
        print(&self.changes, page);
    }
}
