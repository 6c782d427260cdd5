//! Short names for questions, from the words that are each one's own.

use std::collections::{BTreeMap, BTreeSet};

use crate::narrative::id::QuestionId;

/// Words that say nothing about what is asked.
const STOP: &str = "a about above after again ahead all also am an and any anything are aren't as ask at be because \
    been before being below between both but by can come common could current currently did do does doing don't down \
    during each eg either else etc even ever every example expect few for from further generally get give given go \
    going good had has have having he her here hers his how however i ie if important in into is isn't it its itself \
    just key kind kinds know large last least less let like likely long look looking lot made main make many may me \
    mean might more most much must my near need never new next no nor not now of off often on once one only onto or \
    other others our out over own particular people perhaps please possible quite rather really said same say see \
    seem several shall she should since so some sort still such take tell tend than that the their them themselves \
    then there these they thing things think this those though through to too toward towards under until up upon us \
    use used usual usually very view want was way ways we well were what when where whether which while who whom \
    whose why will with within without work would yes yet you your";

/// The longest name.
const LONGEST: usize = 40;

/// Makes the id of a question; a name that no folder can have gives way to `question`.
pub fn id(number: u32, name: &str) -> QuestionId {
    QuestionId::new(number, name)
        .or_else(|_| QuestionId::new(number, "question"))
        .expect("`question` is a name")
}

/// Gives each question a name of one or two words that no other has.
pub fn names(questions: &[String]) -> Vec<String> {
    let words: Vec<Vec<Word>> = questions.iter().map(|text| significant(text)).collect();
    let counts = counts(&words);
    let common = 1.max(questions.len() / 4);
    let mut taken = BTreeSet::new();
    let names = words.iter().zip(1..).map(|(words, number)| {
        let name = candidates(words, &counts, common)
            .into_iter()
            .find(|name| name.len() <= LONGEST && !taken.contains(name))
            .unwrap_or_else(|| format!("question-{number}"));
        taken.insert(name.clone());
        name
    });
    names.collect()
}

/// A word of a question and its place among all the question's words.
struct Word {
    place: usize,
    text: String,
}

impl Word {
    /// The word without the ending of a plural, to count `coop` and `coops` as one.
    fn stem(&self) -> &str {
        self.text.strip_suffix('s').unwrap_or(&self.text)
    }
}

fn significant(text: &str) -> Vec<Word> {
    let stop: BTreeSet<&str> = STOP.split_whitespace().collect();
    let plain = text.to_lowercase().replace('’', "'");
    plain
        .split(|mark: char| !mark.is_alphanumeric() && mark != '\'')
        .filter(|word| !word.is_empty())
        .enumerate()
        .map(|(place, word)| (place, word.trim_matches('\'')))
        .filter(|(_, word)| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
        .filter(|(_, word)| !stop.contains(word))
        .map(|(place, word)| Word {
            place,
            text: word.to_owned(),
        })
        .collect()
}

/// In how many questions each word stands.
fn counts(questions: &[Vec<Word>]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for words in questions {
        let stems: BTreeSet<&str> = words.iter().map(Word::stem).collect();
        for stem in stems {
            *counts.entry(stem).or_insert(0) += 1;
        }
    }
    counts
}

/// Names from best to worst: the first word that no more than `common` questions have, with the next such word if it
/// stands beside it.
fn candidates(words: &[Word], counts: &BTreeMap<&str, usize>, common: usize) -> Vec<String> {
    let own: Vec<&Word> = words
        .iter()
        .filter(|word| counts[word.stem()] <= common)
        .collect();
    let beside = own
        .windows(2)
        .take(1)
        .filter(|pair| pair[0].place + 1 == pair[1].place);
    let pairs = beside.map(|pair| format!("{}-{}", pair[0].text, pair[1].text));
    let own = own.iter().map(|word| word.text.clone());
    let any = words.iter().map(|word| word.text.clone());
    pairs.chain(own).chain(any).collect()
}
