//! The words of a change as readers see them, each with its lot.

use crate::diff::Change;
use crate::diff::seen::{Line, Run, lines, runs, whole};
use crate::diff::words::Lot;
use crate::prose::Prose;
use crate::prose::seen::{Face, Known, Seen};
use crate::prose::unit::Unit;

use super::Motion;

/// What the sentences of the two texts refer to.
#[derive(Debug, Default)]
pub struct Sides {
    before: Known,
    after: Known,
}

impl Sides {
    /// Finds what two texts define.
    pub fn of(before: &Prose, after: &Prose) -> Self {
        Self {
            before: Known::of(before),
            after: Known::of(after),
        }
    }

    /// A whole passage that stands in one of the texts.
    pub fn whole(&self, lot: Lot, unit: &Unit) -> Vec<Run> {
        let known = match lot {
            Lot::Removed => &self.before,
            Lot::Kept | Lot::Added => &self.after,
        };
        match unit.is_sentence() {
            true => whole(lot, &Seen::of(unit.text(), known)),
            false => ended(self.whole_lines(lot, unit).into_iter()),
        }
    }

    /// The lines of a whole block that keeps them.
    pub fn whole_lines(&self, lot: Lot, unit: &Unit) -> Vec<Line> {
        let known = match lot {
            Lot::Removed => &self.before,
            Lot::Kept | Lot::Added => &self.after,
        };
        let lines = Seen::lines(unit, known);
        lines.iter().map(|line| (lot, whole(lot, line))).collect()
    }

    /// The words of a change; what moved here is new in its place.
    pub fn runs(&self, change: &Change, motion: Option<Motion>) -> Vec<Run> {
        let runs = match change {
            Change::Kept(unit) => self.compared(unit, unit),
            Change::Added(unit) => self.whole(Lot::Added, unit),
            Change::Removed(unit) => self.whole(Lot::Removed, unit),
            Change::Retyped { before, after, .. } | Change::Edited { before, after, .. } => {
                self.compared(before, after)
            }
            Change::Recut { before, after, .. } => self.compared(before.whole(), after.whole()),
            Change::MovedAway(_) | Change::MovedHere(_) | Change::Remarked { .. } => Vec::new(),
        };
        match motion {
            Some(_) => runs.into_iter().map(arrived).collect(),
            None => runs,
        }
    }

    /// The lines of a block that keeps them, or of two.
    pub fn lines(&self, before: &Unit, after: &Unit) -> Vec<Line> {
        let old = Seen::lines(before, &self.before);
        lines(&old, &Seen::lines(after, &self.after))
    }

    fn compared(&self, before: &Unit, after: &Unit) -> Vec<Run> {
        if !(before.is_sentence() && after.is_sentence()) {
            return ended(self.lines(before, after).into_iter());
        }
        let old = Seen::of(before.text(), &self.before);
        runs(&old, &Seen::of(after.text(), &self.after))
    }
}

/// Lines, each with its end.
fn ended(lines: impl Iterator<Item = (Lot, Vec<Run>)>) -> Vec<Run> {
    let end = |lot| Run {
        lot,
        text: "\n".to_owned(),
        face: Face::default(),
        was: None,
    };
    lines
        .flat_map(|(lot, runs)| runs.into_iter().chain([end(lot)]))
        .collect()
}

fn arrived(run: Run) -> Run {
    match run.lot {
        Lot::Kept => Run {
            lot: Lot::Added,
            was: None,
            ..run
        },
        _ => run,
    }
}
