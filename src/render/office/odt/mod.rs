//! ODT: a story as OpenDocument text, from our own writer; no crate that we know of writes it.

mod changed;
mod package;
mod text;

use super::story::{Piece, Story, Style, point};
use super::xml::Xml;
use crate::render::document::{Block, Span, plain};

/// Writes a story as an ODT file.
pub fn write(story: &Story) -> Vec<u8> {
    let mut writer = Writer::new(story);
    for piece in &story.pieces {
        writer.piece(piece);
    }
    package::packed(story, writer)
}

/// The text of the file.
struct Writer<'a> {
    story: &'a Story,
    xml: Xml,
    place: Part,
    /// How many sources, steps of the list at hand and tables there are so far.
    sources: u32,
    steps: u32,
    tables: u32,
    changes: changed::Changes,
}

/// Which part is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Body,
    Footnote,
}

impl<'a> Writer<'a> {
    fn new(story: &'a Story) -> Self {
        Self {
            story,
            xml: Xml::part(),
            place: Part::Body,
            sources: 0,
            steps: 0,
            tables: 0,
            changes: changed::Changes::default(),
        }
    }

    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Line {
                style,
                anchor,
                text,
            } => self.line(*style, anchor.as_deref(), text),
            Piece::Block(block) => self.block(block, Style::Body),
            Piece::Changed(changed) => self.changed(changed),
        }
    }

    fn line(&mut self, style: Style, anchor: Option<&str>, text: &[Span]) {
        match style {
            Style::Bullet(_) => self.list_item("Bullets", None),
            Style::Source => {
                self.sources += 1;
                self.list_item("Sources", Some(self.sources));
            }
            _ => return self.paragraph(style, anchor, text),
        }
        self.paragraph(style, anchor, text);
        self.xml.close().close();
    }

    /// Opens a list of one point, with its number if it has one.
    fn list_item(&mut self, list: &'static str, number: Option<u32>) {
        let number = number.map(|number| number.to_string());
        self.xml.open("text:list", &[("text:style-name", list)]);
        match number {
            Some(number) => {
                let start = [("text:start-value", number.as_str())];
                self.xml.open("text:list-item", &start)
            }
            None => self.xml.open("text:list-item", &[]),
        };
    }

    fn block(&mut self, block: &Block, style: Style) {
        match block {
            Block::Paragraph {
                anchor,
                number: Some(number),
                text,
                ..
            } => {
                self.list_item("Numbered", Some(*number));
                self.paragraph(Style::Numbered, Some(anchor), text);
                self.xml.close().close();
            }
            Block::Paragraph { anchor, text, .. } => self.paragraph(style, Some(anchor), text),
            Block::Heading { level, text } => {
                self.paragraph(Style::Heading((level + 1).min(4)), None, text);
            }
            Block::List { start, items } => self.list(*start, items, style),
            Block::Quote(inner) => inner
                .iter()
                .for_each(|block| self.block(block, Style::Quote)),
            Block::Code(text) => {
                let text = [Span::Text(text.trim_end().to_owned())];
                self.paragraph(Style::Code, None, &text);
            }
            Block::Table { header, rows } if self.place == Part::Body => self.table(header, rows),
            Block::Table { header, rows } => {
                for row in std::iter::once(header).chain(rows) {
                    let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
                    self.paragraph(style, None, &[Span::Text(cells.join(" | "))]);
                }
            }
            Block::Rule => self.paragraph(Style::Break, None, &[]),
        }
    }

    fn list(&mut self, start: Option<usize>, items: &[Vec<Block>], style: Style) {
        let name = match start {
            Some(_) => "Steps",
            None => "Bullets",
        };
        let point = point(style, start, 1);
        self.xml.open("text:list", &[("text:style-name", name)]);
        for (at, item) in items.iter().enumerate() {
            let number = start.map(|start| (start + at).to_string());
            match number.filter(|_| at == 0) {
                Some(number) => {
                    let start = [("text:start-value", number.as_str())];
                    self.xml.open("text:list-item", &start)
                }
                None => self.xml.open("text:list-item", &[]),
            };
            item.iter().for_each(|block| self.block(block, point));
            self.xml.close();
        }
        self.xml.close();
    }

    fn table(&mut self, header: &[Vec<Span>], rows: &[Vec<Vec<Span>>]) {
        self.tables += 1;
        let name = format!("Table{}", self.tables);
        let columns = header.len().max(1).to_string();
        let table = [("table:name", &*name), ("table:style-name", "Table")];
        let columns = [("table:number-columns-repeated", &*columns)];
        self.xml
            .open("table:table", &table)
            .empty("table:table-column", &columns)
            .open("table:table-header-rows", &[]);
        self.row(header, Style::HeaderCell);
        self.xml.close();
        for row in rows {
            self.row(row, Style::Cell);
        }
        self.xml.close();
        self.paragraph(Style::AfterTable, None, &[]);
    }

    fn row(&mut self, cells: &[Vec<Span>], style: Style) {
        self.xml
            .open("table:table-row", &[("table:style-name", "Row")]);
        for cell in cells {
            let attributes = [
                ("table:style-name", "Cell"),
                ("office:value-type", "string"),
            ];
            self.xml.open("table:table-cell", &attributes);
            self.paragraph(style, None, cell);
            self.xml.close();
        }
        self.xml.close();
    }

    fn paragraph(&mut self, style: Style, anchor: Option<&str>, text: &[Span]) {
        self.start(style);
        if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) {
            self.xml.empty("text:bookmark", &[("text:name", anchor)]);
        }
        self.spans(text);
        self.xml.close();
    }

    /// Opens a paragraph or heading.
    fn start(&mut self, style: Style) {
        let name = ("text:style-name", style_name(style));
        match style {
            Style::Heading(level) => {
                let level = level.clamp(1, 4).to_string();
                self.xml
                    .open("text:h", &[name, ("text:outline-level", &level)])
            }
            _ => self.xml.open("text:p", &[name]),
        };
        self.pending(style);
    }
}

fn style_name(style: Style) -> &'static str {
    match style {
        Style::Opening => "Opening",
        Style::Title => "Title",
        Style::Subtitle => "Subtitle",
        Style::Status => "Status",
        Style::Heading(0 | 1) => "Heading_20_1",
        Style::Heading(2) => "Heading_20_2",
        Style::Heading(3) => "Heading_20_3",
        Style::Heading(_) => "Heading_20_4",
        Style::Body => "Text_20_body",
        Style::Numbered => "Numbered_20_Paragraph",
        Style::Quote => "Quotations",
        Style::Code => "Preformatted_20_Text",
        Style::Bullet(_) => "List_20_Bullet",
        Style::Step(_) => "List_20_Number",
        Style::Source => "Source",
        Style::Footnote => "Footnote",
        Style::HeaderCell => "Table_20_Heading",
        Style::Cell => "Table_20_Contents",
        Style::AfterTable => "After_20_Table",
        Style::Break => "Horizontal_20_Line",
        Style::Ends => "Ends",
    }
}
