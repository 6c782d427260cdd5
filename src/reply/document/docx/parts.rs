//! What stands in parts of their own, such as notes and comments, and in elements that only wrap others.

use crate::reply::document::xml::Element;

/// An attribute; empty if there is none.
pub fn attribute(element: &Element, name: &str) -> String {
    element.attribute(name).unwrap_or_default().to_owned()
}

/// The id of an element.
pub fn id(element: &Element) -> String {
    attribute(element, "id")
}

/// The elements of a name in the root of a part.
pub fn all<'a>(part: &'a Element, name: &'a str) -> impl Iterator<Item = &'a Element> {
    let elements = part.elements().flat_map(Element::elements);
    elements.filter(move |element| element.name == name)
}

/// The words of an element, its paragraphs joined.
pub fn words(element: &Element) -> String {
    match element.name.as_str() {
        "t" | "delText" => element.text(),
        "tab" | "br" => " ".to_owned(),
        name => {
            let end = if name == "p" { " " } else { "" };
            let parts: String = element.elements().map(words).collect();
            format!("{parts}{end}")
        }
    }
}

/// The notes of a part by kind and id, without those that only draw a line.
pub fn notes<'a>(
    part: &'a Element,
    name: &'static str,
) -> impl Iterator<Item = ((&'static str, String), &'a Element)> {
    let real = all(part, name).filter(|note| note.attribute("type").is_none());
    real.map(move |note| ((name, id(note)), note))
}

/// The rows of a table or the cells of a row, also those that stand in a field for content.
pub fn rows<'a>(parent: &'a Element, name: &str) -> Vec<&'a Element> {
    let inner = parent.elements().map(|inner| match inner.name == name {
        true => vec![inner],
        false => rows(inner, name),
    });
    inner.flatten().collect()
}
