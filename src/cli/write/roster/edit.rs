//! Changes of the roster, each planned from what was typed before anything is written.

use clap::Args;

use crate::cli::error::CommandError;
use crate::narrative::Narrative;
use crate::narrative::check::look_alike;
use crate::narrative::id::{ContributorId, MemberId};
use crate::narrative::roster::{self, Contributor, Credit, Delegate, Kind, Member};
use crate::narrative::time::Day;

#[derive(Debug, Args)]
pub struct AddArgs {
    /// The name of her draft files: `a-z`, `0-9` and `-`
    id: String,
    /// The name as she wishes to be shown; the id if not given
    #[arg(long)]
    name: Option<String>,
    /// An address of her git identity; may be given several times
    #[arg(long = "email", value_name = "ADDRESS")]
    emails: Vec<String>,
    /// The member she belongs to, by id; unknown if not given
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

#[derive(Debug, Args)]
pub struct MemberArgs {
    /// The name of its position files: `a-z`, `0-9` and `-`
    id: String,
    /// The name as it wishes to be shown; the id if not given
    #[arg(long)]
    name: Option<String>,
    /// The day from which it is a member; always if not given
    #[arg(long, value_name = "DAY")]
    joined: Option<String>,
    /// Count it, and do not name it in releases
    #[arg(long)]
    unnamed: bool,
    /// Show what would be added and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Args)]
pub struct LeaveArgs {
    /// The member, by id
    member: String,
    /// The first day on which it is none; today if not given
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// Show what would be changed and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Args)]
pub struct DelegateArgs {
    /// Who speaks, by id
    contributor: String,
    /// The member, by id
    #[arg(long = "for", value_name = "MEMBER")]
    member: String,
    /// The first day; today if not given
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day; of one who speaks already, this ends it
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    /// Show what would be changed and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// A change of the roster, not written yet.
#[derive(Debug)]
pub struct Edit {
    /// The roster's new text.
    pub text: String,
    /// The contributor that was added.
    pub added: Option<String>,
    /// What was done, for people.
    pub did: String,
    /// What was done, for the history.
    pub subject: String,
    /// Whether nothing is to be written.
    pub dry_run: bool,
}

/// Everything that is at hand when the roster is changed.
#[derive(Debug)]
pub struct Desk<'a> {
    pub narrative: &'a Narrative,
    pub text: String,
    pub today: Day,
}

impl Desk<'_> {
    pub fn add(&self, args: &AddArgs) -> Result<Edit, CommandError> {
        let id: ContributorId = args.id.parse()?;
        let all = &self.narrative.roster.contributors;
        self.free(id.as_str(), all.iter().map(|one| one.id.as_str()))?;
        let taken = |email: &&String| all.iter().any(|other| other.emails.contains(email));
        if let Some(email) = args.emails.iter().find(taken) {
            let message = format!("`{email}` belongs to somebody on the roster already");
            return Err(CommandError::usage(message).next("onetext roster"));
        }
        let member = match &args.member {
            Some(typed) => Some(self.narrative.member(typed)?.id.clone()),
            None => None,
        };
        let name = args.name.clone().unwrap_or_else(|| id.to_string());
        let entry = Contributor {
            kind: if args.desk { Kind::Desk } else { Kind::Person },
            member,
            emails: args.emails.clone(),
            facilitator: args.facilitator,
            ..Contributor::new(id.clone(), name)
        };
        Ok(Edit {
            text: roster::with_contributor(&self.text, &entry),
            added: Some(id.to_string()),
            did: format!("added `{id}`"),
            subject: format!("add {id}"),
            dry_run: args.dry_run,
        })
    }

    pub fn member(&self, args: &MemberArgs) -> Result<Edit, CommandError> {
        let id: MemberId = args.id.parse()?;
        let all = self.narrative.roster.members.iter();
        self.free(id.as_str(), all.map(|one| one.id.as_str()))?;
        let entry = Member {
            name: args.name.clone().unwrap_or_else(|| id.to_string()),
            id: id.clone(),
            joined: day(args.joined.as_deref())?,
            left: None,
            credit: match args.unnamed {
                true => Credit::Unnamed,
                false => Credit::Named,
            },
        };
        Ok(Edit {
            text: roster::with_member(&self.text, &entry),
            added: None,
            did: format!("added member `{id}`"),
            subject: format!("add member {id}"),
            dry_run: args.dry_run,
        })
    }

    pub fn leave(&self, args: &LeaveArgs) -> Result<Edit, CommandError> {
        let id = &self.narrative.member(&args.member)?.id;
        let left = day(args.on.as_deref())?.unwrap_or(self.today);
        Ok(Edit {
            text: roster::with_leaving(&self.text, id, left),
            added: None,
            did: format!("`{id}` is no member from {}", left.long()),
            subject: format!("{id} leaves"),
            dry_run: args.dry_run,
        })
    }

    pub fn delegate(&self, args: &DelegateArgs) -> Result<Edit, CommandError> {
        let who = self.narrative.contributor(&args.contributor)?;
        let member = &self.narrative.member(&args.member)?.id;
        if let Some(own) = who.member.as_ref().filter(|own| *own != member) {
            let message = format!("`{}` belongs to `{own}`", who.id);
            let error = CommandError::usage(message);
            return Err(error.hint("let each member be spoken for by its own people"));
        }
        let (from, until) = (day(args.from.as_deref())?, day(args.until.as_deref())?);
        let from = from.unwrap_or(self.today);
        let all = &self.narrative.roster.delegates;
        let speaks = all
            .iter()
            .any(|one| one.member == *member && one.contributor == who.id && one.until.is_none());
        if speaks && until.is_none() {
            let message = format!("`{}` speaks for `{member}` already", who.id);
            return Err(CommandError::usage(message).next("onetext roster"));
        }
        let entry = Delegate {
            member: member.clone(),
            contributor: who.id.clone(),
            from: (!speaks).then_some(from),
            until,
        };
        let did = match until {
            Some(until) => format!("`{}` speaks for `{member}` until {}", who.id, until.long()),
            None => format!("`{}` speaks for `{member}` from {}", who.id, from.long()),
        };
        let subject = if speaks { "ends" } else { "speaks" };
        Ok(Edit {
            text: match speaks {
                true => roster::with_delegate_until(&self.text, &entry),
                false => roster::with_delegate(&self.text, &entry),
            },
            added: None,
            did,
            subject: format!("{} {subject} for {member}", who.id),
            dry_run: args.dry_run,
        })
    }

    /// Makes sure that an id is taken neither by one on the list nor easily taken for one.
    fn free<'a>(&self, id: &str, known: impl Iterator<Item = &'a str>) -> Result<(), CommandError> {
        for other in known {
            let message = if other == id {
                format!("`{id}` is on the roster already")
            } else if look_alike(other, id) {
                format!("`{id}` is easily taken for `{other}`, which is on the roster")
            } else {
                continue;
            };
            let error = CommandError::usage(message);
            return Err(error.hint("choose another id").next("onetext roster"));
        }
        Ok(())
    }
}

pub fn day(typed: Option<&str>) -> Result<Option<Day>, CommandError> {
    Ok(typed.map(str::parse).transpose()?)
}
