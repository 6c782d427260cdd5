//! Two texts as one, paragraph by paragraph, in which every word says whether it stayed, came or went.
//!
//! **Invariant:** the words kept and added, paragraph by paragraph, are those of the new text as a reader sees them; the
//! words kept and removed are those of the old one.

use crate::diff::seen::{Line, Run};
use crate::diff::{Change, compare, words};
use crate::prose::Prose;
use crate::prose::seen::Face;
use crate::prose::unit::{Kind, Mark, Unit};
use crate::release::redline::Sides;

use super::paragraph::{Begins, Paragraph, Side, is_in};
use super::story::{Changed, Lot, Words};

/// Two texts as one with changes.
pub(super) fn changed(before: &str, after: &str) -> Vec<Changed> {
    let (before, after) = (Prose::parse(before), Prose::parse(after));
    let mut teller = Teller {
        sides: Sides::of(&before, &after),
        ..Teller::default()
    };
    for change in compare(&before, &after) {
        teller.change(&change);
    }
    let paragraphs = teller.paragraphs;
    let wholes: Vec<Option<Lot>> = paragraphs.iter().map(Paragraph::whole).collect();
    let begins: Vec<Lot> = paragraphs.iter().map(|paragraph| paragraph.begin).collect();
    let end = |at: usize| {
        // A paragraph that is new or gone takes its own end with it; any other ends as the next of its kind begins.
        let next = || (at + 1..wholes.len()).find(|next| wholes[*next].is_none());
        wholes[at].unwrap_or_else(|| next().map_or(Lot::Kept, |next| begins[next]))
    };
    let paragraphs = paragraphs.into_iter().enumerate();
    paragraphs
        .map(|(at, paragraph)| paragraph.changed(end(at)))
        .collect()
}

/// Tells changes one after the other.
#[derive(Default)]
struct Teller {
    sides: Sides,
    paragraphs: Vec<Paragraph>,
    /// Whether the paragraph at hand has words already, in the old text and in the new one.
    begun: (bool, bool),
}

impl Teller {
    fn change(&mut self, change: &Change) {
        match change {
            Change::Added(unit) => self.unit(Lot::Added, unit),
            Change::Removed(unit) => self.unit(Lot::Removed, unit),
            Change::MovedAway(units) => {
                units
                    .iter()
                    .for_each(|unit| self.unit(Lot::MovedAway, unit));
            }
            Change::MovedHere(steps) => steps.iter().for_each(|step| self.arrival(step)),
            Change::Remarked { before, after } => {
                self.begin(Lot::Kept, (Some(before.clone()), Some(after.clone())));
            }
            Change::Kept(unit) if unit.is_mark() => self.unit(Lot::Kept, unit),
            Change::Kept(unit) => self.compared(change, (unit, unit)),
            Change::Retyped { before, after, .. } | Change::Edited { before, after, .. } => {
                self.compared(change, (before, after));
            }
            Change::Recut { before, after, .. } => {
                self.compared(change, (before.whole(), after.whole()));
            }
        }
    }

    /// What came along with a move, as it is now; as it was, it is told where it stood.
    fn arrival(&mut self, step: &Change) {
        match step {
            Change::Kept(unit)
            | Change::Added(unit)
            | Change::Retyped { after: unit, .. }
            | Change::Edited { after: unit, .. } => self.unit(Lot::MovedHere, unit),
            Change::Recut { after, .. } => self.unit(Lot::MovedHere, after.whole()),
            Change::Remarked { after, .. } => {
                self.begin(Lot::MovedHere, (Some(after.clone()), Some(after.clone())));
            }
            Change::MovedHere(steps) => steps.iter().for_each(|step| self.arrival(step)),
            Change::Removed(_) | Change::MovedAway(_) => {}
        }
    }

    /// A unit of which all has one lot.
    fn unit(&mut self, lot: Lot, unit: &Unit) {
        let known = if lot.is_gone() {
            words::Lot::Removed
        } else {
            words::Lot::Added
        };
        match unit.kind() {
            Kind::Mark(mark) => self.begin(lot, (Some(mark.clone()), Some(mark.clone()))),
            Kind::Opaque(_) => {
                for (_, runs) in self.sides.whole_lines(known, unit) {
                    self.begin(lot, (None, None));
                    runs.into_iter().for_each(|run| self.say(lot, run));
                }
            }
            Kind::Sentence => {
                self.blank(lot);
                let runs = self.sides.whole(known, unit);
                runs.into_iter().for_each(|run| self.say(lot, run));
            }
        }
    }

    /// Begins a paragraph, with its marks in the old text and in the new one.
    fn begin(&mut self, lot: Lot, (was, is): (Begins, Begins)) {
        let (old, new) = (is_in(lot, Side::Old), is_in(lot, Side::New));
        let other = |paragraph: &&mut Paragraph| {
            let here = |side| is_in(paragraph.begin, side) != is_in(lot, side);
            paragraph.text.is_empty() && here(Side::Old) && here(Side::New)
        };
        if let Some(paragraph) = self.paragraphs.last_mut().filter(other) {
            // One beginning went and another came: the paragraph is of another style.
            paragraph.begin = Lot::Kept;
            if new {
                paragraph.is = Some(is);
            } else {
                paragraph.was = Some(was);
            }
        } else {
            self.paragraphs.push(Paragraph {
                was: old.then_some(was),
                is: new.then_some(is),
                begin: lot,
                text: Vec::new(),
            });
        }
        self.begun.0 &= !old;
        self.begun.1 &= !new;
    }

    /// The blank before a sentence that is not the first of its paragraph.
    fn blank(&mut self, lot: Lot) {
        let old = is_in(lot, Side::Old) && self.begun.0;
        let new = is_in(lot, Side::New) && self.begun.1;
        let lot = match (old, new) {
            (false, false) => return,
            (true, true) => Lot::Kept,
            (true, false) if lot == Lot::Kept => Lot::Removed,
            (false, true) if lot == Lot::Kept => Lot::Added,
            _ => lot,
        };
        let blank = Run {
            lot: words::Lot::Kept,
            text: " ".to_owned(),
            face: Face::default(),
            was: None,
        };
        self.say(lot, blank);
    }

    fn say(&mut self, lot: Lot, run: Run) {
        self.begun.0 |= is_in(lot, Side::Old);
        self.begun.1 |= is_in(lot, Side::New);
        if run.text.is_empty() {
            return;
        }
        if self.paragraphs.is_empty() {
            let body = || Some(Mark::Paragraph);
            self.begin(Lot::Kept, (body(), body()));
        }
        let place = self
            .paragraphs
            .iter()
            .rposition(|paragraph| paragraph.takes(lot));
        let last = self.paragraphs.len() - 1;
        let paragraph = &mut self.paragraphs[place.unwrap_or(last)];
        let words = Words {
            lot,
            text: run.text,
            face: run.face,
            was: run.was,
        };
        paragraph.text.push(words);
    }

    /// Words of both texts. What is the same and leads elsewhere goes and comes, since no format tracks where words lead.
    fn run(&mut self, run: Run) {
        match (run.lot, &run.was) {
            (words::Lot::Removed, _) => self.say(Lot::Removed, run),
            (words::Lot::Added, _) => self.say(Lot::Added, run),
            (words::Lot::Kept, Some(was)) if was.link != run.face.link => {
                let before = Run {
                    face: was.clone(),
                    was: None,
                    ..run.clone()
                };
                self.say(Lot::Unlinked, before);
                self.say(Lot::Linked, Run { was: None, ..run });
            }
            (words::Lot::Kept, _) => self.say(Lot::Kept, run),
        }
    }

    /// A passage that stands in both texts.
    fn compared(&mut self, change: &Change, (before, after): (&Unit, &Unit)) {
        if before.is_sentence() && after.is_sentence() {
            self.blank(Lot::Kept);
            let runs = self.sides.runs(change, None);
            return runs.into_iter().for_each(|run| self.run(run));
        }
        for (lot, runs) in self.sides.lines(before, after) {
            self.line((lot, runs));
        }
    }

    fn line(&mut self, (lot, runs): Line) {
        let lot = match lot {
            words::Lot::Kept => Lot::Kept,
            words::Lot::Removed => Lot::Removed,
            words::Lot::Added => Lot::Added,
        };
        self.begin(lot, (None, None));
        runs.into_iter().for_each(|run| self.run(run));
    }
}
