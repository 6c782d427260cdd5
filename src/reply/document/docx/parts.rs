//! What stands in parts of their own: notes, comments, and which lists have numbers.

use std::collections::BTreeMap;

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
pub fn texts(part: &Element, name: &str) -> BTreeMap<(String, String), String> {
    let real = all(part, name).filter(|note| note.attribute("type").is_none());
    real.map(|note| ((name.to_owned(), id(note)), words(note)))
        .collect()
}

/// For each list and level whether it has numbers.
pub fn ordered(part: &Element) -> BTreeMap<(String, usize), bool> {
    let level = |level: &Element| {
        let format = level.child("numFmt").and_then(|it| it.attribute("val"));
        let number = format.is_some_and(|format| format != "bullet" && format != "none");
        let at = level.attribute("ilvl").and_then(|at| at.parse().ok());
        (at.unwrap_or(0), number)
    };
    let mut kinds: BTreeMap<String, Vec<(usize, bool)>> = BTreeMap::new();
    for kind in all(part, "abstractNum") {
        let levels = kind.elements().filter(|it| it.name == "lvl").map(level);
        kinds.insert(attribute(kind, "abstractNumId"), levels.collect());
    }
    let mut out = BTreeMap::new();
    for list in all(part, "num") {
        let kind = list
            .child("abstractNumId")
            .and_then(|it| it.attribute("val"));
        for (level, number) in kind.and_then(|kind| kinds.get(kind)).into_iter().flatten() {
            out.insert((attribute(list, "numId"), *level), *number);
        }
    }
    out
}
