//! Where two like sentences may say opposite things; language: English.
//!
//! No measure of likeness tells "should" from "should not": the words that decide are few, short and common. They are
//! looked up by name instead. The check would rather warn once too often: a warning costs a look, and a contradiction
//! that is taken for agreement costs trust.
//!
//! **Invariant:** sentences of the same words in the same order have no contrast; of any two sentences, what the first
//! has and the second lacks is told the same whichever of them is asked.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::prose::month::ENGLISH;
use crate::prose::token::{Class, folded};
use crate::prose::unit::Unit;

use super::number::numbers;
use super::opposite::are_opposites;

/// What kind of words two sentences differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// One denies.
    Negation,
    /// Their figures, months or days differ.
    Numbers,
    /// One obliges, allows or advises where the other does not.
    Modals,
    /// One speaks of all, some or few where the other does not.
    Amounts,
    /// Each has the opposite of a word of the other.
    Opposites,
    /// The same words stand in another order.
    Order,
}

/// What two sentences differ in, of what likeness cannot see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Contrast {
    /// The kind of words.
    pub subject: Subject,
    /// What the centre has and the other lacks.
    pub centre: Vec<String>,
    /// What the other has and the centre lacks.
    pub here: Vec<String>,
}

const NEGATIONS: [&str; 17] = [
    "not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without",
    "hardly", "rarely", "seldom", "lack", "lacks", "except", "unless",
];
const MODALS: [&str; 14] = [
    "must", "may", "might", "should", "ought", "shall", "can", "could", "will", "would", "need",
    "needs", "has-to", "have-to",
];
/// Words for amounts; the first of a line stands for the others.
const AMOUNTS: [&[&str]; 16] = [
    &["all", "every", "each", "everybody", "everyone"],
    &["some", "several", "somebody", "someone"],
    &["most", "majority"],
    &["many"],
    &["few"],
    &["any", "anybody", "anyone"],
    &["both"],
    &["half"],
    &["only"],
    &["more"],
    &["less", "fewer"],
    &["least"],
    &["always"],
    &["often", "usually"],
    &["sometimes"],
    &["almost", "nearly"],
];

/// The days of the week, and those that are told from now.
const DAYS: [&str; 9] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "tomorrow",
];

/// The words of a sentence that decide what it claims.
#[derive(Clone, Debug)]
pub struct Traits {
    words: Vec<String>,
    negations: Vec<String>,
    numbers: Vec<String>,
    modals: Vec<String>,
    amounts: Vec<String>,
}

impl Traits {
    /// Reads a sentence.
    pub fn of(unit: &Unit) -> Self {
        let words = words(unit);
        let picked = |known: &[&str]| -> Vec<String> {
            let known = |word: &&String| known.contains(&word.as_str());
            words.iter().filter(known).cloned().collect()
        };
        // "May" is among the modals.
        let months = picked(&ENGLISH.map(|month| if month == "may" { "" } else { month }));
        let amount = |word: &String| {
            let line = AMOUNTS.iter().find(|line| line.contains(&word.as_str()))?;
            Some(line[0].to_owned())
        };
        Self {
            negations: picked(&NEGATIONS),
            numbers: [numbers(&words), picked(&DAYS), months].concat(),
            modals: picked(&MODALS),
            amounts: words.iter().filter_map(amount).collect(),
            words,
        }
    }

    /// Finds what another sentence differs in from this one, which is the centre of their row.
    pub fn contrasts(&self, other: &Self) -> Vec<Contrast> {
        let mut out = Vec::new();
        if self.negations.len() != other.negations.len() {
            out.extend(differing(
                Subject::Negation,
                &self.negations,
                &other.negations,
            ));
        }
        out.extend(differing(Subject::Numbers, &self.numbers, &other.numbers));
        out.extend(differing(Subject::Modals, &self.modals, &other.modals));
        out.extend(differing(Subject::Amounts, &self.amounts, &other.amounts));
        out.extend(self.opposites(other));
        out.extend(self.turned(other));
        out
    }

    fn opposites(&self, other: &Self) -> Option<Contrast> {
        let (mine, theirs) = (distinct(&self.words), distinct(&other.words));
        let mut found = Contrast::new(Subject::Opposites);
        for word in mine.difference(&theirs) {
            let mut only_there = theirs.difference(&mine);
            if let Some(opposite) = only_there.find(|there| are_opposites(word, there)) {
                found.centre.push((*word).to_owned());
                found.here.push((*opposite).to_owned());
            }
        }
        (!found.centre.is_empty()).then_some(found)
    }

    fn turned(&self, other: &Self) -> Option<Contrast> {
        let sorted = |words: &[String]| {
            let mut words = words.to_vec();
            words.sort();
            words
        };
        let turned = self.words != other.words && sorted(&self.words) == sorted(&other.words);
        turned.then(|| Contrast::new(Subject::Order))
    }
}

fn distinct(words: &[String]) -> BTreeSet<&str> {
    words.iter().map(String::as_str).collect()
}

impl Contrast {
    fn new(subject: Subject) -> Self {
        Self {
            subject,
            centre: Vec::new(),
            here: Vec::new(),
        }
    }
}

/// What each of two lists has more often than the other.
fn differing(subject: Subject, centre: &[String], here: &[String]) -> Option<Contrast> {
    let only = |of: &[String], other: &[String]| {
        let mut other = other.to_vec();
        let mut out = of.to_vec();
        out.retain(|word| match other.iter().position(|known| known == word) {
            Some(at) => {
                other.swap_remove(at);
                false
            }
            None => true,
        });
        out
    };
    let contrast = Contrast {
        subject,
        centre: only(centre, here),
        here: only(here, centre),
    };
    (!contrast.centre.is_empty() || !contrast.here.is_empty()).then_some(contrast)
}

/// The words in lower case; "can't" and "cannot" are two words, "have to" is one.
fn words(unit: &Unit) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for token in unit.tokens() {
        if token.class != Class::Word {
            continue;
        }
        let word = folded(&unit.text()[token.range.clone()]).to_lowercase();
        if let Some(rest) = word.strip_suffix("n't") {
            out.extend([whole(rest).to_owned(), "not".to_owned()]);
        } else if word == "cannot" {
            out.extend(["can".to_owned(), "not".to_owned()]);
        } else {
            match out.last_mut() {
                Some(last) if word == "to" && (last == "has" || last == "have") => {
                    last.push_str("-to");
                }
                _ => out.push(word),
            }
        }
    }
    out
}

/// What is left of "can't", "won't" and "shan't" before "not".
fn whole(rest: &str) -> &str {
    match rest {
        "ca" => "can",
        "wo" => "will",
        "sha" => "shall",
        rest => rest,
    }
}

impl std::fmt::Display for Contrast {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (centre, here) = (self.centre.join(", "), self.here.join(", "));
        match (self.subject, centre.is_empty(), here.is_empty()) {
            (Subject::Order, ..) => f.write_str("the order of the words"),
            (_, false, false) => write!(f, "{centre} / {here}"),
            _ => write!(f, "{centre}{here}"),
        }
    }
}
