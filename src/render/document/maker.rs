//! Markdown made into the model, in one walk over one parse.

use std::collections::VecDeque;

use crate::prose::markdown::{self, Block as Parsed, BlockKind, Inline};

use super::passage::Anchors;
use super::references::{Definitions, Met};
use super::{Block, Citations, Span, is_safe};

/// Turns a text into the model.
///
/// `anchor` names the part that the paragraphs are numbered in: `q1` gives `q1-p1`, `q1-p2` …
pub fn blocks(text: &str, anchor: &str, citations: &mut Citations) -> Vec<Block> {
    let parsed = markdown::parse(text);
    Maker::new(&parsed, anchor, citations).blocks(&parsed)
}

/// A text whose first paragraph is cut after its first sentence.
#[derive(Clone, Copy, Debug)]
pub struct Led<'a> {
    /// The first sentence.
    pub first: &'a str,
    /// The rest of its paragraph; may be empty.
    pub rest: &'a str,
    /// What follows that paragraph.
    pub after: &'a str,
}

/// Turns a text into the model, with its first sentence set off; nothing if its first paragraph cannot be cut there.
pub fn led(text: Led<'_>, anchor: &str, citations: &mut Citations) -> Option<Vec<Block>> {
    let Led { first, rest, after } = text;
    let mut parsed = markdown::parse(&format!("{first}\n\n{rest}\n\n{after}"));
    let mut words = vec![Inline::Strong(take(parsed.first_mut()?)?)];
    if !rest.is_empty() {
        words.push(Inline::Text(" ".to_owned()));
        words.extend(take(parsed.get_mut(1)?)?);
        parsed.remove(1);
    }
    parsed[0].kind = BlockKind::Paragraph(words);
    Some(Maker::new(&parsed, anchor, citations).blocks(&parsed))
}

fn take(block: &mut Parsed) -> Option<Vec<Inline>> {
    match &mut block.kind {
        BlockKind::Paragraph(text) => Some(std::mem::take(text)),
        _ => None,
    }
}

/// Turns a line of text into the model.
pub fn spans(text: &str, citations: &mut Citations) -> Vec<Span> {
    let parsed = markdown::parse(text);
    let part = citations.line();
    let mut maker = Maker::new(&parsed, &part, citations);
    parsed
        .iter()
        .flat_map(|block| maker.line(block, text))
        .collect()
}

/// Turns one sentence of a text into the model: its footnotes are those of the text.
pub fn sentence(sentence: &str, of: &str, anchor: &str, citations: &mut Citations) -> Vec<Span> {
    let parsed = markdown::parse(&format!("{sentence}\n\n{of}"));
    let mut maker = Maker::new(&parsed, anchor, citations);
    parsed
        .first()
        .map_or_else(Vec::new, |block| maker.line(block, sentence))
}

struct Maker<'a> {
    part: &'a str,
    anchor: String,
    paragraphs: usize,
    anchors: Anchors,
    citations: &'a mut Citations,
    definitions: Definitions<'a>,
    /// Footnotes whose blocks are not made yet.
    waiting: VecDeque<(usize, &'a [Parsed])>,
    place: Met,
}

impl<'a> Maker<'a> {
    fn new(parsed: &'a [Parsed], part: &'a str, citations: &'a mut Citations) -> Self {
        Self {
            part,
            anchor: part.to_owned(),
            paragraphs: 0,
            anchors: Anchors::default(),
            citations,
            definitions: Definitions::of(parsed),
            waiting: VecDeque::new(),
            place: Met::InText,
        }
    }

    fn blocks(&mut self, blocks: &[Parsed]) -> Vec<Block> {
        blocks
            .iter()
            .filter_map(|block| self.block(block))
            .collect()
    }

    /// A block as a line; what is none stands as it was typed.
    fn line(&mut self, block: &Parsed, typed: &str) -> Vec<Span> {
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } => self.spans(text),
            BlockKind::Footnote { .. } if !self.definitions.keeps(block) => Vec::new(),
            _ => vec![Span::Text(typed.to_owned())],
        }
    }

    fn block(&mut self, block: &Parsed) -> Option<Block> {
        Some(match &block.kind {
            BlockKind::Paragraph(text) => self.paragraph(text),
            BlockKind::Heading { level, text } => Block::Heading {
                level: *level,
                text: self.spans(text),
            },
            BlockKind::List(list) => Block::List {
                start: list.start,
                items: list.items.iter().map(|item| self.item(item)).collect(),
            },
            BlockKind::Quote(blocks) => Block::Quote(self.blocks(blocks)),
            BlockKind::Code { text, .. } | BlockKind::Html(text) => Block::Code(text.clone()),
            BlockKind::Table(table) => Block::Table {
                header: table.header.iter().map(|cell| self.spans(cell)).collect(),
                rows: table
                    .rows
                    .iter()
                    .map(|row| row.iter().map(|cell| self.spans(cell)).collect())
                    .collect(),
            },
            BlockKind::Footnote { label, blocks } => {
                return self
                    .definitions
                    .keeps(block)
                    .then(|| self.stray(label, blocks));
            }
            BlockKind::Rule => Block::Rule,
        })
    }

    fn paragraph(&mut self, text: &[Inline]) -> Block {
        self.paragraphs += 1;
        let anchor = format!("{}-p{}", self.anchor, self.paragraphs);
        let text = self.spans(text);
        let (text, passages) = match self.place {
            Met::InText => self.anchors.passages(&self.anchor, text),
            // A footnote has an anchor of its own.
            Met::InFootnote => (text, Vec::new()),
        };
        Block::Paragraph {
            anchor,
            number: None,
            text,
            passages,
            ground: None,
        }
    }

    /// A definition that nothing refers to.
    fn stray(&mut self, label: &str, blocks: &[Parsed]) -> Block {
        let mut inner = self.blocks(blocks);
        if let Some(paragraph) = inner.first_mut() {
            paragraph.begin_with(format!("Note {label}: "));
        }
        Block::Quote(inner)
    }

    fn footnote(&mut self, label: &str) -> Span {
        let Some(blocks) = self.definitions.get(label) else {
            return Span::Text(format!("[^{label}]"));
        };
        let (number, use_) = self.citations.note(self.part, label, self.place);
        if use_ == 1 {
            self.waiting.push_back((number, blocks));
        }
        if self.place == Met::InText {
            self.fill();
        }
        Span::Footnote(number, use_)
    }

    /// Makes the blocks of the footnotes that wait, and of those that they refer to.
    fn fill(&mut self) {
        let place = (std::mem::take(&mut self.anchor), self.paragraphs);
        self.place = Met::InFootnote;
        while let Some((number, blocks)) = self.waiting.pop_front() {
            self.anchor = format!("footnote-{number}");
            self.paragraphs = 0;
            let blocks = self.blocks(blocks);
            self.citations.fill(number, blocks);
        }
        self.place = Met::InText;
        (self.anchor, self.paragraphs) = place;
    }

    fn item(&mut self, item: &markdown::Item) -> Vec<Block> {
        let mut blocks = self.blocks(&item.blocks);
        if let (Some(done), Some(paragraph)) = (item.task, blocks.first_mut()) {
            paragraph.begin_with(if done { "[done] " } else { "[open] " }.to_owned());
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
            Inline::FootnoteRef(label) => self.footnote(label),
            Inline::Citation(ids) => {
                Span::Citation(ids.iter().map(|id| self.citations.cite(id)).collect())
            }
            Inline::SoftBreak => Span::Text(" ".to_owned()),
            Inline::HardBreak => Span::Break,
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::document::plain;

    fn noted(text: &str) -> (Vec<Block>, Citations) {
        let mut citations = Citations::default();
        let blocks = blocks(text, "q1", &mut citations);
        (blocks, citations)
    }

    fn told(blocks: &[Block]) -> Vec<String> {
        let text = |block: &Block| match block {
            Block::Paragraph { anchor, text, .. } => format!("{anchor}: {}", plain(text)),
            Block::Quote(inner) => format!("> {}", told(inner).join(" ")),
            other => format!("{other:?}"),
        };
        blocks.iter().map(text).collect()
    }

    #[test]
    fn footnotes_are_numbered_as_they_are_first_met_and_take_no_anchor() {
        let (blocks, citations) = noted(
            "One[^b].\n\n[^a]: First.\n\n[^b]: Second[^c] [@s].\n\nTwo[^A], again[^b].\n\n[^c]: Third.\n",
        );
        assert_eq!(told(&blocks), ["q1-p1: One.", "q1-p2: Two, again."]);
        let notes: Vec<_> = citations
            .footnotes()
            .iter()
            .map(|note| (note.mark(), note.label.as_str(), note.uses, note.nested))
            .collect();
        assert_eq!(
            notes,
            [
                ("a".to_owned(), "b", 2, false),
                ("b".to_owned(), "c", 1, true),
                ("c".to_owned(), "a", 1, false),
            ]
        );
        assert_eq!(
            told(&citations.footnotes()[0].blocks),
            ["footnote-1-p1: Second."]
        );
    }

    #[test]
    fn what_refers_to_nothing_and_what_nothing_refers_to_stay_as_they_are() {
        let (blocks, citations) = noted("One[^x].\n\n[^y]: Stray.\n\n[^z]: Round[^z].\n");
        assert_eq!(
            told(&blocks),
            [
                "q1-p1: One[^x].",
                "> q1-p2: Note y: Stray.",
                "> q1-p3: Note z: Round."
            ]
        );
        assert_eq!(citations.footnotes().len(), 1);
    }

    #[test]
    fn of_two_definitions_the_first_counts_and_the_second_stays() {
        let (blocks, citations) = noted("One[^a].\n\n[^a]: First.\n\n[^a]: Second.\n");
        assert_eq!(told(&blocks), ["q1-p1: One.", "> q1-p2: Note a: Second."]);
        assert_eq!(
            told(&citations.footnotes()[0].blocks),
            ["footnote-1-p1: First."]
        );
    }

    #[test]
    fn a_sentence_has_the_footnotes_of_its_text() {
        let mut citations = Citations::default();
        let text = "One[^a]. Two[^a].\n\n[^a]: Note.\n";
        let one = sentence("One[^a].", text, "q1", &mut citations);
        assert!(one.contains(&Span::Footnote(1, 1)));
        let cut = Led {
            first: "One[^a].",
            rest: "Two[^a].",
            after: "[^a]: Note.\n\n- item\n\nLast.\n",
        };
        let blocks = led(cut, "q1", &mut citations).unwrap();
        assert_eq!(told(&blocks)[0], "q1-p1: One. Two.");
        assert_eq!(told(&blocks)[2], "q1-p3: Last.");
        assert_eq!(citations.footnotes().len(), 1);
        assert_eq!(citations.footnotes()[0].uses, 3);
    }
}
