//! Where two like sentences may say opposite things.

use serde::Serialize;

use crate::prose::token::folded;
use crate::prose::unit::Unit;

/// What two sentences differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Contrast {
    /// One denies.
    Negation,
    /// Their figures differ.
    Numbers,
    /// One obliges or allows where the other does not.
    Modals,
    /// One speaks of all, some or none where the other does not.
    Amounts,
}

const NEGATIONS: [&str; 8] = [
    "not", "no", "never", "none", "nobody", "nothing", "without", "cannot",
];
const MODALS: [&str; 9] = [
    "must", "may", "should", "shall", "can", "could", "will", "would", "might",
];
const AMOUNTS: [&str; 10] = [
    "all", "some", "most", "many", "few", "every", "each", "only", "more", "less",
];

/// Finds what two sentences differ in, of what likeness cannot see; language: English.
pub fn contrasts(a: &Unit, b: &Unit) -> Vec<Contrast> {
    let (a, b) = (words(a), words(b));
    let differ = |of: &dyn Fn(&String) -> bool| {
        let pick = |words: &[String]| {
            let mut picked: Vec<String> = words.iter().filter(|word| of(word)).cloned().collect();
            picked.sort();
            picked
        };
        pick(&a) != pick(&b)
    };
    let negates = |word: &String| NEGATIONS.contains(&word.as_str()) || word.ends_with("n't");
    let counts =
        |word: &String| word.contains(|sign: char| sign.is_ascii_digit()) && !word.starts_with('[');
    let mut out = Vec::new();
    out.extend(differ(&negates).then_some(Contrast::Negation));
    out.extend(differ(&counts).then_some(Contrast::Numbers));
    out.extend(differ(&|word| MODALS.contains(&word.as_str())).then_some(Contrast::Modals));
    out.extend(differ(&|word| AMOUNTS.contains(&word.as_str())).then_some(Contrast::Amounts));
    out
}

fn words(unit: &Unit) -> Vec<String> {
    let word = |range: std::ops::Range<usize>| folded(&unit.text()[range]).to_lowercase();
    unit.tokens()
        .iter()
        .map(|token| word(token.range.clone()))
        .collect()
}

impl std::fmt::Display for Contrast {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Negation => "a negation",
            Self::Numbers => "numbers",
            Self::Modals => "may, must or should",
            Self::Amounts => "all, some or only",
        })
    }
}
