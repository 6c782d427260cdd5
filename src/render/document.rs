//! The document model: what a text is made of, whatever it is written as.
//!
//! Raw HTML becomes plain text, and an address that is neither `http`, `https`, `mailto` nor relative is dropped; the
//! words of the link stay.

use crate::prose::markdown::{self, Block as Parsed, BlockKind, Inline};

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
    /// A line ending that stays.
    Break,
}

/// Numbers the sources of an edition in the order in which they are first cited.
#[derive(Clone, Debug, Default)]
pub struct Citations {
    order: Vec<(String, usize)>,
}

impl Citations {
    /// The number of a source and of this use of it.
    fn cite(&mut self, id: &str) -> (usize, usize) {
        let at = self
            .order
            .iter()
            .position(|(known, _)| known == id)
            .unwrap_or_else(|| {
                self.order.push((id.to_owned(), 0));
                self.order.len() - 1
            });
        self.order[at].1 += 1;
        (at + 1, self.order[at].1)
    }

    /// The sources in order, with how often each is cited.
    pub fn order(&self) -> &[(String, usize)] {
        &self.order
    }
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

/// Turns a text into the model.
///
/// `anchor` names the part that the paragraphs are numbered in: `q1` gives `q1-p1`, `q1-p2` …
pub fn blocks(text: &str, anchor: &str, citations: &mut Citations) -> Vec<Block> {
    let mut maker = Maker {
        anchor,
        paragraphs: 0,
        citations,
    };
    markdown::parse(text)
        .iter()
        .filter_map(|block| maker.block(block))
        .collect()
}

/// Turns a line of text into the model.
pub fn spans(text: &str, citations: &mut Citations) -> Vec<Span> {
    let parsed = markdown::parse(text);
    let mut maker = Maker {
        anchor: "",
        paragraphs: 0,
        citations,
    };
    let mut out = Vec::new();
    for block in &parsed {
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } => {
                out.extend(maker.spans(text));
            }
            _ => out.push(Span::Text(text.to_owned())),
        }
    }
    out
}

struct Maker<'a> {
    anchor: &'a str,
    paragraphs: usize,
    citations: &'a mut Citations,
}

impl Maker<'_> {
    fn block(&mut self, block: &Parsed) -> Option<Block> {
        Some(match &block.kind {
            BlockKind::Paragraph(text) => {
                self.paragraphs += 1;
                let anchor = format!("{}-p{}", self.anchor, self.paragraphs);
                Block::Paragraph {
                    anchor,
                    number: None,
                    text: self.spans(text),
                }
            }
            BlockKind::Heading { level, text } => Block::Heading {
                level: *level,
                text: self.spans(text),
            },
            BlockKind::List(list) => Block::List {
                start: list.start,
                items: list.items.iter().map(|item| self.item(item)).collect(),
            },
            BlockKind::Quote(blocks) => Block::Quote(
                blocks
                    .iter()
                    .filter_map(|block| self.block(block))
                    .collect(),
            ),
            BlockKind::Code { text, .. } | BlockKind::Html(text) => Block::Code(text.clone()),
            BlockKind::Table(table) => Block::Table {
                header: table.header.iter().map(|cell| self.spans(cell)).collect(),
                rows: table
                    .rows
                    .iter()
                    .map(|row| row.iter().map(|cell| self.spans(cell)).collect())
                    .collect(),
            },
            BlockKind::Footnote { label, blocks } => self.footnote(label, blocks),
            BlockKind::Rule => Block::Rule,
        })
    }

    fn footnote(&mut self, label: &str, blocks: &[Parsed]) -> Block {
        let mut inner: Vec<Block> = blocks
            .iter()
            .filter_map(|block| self.block(block))
            .collect();
        if let Some(Block::Paragraph { text, .. }) = inner.first_mut() {
            text.insert(0, Span::Text(format!("Note {label}: ")));
        }
        Block::Quote(inner)
    }

    fn item(&mut self, item: &markdown::Item) -> Vec<Block> {
        let mut blocks: Vec<Block> = item
            .blocks
            .iter()
            .filter_map(|block| self.block(block))
            .collect();
        if let (Some(done), Some(Block::Paragraph { text, .. })) = (item.task, blocks.first_mut()) {
            text.insert(
                0,
                Span::Text(if done { "[done] " } else { "[open] " }.to_owned()),
            );
        }
        blocks
    }

    fn spans(&mut self, inlines: &[Inline]) -> Vec<Span> {
        inlines
            .iter()
            .flat_map(|inline| self.span(inline))
            .collect()
    }

    fn span(&mut self, inline: &Inline) -> Vec<Span> {
        vec![match inline {
            Inline::Text(text) | Inline::Html(text) => Span::Text(text.clone()),
            Inline::Code(text) => Span::Code(text.clone()),
            Inline::Emphasis(text) => Span::Emphasis(self.spans(text)),
            Inline::Strong(text) => Span::Strong(self.spans(text)),
            Inline::Struck(text) => Span::Struck(self.spans(text)),
            Inline::Link { url, text, .. } | Inline::Image { url, alt: text, .. } => {
                let text = self.spans(text);
                if !is_safe(url) {
                    return text;
                }
                Span::Link {
                    url: url.clone(),
                    text,
                }
            }
            Inline::FootnoteRef(label) => Span::Text(format!(" (note {label})")),
            Inline::Citation(ids) => {
                Span::Citation(ids.iter().map(|id| self.citations.cite(id)).collect())
            }
            Inline::SoftBreak => Span::Text(" ".to_owned()),
            Inline::HardBreak => Span::Break,
        }]
    }
}

/// The plain words of some text.
pub fn plain(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| match span {
            Span::Text(text) | Span::Code(text) => text.clone(),
            Span::Emphasis(text) | Span::Strong(text) | Span::Struck(text) => plain(text),
            Span::Link { text, .. } => plain(text),
            Span::Citation(_) => String::new(),
            Span::Break => " ".to_owned(),
        })
        .collect()
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
