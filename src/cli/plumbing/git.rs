//! `onetext git`: lets git call onetext when it merges and compares.

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::{Page, Report, Session};
use crate::store::Driver;

/// Let git call onetext when it merges, picks or compares Markdown files in this repository
///
/// Sets onetext as merge driver and as external diff in the repository's own configuration, and names headings and words
/// for git's own diff. `git diff` then shows passages and words, `git log -p` and `git show` do with `--ext-diff`;
/// `git diff --no-ext-diff` and whatever makes or takes patches stay as they are. Nothing that is shared with others is
/// changed.
#[derive(Debug, Args)]
pub struct GitArgs {
    #[command(subcommand)]
    command: GitCommand,
}

#[derive(Debug, Subcommand)]
enum GitCommand {
    /// Set onetext as the merge and diff driver of Markdown files
    Install(GitChangeArgs),
    /// Take the settings of `install` out again
    Remove(GitChangeArgs),
}

#[derive(Debug, Args)]
struct GitChangeArgs {
    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Changed {
    installed: bool,
    dry_run: bool,
    settings: Vec<String>,
    attributes: String,
    lines: Vec<String>,
}

/// Runs the command.
///
/// # Errors
///
/// The folder is in no repository, or its configuration cannot be written.
pub fn run(args: &GitArgs, session: &Session) -> Result<Outcome, CommandError> {
    let program = std::env::current_exe()
        .map_err(|error| CommandError::io(std::path::Path::new("onetext"), &error))?;
    let driver = Driver::of(session.dir(), &program)?;
    let (installed, change) = match &args.command {
        GitCommand::Install(change) => (true, change),
        GitCommand::Remove(change) => (false, change),
    };
    match (installed, change.dry_run) {
        (_, true) => {}
        (true, false) => driver.install()?,
        (false, false) => driver.remove()?,
    }
    let (attributes, lines) = driver.attributes();
    session.show(&Changed {
        installed,
        dry_run: change.dry_run,
        settings: driver.settings(),
        attributes: attributes.display().to_string(),
        lines: lines.map(str::to_owned).to_vec(),
    })?;
    Ok(Outcome::Done)
}

impl Report for Changed {
    fn print(&self, page: &mut Page) {
        let verb = match (self.installed, self.dry_run) {
            (true, true) => "would set",
            (true, false) => "set",
            (false, true) => "would take out",
            (false, false) => "took out",
        };
        for setting in &self.settings {
            page.line(format!("{verb} `{setting}`"));
        }
        for line in &self.lines {
            page.line(format!("{verb} `{line}` in `{}`", self.attributes));
        }
    }
}
