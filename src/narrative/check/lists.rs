//! Whether roster, sources and records agree with themselves and with the drafts.

use super::{Files, on};
use crate::narrative::Narrative;
use crate::narrative::finding::Finding;
use crate::narrative::question::Question;
use crate::narrative::read::nearest::nearest;
use crate::narrative::roster::Roster;

/// Looks for ids that are there twice or not at all.
pub fn check(narrative: &Narrative, files: &Files<'_>) -> Vec<Finding> {
    let roster = &narrative.roster;
    let mut findings = Vec::new();
    let contributors = roster.contributors.iter().map(|one| one.id.as_str());
    let members = roster.members.iter().map(|one| one.id.as_str());
    let sources = narrative.sources.sources.iter().map(|one| one.id.as_str());
    let people = List {
        path: "roster.toml",
        what: "contributor",
    };
    findings.extend(people.twice(contributors, files));
    let co_ops = List {
        path: "roster.toml",
        what: "member",
    };
    findings.extend(co_ops.twice(members, files));
    let cited = List {
        path: "sources.toml",
        what: "source",
    };
    findings.extend(cited.twice(sources.clone(), files));
    findings.extend(sources.filter_map(|id| source_id(id, files)));
    for question in &narrative.questions {
        findings.extend(strangers(question, roster));
        findings.extend(record(question));
    }
    findings
}

struct List {
    path: &'static str,
    what: &'static str,
}

impl List {
    fn twice<'a>(&self, ids: impl Iterator<Item = &'a str>, files: &Files<'_>) -> Vec<Finding> {
        let mut seen: Vec<&str> = Vec::new();
        let mut findings = Vec::new();
        for id in ids {
            if seen.contains(&id) {
                let message = format!("the {} `{id}` is here twice", self.what);
                let line = files.line(self.path, ("id", id), 1);
                let finding = Finding::error("duplicate-id", self.path, message);
                findings.push(on(finding, line).mend("give one of the two another id"));
            }
            seen.push(id);
        }
        findings
    }
}

fn source_id(id: &str, files: &Files<'_>) -> Option<Finding> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !id.is_empty() && id.bytes().all(fits) {
        return None;
    }
    let message = format!("`{id}` cannot be cited as `[@id]`");
    let finding = Finding::error("source-id", "sources.toml", message);
    let line = files.line("sources.toml", ("id", id), 0);
    Some(on(finding, line).mend("use letters, digits, `-` and `_`"))
}

fn strangers(question: &Question, roster: &Roster) -> Vec<Finding> {
    let known = || {
        roster
            .contributors
            .iter()
            .map(|contributor| contributor.id.as_str())
    };
    let drafts = question
        .drafts
        .keys()
        .map(super::super::id::ContributorId::as_str);
    let unknown = drafts.filter(|id| known().all(|other| other != *id));
    let finding = |id: &str| {
        let path = format!("{}/drafts/{id}.md", question.id);
        let message = format!("no contributor `{id}` is in `roster.toml`");
        let mend = match nearest(id, known()) {
            Some(meant) => format!("name the file `{meant}.md`, or run `onetext roster add {id}`"),
            None => format!("run `onetext roster add {id}`"),
        };
        Finding::error("unknown-contributor", &path, message).mend(mend)
    };
    unknown.map(finding).collect()
}

/// A record that the tool wrote counts its folds, and undoes only what was done.
fn record(question: &Question) -> Vec<Finding> {
    let mut last = 0;
    let mut findings = Vec::new();
    for fold in &question.record.folds {
        let undoes = fold
            .undoes
            .filter(|undone| *undone == 0 || *undone >= fold.number);
        let wrong = match undoes {
            _ if fold.number != last + 1 => {
                Some(format!("fold {} follows fold {last}", fold.number))
            }
            Some(undone) => Some(format!(
                "fold {} undoes fold {undone}, which is not before it",
                fold.number
            )),
            None => None,
        };
        if let Some(message) = wrong {
            let path = format!("{}/record.toml", question.id);
            let finding = Finding::error("record", &path, message);
            findings.push(finding.mend("restore the record with git; only onetext writes it"));
        }
        last = fold.number;
    }
    findings
}
