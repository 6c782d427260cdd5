//! Accounts on forges, by which a proposal's author is known.
//!
//! The choice made here: an account is a forge, a login and the number that the forge has given it, since a login can be
//! given up and taken by somebody else, and a number cannot.

use serde::{Deserialize, Serialize};

use super::{Contributor, Roster};

/// The greatest number that a file of TOML can hold.
const MOST: u64 = i64::MAX.unsigned_abs();

/// An account on a forge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Account {
    /// The forge's host: `github.com`.
    pub forge: String,
    /// The name of the account there.
    pub login: String,
    /// The number of the account there, which stays when the login changes.
    pub id: u64,
}

/// Whose an account is that a forge has named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder<'a> {
    /// A contributor's: login and number are hers.
    Known(&'a Contributor),
    /// A contributor's, who goes by another login now: the number is hers.
    Renamed(&'a Contributor, &'a Account),
    /// Not a contributor's: the login is hers and the number is not.
    Taken(&'a Contributor, &'a Account),
    /// Nobody's in the roster.
    Nobody,
}

impl Account {
    /// Takes what was typed or stated: a host, or the address of a forge.
    pub fn new(forge: &str, login: &str, id: u64) -> Self {
        let host = forge.split_once("://").map_or(forge, |(_, host)| host);
        let host = host.split('/').next().unwrap_or(host);
        Self {
            forge: host.to_lowercase(),
            login: login.trim_start_matches('@').to_owned(),
            id,
        }
    }

    /// What is wrong with how it is written.
    pub fn flaw(&self) -> Option<&'static str> {
        let sign = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '.');
        let host = |sign: char| sign.is_ascii_lowercase() || ".:-0123456789".contains(sign);
        let fits = |text: &str, sign: &dyn Fn(char) -> bool| {
            (1..=255).contains(&text.len()) && text.chars().all(sign)
        };
        match () {
            () if !fits(&self.forge, &host) => Some("names no forge such as `github.com`"),
            () if !fits(&self.login, &sign) => {
                Some("has no login of letters, digits, `-`, `_` and `.`")
            }
            () if !(1..=MOST).contains(&self.id) => Some("has no number"),
            () => None,
        }
    }

    /// Whether both are of one login on one forge.
    pub fn has_login_of(&self, other: &Self) -> bool {
        self.forge == other.forge && self.login.eq_ignore_ascii_case(&other.login)
    }

    /// Whether both are of one number on one forge.
    pub fn has_number_of(&self, other: &Self) -> bool {
        self.forge == other.forge && self.id == other.id
    }
}

impl std::fmt::Display for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { forge, login, id } = self;
        write!(f, "`{login}`, number {id}, on {forge}")
    }
}

impl Roster {
    /// Whose an account is that a forge has named.
    pub fn holder(&self, named: &Account) -> Holder<'_> {
        let find = |is_it: &dyn Fn(&Account) -> bool| {
            self.contributors.iter().find_map(|person| {
                let account = person.accounts.iter().find(|account| is_it(account))?;
                Some((person, account))
            })
        };
        let login = find(&|account| account.has_login_of(named));
        let number = find(&|account| account.has_number_of(named));
        match (number, login) {
            (Some((person, own)), _) if own.has_login_of(named) => Holder::Known(person),
            (_, Some((person, own))) => Holder::Taken(person, own),
            (Some((person, own)), None) => Holder::Renamed(person, own),
            (None, None) => Holder::Nobody,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrative::read::toml::parse;

    #[test]
    fn an_account_is_known_by_login_and_number() {
        let roster: Roster = parse(
            "roster.toml",
            "schema = 1\n[[contributors]]\nid = \"ana\"\nname = \"Ana\"\n\
             accounts = [{ forge = \"github.com\", login = \"ana\", id = 12 }]\n\
             [[contributors]]\nid = \"bo\"\nname = \"Bo\"\n\
             accounts = [{ forge = \"github.com\", login = \"bo\", id = 34 }]\n",
        )
        .unwrap();
        let holder = |forge: &str, login: &str, id| {
            let named = Account::new(forge, login, id);
            match roster.holder(&named) {
                Holder::Known(who) => format!("known {}", who.id),
                Holder::Renamed(who, _) => format!("renamed {}", who.id),
                Holder::Taken(who, _) => format!("taken {}", who.id),
                Holder::Nobody => "nobody".to_owned(),
            }
        };
        assert_eq!(holder("https://GitHub.com/", "Ana", 12), "known ana");
        assert_eq!(holder("github.com", "ana-b", 12), "renamed ana");
        assert_eq!(holder("github.com", "ana", 99), "taken ana");
        assert_eq!(holder("github.com", "ana", 34), "taken ana");
        assert_eq!(holder("codeberg.org", "ana", 12), "nobody");
    }

    #[test]
    fn what_is_no_account_is_told() {
        assert_eq!(Account::new("github.com", "@ana", 12).flaw(), None);
        for (forge, login, id) in [
            ("", "ana", 1),
            ("a b", "ana", 1),
            ("a.org", "a b", 1),
            ("a.org", "a", 0),
        ] {
            assert!(
                Account::new(forge, login, id).flaw().is_some(),
                "{forge} {login}"
            );
        }
    }
}
