//! The fold of all wishes over the current text.

pub(super) mod footnote;
pub(super) mod gap;
pub(super) mod motion;
pub(super) mod region;
mod run;
pub(super) mod surface;
mod wording;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::prose::unit::Shared;

use crate::merge::choice::{Choice, ChoiceKind, distinguish};
use crate::merge::policy::{Policy, Words};
use crate::merge::wish::{Intent, Wish};
use crate::merge::{Merge, Note, NoteKind, Origin, Part, People, Who};
use motion::{Motion, settle};
use wording::{Wording, agreed, each, sided};

/// Folds wishes about the current text, in any order.
pub fn fold(policy: &Policy, units: &[Shared], mut wishes: Vec<(Who, Wish)>) -> Merge {
    wishes.sort_by(|a, b| a.0.cmp(&b.0));
    let regions = regions(&wishes);
    let mut motion = settle(policy, units, &mut wishes, &regions);
    let surface = surface::settle(units, &wishes, &regions);
    motion.notes.extend(surface.notes);
    let mut fold = Fold {
        policy,
        units,
        wishes,
        motion,
        surface: surface.taken,
        parts: Vec::new(),
        notes: Vec::new(),
    };
    fold.notes = std::mem::take(&mut fold.motion.notes);
    let mut regions = regions.into_iter().peekable();
    let mut at = 0;
    while at <= units.len() {
        fold.gap(at);
        if let Some(region) = regions.next_if(|region| region.start == at) {
            fold.region(&region);
            (at + 1..region.end).for_each(|gap| fold.late_gap(gap));
            at = region.end;
            continue;
        }
        if at < units.len() && !fold.motion.away.contains(&at) {
            fold.unit(at);
        }
        at += 1;
    }
    fold.finish()
}

/// Passages that somebody rewrites as a whole, overlapping ones as one.
fn regions(wishes: &[(Who, Wish)]) -> Vec<Range<usize>> {
    let all = wishes.iter().flat_map(|(_, wish)| {
        let replaced = wish
            .replaced
            .iter()
            .map(|replacement| replacement.range.clone());
        replaced.chain(wish.late.iter().map(|late| late.range.clone()))
    });
    overlapping(all.filter(|range| !range.is_empty()).collect())
}

/// Ranges in order, overlapping ones as one.
pub(super) fn overlapping(mut all: Vec<Range<usize>>) -> Vec<Range<usize>> {
    all.sort_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in all {
        match out.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

/// The state of a fold.
pub(super) struct Fold<'a> {
    pub(super) policy: &'a Policy,
    pub(super) units: &'a [Shared],
    /// By name.
    pub(super) wishes: Vec<(Who, Wish)>,
    pub(super) motion: Motion,
    surface: BTreeMap<usize, (Shared, People)>,
    pub(super) parts: Vec<Part>,
    pub(super) notes: Vec<Note>,
}

impl Fold<'_> {
    pub(super) fn put(&mut self, unit: Shared, origin: Origin) {
        self.parts.push(Part::Unit(unit, origin));
    }

    pub(super) fn choose(&mut self, choice: Option<Choice>) {
        self.parts.extend(choice.map(Part::Choice));
    }

    pub(super) fn note(&mut self, kind: NoteKind, passage: String, who: People) {
        self.notes.push(Note { kind, passage, who });
    }

    /// One unit, at its place or where it moved.
    pub(super) fn unit(&mut self, at: usize) {
        if self.units[at].is_mark() {
            return self.mark(at);
        }
        let now = self.units[at].clone();
        let (wordings, deleters) = self.wanted(at);
        let kept = self.motion.kept_by.get(&at).cloned().unwrap_or_default();
        if !deleters.is_empty() && (!wordings.is_empty() || !kept.is_empty()) {
            let wanted = each(&wordings).chain(deleters.into_iter().map(|who| (who, Vec::new())));
            let choice = Choice::new(ChoiceKind::Deletion, &[now], wanted.collect());
            return self.choose(choice.map(|choice| choice.with_kept_by(kept)));
        }
        if !deleters.is_empty() {
            return self.delete(&now, deleters);
        }
        match wordings.as_slice() {
            [] => self.stands(at),
            [one] if !self.policy.accepts(&one.who) => self.propose(&[now], each(&wordings)),
            [one] => self.put(one.unit.clone(), one.origin()),
            several => self.several(now, several),
        }
    }

    /// A unit that reads as it did, perhaps with another surface.
    fn stands(&mut self, at: usize) {
        match self.surface.remove(&at) {
            Some((unit, who)) => self.put(unit, Origin::By(who)),
            None => self.put(self.units[at].clone(), Origin::Text),
        }
    }

    /// A deletion that nobody opposes.
    fn delete(&mut self, now: &Shared, deleters: People) {
        if self.policy.accepts(&deleters) {
            return self.note(NoteKind::Deleted, now.text().to_owned(), deleters);
        }
        let wanted = deleters.into_iter().map(|who| (who, Vec::new()));
        self.propose(std::slice::from_ref(now), wanted);
    }

    /// Several wordings of one sentence: composed, or a choice.
    fn several(&mut self, now: Shared, several: &[Wording]) {
        let texts: Vec<&Shared> = several.iter().map(|wording| &wording.unit).collect();
        let accepted = several
            .iter()
            .all(|wording| self.policy.accepts(&wording.who));
        let Some(unit) = agreed(&now, &texts).filter(|_| accepted) else {
            let wanted = each(several).collect();
            let choice = Choice::new(ChoiceKind::Wording, std::slice::from_ref(&now), wanted);
            let sides = if accepted {
                sided(&now, several)
            } else {
                Vec::new()
            };
            return self.choose(choice.map(|choice| choice.with_composed(sides)));
        };
        let everybody: People = several
            .iter()
            .flat_map(|wording| wording.who.clone())
            .collect();
        match several.iter().find(|wording| wording.unit == unit) {
            Some(own) => self.put(unit, own.origin()),
            None if self.policy.words == Words::Ask => {
                let choice = Choice::new(ChoiceKind::Wording, &[now], each(several).collect());
                self.choose(
                    choice.map(|choice| choice.with_composed(vec![(vec![unit], everybody)])),
                );
            }
            None => self.put(unit, Origin::Composed(everybody)),
        }
    }

    /// A change that nobody opposes and too few want.
    pub(super) fn propose(
        &mut self,
        now: &[Shared],
        wanted: impl Iterator<Item = (Who, Vec<Shared>)>,
    ) {
        let choice = Choice::new(ChoiceKind::Proposal, now, wanted.collect());
        self.choose(choice);
    }

    /// A mark: contested structure is never a choice.
    fn mark(&mut self, at: usize) {
        let now = self.units[at].clone();
        let (wordings, deleters) = self.wanted(at);
        let joiners = self.wishes.iter().filter(|(_, wish)| self.joins(wish, at));
        let joiners: People = joiners.map(|(who, _)| who.clone()).collect();
        match wordings.as_slice() {
            [] if joiners.is_empty() => self.stands(at),
            [] if self.policy.accepts(&joiners) => {}
            [] => self.stays(now, at, (NoteKind::StructureProposed, joiners)),
            [one] if deleters.is_empty() && self.policy.accepts(&one.who) => {
                self.put(one.unit.clone(), one.origin());
            }
            wordings => {
                let proposed = deleters.is_empty() && wordings.len() == 1;
                let kind = if proposed {
                    NoteKind::StructureProposed
                } else {
                    NoteKind::StructureContested
                };
                let who = wordings.iter().flat_map(|wording| wording.who.clone());
                self.stays(now, at, (kind, who.collect()));
            }
        }
    }

    /// A mark that stays although somebody wants another, with a note.
    fn stays(&mut self, mark: Shared, at: usize, (kind, who): (NoteKind, People)) {
        let passage = self.units.get(at + 1).map_or("", |unit| unit.text());
        self.note(kind, passage.to_owned(), who);
        self.put(mark, Origin::Text);
    }

    /// Whether a wish joins what follows a deleted mark to what stands before it; a mark that is deleted along with
    /// its whole block goes only if all of the block does. What moved away from in between is no part of either.
    fn joins(&self, wish: &Wish, mark: usize) -> bool {
        if !matches!(wish.intents.get(mark), Some(Intent::Delete)) {
            return false;
        }
        let late = |at: usize| wish.late.iter().any(|late| late.range.contains(&at));
        let stays =
            |at: usize| matches!(wish.intents[at], Intent::Keep | Intent::Edit(_)) && !late(at);
        let rest = (mark + 1..self.units.len()).filter(|at| !self.motion.away.contains(at));
        for at in rest {
            if self.units[at].is_mark() {
                return self.joins(wish, at);
            }
            if stays(at) {
                return self.units[at].is_sentence();
            }
        }
        false
    }

    fn wanted(&self, at: usize) -> (Vec<Wording>, People) {
        let mut wordings: BTreeMap<u64, Wording> = BTreeMap::new();
        let mut deleters = People::new();
        for (who, wish) in &self.wishes {
            let (unit, written) = match &wish.intents[at] {
                Intent::Edit(edit) => (&edit.unit, edit.written.as_ref().unwrap_or(&edit.unit)),
                Intent::Move(Some(unit)) => (unit, unit),
                Intent::Delete => {
                    deleters.insert(who.clone());
                    continue;
                }
                _ => continue,
            };
            let fresh = || Wording {
                unit: unit.clone(),
                who: People::new(),
                written: Vec::new(),
            };
            let wording = wordings.entry(unit.id()).or_insert_with(fresh);
            wording.who.insert(who.clone());
            wording.written.push((who.clone(), written.clone()));
            if unit.text() < wording.unit.text() {
                wording.unit = unit.clone();
            }
        }
        (wordings.into_values().collect(), deleters)
    }

    fn finish(mut self) -> Merge {
        self.notes.sort();
        self.notes.dedup();
        let choices = self.parts.iter_mut().filter_map(|part| match part {
            Part::Choice(choice) => Some(choice),
            Part::Unit(..) => None,
        });
        distinguish(choices.collect());
        let mut open = People::new();
        for part in &self.parts {
            if let Part::Choice(choice) = part {
                open.extend(choice.people());
            }
        }
        Merge {
            parts: self.parts,
            notes: self.notes,
            open,
            ..Merge::default()
        }
    }
}
