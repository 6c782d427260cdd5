//! Two texts laid out as one.

use crate::diff::seen::Run;
use crate::diff::{Change, compare};
use crate::prose::Prose;
use crate::prose::unit::{Kind, Mark, Shared};

use super::runs::Sides;
use super::{Block, Class, Lot, Motion, Passage, Shape, class};

/// Lays two texts out as one.
pub fn blocks(before: &Prose, after: &Prose) -> Vec<Block> {
    let changes = compare(before, after);
    let mut writer = Writer {
        moved: moved(&changes),
        sides: Sides::of(before, after),
        ..Writer::default()
    };
    writer.all(&changes, None);
    writer.out.retain(|block| {
        block
            .passages
            .iter()
            .any(|passage| !passage.runs.is_empty())
    });
    writer.out
}

/// The first unit of each run that moved, as it was: runs are numbered in the order of the second text.
fn moved(changes: &[Change]) -> Vec<Shared> {
    let first = |change: &Change| match change {
        Change::MovedHere(steps) => steps.iter().find_map(class::was),
        _ => None,
    };
    changes.iter().filter_map(first).collect()
}

#[derive(Default)]
struct Writer {
    out: Vec<Block>,
    moved: Vec<Shared>,
    sides: Sides,
    /// The block that the next passage begins.
    next: Option<Shape>,
    /// What that block was, if it was of another kind.
    was: Option<Mark>,
}

impl Writer {
    fn all(&mut self, changes: &[Change], here: Option<Motion>) {
        for (at, change) in changes.iter().enumerate() {
            match change {
                Change::Remarked { before, after } => {
                    self.next = Some(Shape::Text(after.clone()));
                    self.was = Some(before.clone()).filter(|_| here.is_none());
                }
                Change::Kept(unit) | Change::Added(unit) if unit.is_mark() => self.begin(unit),
                Change::Removed(unit) if unit.is_mark() => {
                    // A mark that went alone joined two blocks; one that went with its passages was a block.
                    if matches!(changes.get(at + 1), Some(Change::Removed(_))) {
                        self.begin(unit);
                    }
                }
                Change::MovedAway(units) => self.away(units),
                Change::MovedHere(steps) => {
                    let first = steps.iter().find_map(class::was);
                    let number = first.and_then(|first| self.number(&first));
                    self.all(steps, number.map(Motion::Here));
                }
                change => self.passage(change, here),
            }
        }
    }

    fn begin(&mut self, mark: &Shared) {
        self.next = mark.as_mark().cloned().map(Shape::Text);
        self.was = None;
    }

    fn number(&self, first: &Shared) -> Option<usize> {
        self.moved
            .iter()
            .position(|unit| unit == first)
            .map(|at| at + 1)
    }

    fn away(&mut self, units: &[Shared]) {
        let number = units.first().and_then(|first| self.number(first));
        for unit in units {
            if unit.is_mark() {
                self.begin(unit);
                continue;
            }
            self.push(
                unit,
                Passage {
                    class: Some(Class::Moved),
                    motion: Some(Motion::Away(number.unwrap_or_default())),
                    runs: self.sides.whole(Lot::Removed, unit),
                },
            );
        }
    }

    fn passage(&mut self, change: &Change, motion: Option<Motion>) {
        let Some(unit) = class::is(change).or_else(|| class::was(change)) else {
            return;
        };
        let runs = self.sides.runs(change, motion);
        let class = class::of(change).filter(|_| !stays(&runs));
        let class = class.or_else(|| match motion {
            Some(_) => Some(Class::Moved),
            None => marking(change, &runs),
        });
        let passage = Passage {
            class,
            motion,
            runs,
        };
        self.push(&unit, passage);
    }

    fn push(&mut self, unit: &Shared, passage: Passage) {
        let lines = match unit.kind() {
            Kind::Opaque(opaque) => Some(Shape::Lines(*opaque)),
            _ => None,
        };
        let begun = self.next.take();
        match (lines.or(begun), self.out.last_mut()) {
            (None, Some(block)) => block.passages.push(passage),
            (shape, _) => self.out.push(Block {
                shape: shape.unwrap_or(Shape::Text(Mark::Paragraph)),
                was: self.was.take(),
                passages: vec![passage],
            }),
        }
    }
}

/// Whether no word came or went.
fn stays(runs: &[Run]) -> bool {
    runs.iter().all(|run| run.lot == Lot::Kept)
}

/// Words that all stay may be set otherwise; what differs in signs that nobody sees is told as that too.
fn marking(change: &Change, runs: &[Run]) -> Option<Class> {
    let otherwise = runs.iter().any(|run| run.was.is_some());
    (otherwise || (class::of(change).is_some() && stays(runs))).then_some(Class::Marking)
}
