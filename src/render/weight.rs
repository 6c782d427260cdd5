//! What a text becomes in the heaviest of the formats, told before any of them is made.
//!
//! That is the PDF, in which each thing has a place in the tree that is read aloud, and JSON where sentences are short.
//! What a thing weighs beside its words was measured on pages that have a thousand of it.
//!
//! ```
//! use onetext::render::weight;
//! let plain = weight("It is small, and it grows by the year.\n");
//! assert!(weight("It is small [@a; @b; @c].\n") > 3 * plain);
//! ```

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

/// How many bytes a text becomes, footnotes included.
pub fn weight(text: &str) -> usize {
    let mut citations = Citations::default();
    let body = of_blocks(&document::blocks(text, "q1", &mut citations));
    let notes = citations.footnotes().iter();
    body + notes.map(|note| of_blocks(&note.blocks)).sum::<usize>()
}

fn of_blocks(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| BLOCK + of_block(block)).sum()
}

fn of_block(block: &Block) -> usize {
    match block {
        Block::Paragraph { text, passages, .. } => of_spans(text) + passages.len() * PASSAGE,
        Block::Heading { text, .. } => of_spans(text),
        Block::List { items, .. } => items.iter().map(|item| ITEM + of_blocks(item)).sum(),
        Block::Quote(inner) => of_blocks(inner),
        Block::Code(text) => text.len(),
        Block::Table { header, rows } => {
            let cells = std::iter::once(header).chain(rows).flatten();
            cells.map(|cell| CELL + of_spans(cell)).sum()
        }
        Block::Rule => 0,
    }
}

fn of_spans(spans: &[Span]) -> usize {
    let of_span = |span: &Span| match span {
        Span::Text(text) => text.len(),
        Span::Emphasis(text) | Span::Strong(text) | Span::Struck(text) => MARKING + of_spans(text),
        Span::Code(text) => MARKING + text.len(),
        Span::Link { url, text } => LINK + url.len() + of_spans(text),
        Span::Citation(sources) => sources.len() * REFERENCE,
        Span::Footnote(..) => REFERENCE,
        Span::Break => 1,
    };
    spans.iter().map(of_span).sum()
}
