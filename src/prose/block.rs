//! Blocks of units: where each stands in its source, and which units it holds.
//!
//! Blocks that the units cannot describe (tables, code, quotes with lists, items that begin with code …) are opaque:
//! they are merged as a whole, which is coarse but never wrong.
//!
//! **Invariant:** the lines of a text's blocks are in order, do not overlap, and cover the text from the first block's
//! first line to the end, so that the blocks' source put together is the text.

use std::ops::Range;
use std::sync::Arc;

use super::markdown::{self, BlockKind, List};
use super::unit::{Mark, Opaque, Shared, Unit};

/// A run of lines and the units that they hold.
#[derive(Clone, Debug)]
pub struct Block {
    /// Zero-based lines, end exclusive; trailing blank lines belong to the block before them.
    pub lines: Range<usize>,
    /// A mark with its sentences, or one opaque unit.
    pub units: Arc<[Shared]>,
}

impl Block {
    /// The same block so many lines further down.
    pub(super) fn shifted(&self, by: usize) -> Self {
        Self {
            lines: self.lines.start + by..self.lines.end + by,
            units: self.units.clone(),
        }
    }
}

/// Finds the blocks of one section, with the lines that hold text.
pub(super) fn leaves(text: &str, lines: &[&str]) -> Vec<Leaf> {
    if is_plain(lines) {
        return vec![Leaf {
            lines: 0..lines.len(),
            kind: LeafKind::Text(Mark::Paragraph),
        }];
    }
    parsed(text)
}

/// Finds the blocks of any text but its front matter.
pub(super) fn parsed(text: &str) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    for block in markdown::parse(text) {
        let mut found = Vec::new();
        if !leaf(&block, &Place::default(), &mut found) || !ordered(&found) {
            found = vec![Leaf {
                lines: block.lines,
                kind: LeafKind::Opaque(Opaque::Nested),
            }];
        }
        leaves.extend(found);
    }
    leaves.sort_by_key(|leaf| leaf.lines.start);
    leaves
}

/// Whether some lines are one paragraph and cannot be anything else, because each starts with a letter.
fn is_plain(lines: &[&str]) -> bool {
    lines
        .iter()
        .all(|line| line.starts_with(char::is_alphabetic))
}

/// A block without blocks inside.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) lines: Range<usize>,
    pub(super) kind: LeafKind,
}

/// What a leaf holds.
#[derive(Clone, Debug)]
pub(super) enum LeafKind {
    /// Sentences.
    Text(Mark),
    /// Something that is never looked into.
    Opaque(Opaque),
}

/// Where in the tree a block stands.
#[derive(Clone, Debug, Default)]
struct Place {
    depth: u8,
    quoted: bool,
}

/// An opaque block of some lines.
pub(super) fn opaque(opaque: Opaque, lines: &[&str]) -> Arc<[Shared]> {
    let trimmed: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    Arc::new([Unit::opaque(opaque, trimmed.join("\n").trim_end())])
}

/// How many lines stand before the text between `---` lines.
pub(super) fn front_matter(lines: &[&str]) -> usize {
    if lines.first().map(|line| line.trim_end()) != Some("---") {
        return 0;
    }
    let closes = |line: &&str| matches!(line.trim_end(), "---" | "...");
    let Some(end) = lines.iter().skip(1).position(closes) else {
        return 0;
    };
    let keys = lines[1..=end].iter().any(|line| line.contains(':'));
    if keys { end + 2 } else { 0 }
}

/// Flattens one block; false if its nesting has no units.
fn leaf(block: &markdown::Block, place: &Place, out: &mut Vec<Leaf>) -> bool {
    let lines = block.lines.clone();
    let mut push = |kind| {
        out.push(Leaf {
            lines: lines.clone(),
            kind,
        });
        true
    };
    match &block.kind {
        BlockKind::Paragraph(_) if place.quoted => push(LeafKind::Text(Mark::Quote)),
        BlockKind::Paragraph(_) if place.depth > 0 => {
            push(LeafKind::Text(Mark::Continuation(place.depth)))
        }
        BlockKind::Paragraph(_) => push(LeafKind::Text(Mark::Paragraph)),
        BlockKind::Code { .. } if !place.quoted => push(LeafKind::Opaque(Opaque::Code)),
        BlockKind::Table(_) if !place.quoted => push(LeafKind::Opaque(Opaque::Table)),
        BlockKind::Html(_) if !place.quoted => push(LeafKind::Opaque(Opaque::Html)),
        BlockKind::List(list) if !place.quoted => items(list, place, out),
        _ if place.depth > 0 || place.quoted => false,
        BlockKind::Heading { level, .. } => push(LeafKind::Text(Mark::Heading(*level))),
        BlockKind::Rule => push(LeafKind::Opaque(Opaque::Rule)),
        BlockKind::Quote(blocks) => {
            let place = Place {
                depth: 0,
                quoted: true,
            };
            blocks.iter().all(|block| leaf(block, &place, out))
        }
        BlockKind::Footnote { label, blocks } => match blocks.as_slice() {
            [only] if matches!(only.kind, BlockKind::Paragraph(_)) => {
                push(LeafKind::Text(Mark::Footnote(label.clone())))
            }
            _ => false,
        },
        _ => false,
    }
}

fn items(list: &List, place: &Place, out: &mut Vec<Leaf>) -> bool {
    let depth = place.depth + 1;
    list.items.iter().all(|item| {
        let Some((first, rest)) = item.blocks.split_first() else {
            return false;
        };
        if !matches!(first.kind, BlockKind::Paragraph(_)) {
            return false;
        }
        let mark = Mark::Item {
            depth,
            ordered: list.start.is_some(),
            task: item.task,
        };
        let lines = item.lines.start..first.lines.end;
        out.push(Leaf {
            lines,
            kind: LeafKind::Text(mark),
        });
        let place = Place {
            depth,
            quoted: false,
        };
        rest.iter().all(|block| leaf(block, &place, out))
    })
}

/// Whether every leaf starts on a line of its own, after the end of the leaf before it.
fn ordered(leaves: &[Leaf]) -> bool {
    leaves
        .windows(2)
        .all(|pair| pair[0].lines.end <= pair[1].lines.start)
        && leaves.iter().all(|leaf| leaf.lines.start < leaf.lines.end)
}

/// Adds an opaque block for every run of lines that belongs to no block: definitions of link references. Then every
/// block reaches to the next, and the last to the end.
pub(super) fn covering(blocks: Vec<Block>, lines: &[&str]) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    let mut at = 0;
    for block in blocks {
        out.extend(references(lines, at..block.lines.start));
        at = block.lines.end;
        out.push(block);
    }
    out.extend(references(lines, at..lines.len()));
    let mut end = lines.len();
    for block in out.iter_mut().rev() {
        block.lines.end = end;
        end = block.lines.start;
    }
    out
}

fn references(lines: &[&str], gap: Range<usize>) -> Option<Block> {
    let empty = |line: &&str| line.trim_matches(['>', ' ', '\t']).is_empty();
    let own = lines.get(gap.clone())?;
    let start = gap.start + own.iter().position(|line| !empty(line))?;
    let end = gap.start + own.iter().rposition(|line| !empty(line))? + 1;
    Some(Block {
        lines: start..end,
        units: opaque(Opaque::References, &lines[start..end]),
    })
}

/// The text of a block on one line, without what makes it a block.
pub(super) fn text(mark: &Mark, lines: &[&str]) -> String {
    if let Mark::Heading(_) = mark {
        return heading(lines);
    }
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        let content = content(mark, line, at);
        let hard = content.ends_with("  ") || content.ends_with('\\');
        let content = content.trim();
        if at + 1 < lines.len() && hard && !content.is_empty() {
            out.push_str(content.trim_end_matches('\\').trim_end());
            out.push_str("\\\n");
        } else {
            out.push_str(content);
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn heading(lines: &[&str]) -> String {
    let first = lines.first().map_or("", |line| line.trim());
    if !first.starts_with('#') {
        let text = &lines[..lines.len().saturating_sub(1).max(1)];
        return text
            .iter()
            .map(|line| line.trim())
            .collect::<Vec<_>>()
            .join(" ");
    }
    let text = first.trim_start_matches('#').trim();
    let bare = text.trim_end_matches('#');
    if bare.is_empty() || bare.ends_with([' ', '\t']) {
        bare.trim().to_owned()
    } else {
        text.to_owned()
    }
}

fn content<'a>(mark: &Mark, line: &'a str, at: usize) -> &'a str {
    match mark {
        Mark::Quote => {
            let inner = line.trim_start();
            inner.strip_prefix('>').unwrap_or(inner)
        }
        Mark::Item { task, .. } if at == 0 => {
            let inner = line.trim_start();
            let marker = marker_length(inner);
            let inner = inner[marker..].trim_start();
            if task.is_some() {
                inner.get(3..).unwrap_or("").trim_start()
            } else {
                inner
            }
        }
        Mark::Footnote(_) if at == 0 => line
            .split_once("]:")
            .map_or(line, |(_, text)| text.trim_start()),
        _ => line,
    }
}

/// The sign of a list item or a heading, if it is not the usual one.
pub(super) fn sign(mark: &Mark, lines: &[&str]) -> Option<char> {
    let first = lines.first()?.trim_start();
    match mark {
        Mark::Item { .. } => {
            let end = first.as_bytes().get(marker_length(first).checked_sub(1)?)?;
            Some(char::from(*end)).filter(|sign| !matches!(sign, '-' | '.'))
        }
        Mark::Heading(_) if !first.starts_with('#') => lines.last()?.trim().chars().next(),
        _ => None,
    }
}

/// The length of a list marker at the start: `-`, `*`, `+`, `1.`, `1)`.
pub fn marker_length(text: &str) -> usize {
    let digits = text.len()
        - text
            .trim_start_matches(|sign: char| sign.is_ascii_digit())
            .len();
    match text[digits..].chars().next() {
        Some('-' | '*' | '+') if digits == 0 => 1,
        Some('.' | ')') if digits > 0 => digits + 1,
        _ => 0,
    }
}
