//! Tracked changes in an ODT file: what was added stands in the text between two marks, what was removed beside it.

use super::{Writer, style_name};
use crate::render::office::story::{Changed, Lot, Style};
use crate::render::office::xml::Xml;

/// The changes of a file so far.
#[derive(Debug)]
pub(super) struct Changes {
    /// Who changed what when, and what was removed.
    pub(super) regions: Xml,
    count: usize,
    /// Additions that end where the next paragraph begins.
    ending: Vec<String>,
    /// Paragraphs that were removed as a whole before the next one.
    gone: Vec<Changed>,
    /// Elements to be closed with a paragraph that goes on, since its end was removed.
    going_on: Option<u8>,
}

/// A paragraph that was removed, or a part of one.
type Removed<'a> = (Style, &'a [(Lot, String)]);

impl Default for Changes {
    fn default() -> Self {
        Self {
            regions: Xml::part(),
            count: 0,
            ending: Vec::new(),
            gone: Vec::new(),
            going_on: None,
        }
    }
}

impl Writer<'_> {
    pub(super) fn changed(&mut self, changed: &Changed) {
        let gone = |lot: &Lot| matches!(lot, Lot::Removed | Lot::MovedAway);
        let words = changed.text.iter().map(|(lot, _)| lot);
        if gone(&changed.end) && words.clone().all(gone) && self.changes.going_on.is_none() {
            self.changes.gone.push(changed.clone());
            return;
        }
        let around = match self.changes.going_on.take() {
            Some(around) => around,
            None => self.begin(changed.style),
        };
        for part in &changed.text {
            self.stretch(part);
        }
        match changed.end {
            Lot::Kept => self.end(around),
            lot if gone(&lot) => {
                let end = [(changed.style, &[][..]), (changed.style, &[])];
                let id = self.removed(lot, &end);
                self.point("text:change", &id);
                self.changes.going_on = Some(around);
            }
            lot => {
                let id = self.added(lot);
                self.point("text:change-start", &id);
                self.changes.ending.push(id);
                self.end(around);
            }
        }
    }

    /// Begins a paragraph and the lists around it; gives how many elements are around it.
    fn begin(&mut self, style: Style) -> u8 {
        let (list, level) = match style {
            Style::Bullet(level) => ("Bullets", level),
            Style::Step(level) => ("Steps", level),
            _ => ("", 0),
        };
        self.steps = match style {
            Style::Step(_) => self.steps + 1,
            Style::Bullet(_) => self.steps,
            _ => 0,
        };
        let number = matches!(style, Style::Step(_)).then_some(self.steps);
        for depth in 1..=level {
            self.list_item(list, number.filter(|_| depth == level));
        }
        self.start(style);
        level * 2
    }

    fn end(&mut self, around: u8) {
        for _ in 0..=around {
            self.xml.close();
        }
    }

    fn stretch(&mut self, (lot, text): &(Lot, String)) {
        match lot {
            Lot::Kept => self.typed(text),
            Lot::Added | Lot::MovedHere => {
                let id = self.added(*lot);
                self.point("text:change-start", &id);
                self.typed(text);
                self.point("text:change-end", &id);
            }
            Lot::Removed | Lot::MovedAway => {
                let part = [(*lot, text.clone())];
                let id = self.removed(*lot, &[(Style::Body, &part)]);
                self.point("text:change", &id);
            }
        }
    }

    /// Begins a paragraph with what is left of the changes before it. What is removed ends with the beginning of what
    /// follows, so it must be told the style of that.
    pub(super) fn pending(&mut self, style: Style) {
        for id in std::mem::take(&mut self.changes.ending) {
            self.point("text:change-end", &id);
        }
        let gone = std::mem::take(&mut self.changes.gone);
        let together = |a: &Changed, b: &Changed| a.end == b.end;
        for run in gone.chunk_by(together) {
            let mut paragraphs: Vec<Removed<'_>> = run
                .iter()
                .map(|changed| (changed.style, changed.text.as_slice()))
                .collect();
            paragraphs.push((style, &[]));
            let id = self.removed(run[0].end, &paragraphs);
            self.point("text:change", &id);
        }
    }

    fn point(&mut self, name: &'static str, id: &str) {
        self.xml.empty(name, &[("text:change-id", id)]);
    }

    fn added(&mut self, lot: Lot) -> String {
        let id = self.region("text:insertion", lot);
        self.changes.regions.close().close();
        id
    }

    /// Puts paragraphs aside as removed; the first and the last are parts of those that stand around them.
    fn removed(&mut self, lot: Lot, paragraphs: &[Removed<'_>]) -> String {
        let id = self.region("text:deletion", lot);
        std::mem::swap(&mut self.xml, &mut self.changes.regions);
        for (style, text) in paragraphs {
            let style = [("text:style-name", style_name(*style))];
            self.xml.open("text:p", &style);
            text.iter().for_each(|(_, text)| self.typed(text));
            self.xml.close();
        }
        self.xml.close().close();
        std::mem::swap(&mut self.xml, &mut self.changes.regions);
        id
    }

    /// Opens a region with who and when.
    fn region(&mut self, name: &'static str, lot: Lot) -> String {
        self.changes.count += 1;
        let id = format!("change{}", self.changes.count);
        let attributes = [("xml:id", &*id), ("text:id", &*id)];
        let regions = &mut self.changes.regions;
        regions
            .open("text:changed-region", &attributes)
            .open(name, &[])
            .open("office:change-info", &[])
            .leaf("dc:creator", &self.story.author_of(lot))
            .leaf("dc:date", &self.story.date.to_string())
            .close();
        id
    }
}
