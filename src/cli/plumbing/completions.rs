//! `onetext completions`: the only file that names `clap_complete`, which writes the script of each shell from the
//! definitions of the commands.

use clap::{Args, CommandFactory as _, ValueEnum};

use crate::cli::{Cli, CommandError, Outcome, Session};

/// What `completions` takes.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell to print the script for
    #[arg(value_enum)]
    pub shell: Shell,
}

/// A shell that completions can be had for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// GNU bash
    Bash,
    /// Z shell
    Zsh,
    /// fish
    Fish,
    /// PowerShell
    Powershell,
}

/// Prints the script.
pub fn run(args: CompletionsArgs, session: &Session) -> Result<Outcome, CommandError> {
    let shell = match args.shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Zsh => clap_complete::Shell::Zsh,
        Shell::Fish => clap_complete::Shell::Fish,
        Shell::Powershell => clap_complete::Shell::PowerShell,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "onetext", &mut script);
    session.print_raw(&script)?;
    Ok(Outcome::Done)
}
