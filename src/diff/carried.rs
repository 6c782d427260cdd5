//! What moved together: a paragraph or a section that went elsewhere is one move, not one for each sentence.
//!
//! Units that moved side by side are a run. What stands unmatched between them, or between a moved block's start and its
//! end, was carried along and perhaps reworded: the company of moved neighbours is evidence that likeness alone is not.
//!
//! **Invariant:** runs do not overlap in either text; the pairs of a run rise in both and lie in its ranges.

use std::ops::Range;

use crate::prose::unit::Shared;

use super::adhesion::Free;
use super::align::align;

/// Units between two moved ones that may have been carried along.
const GAP: usize = 4;

/// A run of units that went elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Where it stood in the first text.
    pub before: Range<usize>,
    /// Where it stands in the second text.
    pub after: Range<usize>,
    /// Which of its units belong together.
    pub pairs: Vec<(usize, usize)>,
}

/// Two texts and what is free in them: of no pair and not moved.
#[derive(Debug)]
pub struct Texts<'a> {
    /// The first text.
    pub a: &'a [Shared],
    /// The second text.
    pub b: &'a [Shared],
    /// What is free in the first.
    pub free_a: Free,
    /// What is free in the second.
    pub free_b: Free,
}

/// Puts moves together to runs, in the order of the second text; moves are given in that order.
pub fn carried(mut texts: Texts<'_>, moves: &[(usize, usize)]) -> Vec<Carried> {
    let mut runs: Vec<Carried> = Vec::new();
    for &(i, j) in moves {
        match runs.last_mut() {
            Some(run) if texts.follows(run, (i, j)) => {
                let gap = texts.pairs(run.before.end..i, run.after.end..j);
                run.pairs.extend(gap);
                run.pairs.push((i, j));
                (run.before.end, run.after.end) = (i + 1, j + 1);
            }
            _ => runs.push(Carried {
                before: i..i + 1,
                after: j..j + 1,
                pairs: vec![(i, j)],
            }),
        }
    }
    for run in &mut runs {
        texts.take(run);
        // A sentence that moved alone says nothing about its new neighbours; a block that moved does.
        if texts.a[run.before.clone()]
            .iter()
            .any(|unit| unit.is_mark())
        {
            texts.trail(run);
            texts.take(run);
        }
    }
    runs
}

impl Texts<'_> {
    fn take(&mut self, run: &Carried) {
        self.free_a.take(run.before.clone());
        self.free_b.take(run.after.clone());
    }

    /// Whether a move goes on where a run ends, but for a few units that are free in both texts.
    fn follows(&self, run: &Carried, (i, j): (usize, usize)) -> bool {
        let near = |end: usize, at: usize| end <= at && at - end <= GAP;
        near(run.before.end, i)
            && near(run.after.end, j)
            && (run.before.end..i).all(|at| self.free_a.has(at))
            && (run.after.end..j).all(|at| self.free_b.has(at))
    }

    fn pairs(&self, before: Range<usize>, after: Range<usize>) -> Vec<(usize, usize)> {
        let start = (before.start, after.start);
        align(&self.a[before], &self.b[after])
            .into_iter()
            .map(|(i, j)| (start.0 + i, start.1 + j))
            .collect()
    }

    /// Takes in what follows a run within its block.
    fn trail(&self, run: &mut Carried) {
        let end = |units: &[Shared], free: &Free, at: usize| {
            let mut end = at;
            while end - at < GAP && free.has(end) && units[end].is_sentence() {
                end += 1;
            }
            end
        };
        let before = run.before.end..end(self.a, &self.free_a, run.before.end);
        let after = run.after.end..end(self.b, &self.free_b, run.after.end);
        let found = self.pairs(before, after);
        if let Some(&(i, j)) = found.last() {
            (run.before.end, run.after.end) = (i + 1, j + 1);
            run.pairs.extend(found);
        }
    }
}
