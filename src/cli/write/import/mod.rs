//! `onetext import`: a mail or a document becomes drafts, one for each question that it answers.

mod plan;
mod print;
mod write;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::Session;
use crate::cli::error::{CommandError, Outcome};
use crate::cli::opened::Opened;
use crate::reply::{self, ReadError, Reply, Tracking};

use plan::{Imported, State};

/// Part a mail or a document by question, and save it as drafts
///
/// Reads mails (`.eml`), `.docx`, `.odt`, Markdown, web pages and plain text. Answers are found by the numbers, the words or
/// the headings of the questions, also between quoted questions. What would be saved is shown first; what could not be
/// placed is shown with the reason, and kept in the message of the commit.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The mail or document
    file: PathBuf,
    /// Whose words they are; a mail's sender is only a suggestion
    #[arg(long = "as", value_name = "CONTRIBUTOR")]
    contributor: Option<String>,
    /// Which text of a document with tracked changes: with all of them, or without any
    #[arg(long, value_name = "TEXT", value_enum)]
    tracked: Option<Which>,
    /// Let the answers take the place of drafts that say something else
    #[arg(long)]
    replace: bool,
    /// Write what could not be placed to a new file, too
    #[arg(long, value_name = "FILE")]
    rest: Option<PathBuf>,
    /// Save without asking
    #[arg(long)]
    yes: bool,
    /// Show what would be saved and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Which text of a document with tracked changes is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Which {
    /// The text with all changes
    Accepted,
    /// The text before any change
    Original,
}

/// Runs the command.
///
/// # Errors
///
/// The file cannot be read or parted, the contributor is unknown, or the drafts cannot be committed.
pub fn run(args: ImportArgs, session: &Session) -> Result<Outcome, CommandError> {
    let opened = Opened::at_head(session)?;
    opened.repository.check_writable()?;
    let reply = read(&args, session)?;
    let mut imported = Imported::of(&args, session, (&opened, reply))?;
    if imported.state == State::Waiting && session.can_ask() {
        imported.state = State::Asking;
        session.show(&imported)?;
        let answer = session.ask("save them? [y/N]")?.to_lowercase();
        if !matches!(answer.as_str(), "y" | "yes") {
            session.note("nothing was saved")?;
            return Ok(Outcome::Done);
        }
        write::write(&args, session, (&opened, &mut imported))?;
        session.show(&print::End(&imported))?;
        return Ok(Outcome::Done);
    }
    if imported.state == State::Saving {
        write::write(&args, session, (&opened, &mut imported))?;
    }
    session.show(&imported)?;
    Ok(imported.outcome())
}

/// Reads the file, unless it is larger than any letter.
fn read(args: &ImportArgs, session: &Session) -> Result<Reply, CommandError> {
    let path = session.path(&args.file);
    let size = std::fs::metadata(&path).map_err(|error| CommandError::io(&path, &error))?;
    let name = args.file.display().to_string();
    if size.len() > u64::try_from(reply::MOST_BYTES).unwrap_or(u64::MAX) {
        let found = usize::try_from(size.len()).unwrap_or(usize::MAX);
        let most = reply::MOST_BYTES;
        return Err(ReadError::TooLarge {
            path: name,
            found,
            most,
        }
        .into());
    }
    let bytes = std::fs::read(&path).map_err(|error| CommandError::io(&path, &error))?;
    reply::read(&name, &bytes, args.tracking()).map_err(|error| {
        let error = CommandError::from(error);
        error.detail(format!(
            "`{name}` was not imported, and nothing was written"
        ))
    })
}

impl ImportArgs {
    /// The text that is read: without a word of the user the one before any change.
    fn tracking(&self) -> Tracking {
        match self.tracked {
            Some(Which::Accepted) => Tracking::Accepted,
            Some(Which::Original) | None => Tracking::Original,
        }
    }
}
