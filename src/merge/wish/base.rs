//! What a draft was written on.

use std::collections::BTreeSet;

use crate::diff::align::align;
use crate::prose::Prose;
use crate::prose::unit::Shared;
use crate::prose::write::{close, write};

use super::{ClaimId, Late, Wish, wish, without};
use crate::merge::fold::fold;
use crate::merge::policy::Policy;

/// Likeness of the words, per mille, below which a draft was not written on a text.
const RELATED: usize = 400;

/// Share of the shorter text's words, per mille, from which on it stands in the longer one.
const CONTAINED: usize = 667;

/// Finds the text that a draft was most likely written on: the one whose words differ least from the draft's.
///
/// Returns the index of the candidate; of equally near ones the first, so candidates go from likely to unlikely.
/// Nothing if the draft shares too little with any: it was written on its own.
pub fn nearest(candidates: &[&Prose], draft: &Prose) -> Option<usize> {
    let words = all_words(draft);
    let scored = candidates.iter().enumerate().filter_map(|(at, candidate)| {
        let base = all_words(candidate);
        let common = common(&base, &words);
        let all = base.len() + words.len();
        let alike = all == 0 || 2000 * common / all >= RELATED;
        let related = alike || is_contained(candidate, draft);
        related.then(|| (all - 2 * common, distance(candidate, draft), at))
    });
    scored.min().map(|(_, _, at)| at)
}

/// Whether one of two texts stands in the other for the most part, passage by passage: it was cut down to, or built up from,
/// what they share.
fn is_contained(a: &Prose, b: &Prose) -> bool {
    let known: BTreeSet<u64> = a.passages().map(|unit| unit.id()).collect();
    let words = |text: &Prose| -> usize { text.passages().map(|unit| unit.words().len()).sum() };
    let shared = b.passages().filter(|unit| known.contains(&unit.id()));
    let shared: usize = shared.map(|unit| unit.words().len()).sum();
    let smaller = words(a).min(words(b));
    smaller > 0 && 1000 * shared / smaller >= CONTAINED
}

fn all_words(text: &Prose) -> Vec<u64> {
    let mut words: Vec<u64> = text
        .units()
        .iter()
        .flat_map(|unit| unit.words())
        .copied()
        .collect();
    words.sort_unstable();
    words
}

fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    common
}

/// Units without an equal partner, for texts of the same words in another order.
fn distance(a: &Prose, b: &Prose) -> usize {
    let pairs = align(a.units(), b.units());
    let equal = pairs
        .iter()
        .filter(|&&(i, j)| a.units()[i] == b.units()[j])
        .count();
    a.units().len() + b.units().len() - 2 * equal
}

/// The base on which a draft is read after a fold that left some of its claims open: the draft itself, but with the
/// open claims as its base had them. What was considered is then silent, and what is open is asked again.
///
/// A draft without open claims is its own next base.
pub fn considered(base: &Prose, draft: &Prose, open: &BTreeSet<ClaimId>) -> Prose {
    if open.is_empty() {
        return draft.clone();
    }
    let rest = without(wish(base.units(), draft.units()), base.units(), open);
    let wishes = vec![(String::new(), rest)];
    let merged = fold(&Policy::default(), base.units(), wishes);
    Prose::parse(&write(
        &close(&merged.units(&crate::merge::Answers::new())),
        base,
    ))
}

/// What a draft that was written on its own wants of the current text: each of its passages that does not stand there
/// is a late proposal, beside the passage that it resembles or after the one that it follows.
pub fn independent(current: &[Shared], draft: &[Shared]) -> Wish {
    let mut wish = Wish::silent(current.len());
    let (mut i, mut j) = (0, 0);
    for (x, y) in align(current, draft)
        .into_iter()
        .chain([(current.len(), draft.len())])
    {
        for run in runs(&draft[j..y], current) {
            wish.late.push(Late {
                range: x.min(end_of_block(current, i))..x.min(end_of_block(current, i)),
                proposed: run,
                was: Vec::new(),
            });
        }
        if x < current.len() && current[x] != draft[y] && current[x].is_sentence() {
            wish.late.push(Late {
                range: x..x + 1,
                proposed: vec![draft[y].clone()],
                was: Vec::new(),
            });
        }
        (i, j) = (x + 1, y + 1);
    }
    wish
}

fn end_of_block(units: &[Shared], at: usize) -> usize {
    (at..units.len())
        .find(|&at| !units[at].is_sentence())
        .unwrap_or(units.len())
}

/// The blocks of some units, without passages that the text has anywhere.
fn runs(units: &[Shared], current: &[Shared]) -> Vec<Vec<Shared>> {
    let fresh: Vec<Shared> = units
        .iter()
        .filter(|unit| unit.is_mark() || !current.contains(unit))
        .cloned()
        .collect();
    let blocks = crate::prose::write::grouped(&fresh)
        .into_iter()
        .map(<[Shared]>::to_vec);
    blocks
        .filter(|block| block.iter().any(|unit| !unit.is_mark()))
        .collect()
}
