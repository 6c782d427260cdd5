//! What one draft wants of its base.
//!
//! **Invariant:** a wish is a function of base and draft alone; its intents are as many as the base has units; carried
//! out alone it turns the base into the draft.

pub mod base;
mod passages;
pub mod rebase;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diff::adhesion::halves;
use crate::diff::moves::moves;
use crate::prose::unit::Shared;

use crate::merge::compose::table::paired;

/// What a draft wants of one unit of its base.
#[derive(Clone, Debug)]
pub enum Intent {
    /// Nothing.
    Keep,
    /// Another wording, or another kind of mark.
    Edit(Edit),
    /// That it goes.
    Delete,
    /// That it stands elsewhere, perhaps in another wording.
    Move(Option<Shared>),
    /// It lies in a passage that is rewritten as a whole.
    Replaced,
}

/// Another wording.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The unit as it should be.
    pub unit: Shared,
    /// What was written, if the unit was composed of it and the group's changes on the way from an old base.
    pub written: Option<Shared>,
}

impl Edit {
    /// An edit that is carried out as it was written.
    pub fn verbatim(unit: Shared) -> Self {
        Self {
            unit,
            written: None,
        }
    }
}

/// A unit that is to be inserted.
#[derive(Clone, Debug)]
pub struct Item {
    /// The unit.
    pub unit: Shared,
    /// The base unit that it was, if it moved here.
    pub from: Option<usize>,
}

/// A passage that is rewritten beyond recognition.
#[derive(Clone, Debug)]
pub struct Replacement {
    /// Base units; never empty.
    pub range: Range<usize>,
    /// What should stand there.
    pub units: Vec<Shared>,
    /// What was written, if the units were composed of it and the group's changes on the way from an old base.
    pub written: Option<Vec<Shared>>,
}

/// A wish about something that has meanwhile changed, or that has no base.
#[derive(Clone, Debug)]
pub struct Late {
    /// Units of the current text; empty for a place between two.
    pub range: Range<usize>,
    /// What should stand there.
    pub proposed: Vec<Shared>,
    /// What stood there when the wish was made.
    pub was: Vec<Shared>,
}

/// What one draft wants.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// One per base unit.
    pub intents: Vec<Intent>,
    /// Runs of new and moved units, by the base unit before which they are to stand.
    pub inserted: BTreeMap<usize, Vec<Item>>,
    /// Rewritten passages, in order.
    pub replaced: Vec<Replacement>,
    /// Late proposals, in order.
    pub late: Vec<Late>,
    /// Units that are to read as they do but to be written otherwise, by base unit.
    pub surface: BTreeMap<usize, Shared>,
    /// The places of additions that followed a passage which the group has taken out since.
    pub orphaned: BTreeSet<usize>,
}

/// What tells the things apart that one draft wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClaimId {
    /// The identity of the passage that is wished for; of a deletion, of the passage that is to go.
    pub passage: u64,
    /// Whether the wish is to delete it.
    pub deletes: bool,
}

impl Wish {
    /// A wish for nothing.
    pub fn silent(units: usize) -> Self {
        Self {
            intents: vec![Intent::Keep; units],
            ..Self::default()
        }
    }

    /// Notes that a unit is to be written otherwise, if it reads as it did.
    fn restyle(&mut self, at: usize, base: Option<&Shared>, draft: Option<&Shared>) {
        let pair = base.zip(draft).filter(|(base, draft)| base == draft);
        if let Some((_, draft)) = pair.filter(|(base, draft)| !base.looks_like(draft)) {
            self.surface.insert(at, draft.clone());
        }
    }

    /// How a unit of the base is wanted, wherever; nothing if it is to go.
    pub fn wanted<'a>(&'a self, at: usize, base: &'a Shared) -> Option<&'a Shared> {
        match &self.intents[at] {
            Intent::Keep | Intent::Move(None) => Some(base),
            Intent::Edit(edit) => Some(&edit.unit),
            Intent::Move(Some(unit)) => Some(unit),
            Intent::Delete | Intent::Replaced => None,
        }
    }

    /// Whether it wants nothing.
    pub fn is_silent(&self) -> bool {
        self.intents
            .iter()
            .all(|intent| matches!(intent, Intent::Keep))
            && self.inserted.is_empty()
            && self.replaced.is_empty()
            && self.late.is_empty()
            && self.surface.is_empty()
    }
}

/// Finds what a draft wants of its base.
pub fn wish(base: &[Shared], draft: &[Shared]) -> Wish {
    let mut pairs = paired(base, draft);
    // The two parts of a sentence that was divided or joined become one rewritten passage; neither of them moved.
    let halves = halves(base, draft, &pairs);
    let moved = moves(base, draft, &pairs);
    pairs.retain(|pair| !halves.contains(pair));
    let mut wish = Wish::silent(base.len());
    let (mut i, mut j) = (0, 0);
    for (x, y) in pairs.into_iter().chain([(base.len(), draft.len())]) {
        stretch(&mut wish, (base, i..x), (draft, j..y), &moved);
        if x < base.len() && base[x] != draft[y] {
            wish.intents[x] = Intent::Edit(Edit::verbatim(draft[y].clone()));
        }
        wish.restyle(x, base.get(x), draft.get(y));
        (i, j) = (x + 1, y + 1);
    }
    for (from, to) in moved {
        wish.restyle(from, base.get(from), draft.get(to));
    }
    wish
}

/// New units, each with the base unit that it was if it moved here.
fn items(draft: &[Shared], new: Range<usize>, moved: &[(usize, usize)]) -> Vec<Item> {
    let item = |at: usize| {
        let from = moved.iter().find(|&&(_, to)| to == at);
        Item {
            unit: draft[at].clone(),
            from: from.map(|&(from, _)| from),
        }
    };
    new.map(item).collect()
}

/// What lies between two pairs: deleted, inserted, moved, or rewritten as a whole.
fn stretch(
    wish: &mut Wish,
    (base, gone): (&[Shared], Range<usize>),
    (draft, new): (&[Shared], Range<usize>),
    moved: &[(usize, usize)],
) {
    let items = items(draft, new, moved);
    let went = |at: usize| {
        moved
            .iter()
            .find(|&&(from, _)| from == at)
            .map(|&(_, to)| to)
    };
    let still =
        items.iter().all(|item| item.from.is_none()) && gone.clone().all(|at| went(at).is_none());
    let rewritten =
        gone.clone().any(|at| !base[at].is_mark()) && items.iter().any(|item| !item.unit.is_mark());
    if still && rewritten {
        wish.intents[gone.clone()].fill(Intent::Replaced);
        let units = items.into_iter().map(|item| item.unit).collect();
        wish.replaced.push(Replacement {
            range: gone,
            units,
            written: None,
        });
        return;
    }
    for at in gone.clone() {
        wish.intents[at] = match went(at) {
            Some(to) => Intent::Move((draft[to] != base[at]).then(|| draft[to].clone())),
            None => Intent::Delete,
        };
    }
    if !items.is_empty() {
        wish.inserted.insert(gone.start, items);
    }
}

/// Takes some claims out of a wish.
pub fn without(mut wish: Wish, base: &[Shared], claims: &BTreeSet<ClaimId>) -> Wish {
    let claimed = |unit: &Shared, deletes| {
        claims.contains(&ClaimId {
            passage: unit.id(),
            deletes,
        })
    };
    let wanted = |unit: &Shared| claimed(unit, false);
    let all = |units: &[Shared]| units.iter().filter(|unit| !unit.is_mark()).all(wanted);
    let before = wish.intents.clone();
    let mut unmoved = BTreeSet::new();
    for (at, (intent, unit)) in wish.intents.iter_mut().zip(base).enumerate() {
        let silent = match intent {
            Intent::Edit(edit) => wanted(&edit.unit),
            Intent::Delete => claimed(unit, true),
            Intent::Move(edited) => wanted(edited.as_ref().unwrap_or(unit)) && unmoved.insert(at),
            Intent::Keep | Intent::Replaced => false,
        };
        if silent {
            *intent = Intent::Keep;
        }
    }
    for replacement in std::mem::take(&mut wish.replaced) {
        if all(&replacement.units) {
            wish.intents[replacement.range].fill(Intent::Keep);
        } else {
            wish.replaced.push(replacement);
        }
    }
    unmove(&mut wish, base, unmoved);
    uninsert(&mut wish, wanted);
    keep_marks(&mut wish, &before, base);
    wish
}

/// Takes back the insertion of some units, and of marks that nothing follows any more.
fn uninsert(wish: &mut Wish, unwanted: impl Fn(&Shared) -> bool) {
    for run in wish.inserted.values_mut() {
        let length = run.len();
        run.retain(|item| item.from.is_some() || !unwanted(&item.unit));
        let bare = |item: &Item| item.from.is_none() && item.unit.is_mark();
        if run.len() < length && run.iter().all(bare) {
            run.clear();
        }
    }
    wish.inserted.retain(|_, run| !run.is_empty());
}

/// Takes back the moves of some units, and of the marks before them.
fn unmove(wish: &mut Wish, base: &[Shared], mut unmoved: BTreeSet<usize>) {
    let marks = unmoved
        .iter()
        .filter_map(|at| at.checked_sub(1))
        .filter(|&at| base[at].is_mark());
    for mark in marks.collect::<Vec<_>>() {
        if matches!(wish.intents[mark], Intent::Move(_)) {
            wish.intents[mark] = Intent::Keep;
            unmoved.insert(mark);
        }
    }
    for run in wish.inserted.values_mut() {
        run.retain(|item| item.from.is_none_or(|from| !unmoved.contains(&from)));
    }
}

/// A mark that was deleted along with its whole block stays when a sentence of the block stays after all.
fn keep_marks(wish: &mut Wish, before: &[Intent], base: &[Shared]) {
    let stays = |intent: &Intent| matches!(intent, Intent::Keep | Intent::Edit(_));
    for mark in 0..base.len() {
        if !base[mark].is_mark() || !matches!(before[mark], Intent::Delete) {
            continue;
        }
        let end = (mark + 1..base.len())
            .find(|&at| !base[at].is_sentence())
            .unwrap_or(base.len());
        let block = mark + 1..end;
        if !before[block.clone()].iter().any(stays) && wish.intents[block].iter().any(stays) {
            wish.intents[mark] = Intent::Keep;
        }
    }
}
