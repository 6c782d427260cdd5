//! Two texts as one, paragraph by paragraph, in which every word says whether it stayed, came or went.
//!
//! **Invariant:** the words kept and added, paragraph by paragraph, are those of the new text; the words kept and removed
//! are those of the old one.

use crate::diff::words::Hunk;
use crate::diff::{Change, compare};
use crate::prose::Prose;
use crate::prose::unit::{Kind, Mark, Unit};

use super::story::{Changed, Lot, Style};

/// A paragraph in the making.
struct Draft {
    style: Style,
    /// What became of its beginning.
    begin: Lot,
    text: Vec<(Lot, String)>,
}

impl Draft {
    /// Whether words can stand in it: it is passed over by words of one text if it is no part of that text.
    fn takes(&self, lot: Lot) -> bool {
        let is_part = |side| {
            let lots = self.text.iter().map(|(lot, _)| *lot);
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
        let same = |lot: &Lot| is_in(*lot, Side::Old) == is_in(self.begin, Side::Old);
        let whole = self.begin != Lot::Kept
            && self
                .text
                .iter()
                .all(|(lot, _)| *lot != Lot::Kept && same(lot));
        whole.then_some(self.begin)
    }
}

/// One of the two texts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

/// Whether words with a lot stand in a text.
fn is_in(lot: Lot, side: Side) -> bool {
    match lot {
        Lot::Kept => true,
        Lot::Added | Lot::MovedHere => side == Side::New,
        Lot::Removed | Lot::MovedAway => side == Side::Old,
    }
}

/// Two texts as one with changes.
pub(super) fn changed(before: &str, after: &str) -> Vec<Changed> {
    let mut teller = Teller::default();
    for change in compare(&Prose::parse(before), &Prose::parse(after)) {
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
    drafts
        .into_iter()
        .enumerate()
        .map(|(at, draft)| Changed {
            style: draft.style,
            end: end(at),
            text: draft.text,
        })
        .collect()
}

/// Tells changes one after the other.
#[derive(Default)]
struct Teller {
    drafts: Vec<Draft>,
    /// Whether the paragraph at hand has words already, in the old text and in the new one.
    begun: (bool, bool),
}

impl Teller {
    fn change(&mut self, change: &Change) {
        match change {
            Change::Kept(unit) => self.unit(Lot::Kept, unit),
            Change::Added(unit) => self.unit(Lot::Added, unit),
            Change::Removed(unit) => self.unit(Lot::Removed, unit),
            Change::MovedAway(units) => {
                units
                    .iter()
                    .for_each(|unit| self.unit(Lot::MovedAway, unit));
            }
            Change::MovedHere(steps) => steps.iter().for_each(|step| self.arrival(step)),
            Change::Remarked { after, .. } => self.begin(Lot::Kept, style(after)),
            Change::Retyped { before, after, .. } => self.retyped(before, after),
            Change::Edited {
                before,
                after,
                hunks,
            } => self.edited(before, after, hunks),
            Change::Recut {
                before,
                after,
                hunks,
            } => self.edited(before.whole(), after.whole(), hunks),
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
            Change::Remarked { after, .. } => self.begin(Lot::MovedHere, style(after)),
            Change::MovedHere(steps) => steps.iter().for_each(|step| self.arrival(step)),
            Change::Removed(_) | Change::MovedAway(_) => {}
        }
    }

    fn unit(&mut self, lot: Lot, unit: &Unit) {
        match unit.kind() {
            Kind::Mark(mark) => self.begin(lot, style(mark)),
            Kind::Opaque(_) => {
                self.begin(lot, Style::Code);
                self.say(lot, unit.text());
            }
            _ => self.sentence(lot, unit.text()),
        }
    }

    /// Begins a paragraph.
    fn begin(&mut self, lot: Lot, style: Style) {
        let other = |draft: &&mut Draft| {
            let here = |side| is_in(draft.begin, side) != is_in(lot, side);
            draft.text.is_empty() && here(Side::Old) && here(Side::New)
        };
        if let Some(draft) = self.drafts.last_mut().filter(other) {
            // One beginning went and another came: the paragraph is of another style.
            draft.begin = Lot::Kept;
            if is_in(lot, Side::New) {
                draft.style = style;
            }
        } else {
            self.drafts.push(Draft {
                style,
                begin: lot,
                text: Vec::new(),
            });
        }
        if is_in(lot, Side::Old) {
            self.begun.0 = false;
        }
        if is_in(lot, Side::New) {
            self.begun.1 = false;
        }
    }

    fn sentence(&mut self, lot: Lot, text: &str) {
        self.blank(lot);
        self.say(lot, text);
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
        self.say(lot, " ");
    }

    fn say(&mut self, lot: Lot, words: &str) {
        self.begun.0 |= is_in(lot, Side::Old);
        self.begun.1 |= is_in(lot, Side::New);
        if words.is_empty() {
            return;
        }
        if self.drafts.is_empty() {
            self.begin(Lot::Kept, Style::Body);
        }
        let place = self.drafts.iter().rposition(|draft| draft.takes(lot));
        let last = self.drafts.len() - 1;
        let draft = &mut self.drafts[place.unwrap_or(last)];
        match draft.text.last_mut() {
            Some((last, text)) if *last == lot => text.push_str(words),
            _ => draft.text.push((lot, words.to_owned())),
        }
    }

    /// A sentence that differs in signs alone: what they share at both ends stays.
    fn retyped(&mut self, before: &Unit, after: &Unit) {
        if !before.is_sentence() {
            self.unit(Lot::Removed, before);
            self.unit(Lot::Added, after);
            return;
        }
        let (old, new) = (before.text(), after.text());
        let start = shared(old.chars(), new.chars());
        let end = shared(old[start..].chars().rev(), new[start..].chars().rev());
        self.blank(Lot::Kept);
        self.say(Lot::Kept, &old[..start]);
        self.say(Lot::Removed, &old[start..old.len() - end]);
        self.say(Lot::Added, &new[start..new.len() - end]);
        self.say(Lot::Kept, &old[old.len() - end..]);
    }

    fn edited(&mut self, before: &Unit, after: &Unit, hunks: &[Hunk]) {
        if !before.is_sentence() || !after.is_sentence() {
            self.unit(Lot::Removed, before);
            self.unit(Lot::Added, after);
            return;
        }
        self.blank(Lot::Kept);
        let (mut old, mut new) = (0, 0);
        for hunk in hunks {
            let (from, to) = (
                place(before, hunk.before.start),
                place(before, hunk.before.end),
            );
            let (at, until) = (place(after, hunk.after.start), place(after, hunk.after.end));
            self.same(&before.text()[old..from], &after.text()[new..at]);
            self.say(Lot::Removed, &before.text()[from..to]);
            self.say(Lot::Added, &after.text()[at..until]);
            (old, new) = (to, until);
        }
        self.same(&before.text()[old..], &after.text()[new..]);
    }

    /// Words that count as the same but may be spelt with other signs or blanks.
    fn same(&mut self, old: &str, new: &str) {
        if old == new {
            self.say(Lot::Kept, old);
        } else {
            self.say(Lot::Removed, old);
            self.say(Lot::Added, new);
        }
    }
}

/// Where a token begins in its sentence, the blanks before it included.
fn place(unit: &Unit, token: usize) -> usize {
    match token.checked_sub(1) {
        Some(last) => unit.tokens()[last].range.end,
        None => 0,
    }
}

/// The bytes of the signs that two texts begin with alike.
fn shared(old: impl Iterator<Item = char>, new: impl Iterator<Item = char>) -> usize {
    old.zip(new)
        .take_while(|(old, new)| old == new)
        .map(|(sign, _)| sign.len_utf8())
        .sum()
}

fn style(mark: &Mark) -> Style {
    match mark {
        Mark::Paragraph | Mark::Continuation(_) => Style::Body,
        Mark::Heading(level) => Style::Heading((level + 1).min(4)),
        Mark::Item { ordered, depth, .. } if *ordered => Style::Step((*depth).clamp(1, 9)),
        Mark::Item { depth, .. } => Style::Bullet((*depth).clamp(1, 9)),
        Mark::Quote => Style::Quote,
        Mark::Footnote(_) => Style::Footnote,
    }
}
