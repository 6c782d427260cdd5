//! Whether the accounts of the roster are accounts, and each is one person's.

use super::ROSTER;
use crate::narrative::check::{Files, on};
use crate::narrative::finding::Finding;
use crate::narrative::roster::{Account, Roster};

/// Looks for accounts that cannot be any, or that two contributors have.
pub fn check(roster: &Roster, files: &Files<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen: Vec<(&str, &Account)> = Vec::new();
    for contributor in &roster.contributors {
        let id = contributor.id.as_str();
        let finding = |message: String, mend: &str| {
            let line = files.line(ROSTER, ("id", id), 0);
            on(Finding::error("account", ROSTER, message), line).mend(mend)
        };
        for account in &contributor.accounts {
            if let Some(flaw) = account.flaw() {
                let mend = "write `{ forge = \"github.com\", login = \"NAME\", id = NUMBER }`";
                findings.push(finding(format!("an account of `{id}` {flaw}"), mend));
            }
            let same =
                |other: &Account| other.has_login_of(account) || other.has_number_of(account);
            let shared = seen.iter().find(|(who, other)| *who != id && same(other));
            if let Some((other, _)) = shared {
                let message =
                    format!("the account {account} of `{id}` is one of `{other}` already");
                let mend = "an account belongs to one person: take one out";
                findings.push(finding(message, mend));
            }
            seen.push((id, account));
        }
    }
    findings
}
