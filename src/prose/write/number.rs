//! The numbers of list items, and the columns at which they and their texts start.

use std::ops::RangeInclusive;

use crate::prose::block::{marker_length, wide};
use crate::prose::unit::Mark;

use super::sort::is_inside_item;
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

/// The number at the start of an item.
pub(super) fn own_number(text: &str) -> Option<usize> {
    let item = text.trim_start();
    item[..marker_length(item).saturating_sub(1)].parse().ok()
}

impl Writer<'_> {
    /// Numbers an item after the item before it, and remembers where its text starts.
    pub(super) fn numbered(&mut self, block: &Placed<'_>, text: String) -> String {
        let Some(Mark::Item { depth, ordered, .. }) = block.units.first().and_then(|u| u.as_mark())
        else {
            if !is_inside_item(block.units) {
                self.items.clear();
            }
            return text;
        };
        let depth = usize::from(*depth);
        let before = self.items.get(depth - 1).cloned();
        let number = if *ordered {
            self.number(block, &text, before.as_ref())
        } else {
            None
        };
        let own = block.near.filter(|_| number == own_number(&text));
        let indent = text.len() - text.trim_start().len();
        let length = marker_length(&text[indent..]);
        let sign = indent + length.max(1) - 1;
        let text = match number {
            Some(number) => format!("{}{number}{}", &text[..indent], &text[sign..]),
            None => text,
        };
        let sign = indent + marker_length(&text[indent..]);
        let blank = text.len() - text[sign..].trim_start_matches([' ', '\t']).len();
        let (end, blank) = (wide(&text[..sign]), wide(&text[..blank]));
        let blank = match blank - end {
            blank @ 1..=4 => blank,
            _ => 1,
        };
        self.items.truncate(depth - 1);
        self.items.resize(depth - 1, Entry::default());
        self.items.push(Entry {
            indent: wide(&text[..indent]),
            column: end + blank,
            number,
            own,
        });
        text
    }

    /// Whether a block reads as what it is where it stands in from the margin as its text does: an item as a sibling of the
    /// one before it, and what is within an item as part of that one and of none below it.
    pub(super) fn stands(&self, mark: &Mark, text: &str) -> bool {
        let indent = wide(&text[..text.len() - text.trim_start_matches([' ', '\t']).len()]);
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
