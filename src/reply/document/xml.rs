//! XML as a tree; the only file that names `quick-xml`.
//!
//! `quick-xml` buys us a pull parser that follows no reference out of the file. A document type is refused, which leaves
//! nothing to expand; depth and number of elements have limits.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::reply::ReadError;

/// How deep elements may stand within each other.
const DEEPEST: usize = 256;

/// How many elements a part may have.
const MOST: usize = 2_000_000;

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

/// Reads a part of a document.
///
/// # Errors
///
/// It is not well-formed, has a document type, or is beyond a limit.
pub fn parse(bytes: &[u8]) -> Result<Element, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|_| broken("a part of it is not UTF-8"))?;
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    let mut count = 0;
    loop {
        let event = reader.read_event();
        match event.map_err(|error| broken(&error.to_string()))? {
            Event::Eof => break,
            Event::DocType(_) => return Err(broken("a part of it has a document type")),
            Event::Start(tag) => {
                count += 1;
                if open.len() > DEEPEST || count > MOST {
                    return Err(broken("a part of it has too many elements"));
                }
                open.push(element(&tag));
            }
            Event::Empty(tag) => {
                count += 1;
                put(&mut open, Node::Element(element(&tag)));
            }
            Event::End(_) => {
                if let Some(done) = open.pop() {
                    put(&mut open, Node::Element(done));
                }
            }
            Event::Text(text) => put(&mut open, Node::Text(text.xml10_content().into_owned())),
            Event::CData(text) => put(&mut open, Node::Text(text.xml10_content().into_owned())),
            Event::GeneralRef(name) => put(&mut open, Node::Text(referred(&name)?)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    match open.as_mut_slice() {
        [root] => Ok(std::mem::take(root)),
        _ => Err(broken("a part of it ends too early")),
    }
}

fn put(open: &mut [Element], node: Node) {
    if let Some(last) = open.last_mut() {
        last.children.push(node);
    }
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

fn element(tag: &BytesStart<'_>) -> Element {
    let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
    let attributes = tag.attributes().filter_map(Result::ok).map(|attribute| {
        let value = quick_xml::escape::unescape(&attribute.value);
        let value = value.map_or_else(
            |_| attribute.value.to_string(),
            std::borrow::Cow::into_owned,
        );
        (local(attribute.key.as_ref()), value)
    });
    Element {
        name: local(tag.name().as_ref()),
        attributes: attributes.collect(),
        children: Vec::new(),
    }
}

/// Says that a document cannot be read.
pub fn broken(why: &str) -> ReadError {
    ReadError::Broken(why.to_owned())
}
