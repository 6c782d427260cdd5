//! What changed between two passages as readers see them: words that stay, go and come, and words that are set otherwise.
//!
//! Words are compared without their markup. A word that is the same and is bold now is kept, and says how it was set.
//!
//! ```
//! use onetext::diff::seen::runs;
//! use onetext::diff::words::Lot;
//! use onetext::prose::seen::{Known, Seen};
//! let seen = |text| Seen::of(text, &Known::default());
//! let runs = runs(&seen("It is small."), &seen("It is **small**."));
//! assert_eq!(runs[1].text, "small");
//! assert!(runs[1].lot == Lot::Kept && runs[1].was.is_some());
//! ```
//!
//! **Invariant:** the runs kept and removed are the first passage, letter by letter; those kept and added are the second.

use std::ops::Range;

use serde::{Serialize, Serializer};

use super::words::{Hunk, Lot, changed_texts, readable};
use crate::prose::seen::{Face, Seen};

/// Words with the same lot and the same face; the blanks between runs belong to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Whether they are kept, removed or added.
    pub lot: Lot,
    /// The words.
    pub text: String,
    /// How they are set; words that are removed, how they were.
    pub face: Face,
    /// How they were set, if they are kept and were set otherwise.
    pub was: Option<Face>,
}

/// A run as data.
#[derive(Serialize)]
struct Told<'a> {
    lot: Lot,
    text: &'a str,
    #[serde(flatten)]
    set: Set<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<Set<'a>>,
}

/// How words are set, as data.
#[derive(Serialize)]
struct Set<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
}

impl Serialize for Run {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let told = Told {
            lot: self.lot,
            text: &self.text,
            set: Set::of(&self.face),
            was: self.was.as_ref().map(Set::of),
        };
        told.serialize(serializer)
    }
}

impl<'a> Set<'a> {
    fn of(face: &'a Face) -> Self {
        Self {
            marks: face.marks.iter().map(|mark| mark.word()).collect(),
            link: face.link.as_deref(),
        }
    }
}

/// Likeness of words, per mille, from which a line took the place of another.
const LIKE: u32 = 400;

/// A whole passage.
pub fn whole(lot: Lot, seen: &Seen) -> Vec<Run> {
    let mut out = Runs::default();
    out.put(lot, seen, 0..seen.text().len());
    out.0
}

/// Compares two passages.
pub fn runs(before: &Seen, after: &Seen) -> Vec<Run> {
    let mut walk = Walk {
        before,
        after,
        at: (0, 0),
        out: Runs::default(),
    };
    let (mut i, mut j) = (0, 0);
    for hunk in readable(before.unit(), after.unit()) {
        walk.kept(i..hunk.before.start, j..hunk.after.start);
        walk.changed(&hunk);
        (i, j) = (hunk.before.end, hunk.after.end);
    }
    walk.kept(
        i..before.unit().tokens().len(),
        j..after.unit().tokens().len(),
    );
    walk.same((before.text().len(), after.text().len()));
    walk.out.0
}

/// A line of a block that keeps its lines: what became of it as a whole, and its words.
pub type Line = (Lot, Vec<Run>);

/// Compares the lines of two blocks.
pub fn lines(before: &[Seen], after: &[Seen]) -> Vec<Line> {
    let old: Vec<&str> = before.iter().map(Seen::text).collect();
    let new: Vec<&str> = after.iter().map(Seen::text).collect();
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    for hunk in changed_texts(&old, &new) {
        kept(
            &before[i..hunk.before.start],
            &after[j..hunk.after.start],
            &mut out,
        );
        let (gone, new) = (&before[hunk.before.clone()], &after[hunk.after.clone()]);
        replaced(gone, new, &mut out);
        (i, j) = (hunk.before.end, hunk.after.end);
    }
    kept(&before[i..], &after[j..], &mut out);
    out
}

/// Lines that read alike may be set otherwise.
fn kept(before: &[Seen], after: &[Seen], out: &mut Vec<Line>) {
    let pairs = before.iter().zip(after);
    out.extend(pairs.map(|(old, new)| (Lot::Kept, runs(old, new))));
}

/// As many lines that took the place of as many are compared one by one where they are like each other.
fn replaced(gone: &[Seen], new: &[Seen], out: &mut Vec<Line>) {
    let like = |(old, new): (&Seen, &Seen)| old.unit().is_like(new.unit(), LIKE);
    if gone.len() == new.len() && gone.iter().zip(new).all(like) {
        return kept(gone, new, out);
    }
    let all = |lot: Lot, lines: &[Seen]| -> Vec<Line> {
        lines.iter().map(|line| (lot, whole(lot, line))).collect()
    };
    out.extend(all(Lot::Removed, gone));
    out.extend(all(Lot::Added, new));
}

/// Walks through two passages at once.
struct Walk<'a> {
    before: &'a Seen,
    after: &'a Seen,
    /// How far it has come in each.
    at: (usize, usize),
    out: Runs,
}

impl Walk<'_> {
    /// Tokens that read alike: where they are spelt or spaced otherwise, that is a change.
    fn kept(&mut self, old: Range<usize>, new: Range<usize>) {
        for (old, new) in old.zip(new) {
            let old = self.before.unit().tokens()[old].range.clone();
            let new = self.after.unit().tokens()[new].range.clone();
            self.same((old.start, new.start));
            self.same((old.end, new.end));
        }
    }

    /// What stands before these places in both: it is the same, or it was replaced.
    fn same(&mut self, (old, new): (usize, usize)) {
        let (from, at) = self.at;
        self.at = (old, new);
        if self.before.text()[from..old] == self.after.text()[at..new] {
            self.stays(from..old, at..new);
        } else {
            self.out.put(Lot::Removed, self.before, from..old);
            self.out.put(Lot::Added, self.after, at..new);
        }
    }

    /// Tokens that took others' place. The blank before both stays; one before words that only came or went goes along.
    fn changed(&mut self, hunk: &Hunk) {
        let old = ends(self.before, &hunk.before).unwrap_or(self.at.0..self.at.0);
        let new = ends(self.after, &hunk.after).unwrap_or(self.at.1..self.at.1);
        if !hunk.before.is_empty() && !hunk.after.is_empty() {
            self.same((old.start, new.start));
        }
        let (from, at) = self.at;
        self.at = (old.end, new.end);
        self.out.put(Lot::Removed, self.before, from..old.end);
        self.out.put(Lot::Added, self.after, at..new.end);
    }

    /// The same words in both, stretch by stretch of their faces.
    fn stays(&mut self, old: Range<usize>, new: Range<usize>) {
        for (range, face) in self.after.within(new.clone()) {
            let shifted = |at: usize| at - new.start + old.start;
            for (part, was) in self.before.within(shifted(range.start)..shifted(range.end)) {
                self.out.push(Run {
                    lot: Lot::Kept,
                    text: self.before.text()[part].to_owned(),
                    face: face.clone(),
                    was: (was != face).then(|| was.clone()),
                });
            }
        }
    }
}

/// Where some tokens begin and end; nothing if there are none.
fn ends(seen: &Seen, tokens: &Range<usize>) -> Option<Range<usize>> {
    let tokens = &seen.unit().tokens()[tokens.clone()];
    Some(tokens.first()?.range.start..tokens.last()?.range.end)
}

#[derive(Default)]
struct Runs(Vec<Run>);

impl Runs {
    fn put(&mut self, lot: Lot, seen: &Seen, part: Range<usize>) {
        for (range, face) in seen.within(part) {
            self.push(Run {
                lot,
                text: seen.text()[range].to_owned(),
                face: face.clone(),
                was: None,
            });
        }
    }

    fn push(&mut self, run: Run) {
        if run.text.is_empty() {
            return;
        }
        let goes_on = |last: &&mut Run| {
            let same = (last.lot, &last.face, &last.was) == (run.lot, &run.face, &run.was);
            // Two marks side by side stay two.
            same && run.face.refers.is_none()
        };
        match self.0.last_mut().filter(goes_on) {
            Some(last) => last.text.push_str(&run.text),
            None => self.0.push(run),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::seen::Known;

    fn seen(text: &str) -> Seen {
        Seen::of(text, &Known::default())
    }

    /// The runs as `=kept -gone +new`, with how they are set and were.
    fn told(runs: &[Run]) -> String {
        let one = |run: &Run| {
            let sign = match run.lot {
                Lot::Kept => '=',
                Lot::Removed => '-',
                Lot::Added => '+',
            };
            let face = match run.face.words().as_str() {
                "plain" => String::new(),
                face => format!("<{face}>"),
            };
            let was = run.was.iter().map(|was| format!("<was {}>", was.words()));
            format!("{sign}{}{face}{}|", run.text, was.collect::<String>())
        };
        runs.iter().map(one).collect()
    }

    const SENTENCES: [&str; 13] = [
        "",
        "It is small.",
        "It **is** small.",
        "It **is small**.",
        "It is *very* small, and it grows [@a].",
        "It is very “small”, and [it](https://a.example) grows [@b].",
        "It is very \"small\", and [it](https://b.example) grows [@a; @b].",
        "It is\u{a0}small, and grows.",
        "Now it is big!",
        "`It` is sm*all*.",
        "Small it is, small it was, and small it will be.",
        "It is\\\nsmall.",
        "[Small](https://a.example) it is, small it was.",
    ];

    /// Every letter with how it is set.
    fn letters(text: &str, face: &Face) -> Vec<(char, Face)> {
        text.chars().map(|sign| (sign, face.clone())).collect()
    }

    fn all(seen: &Seen) -> Vec<(char, Face)> {
        let faces = seen.faces().iter();
        let one = |(range, face): &(Range<usize>, Face)| letters(&seen.text()[range.clone()], face);
        faces.flat_map(one).collect()
    }

    #[test]
    fn both_passages_are_there_letter_by_letter_and_set_as_they_are() {
        for (before, after) in SENTENCES
            .iter()
            .flat_map(|one| SENTENCES.map(|two| (*one, two)))
        {
            let (old, new) = (seen(before), seen(after));
            let (mut was, mut is) = (Vec::new(), Vec::new());
            for run in runs(&old, &new) {
                if run.lot != Lot::Added {
                    was.extend(letters(&run.text, run.was.as_ref().unwrap_or(&run.face)));
                }
                if run.lot != Lot::Removed {
                    is.extend(letters(&run.text, &run.face));
                }
            }
            assert_eq!((was, is), (all(&old), all(&new)), "{before:?} to {after:?}");
        }
    }

    #[test]
    fn a_word_that_is_set_otherwise_is_kept_and_says_so() {
        let told = |before: &str, after: &str| told(&runs(&seen(before), &seen(after)));
        assert_eq!(
            told("It is small.", "It is **small**."),
            "=It is |=small<bold><was plain>|=.|"
        );
        assert_eq!(
            told(
                "See [it](https://a.example).",
                "See [it](https://b.example)."
            ),
            "=See |=it<a link to https://b.example><was a link to https://a.example>|=.|"
        );
        assert_eq!(
            told(
                "It is [small](https://a.example).",
                "It is [tiny](https://a.example)."
            ),
            "=It is |-small<a link to https://a.example>|+tiny<a link to https://a.example>|=.|"
        );
    }

    #[test]
    fn words_that_only_came_or_went_take_their_blank_along() {
        let told = |before: &str, after: &str| told(&runs(&seen(before), &seen(after)));
        assert_eq!(
            told("We must pay.", "We must not pay."),
            "=We must|+ not|= pay.|"
        );
        assert_eq!(
            told("We all meet here.", "We meet here."),
            "=We|- all|= meet here.|"
        );
        assert_eq!(
            told("It “grows”.", "It \"grows\"."),
            "=It |-“|+\"|=grows|-”|+\"|=.|"
        );
    }

    #[test]
    fn rows_are_compared_one_by_one() {
        let all = |rows: &[&str]| -> Vec<Seen> { rows.iter().map(|row| seen(row)).collect() };
        let found = lines(
            &all(&["France | 26", "Italy | 17", "Spain | 3"]),
            &all(&["France | 31", "Italy | 17", "Portugal is new"]),
        );
        let found: Vec<String> = found.iter().map(|(_, runs)| told(runs)).collect();
        assert_eq!(
            found,
            [
                "=France | |-26|+31|",
                "=Italy | 17|",
                "-Spain | 3|",
                "+Portugal is new|"
            ]
        );
    }
}
