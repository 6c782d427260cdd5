//! What a text becomes in the heaviest of the formats, told before any of them is made.
//!
//! That is the PDF, in which each thing has a place in the tree that is read aloud, and JSON where sentences are short.
//! What a thing weighs beside its words was measured on pages that have a thousand of it.
//!
//! ```
//! use onetext::render::Weight;
//! let plain = Weight::of("It is small, and it grows by the year.\n").bytes();
//! assert!(Weight::of("It is small [@a; @b; @c].\n").bytes() > 3 * plain);
//! ```

use std::iter::Sum;
use std::ops::Add;

use super::document::{self, Block, Citations, Span};

/// A paragraph, a heading, a quotation or another block.
const BLOCK: usize = 150;
/// A sentence, which JSON and the manifest name with those who wrote it.
const PASSAGE: usize = 150;
/// An item of a list, beside its paragraphs.
const ITEM: usize = 300;
/// A cell of a table.
const CELL: usize = 150;
/// Words in bold or italics, and words as typed.
const MARKING: usize = 150;
/// A link, beside its address.
const LINK: usize = 450;
/// A source or a footnote that is referred to: a link there, and one back.
const REFERENCE: usize = 1_000;

/// What one byte of a text without tables becomes at most: `@a;` is the shortest reference.
pub const HEAVIEST: usize = 350;

/// Bytes of memory that a byte of words takes while a PDF is laid out, each letter with its place.
const LETTER: usize = 250;
/// Bytes of memory for a byte of what a text becomes beside its words.
const THING: usize = 120;
/// Bytes of memory for a line of code.
const CODE_LINE: usize = 4_500;

/// What a text becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// Bytes of its words.
    words: usize,
    /// Bytes of what stands about them.
    things: usize,
    /// Lines of code.
    lines: usize,
}

impl Weight {
    /// Looks at a text, footnotes included.
    pub fn of(text: &str) -> Self {
        let mut citations = Citations::default();
        let body = of_blocks(&document::blocks(text, "q1", &mut citations));
        let notes = citations.footnotes().iter();
        body + notes.map(|note| of_blocks(&note.blocks)).sum()
    }

    /// How many bytes the text becomes in the heaviest format.
    pub fn bytes(self) -> usize {
        self.words + self.things
    }

    /// How many bytes of memory it takes at most to lay it out as PDF; measured on pages that have a thousand of a thing,
    /// and on a thousand questions.
    pub fn memory(self) -> usize {
        self.words * LETTER + self.things * THING + self.lines * CODE_LINE
    }
}

impl Add for Weight {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            words: self.words + other.words,
            things: self.things + other.things,
            lines: self.lines + other.lines,
        }
    }
}

impl Sum for Weight {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}

fn words(text: &str) -> Weight {
    Weight {
        words: text.len(),
        ..Weight::default()
    }
}

fn things(bytes: usize) -> Weight {
    Weight {
        things: bytes,
        ..Weight::default()
    }
}

fn of_blocks(blocks: &[Block]) -> Weight {
    blocks
        .iter()
        .map(|block| things(BLOCK) + of_block(block))
        .sum()
}

fn of_block(block: &Block) -> Weight {
    match block {
        Block::Paragraph { text, passages, .. } => {
            of_spans(text) + things(passages.len() * PASSAGE)
        }
        Block::Heading { text, .. } => of_spans(text),
        Block::List { items, .. } => items
            .iter()
            .map(|item| things(ITEM) + of_blocks(item))
            .sum(),
        Block::Quote(inner) => of_blocks(inner),
        Block::Code(text) => Weight {
            lines: text.lines().count(),
            ..words(text)
        },
        Block::Table { header, rows } => {
            let cells = std::iter::once(header).chain(rows).flatten();
            cells.map(|cell| things(CELL) + of_spans(cell)).sum()
        }
        Block::Rule => Weight::default(),
    }
}

fn of_spans(spans: &[Span]) -> Weight {
    let of_span = |span: &Span| match span {
        Span::Text(text) => words(text),
        Span::Emphasis(text) | Span::Strong(text) | Span::Struck(text) => {
            things(MARKING) + of_spans(text)
        }
        Span::Code(text) => things(MARKING) + words(text),
        Span::Link { url, text } => things(LINK + url.len()) + of_spans(text),
        Span::Citation(sources) => things(sources.len() * REFERENCE),
        Span::Footnote(..) => things(REFERENCE),
        Span::Break => things(1),
    };
    spans.iter().map(of_span).sum()
}
