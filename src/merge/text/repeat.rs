//! Passages that a merge would make stand more often than any version has them.
//!
//! Two people add the same paragraph at two places, or rows that end and begin alike: each change is welcome, and all
//! of them together would say a thing twice that nobody said twice. The change that repeats it is then a conflict.

use std::collections::BTreeSet;

use super::ids::{PRIME, mixed, place};
use super::{Piece, TextPart};

/// Places of a table that tells most passages apart without sorting them.
const TABLE: usize = 1 << 16;

/// As many words in a row are a passage.
const PASSAGE: usize = 8;

/// As many of them must have letters enough to be words indeed.
const TELLING: usize = 5;

/// Letters that such a word has.
const LETTERS: usize = 3;

/// A word of a text.
#[derive(Clone, Copy)]
struct Word<'a> {
    /// Nothing where a conflict interrupts the text.
    text: Option<&'a str>,
    id: u64,
    /// The piece that it stands in; of no account in a version.
    piece: usize,
}

impl<'a> Word<'a> {
    fn of(text: &'a str, piece: usize) -> Self {
        Self {
            text: Some(text),
            id: mixed(text.as_bytes()),
            piece,
        }
    }

    fn conflict(piece: usize) -> Self {
        Self {
            text: None,
            id: 0,
            piece,
        }
    }

    fn is_telling(&self) -> bool {
        let signs = self.text.unwrap_or_default().chars();
        let mut letters = signs.filter(|sign| sign.is_alphabetic());
        letters.nth(LETTERS - 1).is_some()
    }
}

/// A passage that stands more than once.
struct Repeated<'a> {
    /// Its identity and where it starts, each time.
    places: &'a [(u64, usize)],
    /// How often it stands in the version that has it most often, of those looked at; at least once.
    most: usize,
}

/// Finds the pieces that repeat what stands in a piece before them, and more often than any version has it.
pub fn repeating(pieces: &[Piece], versions: &[&str]) -> BTreeSet<usize> {
    let words = placed(pieces);
    let is_fresh = |word: &Word<'_>| pieces[word.piece].chunk.is_some();
    let run = |start: usize| &words[start..start + PASSAGE];
    let again = again(&words, is_fresh);
    let mut found: Vec<(u64, usize)> = passages(&words)
        .filter(|(_, id)| again.binary_search(id).is_ok())
        .map(|(start, id)| (id, start))
        .collect();
    found.sort_unstable();
    let repeated = found
        .chunk_by(|one, other| one.0 == other.0)
        .filter(|places| places.len() > 1 && is_passage(run(places[0].1)))
        .filter(|places| places.iter().any(|place| run(place.1).iter().any(is_fresh)))
        .map(|places| Repeated { places, most: 1 });
    let too_often = too_often(repeated.collect(), versions);
    let too_many = too_often
        .iter()
        .flat_map(|repeated| repeated.places.iter().skip(repeated.most));
    let last = |&(_, start): &(u64, usize)| {
        let word = run(start).iter().rfind(|word| is_fresh(word));
        word.map(|word| word.piece)
    };
    too_many.filter_map(last).collect()
}

/// The words of the merged text.
fn placed(pieces: &[Piece]) -> Vec<Word<'_>> {
    let mut out = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        for part in &piece.parts {
            match part {
                TextPart::Text(text) => {
                    out.extend(text.split_ascii_whitespace().map(|word| Word::of(word, at)));
                }
                TextPart::Conflict { .. } => out.push(Word::conflict(at)),
            }
        }
    }
    out
}

/// The identities that may stand more than once, once in changed words, sorted: those whose place in a small table is
/// taken.
fn again(words: &[Word<'_>], is_fresh: impl Fn(&Word<'_>) -> bool) -> Vec<u64> {
    let mut seen = vec![0_u64; TABLE / 64];
    let mut seen_fresh = seen.clone();
    let mut again = Vec::new();
    let mut fresh_until = 0;
    let mut looked_at = 0;
    for (start, id) in passages(words) {
        while looked_at < start + PASSAGE {
            if is_fresh(&words[looked_at]) {
                fresh_until = looked_at + 1;
            }
            looked_at += 1;
        }
        let at = place(id, TABLE);
        let (cell, bit) = (at / 64, 1 << (at % 64));
        let fresh = if start < fresh_until { bit } else { 0 };
        if seen[cell] & bit != 0 && (fresh | seen_fresh[cell]) & bit != 0 {
            again.push(id);
        }
        seen[cell] |= bit;
        seen_fresh[cell] |= fresh;
    }
    again.sort_unstable();
    again
}

/// Whether some words are a passage that may not be repeated.
fn is_passage(run: &[Word<'_>]) -> bool {
    let whole = run.iter().all(|word| word.text.is_some());
    whole && run.iter().filter(|word| word.is_telling()).count() >= TELLING
}

/// Every run of as many words as a passage has: where it starts, and its identity (Karp and Rabin 1987).
fn passages<'b>(words: &'b [Word<'_>]) -> impl Iterator<Item = (usize, u64)> + 'b {
    let first = (1..PASSAGE).fold(1_u64, |power, _| power.wrapping_mul(PRIME));
    let mut id = 0_u64;
    words.iter().enumerate().filter_map(move |(at, word)| {
        if let Some(out) = at.checked_sub(PASSAGE) {
            id = id.wrapping_sub(words[out].id.wrapping_mul(first));
        }
        id = id.wrapping_mul(PRIME).wrapping_add(word.id);
        (at + 1).checked_sub(PASSAGE).map(|start| (start, id))
    })
}

/// Of some passages, in the order of their identities, those that stand more often than in any version.
fn too_often<'a>(mut passages: Vec<Repeated<'a>>, versions: &[&str]) -> Vec<Repeated<'a>> {
    for version in versions {
        if passages.is_empty() {
            break;
        }
        let words: Vec<Word<'_>> = version
            .split_ascii_whitespace()
            .map(|word| Word::of(word, 0))
            .collect();
        let mut counts = vec![0; passages.len()];
        for (_, id) in self::passages(&words) {
            if let Ok(at) = passages.binary_search_by_key(&id, |passage| passage.places[0].0) {
                counts[at] += 1;
            }
        }
        for (passage, count) in passages.iter_mut().zip(counts) {
            passage.most = passage.most.max(count);
        }
        passages.retain(|passage| passage.places.len() > passage.most);
    }
    passages
}
