//! What is wanted of one unit: its wordings, and what they make together.

use std::cmp::Reverse;

use crate::diff::words::hunks;
use crate::merge::compose::compose;
use crate::merge::compose::side::{Sided, sides};
use crate::merge::{Origin, People, Who};
use crate::prose::unit::{Shared, Unit};

/// One wording of a unit and who wants it.
pub(super) struct Wording {
    pub(super) unit: Shared,
    pub(super) who: People,
    /// What each of them wrote; it differs from the unit only where the unit was composed.
    pub(super) written: Vec<(Who, Shared)>,
}

/// Versions of a table, each with all that the others want beside it, and who gets all that she wants by that.
pub(super) fn sided(now: &Unit, several: &[Wording]) -> Vec<(Vec<Shared>, People)> {
    let texts: Vec<&Shared> = several.iter().map(|wording| &wording.unit).collect();
    let of = |sided: Sided| {
        let who = sided.whole.iter().flat_map(|&at| several[at].who.clone());
        (vec![sided.unit], who.collect())
    };
    sides(now, &texts).into_iter().map(of).collect()
}

/// Of how many wordings it is tried whether they are what the others make together.
const WHOLES: usize = 4;

/// Several wordings of a sentence or table in one; where all of them together cannot be composed, one of the most changed
/// may be what the others make together. It need not be the most changed: words that stand twice can hide a change.
pub(super) fn agreed(now: &Unit, texts: &[&Shared]) -> Option<Shared> {
    let changed = |unit: &Shared| -> usize {
        let hunks = hunks(now, unit);
        hunks
            .iter()
            .map(|hunk| hunk.before.len() + hunk.after.len())
            .sum()
    };
    let is_whole = |whole: &Shared| {
        let parts: Vec<&Shared> = texts
            .iter()
            .copied()
            .filter(|text| *text != whole)
            .collect();
        compose(now, &parts).is_some_and(|unit| unit == *whole)
    };
    compose(now, texts).or_else(|| {
        let mut wholes = texts.to_vec();
        wholes.sort_by_cached_key(|text| Reverse((changed(text), text.id())));
        wholes.truncate(WHOLES);
        wholes.into_iter().find(|whole| is_whole(whole)).cloned()
    })
}

impl Wording {
    /// Whose it is: those who wrote it just so, or all whose words it is composed of.
    pub(super) fn origin(&self) -> Origin {
        let wrote = |written: &&(Who, Shared)| written.1 == self.unit;
        let by: People = self
            .written
            .iter()
            .filter(wrote)
            .map(|(who, _)| who.clone())
            .collect();
        if by.is_empty() {
            Origin::Composed(self.who.clone())
        } else {
            Origin::By(by)
        }
    }
}

pub(super) fn each(wordings: &[Wording]) -> impl Iterator<Item = (Who, Vec<Shared>)> {
    let written = wordings.iter().flat_map(|wording| &wording.written);
    written.map(|(who, unit)| (who.clone(), vec![unit.clone()]))
}
