//! Marks merged word by word, as a layer over the words.
//!
//! Of a word that stays, each mark is merged three ways. A new word has the marks that its writer gave it, unless
//! somebody else changed a mark of what it replaces, or of both its neighbours, and its writer did not.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diff::words::{Hunk, hunks};

use super::marks::{Mark, Marked, Marks, Signs};
use super::{Change, Source};

/// The marks of a sentence and of its wordings.
pub(in crate::merge) struct Layer<'a> {
    base: &'a Marked,
    wordings: &'a [Marked],
    /// What each wording changes of the words.
    hunks: Vec<Vec<Hunk>>,
}

impl<'a> Layer<'a> {
    /// Lays the marks of a sentence and its wordings over each other.
    pub(in crate::merge) fn new(base: &'a Marked, wordings: &'a [Marked]) -> Self {
        let changed = wordings
            .iter()
            .map(|wording| hunks(&base.plain, &wording.plain));
        Self {
            base,
            wordings,
            hunks: changed.collect(),
        }
    }

    /// The base's spelling of emphasis, or else one of the wordings'.
    pub(in crate::merge) fn signs(&self) -> Signs {
        let first = |sign: fn(&Marked) -> Option<char>| {
            sign(self.base).or_else(|| self.wordings.iter().filter_map(sign).min())
        };
        (first(|text| text.signs.0), first(|text| text.signs.1))
    }

    /// Whether everybody who makes a change of the words gives the new words the same marks.
    pub(in crate::merge) fn agrees(&self, change: &Change<'_>) -> bool {
        let own = &self.wordings[change.wording].marks[change.after.clone()];
        self.hunks
            .iter()
            .zip(self.wordings)
            .all(|(hunks, wording)| {
                let mut same = hunks.iter().filter(|hunk| hunk.before == change.before);
                same.all(|hunk| wording.marks.get(hunk.after.clone()) == Some(own))
            })
    }

    /// The marks of a word of the result; nothing if it would be linked twice.
    pub(in crate::merge) fn marks(&self, source: &Source, changes: &[Change<'_>]) -> Option<Marks> {
        let marks = match source {
            Source::Base(at) => self.kept(*at)?,
            Source::Change(at, token) => self.fresh(&changes[*at], *token),
        };
        let links = marks.iter().filter(|mark| matches!(mark, Mark::Link(_)));
        (links.count() <= 1).then_some(marks)
    }

    /// The marks of a word that stays; nothing if two people link it differently.
    fn kept(&self, at: usize) -> Option<Marks> {
        let was = &self.base.marks[at];
        let seen = (0..self.wordings.len())
            .filter_map(|wording| Some(&self.wordings[wording].marks[self.image(wording, at)?]));
        let seen: Vec<&Marks> = seen.collect();
        let link = |marks: &&Marks| {
            let mut marks = marks.iter();
            marks.find(|mark| matches!(mark, Mark::Link(_))).cloned()
        };
        let links: BTreeSet<Option<Mark>> = seen.iter().map(link).collect();
        if links.iter().filter(|other| **other != link(&was)).count() > 1 {
            return None;
        }
        let all = seen.iter().copied().chain([was]).flatten();
        let stands = |mark: &&Mark| {
            let had = was.contains(*mark);
            had != seen.iter().any(|marks| marks.contains(*mark) != had)
        };
        Some(all.filter(stands).cloned().collect())
    }

    /// The marks of a new word.
    fn fresh(&self, change: &Change<'_>, token: usize) -> Marks {
        let own = &self.wordings[change.wording].marks[token];
        let about = about(&change.before, self.base.marks.len());
        let was = shared(about.clone().map(|at| &self.base.marks[at]));
        let others: Vec<Marks> = (0..self.wordings.len())
            .filter(|&wording| wording != change.wording)
            .filter_map(|wording| {
                let images = about.clone().map(|at| self.image(wording, at));
                let images = images.collect::<Option<Vec<usize>>>()?;
                Some(shared(
                    images.iter().map(|&at| &self.wordings[wording].marks[at]),
                ))
            })
            .collect();
        let all = others.iter().chain([own, &was]).flatten();
        let stands = |mark: &&Mark| {
            let (has, had) = (own.contains(*mark), was.contains(*mark));
            has != (has == had && others.iter().any(|marks| marks.contains(*mark) != had))
        };
        all.filter(stands).cloned().collect()
    }

    /// Where a word of the base stands in a wording; nothing if the wording replaces it.
    fn image(&self, wording: usize, at: usize) -> Option<usize> {
        let (mut gone, mut new) = (0, 0);
        for hunk in &self.hunks[wording] {
            if hunk.before.contains(&at) {
                return None;
            }
            if hunk.before.end <= at {
                gone += hunk.before.len();
                new += hunk.after.len();
            }
        }
        Some(at + new - gone)
    }
}

/// The words that tell which marks a new word should have: those that it replaces, or else both its neighbours.
fn about(before: &Range<usize>, words: usize) -> Range<usize> {
    match before.start.checked_sub(1) {
        _ if !before.is_empty() => before.clone(),
        Some(left) if before.start < words => left..before.start + 1,
        _ => 0..0,
    }
}

/// The marks that all of some words bear.
fn shared<'a>(mut marks: impl Iterator<Item = &'a Marks>) -> Marks {
    let first = marks.next().cloned().unwrap_or_default();
    marks.fold(first, |all, marks| {
        all.intersection(marks).cloned().collect()
    })
}
