//! A document as a word processor knows it: paragraphs with styles, one after the other.
//!
//! DOCX and ODT are written from the same story, so that they cannot come to differ in what they say.

use std::ops::Range;

use crate::narrative::time::Moment;
use crate::prose::seen::Face;
use crate::render::document::{Block, Footnote, Span};

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

/// The name of the place where a source is cited for the how-manieth time.
pub fn cited(number: usize, at: usize) -> String {
    format!("cite-{number}-{at}")
}

/// The style of a point of a list at a depth: what stands in a quotation or a footnote keeps the style of that.
pub fn point(around: Style, start: Option<usize>, depth: u8) -> Style {
    match (around, start) {
        (Style::Body | Style::Bullet(_) | Style::Step(_), Some(_)) => Style::Step(depth),
        (Style::Body | Style::Bullet(_) | Style::Step(_), None) => Style::Bullet(depth),
        (around, _) => around,
    }
}

/// A heading and what stands below it; nothing if that is nothing.
pub(super) fn headed(title: &str, pieces: Vec<Piece>) -> Vec<Piece> {
    let heading = (!pieces.is_empty()).then(|| line(Style::Heading(1), title));
    heading.into_iter().chain(pieces).collect()
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
