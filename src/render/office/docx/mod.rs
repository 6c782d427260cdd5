//! DOCX: a story as Office Open XML.
//!
//! The parts are written by our own writer. The crate `docx-rs` was tried: it takes the ids of footnotes, headers and
//! bookmarks from counters of the whole process, so that the same release would give other bytes when it is made again
//! beside another; it sets no title, and it cannot let footnotes be marked by letters.

mod block;
mod changed;
mod package;
mod text;

use std::collections::BTreeMap;

use super::story::{Lot, Piece, Story, Style};
use super::xml::Xml;
use crate::render::document::{Block, Footnote, Span};
use text::Face;

/// Writes a story as a DOCX file.
pub fn write(story: &Story) -> Vec<u8> {
    let mut body = Writer::new(story);
    body.xml.open("w:document", &NAMESPACES).open("w:body", &[]);
    for piece in &story.pieces {
        body.piece(piece);
    }
    body.xml.raw(SECTION);
    let mut notes = Writer {
        place: Part::Footnotes,
        lists: std::mem::take(&mut body.lists),
        ids: body.ids,
        ..Writer::new(story)
    };
    notes.xml.open("w:footnotes", &NAMESPACES).raw(SEPARATORS);
    for note in &story.footnotes {
        notes.footnote(note);
    }
    package::packed(story, body, notes)
}

const NAMESPACES: [(&str, &str); 2] = [
    (
        "xmlns:w",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        "xmlns:r",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
];

/// Page, margins, header and footer, and letters for footnotes.
const SECTION: &str = concat!(
    "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId5\"/>",
    "<w:footerReference w:type=\"default\" r:id=\"rId6\"/>",
    "<w:footnotePr><w:numFmt w:val=\"lowerLetter\"/></w:footnotePr>",
    "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
    "<w:pgMar w:top=\"1531\" w:right=\"1304\" w:bottom=\"1418\" w:left=\"1304\" ",
    "w:header=\"680\" w:footer=\"680\" w:gutter=\"0\"/></w:sectPr>"
);

/// The lines above footnotes, which Word wants to be told.
const SEPARATORS: &str = concat!(
    "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>",
    "<w:footnote w:type=\"continuationSeparator\" w:id=\"0\">",
    "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
);

/// The width of the text in twentieths of a point.
const WIDTH: usize = 9298;

/// How far a level of a list is set in.
const STEP: u32 = 360;

/// A numbered list: its level and its first number.
struct List {
    level: u8,
    start: usize,
}

/// One part of the file with text.
struct Writer<'a> {
    story: &'a Story,
    xml: Xml,
    /// Where links lead, by address.
    links: BTreeMap<String, usize>,
    lists: Vec<List>,
    ids: usize,
    place: Part,
    /// The numbered list that changed paragraphs stand in.
    steps: Option<usize>,
}

/// Which part is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Body,
    Footnotes,
}

/// Where a block stands.
#[derive(Clone, Copy)]
struct Place {
    style: Style,
    /// Levels of lists around it.
    depth: u8,
    /// The list that its first paragraph is a point of.
    list: Option<usize>,
}

/// The properties of a paragraph.
struct Paragraph<'a> {
    style: Style,
    list: Option<(usize, u8)>,
    indent: u32,
    anchor: Option<&'a str>,
    /// What became of its end.
    end: Lot,
    /// The style that it had before.
    was: Option<Style>,
}

impl Paragraph<'_> {
    fn of(style: Style) -> Self {
        Self {
            style,
            list: None,
            indent: 0,
            anchor: None,
            end: Lot::Kept,
            was: None,
        }
    }
}

/// The lists that are always there.
const BULLETS: usize = 1;
const NUMBERED: usize = 3;
const SOURCES: usize = 4;
/// The first numbered list of a text.
const FIRST_LIST: usize = 10;

impl<'a> Writer<'a> {
    fn new(story: &'a Story) -> Self {
        Self {
            story,
            xml: Xml::document(),
            links: BTreeMap::new(),
            lists: Vec::new(),
            ids: 0,
            place: Part::Body,
            steps: None,
        }
    }

    fn id(&mut self) -> String {
        self.ids += 1;
        self.ids.to_string()
    }

    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Line {
                style,
                anchor,
                text,
            } => {
                let list = match style {
                    Style::Bullet(level) => Some((BULLETS, level.saturating_sub(1))),
                    Style::Source => Some((SOURCES, 0)),
                    _ => None,
                };
                let properties = Paragraph {
                    list,
                    anchor: anchor.as_deref(),
                    ..Paragraph::of(*style)
                };
                self.paragraph(&properties, text);
            }
            Piece::Block(block) => self.block(
                block,
                Place {
                    style: Style::Body,
                    depth: 0,
                    list: None,
                },
            ),
            Piece::Changed(changed) => self.changed(changed),
        }
    }

    fn footnote(&mut self, note: &Footnote) {
        self.xml
            .open("w:footnote", &[("w:id", &note.number.to_string())]);
        let (first, rest): (&[Span], &[Block]) = match note.blocks.as_slice() {
            [Block::Paragraph { text, .. }, rest @ ..] => (text, rest),
            rest => (&[], rest),
        };
        self.start(&Paragraph::of(Style::Footnote));
        self.xml.raw(concat!(
            "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>",
            "<w:r><w:t xml:space=\"preserve\"> </w:t></w:r>"
        ));
        self.spans(first, Face::default());
        self.xml.close();
        let place = Place {
            style: Style::Footnote,
            depth: 0,
            list: None,
        };
        rest.iter().for_each(|block| self.block(block, place));
        self.xml.close();
    }

    fn paragraph(&mut self, properties: &Paragraph<'_>, text: &[Span]) {
        self.start(properties);
        self.spans(text, Face::default());
        self.xml.close();
    }

    /// Opens a paragraph, with its properties and its anchor.
    fn start(&mut self, paragraph: &Paragraph<'_>) {
        self.xml.open("w:p", &[]).open("w:pPr", &[]);
        self.xml
            .empty("w:pStyle", &[("w:val", style_id(paragraph.style))]);
        self.in_list(paragraph.list);
        if paragraph.indent > 0 {
            let indent = paragraph.indent.to_string();
            self.xml.empty("w:ind", &[("w:left", &indent)]);
        }
        self.end_mark(paragraph.end);
        self.paragraph_was(paragraph.was);
        self.xml.close();
        if let Some(anchor) = paragraph.anchor.filter(|anchor| !anchor.is_empty()) {
            self.bookmark(anchor);
        }
    }

    fn in_list(&mut self, list: Option<(usize, u8)>) {
        if let Some((list, level)) = list {
            self.xml.open("w:numPr", &[]);
            self.xml.empty("w:ilvl", &[("w:val", &level.to_string())]);
            self.xml.empty("w:numId", &[("w:val", &list.to_string())]);
            self.xml.close();
        }
    }

    /// Makes a place that links lead to.
    fn bookmark(&mut self, name: &str) {
        let id = self.id();
        let name = bookmark_name(name);
        self.xml
            .empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)])
            .empty("w:bookmarkEnd", &[("w:id", &id)]);
    }
}

fn set_in<'a>(style: Style, place: Place) -> Paragraph<'a> {
    Paragraph {
        indent: u32::from(place.depth) * STEP,
        ..Paragraph::of(style)
    }
}

/// The name of a bookmark: Word knows letters, digits and `_`.
fn bookmark_name(anchor: &str) -> String {
    anchor.replace('-', "_")
}

fn style_id(style: Style) -> &'static str {
    match style {
        Style::Opening => "Opening",
        Style::Title => "Title",
        Style::Subtitle => "Subtitle",
        Style::Status => "Status",
        Style::Heading(0 | 1) => "Heading1",
        Style::Heading(2) => "Heading2",
        Style::Heading(3) => "Heading3",
        Style::Heading(_) => "Heading4",
        Style::Body => "BodyText",
        Style::Numbered => "NumberedParagraph",
        Style::Quote => "Quote",
        Style::Code => "CodeBlock",
        Style::Bullet(_) => "ListBullet",
        Style::Step(_) => "ListNumber",
        Style::Source => "Source",
        Style::Footnote => "FootnoteText",
        Style::HeaderCell | Style::Cell => "TableCell",
        Style::AfterTable => "AfterTable",
        Style::Break => "Break",
        Style::Ends => "Ends",
    }
}
