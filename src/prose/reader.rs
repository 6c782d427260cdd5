//! Reading of many texts that have most of their lines in common.
//!
//! A reader knows what it has learnt: a section by its lines, a block by its text, a sentence by its words. What it knows
//! is not read again, and is shared by all the texts that it reads; drafts of one text are so read in a fraction of the
//! time, and held in a fraction of the memory.
//!
//! ```
//! use onetext::prose::reader::Reader;
//! let mut reader = Reader::default();
//! let base = reader.learn("It is small.\n\nIt grows.\n");
//! let draft = reader.read("It is small.\n\nIt shrinks.\n");
//! assert!(std::sync::Arc::ptr_eq(&base.units()[1], &draft.units()[1]));
//! ```
//!
//! **Invariant:** what a reader knows never changes what it reads.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Prose;
use super::block::{Block, Leaf, LeafKind, covering, front_matter, leaves, opaque, sign, text};
use super::section::sections;
use super::sentence::sentences;
use super::unit::{Mark, Opaque, Shared, Unit};
use crate::parallel;

/// Reads texts, and knows some of their parts.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    sections: BTreeMap<Arc<str>, Vec<Block>>,
    blocks: BTreeMap<Mark, BTreeMap<String, Arc<[Shared]>>>,
    sentences: BTreeMap<String, Shared>,
}

impl Reader {
    /// Reads a text.
    pub fn read(&self, source: &str) -> Prose {
        self.prose(source, |_, _| {})
    }

    /// Reads several texts, in their order; equal ones once.
    pub fn read_all(&self, sources: &[&str]) -> Vec<Prose> {
        let (places, first) = parallel::distinct(sources);
        let read = parallel::map(&first, |&at| self.read(sources[at]));
        places.into_iter().map(|at| read[at].clone()).collect()
    }

    /// Reads a text that others resemble, and remembers its parts.
    pub fn learn(&mut self, source: &str) -> Prose {
        let mut found = Vec::new();
        let prose = self.prose(source, |section, blocks| {
            found.push((Arc::from(section), blocks.to_vec()));
        });
        for (section, blocks) in found {
            self.remember(&section, &blocks);
            self.sections.insert(section, blocks);
        }
        prose
    }

    fn remember(&mut self, section: &str, blocks: &[Block]) {
        let lines: Vec<&str> = section.split('\n').collect();
        for block in blocks {
            let Some(mark) = block.units.first().and_then(|unit| unit.as_mark()) else {
                continue;
            };
            let text = text(mark, &lines[block.lines.clone()]);
            let known = self.blocks.entry(mark.clone()).or_default();
            known.insert(text, block.units.clone());
            let sentences = block.units.iter().filter(|unit| unit.is_sentence());
            self.sentences
                .extend(sentences.map(|unit| (unit.text().to_owned(), unit.clone())));
        }
    }

    fn prose(&self, source: &str, mut found: impl FnMut(&str, &[Block])) -> Prose {
        let windows = source.contains("\r\n");
        let source = with_plain_line_ends(source);
        let line_starts = starts(&source);
        let lines: Vec<&str> = source
            .strip_suffix('\n')
            .unwrap_or(&source)
            .split('\n')
            .collect();
        let mut blocks = Vec::new();
        let start = front_matter(&lines);
        if start > 0 {
            let units = opaque(Opaque::FrontMatter, &lines[..start]);
            blocks.push(Block {
                lines: 0..start,
                units,
            });
        }
        for section in sections(&lines[start..]) {
            let first = start + section.start;
            let at = |line: usize| line_starts.get(line).copied().unwrap_or(source.len());
            let text = source[at(first)..at(start + section.end)].trim_end_matches('\n');
            let known = self.sections.get(text);
            let own = known.map_or_else(|| Cow::Owned(self.section(text)), Cow::Borrowed);
            found(text, &own);
            blocks.extend(own.iter().map(|block| block.shifted(first)));
        }
        let blocks = if source.trim().is_empty() {
            Vec::new()
        } else {
            covering(blocks, &lines)
        };
        let units = blocks.iter().flat_map(|block| block.units.iter().cloned());
        Prose {
            units: units.collect(),
            line_starts,
            blocks,
            windows,
            source: source.into_owned(),
        }
    }

    /// The blocks of a section, on its own lines.
    fn section(&self, text: &str) -> Vec<Block> {
        let lines: Vec<&str> = text.split('\n').collect();
        let block = |leaf: Leaf| Block {
            units: self.units(&leaf.kind, &lines[leaf.lines.clone()]),
            lines: leaf.lines,
        };
        leaves(text, &lines).into_iter().map(block).collect()
    }

    fn units(&self, kind: &LeafKind, lines: &[&str]) -> Arc<[Shared]> {
        let mark = match kind {
            LeafKind::Opaque(kind) => return opaque(*kind, lines),
            LeafKind::Text(mark) => mark,
        };
        let text = text(mark, lines);
        if text.is_empty() {
            return Arc::new([Unit::opaque(Opaque::Nested, lines.join("\n").trim_end())]);
        }
        let known = self.blocks.get(mark).and_then(|known| known.get(&text));
        let units = known
            .cloned()
            .unwrap_or_else(|| self.sentences(mark, &text));
        let sign = sign(mark, lines);
        if units[0].sign() == sign {
            return units;
        }
        let signed = Unit::signed(mark.clone(), sign);
        std::iter::once(signed)
            .chain(units[1..].iter().cloned())
            .collect()
    }

    fn sentences(&self, mark: &Mark, text: &str) -> Arc<[Shared]> {
        let ranges = match mark {
            Mark::Heading(_) => std::iter::once(0..text.len()).collect(),
            _ => sentences(text),
        };
        let sentence = |text: &str| {
            let known = self.sentences.get(text).cloned();
            known.unwrap_or_else(|| Unit::sentence(text))
        };
        [Unit::mark(mark.clone())]
            .into_iter()
            .chain(ranges.into_iter().map(|range| sentence(&text[range])))
            .collect()
    }
}

fn with_plain_line_ends(source: &str) -> Cow<'_, str> {
    if source.contains('\r') {
        Cow::Owned(source.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(source)
    }
}

/// Where the lines start.
fn starts(source: &str) -> Vec<usize> {
    let after = source.match_indices('\n').map(|(at, _)| at + 1);
    [0].into_iter()
        .chain(after)
        .filter(|&at| at < source.len())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::block::parsed;

    /// Lines that begin, continue or end every kind of block.
    const LINES: [&str; 36] = [
        "",
        "Plain. Words here.",
        "more of it",
        "  indented",
        "    deeper",
        "\t tabbed",
        "# Heading",
        "===",
        "---",
        "***",
        "- item",
        "* [ ] task",
        "  - inner item",
        "1. first",
        "2) second",
        "10 words",
        "> quoted",
        ">",
        "> - item",
        "[^a]: A note.",
        "[^b]: Another. It is longer.",
        "[a]: https://a.example",
        "[b]: https://b.example 'B'",
        "[A link][a] and a note[^a].",
        "```",
        "~~~ text",
        "a | b",
        "--- | ---",
        "| c | d |",
        "<div>",
        "<!-- a comment",
        "-->",
        "<pre>",
        "</pre>",
        "\u{feff}# After a byte order mark",
        "\u{a0}",
    ];

    /// The blocks as one reading of the whole text finds them.
    fn whole(source: &str) -> Vec<Block> {
        if source.trim().is_empty() {
            return Vec::new();
        }
        let text = source.strip_suffix('\n').unwrap_or(source);
        let lines: Vec<&str> = text.split('\n').collect();
        let start = front_matter(&lines);
        let (head, body) = lines.split_at(start);
        let block = |leaf: Leaf| Block {
            units: Reader::default().units(&leaf.kind, &body[leaf.lines.clone()]),
            lines: leaf.lines.start + start..leaf.lines.end + start,
        };
        let front = (start > 0).then(|| Block {
            lines: 0..start,
            units: opaque(Opaque::FrontMatter, head),
        });
        let rest = parsed(&body.join("\n")).into_iter().map(block);
        covering(front.into_iter().chain(rest).collect(), &lines)
    }

    fn shown(blocks: &[Block]) -> Vec<String> {
        let units = |block: &Block| {
            let unit = |unit: &Shared| format!("{:?} {}", unit.kind(), unit.text());
            block.units.iter().map(unit).collect::<Vec<_>>().join(" / ")
        };
        blocks
            .iter()
            .map(|block| format!("{:?}: {}", block.lines, units(block)))
            .collect()
    }

    fn insist(reader: &Reader, source: &str) {
        let expected = shown(&whole(source));
        assert_eq!(shown(reader.read(source).blocks()), expected, "{source:?}");
    }

    #[test]
    fn reading_by_sections_finds_the_blocks_of_the_whole() {
        let mut reader = Reader::default();
        for first in LINES {
            for second in LINES {
                reader.learn(&format!("{first}\n{second}\n\n{second}\n"));
                for third in LINES {
                    insist(&reader, &format!("{first}\n{second}\n{third}\n"));
                    insist(&reader, &format!("{first}\n{second}\n\n{third}\n"));
                }
            }
        }
    }

    #[test]
    fn reading_by_sections_finds_the_blocks_of_long_texts() {
        let mut state = 2_026_u64;
        let mut line = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let at = usize::try_from(state >> 33).expect("31 bits fit") % (2 * LINES.len());
            LINES.get(at).copied().unwrap_or("")
        };
        for _ in 0..5_000 {
            let lines: Vec<&str> = (0..12).map(|_| line()).collect();
            insist(&Reader::default(), &lines.join("\n"));
        }
    }
}
