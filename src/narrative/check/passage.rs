//! Passages with the very line on which each begins.

use crate::prose::unit::{Kind, Mark, Opaque, Shared};
use crate::prose::{Prose, block::Block};

/// A passage and where it stands.
#[derive(Clone, Debug)]
pub struct Passage<'a> {
    /// The unit.
    pub unit: &'a Shared,
    /// What it belongs to.
    pub place: Place,
    /// The line on which it begins, from 1.
    pub line: usize,
}

/// What a passage belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading,
    /// A list, a quote, a footnote.
    Inner,
    /// A block that is never looked into.
    Opaque(Opaque),
}

/// Finds every passage of a text and its line.
pub fn passages(prose: &Prose) -> Vec<Passage<'_>> {
    prose
        .blocks()
        .iter()
        .flat_map(|block| of_block(prose, block))
        .collect()
}

fn of_block<'a>(prose: &Prose, block: &'a Block) -> Vec<Passage<'a>> {
    let mut source = Lines::new(prose.lines(block.lines.clone()));
    let mut place = Place::Paragraph;
    let mut out = Vec::new();
    for unit in block.units.iter() {
        match unit.kind() {
            Kind::Mark(mark) => place = place_of(mark),
            Kind::Opaque(opaque) => place = Place::Opaque(*opaque),
            Kind::Sentence => {}
        }
        if !unit.is_mark() {
            out.push(Passage {
                unit,
                place: place.clone(),
                line: block.lines.start + source.line_of(unit.text()) + 1,
            });
        }
    }
    out
}

fn place_of(mark: &Mark) -> Place {
    match mark {
        Mark::Paragraph => Place::Paragraph,
        Mark::Heading(_) => Place::Heading,
        _ => Place::Inner,
    }
}

/// A block's source, read from passage to passage.
struct Lines {
    /// The source without white space, each character with its line.
    marks: Vec<(char, usize)>,
    at: usize,
}

impl Lines {
    fn new(source: &str) -> Self {
        let lines = source.lines().enumerate();
        let marks = lines.flat_map(|(index, line)| {
            let marks = line.chars().filter(|mark| !mark.is_whitespace());
            marks.map(move |mark| (mark, index))
        });
        Self {
            marks: marks.collect(),
            at: 0,
        }
    }

    /// The line on which a passage begins; that of the passage before if it cannot be found.
    fn line_of(&mut self, passage: &str) -> usize {
        const LONG_ENOUGH: usize = 16;
        let start: Vec<char> = passage
            .chars()
            .filter(|mark| !mark.is_whitespace())
            .take(LONG_ENOUGH)
            .collect();
        let rest = &self.marks[self.at..];
        let is_here = |here: &[(char, usize)]| here.iter().map(|(mark, _)| mark).eq(&start);
        if let Some(ahead) = rest.windows(start.len().max(1)).position(is_here) {
            self.at += ahead;
        }
        let line = self.marks.get(self.at).map_or(0, |(_, line)| *line);
        self.at = (self.at + start.len()).min(self.marks.len());
        line
    }
}
