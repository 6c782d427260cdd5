//! What drawings hold that can be read: a description, and boxes of text.

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
