//! What moved, told once for all that moved together.

use crate::diff::Change;
use crate::prose::unit::{Mark, Shared};

use super::{Kind, PassageChange, told};

/// What is told where passages stood that moved.
pub fn moved_away(units: &[Shared]) -> Option<PassageChange> {
    let moved = PassageChange::of(Kind::MovedAway);
    Some(match Company::of(units)? {
        Company {
            passages: 1,
            known_by,
            ..
        } => moved.before(&known_by),
        company => company.told(moved).before(&company.known_by),
    })
}

/// What is told where passages stand now that moved.
pub fn moved_here(steps: &[Change]) -> Option<PassageChange> {
    let units: Vec<Shared> = steps.iter().filter_map(arrived).collect();
    let company = Company::of(&units)?;
    let mut within = told(steps);
    let moved = PassageChange::of(Kind::MovedHere).after(&company.known_by);
    Some(match within.as_slice() {
        _ if company.passages > 1 => PassageChange {
            within,
            ..company.told(moved)
        },
        // A passage that moved alone shows its own words.
        [_] => PassageChange {
            change: Kind::MovedHere,
            ..within.remove(0)
        },
        _ => PassageChange { within, ..moved },
    })
}

/// Units that moved together, and what they are known by: their heading, or their first passage.
struct Company {
    passages: usize,
    known_by: Shared,
    has_heading: bool,
}

impl Company {
    fn of(units: &[Shared]) -> Option<Self> {
        let is_heading = |unit: &Shared| matches!(unit.as_mark(), Some(Mark::Heading(_)));
        let mut passages = units.iter().filter(|unit| !unit.is_mark());
        let heading = units.windows(2).find(|pair| is_heading(&pair[0]));
        let first = passages.next()?;
        Some(Self {
            passages: 1 + passages.count(),
            known_by: heading.map_or(first, |pair| &pair[1]).clone(),
            has_heading: heading.is_some(),
        })
    }

    fn told(&self, change: PassageChange) -> PassageChange {
        PassageChange {
            passages: Some(self.passages),
            block: self.has_heading.then(|| "section".to_owned()),
            ..change
        }
    }
}

/// The unit of a change that stands in the second text.
pub fn arrived(step: &Change) -> Option<Shared> {
    match step {
        Change::Kept(unit) | Change::Added(unit) => Some(unit.clone()),
        Change::Edited { after, .. } | Change::Retyped { after, .. } => Some(after.clone()),
        _ => None,
    }
}
