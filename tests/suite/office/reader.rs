//! A small reader of office files: unpacks them, insists that every part is well-formed, and reads the text with its
//! changes accepted or rejected.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

/// What a reader does with the changes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changes {
    /// Takes them.
    Accepted,
    /// Refuses them.
    Rejected,
}

/// An office file taken apart.
#[derive(Debug)]
pub struct Office {
    /// The names of the parts as they are stored.
    pub names: Vec<String>,
    parts: BTreeMap<String, String>,
}

impl Office {
    /// Takes a file apart; every part of XML must be well-formed.
    pub fn open(bytes: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("it is an archive");
        let mut names = Vec::new();
        let mut parts = BTreeMap::new();
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).expect("it can be read");
            let mut text = String::new();
            entry.read_to_string(&mut text).expect("it is UTF-8");
            let name = entry.name().expect("a name is UTF-8").into_owned();
            if name != "mimetype" {
                well_formed(&name, &text);
            }
            names.push(name.clone());
            parts.insert(name, text);
        }
        Self { names, parts }
    }

    /// A part.
    #[track_caller]
    pub fn part(&self, name: &str) -> &str {
        self.parts
            .get(name)
            .unwrap_or_else(|| panic!("no {name} in {:?}", self.names))
    }

    /// The paragraphs of the text as `style: words`, footnotes left out.
    pub fn paragraphs(&self, changes: Changes) -> Vec<String> {
        let stream = match self.parts.get("word/document.xml") {
            Some(text) => docx(text, changes),
            None => odt(self.part("content.xml"), changes),
        };
        joined(stream)
    }
}

/// A step through a part.
#[derive(Debug)]
enum Event<'a> {
    Open(&'a str, &'a str),
    Close(&'a str),
    Text(String),
}

/// A piece of a text: words, or the end of a paragraph of a style.
#[derive(Clone, Debug)]
enum Piece {
    Words(String),
    End(String),
}

fn joined(stream: Vec<Piece>) -> Vec<String> {
    let mut out = Vec::new();
    let mut words = String::new();
    for piece in stream {
        match piece {
            Piece::Words(more) => words.push_str(&more),
            Piece::End(style) => out.push(format!("{style}: {}", std::mem::take(&mut words))),
        }
    }
    assert_eq!(words, "", "words after the last paragraph");
    out
}

fn docx(text: &str, changes: Changes) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let (mut style, mut ends) = (String::new(), true);
    for event in events(text) {
        match event {
            Event::Open(name, attributes) => {
                let mark = open.ends_with(&["w:pPr", "w:rPr"]);
                match name {
                    "w:p" => ends = true,
                    "w:pStyle" => style = attribute(attributes, "w:val").unwrap_or_default(),
                    "w:br" if stands(&open, changes) => out.push(Piece::Words("\n".to_owned())),
                    "w:ins" if mark => ends = changes == Changes::Accepted,
                    "w:del" if mark => ends = changes == Changes::Rejected,
                    _ => {}
                }
                open.push(name);
            }
            Event::Close(name) => {
                open.pop();
                if name == "w:p" && ends {
                    out.push(Piece::End(style.clone()));
                }
            }
            Event::Text(words) => {
                if stands(&open, changes) && matches!(open.last(), Some(&("w:t" | "w:delText"))) {
                    out.push(Piece::Words(words));
                }
            }
        }
    }
    out
}

/// Whether what stands within these elements belongs to the text.
fn stands(open: &[&str], changes: Changes) -> bool {
    match changes {
        Changes::Accepted => !open.contains(&"w:del"),
        Changes::Rejected => !open.contains(&"w:ins"),
    }
}

fn odt(text: &str, changes: Changes) -> Vec<Piece> {
    let start = text.find("<office:text>").expect("there is a text");
    let (regions, body) = match text.find("</text:tracked-changes>") {
        Some(end) => (&text[start..end], &text[end..]),
        None => ("", &text[start..]),
    };
    let removed = removals(regions);
    let otherwise = set_otherwise(regions);
    let mut out = Vec::new();
    let mut skipping: Vec<String> = Vec::new();
    let (mut styles, mut notes) = (Vec::new(), 0);
    for event in events(body) {
        let id = match &event {
            Event::Open(_, attributes) => attribute(attributes, "text:change-id"),
            _ => None,
        };
        match event {
            Event::Open("text:change-start", _) if changes == Changes::Rejected => {
                // What is only set otherwise stands in both texts.
                skipping.extend(id.filter(|id| !otherwise.contains(id)));
            }
            Event::Open("text:change-end", _) => skipping.retain(|open| Some(open) != id.as_ref()),
            Event::Open("text:change", _) if changes == Changes::Rejected => {
                out.extend(removed[&id.expect("a change has an id")].iter().cloned());
            }
            Event::Open("text:note", _) => notes += 1,
            Event::Close("text:note") => notes -= 1,
            Event::Open("text:p" | "text:h", attributes) if notes == 0 => {
                styles.push(attribute(attributes, "text:style-name").unwrap_or_default());
            }
            Event::Close("text:p" | "text:h") if notes == 0 => {
                let style = styles.pop().expect("what is closed was opened");
                if skipping.is_empty() {
                    out.push(Piece::End(style));
                }
            }
            event if notes == 0 && skipping.is_empty() => out.extend(words(&event, &styles)),
            _ => {}
        }
    }
    out
}

/// The changes of how words are set.
fn set_otherwise(regions: &str) -> Vec<String> {
    let (mut id, mut out) = (String::new(), Vec::new());
    for event in events(regions) {
        match event {
            Event::Open("text:changed-region", attributes) => {
                id = attribute(attributes, "text:id").expect("a region has an id");
            }
            Event::Open("text:format-change", _) => out.push(id.clone()),
            _ => {}
        }
    }
    out
}

fn words(event: &Event<'_>, styles: &[String]) -> Option<Piece> {
    let words = match event {
        Event::Text(words) if !styles.is_empty() => words.clone(),
        Event::Open("text:s", attributes) => {
            let count = attribute(attributes, "text:c").and_then(|count| count.parse().ok());
            " ".repeat(count.unwrap_or(1))
        }
        Event::Open("text:line-break", _) => "\n".to_owned(),
        _ => return None,
    };
    Some(Piece::Words(words))
}

/// What each change removed: its paragraphs, without the end of the last.
fn removals(regions: &str) -> BTreeMap<String, Vec<Piece>> {
    let mut out: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
    let (mut id, mut styles) = (String::new(), Vec::new());
    for event in events(regions) {
        match event {
            Event::Open("text:changed-region", attributes) => {
                id = attribute(attributes, "text:id").expect("a region has an id");
                out.insert(id.clone(), Vec::new());
            }
            Event::Close("text:deletion") => {
                out.get_mut(&id).expect("it is open").pop();
            }
            Event::Open("text:p", attributes) => {
                styles.push(attribute(attributes, "text:style-name").unwrap_or_default());
            }
            Event::Close("text:p") => {
                let style = styles.pop().expect("what is closed was opened");
                out.get_mut(&id)
                    .expect("it is open")
                    .push(Piece::End(style));
            }
            event => {
                if let Some(piece) = words(&event, &styles) {
                    out.get_mut(&id).expect("it is open").push(piece);
                }
            }
        }
    }
    out
}

/// The value of an attribute.
fn attribute(attributes: &str, name: &str) -> Option<String> {
    let start = attributes.find(&format!(" {name}=\""))? + name.len() + 3;
    let rest = &attributes[start..];
    Some(unescaped(&rest[..rest.find('"')?]))
}

/// Walks through a part; an empty element is opened and closed.
fn events(text: &str) -> Vec<Event<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            out.push(Event::Text(unescaped(&rest[..at])));
        }
        let end = rest.find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if tag.starts_with('?') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            out.push(Event::Close(name));
            continue;
        }
        let inner = tag.strip_suffix('/').unwrap_or(tag);
        let name = inner.split_whitespace().next().expect("a tag has a name");
        out.push(Event::Open(name, &inner[name.len()..]));
        if inner.len() < tag.len() {
            out.push(Event::Close(name));
        }
    }
    out
}

/// Insists that what is opened is closed and that nothing is spelt but what XML has.
fn well_formed(name: &str, text: &str) {
    let mut open = Vec::new();
    for event in events(text) {
        match event {
            Event::Open(tag, attributes) => {
                assert_eq!(
                    attributes.matches('"').count() % 2,
                    0,
                    "{name}: {attributes}"
                );
                assert!(!attributes.contains('<'), "{name}: {attributes}");
                open.push(tag);
            }
            Event::Close(tag) => assert_eq!(open.pop(), Some(tag), "{name}"),
            Event::Text(_) => {}
        }
    }
    assert!(open.is_empty(), "{name}: {open:?}");
    let control = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\t');
    assert!(!text.contains(control), "{name}");
}

#[track_caller]
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (entity, rest) = part.split_once(';').expect("an entity ends");
        out.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            other => panic!("the entity {other} is not ours"),
        });
        out.push_str(rest);
    }
    out
}
