//! Which sentences were divided, and which were joined.
//!
//! An alignment pairs sentence with sentence, so a sentence that became two looks like an edit beside an unrelated
//! insertion. What tells it is the words: those that the edited sentence lost stand in the new neighbour (*adhesion*).
//!
//! **Invariant:** of the two ranges of a recut one has one sentence and the other several; recuts do not overlap.

use std::ops::Range;

use crate::prose::unit::{Shared, Unit};

/// A sentence that became several, or several that became one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recut {
    /// Units of the first text.
    pub before: Range<usize>,
    /// Units of the second text.
    pub after: Range<usize>,
}

/// Units that have no part in anything yet.
#[derive(Clone, Debug)]
pub struct Free(Vec<bool>);

impl Free {
    /// Takes the number of units and those that are used.
    pub fn new(units: usize, used: impl Iterator<Item = usize>) -> Self {
        let mut free = vec![true; units];
        used.for_each(|at| free[at] = false);
        Self(free)
    }

    /// Whether a unit is there and free.
    pub fn has(&self, at: usize) -> bool {
        self.0.get(at).copied().unwrap_or(false)
    }

    /// Uses some units.
    pub fn take(&mut self, units: Range<usize>) {
        self.0[units].fill(false);
    }
}

/// Finds the pairs that are half of a division or a joint.
pub fn halves(a: &[Shared], b: &[Shared], pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let free_a = Free::new(a.len(), pairs.iter().map(|pair| pair.0));
    let free_b = Free::new(b.len(), pairs.iter().map(|pair| pair.1));
    let is_half = |&(i, j): &(usize, usize)| {
        reworded(&a[i], &b[j])
            && (grown(&a[i], (b, j), &free_b).len() > 1 || grown(&b[j], (a, i), &free_a).len() > 1)
    };
    pairs.iter().copied().filter(is_half).collect()
}

/// Finds what was divided and joined, in order; what is used otherwise has no part in it.
pub fn recuts(
    (a, free_a): (&[Shared], &mut Free),
    (b, free_b): (&[Shared], &mut Free),
    pairs: &[(usize, usize)],
) -> Vec<Recut> {
    let mut out = Vec::new();
    for &(i, j) in pairs.iter().filter(|&&(i, j)| reworded(&a[i], &b[j])) {
        let after = grown(&a[i], (b, j), free_b);
        let before = grown(&b[j], (a, i), free_a);
        let recut = if after.len() > 1 {
            Recut {
                before: i..i + 1,
                after,
            }
        } else if before.len() > 1 {
            Recut {
                before,
                after: j..j + 1,
            }
        } else {
            continue;
        };
        free_a.take(recut.before.clone());
        free_b.take(recut.after.clone());
        out.push(recut);
    }
    out
}

fn reworded(before: &Shared, after: &Shared) -> bool {
    before != after && before.is_sentence() && after.is_sentence()
}

/// The run of sentences around one that hold, each of them, words which the whole has and the others have not.
fn grown(whole: &Unit, (units, at): (&[Shared], usize), free: &Free) -> Range<usize> {
    let mut lost = less(whole.words(), units[at].words());
    let mut run = at..at + 1;
    let mut fits = |at: usize| {
        let held = free.has(at) && units[at].is_sentence();
        let rest = held.then(|| taken(&lost, &units[at])).flatten();
        rest.map(|rest| lost = rest).is_some()
    };
    while fits(run.end) {
        run.end += 1;
    }
    while run.start > 0 && fits(run.start - 1) {
        run.start -= 1;
    }
    run
}

/// What is left of some words without those of a sentence, if two of the sentence's words are among them that are half
/// of the sentence or half of the words given.
fn taken(lost: &[u64], sentence: &Unit) -> Option<Vec<u64>> {
    let rest = less(lost, sentence.words());
    let common = lost.len() - rest.len();
    (common >= 2 && 2 * common >= lost.len().min(sentence.words().len())).then_some(rest)
}

/// Sorted words without as many of each as others have.
fn less(words: &[u64], others: &[u64]) -> Vec<u64> {
    let mut rest = words.to_vec();
    for word in others {
        if let Ok(at) = rest.binary_search(word) {
            rest.remove(at);
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::align::align;
    use crate::prose::Prose;

    fn found(before: &str, after: &str) -> Vec<Recut> {
        let (a, b) = (Prose::parse(before), Prose::parse(after));
        let (a, b) = (a.units(), b.units());
        let pairs = align(a, b);
        let mut free_a = Free::new(a.len(), pairs.iter().map(|pair| pair.0));
        let mut free_b = Free::new(b.len(), pairs.iter().map(|pair| pair.1));
        recuts((a, &mut free_a), (b, &mut free_b), &pairs)
    }

    const ONE: &str = "It was founded in 1998 by three teachers who still run the library.\n";
    const TWO: &str = "It was founded in 1998. Its three teachers still run the library.\n";

    #[test]
    fn a_sentence_became_two_and_two_became_one() {
        let recut = |before, after| vec![Recut { before, after }];
        assert_eq!(found(ONE, TWO), recut(1..2, 1..3));
        assert_eq!(found(TWO, ONE), recut(1..3, 1..2));
    }

    #[test]
    fn an_addition_with_words_of_its_own_is_no_part() {
        let after = "It was founded in 1998 by three teachers. We welcome visitors on Fridays.\n";
        assert_eq!(found(ONE, after), []);
    }
}
