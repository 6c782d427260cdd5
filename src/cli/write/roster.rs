//! `onetext roster`: who may write.

use std::collections::BTreeMap;
use std::path::Path;

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::cli::error::{CommandError, Kind as ErrorKind, Outcome};
use crate::cli::{Page, Report, Role, Session};
use crate::narrative::id::{ContributorId, MemberId};
use crate::narrative::roster::{Contributor, Key, Kind, Roster};
use crate::narrative::time::{Day, TimeError};
use crate::narrative::{self, nearest, roster};
use crate::store::{At, Change, Repository, clock};

/// List the contributors and members, or add a contributor or a key
#[derive(Debug, Args)]
pub struct RosterArgs {
    #[command(subcommand)]
    command: Option<RosterCommand>,
}

#[derive(Debug, Subcommand)]
enum RosterCommand {
    /// Add a contributor
    Add(AddArgs),
    /// Add a key by which a contributor signs releases
    Key(KeyArgs),
}

#[derive(Debug, Args)]
struct KeyArgs {
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

#[derive(Debug, Args)]
struct AddArgs {
    /// The name of her draft files: `a-z`, `0-9` and `-`
    id: String,
    /// The name as she wishes to be shown; the id if not given
    #[arg(long)]
    name: Option<String>,
    /// An address of her git identity; may be given several times
    #[arg(long = "email", value_name = "ADDRESS")]
    emails: Vec<String>,
    /// The member she belongs to, by id
    #[arg(long)]
    member: Option<String>,
    /// Mark the contributor as a collection of sources, not a person
    #[arg(long)]
    desk: bool,
    /// Mark her as a facilitator
    #[arg(long)]
    facilitator: bool,
    /// Show what would be added and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Listed<'a> {
    added: Option<String>,
    roster: &'a Roster,
}

/// Runs the command.
///
/// # Errors
///
/// The roster cannot be read, the id is taken or not a name, or the change cannot be committed.
pub fn run(args: RosterArgs, session: &Session) -> Result<Outcome, CommandError> {
    let repository = Repository::open(session.dir())?;
    let snapshot = repository.snapshot(At::WorkTree)?;
    let read = narrative::read(&snapshot)?;
    let bytes = snapshot
        .files
        .get("roster.toml")
        .map_or(&b"schema = 1\n"[..], |file| &file.bytes);
    let text = String::from_utf8_lossy(bytes);
    let mut roster = read.roster;
    let added = match &args.command {
        None => None,
        Some(RosterCommand::Add(add)) => {
            let entry = entry(add, &roster)?;
            let id = entry.id.to_string();
            if !add.dry_run {
                let text = roster::with_contributor(&text, &entry);
                commit(&repository, text, &format!("add {id}"))?;
            }
            roster.contributors.push(entry);
            Some(id)
        }
        Some(RosterCommand::Key(args)) => {
            let key = key(args, session)?;
            let owner = owner(args, &mut roster)?;
            if !args.dry_run {
                let text = roster::with_key(&text, &owner.id, &key);
                commit(&repository, text, &format!("a key of {}", owner.id))?;
            }
            let told = format!("{}'s key", owner.id);
            owner.keys.push(key);
            Some(told)
        }
    };
    session.show(&Listed {
        added,
        roster: &roster,
    })?;
    Ok(Outcome::Done)
}

/// The key that was named.
fn key(args: &KeyArgs, session: &Session) -> Result<Key, CommandError> {
    let file = std::fs::read_to_string(session.path(Path::new(&args.key)));
    let text = file.unwrap_or_else(|_| args.key.clone());
    let day = |text: &Option<String>| -> Result<Option<Day>, CommandError> {
        let parsed = text.as_deref().map(str::parse).transpose();
        parsed.map_err(|error: TimeError| CommandError::of(ErrorKind::Usage, &error))
    };
    let key = match Key::openpgp(text.trim()) {
        key if key.flaw().is_none() => Key::openpgp(&key.identity()),
        _ => Key::ssh(text.trim()),
    };
    let key = Key {
        from: day(&args.from)?,
        until: day(&args.until)?,
        ..key
    };
    match key.flaw() {
        None => Ok(key),
        Some(flaw) => Err(CommandError::usage(format!("`{}` {flaw}", args.key))
            .hint("name a file such as `~/.ssh/id_ed25519.pub`, or a fingerprint")),
    }
}

/// Whose key it is to be.
fn owner<'a>(args: &KeyArgs, roster: &'a mut Roster) -> Result<&'a mut Contributor, CommandError> {
    let mut contributors = roster.contributors.iter_mut();
    contributors
        .find(|contributor| contributor.id.as_str() == args.id)
        .ok_or_else(|| {
            let error = CommandError::usage(format!("`{}` is not on the roster", args.id));
            error.next(format!("onetext roster add {} --facilitator", args.id))
        })
}

fn commit(repository: &Repository, text: String, what: &str) -> Result<(), CommandError> {
    let dirty = repository.dirty()?;
    let own = repository.shown("roster.toml");
    if dirty.contains(&own) {
        return Err(crate::store::StoreError::Dirty(vec![own]).into());
    }
    let who = repository.identity()?;
    let change = Change {
        writes: BTreeMap::from([("roster.toml".to_owned(), Some(text.into_bytes()))]),
        message: format!("roster: {what}\n"),
        author: who.clone(),
        committer: who,
        at: clock::now(),
    };
    repository.commit(&change)?;
    Ok(())
}

fn entry(add: &AddArgs, roster: &Roster) -> Result<Contributor, CommandError> {
    let id: ContributorId = add.id.parse()?;
    if roster
        .contributors
        .iter()
        .any(|contributor| contributor.id == id)
    {
        let error = CommandError::usage(format!("`{id}` is on the roster already"));
        return Err(error.hint("choose another id").next("onetext roster"));
    }
    let taken = |email: &&String| {
        roster
            .contributors
            .iter()
            .any(|other| other.emails.contains(email))
    };
    if let Some(email) = add.emails.iter().find(taken) {
        let error = CommandError::usage(format!(
            "`{email}` belongs to somebody on the roster already"
        ));
        return Err(error.next("onetext roster"));
    }
    let member = add
        .member
        .as_deref()
        .map(|member| known_member(member, roster))
        .transpose()?;
    Ok(Contributor {
        name: add.name.clone().unwrap_or_else(|| id.to_string()),
        id,
        kind: if add.desk { Kind::Desk } else { Kind::Person },
        member,
        emails: add.emails.clone(),
        facilitator: add.facilitator,
        keys: Vec::new(),
        note: None,
    })
}

fn known_member(typed: &str, roster: &Roster) -> Result<MemberId, CommandError> {
    let member: MemberId = typed.parse()?;
    if roster.members.iter().any(|known| known.id == member) {
        return Ok(member);
    }
    let error = CommandError::usage(format!("there is no member `{member}` in `roster.toml`"));
    let known = roster.members.iter().map(|known| known.id.as_str());
    Err(match nearest(member.as_str(), known) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint("add a `[[members]]` entry with its id and name first"),
    })
}

impl Report for Listed<'_> {
    fn print(&self, page: &mut Page) {
        if let Some(added) = &self.added {
            page.line(format!("added `{added}`")).blank();
        }
        if self.roster.contributors.is_empty() {
            page.line("nobody is on the roster yet");
            page.text(Role::Hint, "next:")
                .plain(" ")
                .line("onetext roster add ID --name NAME --email ADDRESS");
        }
        let rows: Vec<Vec<(Role, String)>> = self
            .roster
            .contributors
            .iter()
            .map(|contributor| {
                let member = contributor
                    .member
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                let kind = match (contributor.facilitator, contributor.kind) {
                    (true, _) => "facilitator",
                    (false, Kind::Person) => "person",
                    (false, Kind::Desk) => "desk",
                };
                vec![
                    (Role::Name, contributor.id.to_string()),
                    (Role::Plain, contributor.name.clone()),
                    (Role::Faint, kind.to_owned()),
                    (Role::Plain, member),
                ]
            })
            .collect();
        page.columns(&rows);
    }
}
