//! The blocks of a text in a DOCX part: paragraphs, lists and tables.

use super::text::Face;
use super::{
    BULLETS, FIRST_LIST, List, NUMBERED, Paragraph, Part, Place, STEP, WIDTH, Writer, set_in,
};
use crate::render::document::{Block, Span, plain};
use crate::render::office::story::{Style, point};

impl Writer<'_> {
    pub(super) fn block(&mut self, block: &Block, place: Place) {
        match block {
            Block::Paragraph {
                anchor,
                number,
                text,
                ..
            } => self.words(anchor, (*number, place), text),
            Block::Heading { level, text } => {
                let style = Style::Heading((level + 1).min(4));
                self.paragraph(&Paragraph::of(style), text);
            }
            Block::List { start, items } => self.list(*start, items, place),
            Block::Quote(inner) => {
                let style = Style::Quote;
                let place = Place { style, ..place };
                inner.iter().for_each(|block| self.block(block, place));
            }
            Block::Code(text) => {
                let text = [Span::Text(text.trim_end().to_owned())];
                self.paragraph(&set_in(Style::Code, place), &text);
            }
            Block::Table { header, rows } if self.place == Part::Body => self.table(header, rows),
            Block::Table { header, rows } => {
                for row in std::iter::once(header).chain(rows) {
                    let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
                    let text = [Span::Text(cells.join(" | "))];
                    self.paragraph(&set_in(place.style, place), &text);
                }
            }
            Block::Rule => self.paragraph(&Paragraph::of(Style::Break), &[]),
        }
    }

    pub(super) fn words(
        &mut self,
        anchor: &str,
        (number, place): (Option<u32>, Place),
        text: &[Span],
    ) {
        let numbered = number.map(|_| (NUMBERED, 0));
        let point = place.list.map(|list| (list, place.depth.saturating_sub(1)));
        let style = if numbered.is_some() {
            Style::Numbered
        } else {
            place.style
        };
        let indent = match point {
            Some(_) => 0,
            None => u32::from(place.depth) * STEP,
        };
        let properties = Paragraph {
            list: numbered.or(point),
            indent,
            anchor: Some(anchor),
            ..Paragraph::of(style)
        };
        self.paragraph(&properties, text);
    }

    fn list(&mut self, start: Option<usize>, items: &[Vec<Block>], place: Place) {
        let depth = (place.depth + 1).min(9);
        let list = match start {
            None => BULLETS,
            Some(start) => self.numbers(depth - 1, start),
        };
        for item in items {
            let within = Place {
                style: point(place.style, start, depth),
                depth,
                list: None,
            };
            let first = Place {
                list: Some(list),
                ..within
            };
            if !matches!(item.first(), Some(Block::Paragraph { .. })) {
                self.words("", (None, first), &[]);
            }
            for (at, block) in item.iter().enumerate() {
                self.block(block, if at == 0 { first } else { within });
            }
        }
    }

    /// A numbered list of its own.
    pub(super) fn numbers(&mut self, level: u8, start: usize) -> usize {
        self.lists.push(List { level, start });
        FIRST_LIST + self.lists.len() - 1
    }

    fn table(&mut self, header: &[Vec<Span>], rows: &[Vec<Vec<Span>>]) {
        let width = (WIDTH / header.len().max(1)).to_string();
        self.xml.open("w:tbl", &[]).raw(concat!(
            "<w:tblPr><w:tblStyle w:val=\"TableLines\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/>",
            "<w:tblLook w:val=\"0020\" w:firstRow=\"1\"/></w:tblPr>"
        ));
        self.xml.open("w:tblGrid", &[]);
        for _ in header {
            self.xml.empty("w:gridCol", &[("w:w", &width)]);
        }
        self.xml.close().open("w:tr", &[]);
        self.xml
            .raw("<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        self.cells(header, &width, Face::bold());
        self.xml.close();
        for row in rows {
            self.xml.open("w:tr", &[]);
            self.xml.raw("<w:trPr><w:cantSplit/></w:trPr>");
            self.cells(row, &width, Face::default());
            self.xml.close();
        }
        self.xml.close();
        // Word needs a paragraph after a table.
        self.paragraph(&Paragraph::of(Style::AfterTable), &[]);
    }

    fn cells(&mut self, cells: &[Vec<Span>], width: &str, face: Face) {
        for cell in cells {
            self.xml.open("w:tc", &[]).open("w:tcPr", &[]);
            self.xml
                .empty("w:tcW", &[("w:w", width), ("w:type", "dxa")])
                .close();
            self.start(&Paragraph::of(Style::Cell));
            self.spans(cell, face);
            self.xml.close().close();
        }
    }
}
