//! Whether members, delegates and contributors are told apart, and whether positions are who they say they are.

mod accounts;
mod credits;
mod positions;
mod terms;

pub use positions::{texts_of_positions, unknown_texts};

use super::{Files, on};
use crate::narrative::Narrative;
use crate::narrative::finding::Finding;
use crate::narrative::id::{ContributorId, MemberId};
use crate::narrative::read::nearest::nearest;
use crate::narrative::roster::{Delegate, Roster};
use crate::narrative::time::Day;

const ROSTER: &str = "roster.toml";

/// Looks at the roster and at what members said.
pub(super) fn check(narrative: &Narrative, files: &Files<'_>, today: Day) -> Vec<Finding> {
    let roster = &narrative.roster;
    let mut findings = unknown_members(roster, files);
    findings.extend(backwards(roster, files));
    for (at, delegate) in roster.delegates.iter().enumerate() {
        let line = files.find(ROSTER, |line| line.trim() == "[[delegates]]", at);
        findings.extend(of_delegate(delegate, roster).map(|finding| on(finding, line)));
    }
    findings.extend(accounts::check(roster, files));
    findings.extend(credits::check(roster, files));
    findings.extend(own_terms(narrative));
    findings.extend(terms::check(narrative, files));
    for question in &narrative.questions {
        findings.extend(positions::check(question, narrative, files, today));
    }
    findings
}

/// Who a name in the roster may have been meant for.
fn meant<'a>(id: &str, known: impl Iterator<Item = &'a str>, otherwise: String) -> String {
    match nearest(id, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => otherwise,
    }
}

fn members(roster: &Roster) -> impl Iterator<Item = &str> {
    roster.members.iter().map(|member| member.id.as_str())
}

fn unknown_members(roster: &Roster, files: &Files<'_>) -> Vec<Finding> {
    let unknown = roster.contributors.iter().filter_map(|contributor| {
        let member = contributor.member.as_ref()?;
        if roster.member(member).is_some() {
            return None;
        }
        let message = format!(
            "`{}` belongs to `{member}`, which is no member",
            contributor.id
        );
        let finding = Finding::error("unknown-member", ROSTER, message);
        let line = files.line(ROSTER, ("member", member.as_str()), 0);
        Some(on(finding, line).mend(add_member(member, roster)))
    });
    unknown.collect()
}

fn add_member(member: &MemberId, roster: &Roster) -> String {
    let add = format!("add it with `onetext roster member {member} --name NAME`");
    meant(member.as_str(), members(roster), add)
}

/// Members that left before they joined.
fn backwards(roster: &Roster, files: &Files<'_>) -> Vec<Finding> {
    let all = roster.members.iter();
    let wrong = all.filter(|member| member.left.is_some() && member.left < member.joined);
    let finding = |member: &crate::narrative::roster::Member| {
        let message = format!("`{}` left before it joined", member.id);
        let line = files.line(ROSTER, ("id", member.id.as_str()), 0);
        let finding = Finding::error("dates", ROSTER, message);
        on(finding, line).mend("mend `joined` or `left`")
    };
    wrong.map(finding).collect()
}

fn of_delegate(delegate: &Delegate, roster: &Roster) -> Option<Finding> {
    let Delegate {
        member,
        contributor: who,
        ..
    } = delegate;
    let mut people = roster.contributors.iter();
    let Some(person) = people.find(|person| person.id == *who) else {
        let message = format!("no contributor `{who}` is in `roster.toml` to speak for `{member}`");
        return Some(Finding::error("unknown-contributor", ROSTER, message).mend(add(who, roster)));
    };
    if roster.member(member).is_none() {
        let message = format!("`{who}` speaks for `{member}`, which is no member");
        let finding = Finding::error("unknown-member", ROSTER, message);
        return Some(finding.mend(add_member(member, roster)));
    }
    if let Some(own) = person.member.as_ref().filter(|own| *own != member) {
        let message = format!("`{who}` speaks for `{member}` and belongs to `{own}`");
        let finding = Finding::error("delegate", ROSTER, message);
        return Some(finding.mend("let each member be spoken for by its own people"));
    }
    let backwards = delegate.until.is_some() && delegate.until < delegate.from;
    backwards.then(|| {
        let message = format!("`{who}` speaks for `{member}` until a day before the first");
        Finding::error("dates", ROSTER, message).mend("mend `from` or `until`")
    })
}

fn add(who: &ContributorId, roster: &Roster) -> String {
    let known = roster.contributors.iter().map(|person| person.id.as_str());
    meant(
        who.as_str(),
        known,
        format!("run `onetext roster add {who}`"),
    )
}

/// Terms of questions that are not there.
fn own_terms(narrative: &Narrative) -> Vec<Finding> {
    let ids = || narrative.questions.iter().map(|question| &question.id);
    let own = narrative.config.agreement.questions.keys();
    let unknown = own.filter(|id| ids().all(|known| known != *id));
    let finding = |id: &crate::narrative::id::QuestionId| {
        let known: Vec<String> = ids().map(ToString::to_string).collect();
        let message = format!("`[agreement.questions.{id}]` is of a question that is not there");
        let mend = "take it out, or name the question's folder".to_owned();
        let mend = meant(&id.to_string(), known.iter().map(String::as_str), mend);
        Finding::error("unknown-question", "narrative.toml", message).mend(mend)
    };
    unknown.map(finding).collect()
}
