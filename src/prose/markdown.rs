//! Markdown as a tree of our own, parsed once; the only file that names `comrak`.
//!
//! `comrak` buys us the whole of CommonMark with tables, footnotes, task lists and source positions. Its nodes are
//! turned into [`Block`] and [`Inline`] here, so that nothing else depends on its types. Both the units of the merge
//! engine and the document model of the renderer are made from this tree.

use std::ops::Range;

use comrak::nodes::{AstNode, ListType, NodeValue, TableAlignment};
use comrak::{Arena, Options, parse_document};

/// A block with the lines it occupies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// Zero-based lines of the source, end exclusive.
    pub lines: Range<usize>,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading with its level, 1 to 6.
    Heading {
        /// 1 to 6.
        level: u8,
        /// The heading's text.
        text: Vec<Inline>,
    },
    /// A bulleted or numbered list.
    List(List),
    /// A block quote.
    Quote(Vec<Block>),
    /// A fenced or indented code block.
    Code {
        /// The info string after the fence; empty for indented code.
        info: String,
        /// The literal text.
        text: String,
    },
    /// A table.
    Table(Table),
    /// A footnote definition.
    Footnote {
        /// The label between `[^` and `]`.
        label: String,
        /// The note's blocks.
        blocks: Vec<Block>,
    },
    /// A thematic break.
    Rule,
    /// Raw HTML, never interpreted.
    Html(String),
}

/// A list and its items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The number of the first item of a numbered list.
    pub start: Option<usize>,
    /// Whether the items stand without blank lines between them.
    pub tight: bool,
    /// The items.
    pub items: Vec<Item>,
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// `Some(done)` for a task.
    pub task: Option<bool>,
    /// The item's blocks.
    pub blocks: Vec<Block>,
    /// Zero-based lines of the source, end exclusive.
    pub lines: Range<usize>,
}

/// A table with one header row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// One alignment per column.
    pub alignments: Vec<Alignment>,
    /// The header's cells.
    pub header: Vec<Vec<Inline>>,
    /// The body's rows of cells.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// How a table column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// Not said.
    None,
    /// Left.
    Left,
    /// Centre.
    Centre,
    /// Right.
    Right,
}

/// A run of text or an element within a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain text, unescaped.
    Text(String),
    /// A code span.
    Code(String),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Struck text.
    Struck(Vec<Inline>),
    /// A link; the address is as written and is **not** checked here.
    Link {
        /// The address as written.
        url: String,
        /// The title, empty if none.
        title: String,
        /// The linked text.
        text: Vec<Inline>,
    },
    /// An image; the address is as written and is **not** checked here.
    Image {
        /// The address as written.
        url: String,
        /// The title, empty if none.
        title: String,
        /// The alternative text.
        alt: Vec<Inline>,
    },
    /// A reference to a footnote, by label.
    FootnoteRef(String),
    /// Sources cited as `[@id]` or `[@id; @id]`.
    Citation(Vec<String>),
    /// A line ending inside a paragraph.
    SoftBreak,
    /// A hard line break.
    HardBreak,
    /// Raw HTML, never interpreted.
    Html(String),
}

/// Parses Markdown into blocks.
///
/// Front matter is not recognised: a draft has none. Footnote definitions stand where they were written.
///
/// ```
/// use onetext::prose::markdown::{parse, BlockKind, Inline};
/// let blocks = parse("It grew [@q1].\n");
/// let BlockKind::Paragraph(text) = &blocks[0].kind else { panic!() };
/// assert_eq!(text[1], Inline::Citation(vec!["q1".into()]));
/// ```
pub fn parse(text: &str) -> Vec<Block> {
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options());
    blocks(root)
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.autolink = true;
    options.parse.leave_footnote_definitions = true;
    options
}

fn lines(node: &AstNode<'_>) -> Range<usize> {
    let position = node.data.borrow().sourcepos;
    position.start.line.saturating_sub(1)..position.end.line
}

fn blocks<'a>(parent: &'a AstNode<'a>) -> Vec<Block> {
    parent.children().filter_map(block).collect()
}

fn block<'a>(node: &'a AstNode<'a>) -> Option<Block> {
    let kind = match &node.data.borrow().value {
        NodeValue::Paragraph => BlockKind::Paragraph(inlines(node)),
        NodeValue::Heading(heading) => BlockKind::Heading {
            level: heading.level,
            text: inlines(node),
        },
        NodeValue::List(list) => BlockKind::List(List {
            start: (list.list_type == ListType::Ordered).then_some(list.start),
            tight: list.tight,
            items: node.children().filter_map(item).collect(),
        }),
        NodeValue::BlockQuote => BlockKind::Quote(blocks(node)),
        NodeValue::CodeBlock(code) => BlockKind::Code {
            info: code.info.clone(),
            text: code.literal.clone(),
        },
        NodeValue::Table(table) => BlockKind::Table(rows(node, &table.alignments)),
        NodeValue::FootnoteDefinition(note) => BlockKind::Footnote {
            label: note.name.clone(),
            blocks: blocks(node),
        },
        NodeValue::ThematicBreak => BlockKind::Rule,
        NodeValue::HtmlBlock(html) => BlockKind::Html(html.literal.clone()),
        _ => return None,
    };
    Some(Block {
        kind,
        lines: lines(node),
    })
}

fn item<'a>(node: &'a AstNode<'a>) -> Option<Item> {
    let task = match &node.data.borrow().value {
        NodeValue::Item(_) => None,
        NodeValue::TaskItem(task) => Some(task.symbol.is_some()),
        _ => return None,
    };
    Some(Item {
        task,
        blocks: blocks(node),
        lines: lines(node),
    })
}

fn rows<'a>(node: &'a AstNode<'a>, alignments: &[TableAlignment]) -> Table {
    let mut all = node
        .children()
        .map(|row| row.children().map(|cell| inlines(cell)).collect::<Vec<_>>());
    Table {
        header: all.next().unwrap_or_default(),
        rows: all.collect(),
        alignments: alignments.iter().map(alignment).collect(),
    }
}

fn alignment(alignment: &TableAlignment) -> Alignment {
    match alignment {
        TableAlignment::None => Alignment::None,
        TableAlignment::Left => Alignment::Left,
        TableAlignment::Center => Alignment::Centre,
        TableAlignment::Right => Alignment::Right,
    }
}

fn inlines<'a>(parent: &'a AstNode<'a>) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut run = String::new();
    for node in parent.children() {
        if let NodeValue::Text(text) = &node.data.borrow().value {
            run.push_str(text);
            continue;
        }
        cited(&mut out, &std::mem::take(&mut run));
        out.extend(inline(node));
    }
    cited(&mut out, &run);
    out
}

fn inline<'a>(node: &'a AstNode<'a>) -> Option<Inline> {
    Some(match &node.data.borrow().value {
        NodeValue::Code(code) => Inline::Code(code.literal.clone()),
        NodeValue::Emph => Inline::Emphasis(inlines(node)),
        NodeValue::Strong => Inline::Strong(inlines(node)),
        NodeValue::Strikethrough => Inline::Struck(inlines(node)),
        NodeValue::Link(link) => Inline::Link {
            url: link.url.clone(),
            title: link.title.clone(),
            text: inlines(node),
        },
        NodeValue::Image(link) => Inline::Image {
            url: link.url.clone(),
            title: link.title.clone(),
            alt: inlines(node),
        },
        NodeValue::FootnoteReference(note) => Inline::FootnoteRef(note.name.clone()),
        NodeValue::SoftBreak => Inline::SoftBreak,
        NodeValue::LineBreak => Inline::HardBreak,
        NodeValue::HtmlInline(html) => Inline::Html(html.clone()),
        _ => return None,
    })
}

/// Splits a run of plain text at its citations.
fn cited(out: &mut Vec<Inline>, run: &str) {
    let mut rest = run;
    while let Some((before, ids, after)) = next_citation(rest) {
        if !before.is_empty() {
            out.push(Inline::Text(before.to_owned()));
        }
        out.push(Inline::Citation(ids));
        rest = after;
    }
    if !rest.is_empty() {
        out.push(Inline::Text(rest.to_owned()));
    }
}

/// Finds the first `[@id]` or `[@id; @id]`: the text before it, its ids, the text after it.
fn next_citation(text: &str) -> Option<(&str, Vec<String>, &str)> {
    text.match_indices("[@").find_map(|(start, _)| {
        let end = start + text[start..].find(']')?;
        let ids = text[start + 1..end]
            .split(';')
            .map(citation_id)
            .collect::<Option<Vec<_>>>()?;
        Some((&text[..start], ids, &text[end + 1..]))
    })
}

fn citation_id(part: &str) -> Option<String> {
    let id = part.trim().strip_prefix('@')?;
    let valid = !id.is_empty()
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    valid.then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn footnotes_stand_where_they_were_written() {
        let blocks = parse("One[^a].\n\n[^a]: Note.\n\nTwo.\n");
        let kinds: Vec<_> = blocks.iter().map(|block| block.lines.clone()).collect();
        assert_eq!(kinds, [0..1, 2..3, 4..5]);
        assert!(matches!(&blocks[1].kind, BlockKind::Footnote { label, .. } if label == "a"));
    }

    #[test]
    fn several_sources_make_one_citation() {
        let blocks = parse("Both [@a-1; @b_2] agree, [not this].\n");
        let BlockKind::Paragraph(text) = &blocks[0].kind else {
            panic!("a paragraph")
        };
        assert_eq!(text[1], Inline::Citation(vec!["a-1".into(), "b_2".into()]));
        assert_eq!(text[2], Inline::Text(" agree, [not this].".into()));
    }

    #[test]
    fn lines_of_nested_items_are_their_own() {
        let blocks = parse("- a\n  - b\n  - c\n- d\n");
        let BlockKind::List(list) = &blocks[0].kind else {
            panic!("a list")
        };
        assert_eq!(list.items[1].lines, 3..4);
        let BlockKind::List(inner) = &list.items[0].blocks[1].kind else {
            panic!("a list")
        };
        assert_eq!(inner.items[1].lines, 2..3);
    }
}
