//! Accounts on forges, by which the authors of proposals are known.

use clap::Args;

use super::edit::{Desk, Edit};
use crate::cli::error::CommandError;
use crate::narrative::roster::{self, Account, Holder};

#[derive(Debug, Args)]
pub struct AccountArgs {
    /// The contributor
    id: String,
    /// The forge's host, such as `github.com`
    forge: String,
    /// The name of her account there
    login: String,
    /// The number of her account there: GitHub tells it at `https://api.github.com/users/LOGIN`
    number: u64,
    /// Show what would be added and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Desk<'_> {
    pub fn account(&self, args: &AccountArgs) -> Result<Edit, CommandError> {
        let account = Account::new(&args.forge, &args.login, args.number);
        if let Some(flaw) = account.flaw() {
            let error = CommandError::usage(format!("the account {account} {flaw}"));
            return Err(error.hint("name host, login and number, such as `github.com ana 1234`"));
        }
        let owner = self.contributor(&args.id)?;
        let known = self.narrative.roster.holder(&account);
        if let Holder::Known(other) | Holder::Renamed(other, _) | Holder::Taken(other, _) = known
            && other.id != owner.id
        {
            let message = format!("the account {account} is one of `{}` already", other.id);
            return Err(CommandError::usage(message).hint("an account belongs to one person"));
        }
        let told = format!("{}'s account on {}", owner.id, account.forge);
        Ok(Edit {
            text: roster::with_account(&self.text, &owner.id, &account),
            did: format!("added `{told}`"),
            added: Some(told),
            subject: format!("the account {} of {}", account.login, owner.id),
            dry_run: args.dry_run,
        })
    }
}
