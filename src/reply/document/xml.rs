//! XML as a tree; the only file that names `quick-xml`.
//!
//! `quick-xml` buys us a pull parser that follows no reference out of the file. A document type is refused, which leaves
//! nothing to expand; depth and number of elements have limits, and all parts of a document share one.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::reply::ReadError;

/// How deep elements may stand within each other.
const DEEPEST: usize = 256;

/// How many elements, attributes and pieces of text a document may have, all its parts together.
pub const MOST: usize = 500_000;

/// How many attributes an element may have: the parser compares each with all before it.
const MOST_ATTRIBUTES: usize = 256;

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name without what says where the name is from.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// What stands in it.
    pub children: Vec<Node>,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Another element.
    Element(Element),
    /// Words.
    Text(String),
}

impl Element {
    /// The value of an attribute, by its name without what says where the name is from.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element in it of a name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// All words in it.
    pub fn text(&self) -> String {
        let parts = self.children.iter().map(|node| match node {
            Node::Element(element) => element.text(),
            Node::Text(text) => text.clone(),
        });
        parts.collect()
    }
}

/// Reads a part of a document, and takes what it has from what the document may still have.
///
/// # Errors
///
/// It is not well-formed, has a document type, or is beyond a limit.
pub fn parse(bytes: &[u8], left: &mut usize) -> Result<Element, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|_| broken("a part of it is not UTF-8"))?;
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event();
        match event.map_err(|error| broken(&error.to_string()))? {
            Event::Eof => break,
            Event::DocType(_) => return Err(broken("a part of it has a document type")),
            Event::Start(tag) => {
                if open.len() > DEEPEST {
                    return Err(broken("its elements stand too deep within each other"));
                }
                open.push(element(&tag, left)?);
            }
            Event::Empty(tag) => put(&mut open, Node::Element(element(&tag, left)?)),
            Event::End(_) => {
                if let Some(done) = open.pop() {
                    put(&mut open, Node::Element(done));
                }
            }
            Event::Text(text) => words(&mut open, text.xml10_content().into_owned(), left)?,
            Event::CData(text) => words(&mut open, text.xml10_content().into_owned(), left)?,
            Event::GeneralRef(name) => words(&mut open, referred(&name)?, left)?,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    match open.as_mut_slice() {
        [root] => Ok(std::mem::take(root)),
        _ => Err(broken("a part of it ends too early")),
    }
}

/// Takes from what the document may still have.
fn spend(left: &mut usize, count: usize) -> Result<(), ReadError> {
    let less = left.checked_sub(count);
    *left = less.ok_or_else(|| broken("it has too many elements"))?;
    Ok(())
}

fn put(open: &mut [Element], node: Node) {
    if let Some(last) = open.last_mut() {
        last.children.push(node);
    }
}

/// Puts words behind those that stand there; a reference such as `&amp;` parts no words.
fn words(open: &mut [Element], text: String, left: &mut usize) -> Result<(), ReadError> {
    let Some(last) = open.last_mut() else {
        return Ok(());
    };
    match last.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(&text),
        _ => {
            spend(left, 1)?;
            last.children.push(Node::Text(text));
        }
    }
    Ok(())
}

/// The sign that a reference stands for: one of XML's own five, or a number.
fn referred(name: &quick_xml::events::BytesRef<'_>) -> Result<String, ReadError> {
    let sign = name.resolve_char_ref();
    if let Some(sign) = sign.map_err(|error| broken(&error.to_string()))? {
        return Ok(sign.to_string());
    }
    let name = name.xml10_content();
    let known = resolve_predefined_entity(&name);
    known
        .map(str::to_owned)
        .ok_or_else(|| broken(&format!("it refers to `{name}`, which is nothing")))
}

fn element(tag: &BytesStart<'_>, left: &mut usize) -> Result<Element, ReadError> {
    let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
    let attributes = tag.attributes().take(MOST_ATTRIBUTES + 1);
    let attributes = attributes.filter_map(Result::ok).map(|attribute| {
        let value = quick_xml::escape::unescape(&attribute.value);
        let value = value.map_or_else(
            |_| attribute.value.to_string(),
            std::borrow::Cow::into_owned,
        );
        (local(attribute.key.as_ref()), value)
    });
    let attributes: Vec<(String, String)> = attributes.collect();
    if attributes.len() > MOST_ATTRIBUTES {
        return Err(broken("an element of it has too many attributes"));
    }
    spend(left, 1 + attributes.len())?;
    Ok(Element {
        name: local(tag.name().as_ref()),
        attributes,
        children: Vec::new(),
    })
}

/// Says that a document cannot be read.
pub fn broken(why: &str) -> ReadError {
    ReadError::Broken(why.to_owned())
}
