//! Keys by which contributors sign releases.

use std::path::Path;

use clap::Args;

use super::edit::{Desk, Edit, day};
use crate::cli::Session;
use crate::cli::error::CommandError;
use crate::narrative::roster::{self, Contributor, Key};

#[derive(Debug, Args)]
pub struct KeyArgs {
    /// The contributor
    id: String,
    /// An SSH public key, a file with one, or the fingerprint of an OpenPGP key
    key: String,
    /// The first day on which it holds
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day on which it holds
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    /// Show what would be added and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Desk<'_> {
    pub fn key(&self, args: &KeyArgs, session: &Session) -> Result<Edit, CommandError> {
        let key = key(args, session)?;
        let owner = self.contributor(&args.id)?;
        let told = format!("{}'s key", owner.id);
        Ok(Edit {
            text: roster::with_key(&self.text, &owner.id, &key),
            did: format!("added `{told}`"),
            added: Some(told),
            subject: format!("a key of {}", owner.id),
            dry_run: args.dry_run,
        })
    }

    /// Whose it is to be.
    pub(super) fn contributor(&self, id: &str) -> Result<&Contributor, CommandError> {
        let mut contributors = self.narrative.roster.contributors.iter();
        let found = contributors.find(|contributor| contributor.id.as_str() == id);
        found.ok_or_else(|| {
            let error = CommandError::usage(format!("`{id}` is not on the roster"));
            error.next(format!("onetext roster add {id}"))
        })
    }
}

/// The key that was named.
fn key(args: &KeyArgs, session: &Session) -> Result<Key, CommandError> {
    let file = std::fs::read_to_string(session.path(Path::new(&args.key)));
    let text = file.unwrap_or_else(|_| args.key.clone());
    let key = match Key::openpgp(text.trim()) {
        key if key.flaw().is_none() => Key::openpgp(&key.identity()),
        _ => Key::ssh(text.trim()),
    };
    let key = Key {
        from: day(args.from.as_deref())?,
        until: day(args.until.as_deref())?,
        ..key
    };
    match key.flaw() {
        None => Ok(key),
        Some(flaw) => Err(CommandError::usage(format!("`{}` {flaw}", args.key))
            .hint("name a file such as `~/.ssh/id_ed25519.pub`, or a fingerprint")),
    }
}
