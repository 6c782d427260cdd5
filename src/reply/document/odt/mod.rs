//! An `.odt`.

mod styles;

use std::collections::{BTreeMap, BTreeSet};

use crate::reply::sheet::target;
use crate::reply::{Change, Comment, ReadError};

use super::package::Package;
use super::pen::Pen;
use super::xml::{Element, Node, broken};

use styles::Styles;

/// Reads a document and the styles that say how it looks.
///
/// # Errors
///
/// A part is too large or no XML.
pub fn read(package: &mut Package<'_>, pen: &mut Pen) -> Result<(), ReadError> {
    let content = package.part("content.xml")?.unwrap_or_default();
    let styles = package.part("styles.xml")?.unwrap_or_default();
    let mut reader = Reader {
        pen,
        styles: Styles::of([&styles, &content]),
        counts: BTreeMap::new(),
        regions: BTreeMap::new(),
        notes: 0,
        open: BTreeSet::new(),
    };
    let root = content.child("document-content");
    let body = root.and_then(|root| root.child("body"));
    let text = body.and_then(|body| body.child("text"));
    reader.blocks(text.ok_or_else(|| broken("it has no text"))?);
    let masters = styles
        .child("document-styles")
        .and_then(|root| root.child("master-styles"));
    for page in masters.into_iter().flat_map(Element::elements) {
        for part in page.elements() {
            match part.name.as_str() {
                "header" | "header-first" | "header-left" => pen.aside("the head", &words(part)),
                "footer" | "footer-first" | "footer-left" => pen.aside("the foot", &words(part)),
                _ => {}
            }
        }
    }
    Ok(())
}

/// A place that a tracked change is about.
#[derive(Clone, Debug)]
struct Region {
    change: Change,
    author: String,
    /// The words that were taken out, by paragraph.
    words: Vec<String>,
}

struct Reader<'a> {
    pen: &'a mut Pen,
    styles: Styles,
    /// How far lists have been counted, by style and level.
    counts: BTreeMap<(String, usize), usize>,
    regions: BTreeMap<String, Region>,
    /// How many notes there were.
    notes: usize,
    /// The changes whose words are being read.
    open: BTreeSet<String>,
}

fn attribute(element: &Element, name: &str) -> String {
    element.attribute(name).unwrap_or_default().to_owned()
}

/// The mark of a heading of a level.
fn heading(element: &Element) -> String {
    let level = element.attribute("outline-level");
    let level: usize = level.and_then(|it| it.parse().ok()).unwrap_or(1);
    format!("{} ", "#".repeat(level.clamp(1, 6)))
}

impl Reader<'_> {
    fn blocks(&mut self, parent: &Element) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => self.paragraph(element),
                "h" => {
                    self.pen.begin(0, &heading(element));
                    self.paragraph(element);
                }
                "list" => self.list(element, (&attribute(element, "style-name"), 1)),
                "table" => self.table(element),
                "annotation" => self.comment(element),
                "tracked-changes" => self.changes(element),
                "change-start" | "change-end" | "change" => self.change(element),
                "frame" if element.child("text-box").is_none() => self.picture(element),
                "sequence-decls" | "forms" | "variable-decls" => {}
                _ => self.blocks(element),
            }
        }
    }

    fn paragraph(&mut self, element: &Element) {
        let style = self.styles.look(element);
        let heading = element.name == "h";
        let (bold, italic) = style.filter(|_| !heading).unwrap_or_default();
        self.dressed(element, (bold, italic));
        self.pen.end_paragraph();
    }

    fn dressed(&mut self, element: &Element, (bold, italic): (usize, usize)) {
        self.pen.look.bold += bold;
        self.pen.look.italic += italic;
        self.inlines(element);
        self.pen.look.bold -= bold;
        self.pen.look.italic -= italic;
    }

    fn list(&mut self, element: &Element, (style, depth): (&str, usize)) {
        let key = (style.to_owned(), depth);
        let goes_on = element.attribute("continue-numbering") == Some("true")
            || element.attribute("continue-list").is_some();
        if !goes_on {
            self.counts.remove(&key);
        }
        let number = self.styles.start(&key);
        for item in element.elements() {
            let start = item
                .attribute("start-value")
                .and_then(|it| it.parse::<usize>().ok());
            let first = number.unwrap_or(1).saturating_sub(1);
            let count = self.counts.entry(key.clone()).or_insert(first);
            let counted = item.name == "list-item";
            *count = start.unwrap_or(count.saturating_add(usize::from(counted)));
            let mark = match (number, counted) {
                (_, false) => String::new(),
                (Some(_), true) => format!("{count}. "),
                (None, true) => "- ".to_owned(),
            };
            self.item(item, (style, depth), &mark);
        }
    }

    fn item(&mut self, item: &Element, (style, depth): (&str, usize), mark: &str) {
        let mut mark = Some(mark).filter(|mark| !mark.is_empty());
        for part in item.elements() {
            match part.name.as_str() {
                "list" => {
                    let own = part.attribute("style-name").unwrap_or(style).to_owned();
                    self.list(part, (&own, depth + 1));
                }
                "h" => {
                    let head = heading(part) + mark.take().unwrap_or("");
                    self.pen.begin(0, &head);
                    self.paragraph(part);
                }
                "p" => {
                    let indent = (depth - 1).min(8) * 3;
                    match mark.take() {
                        Some(mark) => self.pen.begin_item(indent, mark),
                        None => self.pen.begin(indent + 3, ""),
                    }
                    self.paragraph(part);
                }
                _ => self.blocks(part),
            }
        }
    }

    fn inlines(&mut self, parent: &Element) {
        for node in &parent.children {
            match node {
                Node::Text(text) => self.pen.words(text),
                Node::Element(element) => self.inline(element),
            }
        }
    }

    fn inline(&mut self, element: &Element) {
        match element.name.as_str() {
            "span" => {
                let look = self.styles.look(element).unwrap_or_default();
                self.dressed(element, look);
            }
            "a" => {
                self.pen.look.link = element.attribute("href").and_then(target);
                self.inlines(element);
                self.pen.look.link = None;
            }
            "s" | "tab" => self.pen.words(" "),
            "frame" if element.child("text-box").is_none() => self.picture(element),
            "line-break" => self.pen.end_line(),
            "note" => {
                self.note(element);
            }
            "annotation" => self.comment(element),
            "annotation-end" => self.pen.end_comment(&attribute(element, "name")),
            "change-start" | "change-end" | "change" => self.change(element),
            "p" => {
                self.inlines(element);
                self.pen.end_line();
            }
            "soft-page-break" | "bookmark" | "bookmark-start" | "bookmark-end" => {}
            _ => self.inlines(element),
        }
    }

    /// Reads a note where it stands, each under a name of its own.
    fn note(&mut self, element: &Element) {
        self.notes += 1;
        let body = element.child("note-body");
        if let Some(body) = body.filter(|_| self.pen.begin_note(&self.notes.to_string())) {
            let look = std::mem::take(&mut self.pen.look);
            self.blocks(body);
            self.pen.look = look;
            self.pen.end_note();
        }
    }

    fn picture(&mut self, element: &Element) {
        let described = element.child("desc").or_else(|| element.child("title"));
        self.pen.picture(described.map(Element::text).as_deref());
    }

    fn comment(&mut self, element: &Element) {
        let id = attribute(element, "name");
        let author = element.child("creator").map(Element::text);
        let said = element
            .elements()
            .filter(|it| matches!(it.name.as_str(), "p" | "list"));
        let comment = Comment {
            author: author.unwrap_or_else(|| "somebody".to_owned()),
            words: said.map(words).collect(),
            about: String::new(),
        };
        if !id.is_empty() {
            self.pen.begin_comment(&id);
        }
        self.pen.comment(&id, comment);
    }

    /// Reads where changes were made by whom; what was taken out stands here, and not in the text.
    fn changes(&mut self, element: &Element) {
        for region in element.elements() {
            let Some(change) = region.elements().next() else {
                continue;
            };
            let kind = match change.name.as_str() {
                "insertion" => Change::Inserted,
                "deletion" => Change::Deleted,
                _ => continue,
            };
            let info = change.child("change-info");
            let author = info
                .and_then(|info| info.child("creator"))
                .map(Element::text);
            let mut said = Vec::new();
            find(change, &["p", "h"], &mut said);
            let region_of = Region {
                change: kind,
                author: author.unwrap_or_else(|| "somebody".to_owned()),
                words: said.into_iter().map(words).collect(),
            };
            self.regions.insert(attribute(region, "id"), region_of);
        }
    }

    fn change(&mut self, element: &Element) {
        let id = attribute(element, "change-id");
        let Some(region) = self.regions.get(&id).cloned() else {
            return;
        };
        match element.name.as_str() {
            "change-start" if !self.open.contains(&id) => {
                self.open.insert(id);
                self.pen.begin_change(region.change, &region.author);
            }
            "change-end" if self.open.remove(&id) => self.pen.end_change(),
            "change" => {
                self.pen.begin_change(region.change, &region.author);
                for (at, words) in region.words.iter().enumerate() {
                    if at > 0 {
                        self.pen.end_paragraph();
                    }
                    self.pen.words(words.trim_end_matches('\n'));
                }
                self.pen.end_change();
            }
            _ => {}
        }
    }

    fn table(&mut self, element: &Element) {
        self.pen.begin_table();
        let mut rows = Vec::new();
        find(element, &["table-row"], &mut rows);
        for row in rows {
            self.pen.begin_row();
            for cell in row.elements().filter(|it| it.name == "table-cell") {
                self.pen.begin_cell();
                self.blocks(cell);
                self.pen.end_cell();
            }
            self.pen.end_row();
        }
        self.pen.end_table();
    }
}

fn find<'a>(element: &'a Element, names: &[&str], found: &mut Vec<&'a Element>) {
    for inner in element.elements() {
        match inner.name.as_str() {
            "change-info" => {}
            name if names.contains(&name) => found.push(inner),
            _ => find(inner, names, found),
        }
    }
}

/// The words of an element; its paragraphs are lines.
fn words(element: &Element) -> String {
    let parts = element.children.iter().map(|node| match node {
        Node::Text(text) => text.clone(),
        Node::Element(inner) if matches!(inner.name.as_str(), "s" | "tab" | "line-break") => {
            " ".to_owned()
        }
        Node::Element(inner) if matches!(inner.name.as_str(), "annotation" | "note-citation") => {
            String::new()
        }
        Node::Element(inner) => words(inner),
    });
    let end = if matches!(element.name.as_str(), "p" | "h") {
        "\n"
    } else {
        ""
    };
    parts.collect::<String>() + end
}
