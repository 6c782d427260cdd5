//! Lines that several versions changed, merged word by word.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::words::{Hunk, changed};

use super::chunk::{Chunk, chunks};
use super::token::{Token, tokens};
use super::{TextPart, squashed, surface};

/// Two additions that share this many of a thousand words are versions of one another.
const ALIKE: usize = 500;

/// As many words in a row are a passage.
const PASSAGE: usize = 8;

/// Merges versions of some lines word by word; where the words meet, the sentences around them are a conflict.
pub fn weave(base: &str, sides: &[String]) -> Vec<TextPart> {
    let mut ids = BTreeMap::new();
    let base = Words::of(base, &mut ids);
    let sides: Vec<Words<'_>> = sides.iter().map(|side| Words::of(side, &mut ids)).collect();
    let hunks: Vec<Vec<Hunk>> = sides
        .iter()
        .map(|side| changed(&base.ids, &side.ids))
        .collect();
    let last = Chunk {
        base: base.tokens.len()..base.tokens.len(),
        sides: sides
            .iter()
            .map(|s| s.tokens.len()..s.tokens.len())
            .collect(),
    };
    let mut pieces = Vec::new();
    let mut at = 0;
    for chunk in chunks(&hunks, |between| between.is_empty())
        .into_iter()
        .chain([last])
    {
        for back in (1..=chunk.base.start - at).rev() {
            pieces.push(Piece::stable(&base, &sides, &chunk, back));
        }
        pieces.push(Piece::changed(&base, &sides, &chunk));
        at = chunk.base.end;
    }
    parts(&pieces)
}

/// A token that nobody changed, or a stretch that somebody did.
struct Piece {
    /// What it becomes; nothing if the sides want different things.
    merged: Option<String>,
    base: String,
    sides: Vec<String>,
    /// Whether a sentence or line ends with it.
    ends: bool,
}

impl Piece {
    /// The token that stands this many tokens before a chunk.
    fn stable(base: &Words<'_>, sides: &[Words<'_>], chunk: &Chunk, back: usize) -> Self {
        let at = chunk.base.start - back;
        let token = &base.tokens[at];
        let tokens: Vec<&Token<'_>> = sides
            .iter()
            .zip(&chunk.sides)
            .map(|(side, range)| &side.tokens[range.start - back])
            .collect();
        let blank = surface(token.blank, tokens.iter().map(|token| token.blank));
        let text = surface(token.text, tokens.iter().map(|token| token.text));
        let parted = base
            .tokens
            .get(at + 1)
            .is_none_or(|next| !next.blank.is_empty());
        Self {
            merged: Some([blank, text].concat()),
            base: written(&[*token]),
            sides: tokens.iter().map(|token| written(&[**token])).collect(),
            ends: token.is_break || (parted && [".", "!", "?"].contains(&token.text)),
        }
    }

    fn changed(base: &Words<'_>, sides: &[Words<'_>], chunk: &Chunk) -> Self {
        let ranges = sides.iter().zip(&chunk.sides);
        Self {
            merged: joined(base, sides, chunk),
            base: written(&base.tokens[chunk.base.clone()]),
            sides: ranges
                .map(|(side, range)| written(&side.tokens[range.clone()]))
                .collect(),
            ends: false,
        }
    }
}

/// The pieces as text and conflicts; a conflict takes in whole sentences.
fn parts(pieces: &[Piece]) -> Vec<TextPart> {
    let mut out: Vec<TextPart> = Vec::new();
    for sentence in pieces.chunk_by(|piece, _| !piece.ends) {
        let merged: Option<String> = sentence
            .iter()
            .map(|piece| piece.merged.as_deref())
            .collect();
        out.push(merged.map_or_else(|| conflict(sentence), TextPart::Text));
    }
    out
}

fn conflict(sentence: &[Piece]) -> TextPart {
    let sides = sentence.first().map_or(0, |piece| piece.sides.len());
    let side = |at: usize| {
        sentence
            .iter()
            .map(|piece| piece.sides[at].as_str())
            .collect()
    };
    TextPart::Conflict {
        base: sentence.iter().map(|piece| piece.base.as_str()).collect(),
        sides: (0..sides).map(side).collect(),
    }
}

struct Words<'a> {
    tokens: Vec<Token<'a>>,
    ids: Vec<usize>,
}

impl<'a> Words<'a> {
    fn of(text: &'a str, known: &mut BTreeMap<&'a str, usize>) -> Self {
        let tokens = tokens(text);
        let mut ids = Vec::with_capacity(tokens.len());
        for token in &tokens {
            let next = known.len();
            ids.push(*known.entry(token.key).or_insert(next));
        }
        Self { tokens, ids }
    }
}

/// A run of tokens that somebody wants, and their identities.
type Run<'a, 'b> = (&'b [usize], &'b [Token<'a>]);

/// What a stretch becomes that one or several sides changed; nothing if they want different things.
fn joined(base: &Words<'_>, sides: &[Words<'_>], chunk: &Chunk) -> Option<String> {
    let was = &base.ids[chunk.base.clone()];
    let ranges = sides.iter().zip(&chunk.sides);
    let mut wanted: Vec<Run<'_, '_>> = ranges
        .map(|(side, range)| (&side.ids[range.clone()], &side.tokens[range.clone()]))
        .filter(|(ids, _)| *ids != was)
        .collect();
    wanted.sort_by_cached_key(|(ids, tokens)| (ids.to_vec(), written(tokens)));
    wanted.dedup_by(|one, other| one.0 == other.0);
    wanted.sort_by_cached_key(|(_, tokens)| written(tokens));
    match wanted.as_slice() {
        [] => Some(written(&base.tokens[chunk.base.clone()])),
        [only] => Some(written(only.1)),
        _ => whole(was, &wanted)
            .map(|run| written(run.1))
            .or_else(|| base.ids.is_empty().then(|| all(&wanted))?),
    }
}

fn written(tokens: &[Token<'_>]) -> String {
    let parts = tokens.iter().flat_map(|token| [token.blank, token.text]);
    parts.collect()
}

/// The version that holds the whole of every other at its start or end, if there is one.
///
/// What it has beyond another must be its own words: what the other deleted does not come back.
fn whole<'a, 'b, 'c>(was: &[usize], wanted: &'c [Run<'a, 'b>]) -> Option<&'c Run<'a, 'b>> {
    let longest = wanted.iter().max_by_key(|(ids, _)| ids.len())?;
    let is_new = |more: &[usize]| !more.iter().any(|id| was.contains(id));
    let held = |(ids, _): &Run<'_, '_>| {
        let more = [longest.0.strip_prefix(*ids), longest.0.strip_suffix(*ids)];
        !ids.is_empty() && more.into_iter().flatten().any(is_new)
    };
    wanted.iter().all(held).then_some(longest)
}

/// All of several additions of whole lines, in the order of their texts, unless two of them are alike.
fn all(wanted: &[Run<'_, '_>]) -> Option<String> {
    let opens = |(_, tokens): &Run<'_, '_>| tokens.first().is_some_and(|token| token.is_break);
    let closes = |(_, tokens): &Run<'_, '_>| tokens.last().is_some_and(|token| token.is_break);
    let lines = wanted.iter().all(opens) || wanted.iter().all(closes);
    let mut pairs = (1..wanted.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
    let alike = pairs.any(|(i, j)| {
        repeats(&written(wanted[i].1), &written(wanted[j].1))
            || likeness(wanted[i].1, wanted[j].1) >= ALIKE
    });
    (lines && !alike).then(|| wanted.iter().map(|(_, tokens)| written(tokens)).collect())
}

/// Whether two runs have a passage in common, which would then stand twice.
fn repeats(one: &str, other: &str) -> bool {
    let (one, other) = (squashed(one), squashed(other));
    let passages: BTreeSet<&[&str]> = one.windows(PASSAGE).collect();
    other
        .windows(PASSAGE)
        .any(|passage| passages.contains(passage))
}

/// How many of a thousand words two runs share (Dice).
fn likeness(one: &[Token<'_>], other: &[Token<'_>]) -> usize {
    let words = |run: &[Token<'_>]| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let is_word = |token: &&Token<'_>| token.text.starts_with(char::is_alphanumeric);
        for token in run.iter().filter(is_word) {
            *counts.entry(token.text.to_lowercase()).or_default() += 1;
        }
        counts
    };
    let (one, other) = (words(one), words(other));
    let in_both = |(word, count): (&String, &usize)| other.get(word).map_or(0, |n| *n.min(count));
    let common: usize = one.iter().map(in_both).sum();
    let all: usize = one.values().chain(other.values()).sum();
    2000 * common / all.max(1)
}
