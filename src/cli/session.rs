//! One run of the program: where it stands, how it prints, whom it may ask.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;

use crate::store::Repository;

use super::error::{CommandError, Kind};
use super::report::Report;
use super::terminal::page::Page;
use super::terminal::progress::Progress;
use super::terminal::stream::{Coloured, Streams};
use super::terminal::{escape, style};
use super::{Colour, Flags};

/// How reports are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    People,
    Json,
}

/// One run of the program.
#[derive(Debug)]
pub struct Session {
    dir: PathBuf,
    form: Form,
    streams: Streams,
}

impl Session {
    /// Takes the flags.
    pub fn new(flags: &Flags) -> Self {
        let colour = if flags.no_color {
            Colour::Never
        } else {
            flags.color
        };
        Self {
            dir: flags.dir.clone().unwrap_or_else(|| PathBuf::from(".")),
            form: if flags.json { Form::Json } else { Form::People },
            streams: Streams::new(colour),
        }
    }

    /// The folder to work in.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Opens the narrative that the folder to work in belongs to.
    pub fn repo(&self) -> Result<Repository, CommandError> {
        Ok(Repository::open(&self.dir)?)
    }

    /// Gives a path that was typed, seen from the folder to work in.
    pub fn path(&self, typed: &Path) -> PathBuf {
        if self.dir == Path::new(".") {
            typed.to_owned()
        } else {
            self.dir.join(typed)
        }
    }

    /// Whether reports are printed as JSON.
    pub fn is_json(&self) -> bool {
        self.form == Form::Json
    }

    /// Tells whether somebody is there to be asked.
    pub fn can_ask(&self) -> bool {
        self.form == Form::People && io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Asks a question on the terminal and gives the line that was typed, trimmed.
    ///
    /// Where nobody can be asked this is an error, and the end of the input counts as breaking off.
    pub fn ask(&self, question: &str) -> Result<String, CommandError> {
        if !self.can_ask() {
            let message = format!("nobody is at a terminal to be asked: {question}");
            return Err(CommandError::new(Kind::Decision, message));
        }
        self.tell(Page::new(style::width()).plain(question).plain(" "))?;
        let mut line = String::new();
        match io::stdin().read_line(&mut line) {
            Ok(0) => Err(CommandError::new(
                Kind::Interrupted,
                "broken off, nothing was changed",
            )),
            Ok(_) => Ok(line.trim().to_owned()),
            Err(error) => Err(CommandError::io(Path::new("standard input"), &error)),
        }
    }

    /// Prints a report, as people or programs want it.
    pub fn show(&self, report: &impl Report) -> Result<(), CommandError> {
        if self.form == Form::Json {
            return self.print_raw(json(report)?.as_bytes());
        }
        let mut page = Page::new(style::width());
        report.print(&mut page);
        self.print(page.as_str())
    }

    /// Prints a report without a pager, in colours or not as the program that calls us has settled it.
    pub fn show_within(
        &self,
        report: &impl Report,
        coloured: Coloured,
    ) -> Result<(), CommandError> {
        if self.form == Form::Json {
            return self.show(report);
        }
        let mut page = Page::new(style::width());
        report.print(&mut page);
        self.streams
            .within(page.as_str(), coloured)
            .map_err(|error| output_failed(&error))
    }

    /// Says something on the way, on standard error: for waiting, and for what is not the report.
    pub fn note(&self, text: &str) -> Result<(), CommandError> {
        self.tell(Page::new(style::width()).faint(text).end())
    }

    /// Shows how far a long piece of work has come, if somebody is looking.
    pub fn progress(&self, steps: usize) -> Progress {
        if self.form == Form::People && io::stderr().is_terminal() {
            Progress::shown(steps)
        } else {
            Progress::hidden()
        }
    }

    /// Prints an error and gives its exit code.
    pub fn fail(&self, error: &CommandError) -> ExitCode {
        let code = ExitCode::from(error.kind().code());
        if self.form == Form::Json {
            let text = json(&Failure { error }).unwrap_or_default();
            let _ = self.streams.err(&text);
            return code;
        }
        let mut page = Page::new(style::width());
        error.print(&mut page);
        // If standard error is closed there is nobody to tell.
        let _ = self.tell(&mut page);
        code
    }

    /// Prints text that is laid out already, through the pager if it is long and somebody is looking.
    pub(super) fn print(&self, text: &str) -> Result<(), CommandError> {
        self.streams
            .out(text)
            .map_err(|error| output_failed(&error))
    }

    /// Prints bytes as they are: for output that other programs read.
    pub fn print_raw(&self, bytes: &[u8]) -> Result<(), CommandError> {
        self.streams
            .raw(bytes)
            .map_err(|error| output_failed(&error))
    }

    fn tell(&self, page: &mut Page) -> Result<(), CommandError> {
        self.streams
            .err(page.as_str())
            .map_err(|error| output_failed(&error))
    }
}

#[derive(Serialize)]
struct Failure<'a> {
    error: &'a CommandError,
}

fn json(value: &impl Serialize) -> Result<String, CommandError> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| CommandError::of(Kind::Internal, &error))?;
    Ok(escape::json(&text) + "\n")
}

fn output_failed(error: &io::Error) -> CommandError {
    CommandError::new(Kind::Internal, "cannot write the output").caused_by(Some(error))
}
