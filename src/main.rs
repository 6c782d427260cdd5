//! The `onetext` command: parses, runs, prints the error, exits.

use std::panic::catch_unwind;
use std::process::ExitCode;

use onetext::cli::{self, Cli, Session};

fn main() -> ExitCode {
    catch_unwind(onetext).unwrap_or_else(|_| cli::broke())
}

fn onetext() -> ExitCode {
    let cli = match Cli::read(std::env::args_os()) {
        Ok(cli) => cli,
        Err(misuse) => return cli::misused(&misuse),
    };
    let session = Session::new(&cli.flags);
    match cli.run(&session) {
        Ok(outcome) => outcome.into(),
        Err(error) => session.fail(&error),
    }
}
