//! A paragraph of a redline in the making: what it begins with in either text, and its words with what became of them.

use crate::prose::seen::{Face, Reference};
use crate::prose::unit::Mark;

use super::story::{Before, Changed, Lot, Style, Words};

/// What a paragraph begins with in one of the texts: a block's mark, or nothing if it is a line of a block.
pub(super) type Begins = Option<Mark>;

/// A paragraph in the making.
pub(super) struct Paragraph {
    /// What it begins with in the old text and in the new one; nothing where it does not begin there.
    pub(super) was: Option<Begins>,
    pub(super) is: Option<Begins>,
    /// What became of its beginning.
    pub(super) begin: Lot,
    pub(super) text: Vec<Words>,
}

impl Paragraph {
    /// Whether words can stand in it: it is passed over by words of one text if it is no part of that text.
    pub(super) fn takes(&self, lot: Lot) -> bool {
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
    pub(super) fn whole(&self) -> Option<Lot> {
        let same = |lot: Lot| is_in(lot, Side::Old) == is_in(self.begin, Side::Old);
        let whole = self.begin != Lot::Kept
            && self
                .text
                .iter()
                .all(|words| words.lot != Lot::Kept && same(words.lot));
        whole.then_some(self.begin)
    }

    pub(super) fn changed(self, end: Lot) -> Changed {
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
pub(super) enum Side {
    Old,
    New,
}

/// Whether words with a lot stand in a text.
pub(super) fn is_in(lot: Lot, side: Side) -> bool {
    match side {
        Side::Old => !lot.is_new(),
        Side::New => !lot.is_gone(),
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
