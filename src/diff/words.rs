//! What changed within a sentence; the only file that names `similar`.
//!
//! `similar` buys us the diff of two short sequences (Myers 1986), exact and deterministic.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::prose::token::Class;
use crate::prose::unit::Unit;

/// A run of tokens that was replaced by another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// Tokens of the first sentence.
    pub before: Range<usize>,
    /// Tokens of the second sentence.
    pub after: Range<usize>,
}

/// Finds what changed between two sequences of identities, in order; rare ones are the anchors (histogram diff).
pub fn changed(before: &[usize], after: &[usize]) -> Vec<Hunk> {
    let mut out: Vec<Hunk> = Vec::new();
    for op in capture_diff_slices(Algorithm::Histogram, before, after) {
        if op.tag() == DiffTag::Equal {
            continue;
        }
        let (before, after) = (op.old_range(), op.new_range());
        match out.last_mut() {
            Some(last) if last.before.end == before.start && last.after.end == after.start => {
                (last.before.end, last.after.end) = (before.end, after.end);
            }
            _ => out.push(Hunk { before, after }),
        }
    }
    out
}

/// Finds the changed tokens of a sentence, in order, at least one equal token apart.
///
/// One short common word between two changes is a coincidence (Fraser's semantic clean-up): they become one.
pub fn hunks(before: &Unit, after: &Unit) -> Vec<Hunk> {
    let ids = |unit: &Unit| {
        unit.tokens()
            .iter()
            .map(|token| token.hash)
            .collect::<Vec<_>>()
    };
    let changed = capture_diff_slices(Algorithm::Myers, &ids(before), &ids(after))
        .into_iter()
        .filter(|op| op.tag() != DiffTag::Equal)
        .map(|op| Hunk {
            before: op.old_range(),
            after: op.new_range(),
        });
    let mut out: Vec<Hunk> = Vec::new();
    for hunk in changed {
        match out.last_mut() {
            Some(last) if coincidence(before, last, &hunk) => {
                last.before.end = hunk.before.end;
                last.after.end = hunk.after.end;
            }
            _ => out.push(hunk),
        }
    }
    out
}

fn coincidence(before: &Unit, last: &Hunk, next: &Hunk) -> bool {
    let island = &before.tokens()[last.before.end..next.before.start];
    let short = island.iter().all(|token| {
        token.class != Class::Word || before.text()[token.range.clone()].chars().count() <= 3
    });
    let substantial = |hunk: &Hunk| hunk.before.len() + hunk.after.len() > 2;
    island.is_empty() || (island.len() == 1 && short && substantial(last) && substantial(next))
}

/// Finds the changed tokens as a reader should see them: a sentence that is mostly new is shown as one replacement.
pub fn readable(before: &Unit, after: &Unit) -> Vec<Hunk> {
    let hunks = hunks(before, after);
    let all = before.tokens().len() + after.tokens().len();
    let changed: usize = hunks
        .iter()
        .map(|hunk| hunk.before.len() + hunk.after.len())
        .sum();
    if hunks.len() > 1 && 2 * changed > all {
        let whole = Hunk {
            before: 0..before.tokens().len(),
            after: 0..after.tokens().len(),
        };
        return vec![whole];
    }
    hunks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> Vec<(String, String)> {
        let (before, after) = (Unit::sentence(before), Unit::sentence(after));
        let text = |unit: &Unit, range: &Range<usize>| {
            let tokens = &unit.tokens()[range.clone()];
            tokens
                .iter()
                .map(|t| &unit.text()[t.range.clone()])
                .collect::<Vec<_>>()
                .join(" ")
        };
        let hunks = readable(&before, &after);
        hunks
            .iter()
            .map(|h| (text(&before, &h.before), text(&after, &h.after)))
            .collect()
    }

    #[test]
    fn a_changed_word_is_one_hunk() {
        let before = "The board must approve all grants above ten thousand euros.";
        let after = "The board may approve all grants above ten thousand euros.";
        assert_eq!(shown(before, after), [("must".into(), "may".into())]);
    }

    #[test]
    fn confetti_becomes_one_replacement() {
        let before = "We think that the board is a good thing for the members of it.";
        let after = "In short the council, as such, is of use for all the people in it.";
        assert_eq!(shown(before, after).len(), 1);
    }
}
