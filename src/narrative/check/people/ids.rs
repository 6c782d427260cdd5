//! Ids that a reader could take for one another.

use super::ROSTER;
use crate::narrative::check::{Files, on};
use crate::narrative::finding::Finding;
use crate::narrative::roster::Roster;

/// Finds the members, and the contributors, whose ids look alike.
pub fn confusable(roster: &Roster, files: &Files<'_>) -> Vec<Finding> {
    let members: Vec<&str> = roster.members.iter().map(|one| one.id.as_str()).collect();
    let people: Vec<&str> = roster
        .contributors
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    let mut findings = of_list("member", &members, files);
    findings.extend(of_list("contributor", &people, files));
    findings
}

fn of_list(what: &str, ids: &[&str], files: &Files<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        let Some(other) = ids[..at].iter().find(|other| look_alike(other, id)) else {
            continue;
        };
        let message = format!("the {what} `{id}` is easily taken for `{other}`");
        let finding = Finding::error("confusable-id", ROSTER, message);
        let finding = on(finding, files.line(ROSTER, ("id", id), 0));
        findings.push(finding.mend("give one of the two an id that cannot be misread"));
    }
    findings
}

/// Whether two ids differ and look alike.
pub fn look_alike(one: &str, other: &str) -> bool {
    one != other && seen(one) == seen(other)
}

/// An id as it is seen at a glance: `0` as `o`, `1` and `i` as `l`, `5` as `s`, `rn` as `m`, `vv` as `w`, no hyphens.
fn seen(id: &str) -> String {
    let plain: String = id
        .chars()
        .filter(|sign| *sign != '-')
        .map(|sign| match sign {
            '0' => 'o',
            '1' | 'i' => 'l',
            '5' => 's',
            sign => sign,
        })
        .collect();
    plain.replace("rn", "m").replace("vv", "w")
}

#[cfg(test)]
mod tests {
    use super::look_alike;

    #[test]
    fn ids_that_look_alike_are_found() {
        for (one, other) in [
            ("alpha", "a1pha"),
            ("co-op", "c0op"),
            ("modern", "modem"),
            ("vvest", "west"),
            ("al-pha", "alpha"),
        ] {
            assert!(look_alike(one, other), "{one} {other}");
        }
        for (one, other) in [("alpha", "alpha"), ("alpha", "alphas"), ("bo", "bob")] {
            assert!(!look_alike(one, other), "{one} {other}");
        }
    }
}
