//! The numbers of list items.

use crate::prose::block::marker_length;
use crate::prose::unit::{Mark, Shared};

use super::column::Entry;
use super::sort::{Sort, is_inside_item, sort};
use super::{Placed, Writer};

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
