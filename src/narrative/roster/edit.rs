//! Changes of `roster.toml` that keep everything else as people wrote it; the only file that names `toml_edit`.
//!
//! `toml_edit` buys us comments, order and spacing that stay.

use super::{Account, Contributor, Credit, Delegate, Key, Kind, Member, Wish};
use crate::narrative::id::{ContributorId, MemberId};
use crate::narrative::time::Day;

/// Adds a contributor to the text of `roster.toml` and keeps everything else as people wrote it.
///
/// A text that cannot be read as TOML is given back with the entry appended.
pub fn with_contributor(text: &str, contributor: &Contributor) -> String {
    let mut entry = toml_edit::Table::new();
    entry["id"] = toml_edit::value(contributor.id.as_str());
    entry["name"] = toml_edit::value(&contributor.name);
    if contributor.kind == Kind::Desk {
        entry["kind"] = toml_edit::value("desk");
    }
    if let Some(member) = &contributor.member {
        entry["member"] = toml_edit::value(member.as_str());
    }
    if !contributor.emails.is_empty() {
        entry["emails"] = toml_edit::value(contributor.emails.iter().collect::<toml_edit::Array>());
    }
    if contributor.facilitator {
        entry["facilitator"] = toml_edit::value(true);
    }
    appended(text, "contributors", &entry)
}

/// Adds a member to the text of `roster.toml` and keeps everything else as people wrote it.
pub fn with_member(text: &str, member: &Member) -> String {
    let mut entry = toml_edit::Table::new();
    entry["id"] = toml_edit::value(member.id.as_str());
    entry["name"] = toml_edit::value(&member.name);
    if let Some(joined) = member.joined {
        entry["joined"] = toml_edit::value(joined.to_string());
    }
    if member.credit == Credit::Unnamed {
        entry["credit"] = toml_edit::value("unnamed");
    }
    appended(text, "members", &entry)
}

/// Says in the text of `roster.toml` from which day a member is none any more.
///
/// A text that has no such member, or cannot be read as TOML, is given back as it is.
pub fn with_leaving(text: &str, id: &MemberId, left: Day) -> String {
    changed(
        text,
        "members",
        |entry| has(entry, "id", id.as_str()),
        |entry| {
            entry["left"] = toml_edit::value(left.to_string());
        },
    )
    .unwrap_or_else(|| text.to_owned())
}

/// Adds who speaks for a member to the text of `roster.toml` and keeps everything else as people wrote it.
pub fn with_delegate(text: &str, delegate: &Delegate) -> String {
    let mut entry = toml_edit::Table::new();
    entry["member"] = toml_edit::value(delegate.member.as_str());
    entry["contributor"] = toml_edit::value(delegate.contributor.as_str());
    for (key, day) in [("from", delegate.from), ("until", delegate.until)] {
        if let Some(day) = day {
            entry[key] = toml_edit::value(day.to_string());
        }
    }
    appended(text, "delegates", &entry)
}

/// Says in the text of `roster.toml` until when somebody speaks for a member who has spoken for it without an end.
///
/// A text that has no such delegate, or cannot be read as TOML, is given back as it is.
pub fn with_delegate_until(text: &str, delegate: &Delegate) -> String {
    let (member, who) = (delegate.member.as_str(), delegate.contributor.as_str());
    let open = |entry: &toml_edit::Table| {
        has(entry, "member", member)
            && has(entry, "contributor", who)
            && !entry.contains_key("until")
    };
    let ended = changed(text, "delegates", open, |entry| {
        if let Some(until) = delegate.until {
            entry["until"] = toml_edit::value(until.to_string());
        }
    });
    ended.unwrap_or_else(|| text.to_owned())
}

fn appended(text: &str, list: &str, entry: &toml_edit::Table) -> String {
    let text = text.trim_end();
    let gap = if text.is_empty() { "" } else { "\n\n" };
    format!("{text}{gap}[[{list}]]\n{entry}")
}

fn has(entry: &toml_edit::Table, key: &str, value: &str) -> bool {
    entry.get(key).and_then(toml_edit::Item::as_str) == Some(value)
}

/// Changes the last of the entries of a list that are sought; nothing if there is none, or if the text is no TOML.
fn changed(
    text: &str,
    list: &str,
    sought: impl Fn(&toml_edit::Table) -> bool,
    change: impl FnOnce(&mut toml_edit::Table),
) -> Option<String> {
    let mut document: toml_edit::DocumentMut = text.parse().ok()?;
    let entries = document.get_mut(list)?.as_array_of_tables_mut()?;
    let found = entries.iter().enumerate();
    let (at, _) = found.filter(|(_, entry)| sought(entry)).last()?;
    change(entries.get_mut(at)?);
    Some(document.to_string())
}

/// Adds an address to a contributor in the text of `roster.toml` and keeps everything else as people wrote it.
///
/// A text that has no such contributor, or cannot be read as TOML, is given back as it is.
pub fn with_email(text: &str, id: &ContributorId, email: &str) -> String {
    changed(
        text,
        "contributors",
        |entry| has(entry, "id", id.as_str()),
        |entry| {
            let emails = entry
                .entry("emails")
                .or_insert(toml_edit::value(toml_edit::Array::new()));
            if let Some(emails) = emails.as_array_mut() {
                emails.push(email);
            }
        },
    )
    .unwrap_or_else(|| text.to_owned())
}

/// Adds an account to a contributor in the text of `roster.toml`, in place of the one of that login or number, and keeps
/// everything else as people wrote it.
///
/// A text that has no such contributor, or cannot be read as TOML, is given back as it is.
pub fn with_account(text: &str, id: &ContributorId, account: &Account) -> String {
    let mut fields = toml_edit::InlineTable::new();
    fields.insert("forge", account.forge.as_str().into());
    fields.insert("login", account.login.as_str().into());
    fields.insert("id", i64::try_from(account.id).unwrap_or(i64::MAX).into());
    let own = |value: &toml_edit::Value| {
        let field = |name: &str| value.as_inline_table()?.get(name);
        let text = |name: &str| field(name)?.as_str().map(ToOwned::to_owned);
        let number = field("id").and_then(toml_edit::Value::as_integer);
        let number = number.and_then(|number| u64::try_from(number).ok());
        let entry = (text("forge"), text("login"), number);
        let (Some(forge), Some(login), Some(id)) = entry else {
            return false;
        };
        let entry = Account { forge, login, id };
        entry.has_login_of(account) || entry.has_number_of(account)
    };
    let with = changed(
        text,
        "contributors",
        |entry| has(entry, "id", id.as_str()),
        |entry| {
            let empty = || toml_edit::value(toml_edit::Array::new());
            let accounts = entry.entry("accounts").or_insert_with(empty);
            if let Some(accounts) = accounts.as_array_mut() {
                accounts.retain(|value| !own(value));
                accounts.push(fields);
            }
        },
    );
    with.unwrap_or_else(|| text.to_owned())
}

/// Says in the text of `roster.toml` how a contributor wishes to be named and keeps everything else as people wrote it.
///
/// A text that has no such contributor, or cannot be read as TOML, is given back as it is.
pub fn with_credit(text: &str, id: &ContributorId, (wish, role): (Wish, Option<&str>)) -> String {
    of_contributor(text, id, |entry| {
        entry["credit"] = toml_edit::value(wish.word());
        if let Some(role) = role {
            entry["role"] = toml_edit::value(role);
        }
    })
}

/// Takes out of the text of `roster.toml` what tells who a contributor is, but for her id.
///
/// A text that has no such contributor, or cannot be read as TOML, is given back as it is.
pub fn without_name(text: &str, id: &ContributorId, day: Day) -> String {
    of_contributor(text, id, |entry| {
        for key in ["emails", "accounts", "keys", "credit", "role", "note"] {
            entry.remove(key);
        }
        entry["name"] = toml_edit::value(id.as_str());
        entry["withdrawn"] = toml_edit::value(day.to_string());
    })
}

fn of_contributor(
    text: &str,
    id: &ContributorId,
    change: impl FnOnce(&mut toml_edit::Table),
) -> String {
    let sought = |entry: &toml_edit::Table| has(entry, "id", id.as_str());
    changed(text, "contributors", sought, change).unwrap_or_else(|| text.to_owned())
}

/// Adds a key to a contributor in the text of `roster.toml` and keeps everything else as people wrote it.
///
/// A text that has no such contributor, or cannot be read as TOML, is given back as it is.
pub fn with_key(text: &str, id: &ContributorId, key: &Key) -> String {
    let mut fields = toml_edit::Table::new();
    let mut set = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            fields[name] = toml_edit::value(value);
        }
    };
    set("ssh", key.ssh.clone());
    set("openpgp", key.openpgp.clone());
    set("from", key.from.map(String::from));
    set("until", key.until.map(String::from));
    changed(
        text,
        "contributors",
        |entry| has(entry, "id", id.as_str()),
        |entry| match entry.entry("keys").or_insert(toml_edit::array()) {
            toml_edit::Item::ArrayOfTables(keys) => keys.push(fields),
            other => {
                if let Some(keys) = other.as_array_mut() {
                    keys.push(fields.into_inline_table());
                }
            }
        },
    )
    .unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_added_and_comments_stay() {
        let text = "# Us.\n[[contributors]]\nid = \"ana\" # first\nname = \"Ana\"\n";
        let id = "ana".parse().expect("a name");
        let with = with_email(text, &id, "ana@example.org");
        assert_eq!(with, format!("{text}emails = [\"ana@example.org\"]\n"));
        assert_eq!(with_email(text, &"bo".parse().expect("a name"), "x"), text);
    }

    #[test]
    fn members_and_delegates_come_and_go() {
        let (alpha, ana): (MemberId, ContributorId) = (
            "alpha".parse().expect("a name"),
            "ana".parse().expect("a name"),
        );
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let member = Member {
            id: alpha.clone(),
            name: "Alpha".to_owned(),
            joined: Some(day("2026-01-01")),
            left: None,
            credit: Credit::Unnamed,
        };
        let text = with_member("schema = 1\n# Ours.\n", &member);
        let mut delegate = Delegate {
            member: alpha.clone(),
            contributor: ana,
            from: None,
            until: None,
        };
        let text = with_delegate(&text, &delegate);
        delegate.until = Some(day("2026-02-01"));
        let text = with_delegate_until(&text, &delegate);
        assert_eq!(with_delegate_until(&text, &delegate), text);
        let expected = "schema = 1\n# Ours.\n\n[[members]]\nid = \"alpha\"\nname = \"Alpha\"\njoined = \"2026-01-01\"\n\
                        credit = \"unnamed\"\nleft = \"2026-03-01\"\n\n[[delegates]]\nmember = \"alpha\"\n\
                        contributor = \"ana\"\nuntil = \"2026-02-01\"\n";
        assert_eq!(with_leaving(&text, &alpha, day("2026-03-01")), expected);
    }

    #[test]
    fn an_account_is_added_or_takes_the_place_of_its_own() {
        let text = "# Us.\n[[contributors]]\nid = \"ana\" # first\nname = \"Ana\"\n";
        let id = "ana".parse().expect("a name");
        let account = |login: &str, number| Account::new("github.com", login, number);
        let with = with_account(text, &id, &account("ana", 12));
        let entry =
            |login: &str| format!("{{ forge = \"github.com\", login = \"{login}\", id = 12 }}");
        assert_eq!(with, format!("{text}accounts = [{}]\n", entry("ana")));
        let renamed = with_account(&with, &id, &account("anna", 12));
        assert_eq!(renamed, format!("{text}accounts = [{}]\n", entry("anna")));
        let two = with_account(&with, &id, &Account::new("codeberg.org", "ana", 12));
        assert_eq!(two.matches("forge = ").count(), 2);
    }

    #[test]
    fn a_name_goes_and_the_id_stays() {
        let text = "# Us.\n[[contributors]]\nid = \"ana\" # first\nname = \"Ana Example\"\nmember = \"alpha\"\n\
                    emails = [\"ana@example.org\"]\n\n[[contributors.keys]]\nssh = \"ssh-ed25519 AAAA\"\n";
        let id = "ana".parse().expect("a name");
        let named = with_credit(text, &id, (Wish::Role, Some("a developer")));
        assert!(
            named.contains("credit = \"role\"\nrole = \"a developer\"\n"),
            "{named}"
        );
        let day = "2026-03-01".parse().expect("a day");
        let expected = "# Us.\n[[contributors]]\nid = \"ana\" # first\nname = \"ana\"\nmember = \"alpha\"\n\
                        withdrawn = \"2026-03-01\"\n";
        assert_eq!(without_name(&named, &id, day), expected);
    }

    #[test]
    fn a_key_is_added_and_comments_stay() {
        let text = "# Us.\n[[contributors]]\nid = \"ana\" # first\nname = \"Ana\"\n";
        let id = "ana".parse().expect("a name");
        let with = with_key(text, &id, &Key::ssh("ssh-ed25519 AAAA"));
        let added = "\n[[contributors.keys]]\nssh = \"ssh-ed25519 AAAA\"\n";
        assert_eq!(with, format!("{text}{added}"));
    }
}
