//! The pager, chosen as git chooses: `$ONETEXT_PAGER`, else `$PAGER`, else `less -FRX`.

use std::env;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// What came of paging.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paged {
    /// The pager has shown the text.
    Shown,
    /// There is no pager, or it was turned off by `cat` or an empty value.
    NoPager,
}

/// Tells whether text may not fit on one screen.
pub fn is_long(text: &str) -> bool {
    text.lines().count() > 22
}

/// Shows text in the pager, and waits for it.
pub fn page(text: &[u8]) -> Paged {
    let pager = env::var("ONETEXT_PAGER").or_else(|_| env::var("PAGER"));
    let mut child = match pager.as_deref() {
        Ok("" | "cat") => return Paged::NoPager,
        Ok(line) => command("sh", &["-c", line]),
        Err(_) => command("less", &["-FRX"]),
    };
    let Ok(mut child) = child.spawn() else {
        return Paged::NoPager;
    };
    if let Some(mut input) = child.stdin.take() {
        // A pager that was left early has closed its end, which is no failure.
        let _ = input.write_all(text);
    }
    let _ = child.wait();
    Paged::Shown
}

fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("LESSSECURE", "1")
        .stdin(Stdio::piped());
    command
}
