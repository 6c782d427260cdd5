//! Ids that a reader could take for one another.

use super::{Files, on};
use crate::narrative::Narrative;
use crate::narrative::finding::Finding;

/// Finds the members, the contributors and the questions whose ids look alike.
pub fn confusable(narrative: &Narrative, files: &Files<'_>) -> Vec<Finding> {
    let roster = &narrative.roster;
    let line = |id: &str| files.line("roster.toml", ("id", id), 0);
    let of_roster = |what: &str, ids: Vec<&str>| -> Vec<Finding> {
        let found =
            pairs(&ids).map(|(id, other)| on(finding("roster.toml", what, id, other), line(id)));
        found.collect()
    };
    let members = roster.members.iter().map(|one| one.id.as_str());
    let people = roster.contributors.iter().map(|one| one.id.as_str());
    let mut findings = of_roster("member", members.collect());
    findings.extend(of_roster("contributor", people.collect()));
    // What is typed is often the name alone, and the number tells no two of them apart at a glance.
    let questions = &narrative.questions;
    let names: Vec<&str> = questions
        .iter()
        .map(|question| question.id.name())
        .collect();
    findings.extend(pairs(&names).filter_map(|(name, other)| {
        let id = &questions
            .iter()
            .find(|question| question.id.name() == name)?
            .id;
        let path = format!("{id}/question.md");
        Some(finding(&path, "question's name", name, other))
    }));
    findings
}

/// Each id that looks like one before it, and that one.
fn pairs<'a>(ids: &[&'a str]) -> impl Iterator<Item = (&'a str, &'a str)> {
    let earlier = |at: usize| ids[..at].iter().copied();
    ids.iter().enumerate().filter_map(move |(at, id)| {
        let other = earlier(at).find(|other| look_alike(other, id))?;
        Some((*id, other))
    })
}

fn finding(path: &str, what: &str, id: &str, other: &str) -> Finding {
    let message = format!("the {what} `{id}` is easily taken for `{other}`");
    let mend = "give one of the two an id that cannot be misread";
    Finding::error("confusable-id", path, message).mend(mend)
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
