//! Passages of an old text that the group and a draft have both rewritten: composed as if both were written on one text.
//!
//! **Invariant:** what is composed has the words of both; where that cannot be, the passage is none of these, and what the
//! draft made of it is carried over sentence by sentence.

use std::ops::Range;

use crate::prose::unit::Shared;

use super::{Intent, Replacement, Wish, wish};
use crate::merge::fold::overlapping;
use crate::merge::fold::region::{Reading, composed, version};

/// The passages, by their places in the old text and in the current one.
#[derive(Clone, Debug, Default)]
pub struct Passages(Vec<(Range<usize>, Range<usize>)>);

impl Passages {
    /// Composes what the group and a wish have both made of passages; `stayed` tells where each unit stands now.
    ///
    /// Also gives the passages as they are to be, of those in which that is not what they are.
    pub fn of(
        (old, current): (&[Shared], &[Shared]),
        stayed: &[Option<usize>],
        draft: &Wish,
    ) -> (Self, Vec<Replacement>) {
        let group = wish(old, current);
        let both = group.replaced.iter().chain(&draft.replaced);
        let (mut found, mut replaced) = (Self::default(), Vec::new());
        for region in overlapping(both.map(|one| one.range.clone()).collect()) {
            let mut all = [&group, draft].into_iter();
            if all.any(|wish| moves_within(wish, &region)) {
                continue;
            }
            let was = &old[region.clone()];
            let written = version(old, draft, &region, Reading::Written);
            let theirs = version(old, &group, &region, Reading::Written);
            let place = place(&region, &group, (stayed, current.len()));
            let changed = written != was && theirs != was;
            let Some(range) = place.filter(|now| changed && current[now.clone()] == theirs) else {
                continue;
            };
            let Some(units) = composed(was, &[theirs.clone(), written.clone()]) else {
                continue;
            };
            found.0.push((region, range.clone()));
            if units != theirs {
                replaced.push(Replacement {
                    range,
                    units,
                    written: Some(written),
                });
            }
        }
        (found, replaced)
    }

    /// Whether a unit of the old text stands in one.
    pub fn have(&self, at: usize) -> bool {
        self.0.iter().any(|(was, _)| was.contains(&at))
    }

    /// Whether a gap of the old text lies in the midst of one.
    pub fn surround(&self, gap: usize) -> bool {
        let within = |was: &Range<usize>| was.start < gap && gap < was.end;
        self.0.iter().any(|(was, _)| within(was))
    }

    /// A gap of the current text, outside the passages that a gap of the old text was outside of: a passage is written as a
    /// whole, and what would be added in its midst would be lost.
    pub fn beside(&self, old: usize, now: usize) -> usize {
        let beside = |now: usize, (was, is): &(Range<usize>, Range<usize>)| match old {
            old if old <= was.start => now.min(is.start),
            old if old >= was.end => now.max(is.end),
            _ => now,
        };
        self.0.iter().fold(now, beside)
    }
}

/// Whether a wish moves something out of a passage or into it.
fn moves_within(wish: &Wish, region: &Range<usize>) -> bool {
    let from = |intent: &Intent| matches!(intent, Intent::Move(_));
    let mut inserted = wish.inserted.range(region.start + 1..region.end);
    wish.intents[region.clone()].iter().any(from)
        || inserted.any(|(_, run)| run.iter().any(|item| item.from.is_some()))
}

/// Where a passage of the old text stands now.
fn place(
    region: &Range<usize>,
    group: &Wish,
    (stayed, length): (&[Option<usize>], usize),
) -> Option<Range<usize>> {
    let starts = |replaced: &Replacement| replaced.range.start == region.start;
    let ends = |replaced: &Replacement| replaced.range.end == region.end;
    let start = match region.start.checked_sub(1) {
        _ if !group.replaced.iter().any(starts) => stayed[region.start]?,
        Some(before) => stayed[before]? + 1,
        None => 0,
    };
    let end = match stayed.get(region.end) {
        _ if !group.replaced.iter().any(ends) => stayed[region.end - 1]? + 1,
        Some(after) => (*after)?,
        None => length,
    };
    (start < end).then_some(start..end)
}
