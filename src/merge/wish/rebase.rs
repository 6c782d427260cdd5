//! A wish carried from an old base to the current text.
//!
//! Untouched units stay silent, so nothing ever comes back that the group took out; what was meant for words that have
//! changed since is composed with the group's changes as if both were written on one text, or becomes a late proposal,
//! which shows what it was made on.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diff::moves::moves;
use crate::prose::unit::Shared;

use super::passages::Passages;
use super::{Edit, Intent, Item, Late, Replacement, Wish};
use crate::merge::compose::compose;
use crate::merge::compose::table::paired;

/// Carries a wish about an old text over to the current one.
pub fn rebase(old: &[Shared], current: &[Shared], wish: &Wish) -> Wish {
    let mut carrier = Carrier::new(old, current);
    carrier.passages(wish);
    debug_assert_eq!(wish.intents.len(), old.len());
    for (at, intent) in wish.intents.iter().enumerate() {
        carrier.intent(at, intent);
    }
    for (gap, run) in &wish.inserted {
        carrier.inserted(*gap, run, wish);
    }
    for replacement in &wish.replaced {
        carrier.replaced(replacement);
    }
    let late: Vec<Late> = wish
        .late
        .iter()
        .cloned()
        .map(|late| carrier.placed(late))
        .collect();
    carrier.out.late.extend(late);
    carrier.surface(wish);
    carrier.out
}

/// How often each passage stands in a text.
fn counted(units: &[Shared]) -> BTreeMap<u64, usize> {
    let mut counted = BTreeMap::new();
    for unit in units.iter().filter(|unit| !unit.is_mark()) {
        *counted.entry(unit.id()).or_default() += 1;
    }
    counted
}

struct Carrier<'a> {
    old: &'a [Shared],
    current: &'a [Shared],
    /// Where each old unit stands now, if it stayed in its place.
    stayed: Vec<Option<usize>>,
    /// Where each old unit stands now, moved or not.
    now: Vec<Option<usize>>,
    /// Identities that the group has added since, be it once more.
    added: BTreeSet<u64>,
    /// Passages in which the group's changes and the draft's are composed.
    composed: Passages,
    /// Marks of blocks that are gone, but are opened again for what was added to them.
    reopened: BTreeSet<usize>,
    out: Wish,
}

impl<'a> Carrier<'a> {
    fn new(old: &'a [Shared], current: &'a [Shared]) -> Self {
        let pairs = paired(old, current);
        let mut stayed = vec![None; old.len()];
        pairs.iter().for_each(|&(i, j)| stayed[i] = Some(j));
        let mut now = stayed.clone();
        moves(old, current, &pairs)
            .into_iter()
            .for_each(|(i, j)| now[i] = Some(j));
        let before = counted(old);
        let more = |(id, count): &(u64, usize)| before.get(id).is_none_or(|before| before < count);
        let added = counted(current)
            .into_iter()
            .filter(more)
            .map(|(id, _)| id)
            .collect();
        Self {
            old,
            current,
            stayed,
            now,
            added,
            composed: Passages::default(),
            reopened: BTreeSet::new(),
            out: Wish::silent(current.len()),
        }
    }

    /// Composes what the group and the draft have both made of a passage.
    fn passages(&mut self, wish: &Wish) {
        let (passages, replaced) = Passages::of((self.old, self.current), &self.stayed, wish);
        for replacement in replaced {
            self.out.intents[replacement.range.clone()].fill(Intent::Replaced);
            self.out.replaced.push(replacement);
        }
        self.composed = passages;
    }

    fn intent(&mut self, at: usize, intent: &Intent) {
        if self.composed.have(at) {
            return;
        }
        match (intent, self.now[at]) {
            (Intent::Keep | Intent::Replaced, _) => {}
            (Intent::Delete, Some(now)) if self.current[now] == self.old[at] => {
                self.out.intents[now] = Intent::Delete;
            }
            (Intent::Delete, Some(now)) if !self.old[at].is_mark() => {
                self.late(now..now + 1, Vec::new(), vec![self.old[at].clone()]);
            }
            (Intent::Delete, _) => {}
            (Intent::Edit(edit), _) => self.edit(at, edit),
            (Intent::Move(edited), Some(now)) if self.may_move(at, now, edited.as_ref()) => {
                let unit = edited.clone().filter(|unit| *unit != self.current[now]);
                self.out.intents[now] = Intent::Move(unit);
            }
            (Intent::Move(Some(edited)), _) => {
                self.edit(at, &Edit::verbatim(edited.clone()));
            }
            (Intent::Move(None), _) => {}
        }
    }

    /// Whether a move still makes sense: the group has neither moved the unit nor reworded what the mover reworded too.
    fn may_move(&self, at: usize, now: usize, edited: Option<&Shared>) -> bool {
        self.stayed[at].is_some() && (edited.is_none() || self.current[now] == self.old[at])
    }

    fn edit(&mut self, at: usize, edit: &Edit) {
        let was = &self.old[at];
        let Some(now) = self.now[at] else {
            if !was.is_mark() && !self.added.contains(&edit.unit.id()) {
                let gap = self.gap(at);
                self.late(gap..gap, vec![edit.unit.clone()], vec![was.clone()]);
            }
            return;
        };
        let current = self.current[now].clone();
        if current == edit.unit {
            return;
        }
        if current == *was {
            self.out.intents[now] = Intent::Edit(edit.clone());
            return;
        }
        if was.is_mark() || self.added.contains(&edit.unit.id()) {
            return;
        }
        match compose(was, &[&current, &edit.unit]) {
            Some(unit) if unit == current => {}
            Some(unit) => {
                let written = Some(edit.unit.clone());
                self.out.intents[now] = Intent::Edit(Edit { unit, written });
            }
            None => self.late(now..now + 1, vec![edit.unit.clone()], vec![was.clone()]),
        }
    }

    /// Another surface is wanted only of what is still written as it was.
    fn surface(&mut self, wish: &Wish) {
        for (&at, unit) in &wish.surface {
            let now = self.now[at].filter(|&now| self.current[now] == self.old[at]);
            if let Some(now) = now.filter(|&now| self.current[now].looks_like(&self.old[at])) {
                self.out.surface.insert(now, unit.clone());
            }
        }
    }

    fn inserted(&mut self, gap: usize, run: &[Item], wish: &Wish) {
        if self.composed.surround(gap) {
            return;
        }
        let mut items: Vec<Item> = run.iter().filter_map(|item| self.item(item)).collect();
        if items.iter().all(|item| item.unit.is_mark()) && items.len() < run.len() {
            return;
        }
        if items.is_empty() {
            return;
        }
        if let Some(mark) = self.reopened(gap, &items[0])
            && let Some(unit) = wish.wanted(mark, &self.old[mark])
        {
            let unit = unit.clone();
            items.insert(0, Item { unit, from: None });
        }
        let now = if self.is_before_change(gap) {
            self.gap(gap)
        } else {
            self.after_group(self.gap(gap), &items[0])
        };
        let orphaned = self.is_orphaned(gap, wish);
        let gap = self.composed.beside(gap, now);
        self.out.orphaned.extend(orphaned.then_some(gap));
        match self.out.inserted.get_mut(&gap) {
            Some(before) => before.append(&mut items),
            None => drop(self.out.inserted.insert(gap, items)),
        }
    }

    /// Whether the passage that an addition followed is gone, and not by the draft itself.
    fn is_orphaned(&self, gap: usize, wish: &Wish) -> bool {
        let left = (0..gap).rev().find(|&at| !self.old[at].is_mark());
        left.is_some_and(|at| {
            let kept = wish.wanted(at, &self.old[at]).is_some();
            kept && self.now[at].is_none() && !self.composed.have(at)
        })
    }

    /// An inserted item, unless the group has since inserted exactly this, or moved or removed what moved here.
    fn item(&self, item: &Item) -> Option<Item> {
        match item.from {
            Some(from) => {
                let now = self.stayed[from]?;
                let Intent::Move(edited) = &self.out.intents[now] else {
                    return None;
                };
                let unit = edited.clone().unwrap_or_else(|| self.current[now].clone());
                Some(Item {
                    unit,
                    from: Some(now),
                })
            }
            None if self.added.contains(&item.unit.id()) => None,
            None => Some(item.clone()),
        }
    }

    fn replaced(&mut self, replacement: &Replacement) {
        let range = replacement.range.clone();
        if self.composed.have(range.start) {
            return;
        }
        let adopted = |unit: &Shared| unit.is_mark() || self.added.contains(&unit.id());
        if replacement.units.iter().all(adopted) {
            return;
        }
        let was = self.old[range.clone()].to_vec();
        let now: Vec<usize> = range.clone().filter_map(|at| self.stayed[at]).collect();
        let untouched = now.len() == range.len()
            && now.windows(2).all(|pair| pair[0] + 1 == pair[1])
            && now
                .iter()
                .zip(&was)
                .all(|(&at, was)| self.current[at] == *was);
        match (now.first(), now.last()) {
            (Some(&first), Some(&last)) if untouched => {
                let range = first..last + 1;
                self.out.intents[range.clone()].fill(Intent::Replaced);
                self.out.replaced.push(Replacement {
                    range,
                    units: replacement.units.clone(),
                    written: None,
                });
            }
            (Some(&first), Some(&last)) => self.partly(replacement, first..last + 1),
            _ => {
                let gap = self.gap(range.start);
                self.late(gap..gap, replacement.units.clone(), was);
            }
        }
    }

    /// A rewritten passage that was changed since: a late proposal for what stands there now. What the group has moved
    /// into its midst is no part of it: the sentences after that go, and what they leave of their blocks does not run
    /// into what was moved there.
    fn partly(&mut self, replacement: &Replacement, now: Range<usize>) {
        let passage = replacement.range.clone();
        let moved_in = |now: &usize| self.comes_from_outside(*now, &passage);
        let end = now.clone().find(moved_in).unwrap_or(now.end);
        let was = self.old[passage.clone()].to_vec();
        self.late(now.start..end, replacement.units.clone(), was);
        for at in passage {
            if !self.old[at].is_mark() && self.stayed[at].is_some_and(|now| now >= end) {
                self.intent(at, &Intent::Delete);
            }
        }
    }

    /// Whether a unit of the current text was elsewhere than in a passage of the old one.
    fn comes_from_outside(&self, now: usize, passage: &Range<usize>) -> bool {
        let from = self.now.iter().position(|&place| place == Some(now));
        from.is_some_and(|from| !passage.contains(&from))
    }

    fn placed(&self, late: Late) -> Late {
        let gap = self.gap(late.range.start);
        let end = late.range.end.checked_sub(1).and_then(|at| self.stayed[at]);
        let range = match (self.stayed.get(late.range.start).copied().flatten(), end) {
            (Some(start), Some(end)) if start <= end => start..end + 1,
            _ => gap..gap,
        };
        Late { range, ..late }
    }

    fn late(&mut self, range: Range<usize>, proposed: Vec<Shared>, was: Vec<Shared>) {
        self.out.late.push(Late {
            range,
            proposed,
            was,
        });
    }

    /// The place now of a gap of the old text: after the nearest unit on the left that stayed.
    fn gap(&self, old: usize) -> usize {
        self.stayed[..old]
            .iter()
            .rev()
            .flatten()
            .next()
            .map_or(0, |now| now + 1)
    }

    /// The mark of the block that a sentence was added to, if the group has since taken out all of that block: what was
    /// added does not belong to the block before it.
    fn reopened(&mut self, gap: usize, first: &Item) -> Option<usize> {
        let sentence = |at: &usize| self.old[*at].is_sentence();
        let mark = (0..gap).rev().find(|at| !sentence(at))?;
        let end = mark + 1 + (mark + 1..self.old.len()).take_while(sentence).count();
        let fits = first.unit.is_sentence()
            && self.old[mark].is_mark()
            && self.now[mark..end].iter().all(Option::is_none);
        (fits && self.reopened.insert(mark)).then_some(mark)
    }

    /// Whether what follows a gap of the old text is gone and what stands before it is not: what the group has put there
    /// took the place of what followed.
    fn is_before_change(&self, old: usize) -> bool {
        let stayed = |at: usize| self.stayed.get(at).is_none_or(Option::is_some);
        old.checked_sub(1).is_none_or(stayed) && !stayed(old)
    }

    /// The same place after what the group has inserted there, but not past a mark for what belongs to the paragraph.
    fn after_group(&self, gap: usize, first: &Item) -> usize {
        let ours = |at: &usize| !self.stayed.contains(&Some(*at));
        let is_block = !first.unit.is_sentence();
        (gap..self.current.len())
            .take_while(|at| ours(at) && (is_block || !self.current[*at].is_mark()))
            .last()
            .map_or(gap, |at| at + 1)
    }
}
