//! The numbers that sources and footnotes have in a redline: one for both versions, as a reader first meets them.
//!
//! In a release they are numbered anew in every edition. Here a source keeps its number where it went and where it came,
//! so that a number that changed always means another source.

use std::collections::BTreeMap;

use crate::narrative::sources::Source;
use crate::prose::seen::Reference;
use crate::render::document::mark;
use crate::render::view::NoteView;

/// Numbers what is referred to.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    sources: BTreeMap<String, usize>,
    notes: BTreeMap<(u32, String), usize>,
}

impl Numbers {
    /// Numbers what a question refers to, in this order.
    pub fn of(references: impl IntoIterator<Item = (u32, Reference)>) -> Self {
        let mut numbers = Self::default();
        for (question, to) in references {
            match to {
                Reference::Source(id) => {
                    let next = numbers.sources.len() + 1;
                    numbers.sources.entry(id).or_insert(next);
                }
                Reference::Footnote(label) => {
                    let next = numbers.notes.len() + 1;
                    numbers.notes.entry((question, label)).or_insert(next);
                }
            }
        }
        numbers
    }

    /// The number of a source.
    pub fn source(&self, id: &str) -> Option<usize> {
        self.sources.get(id).copied()
    }

    /// The mark of a question's footnote: a letter, as in a release.
    pub fn note(&self, question: u32, label: &str) -> Option<String> {
        let number = self.notes.get(&(question, label.to_owned()))?;
        Some(mark(*number))
    }

    /// The sources in the order of their numbers.
    pub fn list(&self, known: &[Source]) -> Vec<NoteView> {
        let known = known
            .iter()
            .rev()
            .map(|source| (source.id.as_str(), source));
        let known: BTreeMap<&str, &Source> = known.collect();
        let mut all: Vec<NoteView> = self
            .sources
            .iter()
            .map(|(id, number)| NoteView::of(id, known.get(id.as_str()).copied(), (*number, 0)))
            .collect();
        all.sort_by_key(|note| note.number);
        all
    }
}
