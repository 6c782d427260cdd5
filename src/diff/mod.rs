//! What changed between two texts: units first, words within them, moves.
//!
//! Units are aligned by a weighted monotone dynamic programme over their common words, because within one language
//! words are far better evidence than lengths, and because a programme without heuristics leaves no ties to chance.
//! What stays unmatched may have moved, and what moved side by side is one move; a sentence that became two is one
//! change and not an edit beside an addition. Words are compared only inside like sentences, so that a diff never turns
//! to confetti. The design and its sources: Gale and Church 1993 for aligning sentences, Heckel 1978 and wikEd
//! diff for moves, Fraser for cleaning up small islands.
//!
//! ```
//! use onetext::diff::{Change, compare};
//! use onetext::prose::Prose;
//! let before = Prose::parse("It is small. It grows.\n");
//! let after = Prose::parse("It is very small.\nIt grows.\n");
//! let changes = compare(&before, &after);
//! assert!(matches!(changes[1], Change::Edited { .. }));
//! assert!(matches!(changes[2], Change::Kept(_)));
//! ```
//!
//! **Invariant:** the units of the first text are those kept, retyped, edited, recut, removed and moved away; the units
//! of the second are those kept, retyped, edited, recut, added and moved in; each in order, each once.

pub mod adhesion;
pub mod align;
pub mod carried;
pub mod moves;
pub mod seen;
pub mod signs;
pub mod words;

use std::ops::Range;

use crate::prose::Prose;
use crate::prose::unit::{Mark, Shared, Unit};

use adhesion::{Free, recuts};
use align::align;
use carried::{Carried, Texts, carried};
use moves::moves;
use signs::{Sign, signs};
use words::{Hunk, readable};

/// One step on the way from one text to another.
#[derive(Clone, Debug)]
pub enum Change {
    /// The unit stands in both.
    Kept(Shared),
    /// The unit reads as it did, in other signs: typography, or something that is not seen.
    Retyped {
        /// As it was.
        before: Shared,
        /// As it is.
        after: Shared,
        /// The signs that differ.
        signs: Vec<Sign>,
    },
    /// The unit was reworded.
    Edited {
        /// As it was.
        before: Shared,
        /// As it is.
        after: Shared,
        /// The tokens that differ.
        hunks: Vec<Hunk>,
    },
    /// A sentence became several, or several became one.
    Recut {
        /// As it was.
        before: Run,
        /// As it is.
        after: Run,
        /// The tokens that differ, of the runs as wholes.
        hunks: Vec<Hunk>,
    },
    /// The unit stands only in the first text.
    Removed(Shared),
    /// The unit stands only in the second text.
    Added(Shared),
    /// The units went elsewhere together; they stand here in the first text.
    MovedAway(Vec<Shared>),
    /// The units came from elsewhere together: what became of each on the way.
    MovedHere(Vec<Change>),
    /// The block became another kind of block.
    Remarked {
        /// The kind it was.
        before: Mark,
        /// The kind it is.
        after: Mark,
    },
}

/// Sentences that follow each other.
///
/// **Invariant:** `whole` is their texts with a blank between them.
#[derive(Clone, Debug)]
pub struct Run {
    sentences: Vec<Shared>,
    whole: Shared,
}

impl Run {
    fn new(sentences: &[Shared]) -> Self {
        let texts: Vec<&str> = sentences.iter().map(|unit| unit.text()).collect();
        Self {
            sentences: sentences.to_vec(),
            whole: Unit::sentence(texts.join(" ")),
        }
    }

    /// The sentences; never none.
    pub fn sentences(&self) -> &[Shared] {
        &self.sentences
    }

    /// All of them as one unit.
    pub fn whole(&self) -> &Shared {
        &self.whole
    }
}

/// Compares two texts, in the order of the second with what was removed before what took its place.
pub fn compare(before: &Prose, after: &Prose) -> Vec<Change> {
    Plan::new(before.units(), after.units()).changes()
}

/// What belongs together in two texts.
struct Plan<'a> {
    a: &'a [Shared],
    b: &'a [Shared],
    /// What stays in its place: pairs of units, and recuts; rising in both texts.
    anchors: Vec<(Range<usize>, Range<usize>)>,
    moved: Vec<Carried>,
}

impl<'a> Plan<'a> {
    fn new(a: &'a [Shared], b: &'a [Shared]) -> Self {
        let pairs = align(a, b);
        let moves = moves(a, b, &pairs);
        let used = || pairs.iter().chain(&moves);
        let mut free_a = Free::new(a.len(), used().map(|pair| pair.0));
        let mut free_b = Free::new(b.len(), used().map(|pair| pair.1));
        let recuts = recuts((a, &mut free_a), (b, &mut free_b), &pairs);
        let recut = |i: usize| recuts.iter().any(|recut| recut.before.contains(&i));
        let mut anchors: Vec<_> = pairs
            .iter()
            .filter(|&&(i, _)| !recut(i))
            .map(|&(i, j)| (i..i + 1, j..j + 1))
            .chain(
                recuts
                    .iter()
                    .map(|recut| (recut.before.clone(), recut.after.clone())),
            )
            .collect();
        anchors.sort_unstable_by_key(|(before, _)| before.start);
        let texts = Texts {
            a,
            b,
            free_a,
            free_b,
        };
        Self {
            moved: carried(texts, &moves),
            a,
            b,
            anchors,
        }
    }

    fn changes(&self) -> Vec<Change> {
        let mut out = Vec::new();
        let (mut i, mut j) = (0, 0);
        for (before, after) in &self.anchors {
            self.stretch(i..before.start, j..after.start, &mut out);
            out.push(match (before.len(), after.len()) {
                (1, 1) => paired(&self.a[before.start], &self.b[after.start]),
                _ => recut(&self.a[before.clone()], &self.b[after.clone()]),
            });
            (i, j) = (before.end, after.end);
        }
        self.stretch(i..self.a.len(), j..self.b.len(), &mut out);
        out
    }

    /// What lies between two anchors: removed or moved away, then added or moved here.
    fn stretch(&self, gone: Range<usize>, new: Range<usize>, out: &mut Vec<Change>) {
        let mut at = gone.start;
        while at < gone.end {
            let run = self.moved.iter().find(|run| run.before.start == at);
            out.push(match run {
                Some(run) => Change::MovedAway(self.a[run.before.clone()].to_vec()),
                None => Change::Removed(self.a[at].clone()),
            });
            at = run.map_or(at + 1, |run| run.before.end);
        }
        let mut at = new.start;
        while at < new.end {
            let run = self.moved.iter().find(|run| run.after.start == at);
            out.push(match run {
                Some(run) => Change::MovedHere(self.within(run)),
                None => Change::Added(self.b[at].clone()),
            });
            at = run.map_or(at + 1, |run| run.after.end);
        }
    }

    /// What became of the units of a run on their way.
    fn within(&self, run: &Carried) -> Vec<Change> {
        let inside = Self {
            a: self.a,
            b: self.b,
            anchors: Vec::new(),
            moved: Vec::new(),
        };
        let mut out = Vec::new();
        let (mut i, mut j) = (run.before.start, run.after.start);
        for &(x, y) in &run.pairs {
            inside.stretch(i..x, j..y, &mut out);
            out.push(paired(&self.a[x], &self.b[y]));
            (i, j) = (x + 1, y + 1);
        }
        inside.stretch(i..run.before.end, j..run.after.end, &mut out);
        out
    }
}

fn paired(before: &Shared, after: &Shared) -> Change {
    if let (Some(was), Some(is)) = (before.as_mark(), after.as_mark()) {
        return match was == is {
            true => Change::Kept(after.clone()),
            false => Change::Remarked {
                before: was.clone(),
                after: is.clone(),
            },
        };
    }
    let signs = signs(before.text(), after.text());
    match (signs.is_empty(), before == after) {
        (true, true) => Change::Kept(after.clone()),
        (false, _) => Change::Retyped {
            before: before.clone(),
            after: after.clone(),
            signs,
        },
        (true, false) => Change::Edited {
            hunks: readable(before, after),
            before: before.clone(),
            after: after.clone(),
        },
    }
}

fn recut(before: &[Shared], after: &[Shared]) -> Change {
    let (before, after) = (Run::new(before), Run::new(after));
    Change::Recut {
        hunks: readable(&before.whole, &after.whole),
        before,
        after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(before: &str, after: &str) -> String {
        let changes = compare(&Prose::parse(before), &Prose::parse(after));
        changes
            .iter()
            .map(|change| match change {
                Change::Kept(_) => '=',
                Change::Retyped { .. } => '"',
                Change::Edited { .. } => '~',
                Change::Recut { .. } => '%',
                Change::Removed(_) => '-',
                Change::Added(_) => '+',
                Change::MovedAway(_) => '<',
                Change::MovedHere(_) => '>',
                Change::Remarked { .. } => '#',
            })
            .collect()
    }

    #[test]
    fn wrapping_is_no_change() {
        assert_eq!(
            signs("One two. Three\nfour.\n", "One\ntwo. Three four.\n"),
            "==="
        );
    }

    #[test]
    fn a_new_paragraph_brings_its_own_mark() {
        assert_eq!(
            signs(
                "Aa bb cc.\n\nDd ee ff.\n",
                "Aa bb cc.\n\nNew one here.\n\nDd ee ff.\n"
            ),
            "==++=="
        );
        assert_eq!(
            signs(
                "Aa bb cc.\n\nOld one here.\n\nDd ee ff.\n",
                "Aa bb cc.\n\nDd ee ff.\n"
            ),
            "==--=="
        );
    }

    #[test]
    fn a_paragraph_that_moved_is_no_loss() {
        let before =
            "The board approves all grants.\n\nThe fund supports local libraries. It is small.\n";
        let after =
            "The fund supports local libraries. It is small.\n\nThe board approves all grants.\n";
        assert_eq!(signs(before, after), "<===>");
    }
}
