//! The numbers of lists, which a `.docx` does not write but counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::reply::document::xml::Element;

use super::parts::{all, attribute};

/// How many levels a list may have.
const LEVELS: usize = 9;

/// A level of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Level {
    /// The number that it begins with; none if its items have no numbers.
    start: Option<usize>,
    /// The number that this list begins anew with.
    anew: Option<usize>,
}

/// The lists, and how far they have been counted.
#[derive(Debug, Default)]
pub struct Numbering {
    /// The levels of each list, and the kind of list that it is: lists of a kind are counted on.
    lists: BTreeMap<String, (String, BTreeMap<usize, Level>)>,
    counts: BTreeMap<(String, usize), usize>,
    begun: BTreeSet<(String, usize)>,
}

impl Numbering {
    /// Reads which lists there are.
    pub fn of(part: &Element) -> Self {
        let mut kinds: BTreeMap<String, BTreeMap<usize, Level>> = BTreeMap::new();
        for kind in all(part, "abstractNum") {
            kinds.insert(attribute(kind, "abstractNumId"), levels(kind));
        }
        let mut out = Self::default();
        for list in all(part, "num") {
            let kind = value(list, "abstractNumId").unwrap_or_default();
            let mut levels = kinds.get(kind).cloned().unwrap_or_default();
            for own in list.elements().filter(|it| it.name == "lvlOverride") {
                levels.extend(self::levels(own));
                let anew = value(own, "startOverride").and_then(|it| it.parse().ok());
                if let Some(level) = levels.get_mut(&depth(own)) {
                    level.anew = anew.or(level.anew);
                }
            }
            out.lists
                .insert(attribute(list, "numId"), (kind.to_owned(), levels));
        }
        out
    }

    /// The mark of the next item of a list at a depth, and the depth; nothing if there is no such list.
    pub fn mark(&mut self, list: &str, depth: usize) -> Option<(usize, String)> {
        let (kind, levels) = self.lists.get(list)?;
        let level = *levels.get(&depth)?;
        let Some(start) = level.start else {
            return Some((depth, "- ".to_owned()));
        };
        for below in depth + 1..LEVELS {
            self.counts.remove(&(kind.clone(), below));
        }
        let key = (kind.clone(), depth);
        let first = self.begun.insert((list.to_owned(), depth));
        let count = match (self.counts.get(&key), level.anew) {
            (_, Some(anew)) if first => anew,
            (Some(count), _) => count.saturating_add(1),
            (None, anew) => anew.unwrap_or(start),
        };
        self.counts.insert(key, count);
        Some((depth, format!("{count}. ")))
    }
}

fn value<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.child(name)?.attribute("val")
}

fn depth(element: &Element) -> usize {
    let depth = element.attribute("ilvl").and_then(|at| at.parse().ok());
    depth.unwrap_or(0)
}

fn levels(kind: &Element) -> BTreeMap<usize, Level> {
    let levels = kind.elements().filter(|it| it.name == "lvl");
    let level = |level: &Element| {
        let format = value(level, "numFmt");
        let counts = format.is_some_and(|format| format != "bullet" && format != "none");
        let start = value(level, "start").and_then(|start| start.parse().ok());
        let start = counts.then(|| start.unwrap_or(1));
        (depth(level), Level { start, anew: None })
    };
    levels.map(level).collect()
}
