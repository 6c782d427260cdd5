//! `onetext roster`: who writes, who is a member, and who speaks for each.

mod account;
mod credit;
mod edit;
mod key;

use std::collections::BTreeMap;

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::{Listing, Page, Report, Role, Session};
use crate::narrative;
use crate::narrative::read::toml;
use crate::narrative::roster::{Contributor, Credit, Kind, Member, Roster};
use crate::narrative::time::Day;
use crate::store::{At, Change, Repository, clock};

use account::AccountArgs;
use credit::{CreditArgs, ForgetArgs};
use edit::{AddArgs, DelegateArgs, Edit, LeaveArgs, MemberArgs};
use key::KeyArgs;

/// List members, who speaks for them, and contributors, or change the list
#[derive(Debug, Args)]
pub struct RosterArgs {
    #[command(subcommand)]
    command: Option<RosterCommand>,
}

#[derive(Debug, Subcommand)]
enum RosterCommand {
    /// Add a contributor
    Add(AddArgs),
    /// Add a member: a co-op that agrees with one voice
    Member(MemberArgs),
    /// Say from which day a member is none any more
    Leave(LeaveArgs),
    /// Say who speaks for a member, and from which day until which
    Delegate(DelegateArgs),
    /// Add a key by which a contributor signs releases
    Key(KeyArgs),
    /// Add an account on a forge, by which a contributor's proposals are known to be hers
    Account(AccountArgs),
    /// Say how releases are to name a contributor
    Credit(CreditArgs),
    /// Take a contributor's name out of everything that is made from now on
    Forget(ForgetArgs),
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Listed {
    /// The contributor or the key that was added.
    added: Option<String>,
    /// What was changed, in a line.
    did: Option<String>,
    /// Whether that was only tried.
    dry_run: bool,
    today: Day,
    roster: Roster,
}

/// Runs the command.
///
/// # Errors
///
/// The roster cannot be read, a name is taken, unknown or no name, or the change cannot be committed.
pub fn run(args: RosterArgs, session: &Session) -> Result<Outcome, CommandError> {
    let repository = Repository::open(session.dir())?;
    let snapshot = repository.snapshot(At::WorkTree)?;
    let read = narrative::read(&snapshot)?;
    let today = clock::now().day();
    let Some(command) = args.command else {
        session.show(&Listed {
            added: None,
            did: None,
            dry_run: false,
            today,
            roster: read.roster,
        })?;
        return Ok(Outcome::Done);
    };
    let bytes = snapshot
        .files
        .get("roster.toml")
        .map_or(&b"schema = 1\n"[..], |file| &file.bytes);
    let desk = edit::Desk {
        narrative: &read,
        text: String::from_utf8_lossy(bytes).into_owned(),
        today,
    };
    let edit = edited(&desk, &command, session)?;
    // What will be read is what is shown.
    let roster = toml::parse("roster.toml", &edit.text).map_err(unreadable)?;
    if !edit.dry_run {
        commit(&repository, &edit)?;
    }
    session.show(&Listed {
        added: edit.added,
        did: Some(edit.did),
        dry_run: edit.dry_run,
        today,
        roster,
    })?;
    Ok(Outcome::Done)
}

fn edited(
    desk: &edit::Desk<'_>,
    command: &RosterCommand,
    session: &Session,
) -> Result<Edit, CommandError> {
    match command {
        RosterCommand::Add(args) => desk.add(args),
        RosterCommand::Member(args) => desk.member(args),
        RosterCommand::Leave(args) => desk.leave(args),
        RosterCommand::Delegate(args) => desk.delegate(args),
        RosterCommand::Key(args) => desk.key(args, session),
        RosterCommand::Account(args) => desk.account(args),
        RosterCommand::Credit(args) => desk.credit(args),
        RosterCommand::Forget(args) => desk.forget(args),
    }
}

fn unreadable(finding: narrative::Finding) -> CommandError {
    let error = CommandError::usage(format!("the roster would have a problem: {finding}"));
    error.hint(finding.mend)
}

fn commit(repository: &Repository, edit: &Edit) -> Result<(), CommandError> {
    let dirty = repository.dirty()?;
    let own = repository.shown("roster.toml");
    if dirty.contains(&own) {
        return Err(crate::store::StoreError::Dirty(vec![own]).into());
    }
    let who = repository.identity()?;
    let bytes = edit.text.clone().into_bytes();
    let change = Change {
        writes: BTreeMap::from([("roster.toml".to_owned(), Some(bytes))]),
        message: format!("roster: {}\n", edit.subject),
        author: who.clone(),
        committer: who,
        at: clock::now(),
    };
    repository.commit(&change)?;
    Ok(())
}

impl Report for Listed {
    fn print(&self, page: &mut Page) {
        if self.dry_run {
            page.line("This is what would be done; nothing is written.");
        }
        if let Some(did) = &self.did {
            page.line(did).blank();
        }
        let members: Vec<_> = self
            .roster
            .members
            .iter()
            .map(|member| self.member(member))
            .collect();
        if !members.is_empty() {
            page.columns(&members).blank();
        }
        if self.roster.contributors.is_empty() {
            page.line("nobody is on the roster yet");
            page.text(Role::Hint, "next:")
                .plain(" ")
                .line("onetext roster add ID --name NAME --email ADDRESS");
        }
        let people = self.roster.contributors.iter();
        let people: Vec<_> = people.map(|one| self.contributor(one)).collect();
        page.columns(&people);
    }
}

impl Listed {
    fn member(&self, member: &Member) -> Vec<(Role, String)> {
        let speakers = self.roster.speakers(&member.id, self.today);
        let speakers = match speakers[..] {
            [] => (Role::Warning, "nobody speaks for it".to_owned()),
            _ => (Role::Plain, format!("spoken for by {}", Listing(&speakers))),
        };
        let (left, joined) = (member.left, member.joined);
        let since = match (left, joined) {
            (Some(left), _) if left <= self.today => format!("left {}", left.long()),
            (Some(left), _) => format!("leaves {}", left.long()),
            (None, Some(joined)) if joined > self.today => format!("joins {}", joined.long()),
            (None, Some(joined)) => format!("since {}", joined.long()),
            (None, None) => "member".to_owned(),
        };
        let name = match member.credit {
            Credit::Named => member.name.clone(),
            Credit::Unnamed => format!("{} (not named in releases)", member.name),
        };
        vec![
            (Role::Name, member.id.to_string()),
            (Role::Plain, name),
            (Role::Faint, since),
            speakers,
        ]
    }

    /// A contributor; of a person whose co-op is not known that is said.
    fn contributor(&self, contributor: &Contributor) -> Vec<(Role, String)> {
        let kind = match (contributor.facilitator, contributor.kind) {
            (true, _) => "facilitator",
            (false, Kind::Person) => "person",
            (false, Kind::Desk) => "desk",
        };
        let spoken_for = self.roster.spoken_for(&contributor.id, self.today);
        let member = match (&contributor.member, contributor.kind) {
            (Some(member), _) => (Role::Plain, member.to_string()),
            (None, _) if !spoken_for.is_empty() => {
                (Role::Plain, format!("speaks for {}", Listing(&spoken_for)))
            }
            (None, Kind::Person) => (Role::Faint, "member unknown".to_owned()),
            (None, Kind::Desk) => (Role::Faint, String::new()),
        };
        vec![
            (Role::Name, contributor.id.to_string()),
            (Role::Plain, contributor.name.clone()),
            (Role::Faint, kind.to_owned()),
            member,
        ]
    }
}
