//! Which units of two texts belong together.
//!
//! **Invariant:** pairs rise in both texts; a mark is paired only with a mark; ties leave inserted and deleted runs
//! starting with their mark, so that two people who add a paragraph at one place do the same thing.

use std::collections::BTreeMap;

use crate::prose::unit::{Kind, Shared, Unit};

/// Likeness, per mille, below which two sentences are never a pair.
pub const LIKE: u32 = 500;

/// Words that a sentence must have to be known elsewhere, if it stands once in each text.
const WORDS: usize = 3;

/// The size of a table, in cells, above which unique equal units divide the work first.
const LARGE: usize = 1 << 20;

/// Pairs the units of two texts by a monotone alignment of greatest weight.
///
/// Returns pairs of indices, rising in both. Equal texts give every pair. Time is in proportion to the product of the
/// lengths of what differs. A sentence is no rewording of another if it stands elsewhere in the other text as it is.
pub fn align(a: &[Shared], b: &[Shared]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    part(a, b, (0, 0), &mut pairs);
    let elsewhere = elsewhere(a, b, &pairs);
    if !elsewhere.is_empty() {
        // The mark of a block goes with its first sentence.
        let with_mark = |(i, j): &(usize, usize)| {
            let is_mark = a[*i].is_mark() && b[*j].is_mark();
            is_mark && elsewhere.contains(&(i + 1, j + 1))
        };
        pairs.retain(|pair| !elsewhere.contains(pair) && !with_mark(pair));
    }
    pairs
}

/// Pairs of unlike sentences of which one stands in the other text as it is, where it has no partner or an unlike one.
fn elsewhere(a: &[Shared], b: &[Shared], pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let unlike = |(i, j): &&(usize, usize)| !a[*i].is_mark() && a[*i] != b[*j];
    if !pairs.iter().any(|pair| unlike(&pair)) {
        return Vec::new();
    }
    let free = |units: &[Shared], taken: &mut dyn Iterator<Item = usize>| -> Vec<u64> {
        let mut free = vec![true; units.len()];
        taken.for_each(|at| free[at] = false);
        let units = units.iter().zip(free);
        let mut ids: Vec<u64> = units
            .filter(|(unit, free)| *free && !unit.is_mark() && unit.words().len() >= WORDS)
            .map(|(unit, _)| unit.id())
            .collect();
        ids.sort_unstable();
        ids
    };
    let alike = || pairs.iter().filter(|(i, j)| a[*i] == b[*j]);
    let free_a = free(a, &mut alike().map(|pair| pair.0));
    let free_b = free(b, &mut alike().map(|pair| pair.1));
    let once = |unit: &Shared| {
        let stands = |units: &[Shared]| units.iter().filter(|other| *other == unit).count() == 1;
        stands(a) && stands(b)
    };
    let known = |unit: &Shared, free: &[u64]| free.binary_search(&unit.id()).is_ok() && once(unit);
    let is_elsewhere = |(i, j): &&(usize, usize)| known(&a[*i], &free_b) || known(&b[*j], &free_a);
    let unlike = pairs.iter().filter(unlike);
    unlike.filter(is_elsewhere).copied().collect()
}

fn part(a: &[Shared], b: &[Shared], at: (usize, usize), pairs: &mut Vec<(usize, usize)>) {
    let prefix = common_prefix(a, b);
    let suffix = common_suffix(&a[prefix..], &b[prefix..]);
    pairs.extend((0..prefix).map(|k| (at.0 + k, at.1 + k)));
    let (end_a, end_b) = (a.len() - suffix, b.len() - suffix);
    let (mid_a, mid_b) = (&a[prefix..end_a], &b[prefix..end_b]);
    let at_mid = (at.0 + prefix, at.1 + prefix);
    if mid_a.len() * mid_b.len() > LARGE {
        divided(mid_a, mid_b, at_mid, pairs);
    } else {
        pairs.extend(
            table(mid_a, mid_b)
                .into_iter()
                .map(|(i, j)| (at_mid.0 + i, at_mid.1 + j)),
        );
    }
    pairs.extend((0..suffix).map(|k| (at.0 + end_a + k, at.1 + end_b + k)));
}

/// The length of the equal start, without marks at its end: those may belong to what follows.
fn common_prefix(a: &[Shared], b: &[Shared]) -> usize {
    let mut length = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    if length < a.len() || length < b.len() {
        while length > 0 && a[length - 1].is_mark() {
            length -= 1;
        }
    }
    length
}

fn common_suffix(a: &[Shared], b: &[Shared]) -> usize {
    a.iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count()
}

/// Divides large texts at equal units that are unique in both (Cohen's patience diff), then aligns the parts.
fn divided(a: &[Shared], b: &[Shared], at: (usize, usize), pairs: &mut Vec<(usize, usize)>) {
    let anchors = rising(&unique_pairs(a, b));
    if anchors.is_empty() {
        return;
    }
    let (mut i, mut j) = (0, 0);
    for (x, y) in anchors.into_iter().chain([(a.len(), b.len())]) {
        part(&a[i..x], &b[j..y], (at.0 + i, at.1 + j), pairs);
        if x < a.len() {
            pairs.push((at.0 + x, at.1 + y));
        }
        (i, j) = (x + 1, y + 1);
    }
}

/// Units that stand once in each text, in the order of the first.
pub fn unique_pairs(a: &[Shared], b: &[Shared]) -> Vec<(usize, usize)> {
    let places = |units: &[Shared]| {
        let mut places: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (at, unit) in units.iter().enumerate().filter(|(_, unit)| !unit.is_mark()) {
            places.entry(unit.id()).or_default().push(at);
        }
        places
    };
    let in_b = places(b);
    let mut pairs: Vec<(usize, usize)> = places(a)
        .into_iter()
        .filter_map(
            |(id, at)| match (at.as_slice(), in_b.get(&id).map(Vec::as_slice)) {
                ([x], Some([y])) => Some((*x, *y)),
                _ => None,
            },
        )
        .collect();
    pairs.sort_unstable();
    pairs
}

/// The longest subsequence of pairs that rises in the second index too.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before = vec![None; pairs.len()];
    for (at, &(_, y)) in pairs.iter().enumerate() {
        let place = tails.partition_point(|&tail| pairs[tail].1 < y);
        before[at] = place.checked_sub(1).map(|place| tails[place]);
        if place == tails.len() {
            tails.push(at);
        } else {
            tails[place] = at;
        }
    }
    let mut out = Vec::new();
    let mut next = tails.last().copied();
    while let Some(at) = next {
        out.push(pairs[at]);
        next = before[at];
    }
    out.reverse();
    out
}

/// The alignment of greatest weight; on a tie, what can be left out is left out first.
fn table(a: &[Shared], b: &[Shared]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut best = vec![0_u64; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let weight = weight(&a[i], &b[j]);
            let paired = if weight > 0 {
                best[(i + 1) * width + j + 1] + u64::from(weight)
            } else {
                0
            };
            best[i * width + j] = best[(i + 1) * width + j]
                .max(best[i * width + j + 1])
                .max(paired);
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let here = best[i * width + j];
        if best[(i + 1) * width + j] == here {
            i += 1;
        } else if best[i * width + j + 1] == here {
            j += 1;
        } else {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        }
    }
    pairs
}

/// How much two units belong together; 0 if they may not be a pair.
fn weight(a: &Unit, b: &Unit) -> u32 {
    let words = u32::try_from(a.words().len()).unwrap_or(u32::MAX / 200);
    match (a.kind(), b.kind()) {
        (Kind::Mark(_), Kind::Mark(_)) => {
            if a == b {
                60
            } else {
                30
            }
        }
        _ if a.is_mark() || b.is_mark() => 0,
        _ if a == b => 100 * (words + 1) + 50,
        (Kind::Sentence, Kind::Sentence) => like(a, b),
        (Kind::Opaque(x), Kind::Opaque(y)) if x == y => like(a, b),
        _ => 0,
    }
}

fn like(a: &Unit, b: &Unit) -> u32 {
    if !a.is_like(b, LIKE) {
        return 0;
    }
    let likeness = a.likeness(b);
    u32::try_from(a.common_words(b)).unwrap_or(u32::MAX / 1000) * likeness / 10
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::Prose;

    #[test]
    fn a_sentence_that_stands_elsewhere_is_no_rewording() {
        let old = Prose::parse(
            "# All of us should work.\n\nIt is small.\n\nCode of us should work. It grows.\n",
        );
        let new = Prose::parse(
            "Code of us should work. It grows.\n\nIt is small.\n\n# All of us should work.\n",
        );
        let (old, new) = (old.units(), new.units());
        let pairs = align(old, new);
        assert!(pairs.iter().all(|&(i, j)| old[i] == new[j]), "{pairs:?}");
        let small = |unit: &Shared| unit.text().contains("small");
        assert!(pairs.iter().any(|&(i, _)| small(&old[i])), "{pairs:?}");
    }

    #[test]
    fn the_longest_rising_run_is_found() {
        assert_eq!(
            rising(&[(0, 3), (1, 0), (2, 1), (3, 4), (4, 2)]),
            [(1, 0), (2, 1), (4, 2)]
        );
    }

    #[test]
    fn large_texts_are_divided_and_give_the_same_pairs() {
        let text: String = (0..60)
            .map(|n| format!("Sentence number {n} here. "))
            .collect();
        let units = Prose::parse(&text);
        let mut changed = units.units().to_vec();
        changed.remove(30);
        changed[10] = Unit::sentence("Sentence number ten is here.");
        let mut pairs = Vec::new();
        divided(units.units(), &changed, (0, 0), &mut pairs);
        assert_eq!(pairs, align(units.units(), &changed));
    }
}
