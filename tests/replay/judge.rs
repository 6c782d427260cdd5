//! What is counted about a merge.
//!
//! - *clean*: there is no conflict.
//! - *right*: clean, and the words are those that people made of it, in their order.
//! - *near*: clean and at most two words away from that; *off*: clean and further away.
//! - *lost*: a word that one side wrote, away from every edit of the other side, is nowhere in the result.
//! - *came back*: a word that one side took out, likewise, stands there all the same.
//! - *doubled*: eight words in a row stand more often than in any input.

use std::collections::BTreeMap;
use std::ops::Range;

use onetext::diff::words::{Hunk, changed};

/// Words of the base that must lie between the edits of two sides before one of them is judged.
const MARGIN: usize = 3;

/// Words on each side of an edit that are looked at with it.
const CONTEXT: usize = 2;

/// What there is to say about a merge.
#[derive(Default)]
pub struct Verdict {
    clean: bool,
    away: usize,
    right: bool,
    lost: bool,
    came_back: bool,
    doubled: bool,
}

impl Verdict {
    /// Everything that holds, by name.
    pub fn names(&self) -> Vec<&'static str> {
        let near = !self.right && self.away <= 2;
        let all = [
            ("conflict", !self.clean),
            ("clean", self.clean),
            ("right", self.right),
            ("near", self.clean && near),
            ("off", self.clean && self.away > 2),
            ("lost", self.lost),
            ("came back", self.came_back),
            ("doubled", self.doubled),
        ];
        all.into_iter()
            .filter(|(_, holds)| *holds)
            .map(|(name, _)| name)
            .collect()
    }
}

type Words<'a> = Vec<&'a str>;
type Counts<'a, 'b> = BTreeMap<&'b [&'a str], usize>;

/// Judges a clean merge of base, ours and theirs beside what people made of them.
pub fn judge(texts: &[String], result: &str) -> Verdict {
    let words =
        |text: &'_ str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
    let owned: Vec<Vec<String>> = texts
        .iter()
        .map(|text| words(text))
        .chain([words(result)])
        .collect();
    let padded: Vec<Words<'_>> = owned.iter().map(|words| pad(words)).collect();
    let [base, ours, theirs, human, result] = [0, 1, 2, 3, 4].map(|at| &padded[at]);
    let hunks = [ours, theirs].map(|side| coalesced(edits(base, side)));
    let (one, other) = (Side::new(ours, &hunks[0]), Side::new(theirs, &hunks[1]));
    let grams = Grams {
        base: counts(base, CONTEXT + 1),
        result: counts(result, CONTEXT + 1),
    };
    let sides = [(&one, &other), (&other, &one)];
    Verdict {
        clean: true,
        away: distance(result, human),
        right: result == human,
        lost: sides.iter().any(|(side, other)| side.lost(other, &grams)),
        came_back: sides
            .iter()
            .any(|(side, other)| side.came_back(other, base, &grams)),
        doubled: doubled([base, ours, theirs], result),
    }
}

/// Words with signs for the start and the end, which no text has.
fn pad(words: &[String]) -> Words<'_> {
    let (start, end) = (["\0^"; CONTEXT], ["\0$"; CONTEXT]);
    start
        .into_iter()
        .chain(words.iter().map(String::as_str))
        .chain(end)
        .collect()
}

fn edits(base: &Words<'_>, side: &Words<'_>) -> Vec<Hunk> {
    let mut known = BTreeMap::new();
    let mut ids = |words: &Words<'_>| -> Vec<usize> {
        let mut id = |word: &&str| {
            let next = known.len();
            *known.entry((*word).to_owned()).or_insert(next)
        };
        words.iter().map(&mut id).collect()
    };
    let (base, side) = (ids(base), ids(side));
    changed(&base, &side)
}

/// Edits that are hardly apart count as one.
fn coalesced(hunks: Vec<Hunk>) -> Vec<Hunk> {
    let mut out: Vec<Hunk> = Vec::new();
    for hunk in hunks {
        match out.last_mut() {
            Some(last) if hunk.before.start - last.before.end < MARGIN => {
                (last.before.end, last.after.end) = (hunk.before.end, hunk.after.end);
            }
            _ => out.push(hunk),
        }
    }
    out
}

struct Grams<'a, 'b> {
    base: Counts<'a, 'b>,
    result: Counts<'a, 'b>,
}

/// One side's words and edits.
struct Side<'a, 'b> {
    words: &'b Words<'a>,
    hunks: &'b [Hunk],
    grams: Counts<'a, 'b>,
}

impl<'a, 'b> Side<'a, 'b> {
    fn new(words: &'b Words<'a>, hunks: &'b [Hunk]) -> Self {
        Self {
            words,
            hunks,
            grams: counts(words, CONTEXT + 1),
        }
    }

    /// The edits that lie away from every edit of the other side.
    fn alone<'c>(&'c self, other: &'c Self) -> impl Iterator<Item = &'c Hunk> {
        let near = |one: &Hunk, two: &Hunk| {
            two.before.start <= one.before.end + MARGIN
                && two.before.end + MARGIN >= one.before.start
        };
        self.hunks
            .iter()
            .filter(move |hunk| !other.hunks.iter().any(|two| near(hunk, two)))
    }

    fn lost(&self, other: &Self, grams: &Grams<'_, '_>) -> bool {
        let gone =
            |gram: &[&str]| !grams.base.contains_key(gram) && !grams.result.contains_key(gram);
        let mut hunks = self.alone(other).filter(|hunk| !hunk.after.is_empty());
        hunks.any(|hunk| around(self.words, &hunk.after).any(gone))
    }

    fn came_back(&self, other: &Self, base: &Words<'_>, grams: &Grams<'_, '_>) -> bool {
        let often = |counts: &Counts<'_, '_>, gram: &[&str]| counts.get(gram).copied().unwrap_or(0);
        let back = |gram: &[&str]| {
            !self.grams.contains_key(gram)
                && grams.result.contains_key(gram)
                && often(&other.grams, gram) <= often(&grams.base, gram)
        };
        let mut hunks = self.alone(other).filter(|hunk| !hunk.before.is_empty());
        hunks.any(|hunk| around(base, &hunk.before).any(back))
    }
}

/// The runs of words in and around a range.
fn around<'a, 'b>(
    words: &'b Words<'a>,
    range: &Range<usize>,
) -> impl Iterator<Item = &'b [&'a str]> {
    let start = range.start.saturating_sub(CONTEXT);
    let end = (range.end + CONTEXT).min(words.len());
    words[start..end].windows(CONTEXT + 1)
}

fn counts<'a, 'b>(words: &'b [&'a str], length: usize) -> Counts<'a, 'b> {
    let mut counts = BTreeMap::new();
    for run in words.windows(length) {
        *counts.entry(run).or_default() += 1;
    }
    counts
}

/// How many words stand in one and not in the other, whatever their order.
fn distance(one: &[&str], other: &[&str]) -> usize {
    let mut counts: BTreeMap<&str, isize> = BTreeMap::new();
    one.iter()
        .for_each(|word| *counts.entry(word).or_default() += 1);
    other
        .iter()
        .for_each(|word| *counts.entry(word).or_default() -= 1);
    counts.values().map(|count| count.unsigned_abs()).sum()
}

/// Whether eight words in a row, five of them words indeed, stand more often than in any input.
fn doubled(inputs: [&Words<'_>; 3], result: &Words<'_>) -> bool {
    let inputs = inputs.map(|input| counts(input, 8));
    let is_word = |word: &&&str| word.chars().filter(|sign| sign.is_alphabetic()).count() >= 3;
    let most = |run: &[&str]| {
        let often = inputs
            .iter()
            .map(|input| input.get(run).copied().unwrap_or(0));
        often.max().unwrap_or(0)
    };
    counts(result, 8)
        .iter()
        .any(|(run, n)| *n > 1 && run.iter().filter(is_word).count() >= 5 && *n > most(run))
}
