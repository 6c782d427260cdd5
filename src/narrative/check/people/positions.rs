//! Whether each position is its member's own, given by who may speak for it, on a day that has come.

use std::collections::BTreeSet;

use super::{add, add_member};
use crate::narrative::Narrative;
use crate::narrative::check::{Files, Standing, Subject, check_text, on};
use crate::narrative::finding::Finding;
use crate::narrative::id::{BlobId, MemberId};
use crate::narrative::position::{Position, Stand};
use crate::narrative::question::Question;
use crate::narrative::record::{Notice, Said};
use crate::narrative::roster::Roster;
use crate::narrative::snapshot::Snapshot;
use crate::narrative::time::Day;

/// Looks at the positions and notices of a question.
pub fn check(
    question: &Question,
    narrative: &Narrative,
    files: &Files<'_>,
    today: Day,
) -> Vec<Finding> {
    let mut findings = notices(question);
    for (owner, position) in &question.positions {
        let case = Case {
            path: Position::path(&question.id, owner),
            position,
            files,
        };
        let found = case.owner(owner, &narrative.roster);
        findings.extend(found.or_else(|| case.speaker(&narrative.roster)));
        findings.extend(case.recorder(&narrative.roster));
        findings.extend(case.day(today));
        findings.extend(case.reason());
        findings.extend(case.statement(narrative));
    }
    findings
}

/// The texts that the positions of a question were given on.
pub fn texts_of_positions(question: &Question) -> impl Iterator<Item = &BlobId> {
    question.positions.values().map(|position| &position.text)
}

/// Finds the positions that were given on texts which are not among those known.
pub fn unknown_texts(
    question: &Question,
    snapshot: &Snapshot,
    known: &BTreeSet<BlobId>,
) -> Vec<Finding> {
    let agreed = question.agreed.as_ref().map(|text| &text.blob);
    let is_known = |text: &BlobId| agreed == Some(text) || known.contains(text);
    let unknown = question.positions.iter();
    let unknown = unknown.filter(|(_, position)| !is_known(&position.text));
    let finding = |(owner, position): (&MemberId, &Position)| {
        let case = Case {
            path: Position::path(&question.id, owner),
            position,
            files: &Files(snapshot),
        };
        let message = "the text that it was given on is not in this repository".to_owned();
        let mend =
            "run `git fetch --unshallow`, or give the position again with `onetext position`";
        case.error("position-text", "text", message).mend(mend)
    };
    unknown.map(finding).collect()
}

/// One file of a member.
struct Case<'a> {
    path: String,
    position: &'a Position,
    files: &'a Files<'a>,
}

impl Case<'_> {
    fn error(&self, rule: &'static str, key: &str, message: String) -> Finding {
        let is_key = |line: &str| {
            line.split_once('=')
                .is_some_and(|(left, _)| left.trim() == key)
        };
        let line = self.files.find(&self.path, is_key, 0);
        on(Finding::error(rule, &self.path, message), line)
    }

    fn owner(&self, owner: &MemberId, roster: &Roster) -> Option<Finding> {
        let member = &self.position.member;
        if owner != member {
            let message = format!("the file of `{owner}` speaks for `{member}`");
            let mend = format!("a member writes only its own file: `positions/{member}.toml`");
            return Some(self.error("position-owner", "member", message).mend(mend));
        }
        let unknown = roster.member(member).is_none();
        let message = format!("no member `{member}` is in `roster.toml`");
        unknown.then(|| {
            let finding = self.error("unknown-member", "member", message);
            finding.mend(add_member(member, roster))
        })
    }

    fn speaker(&self, roster: &Roster) -> Option<Finding> {
        let Position {
            member, spoke, on, ..
        } = self.position;
        let known = roster.contributors.iter().any(|person| person.id == *spoke);
        if !known {
            let message = format!("no contributor `{spoke}` is in `roster.toml`");
            let finding = self.error("unknown-contributor", "spoke", message);
            return Some(finding.mend(add(spoke, roster)));
        }
        let speaks = roster.speakers(member, *on).contains(&spoke);
        let message = format!("`{spoke}` did not speak for `{member}` on {}", on.long());
        let mend = format!(
            "run `onetext roster delegate {spoke} --for {member}`, or let a delegate say it"
        );
        (!speaks).then(|| self.error("position-speaker", "spoke", message).mend(mend))
    }

    fn recorder(&self, roster: &Roster) -> Option<Finding> {
        let by = self.position.recorded_by.as_ref()?;
        let mut people = roster.contributors.iter();
        let may = people.any(|person| person.id == *by && person.facilitator);
        let message = format!("`{by}` recorded it and is no facilitator");
        let mend = "only a facilitator records what others say; let a delegate write the file";
        (!may).then(|| {
            self.error("position-recorder", "recorded-by", message)
                .mend(mend)
        })
    }

    fn day(&self, today: Day) -> Option<Finding> {
        let on = self.position.on;
        let message = format!("the position is of {}, which has not come", on.long());
        let mend = "write the day on which it was given";
        (on > today).then(|| self.error("position-day", "on", message).mend(mend))
    }

    fn reason(&self) -> Option<Finding> {
        let objects = self.position.position == Stand::Object;
        let without = objects && self.position.stated_reason().is_none();
        let message = "an objection needs a reason".to_owned();
        let mend = "add `reason = \"…\"`, and best a `wording` that the member could live with";
        without.then(|| {
            self.error("objection-reason", "position", message)
                .mend(mend)
        })
    }

    /// A statement is a text that is released, so it is held to what texts are held to.
    fn statement(&self, narrative: &Narrative) -> Vec<Finding> {
        let Some(text) = &self.position.statement else {
            return Vec::new();
        };
        let found = check_text(&Subject {
            path: self.path.clone(),
            text,
            standing: Standing::Draft,
            sources: &narrative.sources,
        });
        let placed = |finding| {
            let finding = Finding {
                line: None,
                column: None,
                ..finding
            };
            let is_key = |line: &str| line.trim_start().starts_with("statement");
            on(finding, self.files.find(&self.path, is_key, 0))
        };
        found.into_iter().map(placed).collect()
    }
}

/// A notice takes back only what was said.
fn notices(question: &Question) -> Vec<Finding> {
    let path = format!("{}/record.toml", question.id);
    let mut withdrawn: Option<&Notice> = None;
    let mut findings = Vec::new();
    for notice in &question.record.notices {
        let fits = withdrawn.is_some_and(|before| before.text == notice.text);
        let wrong = match notice.notice {
            Said::Withdrawn if fits => Some("withdraws what is withdrawn already"),
            Said::Restored if !fits => Some("restores what was not withdrawn"),
            _ => None,
        };
        if let Some(wrong) = wrong {
            let message = format!("the notice of {} {wrong}", notice.at.day().long());
            let finding = Finding::error("record", &path, message);
            findings.push(finding.mend("restore the record with git; only onetext writes it"));
        }
        match notice.notice {
            Said::Withdrawn => withdrawn = Some(notice),
            Said::Restored => withdrawn = None,
            Said::Superseded => {}
        }
    }
    let agreed = question.agreed.as_ref().map(|text| &text.blob);
    if let Some(notice) = withdrawn.filter(|notice| Some(&notice.text) == agreed) {
        let message = format!("the answer is withdrawn: {}", notice.reason);
        let path = format!("{}/agreed.md", question.id);
        let finding = Finding::warning("withdrawn", &path, message);
        let number = question.id.number();
        findings.push(finding.mend(format!(
            "fold a new text, or take it back with `onetext withdraw {number} --undo --reason TEXT`"
        )));
    }
    findings
}
