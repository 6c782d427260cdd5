//! Two texts as one, paragraph by paragraph, in which every word says whether it stayed, came or went.
//!
//! **Invariant:** the words kept and added, paragraph by paragraph, are those of the new text as a reader sees them; the
//! words kept and removed are those of the old one.

use crate::diff::seen::{Line, Run};
use crate::diff::{Change, compare, words};
use crate::prose::Prose;
use crate::prose::seen::{Face, Reference};
use crate::prose::unit::{Kind, Mark, Unit};
use crate::release::redline::Sides;

use super::story::{Before, Changed, Lot, Style, Words};

/// What a paragraph begins with in one of the texts: a block's mark, or nothing if it is a line of a block.
type Begins = Option<Mark>;

/// A paragraph in the making.
struct Draft {
    /// What it begins with in the old text and in the new one; nothing where it does not begin there.
    was: Option<Begins>,
    is: Option<Begins>,
    /// What became of its beginning.
    begin: Lot,
    text: Vec<Words>,
}

impl Draft {
    /// Whether words can stand in it: it is passed over by words of one text if it is no part of that text.
    fn takes(&self, lot: Lot) -> bool {
        let is_part = |side| {
            let lots = self.text.iter().map(|words| words.lot);
            let mut lots = std::iter::once(self.begin).chain(lots);
            lots.any(|lot| is_in(lot, side))
        };
        let sides = [Side::Old, Side::New];
        lot == Lot::Kept
            || sides
                .into_iter()
                .any(|side| is_in(lot, side) && is_part(side))
    }

    /// Whether it is new or gone as a whole, and in what way.
    fn whole(&self) -> Option<Lot> {
        let same = |lot: Lot| is_in(lot, Side::Old) == is_in(self.begin, Side::Old);
        let whole = self.begin != Lot::Kept
            && self
                .text
                .iter()
                .all(|words| words.lot != Lot::Kept && same(words.lot));
        whole.then_some(self.begin)
    }

    fn changed(self, end: Lot) -> Changed {
        let style = self
            .is
            .as_ref()
            .or(self.was.as_ref())
            .map_or(Style::Body, style);
        let was = self.reshaped();
        let mut text = self.lead();
        text.extend(self.text);
        Changed {
            style,
            was,
            end,
            text,
        }
    }

    /// What it was, if it is of another kind.
    fn reshaped(&self) -> Option<Before> {
        let (was, is) = (self.was.as_ref()?, self.is.as_ref()?);
        let name = |begins: &Begins| {
            begins
                .as_ref()
                .map_or_else(|| "line".to_owned(), Mark::name)
        };
        (was != is).then(|| Before {
            style: style(was),
            told: format!("now {}, was {}", name(is), name(was)),
        })
    }

    /// What stands before the words of its block: the mark of a footnote, whether a task is done.
    fn lead(&self) -> Vec<Words> {
        let of = |begins: &Option<Begins>| begins.as_ref().map(|begins| lead(begins.as_ref()));
        match (of(&self.was), of(&self.is)) {
            (Some(was), Some(is)) if was == is => with(Lot::Kept, is),
            (was, is) => {
                let gone = if self.is.is_some() {
                    Lot::Removed
                } else {
                    self.begin
                };
                let new = if self.was.is_some() {
                    Lot::Added
                } else {
                    self.begin
                };
                let was = with(gone, was.unwrap_or_default());
                was.into_iter()
                    .chain(with(new, is.unwrap_or_default()))
                    .collect()
            }
        }
    }
}

fn lead(mark: Option<&Mark>) -> Vec<(String, Face)> {
    match mark {
        Some(Mark::Footnote(label)) => {
            let refers = Some(Reference::Footnote(label.to_lowercase()));
            let face = Face {
                refers,
                ..Face::default()
            };
            vec![
                (format!("[^{label}]"), face),
                (" ".to_owned(), Face::default()),
            ]
        }
        Some(Mark::Item {
            task: Some(done), ..
        }) => {
            let told = if *done { "[done] " } else { "[open] " };
            vec![(told.to_owned(), Face::default())]
        }
        _ => Vec::new(),
    }
}

fn with(lot: Lot, all: Vec<(String, Face)>) -> Vec<Words> {
    let one = |(text, face)| Words {
        lot,
        text,
        face,
        was: None,
    };
    all.into_iter().map(one).collect()
}

/// One of the two texts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

/// Whether words with a lot stand in a text.
fn is_in(lot: Lot, side: Side) -> bool {
    match side {
        Side::Old => !lot.is_new(),
        Side::New => !lot.is_gone(),
    }
}

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
    let drafts = teller.drafts;
    let wholes: Vec<Option<Lot>> = drafts.iter().map(Draft::whole).collect();
    let begins: Vec<Lot> = drafts.iter().map(|draft| draft.begin).collect();
    let end = |at: usize| {
        // A paragraph that is new or gone takes its own end with it; any other ends as the next of its kind begins.
        let next = || (at + 1..wholes.len()).find(|next| wholes[*next].is_none());
        wholes[at].unwrap_or_else(|| next().map_or(Lot::Kept, |next| begins[next]))
    };
    let drafts = drafts.into_iter().enumerate();
    drafts.map(|(at, draft)| draft.changed(end(at))).collect()
}

/// Tells changes one after the other.
#[derive(Default)]
struct Teller {
    sides: Sides,
    drafts: Vec<Draft>,
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
        let other = |draft: &&mut Draft| {
            let here = |side| is_in(draft.begin, side) != is_in(lot, side);
            draft.text.is_empty() && here(Side::Old) && here(Side::New)
        };
        if let Some(draft) = self.drafts.last_mut().filter(other) {
            // One beginning went and another came: the paragraph is of another style.
            draft.begin = Lot::Kept;
            if new {
                draft.is = Some(is);
            } else {
                draft.was = Some(was);
            }
        } else {
            self.drafts.push(Draft {
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
        if self.drafts.is_empty() {
            let body = || Some(Mark::Paragraph);
            self.begin(Lot::Kept, (body(), body()));
        }
        let place = self.drafts.iter().rposition(|draft| draft.takes(lot));
        let last = self.drafts.len() - 1;
        let draft = &mut self.drafts[place.unwrap_or(last)];
        let words = Words {
            lot,
            text: run.text,
            face: run.face,
            was: run.was,
        };
        draft.text.push(words);
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

fn style(begins: &Begins) -> Style {
    let Some(mark) = begins else {
        return Style::Code;
    };
    match mark {
        Mark::Paragraph | Mark::Continuation(_) => Style::Body,
        Mark::Heading(level) => Style::Heading((level + 1).min(4)),
        Mark::Item { ordered, depth, .. } if *ordered => Style::Step((*depth).clamp(1, 9)),
        Mark::Item { depth, .. } => Style::Bullet((*depth).clamp(1, 9)),
        Mark::Quote => Style::Quote,
        Mark::Footnote(_) => Style::Footnote,
    }
}
