//! How contributors wish to be named, and how they take their names back.

use clap::{Args, ValueEnum};

use super::edit::{Desk, Edit};
use crate::cli::error::CommandError;
use crate::narrative::roster::{self, Wish};

#[derive(Debug, Args)]
pub struct CreditArgs {
    /// The contributor
    id: String,
    /// How releases are to name her
    #[arg(value_enum)]
    wish: Named,
    /// What she does, for `role`: "a developer at a co-op in Leeds"
    #[arg(long, required_if_eq("wish", "role"))]
    role: Option<String>,
    /// Show what would be changed and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// The wishes as they are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Named {
    /// By her name and her member's
    NameAndMember,
    /// By her member's name alone
    Member,
    /// By what she does
    Role,
    /// Not at all
    None,
}

#[derive(Debug, Args)]
pub struct ForgetArgs {
    /// The contributor
    id: String,
    /// Show what would be changed and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Desk<'_> {
    pub fn credit(&self, args: &CreditArgs) -> Result<Edit, CommandError> {
        let who = self.contributor(&args.id)?;
        if who.withdrawn.is_some() {
            let message = format!("`{}` took her name back: nothing names her", who.id);
            return Err(CommandError::usage(message).next("onetext roster"));
        }
        if args.wish == Named::Member && who.member.is_none() {
            let message = format!("`{}` belongs to no member that could be named", who.id);
            return Err(CommandError::usage(message).hint("add `member` to her in `roster.toml`"));
        }
        let (wish, told) = match args.wish {
            Named::NameAndMember => (Wish::NameAndMember, "by name and member"),
            Named::Member => (Wish::Member, "by her member's name"),
            Named::Role => (Wish::Role, "by her role"),
            Named::None => (Wish::None, "not at all"),
        };
        Ok(Edit {
            text: roster::with_credit(&self.text, &who.id, (wish, args.role.as_deref())),
            added: None,
            did: format!("releases name `{}` {told}", who.id),
            subject: format!("how {} is named", who.id),
            dry_run: args.dry_run,
        })
    }

    pub fn forget(&self, args: &ForgetArgs) -> Result<Edit, CommandError> {
        let who = self.contributor(&args.id)?;
        if who.facilitator {
            let message = format!(
                "`{}` is a facilitator, whose key releases are checked by",
                who.id
            );
            let error = CommandError::usage(message);
            return Err(
                error.hint("let somebody else be one first: `facilitator` in `roster.toml`")
            );
        }
        let still = self.elsewhere(&who.name);
        let note = match still.is_empty() {
            true => "what was committed and released before keeps it".to_owned(),
            false => format!(
                "it still stands in {}: take it out there",
                still.join(" and ")
            ),
        };
        Ok(Edit {
            text: roster::without_name(&self.text, &who.id, self.today),
            added: None,
            did: format!("the name of `{}` is taken back; {note}", who.id),
            subject: format!("{} takes her name back", who.id),
            dry_run: args.dry_run,
        })
    }

    /// The other files that hold a name.
    fn elsewhere(&self, name: &str) -> Vec<&'static str> {
        let config = &self.narrative.config;
        let quotes = &self.narrative.quotes.quotes;
        let mut out = Vec::new();
        if quotes.iter().any(|quote| quote.name == name) {
            out.push("`quotes.toml`");
        }
        let contact = config.contacts.iter().any(|contact| contact.name == name);
        if contact || config.spokespeople.iter().any(|one| one.name == name) {
            out.push("`narrative.toml`");
        }
        out
    }
}
