//! Tracked changes in a DOCX part: `w:ins` and `w:del`, on words and on the ends of paragraphs; `w:rPrChange` and
//! `w:pPrChange` on what stays and is set otherwise.

use super::text::Face;
use super::{BULLETS, Paragraph, Writer, style_id};
use crate::render::office::story::{Changed, Lot, Style, Words};

impl Writer<'_> {
    pub(super) fn changed(&mut self, changed: &Changed) {
        let list = self.point(changed.style);
        self.start(&Paragraph {
            list,
            end: changed.end,
            was: changed.was.as_ref().map(|was| was.style),
            ..Paragraph::of(changed.style)
        });
        changed.text.iter().for_each(|words| self.stretch(words));
        self.xml.close();
    }

    /// Words with what became of them. A link stands around a change: no change can stand around a link.
    fn stretch(&mut self, words: &Words) {
        let link = words.face.link.as_deref();
        if let Some(url) = link {
            self.open_link(url);
        }
        let element = element(words.lot);
        if let Some(name) = element {
            self.change(name, words.lot);
        }
        let was = words.was.as_ref().map(Face::set);
        self.run_before(&words.text, Face::set(&words.face).of(words.lot), was);
        if element.is_some() {
            self.xml.close();
        }
        if link.is_some() {
            self.xml.close();
        }
    }

    /// The style and the list that a paragraph had before.
    pub(super) fn paragraph_was(&mut self, style: Option<Style>) {
        let Some(style) = style else {
            return;
        };
        self.change("w:pPrChange", Lot::Kept);
        self.xml.open("w:pPr", &[]);
        self.xml.empty("w:pStyle", &[("w:val", style_id(style))]);
        let list = match style {
            Style::Bullet(level) => Some((BULLETS, level.saturating_sub(1))),
            Style::Step(level) => {
                let level = level.saturating_sub(1);
                Some((self.numbers(level, 1), level))
            }
            _ => None,
        };
        self.in_list(list);
        self.xml.close().close();
    }

    /// How a run was set before; its properties now stand before this.
    pub(super) fn run_was(&mut self, was: Option<Face>) {
        if let Some(was) = was {
            self.change("w:rPrChange", Lot::Kept);
            self.xml.open("w:rPr", &[]);
            self.look(was);
            self.xml.close().close();
        }
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
        lot if lot.is_new() => Some("w:ins"),
        _ => Some("w:del"),
    }
}
