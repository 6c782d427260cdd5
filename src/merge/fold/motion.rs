//! Which moves are carried out.
//!
//! A unit moves if everybody who moves it means the same place in the same run of units, and nobody deletes or rewrites
//! it; otherwise it stays, with its edits, and a note says so. Units that move side by side move together or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::prose::unit::Shared;

use crate::merge::policy::Policy;
use crate::merge::wish::{Edit, Intent, Item, Wish};
use crate::merge::{Note, NoteKind, People, Who};

/// What became of the wishes to move.
#[derive(Debug, Default)]
pub struct Motion {
    /// Units that moved away from where they stood.
    pub away: BTreeSet<usize>,
    /// Who wanted to keep a unit, elsewhere, that others delete.
    pub kept_by: BTreeMap<usize, People>,
    /// What a reader should know.
    pub notes: Vec<Note>,
}

/// A gap, and what tells the run that is put there from others.
type Place = (usize, Vec<(u64, Option<usize>)>);

/// Decides about moves and takes those that are not carried out, out of the wishes.
pub fn settle(
    policy: &Policy,
    units: &[Shared],
    wishes: &mut [(Who, Wish)],
    regions: &[Range<usize>],
) -> Motion {
    let (places, movers) = asked(wishes);
    let opposed = opposed(&places, units, wishes, regions);
    let opposed = together(wishes, opposed);
    let few = movers.iter().filter(|(_, who)| !policy.accepts(who));
    let dropped = &opposed | &few.map(|(from, _)| *from).collect();
    let dropped = together(wishes, dropped);
    let mut motion = Motion::default();
    let held = dropped.iter().filter(|from| deleted(wishes, **from));
    let held = held.map(|from| (*from, movers[from].clone()));
    motion.kept_by = held.collect();
    let seen = dropped.iter().filter(|from| !units[**from].is_mark());
    let told = seen.map(|from| Note {
        kind: match opposed.get(from) {
            Some(_) => NoteKind::MoveDropped,
            None => NoteKind::MoveProposed,
        },
        passage: units[*from].text().to_owned(),
        who: movers[from].clone(),
    });
    motion.notes = told.collect();
    wishes.iter_mut().for_each(|(_, wish)| stay(wish, &dropped));
    motion.away = places
        .into_keys()
        .filter(|from| !dropped.contains(from))
        .collect();
    motion
}

/// The units that are to go to several places, or whose move others' wishes stand against.
fn opposed(
    places: &BTreeMap<usize, BTreeSet<Place>>,
    units: &[Shared],
    wishes: &[(Who, Wish)],
    regions: &[Range<usize>],
) -> BTreeSet<usize> {
    let within = |region: &Range<usize>, gap: usize| region.start < gap && gap < region.end;
    let inside = |gap: usize| regions.iter().any(|region| within(region, gap));
    let stands_against = |(from, places): &(&usize, &BTreeSet<Place>)| {
        places.len() > 1
            || places.iter().any(|(gap, _)| inside(*gap))
            || regions.iter().any(|region| region.contains(*from))
            || (!units[**from].is_mark() && deleted(wishes, **from))
    };
    let all = places.iter().filter(stands_against);
    all.map(|(from, _)| *from).collect()
}

/// Where each unit is to go, and who says so.
fn asked(wishes: &[(Who, Wish)]) -> (BTreeMap<usize, BTreeSet<Place>>, BTreeMap<usize, People>) {
    let mut places: BTreeMap<usize, BTreeSet<Place>> = BTreeMap::new();
    let mut movers: BTreeMap<usize, People> = BTreeMap::new();
    for (who, wish) in wishes {
        for (gap, run) in &wish.inserted {
            for from in run.iter().filter_map(|item| item.from) {
                places.entry(from).or_default().insert((*gap, key(run)));
                movers.entry(from).or_default().insert(who.clone());
            }
        }
    }
    (places, movers)
}

/// What tells runs of items apart.
pub fn key(run: &[Item]) -> Vec<(u64, Option<usize>)> {
    run.iter().map(|item| (item.unit.id(), item.from)).collect()
}

fn deleted(wishes: &[(Who, Wish)], at: usize) -> bool {
    wishes
        .iter()
        .any(|(_, wish)| matches!(wish.intents[at], Intent::Delete | Intent::Replaced))
}

/// What is dropped, and what moves side by side with it.
fn together(wishes: &[(Who, Wish)], mut dropped: BTreeSet<usize>) -> BTreeSet<usize> {
    let groups: Vec<Vec<usize>> = wishes
        .iter()
        .flat_map(|(_, wish)| wish.inserted.values())
        .flat_map(|run| run.split(|item| item.from.is_none()))
        .map(|group| group.iter().filter_map(|item| item.from).collect())
        .collect();
    loop {
        let before = dropped.len();
        for group in &groups {
            if group.iter().any(|at| dropped.contains(at)) {
                dropped.extend(group);
            }
        }
        if dropped.len() == before {
            return dropped;
        }
    }
}

/// Turns moves that are not carried out into edits in place.
fn stay(wish: &mut Wish, dropped: &BTreeSet<usize>) {
    for at in dropped {
        if let Intent::Move(edited) = &wish.intents[*at] {
            wish.intents[*at] = match edited {
                Some(unit) => Intent::Edit(Edit::verbatim(unit.clone())),
                None => Intent::Keep,
            };
        }
    }
    for run in wish.inserted.values_mut() {
        let before = run.len();
        run.retain(|item| item.from.is_none_or(|from| !dropped.contains(&from)));
        if run.len() < before && run.iter().all(|item| item.unit.is_mark()) {
            run.clear();
        }
    }
    wish.inserted.retain(|_, run| !run.is_empty());
}
