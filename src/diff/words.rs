//! What changed within a sentence; the only file that names `similar`.
//!
//! `similar` buys us the diff of two short sequences (Myers 1986), exact and deterministic.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::prose::token::Class;
use crate::prose::unit::Unit;

/// What becomes of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lot {
    /// They stand in both.
    Kept,
    /// They are gone.
    Removed,
    /// They are new.
    Added,
}

/// A run of tokens that was replaced by another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// Tokens of the first sentence.
    pub before: Range<usize>,
    /// Tokens of the second sentence.
    pub after: Range<usize>,
}

/// Finds what changed between two sequences of texts, such as the lines of two blocks.
pub fn changed_texts(before: &[&str], after: &[&str]) -> Vec<Hunk> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for text in before.iter().chain(after) {
        let next = known.len();
        known.entry(text).or_insert(next);
    }
    let ids = |texts: &[&str]| -> Vec<usize> { texts.iter().map(|text| known[text]).collect() };
    changed(&ids(before), &ids(after))
}

/// Finds what changed between two sequences of identities, in order; rare ones are the anchors (histogram diff).
pub fn changed(before: &[usize], after: &[usize]) -> Vec<Hunk> {
    let same = |(one, other): &(&usize, &usize)| one == other;
    let start = before.iter().zip(after).take_while(same).count();
    let rest = before[start..]
        .iter()
        .rev()
        .zip(after[start..].iter().rev());
    let end = rest.take_while(same).count();
    let (old, new) = (
        &before[start..before.len() - end],
        &after[start..after.len() - end],
    );
    let mut out: Vec<Hunk> = Vec::new();
    for op in capture_diff_slices(Algorithm::Histogram, old, new) {
        if op.tag() == DiffTag::Equal {
            continue;
        }
        let shifted = |range: Range<usize>| start + range.start..start + range.end;
        let (before, after) = (shifted(op.old_range()), shifted(op.new_range()));
        match out.last_mut() {
            Some(last) if last.before.end == before.start && last.after.end == after.start => {
                (last.before.end, last.after.end) = (before.end, after.end);
            }
            _ => out.push(Hunk { before, after }),
        }
    }
    out
}

/// Finds the changed tokens of a sentence, in order, at least one equal token apart.
///
/// One short common word between two changes is a coincidence (Fraser's semantic clean-up): they become one.
pub fn hunks(before: &Unit, after: &Unit) -> Vec<Hunk> {
    let ids = |unit: &Unit| -> Vec<u64> { unit.tokens().iter().map(|token| token.hash).collect() };
    let texts = (ids(before), ids(after));
    let changed = capture_diff_slices(Algorithm::Myers, &texts.0, &texts.1)
        .into_iter()
        .filter(|op| op.tag() != DiffTag::Equal)
        .map(|op| Hunk {
            before: op.old_range(),
            after: op.new_range(),
        });
    let mut out: Vec<Hunk> = Vec::new();
    for hunk in changed {
        match out.last_mut() {
            Some(last) if coincidence(before, last, &hunk) => {
                last.before.end = hunk.before.end;
                last.after.end = hunk.after.end;
            }
            Some(last) => match together((&texts.0, &texts.1), last, &hunk) {
                Some(one) => *last = one,
                None => out.push(hunk),
            },
            None => out.push(hunk),
        }
    }
    out
}

/// A removal and an addition as one replacement, where one of them can as well stand beside the other: of "the less", which
/// became "less less", the first word was replaced, and none was added after the second.
fn together(texts: (&[u64], &[u64]), last: &Hunk, next: &Hunk) -> Option<Hunk> {
    let between = next.before.start - last.before.end;
    let hunk = |before, after| Hunk { before, after };
    let removed_first = last.after.is_empty() && next.before.is_empty();
    let added_first = last.before.is_empty() && next.after.is_empty();
    if removed_first {
        let (gone, added) = (&last.before, &next.after);
        let moved = beside((texts.0, gone), (texts.1, added), between)?;
        return Some(hunk(moved.0, moved.1));
    }
    let moved = || beside((texts.1, &last.after), (texts.0, &next.before), between);
    added_first
        .then(moved)?
        .map(|(after, before)| hunk(before, after))
}

/// Two runs of tokens, each of another text and with so many common ones between them, at one place: the second beside the
/// first if what stands before it reads like its end, or the first beside the second.
fn beside(
    (left, first): (&[u64], &Range<usize>),
    (right, second): (&[u64], &Range<usize>),
    between: usize,
) -> Option<(Range<usize>, Range<usize>)> {
    let (start, end) = (second.start, second.end);
    if right[start - between..start] == right[end - between..end] {
        return Some((first.clone(), start - between..end - between));
    }
    let (start, end) = (first.start, first.end);
    let later = left[start..start + between] == left[end..end + between];
    later.then(|| (start + between..end + between, second.clone()))
}

fn coincidence(before: &Unit, last: &Hunk, next: &Hunk) -> bool {
    let island = &before.tokens()[last.before.end..next.before.start];
    let short = island.iter().all(|token| {
        token.class != Class::Word || before.text()[token.range.clone()].chars().count() <= 3
    });
    let substantial = |hunk: &Hunk| hunk.before.len() + hunk.after.len() > 2;
    island.is_empty() || (island.len() == 1 && short && substantial(last) && substantial(next))
}

/// Finds the changed tokens as a reader should see them: changes with but a word between them are one, and of a sentence
/// that is mostly new one run is replaced, from the first change to the last.
pub fn readable(before: &Unit, after: &Unit) -> Vec<Hunk> {
    let mut out: Vec<Hunk> = Vec::new();
    for hunk in hunks(before, after) {
        match out.last_mut() {
            Some(last) if is_island((before, after), last, &hunk) => {
                (last.before.end, last.after.end) = (hunk.before.end, hunk.after.end);
            }
            _ => out.push(hunk),
        }
    }
    let all = before.tokens().len() + after.tokens().len();
    let changed: usize = out.iter().map(size).sum();
    match (out.first(), out.last()) {
        (Some(first), Some(last)) if out.len() > 1 && 2 * changed > all => {
            let kept = first.before.start + (before.tokens().len() - last.before.end);
            let whole = kept <= 2;
            let span =
                |first: usize, last: usize, all: usize| if whole { 0..all } else { first..last };
            vec![Hunk {
                before: span(first.before.start, last.before.end, before.tokens().len()),
                after: span(first.after.start, last.after.end, after.tokens().len()),
            }]
        }
        _ => out,
    }
}

fn size(hunk: &Hunk) -> usize {
    hunk.before.len() + hunk.after.len()
}

/// Whether at most one word stands between two changes of words.
fn is_island((before, after): (&Unit, &Unit), last: &Hunk, next: &Hunk) -> bool {
    let words = |unit: &Unit, range: &Range<usize>| {
        let tokens = unit.tokens()[range.clone()].iter();
        tokens.filter(|token| token.class == Class::Word).count()
    };
    let changes = |hunk: &Hunk| words(before, &hunk.before) + words(after, &hunk.after);
    let between = last.before.end..next.before.start;
    between.len() <= 2
        && words(before, &between) <= 1
        && changes(last) > 0
        && changes(next) > 0
        && changes(last) + changes(next) > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> Vec<(String, String)> {
        let (before, after) = (Unit::sentence(before), Unit::sentence(after));
        let text = |unit: &Unit, range: &Range<usize>| {
            let tokens = &unit.tokens()[range.clone()];
            tokens
                .iter()
                .map(|t| &unit.text()[t.range.clone()])
                .collect::<Vec<_>>()
                .join(" ")
        };
        let hunks = readable(&before, &after);
        hunks
            .iter()
            .map(|h| (text(&before, &h.before), text(&after, &h.after)))
            .collect()
    }

    #[test]
    fn a_changed_word_is_one_hunk() {
        let before = "The board must approve all grants above ten thousand euros.";
        let after = "The board may approve all grants above ten thousand euros.";
        assert_eq!(shown(before, after), [("must".into(), "may".into())]);
    }

    #[test]
    fn a_word_that_came_to_stand_beside_its_like_was_replaced() {
        let replaced = |gone: &str, new: &str| vec![(gone.into(), new.into())];
        assert_eq!(
            shown("Vote the less in time.", "Vote less less in time."),
            replaced("the", "less")
        );
        assert_eq!(
            shown("Vote less less in time.", "Vote the less in time."),
            replaced("less", "the")
        );
        assert_eq!(
            shown("Vote less the in time.", "Vote less less in time."),
            replaced("the", "less")
        );
        assert_eq!(
            shown("Vote less less in time.", "Vote less the in time."),
            replaced("less", "the")
        );
        let other = shown("Vote the less in time.", "Vote less in no time.");
        assert_eq!(
            other,
            [("the".into(), String::new()), (String::new(), "no".into())]
        );
    }

    #[test]
    fn a_run_is_put_beside_another_where_it_reads_alike() {
        // "c b" stands after "b" as well as "b c" before it.
        assert_eq!(
            beside((&[1, 2], &(0..1)), (&[2, 3, 2], &(1..3)), 1),
            Some((0..1, 0..2))
        );
        // "b c" stands before "b" as well as "c b" after it.
        assert_eq!(
            beside((&[2, 3, 2], &(0..2)), (&[2, 9], &(1..2)), 1),
            Some((1..3, 1..2))
        );
        assert_eq!(beside((&[1, 2], &(0..1)), (&[2, 3], &(1..2)), 1), None);
    }

    #[test]
    fn confetti_becomes_one_replacement() {
        let before = "We think that the board is a good thing for the members of it.";
        let after = "In short the council, as such, is of use for all the people in it.";
        assert_eq!(shown(before, after).len(), 1);
    }

    #[test]
    fn a_word_between_two_changes_is_part_of_them() {
        let before = "The board must approve all grants above ten thousand euros in a year.";
        let after = "The board may approve any grants above ten thousand euros in a year.";
        assert_eq!(
            shown(before, after),
            [("must approve all".into(), "may approve any".into())]
        );
        let after = "The board, must approve all grants, above ten thousand euros in a year.";
        assert_eq!(shown(before, after).len(), 2);
    }

    #[test]
    fn a_replacement_leaves_the_start_and_the_end() {
        let before =
            "In every town the fund pays for books, chairs, heat and light, says the board.";
        let after =
            "In every town we give what a library needs, from tea to lamps, says the board.";
        let [(gone, new)] = &shown(before, after)[..] else {
            panic!("one change")
        };
        assert!(
            gone.starts_with("the fund") && new.ends_with("lamps"),
            "{gone} {new}"
        );
    }
}
