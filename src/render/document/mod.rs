//! The document model: what a text is made of, whatever it is written as.
//!
//! Raw HTML becomes plain text, and an address that is neither `http`, `https`, `mailto` nor relative is dropped; the
//! words of the link stay. A reference to a footnote that is not there stays as it was typed.

mod maker;
mod references;

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

/// The plain words of some text.
pub fn plain(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| match span {
            Span::Text(text) | Span::Code(text) => text.clone(),
            Span::Emphasis(text) | Span::Strong(text) | Span::Struck(text) => plain(text),
            Span::Link { text, .. } => plain(text),
            Span::Citation(_) | Span::Footnote(..) => String::new(),
            Span::Break => " ".to_owned(),
        })
        .collect()
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
