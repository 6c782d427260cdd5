//! What moved together: a paragraph or a section that went elsewhere is one move, not one for each sentence.
//!
//! Units that moved side by side are a run. What stands unmatched between them, or between them and the ends of their
//! block, was carried along and perhaps reworded: the company of moved neighbours is evidence that likeness alone is not.
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
        if texts.is_company(run) {
            texts.lead(run);
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

    /// Whether a run says something of its neighbours: a sentence that moved alone does not, a block or several do.
    fn is_company(&self, run: &Carried) -> bool {
        let units = &self.a[run.before.clone()];
        units.len() > 1 || units.iter().any(|unit| unit.is_mark())
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

    /// Takes in what leads up to a run within its block, the block's mark included.
    fn lead(&self, run: &mut Carried) {
        let start = |units: &[Shared], free: &Free, at: usize| {
            let mut start = at;
            while start > 0 && at - start < GAP && free.has(start - 1) && !units[start].is_mark() {
                start -= 1;
            }
            start
        };
        let before = start(self.a, &self.free_a, run.before.start)..run.before.start;
        let after = start(self.b, &self.free_b, run.after.start)..run.after.start;
        let found = self.pairs(before, after);
        if found.iter().any(|&(i, _)| !self.a[i].is_mark()) {
            (run.before.start, run.after.start) = found[0];
            run.pairs.splice(0..0, found);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::moves::moves;
    use crate::prose::Prose;

    fn found(before: &str, after: &str) -> Vec<Carried> {
        let (a, b) = (Prose::parse(before), Prose::parse(after));
        let (a, b) = (a.units(), b.units());
        let pairs = align(a, b);
        let moves = moves(a, b, &pairs);
        let used = || pairs.iter().chain(&moves);
        let texts = Texts {
            a,
            b,
            free_a: Free::new(a.len(), used().map(|pair| pair.0)),
            free_b: Free::new(b.len(), used().map(|pair| pair.1)),
        };
        carried(texts, &moves)
    }

    const STAYS: &str = "The fund supports local libraries in every town that asks for it. It was founded in \
                         1998 by three teachers. Grants are decided twice a year by the board.\n";

    #[test]
    fn what_was_reworded_in_a_moved_block_moved_with_it() {
        let block = "Each has one vote. Minutes are open to all. We meet on Fridays. Objections are \
                     written down.\n";
        let reworded = "Each one has a vote. Minutes are open to all. We often meet on Mondays. Objections \
                        are written down.\n";
        let runs = found(
            &format!("{block}\n{STAYS}"),
            &format!("{STAYS}\n{reworded}"),
        );
        assert_eq!(runs.len(), 1);
        assert_eq!(
            (runs[0].before.clone(), runs[0].after.clone()),
            (0..5, 4..9)
        );
        assert_eq!(runs[0].pairs.len(), 5);
    }

    #[test]
    fn a_sentence_that_moved_alone_takes_nothing_along() {
        let before = format!("We meet on Fridays. Minutes are open to all.\n\n{STAYS}");
        let after = format!("{STAYS}\nWe never meet on Sundays. Minutes are open to all.\n");
        let runs = found(&before, &after);
        assert_eq!(runs.len(), 1, "{runs:?}");
        assert_eq!(runs[0].pairs.len(), 1);
    }
}
