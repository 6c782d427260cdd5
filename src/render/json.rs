//! JSON: everything, as data; `templates/schema/edition.schema.json` says what each key means.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::agreement::Statement;
use crate::narrative::check;
use crate::narrative::config::{Audience, Contact, Spokesperson};
use crate::narrative::quotes::Quote;
use crate::narrative::roster::Roster;
use crate::narrative::sources::Source;
use crate::narrative::time::Moment;
use crate::provenance::voices::Passage;

use super::document::{Footnote, words};
use super::lengths::Lengths;
use super::view::View;
use super::{Answer, Release};

/// The version of this format.
const SCHEMA: u32 = 1;

/// The file beside every edition that says what each key means.
pub const SCHEMA_FILE: &str = "edition.schema.json";

/// That file: a JSON Schema of the draft 2020-12.
pub const SCHEMA_TEXT: &str = include_str!("../../templates/schema/edition.schema.json");

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Page<'a> {
    #[serde(rename = "$schema")]
    described_by: &'static str,
    schema: u32,
    title: &'a str,
    edition: &'a str,
    audience: Audience,
    language: &'a str,
    version: &'a str,
    date: &'a str,
    draft: bool,
    status: &'a str,
    opening: Option<&'a str>,
    embargo: Option<EmbargoData>,
    headline: &'a str,
    standfirst: Option<&'a str>,
    lead: Option<&'a str>,
    submitter: Option<&'a str>,
    summary: &'a [String],
    answers: Vec<AnswerData<'a>>,
    quotes: Vec<&'a Quote>,
    recommendations: &'a [String],
    footnotes: Vec<FootnoteData<'a>>,
    sources: Vec<&'a Source>,
    contacts: &'a [Contact],
    spokespeople: &'a [Spokesperson],
    standing: Option<&'a str>,
    licence: Option<&'a str>,
    changed: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct EmbargoData {
    until: Moment,
    words: String,
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
    contributors: Vec<String>,
    facilitators_wording: bool,
    /// Whether it cites a source; what does not rests on experience.
    evidence: bool,
}

/// Writes an edition as JSON, with a line end at its end.
pub fn write(release: &Release<'_>, view: &View) -> String {
    let edition = release.edition;
    let media = edition.audience == Audience::Media;
    let answers = release.answers.iter();
    let answers = answers.map(|one| answer(one, release.roster));
    let page = Page {
        described_by: SCHEMA_FILE,
        schema: SCHEMA,
        title: release.title,
        edition: release.name,
        audience: edition.audience,
        language: release.language,
        version: release.version,
        date: &view.day,
        draft: release.draft,
        status: release.status,
        opening: media.then_some(view.opening.as_str()),
        embargo: embargo(release),
        headline: &view.headline,
        standfirst: edition.standfirst.as_deref(),
        lead: edition.lead.as_deref(),
        submitter: edition.submitter.as_deref(),
        summary: &edition.summary,
        answers: answers.collect(),
        quotes: match edition.audience {
            Audience::Media => release.quotes.to_vec(),
            Audience::Government => Vec::new(),
        },
        recommendations: &edition.recommendations,
        footnotes: view.footnotes.iter().map(footnote).collect(),
        sources: cited(release),
        contacts: release.contacts,
        spokespeople: &view.spokespeople,
        standing: release.standing,
        licence: release.licence,
        changed: release.changed,
    };
    // A value of strings and lists always has a JSON form.
    serde_json::to_string_pretty(&page).unwrap_or_default() + "\n"
}

fn embargo(release: &Release<'_>) -> Option<EmbargoData> {
    let embargo = release.edition.embargo.as_ref()?;
    let until = embargo.ends().ok().filter(|end| *end > release.date)?;
    let words = embargo.words().ok()?;
    Some(EmbargoData { until, words })
}

fn answer<'a>(answer: &'a Answer, roster: &Roster) -> AnswerData<'a> {
    let lengths = answer.text.as_deref().map(Lengths::of);
    AnswerData {
        number: answer.question.number(),
        name: answer.question.name(),
        asked: &answer.asked,
        status: &answer.status,
        one_line: lengths.as_ref().and_then(|text| text.one_line.clone()),
        short: lengths.and_then(|text| text.short),
        long: answer.text.as_deref(),
        notices: &answer.notices,
        agreement: answer.agreement.as_deref(),
        statements: &answer.statements,
        passages: answer
            .passages
            .iter()
            .map(|one| passage(one, roster))
            .collect(),
    }
}

fn passage<'a>(passage: &'a Passage, roster: &Roster) -> PassageData<'a> {
    PassageData {
        text: &passage.text,
        contributors: roster.all_shown(&passage.contributors),
        facilitators_wording: passage.facilitator,
        evidence: passage.text.contains("[@"),
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
    let texts = release.answers.iter().flat_map(|answer| {
        let statements = answer.statements.iter().map(|one| &*one.text);
        answer.text.as_deref().into_iter().chain(statements)
    });
    let quoted = release.quotes.iter().flat_map(|quote| &quote.sources);
    // The texts are read once: a look through all of them for each source would cost the square.
    let mut cited: BTreeSet<String> = texts.flat_map(check::cited).collect();
    cited.extend(quoted.cloned());
    let sources = release.sources.sources.iter();
    sources
        .filter(|source| cited.contains(&source.id))
        .collect()
}
