//! Which unmatched units stand elsewhere in the other text.
//!
//! Moves are under-reported on purpose: a missed one is noise, a wrong one claims that changed words are unchanged.

use std::collections::BTreeMap;

use crate::prose::token::Class;
use crate::prose::unit::{Shared, Unit};

/// Words that a moved sentence must have if it stands more than once in either text.
const WORDS: usize = 4;
/// Words that a moved sentence must have if it is unique in both texts.
const WORDS_IF_UNIQUE: usize = 2;
/// What a sentence moved and reworded must have.
const EDITED: Edited = Edited {
    words: 5,
    common: 4,
    likeness: 600,
    margin: 150,
};

/// What a sentence moved and reworded must have.
struct Edited {
    /// Words.
    words: usize,
    /// Words in common, in their order.
    common: usize,
    /// Likeness, per mille, of the words in their order.
    likeness: u32,
    /// By how much, per mille, nothing else may come near.
    margin: u32,
}

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
            (size(&a[*i]) >= wanted).then_some((*i, *j))
        })
        .collect()
}

/// The words of a unit; what is opaque is counted by what stands between blanks, for code is one token however long it is.
fn size(unit: &Unit) -> usize {
    if unit.is_sentence() {
        return unit.words().len();
    }
    let pieces = unit.text().split_whitespace();
    let worded = pieces.filter(|piece| piece.contains(char::is_alphanumeric));
    worded.count()
}

/// Sentences that are clearly more like each other than like anything else in either text.
///
/// Likeness is that of the words in their order: two sentences made of the same common words seldom have them in the
/// same order, and a sentence that was moved and reworded keeps most of its own.
fn reworded(
    a: &[Shared],
    b: &[Shared],
    free_a: &[bool],
    free_b: &[bool],
    taken: &[(usize, usize)],
) -> Vec<(usize, usize)> {
    let open = |units: &[Shared], free: &[bool], taken: Vec<usize>| -> Vec<usize> {
        let fits = |at: &usize| {
            free[*at] && units[*at].is_sentence() && units[*at].words().len() >= EDITED.words
        };
        (0..units.len())
            .filter(fits)
            .filter(|at| !taken.contains(at))
            .collect()
    };
    let left = open(a, free_a, taken.iter().map(|pair| pair.0).collect());
    let right = open(b, free_b, taken.iter().map(|pair| pair.1).collect());
    let mut found: Vec<(usize, usize)> = Vec::new();
    for &i in &left {
        let like = |&j: &usize| Some((in_order(&a[i], &b[j])?, j));
        let Some((likeness, j)) = right.iter().filter_map(like).max() else {
            continue;
        };
        let rival = |unit: &Shared, other: &Shared| {
            in_order(unit, other).is_some_and(|rival| rival + EDITED.margin > likeness)
        };
        let alone = !(0..b.len()).any(|at| at != j && rival(&a[i], &b[at]))
            && !(0..a.len()).any(|at| at != i && rival(&a[at], &b[j]));
        if alone {
            found.push((i, j));
        }
    }
    found
}

/// The likeness, per mille, of the words of two sentences in their order; none if it does not suffice for a move.
fn in_order(a: &Unit, b: &Unit) -> Option<u32> {
    if !(a.is_sentence() && b.is_sentence() && a.is_like(b, EDITED.likeness)) {
        return None;
    }
    let words = |unit: &Unit| -> Vec<u64> {
        let tokens = unit.tokens().iter();
        tokens
            .filter(|token| matches!(token.class, Class::Word | Class::Atom))
            .map(|token| token.hash)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let common = longest_common(&a, &b);
    let all = u32::try_from(a.len() + b.len()).ok()?;
    let likeness = u32::try_from(2000 * common).ok()? / all;
    (common >= EDITED.common && likeness >= EDITED.likeness).then_some(likeness)
}

/// The length of the longest common subsequence.
fn longest_common(a: &[u64], b: &[u64]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y {
                diagonal + 1
            } else {
                above.max(row[at])
            };
            diagonal = above;
        }
    }
    row[b.len()]
}
