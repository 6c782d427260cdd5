//! How releases name a contributor: as she wishes, or not at all.
//!
//! **Invariant:** whoever withdrew, or wishes no credit, is named by nothing that comes from here.

use serde::{Deserialize, Serialize};

use super::{Contributor, Kind, Roster};
use crate::narrative::id::ContributorId;

/// What stands for a contributor whom nothing is to name.
const UNNAMED: &str = "a contributor who is not named";

/// How a contributor wishes to be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wish {
    /// By her name, and her member's if it is named.
    NameAndMember,
    /// By her member's name alone.
    Member,
    /// By what she does: `a developer at a co-op in Leeds`.
    Role,
    /// Not at all.
    None,
}

impl Wish {
    /// The wish as the roster has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::NameAndMember => "name-and-member",
            Self::Member => "member",
            Self::Role => "role",
            Self::None => "none",
        }
    }
}

impl Roster {
    /// The name under which a release credits a contributor; nothing for one who is not to be named.
    ///
    /// Without a wish it is her member's, if she has one, and her own if not.
    pub fn credit(&self, contributor: &Contributor) -> Option<String> {
        let member = contributor.member.as_ref().and_then(|id| self.member(id));
        let public = member.and_then(|member| member.public_name());
        let own = || Some(contributor.name.clone());
        if contributor.withdrawn.is_some() {
            return None;
        }
        match contributor.credit {
            Some(Wish::NameAndMember) => Some(match public {
                Some(member) => format!("{} ({member})", contributor.name),
                None => contributor.name.clone(),
            }),
            Some(Wish::Member) => public.map(ToOwned::to_owned),
            Some(Wish::Role) => contributor.role.clone(),
            Some(Wish::None) => None,
            None if member.is_some() => public.map(ToOwned::to_owned),
            None => own(),
        }
    }

    /// Whose words a passage is, as data has it: the id of one who said nothing of it, or what she wishes.
    pub fn shown(&self, id: &ContributorId) -> String {
        let mut contributors = self.contributors.iter();
        match contributors.find(|contributor| contributor.id == *id) {
            Some(one) if one.withdrawn.is_some() || one.credit.is_some() => {
                self.credit(one).unwrap_or_else(|| UNNAMED.to_owned())
            }
            _ => id.to_string(),
        }
    }

    /// Contributors as data has them, each credit once.
    pub fn all_shown(&self, ids: &[ContributorId]) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for shown in ids.iter().map(|id| self.shown(id)) {
            if !out.contains(&shown) {
                out.push(shown);
            }
        }
        out
    }
}

impl Contributor {
    /// Whether she is a collection of sources.
    pub fn is_desk(&self) -> bool {
        self.kind == Kind::Desk
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrative::read::toml::parse;

    fn roster(wish: &str) -> Roster {
        let text = format!(
            "schema = 1\n[[members]]\nid = \"alpha\"\nname = \"Alpha Co-op\"\n[[contributors]]\nid = \"ana\"\n\
             name = \"Ana Example\"\nmember = \"alpha\"\n{wish}\n"
        );
        parse("roster.toml", &text).expect("a roster")
    }

    fn credit(wish: &str) -> (Option<String>, String) {
        let roster = roster(wish);
        let ana = &roster.contributors[0];
        (roster.credit(ana), roster.shown(&ana.id))
    }

    #[test]
    fn each_wish_is_kept() {
        let named = |credit: &str, shown: &str| (Some(credit.to_owned()), shown.to_owned());
        let both = "Ana Example (Alpha Co-op)";
        assert_eq!(credit(""), named("Alpha Co-op", "ana"));
        assert_eq!(credit("credit = \"name-and-member\""), named(both, both));
        let member = "Alpha Co-op";
        assert_eq!(credit("credit = \"member\""), named(member, member));
        let role = "credit = \"role\"\nrole = \"a developer\"";
        assert_eq!(credit(role), named("a developer", "a developer"));
        let nobody = (None, UNNAMED.to_owned());
        assert_eq!(credit("credit = \"none\""), nobody);
        let withdrawn = "credit = \"name-and-member\"\nwithdrawn = \"2026-03-01\"";
        assert_eq!(credit(withdrawn), nobody);
    }
}
