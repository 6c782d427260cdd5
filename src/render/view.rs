//! An edition as a reader meets it, before it is a page: the order of its parts, its numbers, its notes.

use crate::narrative::config::{Audience, Contact};
use crate::prose::Prose;
use crate::prose::unit::Mark;

use super::beside::{beside, differ};
use super::document::{Block, Citations, Footnote, Led, Span, blocks, led, sentence, spans};
use super::{Answer, Release};

/// An edition ready to be written.
#[derive(Clone, Debug)]
pub struct View {
    /// Whom it is for.
    pub audience: Audience,
    /// The language, as in BCP 47.
    pub language: String,
    /// The headline.
    pub headline: String,
    /// EMBARGOED UNTIL … or FOR IMMEDIATE RELEASE (media).
    pub opening: String,
    /// One sentence under the headline.
    pub standfirst: Vec<Span>,
    /// The paragraphs that stand before the answers: the lead, or who submits.
    pub lead: Vec<Block>,
    /// The executive summary (government).
    pub summary: Vec<Vec<Span>>,
    /// The answers.
    pub answers: Vec<AnswerView>,
    /// What is asked of the reader (government).
    pub recommendations: Vec<Vec<Span>>,
    /// The footnotes of the texts, in the order in which they are first referred to.
    pub footnotes: Vec<Footnote>,
    /// The sources cited, in order.
    pub notes: Vec<NoteView>,
    /// Whom a reader may ask.
    pub contacts: Vec<Contact>,
    /// Who speaks.
    pub standing: Vec<Block>,
    /// The version.
    pub version: String,
    /// The date for people.
    pub date: String,
    /// The date for machines.
    pub day: String,
    /// What stands behind the texts.
    pub status: String,
    /// What changed since the last release.
    pub changed: Vec<String>,
    /// The licence.
    pub licence: Option<String>,
    /// Whether it is a draft.
    pub draft: bool,
}

/// One question and its answer.
#[derive(Clone, Debug)]
pub struct AnswerView {
    /// The question's number.
    pub number: u32,
    /// Its anchor: `q1`.
    pub anchor: String,
    /// The question as asked.
    pub asked: String,
    /// The answer; one paragraph that says so if there is none.
    pub blocks: Vec<Block>,
    /// How it stands, in a word.
    pub status: String,
}

/// One source.
#[derive(Clone, Debug)]
pub struct NoteView {
    /// Its number.
    pub number: usize,
    /// How often it is cited.
    pub uses: usize,
    /// The document's title.
    pub title: String,
    /// Where it is, if the address is a safe one.
    pub url: Option<String>,
    /// The time that it speaks of.
    pub as_of: String,
    /// What must be said along with it.
    pub caveat: Option<String>,
}

impl View {
    /// Lays out one edition.
    #[expect(
        clippy::too_many_lines,
        reason = "one field after the other, in reading order"
    )]
    pub fn new(release: &Release<'_>) -> Self {
        let edition = release.edition;
        let mut citations = Citations::default();
        let standfirst = edition
            .standfirst
            .as_deref()
            .map(|text| spans(text, &mut citations));
        let lead = lead(release).map(|text| blocks(text, "lead", &mut citations));
        let summary = summary(release, &mut citations);
        let mut answers: Vec<AnswerView> = release
            .answers
            .iter()
            .map(|answer| view(answer, release, &mut citations))
            .collect();
        let recommendations = edition
            .recommendations
            .iter()
            .map(|text| spans(text, &mut citations))
            .collect();
        let standing = release
            .standing
            .map(|text| blocks(text, "standing", &mut citations));
        if edition.audience == Audience::Government {
            number(&mut answers);
        }
        Self {
            audience: edition.audience,
            language: release.language.to_owned(),
            headline: edition
                .headline
                .clone()
                .unwrap_or_else(|| release.title.to_owned()),
            opening: opening(release),
            standfirst: standfirst.unwrap_or_default(),
            lead: lead.unwrap_or_default(),
            summary,
            answers,
            recommendations,
            footnotes: citations.footnotes().to_vec(),
            notes: notes(release, &citations),
            contacts: release.contacts.to_vec(),
            standing: standing.unwrap_or_default(),
            version: release.version.to_owned(),
            date: release.date.day().long(),
            day: release.date.day().to_string(),
            status: release.status.to_owned(),
            changed: release.changed.to_vec(),
            licence: release.licence.map(str::to_owned),
            draft: release.draft,
        }
    }
}

/// When the edition may be used.
fn opening(release: &Release<'_>) -> String {
    match &release.edition.embargo {
        _ if release.draft => "DRAFT, NOT FOR PUBLICATION".to_owned(),
        Some(until) => format!("EMBARGOED UNTIL {until}"),
        None => "FOR IMMEDIATE RELEASE".to_owned(),
    }
}

/// What stands before the answers: the lead for the media, who submits for government.
fn lead<'a>(release: &Release<'a>) -> Option<&'a str> {
    match release.edition.audience {
        Audience::Media => release.edition.lead.as_deref(),
        Audience::Government => release.edition.submitter.as_deref(),
    }
}

/// The bullets of an executive summary: as set, or the answers' first sentences.
fn summary(release: &Release<'_>, citations: &mut Citations) -> Vec<Vec<Span>> {
    if release.edition.audience != Audience::Government {
        return Vec::new();
    }
    if !release.edition.summary.is_empty() {
        return release
            .edition
            .summary
            .iter()
            .map(|text| spans(text, citations))
            .collect();
    }
    let first = |answer: &Answer| {
        let text = answer.text.as_deref()?;
        let prose = Prose::parse(text);
        let found = prose.units().iter().find(|unit| unit.is_sentence())?;
        Some(sentence(found.text(), text, &part(answer), citations))
    };
    release.answers.iter().filter_map(first).collect()
}

/// The anchor of an answer: `q1`.
fn part(answer: &Answer) -> String {
    format!("q{}", answer.question.number())
}

fn view(answer: &Answer, release: &Release<'_>, citations: &mut Citations) -> AnswerView {
    let anchor = part(answer);
    let audience = release.edition.audience;
    let mut blocks = match &answer.text {
        Some(text) => body(text, &anchor, audience, citations),
        None if !answer.notices.is_empty() => Vec::new(),
        None => vec![Block::Paragraph {
            anchor: format!("{anchor}-p1"),
            number: None,
            text: vec![Span::Text("No answer yet.".to_owned())],
        }],
    };
    let agreement = answer.agreement.as_deref();
    let agreement = agreement.filter(|_| differ(release));
    blocks.extend(beside(answer, agreement, &anchor, citations));
    AnswerView {
        number: answer.question.number(),
        anchor,
        asked: answer.asked.clone(),
        blocks,
        status: answer.status.clone(),
    }
}

/// An answer; for the media its first sentence, the one-line answer, is set off.
fn body(text: &str, anchor: &str, audience: Audience, citations: &mut Citations) -> Vec<Block> {
    let prose = Prose::parse(text);
    let first = prose.blocks().first().filter(|block| {
        let mark = block.units.first().and_then(|unit| unit.as_mark());
        mark == Some(&Mark::Paragraph) && block.units.len() > 1
    });
    let Some(first) = first.filter(|_| audience == Audience::Media) else {
        return blocks(text, anchor, citations);
    };
    let rest: Vec<&str> = first.units[2..].iter().map(|unit| unit.text()).collect();
    let cut = Led {
        first: first.units[1].text(),
        rest: &rest.join(" "),
        after: prose.lines(first.lines.end..usize::MAX),
    };
    led(cut, anchor, citations).unwrap_or_else(|| blocks(text, anchor, citations))
}

/// Numbers the paragraphs of all answers through.
fn number(answers: &mut [AnswerView]) {
    let mut next = 1;
    for block in answers.iter_mut().flat_map(|answer| &mut answer.blocks) {
        if let Block::Paragraph { number, .. } = block {
            *number = Some(next);
            next += 1;
        }
    }
}

fn notes(release: &Release<'_>, citations: &Citations) -> Vec<NoteView> {
    let note = |(at, (id, uses)): (usize, &(String, usize))| {
        let source = release.sources.get(id);
        let web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
        NoteView {
            number: at + 1,
            uses: *uses,
            title: source.map_or_else(
                || format!("unknown source `{id}`"),
                |source| source.title.clone(),
            ),
            url: source
                .map(|source| source.url.as_str())
                .filter(web)
                .map(str::to_owned),
            as_of: source.map_or_else(String::new, |source| source.as_of.clone()),
            caveat: source.and_then(|source| source.caveat.clone()),
        }
    };
    citations.order().iter().enumerate().map(note).collect()
}
