//! `onetext man`: the only file that names `clap_mangen`, which writes manual pages from the definitions of the
//! commands.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory as _};
use clap_mangen::Man;
use serde::Serialize;

use crate::cli::{Cli, CommandError, Count, Kind, Outcome, Page, Report, Session};

/// What `man` takes.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Write the page of every command to DIR
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Which pages were written where.
#[derive(Debug, Serialize)]
pub struct Written {
    folder: PathBuf,
    files: Vec<String>,
}

impl Report for Written {
    fn print(&self, page: &mut Page) {
        let count = Count(self.files.len(), "manual page", "manual pages");
        page.line(format!("wrote {count} to {}", self.folder.display()));
    }
}

/// Prints the page of the whole program, or writes the pages of all commands.
pub fn run(args: ManArgs, session: &Session) -> Result<Outcome, CommandError> {
    let mut command = Cli::command();
    command.build();
    let Some(folder) = args.out else {
        session.print_raw(&rendered(&command)?)?;
        return Ok(Outcome::Done);
    };
    let folder = session.path(&folder);
    let mut files = Vec::new();
    fs::create_dir_all(&folder).map_err(|error| CommandError::io(&folder, &error))?;
    write_all(&command, &folder, &mut files)?;
    session.show(&Written { folder, files })?;
    Ok(Outcome::Done)
}

fn write_all(
    command: &Command,
    folder: &Path,
    files: &mut Vec<String>,
) -> Result<(), CommandError> {
    let name = Man::new(command.clone()).get_filename();
    let path = folder.join(&name);
    fs::write(&path, rendered(command)?).map_err(|error| CommandError::io(&path, &error))?;
    files.push(name);
    for inner in command
        .get_subcommands()
        .filter(|inner| !inner.is_hide_set())
    {
        write_all(inner, folder, files)?;
    }
    Ok(())
}

fn rendered(command: &Command) -> Result<Vec<u8>, CommandError> {
    let mut page = Vec::new();
    Man::new(command.clone())
        .render(&mut page)
        .map_err(|error| CommandError::of(Kind::Internal, &error))?;
    Ok(page)
}
