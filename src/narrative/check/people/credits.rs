//! Whether each contributor can be named as she wishes.

use super::ROSTER;
use crate::narrative::check::{Files, on};
use crate::narrative::finding::Finding;
use crate::narrative::roster::{Contributor, Roster, Wish};

/// Looks for wishes that name nobody, where somebody was to be named.
pub fn check(roster: &Roster, files: &Files<'_>) -> Vec<Finding> {
    let lacking = |one: &Contributor| {
        let (what, mend) = match one.credit? {
            Wish::Role if one.role.is_none() => ("role", "add `role = \"a developer at …\"`"),
            Wish::Member if one.member.is_none() => {
                ("member", "add `member`, or wish for another credit")
            }
            _ => return None,
        };
        let message = format!("`{}` wishes to be named by her {what} and has none", one.id);
        let line = files.line(ROSTER, ("id", one.id.as_str()), 0);
        Some(on(Finding::error("credit", ROSTER, message), line).mend(mend))
    };
    roster.contributors.iter().filter_map(lacking).collect()
}
