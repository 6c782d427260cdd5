//! Which unmatched units stand elsewhere in the other text.
//!
//! Moves are under-reported on purpose: a missed one is noise, a wrong one claims that changed words are unchanged.

use std::collections::BTreeMap;

use crate::prose::unit::Shared;

/// Words that a moved sentence must have if it stands more than once in either text.
const WORDS: usize = 4;
/// Words that a moved sentence must have if it is unique in both texts.
const WORDS_IF_UNIQUE: usize = 2;
/// Words and likeness that a sentence moved and reworded must have.
const EDITED: (usize, u32) = (5, 800);

/// Finds moved units among those without a pair: indices into the first and the second text, in the order of the second.
///
/// A mark moves along with the sentence after it.
pub fn moves(a: &[Shared], b: &[Shared], pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let free = |count: usize, used: Vec<usize>| {
        let mut free = vec![true; count];
        used.into_iter().for_each(|at| free[at] = false);
        free
    };
    let free_a = free(a.len(), pairs.iter().map(|pair| pair.0).collect());
    let free_b = free(b.len(), pairs.iter().map(|pair| pair.1).collect());
    let mut found = unchanged(a, b, &free_a, &free_b);
    found.extend(reworded(a, b, &free_a, &free_b, &found));
    let marks: Vec<(usize, usize)> = found
        .iter()
        .filter_map(|&(i, j)| Some((i.checked_sub(1)?, j.checked_sub(1)?)))
        .filter(|&(i, j)| free_a[i] && free_b[j] && a[i].is_mark() && a[i] == b[j])
        .collect();
    found.extend(marks);
    found.sort_unstable_by_key(|&(i, j)| (j, i));
    found
}

fn unchanged(a: &[Shared], b: &[Shared], free_a: &[bool], free_b: &[bool]) -> Vec<(usize, usize)> {
    let places = |units: &[Shared], free: &[bool]| {
        let mut places: BTreeMap<u64, (usize, Vec<usize>)> = BTreeMap::new();
        for (at, unit) in units.iter().enumerate().filter(|(_, unit)| !unit.is_mark()) {
            let entry = places.entry(unit.id()).or_default();
            entry.0 += 1;
            entry.1.extend(free[at].then_some(at));
        }
        places
    };
    let in_b = places(b, free_b);
    places(a, free_a)
        .into_iter()
        .filter_map(|(id, (count, at))| {
            let (count_b, at_b) = in_b.get(&id)?;
            let ([i], [j]) = (at.as_slice(), at_b.as_slice()) else {
                return None;
            };
            let wanted = if count == 1 && *count_b == 1 {
                WORDS_IF_UNIQUE
            } else {
                WORDS
            };
            (a[*i].words().len() >= wanted).then_some((*i, *j))
        })
        .collect()
}

/// Sentences that are each other's only like one.
fn reworded(
    a: &[Shared],
    b: &[Shared],
    free_a: &[bool],
    free_b: &[bool],
    taken: &[(usize, usize)],
) -> Vec<(usize, usize)> {
    let open = |units: &[Shared], free: &[bool], taken: Vec<usize>| -> Vec<usize> {
        let fits = |&at: &usize| {
            free[at] && units[at].is_sentence() && units[at].words().len() >= EDITED.0
        };
        (0..units.len())
            .filter(fits)
            .filter(|at| !taken.contains(at))
            .collect()
    };
    let left = open(a, free_a, taken.iter().map(|pair| pair.0).collect());
    let right = open(b, free_b, taken.iter().map(|pair| pair.1).collect());
    let like = |i: usize, j: usize| a[i].likeness(&b[j]) >= EDITED.1;
    let only = |mut found: Box<dyn Iterator<Item = usize> + '_>| match (found.next(), found.next())
    {
        (Some(one), None) => Some(one),
        _ => None,
    };
    left.iter()
        .filter_map(|&i| {
            let j = only(Box::new(right.iter().copied().filter(|&j| like(i, j))))?;
            let back = only(Box::new(
                left.iter().copied().filter(|&other| like(other, j)),
            ))?;
            (back == i).then_some((i, j))
        })
        .collect()
}
