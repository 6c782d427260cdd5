//! Markdown as a sequence of units: paragraph marks, sentences, opaque blocks.
//!
//! There is no tree: a paragraph is a mark followed by its sentences, so splitting one is the insertion of a mark,
//! and any sequence of units can be written as valid Markdown ([`write`](mod@write)). Every unit's identity is blind to
//! white space and typography, and every block remembers its lines, so that what a merge does not touch keeps its bytes.
//!
//! ```
//! use onetext::prose::Prose;
//! let text = Prose::parse("# Size\n\nIt is small. It\ngrows.\n");
//! let passages: Vec<_> = text.passages().map(|unit| unit.text().to_owned()).collect();
//! assert_eq!(passages, ["Size", "It is small.", "It grows."]);
//! ```
//!
//! **Invariant:** the blocks' units, one after the other, are the text's units.

pub mod block;
mod margin;
pub mod markdown;
pub mod month;
pub mod reader;
mod section;
pub mod seen;
pub mod sentence;
pub mod style;
pub mod token;
pub mod unit;
pub mod write;

use std::ops::Range;

use block::Block;
use unit::Shared;

/// A text as units, with its source.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    source: String,
    line_starts: Vec<usize>,
    blocks: Vec<Block>,
    units: Vec<Shared>,
    /// Whether the lines end as on Windows.
    windows: bool,
}

impl Prose {
    /// Reads a text of Markdown in UTF-8; every text has units, so there is no error. Line ends may be of any kind.
    ///
    /// Drafts of one text are read faster by a [`Reader`](reader::Reader).
    pub fn parse(source: &str) -> Self {
        reader::Reader::default().read(source)
    }

    /// The text that was read, with line ends `\n`.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What ends the lines of the text as it was given.
    pub fn line_end(&self) -> &'static str {
        if self.windows { "\r\n" } else { "\n" }
    }

    /// The units in order.
    pub fn units(&self) -> &[Shared] {
        &self.units
    }

    /// The blocks in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The source of a run of lines, line ends included.
    pub fn lines(&self, lines: Range<usize>) -> &str {
        let end = self.source.len();
        let at = |line: usize| self.line_starts.get(line).copied().unwrap_or(end);
        &self.source[at(lines.start)..at(lines.end)]
    }

    /// The passages in order: every unit but the marks.
    pub fn passages(&self) -> impl Iterator<Item = &Shared> {
        self.units.iter().filter(|unit| !unit.is_mark())
    }

    /// The passages with the zero-based line on which their block starts.
    pub fn passages_with_lines(&self) -> impl Iterator<Item = (usize, &Shared)> {
        self.blocks.iter().flat_map(|block| {
            let passages = block.units.iter().filter(|unit| !unit.is_mark());
            passages.map(|unit| (block.lines.start, unit))
        })
    }

    /// How many words the text has.
    pub fn words(&self) -> usize {
        self.units.iter().map(|unit| unit.words().len()).sum()
    }
}
