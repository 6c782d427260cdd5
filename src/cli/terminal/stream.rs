//! Where the output goes: the only file that names `anstream`, which strips colours where nobody would see them.

use std::io::{self, IsTerminal as _, Write};

use anstream::{AutoStream, ColorChoice};

use super::pager::{self, Paged};
use crate::cli::Colour;

/// What the program that calls us has settled about colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coloured {
    /// It wants them.
    Yes,
    /// It does not want them.
    No,
}

/// Both output streams and when they take colours.
#[derive(Clone, Copy, Debug)]
pub struct Streams(ColorChoice);

impl Streams {
    /// Takes the flag.
    pub fn new(colour: Colour) -> Self {
        Self(match colour {
            Colour::Auto => ColorChoice::Auto,
            Colour::Always => ColorChoice::AlwaysAnsi,
            Colour::Never => ColorChoice::Never,
        })
    }

    /// Writes text that is laid out already, through the pager if it is long and somebody is looking.
    pub fn out(self, text: &str) -> io::Result<()> {
        // The pager gets a pipe, so what `auto` means is settled while standard output is still seen.
        let choice = match self.0 {
            ColorChoice::Auto => AutoStream::choice(&io::stdout()),
            settled => settled,
        };
        if io::stdout().is_terminal() && pager::is_long(text) {
            let mut shown = AutoStream::new(Vec::new(), choice);
            shown.write_all(text.as_bytes())?;
            if pager::page(&shown.into_inner()) == Paged::Shown {
                return Ok(());
            }
        }
        let mut out = AutoStream::new(io::stdout().lock(), choice);
        quietly(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
    }

    /// Writes text that is laid out already, without a pager; the flag goes before what the caller has settled.
    pub fn within(self, text: &str, coloured: Coloured) -> io::Result<()> {
        let choice = match (self.0, coloured) {
            (ColorChoice::Auto, Coloured::Yes) => ColorChoice::AlwaysAnsi,
            (ColorChoice::Auto, Coloured::No) => ColorChoice::Never,
            (settled, _) => settled,
        };
        let mut out = AutoStream::new(io::stdout().lock(), choice);
        quietly(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
    }

    /// Writes bytes to standard output as they are.
    pub fn raw(self, bytes: &[u8]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        quietly(out.write_all(bytes).and_then(|()| out.flush()))
    }

    /// Writes text to standard error.
    pub fn err(self, text: &str) -> io::Result<()> {
        let mut err = AutoStream::new(io::stderr().lock(), self.0);
        quietly(err.write_all(text.as_bytes()).and_then(|()| err.flush()))
    }
}

/// Takes a reader who went away, as `head` does, for one who has seen enough.
fn quietly(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
