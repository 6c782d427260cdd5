//! Runs of units that people would add at one place, and which of them belong together.

use std::collections::BTreeMap;

use crate::diff::align::LIKE;
use crate::merge::People;
use crate::merge::choice::spelled;
use crate::merge::wish::Item;
use crate::prose::token::folded;
use crate::prose::unit::{Mark, Shared};

/// Units that the same people would add at one place.
#[derive(Clone, Debug)]
pub struct Run {
    /// The units, in order.
    pub items: Vec<Item>,
    /// What stood there when it was written, if it comes late.
    pub was: Vec<Shared>,
    /// Whether it was written on a text that has changed since.
    pub late: bool,
    /// Who would add it.
    pub who: People,
}

impl Run {
    /// The units without where they come from.
    pub fn units(&self) -> Vec<Shared> {
        self.items.iter().map(|item| item.unit.clone()).collect()
    }

    /// The words of all of it.
    pub fn text(&self) -> String {
        spelled(&self.units())
    }

    /// What decides the order of runs: their texts, but for typography.
    pub fn order(&self) -> String {
        folded(&self.text()).into_owned()
    }

    /// Whether it is but a mark, which divides a block.
    pub fn is_bare(&self) -> bool {
        matches!(self.items.as_slice(), [only] if only.from.is_none() && only.unit.is_mark())
    }

    /// Whether it may speak of what stands before it: new items of a list do not.
    pub fn follows(&self) -> bool {
        let item = matches!(self.items[0].unit.as_mark(), Some(Mark::Item { .. }));
        self.is_fresh() && !self.is_bare() && !item
    }

    /// The new items of an outermost list, one by one; nothing if it has anything else.
    pub fn entries(&self) -> Option<Vec<Self>> {
        let plain = |item: &Item| item.unit.is_sentence() || is_item(&item.unit);
        let items = self.is_fresh() && is_item(&self.items[0].unit) && self.items.iter().all(plain);
        let starts = self.items.chunk_by(|_, next| !next.unit.is_mark());
        let entry = |items: &[Item]| Self {
            items: items.to_vec(),
            ..self.clone()
        };
        items.then(|| starts.map(entry).collect())
    }

    /// Whether nothing of it stood elsewhere before.
    pub fn is_fresh(&self) -> bool {
        self.items.iter().all(|item| item.from.is_none())
    }

    fn resembles(&self, other: &Self) -> bool {
        fn passages(run: &Run) -> impl Iterator<Item = &Shared> {
            let units = run.items.iter().map(|item| &item.unit);
            units.filter(|unit| !unit.is_mark())
        }
        let like = |a: &Shared| passages(other).any(|b| a == b || a.is_like(b, LIKE));
        let was = !self.was.is_empty() && self.was == other.was;
        self.is_fresh() && other.is_fresh() && (was || passages(self).any(like))
    }
}

/// Whether a unit starts an item of an outermost list.
pub fn is_item(unit: &Shared) -> bool {
    matches!(unit.as_mark(), Some(Mark::Item { depth: 1, .. }))
}

/// Groups of runs that are connected by likeness, each in the order given.
pub fn components(runs: Vec<Run>) -> Vec<Vec<Run>> {
    // For each run, a run before it in the same group, or itself.
    let mut before: Vec<usize> = Vec::with_capacity(runs.len());
    for at in 0..runs.len() {
        before.push(at);
        for other in 0..at {
            let (first, second) = (head(&mut before, other), head(&mut before, at));
            if first != second && runs[at].resembles(&runs[other]) {
                before[first.max(second)] = first.min(second);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<Run>> = BTreeMap::new();
    for (at, run) in runs.into_iter().enumerate() {
        groups.entry(head(&mut before, at)).or_default().push(run);
    }
    let mut groups: Vec<Vec<Run>> = groups.into_values().collect();
    groups.sort_by_cached_key(|group| group.iter().map(Run::order).min());
    groups
}

/// The first run of the group of a run; the way to it is shorter afterwards.
fn head(before: &mut [usize], mut at: usize) -> usize {
    while before[at] != at {
        before[at] = before[before[at]];
        at = before[at];
    }
    at
}

/// Divides each of several runs into what belongs to the paragraph above and the blocks that follow.
pub fn parts(runs: Vec<Run>) -> Vec<Run> {
    runs.into_iter()
        .flat_map(|run| {
            let head = run
                .items
                .iter()
                .take_while(|item| item.unit.is_sentence())
                .count();
            let (head, tail) = run.items.split_at(head);
            let part = |items: &[Item]| Run {
                items: items.to_vec(),
                ..run.clone()
            };
            [part(head), part(tail)]
        })
        .filter(|run| !run.items.is_empty())
        .collect()
}
