//! The merge of plain files: by lines where the versions stay apart, by words where they meet.
//!
//! git calls onetext on files of any markup: with front matter, code, tables, HTML, and on reStructuredText. Such a
//! file is not taken apart as a narrative is. Its lines are compared first, blind to blanks at their ends, and lines
//! that nobody touched keep their bytes. Only where several versions change the same lines are these read as words.
//! Wrapping alone changes nothing that is said: an edit of the same paragraph stands as it was written. Where the words
//! meet too, their sentences are a conflict: a deletion never wins over an edit, and no word is dropped.
//!
//! The line step is `diff3` (Khanna, Kunal, Pierce 2007) for any number of sides, but that changes with only blank lines
//! between them are read together. The word step is that of `wiggle`, but that a conflict takes in whole sentences, and
//! that more is merged where nothing can be lost by it; `stretch` says what. At the end `repeat` looks at the whole: what
//! would say a passage twice that nobody said twice is a conflict, too.
//!
//! ```
//! use onetext::merge::text::merge_texts;
//! let merged = merge_texts("one two\nthree\n", &["one 2\nthree\n", "one two\nthree four\n"]);
//! assert_eq!(merged.conflicts(), 0);
//! assert_eq!(merged.reading(), "one 2\nthree four\n");
//! ```
//!
//! **Invariant:** the order of the sides never matters, and a side that equals the base changes nothing.

mod chunk;
mod ids;
mod markers;
mod repeat;
mod stretch;
mod token;
mod weave;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diff::words::{Hunk, changed};
use crate::prose::token::{OFFSET, fnv};

use chunk::{Chunk, chunks};
use ids::Ids;
pub use markers::Markers;
use repeat::repeating;
use weave::weave;

/// A part of a merged file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextPart {
    /// Text that stands.
    Text(String),
    /// Lines that the sides want differently.
    Conflict {
        /// As they stand in the base.
        base: String,
        /// As each side wants them, in the order of the sides.
        sides: Vec<String>,
    },
}

/// A merged file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextMerge {
    /// Its parts, in order.
    pub parts: Vec<TextPart>,
}

impl TextPart {
    /// The name of a conflict: the same for the same alternatives, whoever wants them.
    pub fn id(&self) -> Option<String> {
        let Self::Conflict { base, sides } = self else {
            return None;
        };
        let texts: BTreeSet<Vec<&str>> = sides.iter().chain([base]).map(|t| squashed(t)).collect();
        let hash = texts
            .iter()
            .fold(OFFSET, |hash, text| fnv(hash, text.join(" ").as_bytes()));
        Some(format!("{:08x}", (hash ^ (hash >> 32)) & 0xffff_ffff))
    }
}

impl TextMerge {
    /// How many conflicts are open.
    pub fn conflicts(&self) -> usize {
        let open = |part: &&TextPart| matches!(part, TextPart::Conflict { .. });
        self.parts.iter().filter(open).count()
    }

    /// The text with the base's lines where a conflict is open.
    pub fn reading(&self) -> String {
        let text = |part: &TextPart| match part {
            TextPart::Text(text) | TextPart::Conflict { base: text, .. } => text.clone(),
        };
        self.parts.iter().map(text).collect()
    }

    fn of(pieces: Vec<Piece>) -> Self {
        let mut out = Self::default();
        for part in pieces.into_iter().flat_map(|piece| piece.parts) {
            match (out.parts.last_mut(), part) {
                (_, TextPart::Text(text)) if text.is_empty() => {}
                (Some(TextPart::Text(last)), TextPart::Text(text)) => last.push_str(&text),
                (_, part) => out.parts.push(part),
            }
        }
        out
    }
}

/// Merges any number of versions of one file, all written on the same base.
pub fn merge_texts(base: &str, sides: &[&str]) -> TextMerge {
    let texts: Vec<&str> = sides.iter().copied().chain([base]).collect();
    let mut ids = Ids::new();
    let base = Lines::of(base, &mut ids);
    let sides: Vec<Lines<'_>> = sides.iter().map(|side| Lines::of(side, &mut ids)).collect();
    let hunks: Vec<Vec<Hunk>> = sides
        .iter()
        .map(|side| changed(&base.ids, &side.ids))
        .collect();
    let mut pieces = Vec::new();
    let mut at = Place::start(sides.len());
    let is_blank =
        |lines: Range<usize>| base.lines[lines].iter().all(|line| line.trim().is_empty());
    for chunk in chunks(&hunks, is_blank) {
        pieces.push(stable(&mut at, chunk.base.start, (&base, &sides)));
        at.jump(&chunk);
        pieces.push(contested(chunk, (&base, &sides)));
    }
    pieces.push(stable(&mut at, base.lines.len(), (&base, &sides)));
    for at in repeating(&pieces, &texts) {
        pieces[at].open((&base, &sides));
    }
    TextMerge::of(pieces)
}

/// Lines that nobody changed, or a chunk that somebody did, and what they become.
struct Piece {
    parts: Vec<TextPart>,
    chunk: Option<Chunk>,
}

impl Piece {
    /// Makes all of a chunk a conflict, unless all sides want the same.
    fn open(&mut self, (base, sides): All<'_, '_>) {
        let Some(chunk) = &self.chunk else {
            return;
        };
        let wanted: Vec<String> = side_texts(chunk, sides);
        if wanted.windows(2).any(|pair| pair[0] != pair[1]) {
            let base = base.text(&chunk.base);
            self.parts = vec![TextPart::Conflict {
                base,
                sides: wanted,
            }];
        }
    }
}

struct Lines<'a> {
    lines: Vec<&'a str>,
    ids: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str, ids: &mut Ids<'a>) -> Self {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let ids = lines.iter().map(|line| ids.id(line.trim_end())).collect();
        Self { lines, ids }
    }

    fn text(&self, range: &Range<usize>) -> String {
        self.lines[range.clone()].concat()
    }
}

type All<'a, 'b> = (&'b Lines<'a>, &'b [Lines<'a>]);

/// How far the base and each side are read.
#[derive(Clone)]
struct Place {
    base: usize,
    sides: Vec<usize>,
}

impl Place {
    fn start(sides: usize) -> Self {
        Self {
            base: 0,
            sides: vec![0; sides],
        }
    }

    fn jump(&mut self, chunk: &Chunk) {
        self.base = chunk.base.end;
        self.sides = chunk.sides.iter().map(|side| side.end).collect();
    }

    fn step(&mut self) {
        self.base += 1;
        self.sides.iter_mut().for_each(|side| *side += 1);
    }
}

/// The lines up to one of the base that no side changed, but for blanks at their ends.
fn stable(at: &mut Place, until: usize, (base, sides): All<'_, '_>) -> Piece {
    let mut text = String::new();
    while at.base < until {
        let wanted = sides
            .iter()
            .zip(&at.sides)
            .map(|(side, &at)| side.lines[at]);
        text.push_str(surface(base.lines[at.base], wanted));
        at.step();
    }
    Piece {
        parts: vec![TextPart::Text(text)],
        chunk: None,
    }
}

/// Of texts that differ in nothing that counts: the first in order that is not as it was.
fn surface<'a>(base: &'a str, sides: impl Iterator<Item = &'a str>) -> &'a str {
    sides.filter(|side| *side != base).min().unwrap_or(base)
}

fn side_texts(chunk: &Chunk, sides: &[Lines<'_>]) -> Vec<String> {
    let ranges = sides.iter().zip(&chunk.sides);
    ranges.map(|(side, range)| side.text(range)).collect()
}

fn contested(chunk: Chunk, (base, sides): All<'_, '_>) -> Piece {
    let was = base.text(&chunk.base);
    let wanted = side_texts(&chunk, sides);
    let changed = wanted
        .iter()
        .map(String::as_str)
        .filter(|text| *text != was);
    let (cosmetic, variants): (Vec<&str>, Vec<&str>) = changed.partition(|text| alike(text, &was));
    let text = |text: &str| vec![TextPart::Text(text.to_owned())];
    let parts = match variants.iter().min() {
        None => text(cosmetic.into_iter().min().unwrap_or(&was)),
        Some(least) if variants.iter().all(|text| alike(text, least)) => text(least),
        Some(_) => weave(&was, &wanted),
    };
    Piece {
        parts,
        chunk: Some(chunk),
    }
}

/// Whether two texts have the same words.
fn alike(one: &str, other: &str) -> bool {
    one == other || one.split_whitespace().eq(other.split_whitespace())
}

fn squashed(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(base: &str, sides: &[&str]) -> Option<String> {
        let merge = merge_texts(base, sides);
        let turned: Vec<&str> = sides.iter().rev().copied().collect();
        assert_eq!(merge.reading(), merge_texts(base, &turned).reading());
        (merge.conflicts() == 0).then(|| merge.reading())
    }

    #[test]
    fn wrapping_anew_does_not_stand_in_the_way_of_a_word() {
        let base = "We share our tools\nwith all other co-ops.\n";
        let wrapped = "We share our tools with\nall other co-ops.\n";
        let edited = "We share our tools\nwith most other co-ops.\n";
        assert_eq!(merged(base, &[wrapped, edited]).as_deref(), Some(edited));
    }

    #[test]
    fn unlike_list_items_at_one_place_are_all_kept() {
        let sides = ["- a\n- bread\n", "- a\n- apples\n", "- a\n- cheese\n"];
        let expected = "- a\n- apples\n- bread\n- cheese\n";
        assert_eq!(merged("- a\n", &sides).as_deref(), Some(expected));
    }

    #[test]
    fn a_deletion_never_wins_over_an_edit() {
        let base = "Keep.\nThe board meets in May.\nEnd.\n";
        let sides = ["Keep.\nEnd.\n", "Keep.\nThe board meets in June.\nEnd.\n"];
        assert_eq!(merged(base, &sides), None);
    }

    #[test]
    fn line_ends_and_trailing_blanks_keep_their_bytes() {
        let base = "one\r\ntwo \r\nthree\r\n";
        let sides = ["1\r\ntwo \r\nthree\r\n", "one\r\ntwo \r\n3\r\n"];
        assert_eq!(merged(base, &sides).as_deref(), Some("1\r\ntwo \r\n3\r\n"));
    }
}
