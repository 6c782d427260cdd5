//! JSON: everything, as data.

use serde::Serialize;

use crate::agreement::Statement;
use crate::narrative::config::{Audience, Contact};
use crate::narrative::id::ContributorId;
use crate::narrative::sources::Source;
use crate::prose::Prose;
use crate::provenance::voices::Passage;

use super::document::{Footnote, words};
use super::view::View;
use super::{Answer, Release};

/// The version of this format.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Page<'a> {
    schema: u32,
    title: &'a str,
    edition: &'a str,
    audience: Audience,
    language: &'a str,
    version: &'a str,
    date: &'a str,
    draft: bool,
    status: &'a str,
    headline: &'a str,
    standfirst: Option<&'a str>,
    lead: Option<&'a str>,
    submitter: Option<&'a str>,
    summary: &'a [String],
    answers: Vec<AnswerData<'a>>,
    recommendations: &'a [String],
    footnotes: Vec<FootnoteData<'a>>,
    sources: Vec<&'a Source>,
    contacts: &'a [Contact],
    standing: Option<&'a str>,
    licence: Option<&'a str>,
    changed: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct AnswerData<'a> {
    number: u32,
    name: &'a str,
    asked: &'a str,
    status: &'a str,
    one_line: Option<String>,
    short: Option<String>,
    long: Option<&'a str>,
    notices: &'a [String],
    agreement: Option<&'a str>,
    statements: &'a [Statement],
    passages: Vec<PassageData<'a>>,
}

/// A footnote as the other formats number it; `part` and `label` say where its Markdown stands.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct FootnoteData<'a> {
    mark: String,
    part: &'a str,
    label: &'a str,
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct PassageData<'a> {
    text: &'a str,
    contributors: Vec<&'a str>,
    facilitators_wording: bool,
}

/// Writes an edition as JSON, with a line end at its end.
pub fn write(release: &Release<'_>, view: &View) -> String {
    let edition = release.edition;
    let page = Page {
        schema: SCHEMA,
        title: release.title,
        edition: release.name,
        audience: edition.audience,
        language: release.language,
        version: release.version,
        date: &view.day,
        draft: release.draft,
        status: release.status,
        headline: &view.headline,
        standfirst: edition.standfirst.as_deref(),
        lead: edition.lead.as_deref(),
        submitter: edition.submitter.as_deref(),
        summary: &edition.summary,
        answers: release.answers.iter().map(answer).collect(),
        recommendations: &edition.recommendations,
        footnotes: view.footnotes.iter().map(footnote).collect(),
        sources: cited(release),
        contacts: release.contacts,
        standing: release.standing,
        licence: release.licence,
        changed: release.changed,
    };
    // A value of strings and lists always has a JSON form.
    serde_json::to_string_pretty(&page).unwrap_or_default() + "\n"
}

fn answer(answer: &Answer) -> AnswerData<'_> {
    let prose = answer.text.as_deref().map(Prose::parse);
    let first = |prose: &Prose| {
        prose
            .units()
            .iter()
            .find(|unit| unit.is_sentence())
            .map(|unit| unit.text().to_owned())
    };
    let short = |prose: &Prose| {
        let block = prose.blocks().first()?;
        let sentences: Vec<&str> = block
            .units
            .iter()
            .filter(|u| u.is_sentence())
            .map(|u| u.text())
            .collect();
        Some(sentences.join(" "))
    };
    AnswerData {
        number: answer.question.number(),
        name: answer.question.name(),
        asked: &answer.asked,
        status: &answer.status,
        one_line: prose.as_ref().and_then(first),
        short: prose.as_ref().and_then(short),
        long: answer.text.as_deref(),
        notices: &answer.notices,
        agreement: answer.agreement.as_deref(),
        statements: &answer.statements,
        passages: answer.passages.iter().map(passage).collect(),
    }
}

fn passage(passage: &Passage) -> PassageData<'_> {
    let contributors = passage.contributors.iter();
    PassageData {
        text: &passage.text,
        contributors: contributors.map(ContributorId::as_str).collect(),
        facilitators_wording: passage.facilitator,
    }
}

fn footnote(note: &Footnote) -> FootnoteData<'_> {
    FootnoteData {
        mark: note.mark(),
        part: &note.part,
        label: &note.label,
        text: words(&note.blocks),
    }
}

/// The sources that the answers cite, in the order of `sources.toml`.
fn cited<'a>(release: &'a Release<'_>) -> Vec<&'a Source> {
    let cites = |source: &&Source| {
        let mark = format!("@{}", source.id);
        let ends = |rest: &str| {
            !rest
                .starts_with(|sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_'))
        };
        release
            .answers
            .iter()
            .flat_map(|answer| {
                let statements = answer.statements.iter().map(|one| &*one.text);
                answer.text.as_deref().into_iter().chain(statements)
            })
            .any(|text| {
                text.match_indices(&mark)
                    .any(|(at, found)| ends(&text[at + found.len()..]))
            })
    };
    release.sources.sources.iter().filter(cites).collect()
}
