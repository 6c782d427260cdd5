//! What drawings and signs of fonts hold that can be read: a description, boxes of text, a letter.

use crate::reply::document::xml::{Element, Node};

/// What a drawing says of itself.
pub fn description(element: &Element) -> Option<&str> {
    let mut inner = element.elements();
    inner.find_map(|inner| match inner.name.as_str() {
        "docPr" => inner.attribute("descr"),
        _ => description(inner),
    })
}

/// The boxes of text in a drawing; of two ways to draw it, the first.
pub fn find_boxes(element: &Element, boxes: &mut Vec<Element>) {
    for node in &element.children {
        let Node::Element(inner) = node else { continue };
        match inner.name.as_str() {
            "txbxContent" => boxes.push(inner.clone()),
            "Fallback" => {}
            _ => find_boxes(inner, boxes),
        }
    }
}

/// The sign that a font of signs draws, where there is one of its own for it.
pub fn symbol(element: &Element) -> Option<char> {
    let code = element.attribute("char")?;
    let code = u32::from_str_radix(code, 16).ok()?;
    let wingdings = element.attribute("font") == Some("Wingdings");
    match (wingdings, code & 0xff) {
        (true, 0x4a) => Some('\u{263a}'),
        (true, 0x4c) => Some('\u{2639}'),
        (true, 0x6f | 0xa8) => Some('\u{2610}'),
        (true, 0xa7) => Some('\u{25aa}'),
        (true, 0xdf | 0xe7) => Some('\u{2190}'),
        (true, 0xe0 | 0xe8) => Some('\u{2192}'),
        (true, 0xfb) => Some('\u{2717}'),
        (true, 0xfc) => Some('\u{2713}'),
        (true, 0xfd) => Some('\u{2612}'),
        (true, 0xfe) => Some('\u{2611}'),
        (_, 0xb7) => Some('\u{2022}'),
        _ => char::from_u32(code).filter(|_| !(0xe000..=0xf8ff).contains(&code)),
    }
}
