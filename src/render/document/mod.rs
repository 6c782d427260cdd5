//! The document model: what a text is made of, whatever it is written as.
//!
//! Raw HTML becomes plain text, and an address that is neither `http`, `https`, `mailto` nor relative is dropped; the
//! words of the link stay. A reference to a footnote that is not there stays as it was typed.

mod maker;
mod passage;
mod references;

use std::ops::Range;

pub use maker::{Led, blocks, led, sentence, spans};
pub use references::{Citations, Footnote, mark};

/// A block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph with its anchor and, in numbered editions, its number.
    Paragraph {
        /// The anchor: `q1-p2`.
        anchor: String,
        /// Its number in the document.
        number: Option<u32>,
        /// Its text.
        text: Vec<Span>,
        /// Its sentences, in order; each of them is a run of `text`.
        passages: Vec<Passage>,
        /// What it rests on, in editions that keep evidence apart from experience.
        ground: Option<Ground>,
    },
    /// A heading below the question's own.
    Heading {
        /// 1 for the highest.
        level: u8,
        /// Its text.
        text: Vec<Span>,
    },
    /// A list.
    List {
        /// The first number of a numbered list.
        start: Option<usize>,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// Text that keeps its lines.
    Code(String),
    /// A table with one header row.
    Table {
        /// The header's cells.
        header: Vec<Vec<Span>>,
        /// The body's rows.
        rows: Vec<Vec<Vec<Span>>>,
    },
    /// A break between two parts.
    Rule,
}

/// What a paragraph rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// It cites at least one source.
    Evidence,
    /// It cites none: it rests on what the writers have seen themselves.
    Experience,
}

/// A sentence of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its anchor, made from its words: `q1-3f9a2c1b`. It stays while the words do, wherever the sentence stands.
    pub anchor: String,
    /// Which spans of the paragraph's text it is; marks between two passages belong to none.
    pub spans: Range<usize>,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Plain text.
    Text(String),
    /// Emphasis.
    Emphasis(Vec<Span>),
    /// Strong emphasis.
    Strong(Vec<Span>),
    /// Struck text.
    Struck(Vec<Span>),
    /// A name or command as typed.
    Code(String),
    /// A link to a checked address.
    Link {
        /// The address.
        url: String,
        /// The linked text.
        text: Vec<Span>,
    },
    /// Sources: each with its number in the edition and the how-manieth use of it this is, both from 1.
    Citation(Vec<(usize, usize)>),
    /// A footnote: its number in the edition and the how-manieth use of it this is, both from 1.
    Footnote(usize, usize),
    /// A line ending that stays.
    Break,
}

/// Whether an address may stand behind a link.
pub fn is_safe(url: &str) -> bool {
    let hidden = url
        .chars()
        .any(|sign| sign.is_control() || sign.is_whitespace());
    let scheme = url
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    let relative = scheme
        .as_ref()
        .is_none_or(|scheme| scheme.contains(['/', '?', '#']));
    let known = matches!(scheme.as_deref(), Some("http" | "https" | "mailto"));
    !hidden && !url.is_empty() && (known || (relative && !url.starts_with("//")))
}

impl Block {
    /// Puts words before a paragraph, outside its passages.
    fn begin_with(&mut self, words: String) {
        if let Self::Paragraph { text, passages, .. } = self {
            text.insert(0, Span::Text(words));
            for Passage { spans, .. } in passages {
                *spans = spans.start + 1..spans.end + 1;
            }
        }
    }
}

/// Whether a source is cited in some text.
pub fn cites(spans: &[Span]) -> bool {
    spans.iter().any(|span| match span {
        Span::Citation(_) => true,
        Span::Emphasis(text) | Span::Strong(text) | Span::Struck(text) => cites(text),
        Span::Link { text, .. } => cites(text),
        Span::Text(_) | Span::Code(_) | Span::Footnote(..) | Span::Break => false,
    })
}

/// The plain words of some text.
pub fn plain(spans: &[Span]) -> String {
    let mut out = String::new();
    for span in spans {
        match span {
            Span::Text(text) | Span::Code(text) => out.push_str(text),
            Span::Emphasis(text) | Span::Strong(text) | Span::Struck(text) => {
                out.push_str(&plain(text));
            }
            Span::Link { text, .. } => out.push_str(&plain(text)),
            // The blank before the number of a note goes with it.
            Span::Citation(_) | Span::Footnote(..) => out.truncate(out.trim_end().len()),
            Span::Break => out.push(' '),
        }
    }
    out
}

/// The plain words of a text of Markdown, on one line.
pub fn plain_words(text: &str) -> String {
    words(&blocks(text, "", &mut Citations::default())).replace('\n', " ")
}

/// The plain words of some blocks, a line for each block that has any.
pub fn words(blocks: &[Block]) -> String {
    let lines = blocks.iter().map(|block| match block {
        Block::Paragraph { text, .. } | Block::Heading { text, .. } => plain(text),
        Block::List { items, .. } => lines_of(items.iter().map(|item| words(item))),
        Block::Quote(inner) => words(inner),
        Block::Code(text) => text.trim_end().to_owned(),
        Block::Table { header, rows } => {
            let row = |cells: &Vec<Vec<Span>>| {
                let cells: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
                cells.join(" | ")
            };
            lines_of(std::iter::once(header).chain(rows).map(row))
        }
        Block::Rule => String::new(),
    });
    lines_of(lines)
}

fn lines_of(lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsafe_addresses_are_dropped_and_their_words_stay() {
        for url in [
            "javascript:alert(1)",
            "JAVASCRIPT:x",
            "data:text/html,x",
            "vbscript:x",
            "//evil.example",
            "java\tscript:x",
        ] {
            assert!(!is_safe(url), "{url}");
        }
        for url in [
            "https://a.example/b:c",
            "mailto:a@b.example",
            "notes.md",
            "#q1",
            "a/b:c",
        ] {
            assert!(is_safe(url), "{url}");
        }
        let text = spans(
            "See [this](javascript:alert(1)).",
            &mut Citations::default(),
        );
        assert_eq!(plain(&text), "See this.");
        assert!(!text.iter().any(|span| matches!(span, Span::Link { .. })));
    }

    #[test]
    fn sources_are_numbered_as_they_are_first_cited() {
        let mut citations = Citations::default();
        let text = spans("One [@b]. Two [@a; @b].", &mut citations);
        assert!(text.contains(&Span::Citation(vec![(2, 1), (1, 2)])));
        assert_eq!(
            citations.order(),
            [("b".to_owned(), 2), ("a".to_owned(), 1)]
        );
    }
}
