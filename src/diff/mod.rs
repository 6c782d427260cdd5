//! What changed between two texts: units first, words within them, moves.
//!
//! Units are aligned by a weighted monotone dynamic programme over their common words, because within one language
//! words are far better evidence than lengths, and because a programme without heuristics leaves no ties to chance.
//! What stays unmatched may have moved. Words are compared only inside a pair of like sentences, so that a diff never
//! turns to confetti. The design and its sources: Gale and Church 1993 for aligning sentences, Heckel 1978 and wikEd
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
//! **Invariant:** the units of the first text are those kept, edited, removed and moved away; the units of the second
//! are those kept, edited, added and moved in; each in order, each once.

pub mod align;
pub mod moves;
pub mod words;

use crate::prose::Prose;
use crate::prose::unit::{Mark, Shared};

use align::align;
use moves::moves;
use words::{Hunk, readable};

/// One step on the way from one text to another.
#[derive(Clone, Debug)]
pub enum Change {
    /// The unit stands in both.
    Kept(Shared),
    /// The unit was reworded.
    Edited {
        /// As it was.
        before: Shared,
        /// As it is.
        after: Shared,
        /// The tokens that differ.
        hunks: Vec<Hunk>,
    },
    /// The unit stands only in the first text.
    Removed(Shared),
    /// The unit stands only in the second text.
    Added(Shared),
    /// The unit went elsewhere; it stands here in the first text.
    MovedAway(Shared),
    /// The unit came from elsewhere, perhaps reworded.
    MovedHere {
        /// As it was.
        before: Shared,
        /// As it is.
        after: Shared,
        /// The tokens that differ.
        hunks: Vec<Hunk>,
    },
    /// The block became another kind of block.
    Remarked {
        /// The kind it was.
        before: Mark,
        /// The kind it is.
        after: Mark,
    },
}

/// Compares two texts, in the order of the second with what was removed before what took its place.
pub fn compare(before: &Prose, after: &Prose) -> Vec<Change> {
    let (a, b) = (before.units(), after.units());
    let pairs = align(a, b);
    let moved = moves(a, b, &pairs);
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    for &(x, y) in pairs.iter().chain([&(a.len(), b.len())]) {
        for (gone, unit) in (i..x).zip(&a[i..x]) {
            let away = moved.iter().any(|&(from, _)| from == gone);
            let unit = unit.clone();
            out.push(if away {
                Change::MovedAway(unit)
            } else {
                Change::Removed(unit)
            });
        }
        for (new, unit) in (j..y).zip(&b[j..y]) {
            let from = moved
                .iter()
                .find(|&&(_, to)| to == new)
                .map(|&(from, _)| from);
            out.push(match from {
                Some(from) => arrived(&a[from], unit),
                None => Change::Added(unit.clone()),
            });
        }
        if x < a.len() {
            out.push(paired(&a[x], &b[y]));
        }
        (i, j) = (x + 1, y + 1);
    }
    out
}

fn paired(before: &Shared, after: &Shared) -> Change {
    match (before.as_mark(), after.as_mark()) {
        _ if before == after => Change::Kept(after.clone()),
        (Some(before), Some(after)) => Change::Remarked {
            before: before.clone(),
            after: after.clone(),
        },
        _ => Change::Edited {
            hunks: readable(before, after),
            before: before.clone(),
            after: after.clone(),
        },
    }
}

fn arrived(before: &Shared, after: &Shared) -> Change {
    let hunks = if before == after {
        Vec::new()
    } else {
        readable(before, after)
    };
    Change::MovedHere {
        before: before.clone(),
        after: after.clone(),
        hunks,
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
                Change::Edited { .. } => '~',
                Change::Removed(_) => '-',
                Change::Added(_) => '+',
                Change::MovedAway(_) => '<',
                Change::MovedHere { .. } => '>',
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
        assert_eq!(signs(before, after), "<<===>>");
    }
}
