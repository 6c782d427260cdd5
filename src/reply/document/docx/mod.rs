//! A `.docx`.

mod drawing;
mod parts;

use std::collections::BTreeMap;

use crate::reply::sheet::target;
use crate::reply::{Change, Comment, ReadError};

use super::package::Package;
use super::pen::Pen;
use super::xml::{Element, broken};

use drawing::{description, find_boxes};
use parts::{all, attribute, id, ordered, texts, words};

/// Reads a document and what stands in parts of their own: styles, numbers, links, notes and comments.
///
/// # Errors
///
/// A part is too large or no XML.
pub fn read(package: &mut Package<'_>, pen: &mut Pen) -> Result<(), ReadError> {
    let mut part = |name: &str| package.part(&format!("word/{name}.xml"));
    let document = part("document")?.unwrap_or_default();
    let numbers = part("numbering")?.unwrap_or_default();
    let mut notes = texts(&part("footnotes")?.unwrap_or_default(), "footnote");
    notes.extend(texts(&part("endnotes")?.unwrap_or_default(), "endnote"));
    let styles = part("styles")?.unwrap_or_default();
    let comments = part("comments")?.unwrap_or_default();
    let links = package
        .part("word/_rels/document.xml.rels")?
        .unwrap_or_default();
    for comment in all(&comments, "comment") {
        let said = Comment {
            author: comment.attribute("author").unwrap_or("somebody").to_owned(),
            words: words(comment),
            about: String::new(),
        };
        pen.comment(&id(comment), said);
    }
    let mut reader = Reader {
        pen,
        styles: all(&styles, "style")
            .map(|style| (attribute(style, "styleId"), style))
            .collect(),
        numbers: ordered(&numbers),
        counts: BTreeMap::new(),
        links: all(&links, "Relationship")
            .map(|link| (attribute(link, "Id"), attribute(link, "Target")))
            .collect(),
        notes,
        boxes: Vec::new(),
    };
    let root = document
        .child("document")
        .and_then(|root| root.child("body"));
    reader.blocks(root.ok_or_else(|| broken("it has no body"))?);
    Ok(())
}

/// How many levels a list may have.
const LEVELS: usize = 9;

struct Reader<'a> {
    pen: &'a mut Pen,
    styles: BTreeMap<String, &'a Element>,
    numbers: BTreeMap<(String, usize), bool>,
    counts: BTreeMap<(String, usize), usize>,
    links: BTreeMap<String, String>,
    notes: BTreeMap<(String, String), String>,
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
                "sectPr" | "tblPr" | "tblGrid" => {}
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
        let mark = number.and_then(|(list, depth)| self.mark(list, depth));
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
        let changed = of_end
            .into_iter()
            .flat_map(Element::elements)
            .find_map(|it| {
                let change = match it.name.as_str() {
                    "ins" | "moveTo" => Change::Inserted,
                    "del" | "moveFrom" => Change::Deleted,
                    _ => return None,
                };
                Some((change, it.attribute("author").unwrap_or("somebody")))
            });
        match changed {
            Some((change, author)) => self.pen.end_changed_paragraph(change, author),
            None => self.pen.end_paragraph(),
        }
    }

    /// The mark of an item, and counts it.
    fn mark(&mut self, list: String, depth: usize) -> Option<(usize, String)> {
        let number = *self.numbers.get(&(list.clone(), depth))?;
        if !number {
            return Some((depth, "- ".to_owned()));
        }
        for level in depth + 1..LEVELS {
            self.counts.remove(&(list.clone(), level));
        }
        let count = self.counts.entry((list, depth)).or_insert(0);
        *count += 1;
        Some((depth, format!("{count}. ")))
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

    fn note(&mut self, kind: &str, reference: &Element) {
        let key = (kind.to_owned(), id(reference));
        if let Some(text) = self.notes.get(&key) {
            self.pen.note(text);
        }
    }

    fn table(&mut self, element: &Element) {
        self.pen.end_paragraph();
        for (at, row) in element.elements().filter(|it| it.name == "tr").enumerate() {
            let cells: Vec<&Element> = row.elements().filter(|it| it.name == "tc").collect();
            self.pen.begin_row();
            for cell in &cells {
                each_paragraph(cell, &mut |paragraph| {
                    self.inlines(paragraph);
                    self.pen.words(" ");
                });
                self.pen.end_cell();
            }
            self.pen.end_row(at, cells.len());
        }
        self.pen.end_paragraph();
    }
}

fn each_paragraph(parent: &Element, read: &mut dyn FnMut(&Element)) {
    for element in parent.elements() {
        match element.name.as_str() {
            "p" => read(element),
            _ => each_paragraph(element, read),
        }
    }
}

fn number_of(looks: &Element) -> Option<(String, usize)> {
    let list = looks.child("numId")?.attribute("val")?;
    let depth = looks.child("ilvl").and_then(|it| it.attribute("val"));
    let depth: usize = depth.and_then(|depth| depth.parse().ok()).unwrap_or(0);
    Some((list.to_owned(), depth.min(LEVELS - 1)))
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
