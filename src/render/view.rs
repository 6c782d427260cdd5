//! An edition as a reader meets it, before it is a page: the order of its parts, its numbers, its notes.

use std::collections::BTreeMap;

use crate::narrative::config::{Audience, Contact, Spokesperson};
use crate::narrative::quotes::Quote;
use crate::narrative::sources::Source;
use crate::narrative::time::{Day, Moment};
use crate::prose::Prose;
use crate::prose::unit::Mark;

use super::beside::{beside, differ};
use super::document::{
    Block, Citations, Footnote, Ground, Led, Span, blocks, cites, led, sentence, spans,
};
use super::{Answer, Release};

/// An edition ready to be written.
#[derive(Clone, Debug)]
pub struct View {
    /// Whom it is for.
    pub audience: Audience,
    /// The language, as in BCP 47.
    pub language: String,
    /// Who speaks: the narrative's title.
    pub author: String,
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
    /// What people may be quoted with (media).
    pub quotes: Vec<QuoteView>,
    /// What is asked of the reader (government).
    pub recommendations: Vec<Vec<Span>>,
    /// The number of the first recommendation: they are numbered on from the paragraphs (government).
    pub recommendations_from: u32,
    /// How evidence is told from experience, in a sentence; empty if nothing is told apart (government).
    pub reading: String,
    /// The footnotes of the texts, in the order in which they are first referred to.
    pub footnotes: Vec<Footnote>,
    /// The sources cited, in order.
    pub notes: Vec<NoteView>,
    /// Whom a reader may ask.
    pub contacts: Vec<Contact>,
    /// Who speaks to the media (media).
    pub spokespeople: Vec<Spokesperson>,
    /// Who speaks.
    pub standing: Vec<Block>,
    /// The version.
    pub version: String,
    /// The date for people.
    pub date: String,
    /// The date for machines.
    pub day: String,
    /// The date to the second.
    pub moment: Moment,
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

/// What somebody may be quoted with.
#[derive(Clone, Debug)]
pub struct QuoteView {
    /// The exact words, without quotation marks.
    pub words: String,
    /// Who says them.
    pub name: String,
    /// As what.
    pub role: String,
    /// The sources of its figures; nothing if it has none.
    pub cited: Option<Span>,
    /// The last day on which they may be used, for people; nothing if there is none.
    pub until: Option<String>,
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
        let mut lead = lead.unwrap_or_default();
        let summary = summary(release, &mut citations);
        let mut answers: Vec<AnswerView> = release
            .answers
            .iter()
            .map(|answer| view(answer, release, &mut citations))
            .collect();
        let quotes = quotes(release, &mut citations);
        let recommendations = edition
            .recommendations
            .iter()
            .map(|text| spans(text, &mut citations))
            .collect();
        let standing = release
            .standing
            .map(|text| blocks(text, "standing", &mut citations));
        let recommendations_from = number(edition.audience, &mut lead, &mut answers);
        Self {
            audience: edition.audience,
            language: release.language.to_owned(),
            author: release.title.to_owned(),
            headline: edition
                .headline
                .clone()
                .unwrap_or_else(|| release.title.to_owned()),
            opening: opening(release),
            standfirst: standfirst.unwrap_or_default(),
            lead,
            summary,
            answers,
            quotes,
            recommendations,
            recommendations_from,
            reading: reading(edition.audience),
            footnotes: citations.footnotes().to_vec(),
            notes: notes(release, &citations),
            contacts: release.contacts.to_vec(),
            spokespeople: match edition.audience {
                Audience::Media => release.spokespeople.to_vec(),
                Audience::Government => Vec::new(),
            },
            standing: standing.unwrap_or_default(),
            version: release.version.to_owned(),
            date: release.date.day().long(),
            day: release.date.day().to_string(),
            moment: release.date,
            status: release.status.to_owned(),
            changed: release.changed.to_vec(),
            licence: release.licence.map(str::to_owned),
            draft: release.draft,
        }
    }
}

/// When the edition may be used; an embargo that was over at the release is none.
fn opening(release: &Release<'_>) -> String {
    let embargo = release.edition.embargo.as_ref();
    let lasts = embargo.filter(|embargo| embargo.ends().is_ok_and(|end| end > release.date));
    match lasts.and_then(|embargo| embargo.words().ok()) {
        _ if release.draft => "DRAFT, NOT FOR PUBLICATION".to_owned(),
        Some(until) => format!("EMBARGOED UNTIL {until}"),
        None => "FOR IMMEDIATE RELEASE".to_owned(),
    }
}

/// How paragraphs that rest on sources are told from those that do not.
fn reading(audience: Audience) -> String {
    match audience {
        Audience::Media => String::new(),
        Audience::Government => "Paragraphs that cite a source are evidence. Paragraphs marked \
                                 “Experience” cite none: they rest on what the writers have seen themselves."
            .to_owned(),
    }
}

/// What people are quoted with; a submission to government quotes nobody.
fn quotes(release: &Release<'_>, citations: &mut Citations) -> Vec<QuoteView> {
    let view = |quote: &&Quote| QuoteView {
        words: quote.words.clone(),
        name: quote.name.clone(),
        role: quote.role.clone(),
        cited: citations.citation(&quote.sources),
        until: quote
            .approved
            .as_ref()
            .and_then(|approval| approval.until)
            .map(Day::long),
    };
    match release.edition.audience {
        Audience::Media => release.quotes.iter().map(view).collect(),
        Audience::Government => Vec::new(),
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
            passages: Vec::new(),
            ground: None,
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

/// Numbers the paragraphs through and says what each answer's rest on; gives the next number.
fn number(audience: Audience, lead: &mut [Block], answers: &mut [AnswerView]) -> u32 {
    let mut next = 1;
    if audience == Audience::Media {
        return next;
    }
    let mut take = |number: &mut Option<u32>| {
        *number = Some(next);
        next += 1;
    };
    for block in lead {
        if let Block::Paragraph { number, .. } = block {
            take(number);
        }
    }
    for block in answers.iter_mut().flat_map(|answer| &mut answer.blocks) {
        if let Block::Paragraph {
            number,
            text,
            passages,
            ground,
            ..
        } = block
        {
            take(number);
            *ground = match (passages.is_empty(), cites(text)) {
                (true, _) => None,
                (false, true) => Some(Ground::Evidence),
                (false, false) => Some(Ground::Experience),
            };
        }
    }
    next
}

fn notes(release: &Release<'_>, citations: &Citations) -> Vec<NoteView> {
    // A look through all sources for each would cost the square of their number.
    let sources = release.sources.sources.iter().rev();
    let sources: BTreeMap<&str, &Source> =
        sources.map(|source| (source.id.as_str(), source)).collect();
    let note = |(at, (id, uses)): (usize, &(String, usize))| {
        NoteView::of(id, sources.get(id.as_str()).copied(), (at + 1, *uses))
    };
    citations.order().iter().enumerate().map(note).collect()
}

impl NoteView {
    /// A source with its number and how often it is cited; one that is not known is told by its id.
    pub fn of(id: &str, source: Option<&Source>, (number, uses): (usize, usize)) -> Self {
        let web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
        let url = source.map(|source| source.url.as_str());
        Self {
            number,
            uses,
            title: source.map_or_else(
                || format!("unknown source `{id}`"),
                |source| source.title.clone(),
            ),
            url: url.filter(web).map(str::to_owned),
            as_of: source.map_or_else(String::new, |source| source.as_of.clone()),
            caveat: source.and_then(|source| source.caveat.clone()),
        }
    }
}
