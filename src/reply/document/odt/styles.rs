//! What the styles of an `.odt` say: which words are bold or italic, and which lists have numbers.

use std::collections::BTreeMap;

use crate::reply::document::xml::Element;

/// How bold and how italic words are.
pub type Looks = (usize, usize);

/// The styles by their names.
#[derive(Debug, Default)]
pub struct Styles {
    looks: BTreeMap<String, Looks>,
    /// The numbers that lists begin with, by style and level; none if their items have no numbers.
    starts: BTreeMap<(String, usize), Option<usize>>,
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
                    out.starts.insert(key, start(level));
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

    /// The number that a list begins with, by style and level, if it has numbers.
    pub fn start(&self, list: &(String, usize)) -> Option<usize> {
        self.starts.get(list).copied().flatten()
    }
}

fn start(level: &Element) -> Option<usize> {
    let format = level.attribute("num-format");
    let counts = format.is_none_or(|format| !format.is_empty());
    let start = level
        .attribute("start-value")
        .and_then(|it| it.parse().ok());
    (level.name == "list-level-style-number" && counts).then(|| start.unwrap_or(1))
}

fn looks(text: &Element) -> Looks {
    let weight = text.attribute("font-weight");
    let bold = matches!(weight, Some("bold" | "600" | "700" | "800" | "900"));
    let italic = text.attribute("font-style") == Some("italic");
    (usize::from(bold), usize::from(italic))
}
