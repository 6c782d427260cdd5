//! The numbers of list items, and the columns at which they and their texts start.

use std::ops::RangeInclusive;

use crate::prose::Prose;
use crate::prose::block::{Block, marker_length};
use crate::prose::unit::{Mark, Shared, margin, set_in, wide};

use super::sort::{Sort, is_inside_item, is_opaque, sort};
use super::{Placed, Writer};

/// An item that was written.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// The column at which its sign or number starts.
    pub(super) indent: usize,
    /// The column at which its text starts.
    pub(super) column: usize,
    /// Its number, in a numbered list.
    pub(super) number: Option<usize>,
    /// The block of the text at hand whose bytes, number included, it kept.
    pub(super) own: Option<usize>,
}

impl Entry {
    /// An item at the start of a text.
    fn at(text: &str) -> Self {
        let indent = margin(text).len();
        let sign = indent + marker_length(&text[indent..]);
        let blank = sign + margin(&text[sign..]).len();
        let (end, blank) = (wide(&text[..sign]), wide(&text[..blank]));
        let blank = match blank - end {
            blank @ 1..=4 => blank,
            _ => 1,
        };
        Self {
            indent: wide(&text[..indent]),
            column: end + blank,
            ..Self::default()
        }
    }
}

/// How deep within items each opaque block of a text stands; nothing for other blocks, and for those at the margin.
pub(super) fn depths(near: &Prose) -> Vec<Option<usize>> {
    let mut items: Vec<Entry> = Vec::new();
    let depth = |block: &Block| {
        let text = near.lines(block.lines.clone());
        match block.units.first().and_then(|unit| unit.as_mark()) {
            Some(Mark::Item { depth, .. }) => {
                items.resize(usize::from(*depth) - 1, Entry::default());
                items.push(Entry::at(text));
            }
            Some(Mark::Continuation(depth)) => items.truncate(usize::from(*depth)),
            _ => {
                let depth = depth_at(wide(margin(text)), &items);
                items.truncate(depth.unwrap_or(0));
                return depth.filter(|_| is_inside_item(&block.units));
            }
        }
        None
    };
    near.blocks().iter().map(depth).collect()
}

/// How many items what stands at a column is within.
fn depth_at(column: usize, items: &[Entry]) -> Option<usize> {
    let within = items.iter().take_while(|item| item.column <= column);
    Some(within.count()).filter(|depth| *depth > 0)
}

/// The number at the start of an item.
pub(super) fn own_number(text: &str) -> Option<usize> {
    let item = text.trim_start();
    item[..marker_length(item).saturating_sub(1)].parse().ok()
}

impl Writer<'_> {
    /// Numbers an item after the item before it, and remembers where its text starts.
    pub(super) fn numbered(&mut self, placed: &[Placed<'_>], at: usize, text: String) -> String {
        let block = &placed[at];
        let Some(Mark::Item { depth, ordered, .. }) = block.units.first().and_then(|u| u.as_mark())
        else {
            return text;
        };
        let depth = usize::from(*depth);
        let before = self.items.get(depth - 1).cloned();
        let number = match (*ordered, &before, block.near) {
            (false, ..) => None,
            (true, None, None) => self.begun(placed, at).or(own_number(&text)),
            (true, ..) => self.number(block, &text, before.as_ref()),
        };
        let own = block.near.filter(|_| number == own_number(&text));
        let indent = text.len() - text.trim_start().len();
        let length = marker_length(&text[indent..]);
        let sign = indent + length.max(1) - 1;
        let text = match number {
            Some(number) => format!("{}{number}{}", &text[..indent], &text[sign..]),
            None => text,
        };
        self.items.truncate(depth - 1);
        self.items.resize(depth - 1, Entry::default());
        self.items.push(Entry {
            number,
            own,
            ..Entry::at(&text)
        });
        text
    }

    /// Sets what is opaque in so that it stays within the item that it is within, and lets go of the items that end where a
    /// block stands.
    pub(super) fn within_items(&mut self, block: &Placed<'_>, text: String) -> String {
        let depth = match block.units.first().and_then(|unit| unit.as_mark()) {
            Some(Mark::Item { .. }) => return text,
            Some(Mark::Continuation(depth)) => Some(usize::from(*depth)),
            _ => self.depth_of(block.units, block.near, &text),
        };
        let text = match is_opaque(block.units) && !self.intact {
            true => self.set_in(depth, text),
            false => text,
        };
        self.items.truncate(depth.unwrap_or(0));
        text
    }

    /// Sets what is opaque in so that it is within the last item of a depth, or else at the margin.
    fn set_in(&self, depth: Option<usize>, text: String) -> String {
        let mark = |depth: usize| Mark::Continuation(u8::try_from(depth).unwrap_or(u8::MAX));
        let starts = |signs: &[&str]| signs.iter().any(|sign| text.trim_start().starts_with(sign));
        let column = match depth {
            Some(depth) if self.stands(&mark(depth), &text) => return text,
            Some(depth) => self.continued(depth),
            None if starts(&["```", "~~~", "|", "<"]) => 0,
            None => return text,
        };
        set_in(&text, column).into_owned()
    }

    /// How deep within the items that were written a block without a depth of its own stands: as deep as in the text at hand,
    /// or else as far as its column tells, which may be that of a sign with fewer digits.
    fn depth_of(&self, units: &[Shared], near: Option<usize>, text: &str) -> Option<usize> {
        if self.items.is_empty() || !is_inside_item(units) {
            return None;
        }
        let known = near.and_then(|at| self.depths[at]);
        let told = || depth_at(wide(margin(text)), &self.items).unwrap_or(1);
        Some(known.unwrap_or_else(told).min(self.items.len()))
    }

    /// Whether a block reads as what it is where it stands in from the margin as its text does: an item as a sibling of the
    /// one before it, and what is within an item as part of that one and of none below it.
    pub(super) fn stands(&self, mark: &Mark, text: &str) -> bool {
        let indent = wide(margin(text));
        let (parent, below) = match mark {
            Mark::Item { depth, .. } => (usize::from(*depth) - 1, usize::from(*depth)),
            Mark::Continuation(depth) => (usize::from(*depth), usize::from(*depth) + 1),
            _ => return true,
        };
        let within = parent == 0 || self.room(parent).contains(&indent);
        let below = self.items.get(below - 1);
        within && below.is_none_or(|below| indent < below.column)
    }

    /// The columns at which what is within the last item of a depth may start.
    fn room(&self, depth: usize) -> RangeInclusive<usize> {
        let column = self.items.get(depth - 1).map_or(0, |item| item.column);
        column..=column + 3
    }

    /// The column for a new item: that of the one before it, or else as far in as such items stand in the text at hand.
    pub(super) fn indent(&self, depth: usize) -> usize {
        match self.items.get(depth - 1) {
            Some(sibling) => sibling.indent,
            None => self.within(depth - 1, self.style.indents.item(depth)),
        }
    }

    /// The column for what goes on with the last item of a depth.
    pub(super) fn continued(&self, depth: usize) -> usize {
        let column = self.within(depth, self.style.indents.continuation);
        match self.items.get(depth) {
            Some(below) => column.min(below.indent),
            None => column,
        }
    }

    /// So many columns in from the last item of a depth, if that is within it, and as near to it as can be.
    fn within(&self, depth: usize, columns: Option<usize>) -> usize {
        let Some(parent) = depth.checked_sub(1).and_then(|at| self.items.get(at)) else {
            return columns.filter(|_| depth == 0).unwrap_or(0);
        };
        let room = self.room(depth);
        let column = columns.map_or(parent.column, |columns| parent.indent + columns);
        column.clamp(*room.start(), *room.end())
    }

    /// The number of an item: its own if the item before it is still the one before it, else the next.
    fn number(&self, block: &Placed<'_>, text: &str, before: Option<&Entry>) -> Option<usize> {
        let own = own_number(text);
        let Some(last) = before.and_then(|entry| entry.number) else {
            return block.near.and_then(|at| self.first_number(at)).or(own);
        };
        let undisturbed = block.near.is_some_and(|at| {
            let previous = self.previous_item(at);
            previous.is_some() && previous == before.and_then(|entry| entry.own)
        });
        if undisturbed {
            own
        } else {
            Some(if self.style.counts { last + 1 } else { last })
        }
    }

    /// The number that a list begins with whose first item is new: that of the list of which items come after it, or of the
    /// item that stood here.
    fn begun(&self, placed: &[Placed<'_>], at: usize) -> Option<usize> {
        let step = |units: &[Shared]| match units.first()?.as_mark()? {
            Mark::Item { depth, ordered, .. } => ordered.then_some(*depth),
            _ => None,
        };
        let own = step(placed[at].units)?;
        let after = &placed[at + 1..];
        let listed = after.iter().take_while(|block| {
            is_inside_item(block.units) || matches!(sort(block.units), Sort::Step | Sort::Nested)
        });
        let mut known = listed.filter(|block| step(block.units) == Some(own));
        if let Some(near) = known.find_map(|block| block.near) {
            return self
                .first_number(near)
                .or_else(|| own_number(self.bytes(near)));
        }
        let before = match at {
            0 => Some(0),
            _ => placed[at - 1].near.map(|near| near + 1),
        };
        let stood = before.filter(|near| after.first().and_then(|block| block.near) != Some(*near));
        let block = self.near.blocks().get(stood?)?;
        let same = step(&block.units) == Some(own);
        same.then(|| own_number(self.near.lines(block.lines.clone())))?
    }

    /// The number that the list of an item begins with, if nothing of the list before the item is left before it: it is the
    /// first one then.
    fn first_number(&self, at: usize) -> Option<usize> {
        let mut first = self.previous_item(at)?;
        loop {
            if self.written.contains(&first) {
                return None;
            }
            match self.previous_item(first) {
                Some(earlier) => first = earlier,
                None => break,
            }
        }
        own_number(self.near.lines(self.near.blocks()[first].lines.clone()))
    }

    /// The item before this one in the same list of the text at hand.
    fn previous_item(&self, at: usize) -> Option<usize> {
        let depth = |at: usize| {
            let units = &self.near.blocks()[at].units;
            match units.first()?.as_mark() {
                Some(Mark::Item { depth, .. }) => Some(*depth),
                _ => is_inside_item(units).then_some(u8::MAX),
            }
        };
        let own = depth(at)?;
        (0..at)
            .rev()
            .map_while(|at| depth(at).map(|depth| (at, depth)))
            .find(|(_, depth)| *depth <= own)
            .filter(|(_, depth)| *depth == own)
            .map(|(at, _)| at)
    }
}
