//! Wordings as weighted stems: a stem weighs more the fewer wordings have it.
//!
//! **Invariant:** the stems of a vector stand from the rarest to the most common, each once; all numbers are integers,
//! so they are equal on every machine.

use std::collections::BTreeMap;

use crate::parallel;
use crate::prose::token::{Class, OFFSET, fnv, folded};
use crate::prose::unit::Unit;

use super::stem::stem;
use super::{ALIKE, Form, NEAR};

/// The weighted stems of one wording.
#[derive(Debug)]
pub struct Vector {
    /// Stems by number, the rarest first, each with its weight.
    weights: Vec<(u32, u64)>,
    /// The sum of the squares of the weights.
    square: u128,
    /// How many of the stems must be looked up.
    rare: usize,
    /// The sum of the squares of the others.
    rest: u128,
}

impl Vector {
    /// All stems with their weights.
    pub fn weights(&self) -> &[(u32, u64)] {
        &self.weights
    }

    /// The stems of which every like wording has at least one.
    pub fn rarest(&self) -> &[(u32, u64)] {
        &self.weights[..self.rare]
    }

    /// The cosine of two vectors, per mille.
    pub fn cosine(&self, other: &Self) -> u32 {
        let (mut i, mut j, mut dot) = (0, 0, 0);
        while let (Some(a), Some(b)) = (self.weights.get(i), other.weights.get(j)) {
            match a.0.cmp(&b.0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    dot += a.1 * b.1;
                    (i, j) = (i + 1, j + 1);
                }
            }
        }
        per_mille(u128::from(dot), (self.square * other.square).isqrt())
    }

    /// What the cosine does not exceed, where the rarest stems amount to so much.
    pub fn at_most(&self, other: &Self, sum: u64) -> u32 {
        let rest = (self.rest * other.square).isqrt() + 1;
        per_mille(u128::from(sum) + rest, (self.square * other.square).isqrt())
    }
}

fn per_mille(part: u128, whole: u128) -> u32 {
    u32::try_from(1000 * part / whole.max(1)).unwrap_or(u32::MAX)
}

/// The vectors of wordings, in their order.
pub fn vectors(forms: &[Form]) -> Vec<Vector> {
    let stems = parallel::map(forms, |form| stems(&form.unit));
    let mut spread: BTreeMap<u64, u64> = BTreeMap::new();
    for (stem, _) in stems.iter().flatten() {
        *spread.entry(*stem).or_default() += 1;
    }
    let mut ranked: Vec<(u64, u64)> = spread.iter().map(|(stem, count)| (*count, *stem)).collect();
    ranked.sort_unstable();
    let all = u64::try_from(forms.len()).expect("forms are fewer than 2^64");
    let numbered = |(at, (count, stem)): (usize, (u64, u64))| {
        let number = u32::try_from(at).expect("stems are fewer than 2^32");
        (stem, (number, rarity(all, count)))
    };
    let known: BTreeMap<u64, (u32, u64)> = ranked.into_iter().enumerate().map(numbered).collect();
    parallel::map(&stems, |stems| vector(stems, &known))
}

fn vector(stems: &[(u64, u64)], known: &BTreeMap<u64, (u32, u64)>) -> Vector {
    let weighted = |&(stem, count): &(u64, u64)| {
        let (number, rarity) = known[&stem];
        (number, count * rarity, count)
    };
    let mut parts: Vec<(u32, u64, u64)> = stems.iter().map(weighted).collect();
    parts.sort_unstable();
    let squared = |weight: u64| u128::from(weight * weight);
    let square = parts.iter().map(|part| squared(part.1)).sum();
    let words: u64 = parts.iter().map(|part| part.2).sum();
    let (mut rest, mut left, mut rare) = (square, words, 0);
    for part in &parts {
        if too_light(rest, square) && too_few(left, words) {
            break;
        }
        rest -= squared(part.1);
        left -= part.2;
        rare += 1;
    }
    Vector {
        weights: parts
            .into_iter()
            .map(|(stem, weight, _)| (stem, weight))
            .collect(),
        square,
        rare,
        rest,
    }
}

/// Whether a wording that shares only the rest cannot reach the cosine that is asked.
fn too_light(rest: u128, square: u128) -> bool {
    let alike = u128::from(ALIKE);
    1_000_000 * rest < alike * alike * square
}

/// Whether a wording that shares only what is left cannot have as many words in common as is asked.
fn too_few(left: u64, words: u64) -> bool {
    let near = u64::from(NEAR);
    left * (2000 - near) < near * words
}

/// How rare a stem is: one and the binary logarithm of how many wordings there are to each that has it, in sixteenths.
fn rarity(all: u64, having: u64) -> u64 {
    let ratio = (all << 16) / having.max(1);
    let whole = ratio.ilog2();
    // The mantissa lies between one and two; each squaring of it yields one more binary digit.
    let mut mantissa = u128::from(ratio) << (63 - whole);
    let mut digits = 0;
    for _ in 0..4 {
        mantissa = (mantissa * mantissa) >> 63;
        let high = mantissa >> 64;
        digits = 2 * digits + u64::from(high > 0);
        mantissa >>= u32::from(high > 0);
    }
    16 * u64::from(whole - 15) + digits
}

/// The stems of a passage, each with how often it occurs.
fn stems(unit: &Unit) -> Vec<(u64, u64)> {
    let mut out: BTreeMap<u64, u64> = BTreeMap::new();
    for token in unit.tokens() {
        let text = || folded(&unit.text()[token.range.clone()]).to_lowercase();
        let stem = match token.class {
            Class::Word => stem(&text()),
            Class::Atom => text(),
            Class::Punctuation | Class::Delimiter => continue,
        };
        *out.entry(fnv(OFFSET, stem.as_bytes())).or_default() += 1;
    }
    out.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::rarity;

    #[test]
    fn a_logarithm_has_four_binary_digits() {
        assert_eq!([rarity(8, 8), rarity(8, 4), rarity(8, 1)], [16, 32, 64]);
        // The binary logarithms of 3 and of 10 are 1.585 and 3.322: 25 and 53 sixteenths, and one whole.
        assert_eq!([rarity(3, 1), rarity(10, 1)], [16 + 25, 16 + 53]);
    }
}
