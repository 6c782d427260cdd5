//! Words that turn a claim round: pairs of opposites, and prefixes that deny; language: English.

use super::stem::stem;

/// Pairs of which one turns the other round.
const PAIRS: [(&str, &str); 44] = [
    ("increase", "decrease"),
    ("increase", "reduce"),
    ("raise", "cut"),
    ("raise", "lower"),
    ("rise", "fall"),
    ("rose", "fell"),
    ("grow", "shrink"),
    ("more", "less"),
    ("more", "fewer"),
    ("above", "below"),
    ("over", "under"),
    ("before", "after"),
    ("early", "late"),
    ("first", "last"),
    ("old", "new"),
    ("high", "low"),
    ("higher", "lower"),
    ("large", "small"),
    ("big", "small"),
    ("strong", "weak"),
    ("better", "worse"),
    ("best", "worst"),
    ("easy", "hard"),
    ("open", "close"),
    ("start", "stop"),
    ("begin", "end"),
    ("join", "leave"),
    ("hire", "dismiss"),
    ("buy", "sell"),
    ("win", "lose"),
    ("gain", "lose"),
    ("profit", "loss"),
    ("succeed", "fail"),
    ("accept", "reject"),
    ("accept", "refuse"),
    ("allow", "forbid"),
    ("allow", "ban"),
    ("support", "oppose"),
    ("for", "against"),
    ("include", "exclude"),
    ("public", "private"),
    ("voluntary", "mandatory"),
    ("optional", "mandatory"),
    ("maximum", "minimum"),
];

const PREFIXES: [&str; 8] = ["un", "in", "im", "il", "ir", "dis", "non-", "non"];

/// The shortest word that a prefix denies.
const SHORTEST: usize = 4;

/// Whether two words are opposites, given in lower case.
pub fn are_opposites(a: &str, b: &str) -> bool {
    let (x, y) = (stem(a), stem(b));
    let pair = |(one, other): &(&str, &str)| {
        let (one, other) = (stem(one), stem(other));
        (x == one && y == other) || (x == other && y == one)
    };
    denies(&x, &y) || denies(&y, &x) || PAIRS.iter().any(pair)
}

fn denies(long: &str, short: &str) -> bool {
    let denied = |prefix: &&str| long.strip_prefix(*prefix) == Some(short);
    short.len() >= SHORTEST && PREFIXES.iter().any(denied)
}
