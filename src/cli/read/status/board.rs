//! How every question stands, and the one next command.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::agreement::{Standing as Agreed, Verdict};
use crate::cli::agreeing::Moment;
use crate::cli::error::CommandError;
use crate::cli::fold::{Standing, standing};
use crate::cli::opened::Opened;
use crate::cli::proposing::onwards::onwards;
use crate::narrative::check::{self, Subject, cited};
use crate::narrative::question::Question;
use crate::narrative::time::Day;
use crate::prose::Prose;
use crate::provenance::table::Table;
use crate::store::{At, clock};

use super::members::Members;

/// How the narrative stands.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Board {
    /// Its title.
    pub title: String,
    /// How each question stands, by number.
    pub questions: Vec<Row>,
    /// How many errors `check` would find.
    pub errors: usize,
    /// Files that are not committed.
    pub uncommitted: Vec<String>,
    /// What to type next.
    pub next: String,
}

/// How one question stands.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    /// The question's folder.
    pub question: String,
    /// Its number.
    pub number: u32,
    /// The question as asked.
    pub asked: String,
    /// What is to be done about it.
    pub state: State,
    /// Who wrote how much.
    pub drafts: Vec<Drafted>,
    /// Choices that wait for a decision; nothing before there is an agreed text.
    pub open_choices: Option<usize>,
    /// Words of the agreed text.
    pub agreed_words: Option<usize>,
    /// Sentences with a figure and no source: in the agreed text, or in the drafts as long as there is none.
    pub figures_without_source: usize,
    /// The cited sources that were to be looked at again before today.
    pub sources_past_review: Vec<String>,
    /// How it stands with the members; nothing if none is asked and none has spoken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Members>,
}

/// One draft.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Drafted {
    /// Who wrote it.
    pub contributor: String,
    /// How many words it has.
    pub words: usize,
    /// Whether no fold has considered it as it is now.
    pub new: bool,
}

/// What is to be done about a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nobody has written.
    NoDrafts,
    /// Drafts have come that no fold has considered.
    ToMerge,
    /// Passages are to be chosen, or choices to be decided.
    ToDecide,
    /// All that was written is in.
    Merged,
    /// All is in, and members are to be asked.
    ToAgree,
    /// All is in, and the members' rule is met.
    Agreed,
    /// All is in, and the members' rule is met by nobody's objecting: nobody agreed either.
    NoObjection,
    /// It was released, and is no longer stood behind.
    Withdrawn,
}

impl State {
    /// The state in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoDrafts => "no drafts",
            Self::ToMerge => "to merge",
            Self::ToDecide => "to decide",
            Self::Merged => "merged",
            Self::ToAgree => "to agree",
            Self::Agreed => "agreed",
            Self::NoObjection => "no objection",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Looks how some questions stand; which are named decides what is shown, not what comes next.
///
/// # Errors
///
/// A question is not there, or its history cannot be read.
pub fn board(opened: &Opened, named: &[String]) -> Result<Board, CommandError> {
    let today = clock::now().day();
    let shown = opened.questions(named)?;
    let mut rows = Vec::new();
    for question in &opened.narrative.questions {
        rows.push(row(opened, question, today)?);
    }
    let snapshot = opened.repository.snapshot(At::WorkTree)?;
    let findings = check::check(&snapshot, today);
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    let uncommitted = opened.repository.dirty()?;
    let own = match uncommitted.is_empty() {
        true => contributors_next(opened, &rows)?,
        false => None,
    };
    let next = own.unwrap_or_else(|| next(&rows, errors, &uncommitted));
    rows.retain(|row| {
        shown
            .iter()
            .any(|question| question.id.number() == row.number)
    });
    Ok(Board {
        title: opened.narrative.config.title.clone(),
        questions: rows,
        errors,
        uncommitted,
        next,
    })
}

fn row(opened: &Opened, question: &Question, today: Day) -> Result<Row, CommandError> {
    let table = opened.table(question)?;
    let standing = standing(&opened.narrative.config.merge, question, &table);
    let open_choices = match &standing {
        Standing::Later(later) => Some(later.merge.choices().count()),
        Standing::Empty | Standing::First(_) => None,
    };
    let texts = texts(opened, question);
    let mut past: BTreeSet<String> = texts.iter().flat_map(|text| cited(text.text)).collect();
    past.retain(|id| {
        let source = opened.narrative.sources.get(id);
        source
            .and_then(|source| source.review)
            .is_some_and(|review| review < today)
    });
    let verdict = Moment::of(opened, today).verdict(question)?;
    Ok(Row {
        question: question.id.to_string(),
        number: question.id.number(),
        asked: question.asked.clone(),
        state: with_members(state(&standing, &table), &verdict),
        drafts: table.seats.iter().map(drafted).collect(),
        open_choices,
        agreed_words: question
            .agreed
            .as_ref()
            .map(|text| Prose::parse(&text.text).words()),
        figures_without_source: texts.iter().map(figures).sum(),
        sources_past_review: past.into_iter().collect(),
        members: Members::of(question, &verdict, &opened.repository)?,
    })
}

/// What is to be done once all that was written is in.
fn with_members(state: State, verdict: &Verdict) -> State {
    match (state, verdict.standing) {
        (State::Merged, Agreed::Withdrawn) => State::Withdrawn,
        (State::Merged, Agreed::Agreed) => State::Agreed,
        (State::Merged, Agreed::Unopposed) => State::NoObjection,
        (State::Merged, _) if verdict.terms.rule.asks_members() => State::ToAgree,
        (state, _) => state,
    }
}

fn drafted(seat: &crate::provenance::table::Seat) -> Drafted {
    Drafted {
        contributor: seat.who.to_string(),
        words: seat.draft.words(),
        new: seat.fresh,
    }
}

fn state(standing: &Standing, table: &Table) -> State {
    match standing {
        Standing::Empty => State::NoDrafts,
        Standing::First(rows) => {
            let people = table.seats.len();
            let said_by_all = rows
                .iter()
                .all(|row| row.variants.len() == 1 && row.variants[0].who.len() == people);
            if said_by_all {
                State::ToMerge
            } else {
                State::ToDecide
            }
        }
        Standing::Later(_) if table.has_news() => State::ToMerge,
        Standing::Later(later) if later.merge.choices().next().is_some() => State::ToDecide,
        Standing::Later(_) => State::Merged,
    }
}

/// The agreed text, or the drafts as long as there is none.
fn texts<'a>(opened: &'a Opened, question: &'a Question) -> Vec<Subject<'a>> {
    let sources = &opened.narrative.sources;
    match &question.agreed {
        Some(_) => Subject::agreed(question, sources).into_iter().collect(),
        None => Subject::drafts(question, sources),
    }
}

fn figures(subject: &Subject<'_>) -> usize {
    let findings = check::check_text(subject);
    findings
        .iter()
        .filter(|finding| finding.rule == "figure-unsourced")
        .count()
}

/// The one next command of a contributor who is no facilitator: a draft that she has not begun, or what became of hers.
fn contributors_next(opened: &Opened, rows: &[Row]) -> Result<Option<String>, CommandError> {
    let me = opened.repository.identity().ok();
    let me = me.and_then(|me| opened.contributor_of(&me));
    let Some(me) = me.filter(|me| !me.facilitator) else {
        return Ok(None);
    };
    if let Some(remote) = opened.repository.others()?
        && let Some(main) = opened.repository.main_as_fetched(&remote)?
        && let Some(onwards) = onwards(&opened.repository, (&remote, &main), me.id.as_str())?
    {
        return Ok(Some(onwards));
    }
    let wrote = |row: &Row| {
        row.drafts
            .iter()
            .any(|draft| draft.contributor == me.id.as_str())
    };
    let missing = rows.iter().find(|row| !wrote(row));
    let delegates = opened.narrative.roster.delegates.iter();
    let own = delegates.filter(|delegate| delegate.contributor == me.id);
    let own: Vec<String> = own.map(|one| format!(" --for {}", one.member)).collect();
    let mends = rows.iter().filter(|row| row.state == State::ToAgree);
    let mends = mends.filter_map(|row| row.members.as_ref());
    let mut mends = mends.flat_map(|members| &members.missing);
    let asked = mends.find(|obstacle| own.iter().any(|own| obstacle.mend.ends_with(own)));
    Ok(Some(match (asked, missing) {
        (Some(asked), _) => asked.mend.clone(),
        (None, Some(row)) => format!("onetext draft {}", row.number),
        (None, None) => "onetext fate".to_owned(),
    }))
}

/// The one next command: what keeps others from going on comes first.
fn next(rows: &[Row], errors: usize, uncommitted: &[String]) -> String {
    let first = |state: State| rows.iter().find(|row| row.state == state);
    if let Some(path) = uncommitted.first() {
        let folder = path.split('/').next().unwrap_or(".");
        format!("git add {folder} && git commit")
    } else if first(State::ToMerge).is_some() {
        "onetext merge".to_owned()
    } else if let Some(row) = first(State::ToDecide) {
        format!("onetext decide {}", row.number)
    } else if errors > 0 {
        "onetext check".to_owned()
    } else if let Some(row) = first(State::NoDrafts) {
        format!("onetext draft {}", row.number)
    } else if let Some(row) = first(State::ToAgree) {
        asks(row).unwrap_or_else(|| format!("onetext status {}", row.number))
    } else {
        "onetext release VERSION".to_owned()
    }
}

/// The command by which the first member that is waited for says where it stands.
fn asks(row: &Row) -> Option<String> {
    let missing = &row.members.as_ref()?.missing;
    let mut mends = missing.iter().map(|obstacle| &obstacle.mend);
    mends
        .find(|mend| mend.starts_with("onetext position"))
        .cloned()
}
