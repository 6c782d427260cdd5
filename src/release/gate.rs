//! What stands in the way of a release.

use serde::Serialize;

use crate::agreement::{Lot, Standing, Verdict, Voice, Wanting};
use crate::narrative::Narrative;
use crate::narrative::config::Rule;
use crate::narrative::finding::{Finding, Severity};
use crate::narrative::question::Question;
use crate::narrative::time::Day;
use crate::prose::Prose;
use crate::prose::token::Class;
use crate::prose::unit::Unit;

/// Something that stands in the way, and the command that mends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Obstacle {
    /// The question concerned; nothing for the narrative as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// What is missing.
    pub missing: String,
    /// What to do about it.
    pub mend: String,
}

/// What the gate looks at.
#[derive(Clone, Copy, Debug)]
pub struct Gate<'a> {
    /// The narrative as it would be released.
    pub narrative: &'a Narrative,
    /// By question, in order: how many choices are open and how many drafts were not considered yet.
    pub open: &'a [(usize, usize)],
    /// By question, in order: how it stands with its members.
    pub verdicts: &'a [Verdict],
    /// What the rules of `check` found.
    pub findings: &'a [Finding],
    /// The day of the release.
    pub today: Day,
}

/// Everything that stands in the way of a release that is no draft.
pub fn obstacles(gate: &Gate<'_>) -> Vec<Obstacle> {
    let mut out = Vec::new();
    let open = |verdict: &Verdict| verdict.terms.rule == Rule::Discussion;
    let all_open = gate.verdicts.iter().all(open);
    if gate.narrative.config.agreement.rule == Rule::Discussion && all_open {
        out.push(nothing_settled());
    }
    let errors = gate
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    out.extend(errors.map(|finding| Obstacle {
        question: None,
        missing: format!("{}: {}", finding.place(), finding.message),
        mend: "onetext check".to_owned(),
    }));
    let questions = gate.narrative.questions.iter().zip(gate.open);
    for ((question, open), verdict) in questions.zip(gate.verdicts) {
        let mut found = of_question(question, *open, gate);
        if verdict.terms.rule == Rule::Discussion && !all_open {
            found.push(for_discussion());
        }
        if verdict.standing == Standing::Withdrawn {
            // What is withdrawn is released as that, whatever stands in its file.
            found.clear();
        } else if question.agreed.is_some() {
            out.extend(missing(verdict));
        }
        out.extend(found.into_iter().map(|(missing, mend)| Obstacle {
            question: Some(question.id.to_string()),
            missing,
            mend,
        }));
    }
    out
}

fn nothing_settled() -> Obstacle {
    let missing = "the narrative's rule is `discussion`: nothing in it is settled";
    let mend = "release a draft with `--draft`, or change `rule` in `narrative.toml`";
    Obstacle {
        question: None,
        missing: missing.to_owned(),
        mend: mend.to_owned(),
    }
}

fn for_discussion() -> (String, String) {
    (
        "its rule is `discussion`: nothing in it is settled".to_owned(),
        "release a draft with `--draft`, or change its `rule` in `narrative.toml`".to_owned(),
    )
}

/// What members still have to say, with the command for each.
pub fn missing(verdict: &Verdict) -> Vec<Obstacle> {
    let mut out: Vec<(String, String)> = verdict
        .wanting
        .iter()
        .map(|wanting| wanted(verdict, wanting))
        .collect();
    let votes = |wanting: &Wanting| matches!(wanting, Wanting::Yes { .. } | Wanting::Quorum { .. });
    if verdict.wanting.iter().any(votes) {
        let asked = verdict.again().chain(verdict.silent());
        out.extend(asked.map(|voice| {
            let why = format!("{} {}", voice.name, to_ask(voice));
            (why, ask(verdict, &voice.member))
        }));
    }
    let obstacle = |(missing, mend)| Obstacle {
        question: Some(verdict.question.to_string()),
        missing,
        mend,
    };
    out.into_iter().map(obstacle).collect()
}

/// The command by which a member says where it stands.
fn ask(verdict: &Verdict, member: impl std::fmt::Display) -> String {
    let number = verdict.question.number();
    format!("onetext position {number} POSITION --for {member}")
}

/// Why a member is to be asked, said of it.
pub fn to_ask(voice: &Voice) -> String {
    match &voice.counts {
        Lot::Stale(touched) => {
            let passages = match touched.len() {
                1 => "1 passage has changed".to_owned(),
                many => format!("{many} passages have changed"),
            };
            format!("is to be asked again: {passages} since it spoke")
        }
        Lot::Void(why) => format!("is to be asked again: {}", why.words()),
        Lot::As(_) | Lot::Silent => "has not answered".to_owned(),
    }
}

fn wanted(verdict: &Verdict, wanting: &Wanting) -> (String, String) {
    let mut to_ask = verdict.again().chain(verdict.silent());
    let status = || format!("onetext status {}", verdict.question.number());
    let next = to_ask
        .next()
        .map_or_else(status, |voice| ask(verdict, &voice.member));
    match wanting {
        Wanting::Members => (
            "there are no members who could agree".to_owned(),
            "onetext roster member ID --name NAME".to_owned(),
        ),
        Wanting::Objection { member, reason } => (
            format!("`{member}` objects: {reason}"),
            ask(verdict, member),
        ),
        Wanting::Yes { have, need, of } => (
            format!("agreed by {have} of {of} members, and {need} must"),
            next,
        ),
        Wanting::Quorum { have, need } => {
            (format!("answered by {have} members, and {need} must"), next)
        }
        Wanting::Days { until: None, .. } => (
            "the text as it stands is not committed, so it is not open yet".to_owned(),
            "git add narrative && git commit".to_owned(),
        ),
        Wanting::Days {
            until: Some(until),
            need,
        } => (
            format!(
                "the text must stand open for {need} days, until {}",
                until.long()
            ),
            format!("release on {until} or later"),
        ),
    }
}

/// What stands in the way of one question's answer: what is missing, and how to mend it.
fn of_question(
    question: &Question,
    open: (usize, usize),
    gate: &Gate<'_>,
) -> Vec<(String, String)> {
    let number = question.id.number();
    if question.agreed.is_none() {
        return vec![(
            "there is no agreed text".to_owned(),
            format!("onetext merge {number}"),
        )];
    }
    let (choices, news) = open;
    let mut out = Vec::new();
    if choices > 0 {
        out.push((
            format!("open choices: {choices}"),
            format!("onetext decide {number}"),
        ));
    }
    if news > 0 {
        out.push((
            format!("drafts not considered yet: {news}"),
            format!("onetext merge {number}"),
        ));
    }
    out.extend(sources(question, gate));
    out
}

fn sources(question: &Question, gate: &Gate<'_>) -> Vec<(String, String)> {
    let text = Prose::parse(question.agreed.as_ref().map_or("", |text| &text.text));
    let mut out = Vec::new();
    for unit in text.passages() {
        for id in cited(unit) {
            let Some(source) = gate.narrative.sources.get(&id) else {
                continue;
            };
            if source.review.is_some_and(|review| review < gate.today) {
                let missing = format!("source `{id}` is past its review date");
                out.push((
                    missing,
                    "look at it again and set a new `review` in `sources.toml`".to_owned(),
                ));
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

/// The sources that a passage cites.
pub fn cited(unit: &Unit) -> Vec<String> {
    let atoms = unit
        .tokens()
        .iter()
        .filter(|token| token.class == Class::Atom);
    let citations = atoms.filter_map(|token| unit.text()[token.range.clone()].strip_prefix("[@"));
    citations
        .flat_map(|inner| inner.trim_end_matches(']').split(';'))
        .map(|id| id.trim().trim_start_matches('@').to_owned())
        .collect()
}
