//! Whose a proposal is: by what a forge states or by a signature, never by an address that anybody can write.

use std::fmt;

use serde::Serialize;

use super::Author;
use crate::narrative::finding::Finding;
use crate::narrative::roster::{Account, Contributor, Holder, Holds, Roster};
use crate::narrative::time::Day;

/// By what an author is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// A forge has named her account.
    Account(Account),
    /// The proposed commit is signed with her key, which has this fingerprint.
    Key(String),
    /// Who runs the command says so.
    Word,
}

/// An author, by what she is known, and what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identified {
    /// Who it is, as far as is known.
    pub author: Author,
    /// By what.
    pub proof: Option<Proof>,
    /// What should be mended although she is known; its path is relative to the narrative's folder.
    pub note: Option<Finding>,
}

/// Finds the author by the account that a forge names.
pub fn by_account(named: &Account, roster: &Roster) -> Identified {
    let command = |id: &str| {
        let Account {
            forge,
            login,
            id: number,
        } = named;
        format!("onetext roster account {id} {forge} {login} {number}")
    };
    match roster.holder(named) {
        Holder::Known(person) => known(person, Proof::Account(named.clone()), None),
        Holder::Renamed(person, own) => {
            let message = format!(
                "`{}` was `{}` on {} and is `{}` now",
                person.id, own.login, own.forge, named.login
            );
            let note = Finding::warning("proposal-author", "roster.toml", message);
            let note = note.mend(format!("run `{}`", command(person.id.as_str())));
            known(person, Proof::Account(named.clone()), Some(note))
        }
        Holder::Taken(person, own) => unknown(
            format!(
                "identity changed: `{}` on {} was number {} and is number {} now",
                named.login, named.forge, own.id, named.id
            ),
            format!(
                "ask `{0}` by another way; if the account is hers, run `{1}`",
                person.id,
                command(person.id.as_str())
            ),
        ),
        Holder::Nobody => unknown(
            format!("nobody in the roster has the account {named}"),
            format!(
                "if it is a contributor's, a facilitator runs `{}`",
                command("ID")
            ),
        ),
    }
}

/// Finds the author by who opened a proposal and who has changed it last: a facilitator's rights need both, and of others it
/// is told.
pub fn by_accounts(opened: &Account, last: &Account, roster: &Roster) -> Identified {
    let first = by_account(opened, roster);
    if last.has_number_of(opened) {
        return first;
    }
    if is_facilitator(&first.author, roster) {
        return by_account(last, roster);
    }
    match &first.author {
        Author::Known(id) => {
            let message = format!("{last} has changed the proposal last, and not `{id}`");
            let note = Finding::warning("proposal-author", "roster.toml", message);
            let note = note.mend(format!("ask `{id}` whether it still says what she wants"));
            Identified {
                note: Some(note),
                ..first
            }
        }
        Author::Unknown { .. } => first,
    }
}

/// Finds the author by the key that has signed the proposed commit.
pub fn by_key(identity: &str, fingerprint: &str, roster: &Roster, today: Day) -> Identified {
    let Some((person, key)) = roster.by_key(identity) else {
        return unknown(
            format!("the commit is signed by a key that nobody in the roster has: {fingerprint}"),
            "if it is a contributor's, a facilitator runs `onetext roster key ID KEY`".to_owned(),
        );
    };
    let lapsed = match key.holds(today) {
        Holds::Yes => return known(person, Proof::Key(fingerprint.to_owned()), None),
        Holds::NotBefore(day) => format!("holds only from {}", day.long()),
        Holds::NotAfter(day) => format!("held until {}", day.long()),
        Holds::Revoked(day) => format!("is not to be trusted since {}", day.long()),
    };
    unknown(
        format!(
            "the commit is signed by a key of `{}` that {lapsed}",
            person.id
        ),
        "sign it with a key that holds".to_owned(),
    )
}

/// Says that nothing tells who the author is; an address that states an account is a hint and no proof.
pub fn by_nothing(why: &str, email: &str, roster: &Roster) -> Identified {
    let hint = stated(email).and_then(|account| match roster.holder(&account) {
        Holder::Known(person) => Some(person.id.clone()),
        _ => None,
    });
    let mend = "propose it by a pull request, sign the commit with a key of the roster, or say who it is with `--as ID`";
    let mend = hint.map_or_else(
        || mend.to_owned(),
        |id| format!("{mend}; the commit's address is that of `{id}`, which anybody can write"),
    );
    unknown(why.to_owned(), mend)
}

/// Takes the word of who runs the command.
pub fn by_word(person: &Contributor) -> Identified {
    known(person, Proof::Word, None)
}

/// The account that a forge's own address for commits states: `1234+ana@users.noreply.github.com`.
pub fn stated(email: &str) -> Option<Account> {
    let (local, host) = email.split_once('@')?;
    let forge = host.strip_prefix("users.noreply.")?;
    let (number, login) = local.split_once(['+', '-'])?;
    let number = number.parse().ok()?;
    let account = Account::new(forge, login, number);
    account.flaw().is_none().then_some(account)
}

/// Whether an author is a facilitator.
pub fn is_facilitator(author: &Author, roster: &Roster) -> bool {
    let mut people = roster.contributors.iter();
    people.any(|person| person.facilitator && *author == Author::Known(person.id.clone()))
}

fn known(person: &Contributor, proof: Proof, note: Option<Finding>) -> Identified {
    Identified {
        author: Author::Known(person.id.clone()),
        proof: Some(proof),
        note,
    }
}

fn unknown(why: String, mend: String) -> Identified {
    Identified {
        author: Author::Unknown { why, mend },
        proof: None,
        note: None,
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(account) => write!(f, "the account {account}"),
            Self::Key(fingerprint) => write!(f, "a signature with the key {fingerprint}"),
            Self::Word => f.write_str("the word of who runs this"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrative::read::toml::parse;

    fn roster() -> Roster {
        let text = "schema = 1\n[[contributors]]\nid = \"ana\"\nname = \"Ana\"\nfacilitator = true\n\
                    accounts = [{ forge = \"github.com\", login = \"ana\", id = 12 }]\n\
                    [[contributors.keys]]\nssh = \"ssh-ed25519 AAAA\"\nuntil = \"2026-03-01\"\n\
                    [[contributors]]\nid = \"bo\"\nname = \"Bo\"\n\
                    accounts = [{ forge = \"github.com\", login = \"bo\", id = 34 }]\n";
        parse("roster.toml", text).unwrap()
    }

    fn told(found: &Identified) -> String {
        match (&found.author, &found.note) {
            (Author::Known(id), None) => format!("{id}"),
            (Author::Known(id), Some(note)) => format!("{id}; {note}; {}", note.mend),
            (Author::Unknown { why, mend }, _) => format!("? {why}; {mend}"),
        }
    }

    #[test]
    fn an_account_is_a_login_and_its_number() {
        let by = |login: &str, id| {
            told(&by_account(
                &Account::new("github.com", login, id),
                &roster(),
            ))
        };
        assert_eq!(by("bo", 34), "bo");
        assert_eq!(
            by("bo", 99),
            "? identity changed: `bo` on github.com was number 34 and is number 99 now; ask `bo` by another way; \
             if the account is hers, run `onetext roster account bo github.com bo 99`"
        );
        assert_eq!(
            by("bob", 34),
            "bo; roster.toml: `bo` was `bo` on github.com and is `bob` now; \
             run `onetext roster account bo github.com bob 34`"
        );
        assert!(by("zed", 7).starts_with(
            "? nobody in the roster has the account `zed`, number 7, on github.com; "
        ));
    }

    #[test]
    fn a_facilitators_rights_need_that_nobody_else_has_pushed() {
        let account = |login: &str, id| Account::new("github.com", login, id);
        let by = |opened, last| told(&by_accounts(&opened, &last, &roster()));
        assert_eq!(by(account("ana", 12), account("ana", 12)), "ana");
        assert_eq!(by(account("ana", 12), account("bo", 34)), "bo");
        assert_eq!(
            by(account("bo", 34), account("zed", 7)),
            "bo; roster.toml: `zed`, number 7, on github.com has changed the proposal last, and not `bo`; \
             ask `bo` whether it still says what she wants"
        );
        assert!(by(account("bo", 34), account("ana", 12)).starts_with("bo; roster.toml: `ana`"));
        assert!(by(account("ana", 12), account("zed", 7)).starts_with("? nobody"));
    }

    #[test]
    fn a_key_tells_an_author_on_its_days() {
        let by = |identity: &str, day: &str| {
            told(&by_key(
                identity,
                "SHA256:x",
                &roster(),
                day.parse().unwrap(),
            ))
        };
        assert_eq!(by("ssh-ed25519 AAAA", "2026-03-01"), "ana");
        assert!(
            by("ssh-ed25519 AAAA", "2026-03-02")
                .starts_with("? the commit is signed by a key of `ana` that held")
        );
        assert!(
            by("ssh-ed25519 BBBB", "2026-03-01").contains("nobody in the roster has: SHA256:x")
        );
    }

    #[test]
    fn an_address_is_a_hint_and_no_proof() {
        for (email, hint) in [
            ("34+bo@users.noreply.github.com", true),
            ("34-bo@users.noreply.github.com", true),
            ("35+bo@users.noreply.github.com", false),
            ("bo@users.noreply.github.com", false),
            ("34+bo@users.noreply.github.com.example.org", false),
            ("bo@example.org", false),
        ] {
            let found = by_nothing("the commit is not signed", email, &roster());
            assert_eq!(found.proof, None);
            assert_eq!(
                told(&found).contains("which anybody can write"),
                hint,
                "{email}"
            );
        }
    }
}
