//! What the styles of an `.odt` say: which words are bold or italic, and which lists have numbers.

use std::collections::BTreeMap;

use crate::reply::document::xml::Element;

/// How bold and how italic words are.
pub type Looks = (usize, usize);

/// The styles by their names.
#[derive(Debug, Default)]
pub struct Styles {
    looks: BTreeMap<String, Looks>,
    /// Whether lists have numbers, by style and level.
    numbered: BTreeMap<(String, usize), bool>,
}

impl Styles {
    /// Reads the styles of the parts of a document.
    pub fn of(parts: [&Element; 2]) -> Self {
        let mut out = Self::default();
        let roots = parts.into_iter().flat_map(Element::elements);
        for style in roots
            .flat_map(Element::elements)
            .flat_map(Element::elements)
        {
            let name = style.attribute("name").unwrap_or_default().to_owned();
            if style.name == "list-style" {
                for level in style.elements() {
                    let at = level.attribute("level").and_then(|at| at.parse().ok());
                    let key = (name.clone(), at.unwrap_or(1));
                    out.numbered.insert(key, is_number(level));
                }
            } else if let Some(text) = style.child("text-properties") {
                out.looks.insert(name, looks(text));
            }
        }
        out
    }

    /// How the words of an element look by its style; nothing if that does not say.
    pub fn look(&self, element: &Element) -> Option<Looks> {
        let name = element.attribute("style-name").unwrap_or_default();
        self.looks.get(name).copied()
    }

    /// Whether a list has numbers, by style and level.
    pub fn has_numbers(&self, list: &(String, usize)) -> bool {
        self.numbered.get(list).copied().unwrap_or(false)
    }
}

fn is_number(level: &Element) -> bool {
    let format = level.attribute("num-format");
    level.name == "list-level-style-number" && format.is_none_or(|format| !format.is_empty())
}

fn looks(text: &Element) -> Looks {
    let weight = text.attribute("font-weight");
    let bold = matches!(weight, Some("bold" | "600" | "700" | "800" | "900"));
    let italic = text.attribute("font-style") == Some("italic");
    (usize::from(bold), usize::from(italic))
}
