//! What a stretch of words becomes that several sides changed.
//!
//! The sides agree if they want the same; if one goes further than the others; if their changes lie side by side, or
//! only take words out of one sentence; or if they add lines that have nothing in common. Everything else is a conflict.
//!
//! **Invariant:** the order of the sides does not matter, and every word that a side wrote stands in the result.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diff::words::changed;

use super::chunk::Chunk;
use super::squashed;
use super::token::Token;
use super::weave::{Words, written};

/// Two additions that share this many of a thousand words are versions of one another.
const ALIKE: usize = 500;

/// As many words in a row are a passage.
const PASSAGE: usize = 8;

/// A run of tokens and their identities.
#[derive(Clone, Copy)]
struct Run<'a, 'b> {
    ids: &'b [usize],
    tokens: &'b [Token<'a>],
}

impl<'a, 'b> Run<'a, 'b> {
    fn of(words: &'b Words<'a>, range: &Range<usize>) -> Self {
        Self {
            ids: &words.ids[range.clone()],
            tokens: &words.tokens[range.clone()],
        }
    }

    fn part(&self, range: &Range<usize>) -> Self {
        Self {
            ids: &self.ids[range.clone()],
            tokens: &self.tokens[range.clone()],
        }
    }

    fn text(&self) -> String {
        written(self.tokens)
    }
}

/// A stretch as it stands in the base, and everything else that is wanted there.
pub struct Stretch<'a, 'b> {
    was: Run<'a, 'b>,
    /// Each wish once, in the order of their texts.
    wanted: Vec<Run<'a, 'b>>,
    /// Whether the base has no words at all around the stretch.
    alone: bool,
}

impl<'a, 'b> Stretch<'a, 'b> {
    /// Takes a stretch out of its versions.
    pub fn of(base: &'b Words<'a>, sides: &'b [Words<'a>], chunk: &Chunk) -> Self {
        let was = Run::of(base, &chunk.base);
        let ranges = sides.iter().zip(&chunk.sides);
        let mut wanted: Vec<Run<'a, 'b>> = ranges
            .map(|(side, range)| Run::of(side, range))
            .filter(|run| run.ids != was.ids)
            .collect();
        if wanted.len() > 1 {
            wanted.sort_by_cached_key(|run| (run.ids.to_vec(), run.text()));
            wanted.dedup_by(|one, other| one.ids == other.ids);
            wanted.sort_by_cached_key(Run::text);
        }
        Self {
            was,
            wanted,
            alone: base.ids.is_empty(),
        }
    }
}

/// The text of a stretch; nothing if the sides want different things.
pub fn joined(stretch: &Stretch<'_, '_>) -> Option<String> {
    match stretch.wanted.as_slice() {
        [] => Some(stretch.was.text()),
        [only] => Some(only.text()),
        wanted => further(stretch)
            .map(Run::text)
            .or_else(|| side_by_side(stretch))
            .or_else(|| stretch.alone.then(|| all(wanted))?),
    }
}

/// The version that holds the whole of every other in order, if there is one.
///
/// What it has beyond another must be its own words: what the other deleted does not come back.
fn further<'a, 'b, 'c>(stretch: &'c Stretch<'a, 'b>) -> Option<&'c Run<'a, 'b>> {
    let longest = stretch.wanted.iter().max_by_key(|run| run.ids.len())?;
    let is_new = |more: &[usize]| !more.iter().any(|id| stretch.was.ids.contains(id));
    let held = |run: &Run<'_, '_>| {
        !run.ids.is_empty() && beyond(longest.ids, run.ids).is_some_and(|more| is_new(&more))
    };
    stretch.wanted.iter().all(held).then_some(longest)
}

/// What a sequence has beyond another that it holds in order; nothing if it does not hold it.
///
/// Where the other is its start or its end, what it has beyond is its other end.
fn beyond(long: &[usize], short: &[usize]) -> Option<Vec<usize>> {
    if let Some(more) = long.strip_suffix(short) {
        return Some(more.to_vec());
    }
    let mut more = Vec::new();
    let mut rest = short.iter().peekable();
    for id in long {
        if rest.next_if_eq(&id).is_none() {
            more.push(*id);
        }
    }
    rest.peek().is_none().then_some(more)
}

/// A change of some words of a stretch by one of the sides.
struct Change<'a, 'b> {
    before: Range<usize>,
    after: Run<'a, 'b>,
}

impl Change<'_, '_> {
    fn deletes(&self) -> bool {
        self.after.ids.is_empty()
    }
}

/// All changes of all sides, if they lie side by side or agree.
fn side_by_side(stretch: &Stretch<'_, '_>) -> Option<String> {
    let mut changes: Vec<Change<'_, '_>> = Vec::new();
    for run in &stretch.wanted {
        changes.extend(
            changed(stretch.was.ids, run.ids)
                .into_iter()
                .map(|hunk| Change {
                    before: hunk.before,
                    after: run.part(&hunk.after),
                }),
        );
    }
    changes.sort_by_key(|change| (change.before.start, change.before.end));
    let mut apart: Vec<Change<'_, '_>> = Vec::new();
    for change in changes {
        match apart.last_mut() {
            Some(last) if change.before.start <= last.before.end => {
                let end = last.before.end.max(change.before.end);
                match relation(last, &change, stretch.was) {
                    Relation::Same => {}
                    Relation::Beside => apart.push(change),
                    Relation::OneDeletion => last.before.end = end,
                    Relation::Rival => return None,
                }
            }
            _ => apart.push(change),
        }
    }
    Some(spelled(stretch.was, &apart))
}

/// How two changes stand to each other that touch.
enum Relation {
    /// They do the same.
    Same,
    /// The second changes words right after those of the first.
    Beside,
    /// Both take words out of one sentence, of which something stays.
    OneDeletion,
    /// They want different things.
    Rival,
}

fn relation(first: &Change<'_, '_>, second: &Change<'_, '_>, was: Run<'_, '_>) -> Relation {
    let both = first.before.start..first.before.end.max(second.before.end);
    let ends = |run: Run<'_, '_>| {
        let tokens = run.tokens.iter();
        tokens
            .into_iter()
            .any(|token| token.is_break || token.is_stop())
    };
    if first.before == second.before && first.after.ids == second.after.ids {
        Relation::Same
    } else if first.deletes() && second.deletes() && !ends(was.part(&both)) {
        Relation::OneDeletion
    } else if second.before.start == first.before.end
        && !first.before.is_empty()
        && !second.before.is_empty()
    {
        Relation::Beside
    } else {
        Relation::Rival
    }
}

fn spelled(was: Run<'_, '_>, changes: &[Change<'_, '_>]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for change in changes {
        out.push_str(&was.part(&(at..change.before.start)).text());
        out.push_str(&change.after.text());
        at = change.before.end;
    }
    out + &was.part(&(at..was.ids.len())).text()
}

/// All of several additions of whole lines, in the order of their texts, unless two of them are alike.
fn all(wanted: &[Run<'_, '_>]) -> Option<String> {
    let opens = |run: &Run<'_, '_>| run.tokens.first().is_some_and(|token| token.is_break);
    let closes = |run: &Run<'_, '_>| run.tokens.last().is_some_and(|token| token.is_break);
    let lines = wanted.iter().all(opens) || wanted.iter().all(closes);
    let mut pairs = (1..wanted.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
    let alike = pairs.any(|(i, j)| {
        repeats(&wanted[i].text(), &wanted[j].text())
            || likeness(wanted[i].tokens, wanted[j].tokens) >= ALIKE
    });
    (lines && !alike).then(|| wanted.iter().map(Run::text).collect())
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
