//! What the texts of an edition refer to: sources and footnotes, numbered as they are first met.
//!
//! **Invariant:** a footnote's number is its place among [`Citations::footnotes`]; those that only another footnote
//! refers to follow it at once, so that a format can set them all at the one mark that the text has.

use std::collections::{BTreeMap, BTreeSet};

use crate::prose::markdown::{Block as Parsed, BlockKind, Inline};

use super::{Block, Span};

/// Numbers the sources and footnotes of an edition in the order in which they are first referred to.
#[derive(Clone, Debug, Default)]
pub struct Citations {
    order: Vec<(String, usize)>,
    footnotes: Vec<Footnote>,
    known: BTreeMap<(String, String), usize>,
    lines: usize,
    /// Where a source stands in the order, by its id.
    cited: BTreeMap<String, usize>,
}

/// A footnote of an edition.
#[derive(Clone, Debug)]
pub struct Footnote {
    /// Its number, from 1.
    pub number: usize,
    /// The part that it belongs to: `q1`.
    pub part: String,
    /// Its label as typed.
    pub label: String,
    /// How often the edition refers to it.
    pub uses: usize,
    /// Whether another footnote is the first to refer to it.
    pub nested: bool,
    /// What it says.
    pub blocks: Vec<Block>,
}

impl Footnote {
    /// Its mark: `a`.
    pub fn mark(&self) -> String {
        mark(self.number)
    }
}

/// Where a reference to a footnote is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Met {
    /// In a text.
    InText,
    /// In another footnote.
    InFootnote,
}

/// The mark of a footnote: a letter, so that none is taken for a source's number; doubled after `z`, as word
/// processors count.
pub fn mark(number: usize) -> String {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
    let at = number.saturating_sub(1);
    let letter = at % LETTERS.len();
    LETTERS[letter..=letter].repeat(at / LETTERS.len() + 1)
}

impl Citations {
    /// The number of a source and of this use of it.
    pub(super) fn cite(&mut self, id: &str) -> (usize, usize) {
        let at = match self.cited.get(id) {
            Some(at) => *at,
            None => {
                let next = self.order.len();
                self.cited.insert(id.to_owned(), next);
                self.order.push((id.to_owned(), 0));
                next
            }
        };
        self.order[at].1 += 1;
        (at + 1, self.order[at].1)
    }

    /// Cites sources outside of a text; nothing if there are none.
    pub fn citation(&mut self, ids: &[String]) -> Option<Span> {
        let uses = ids.iter().map(|id| self.cite(id)).collect();
        (!ids.is_empty()).then_some(Span::Citation(uses))
    }

    /// The sources in order, with how often each is cited.
    pub fn order(&self) -> &[(String, usize)] {
        &self.order
    }

    /// The footnotes in order.
    pub fn footnotes(&self) -> &[Footnote] {
        &self.footnotes
    }

    /// The number of a part's footnote and of this use of it; a new one has no blocks yet.
    pub(super) fn note(&mut self, part: &str, label: &str, met: Met) -> (usize, usize) {
        let next = self.footnotes.len() + 1;
        let key = (part.to_owned(), folded(label));
        let number = *self.known.entry(key).or_insert(next);
        if number == next {
            self.footnotes.push(Footnote {
                number,
                part: part.to_owned(),
                label: label.to_owned(),
                uses: 0,
                nested: met == Met::InFootnote,
                blocks: Vec::new(),
            });
        }
        let note = &mut self.footnotes[number - 1];
        note.uses += 1;
        (number, note.uses)
    }

    /// Says what a footnote holds.
    pub(super) fn fill(&mut self, number: usize, blocks: Vec<Block>) {
        self.footnotes[number - 1].blocks = blocks;
    }

    /// A name for a line that is no part of its own.
    pub(super) fn line(&mut self) -> String {
        self.lines += 1;
        format!("line{}", self.lines)
    }
}

/// The footnotes that a text defines.
///
/// The first definition of a label counts. A definition that nothing refers to is no footnote: it stays where it was
/// written, for its words were agreed on.
#[derive(Debug)]
pub(super) struct Definitions<'a> {
    first: BTreeMap<String, &'a Parsed>,
    reached: BTreeSet<usize>,
    kept: BTreeSet<usize>,
}

impl<'a> Definitions<'a> {
    /// Finds the definitions of a text and what refers to them.
    pub fn of(blocks: &'a [Parsed]) -> Self {
        let mut all = Vec::new();
        gather(blocks, &mut all);
        let mut first = BTreeMap::new();
        for &(label, block) in &all {
            first.entry(folded(label)).or_insert(block);
        }
        let mut found = Self {
            first,
            reached: BTreeSet::new(),
            kept: BTreeSet::new(),
        };
        found.follow(references(blocks));
        let others: BTreeSet<String> = all
            .iter()
            .flat_map(|(label, block)| {
                let mut labels = references(inner(block));
                labels.remove(&folded(label));
                labels
            })
            .collect();
        // Those that no other refers to come first: what is left after them refers to itself in a circle.
        let stray = |(label, _): &&(&str, &Parsed)| !others.contains(&folded(label));
        for (_, block) in all.iter().filter(stray).chain(&all) {
            if !found.reached.contains(&block.lines.start) {
                found.kept.insert(block.lines.start);
                found.follow(references(inner(block)));
            }
        }
        found
    }

    /// Whether a definition stays where it was written.
    pub fn keeps(&self, block: &Parsed) -> bool {
        self.kept.contains(&block.lines.start) || !self.reached.contains(&block.lines.start)
    }

    /// What a label means.
    pub fn get(&self, label: &str) -> Option<&'a [Parsed]> {
        self.first.get(&folded(label)).map(|block| inner(block))
    }

    fn follow(&mut self, mut labels: BTreeSet<String>) {
        while let Some(label) = labels.pop_first() {
            let Some(block) = self.first.get(&label) else {
                continue;
            };
            if self.reached.insert(block.lines.start) {
                labels.extend(references(inner(block)));
            }
        }
    }
}

/// Labels that differ in case alone are one.
fn folded(label: &str) -> String {
    label.to_lowercase()
}

fn inner(block: &Parsed) -> &[Parsed] {
    match &block.kind {
        BlockKind::Footnote { blocks, .. } => blocks,
        _ => &[],
    }
}

fn gather<'a>(blocks: &'a [Parsed], out: &mut Vec<(&'a str, &'a Parsed)>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Footnote { label, .. } => out.push((label, block)),
            BlockKind::Quote(inner) => gather(inner, out),
            BlockKind::List(list) => list.items.iter().for_each(|item| gather(&item.blocks, out)),
            _ => {}
        }
    }
}

/// The labels that blocks refer to; definitions among them are passed over.
fn references(blocks: &[Parsed]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } => labels(text, &mut out),
            BlockKind::Quote(inner) => out.extend(references(inner)),
            BlockKind::List(list) => {
                let items = list.items.iter().map(|item| references(&item.blocks));
                out.extend(items.flatten());
            }
            BlockKind::Table(table) => {
                let rows = table.rows.iter().flatten();
                let cells = table.header.iter().chain(rows);
                cells.for_each(|cell| labels(cell, &mut out));
            }
            _ => {}
        }
    }
    out
}

fn labels(text: &[Inline], out: &mut BTreeSet<String>) {
    for inline in text {
        match inline {
            Inline::FootnoteRef(label) => {
                out.insert(folded(label));
            }
            Inline::Emphasis(text)
            | Inline::Strong(text)
            | Inline::Struck(text)
            | Inline::Link { text, .. }
            | Inline::Image { alt: text, .. } => labels(text, out),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_letters_as_word_processors_count_them() {
        let marks: Vec<String> = [1, 26, 27, 28, 53].into_iter().map(mark).collect();
        assert_eq!(marks, ["a", "z", "aa", "bb", "aaa"]);
    }
}
