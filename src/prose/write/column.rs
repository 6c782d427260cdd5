//! The columns at which list items, their texts, and what is within them start.

use std::ops::RangeInclusive;

use crate::prose::Prose;
use crate::prose::block::marker_length;
use crate::prose::margin::{margin, set_in, wide};
use crate::prose::unit::{Mark, Shared};

use super::sort::{is_inside_item, is_opaque};
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
    pub(super) fn at(text: &str) -> Self {
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

/// How far the lists of a text stand in, in columns; nothing is known of what a text does not have.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Outermost items, from the margin.
    outer: Option<usize>,
    /// Items within an item, from that one.
    inner: Option<usize>,
    /// Further paragraphs of an item, from the item.
    continuation: Option<usize>,
    /// How deep within items each opaque block stands; nothing for other blocks, and for those at the margin.
    pub(super) depths: Vec<Option<usize>>,
}

impl Lists {
    pub(super) fn of(near: &Prose) -> Self {
        let mut out = Self::default();
        let mut items = Vec::new();
        for block in near.blocks() {
            let depth = out.learn(&block.units, near.lines(block.lines.clone()), &mut items);
            out.depths.push(depth);
        }
        out
    }

    /// Learns from a block that stands below some items, and gives how deep within them it stands if it is opaque.
    fn learn(&mut self, units: &[Shared], text: &str, items: &mut Vec<Entry>) -> Option<usize> {
        let indent = wide(margin(text));
        let parent = |depth: usize| match depth {
            0 => Some(0),
            _ => items.get(depth - 1).map(|item| item.indent),
        };
        let from = |depth: usize| indent.checked_sub(parent(depth)?);
        match units.first().and_then(|unit| unit.as_mark()) {
            Some(Mark::Item { depth: 1, .. }) => {
                // More than three would be code, but for a list within something else.
                self.outer = self.outer.or(from(0).filter(|columns| *columns <= 3));
                *items = vec![Entry::at(text)];
            }
            Some(Mark::Item { depth, .. }) => {
                let depth = usize::from(*depth);
                self.inner = self.inner.or(from(depth - 1));
                items.resize(depth - 1, Entry::default());
                items.push(Entry::at(text));
            }
            Some(Mark::Continuation(depth)) => {
                let depth = usize::from(*depth);
                self.continuation = self.continuation.or(from(depth));
                items.truncate(depth);
            }
            _ => {
                let depth = depth_at(indent, items);
                items.truncate(depth.unwrap_or(0));
                return depth.filter(|_| is_inside_item(units));
            }
        }
        None
    }

    /// How far an item of a depth stands in from the one it is within, or from the margin.
    fn item(&self, depth: usize) -> Option<usize> {
        match depth {
            1 => self.outer,
            _ => self.inner,
        }
    }
}

/// How many items what stands at a column is within.
fn depth_at(column: usize, items: &[Entry]) -> Option<usize> {
    let within = items.iter().take_while(|item| item.column <= column);
    Some(within.count()).filter(|depth| *depth > 0)
}

impl Writer<'_> {
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
        let known = near.and_then(|at| self.lists.depths[at]);
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
            None => self.within(depth - 1, self.lists.item(depth)),
        }
    }

    /// The column for what goes on with the last item of a depth.
    pub(super) fn continued(&self, depth: usize) -> usize {
        let column = self.within(depth, self.lists.continuation);
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
}
