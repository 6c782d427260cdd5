//! A `.docx`.

mod drawing;
mod numbering;
mod parts;

use std::collections::BTreeMap;

use crate::reply::sheet::target;
use crate::reply::{Change, Comment, ReadError};

use super::package::Package;
use super::pen::Pen;
use super::xml::{Element, broken};

use drawing::{description, find_boxes, symbol};
use numbering::Numbering;
use parts::{all, attribute, id, notes, rows, words};

/// Reads a document and what stands in parts of their own: styles, numbers, links, notes and comments.
///
/// # Errors
///
/// A part is too large or no XML.
pub fn read(package: &mut Package<'_>, pen: &mut Pen) -> Result<(), ReadError> {
    let mut part = |name: &str| package.part(&format!("word/{name}.xml"));
    let document = part("document")?.unwrap_or_default();
    let numbers = part("numbering")?.unwrap_or_default();
    let footnotes = part("footnotes")?.unwrap_or_default();
    let endnotes = part("endnotes")?.unwrap_or_default();
    let styles = part("styles")?.unwrap_or_default();
    let comments = part("comments")?.unwrap_or_default();
    let links = package
        .part("word/_rels/document.xml.rels")?
        .unwrap_or_default();
    asides(package, pen)?;
    take_comments(&comments, pen);
    let mut reader = Reader {
        pen,
        styles: all(&styles, "style")
            .map(|style| (attribute(style, "styleId"), style))
            .collect(),
        numbering: Numbering::of(&numbers),
        links: all(&links, "Relationship")
            .map(|link| (attribute(link, "Id"), attribute(link, "Target")))
            .collect(),
        notes: notes(&footnotes, "footnote")
            .chain(notes(&endnotes, "endnote"))
            .collect(),
        boxes: Vec::new(),
    };
    let root = document
        .child("document")
        .and_then(|root| root.child("body"));
    reader.blocks(root.ok_or_else(|| broken("it has no body"))?);
    Ok(())
}

/// Tells what stands at the head and the foot of every page.
fn asides(package: &mut Package<'_>, pen: &mut Pen) -> Result<(), ReadError> {
    for (kind, name) in [("header", "the head"), ("footer", "the foot")] {
        for part in package.named(&format!("word/{kind}")) {
            let said = package.part(&part)?.as_ref().map(words);
            pen.aside(name, &said.unwrap_or_default());
        }
    }
    Ok(())
}

fn take_comments(comments: &Element, pen: &mut Pen) {
    for comment in all(comments, "comment") {
        let said = Comment {
            author: comment.attribute("author").unwrap_or("somebody").to_owned(),
            words: words(comment),
            about: String::new(),
        };
        pen.comment(&id(comment), said);
    }
}

struct Reader<'a> {
    pen: &'a mut Pen,
    styles: BTreeMap<String, &'a Element>,
    numbering: Numbering,
    links: BTreeMap<String, String>,
    /// The notes by kind and id.
    notes: BTreeMap<(&'static str, String), &'a Element>,
    /// Boxes of text that hang on the paragraph.
    boxes: Vec<Element>,
}

impl Reader<'_> {
    fn blocks(&mut self, parent: &Element) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => self.paragraph(element),
                "tbl" => self.table(element),
                "ins" | "moveTo" => self.changed(Change::Inserted, element, Self::blocks),
                "del" | "moveFrom" => self.changed(Change::Deleted, element, Self::blocks),
                "sectPr" | "tblPr" | "tblGrid" | "tcPr" => {}
                "altChunk" => self
                    .pen
                    .unread
                    .push("a part of another document".to_owned()),
                _ => self.blocks(element),
            }
        }
    }

    fn changed(&mut self, change: Change, element: &Element, read: fn(&mut Self, &Element)) {
        let author = element.attribute("author").unwrap_or("somebody");
        self.pen.begin_change(change, author);
        read(self, element);
        self.pen.end_change();
    }

    fn paragraph(&mut self, element: &Element) {
        let looks = element.child("pPr");
        let style = looks
            .and_then(|looks| looks.child("pStyle"))
            .and_then(|style| style.attribute("val"));
        let style = style.and_then(|style| self.styles.get(style).copied());
        let of_style = style.and_then(|style| style.child("pPr"));
        let number = [looks, of_style].into_iter().flatten();
        let number = number
            .filter_map(|looks| looks.child("numPr"))
            .find_map(number_of);
        let level = level(looks, style, of_style);
        let mark = number.and_then(|(list, depth)| self.numbering.mark(&list, depth));
        match (level, mark) {
            (Some(level), Some((_, mark))) if !mark.starts_with('-') => {
                self.pen.begin(0, &format!("{} {mark}", "#".repeat(level)));
            }
            (Some(level), _) => self.pen.begin(0, &format!("{} ", "#".repeat(level))),
            (None, Some((depth, mark))) => self.pen.begin_item(depth * 3, &mark),
            (None, None) => {}
        }
        self.inlines(element);
        self.end(looks);
        for text in std::mem::take(&mut self.boxes) {
            self.blocks(&text);
        }
    }

    /// Ends a paragraph, whose end may itself have been put in or taken out.
    fn end(&mut self, looks: Option<&Element>) {
        let of_end = looks.and_then(|looks| looks.child("rPr"));
        let mut ends = of_end.into_iter().flat_map(Element::elements);
        let changed = ends.find_map(change_of);
        match changed {
            Some((change, author)) => self.pen.end_changed_paragraph(change, author),
            None => self.pen.end_paragraph(),
        }
    }

    fn inlines(&mut self, parent: &Element) {
        for element in parent.elements() {
            match element.name.as_str() {
                "r" => self.run(element),
                "hyperlink" => self.link(element),
                "ins" | "moveTo" => self.changed(Change::Inserted, element, Self::inlines),
                "del" | "moveFrom" => self.changed(Change::Deleted, element, Self::inlines),
                "commentRangeStart" => self.pen.begin_comment(&id(element)),
                "commentRangeEnd" => self.pen.end_comment(&id(element)),
                "pPr" | "rPr" => {}
                _ => self.inlines(element),
            }
        }
    }

    fn link(&mut self, element: &Element) {
        let to = self.links.get(&id(element));
        self.pen.look.link = to.and_then(|to| target(to));
        self.inlines(element);
        self.pen.look.link = None;
    }

    fn run(&mut self, element: &Element) {
        let looks = element.child("rPr");
        let on = |name: &str| {
            let sign = looks.and_then(|looks| looks.child(name));
            let off =
                |sign: &Element| matches!(sign.attribute("val"), Some("0" | "false" | "none"));
            usize::from(sign.is_some_and(|sign| !off(sign)))
        };
        self.pen.look.bold = on("b");
        self.pen.look.italic = on("i");
        self.pen.look.struck = on("strike") + on("dstrike");
        for part in element.elements() {
            match part.name.as_str() {
                "t" | "delText" => self.pen.words(&part.text()),
                "tab" | "ptab" => self.pen.words(" "),
                "sym" => self.sign(part),
                "noBreakHyphen" => self.pen.words("\u{2011}"),
                "br" | "cr" => self.pen.end_line(),
                "footnoteReference" => self.note("footnote", part),
                "endnoteReference" => self.note("endnote", part),
                "AlternateContent" | "drawing" | "pict" | "object" => {
                    let before = self.boxes.len();
                    find_boxes(part, &mut self.boxes);
                    if self.boxes.len() == before {
                        self.pen.picture(description(part));
                    }
                }
                _ => {}
            }
        }
        self.pen.look.bold = 0;
        self.pen.look.italic = 0;
        self.pen.look.struck = 0;
    }

    /// Writes a sign of a font of signs, and tells of it if nobody knows what it shows.
    fn sign(&mut self, element: &Element) {
        let sign = symbol(element).unwrap_or_else(|| {
            let font = element.attribute("font").unwrap_or("signs");
            self.pen
                .unread
                .push(format!("a sign of the font {font}, written as \u{fffd}"));
            '\u{fffd}'
        });
        self.pen.words(&sign.to_string());
    }

    fn note(&mut self, kind: &'static str, reference: &Element) {
        let key = (kind, id(reference));
        let Some(note) = self.notes.get(&key).copied() else {
            return;
        };
        if self.pen.begin_note(&format!("{kind} {}", key.1)) {
            // A note has links of its own, which stand in a part of its own.
            let links = std::mem::take(&mut self.links);
            let look = std::mem::take(&mut self.pen.look);
            self.blocks(note);
            self.links = links;
            self.pen.look = look;
            self.pen.end_note();
        }
    }

    fn table(&mut self, element: &Element) {
        self.pen.begin_table();
        for row in rows(element, "tr") {
            let changes = row.child("trPr").into_iter().flat_map(Element::elements);
            let change = changes.filter_map(change_of).next();
            if let Some((change, author)) = change {
                self.pen.begin_change(change, author);
            }
            self.pen.begin_row();
            for cell in rows(row, "tc") {
                self.pen.begin_cell();
                self.blocks(cell);
                self.pen.end_cell();
            }
            self.pen.end_row();
            if change.is_some() {
                self.pen.end_change();
            }
        }
        self.pen.end_table();
    }
}

/// The change that an element tells of, and who made it.
fn change_of(element: &Element) -> Option<(Change, &str)> {
    let change = match element.name.as_str() {
        "ins" | "moveTo" => Change::Inserted,
        "del" | "moveFrom" => Change::Deleted,
        _ => return None,
    };
    Some((change, element.attribute("author").unwrap_or("somebody")))
}

fn number_of(looks: &Element) -> Option<(String, usize)> {
    let list = looks.child("numId")?.attribute("val")?;
    let depth = looks.child("ilvl").and_then(|it| it.attribute("val"));
    let depth: usize = depth.and_then(|depth| depth.parse().ok()).unwrap_or(0);
    Some((list.to_owned(), depth.min(8)))
}

/// The level of a heading: as the paragraph says, as its style says, or as the style is called.
fn level(
    looks: Option<&Element>,
    style: Option<&Element>,
    of_style: Option<&Element>,
) -> Option<usize> {
    let outline = [looks, of_style].into_iter().flatten();
    let mut outline = outline.filter_map(|looks| {
        looks
            .child("outlineLvl")?
            .attribute("val")?
            .parse::<usize>()
            .ok()
    });
    let name = style
        .and_then(|style| style.child("name"))
        .and_then(|name| name.attribute("val"));
    let named = name.and_then(|name| {
        let name = name.to_lowercase();
        name.strip_prefix("heading ")?.parse::<usize>().ok()
    });
    let level = outline.next().map(|level| level + 1).or(named)?;
    (1..=6).contains(&level).then_some(level)
}
