//! Tracked changes in a DOCX part: `w:ins` and `w:del`, on words and on the ends of paragraphs.

use super::text::Face;
use super::{BULLETS, Paragraph, Writer};
use crate::render::office::story::{Changed, Lot, Style};

impl Writer<'_> {
    pub(super) fn changed(&mut self, changed: &Changed) {
        let list = self.point(changed.style);
        self.start(&Paragraph {
            list,
            end: changed.end,
            ..Paragraph::of(changed.style)
        });
        for (lot, text) in &changed.text {
            let Some(name) = element(*lot) else {
                self.run(text, Face::default());
                continue;
            };
            self.change(name, *lot);
            self.run(text, Face::of(*lot));
            self.xml.close();
        }
        self.xml.close();
    }

    /// The list that a paragraph is a point of; steps that follow each other are of one list.
    fn point(&mut self, style: Style) -> Option<(usize, u8)> {
        let (list, level) = match style {
            Style::Bullet(level) => (BULLETS, level.saturating_sub(1)),
            Style::Step(level) => {
                let level = level.saturating_sub(1);
                let list = self.steps.unwrap_or_else(|| self.numbers(level, 1));
                self.steps = Some(list);
                (list, level)
            }
            _ => {
                self.steps = None;
                return None;
            }
        };
        Some((list, level))
    }

    /// What became of the end of a paragraph.
    pub(super) fn end_mark(&mut self, lot: Lot) {
        if let Some(name) = element(lot) {
            self.xml.open("w:rPr", &[]);
            self.change(name, lot);
            self.xml.close().close();
        }
    }

    /// Opens a change.
    fn change(&mut self, name: &'static str, lot: Lot) {
        let id = self.id();
        let author = self.story.author_of(lot);
        let date = self.story.date.to_string();
        let attributes = [("w:id", &*id), ("w:author", &*author), ("w:date", &*date)];
        self.xml.open(name, &attributes);
    }
}

fn element(lot: Lot) -> Option<&'static str> {
    match lot {
        Lot::Kept => None,
        Lot::Added | Lot::MovedHere => Some("w:ins"),
        Lot::Removed | Lot::MovedAway => Some("w:del"),
    }
}
