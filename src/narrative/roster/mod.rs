//! `roster.toml`: members, who speaks for each, and contributors.
//!
//! A member is a co-op and has one voice, whoever of its delegates speaks. Members and delegates have days: who counts is
//! always asked of a day, so that what was agreed in March stays agreed by those who were members in March.
//!
//! **Invariant:** a day on which a member left, or a delegate's last day is over, is no longer one of theirs.

mod account;
mod credit;
mod edit;
mod key;

pub use account::{Account, Holder};
pub use credit::Wish;
pub use edit::{
    with_account, with_contributor, with_credit, with_delegate, with_delegate_until, with_email,
    with_key, with_leaving, with_member, without_name,
};
pub use key::{Holds, Key, Lapse};

use serde::{Deserialize, Serialize};

use super::id::{ContributorId, MemberId};
use super::time::Day;

/// Who may write, and for whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Roster {
    /// The version of this file's schema: 1.
    pub schema: u32,
    /// The member co-ops.
    #[serde(default)]
    pub members: Vec<Member>,
    /// Who speaks for a member.
    #[serde(default)]
    pub delegates: Vec<Delegate>,
    /// The contributors.
    #[serde(default)]
    pub contributors: Vec<Contributor>,
}

/// A co-op: the unit that agrees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Member {
    /// Its id.
    pub id: MemberId,
    /// Its name as it wishes to be shown.
    pub name: String,
    /// The day from which it is a member; always, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<Day>,
    /// The day from which it is none any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Day>,
    /// How releases name it.
    #[serde(default)]
    pub credit: Credit,
}

/// How releases name a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Credit {
    /// By its name.
    #[default]
    Named,
    /// It is counted and not named.
    Unnamed,
}

/// Somebody who speaks for a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Delegate {
    /// For whom.
    pub member: MemberId,
    /// Who.
    pub contributor: ContributorId,
    /// The first day; always, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

/// A person or a desk that writes drafts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Contributor {
    /// The name of her draft files.
    pub id: ContributorId,
    /// The name as she wishes to be shown.
    pub name: String,
    /// A person or a desk.
    #[serde(default)]
    pub kind: Kind,
    /// The member she belongs to; not known, if absent.
    #[serde(default)]
    pub member: Option<MemberId>,
    /// Addresses of her git identities.
    #[serde(default)]
    pub emails: Vec<String>,
    /// Accounts on forges by which her proposals are known to be hers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<Account>,
    /// Whether she merges drafts and tags releases.
    #[serde(default)]
    pub facilitator: bool,
    /// The keys by which she signs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<Key>,
    /// How releases name her; as her member, or by her name if she has none, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<Wish>,
    /// What she does, for releases that name her by that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The day on which she took her name back; from then on nothing names her.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Day>,
    /// What a reader should know of her or it.
    #[serde(default)]
    pub note: Option<String>,
}

/// What a contributor is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Somebody.
    #[default]
    Person,
    /// A collection of sources kept by nobody in particular.
    Desk,
}

impl Roster {
    /// The contributor with a key, and the key's entry.
    pub fn by_key(&self, identity: &str) -> Option<(&Contributor, &Key)> {
        let keys = self.contributors.iter().flat_map(|contributor| {
            let keys = contributor.keys.iter();
            keys.map(move |key| (contributor, key))
        });
        let mut found = keys.filter(|(_, key)| key.identity() == identity);
        found.next()
    }

    /// Every key of everybody.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        let contributors = self.contributors.iter();
        contributors.flat_map(|contributor| &contributor.keys)
    }

    /// The members of a day, in the order of the roster.
    pub fn members_on(&self, day: Day) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(move |member| member.is_on(day))
    }

    /// A member by its id.
    pub fn member(&self, id: &MemberId) -> Option<&Member> {
        self.members.iter().find(|member| member.id == *id)
    }

    /// Who speaks for a member on a day, each once.
    pub fn speakers(&self, member: &MemberId, day: Day) -> Vec<&ContributorId> {
        let mut out: Vec<&ContributorId> = Vec::new();
        for delegate in self.delegates.iter().filter(|one| one.is_on(day)) {
            if delegate.member == *member && !out.contains(&&delegate.contributor) {
                out.push(&delegate.contributor);
            }
        }
        out
    }

    /// For whom a contributor speaks on a day.
    pub fn spoken_for(&self, who: &ContributorId, day: Day) -> Vec<&MemberId> {
        let mut out: Vec<&MemberId> = Vec::new();
        for delegate in self.delegates.iter().filter(|one| one.is_on(day)) {
            if delegate.contributor == *who && !out.contains(&&delegate.member) {
                out.push(&delegate.member);
            }
        }
        out
    }
}

impl Contributor {
    /// Makes an entry that says nothing but a name.
    pub fn new(id: ContributorId, name: String) -> Self {
        Self {
            id,
            name,
            kind: Kind::Person,
            member: None,
            emails: Vec::new(),
            accounts: Vec::new(),
            facilitator: false,
            keys: Vec::new(),
            credit: None,
            role: None,
            withdrawn: None,
            note: None,
        }
    }
}

impl Member {
    /// Whether it is a member on a day.
    pub fn is_on(&self, day: Day) -> bool {
        self.joined.is_none_or(|joined| joined <= day) && self.left.is_none_or(|left| day < left)
    }

    /// The name in releases, if it wishes to be named.
    pub fn public_name(&self) -> Option<&str> {
        (self.credit == Credit::Named).then_some(&*self.name)
    }
}

impl Delegate {
    /// Whether she speaks on a day; her last day is one.
    pub fn is_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrative::read::toml::parse;

    const ROSTER: &str = r#"
schema = 1
[[members]]
id = "alpha"
name = "Alpha"
joined = "2026-03-02"
left = "2026-03-05"
[[delegates]]
member = "alpha"
contributor = "ana"
until = "2026-03-03"
[[delegates]]
member = "alpha"
contributor = "bo"
from = "2026-03-03"
[[delegates]]
member = "alpha"
contributor = "bo"
from = "2026-03-04"
"#;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn who_counts_is_asked_of_a_day() {
        let roster: Roster = parse("roster.toml", ROSTER).expect("a roster");
        let members = |text| roster.members_on(day(text)).count();
        let counts = ["2026-03-01", "2026-03-02", "2026-03-04", "2026-03-05"].map(members);
        assert_eq!(counts, [0, 1, 1, 0]);
        let alpha = "alpha".parse().expect("a name");
        let speakers = |text| -> Vec<String> {
            let all = roster.speakers(&alpha, day(text)).into_iter();
            all.map(ToString::to_string).collect()
        };
        assert_eq!(speakers("2026-03-02"), ["ana"]);
        assert_eq!(speakers("2026-03-03"), ["ana", "bo"]);
        assert_eq!(speakers("2026-03-04"), ["bo"]);
    }
}
