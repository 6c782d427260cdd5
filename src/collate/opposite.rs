//! Words that turn a claim round: pairs of opposites, and prefixes that deny; language: English.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::stem::stem;

/// Pairs of which one turns the other round.
const PAIRS: [(&str, &str); 82] = [
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
    ("help", "hinder"),
    ("help", "harm"),
    ("help", "prevent"),
    ("protect", "harm"),
    ("benefit", "harm"),
    ("enable", "prevent"),
    ("encourage", "discourage"),
    ("strengthen", "weaken"),
    ("improve", "worsen"),
    ("expand", "shrink"),
    ("rise", "drop"),
    ("up", "down"),
    ("inside", "outside"),
    ("internal", "external"),
    ("pass", "fail"),
    ("true", "false"),
    ("right", "wrong"),
    ("safe", "dangerous"),
    ("cheap", "expensive"),
    ("rich", "poor"),
    ("majority", "minority"),
    ("permanent", "temporary"),
    ("same", "different"),
    ("positive", "negative"),
    ("create", "destroy"),
    ("add", "remove"),
    ("keep", "drop"),
    ("long", "short"),
    ("fast", "slow"),
    ("good", "bad"),
    ("good", "ill"),
    ("enter", "exit"),
    ("import", "export"),
    ("ahead", "behind"),
    ("since", "until"),
    ("local", "global"),
    ("central", "decentral"),
    ("employer", "employee"),
];

static STEMS: LazyLock<BTreeSet<(String, String)>> = LazyLock::new(|| {
    PAIRS
        .iter()
        .map(|(one, other)| (stem(one), stem(other)))
        .collect()
});

const PREFIXES: [&str; 8] = ["un", "in", "im", "il", "ir", "dis", "non-", "non"];

/// The shortest word that a prefix denies.
const SHORTEST: usize = 4;

/// Whether two words are opposites, given in lower case.
pub fn are_opposites(a: &str, b: &str) -> bool {
    let (x, y) = (stem(a), stem(b));
    let is_pair =
        || STEMS.contains(&(x.clone(), y.clone())) || STEMS.contains(&(y.clone(), x.clone()));
    // A stem can be too short to be denied: "likely".
    let denied = [(x.as_str(), y.as_str()), (&y, &x), (a, b), (b, a)];
    denied.iter().any(|(long, short)| denies(long, short)) || is_pair()
}

fn denies(long: &str, short: &str) -> bool {
    let denied = |prefix: &&str| long.strip_prefix(*prefix) == Some(short);
    short.len() >= SHORTEST && PREFIXES.iter().any(denied)
}
