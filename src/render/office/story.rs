//! An edition as a word processor knows it: paragraphs with styles, one after the other.
//!
//! DOCX and ODT are written from the same story, so that they cannot come to differ in what they say.

use std::ops::Range;

use crate::narrative::config::Audience;
use crate::narrative::time::Moment;
use crate::prose::seen::Face;
use crate::render::document::{Block, Footnote, Ground, Span};
use crate::render::view::{AnswerView, NoteView, View};

use super::people::{contact, quote, spokesperson};
use super::xml::filled;

/// What an office file says.
#[derive(Clone, Debug)]
pub struct Story {
    /// The language, as in BCP 47.
    pub language: String,
    /// The title.
    pub title: String,
    /// Who speaks.
    pub author: String,
    /// The release's date, which is that of every part.
    pub date: Moment,
    /// What stands at the head of every page of a draft.
    pub warning: Option<&'static str>,
    /// What stands at the head of every page.
    pub header: String,
    /// What stands at the foot of every page, before the page's number.
    pub footer: String,
    /// The paragraphs.
    pub pieces: Vec<Piece>,
    /// The footnotes in order.
    pub footnotes: Vec<Footnote>,
}

/// A part of a story.
#[derive(Clone, Debug)]
pub enum Piece {
    /// A paragraph of a style.
    Line {
        /// The style.
        style: Style,
        /// What links lead to it by.
        anchor: Option<String>,
        /// Its text.
        text: Vec<Span>,
    },
    /// A block of a text.
    Block(Block),
    /// A paragraph with its changes.
    Changed(Changed),
}

/// A paragraph with its changes.
#[derive(Clone, Debug)]
pub struct Changed {
    /// Its style.
    pub style: Style,
    /// What it was, if it was of another style or kind.
    pub was: Option<Before>,
    /// What became of its end.
    pub end: Lot,
    /// Its words.
    pub text: Vec<Words>,
}

/// What a paragraph was before.
#[derive(Clone, Debug)]
pub struct Before {
    /// Its style.
    pub style: Style,
    /// What it is and was, in words.
    pub told: String,
}

/// Words with what became of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What became of them.
    pub lot: Lot,
    /// The words.
    pub text: String,
    /// How they are set; words that are gone, how they were.
    pub face: Face,
    /// How they were set, if they stayed and were set otherwise.
    pub was: Option<Face>,
}

impl Changed {
    /// Whether anything of it changed.
    pub fn is_change(&self) -> bool {
        let is_change = |words: &Words| words.lot != Lot::Kept || words.was.is_some();
        self.end != Lot::Kept || self.was.is_some() || self.text.iter().any(is_change)
    }
}

/// What became of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lot {
    /// They stand in both texts.
    Kept,
    /// They are new.
    Added,
    /// They are gone.
    Removed,
    /// They stood elsewhere.
    MovedHere,
    /// They stand elsewhere.
    MovedAway,
    /// They lead elsewhere now than the same words did.
    Linked,
    /// They led elsewhere than the same words do now.
    Unlinked,
}

impl Lot {
    /// Whether they stand in the new text alone.
    pub fn is_new(self) -> bool {
        matches!(self, Self::Added | Self::MovedHere | Self::Linked)
    }

    /// Whether they stood in the old text alone.
    pub fn is_gone(self) -> bool {
        matches!(self, Self::Removed | Self::MovedAway | Self::Unlinked)
    }
}

/// The style of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The line that says when the text may be used.
    Opening,
    /// The title.
    Title,
    /// The sentence below the title.
    Subtitle,
    /// What stands behind the texts.
    Status,
    /// A heading, 1 for the highest.
    Heading(u8),
    /// Plain text.
    Body,
    /// A paragraph with a number.
    Numbered,
    /// A quotation.
    Quote,
    /// Text that keeps its lines.
    Code,
    /// A point of a list, 1 for the outermost.
    Bullet(u8),
    /// A step of a numbered list.
    Step(u8),
    /// A source.
    Source,
    /// A footnote.
    Footnote,
    /// A cell of a table's header.
    HeaderCell,
    /// A cell of a table.
    Cell,
    /// What stands between a table and the next paragraph.
    AfterTable,
    /// A break between two parts.
    Break,
    /// The line that ends a press release.
    Ends,
}

impl Story {
    /// Who made a change: word processors show the name beside it, so it says what was moved too.
    pub fn author_of(&self, lot: Lot) -> String {
        match lot {
            Lot::MovedHere | Lot::MovedAway => format!("{} (moved)", self.author),
            Lot::Linked | Lot::Unlinked => format!("{} (link)", self.author),
            Lot::Kept | Lot::Added | Lot::Removed => self.author.clone(),
        }
    }

    /// The part that says what the file is, by whom and of when, in the form of one format.
    pub fn properties(&self, form: &str) -> String {
        let date = self.date.to_string();
        let values = [
            ("title", self.title.as_str()),
            ("author", self.author.as_str()),
            ("description", self.footer.as_str()),
            ("language", self.language.as_str()),
            ("date", date.as_str()),
        ];
        filled(form, &values)
    }

    /// The footnotes that stand where this one is first referred to: itself, and those that it alone leads to.
    pub fn together(&self, number: usize) -> Range<usize> {
        let nested = self.footnotes[number..]
            .iter()
            .take_while(|note| note.nested);
        number..number + nested.count() + 1
    }
}

/// Spans with the mark of a source or a footnote close to the word before it.
pub fn tight(spans: &[Span]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        if let (Span::Citation(_) | Span::Footnote(..), Some(Span::Text(before))) =
            (span, out.last_mut())
        {
            before.truncate(before.trim_end().len());
        }
        out.push(span.clone());
    }
    out
}

/// An address as office files want it: what is no part of an address by the standard is spelt in percents.
pub fn uri(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for (at, sign) in url.char_indices() {
        let escape = || {
            let digits = url.get(at + 1..at + 3);
            digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
        };
        let kept = match sign {
            '%' => escape(),
            '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '[' | ']' => false,
            sign => sign.is_ascii_graphic(),
        };
        if kept {
            out.push(sign);
        } else {
            let mut bytes = [0; 4];
            for byte in sign.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

/// The style of a point of a list at a depth: what stands in a quotation or a footnote keeps the style of that.
pub fn point(around: Style, start: Option<usize>, depth: u8) -> Style {
    match (around, start) {
        (Style::Body | Style::Bullet(_) | Style::Step(_), Some(_)) => Style::Step(depth),
        (Style::Body | Style::Bullet(_) | Style::Step(_), None) => Style::Bullet(depth),
        (around, _) => around,
    }
}

/// Tells an edition.
pub fn edition(view: &View) -> Story {
    let mut pieces = vec![line(Style::Opening, &opening(view))];
    pieces.push(line(Style::Title, &view.headline));
    if !view.standfirst.is_empty() {
        pieces.push(styled(Style::Subtitle, view.standfirst.clone()));
    }
    pieces.extend(view.lead.iter().cloned().map(Piece::Block));
    pieces.push(line(Style::Status, &view.status));
    pieces.extend(listed("Executive summary", &view.summary));
    if !view.reading.is_empty() {
        pieces.push(line(Style::Body, &view.reading));
    }
    for answer in &view.answers {
        pieces.push(asked(view, answer));
        pieces.extend(answer.blocks.iter().map(grounded));
    }
    pieces.extend(headed(
        "Quotes",
        view.quotes.iter().flat_map(quote).collect(),
    ));
    if view.audience == Audience::Media {
        pieces.push(line(Style::Ends, "ENDS"));
    }
    pieces.extend(headed("Recommendations", recommendations(view)));
    pieces.extend(sources(view));
    pieces.extend(closing(view));
    Story {
        language: view.language.clone(),
        title: view.headline.clone(),
        author: view.author.clone(),
        date: view.moment,
        warning: view.draft.then_some("Draft: not agreed"),
        header: view.headline.clone(),
        footer: format!("Version {} of {}", view.version, view.date),
        pieces,
        footnotes: view.footnotes.clone(),
    }
}

fn opening(view: &View) -> String {
    match (view.audience, view.draft) {
        (Audience::Media, _) => view.opening.clone(),
        (Audience::Government, true) => "DRAFT EVIDENCE".to_owned(),
        (Audience::Government, false) => "WRITTEN EVIDENCE".to_owned(),
    }
}

fn asked(view: &View, answer: &AnswerView) -> Piece {
    let asked = answer.asked.replace('\n', " ");
    let text = match view.audience {
        Audience::Media => format!("{}. {asked}", answer.number),
        Audience::Government => asked,
    };
    Piece::Line {
        style: Style::Heading(1),
        anchor: Some(answer.anchor.clone()),
        text: vec![Span::Text(text)],
    }
}

/// A block of an answer; what rests on experience alone says so.
fn grounded(block: &Block) -> Piece {
    let mut block = block.clone();
    if let Block::Paragraph {
        ground: Some(Ground::Experience),
        text,
        ..
    } = &mut block
    {
        text.insert(0, Span::Strong(plain("Experience: ")));
    }
    Piece::Block(block)
}

/// What is asked of the reader, numbered on from the paragraphs.
fn recommendations(view: &View) -> Vec<Piece> {
    let numbered = |(number, text): (u32, &Vec<Span>)| {
        Piece::Block(Block::Paragraph {
            anchor: format!("recommendation-{number}"),
            number: Some(number),
            passages: Vec::new(),
            ground: None,
            text: text.clone(),
        })
    };
    let points = (view.recommendations_from..).zip(&view.recommendations);
    points.map(numbered).collect()
}

fn sources(view: &View) -> Vec<Piece> {
    let title = match view.audience {
        Audience::Media => "Notes to editors",
        Audience::Government => "Sources",
    };
    let notes = view.notes.iter().map(source);
    headed(title, notes.collect())
}

pub(super) fn source(note: &NoteView) -> Piece {
    let title = vec![Span::Text(note.title.clone())];
    let mut text = match &note.url {
        Some(url) => vec![Span::Link {
            url: url.clone(),
            text: title,
        }],
        None => title,
    };
    let as_of = Some(&note.as_of).filter(|as_of| !as_of.is_empty());
    let as_of = as_of.map_or_else(String::new, |as_of| format!(" ({as_of})"));
    text.push(Span::Text(format!("{as_of}.")));
    if let Some(caveat) = &note.caveat {
        text.push(Span::Text(format!(" {caveat}")));
    }
    text.extend(back(note));
    Piece::Line {
        style: Style::Source,
        anchor: Some(format!("source-{}", note.number)),
        text,
    }
}

/// Links from a source to where it is cited.
fn back(note: &NoteView) -> impl Iterator<Item = Span> {
    let (number, uses) = (note.number, note.uses);
    (1..=uses).flat_map(move |at| {
        let arrow = match uses {
            1 => "↩".to_owned(),
            _ => format!("↩{at}"),
        };
        let link = Span::Link {
            url: format!("#{}", cited(number, at)),
            text: plain(&arrow),
        };
        [Span::Text(" ".to_owned()), link]
    })
}

/// The name of the place where a source is cited for the how-manieth time.
pub fn cited(number: usize, at: usize) -> String {
    format!("cite-{number}-{at}")
}

/// Contacts, who speaks, what changed, how to check.
fn closing(view: &View) -> Vec<Piece> {
    let mut out = headed("Contact", view.contacts.iter().map(contact).collect());
    let speakers = view.spokespeople.iter().map(spokesperson);
    out.extend(headed("Who speaks", speakers.collect()));
    let standing = view.standing.iter().cloned().map(Piece::Block);
    out.extend(headed("About", standing.collect()));
    let changed = view.changed.iter().map(|line| plain(line));
    out.extend(listed("What changed", &changed.collect::<Vec<_>>()));
    let licence = view.licence.as_ref();
    let licence = licence.map_or_else(String::new, |name| format!(" Licence: {name}."));
    let version = format!("Version {} of {}.{licence}", view.version, view.date);
    let check = vec![
        Span::Text("To check this file, compare its SHA-256 with the one in ".to_owned()),
        Span::Code("SHA256SUMS".to_owned()),
        Span::Text(", or run ".to_owned()),
        Span::Code(format!("onetext verify {}", view.version)),
        Span::Text(" in the narrative’s repository.".to_owned()),
    ];
    let version = vec![line(Style::Body, &version), styled(Style::Body, check)];
    out.extend(headed("This version", version));
    out
}

/// A heading and what stands below it; nothing if that is nothing.
fn headed(title: &str, pieces: Vec<Piece>) -> Vec<Piece> {
    let heading = (!pieces.is_empty()).then(|| line(Style::Heading(1), title));
    heading.into_iter().chain(pieces).collect()
}

fn listed(title: &str, points: &[Vec<Span>]) -> Vec<Piece> {
    let point = |text: &Vec<Span>| styled(Style::Bullet(1), text.clone());
    headed(title, points.iter().map(point).collect())
}

/// A paragraph of plain words.
pub fn line(style: Style, text: &str) -> Piece {
    styled(style, plain(text))
}

pub(super) fn styled(style: Style, text: Vec<Span>) -> Piece {
    Piece::Line {
        style,
        anchor: None,
        text,
    }
}

pub(super) fn plain(text: &str) -> Vec<Span> {
    vec![Span::Text(text.to_owned())]
}
