//! Whether words are those of a question, however they are wrapped, quoted or set off.

use std::collections::BTreeMap;

/// A word of a text, in small letters, and where it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    text: String,
    end: usize,
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut inside = false;
    for (at, sign) in text.char_indices() {
        if !sign.is_alphanumeric() {
            inside &= matches!(sign, '\'' | '’');
            continue;
        }
        if !inside {
            words.push(Word {
                text: String::new(),
                end: at,
            });
        }
        inside = true;
        if let Some(word) = words.last_mut() {
            word.text.extend(sign.to_lowercase());
            word.end = at + sign.len_utf8();
        }
    }
    words
}

/// How many words a text has.
pub fn count(text: &str) -> usize {
    words(text).len()
}

/// A text, read once to be held against others.
#[derive(Clone, Debug)]
pub struct Model {
    words: Vec<Word>,
    /// How often two words are neighbours, by the two with a blank between them.
    pairs: BTreeMap<String, usize>,
}

impl Model {
    /// Takes a text.
    pub fn new(text: &str) -> Self {
        let words = words(text);
        let mut pairs = BTreeMap::new();
        for pair in words.windows(2) {
            let pair = format!("{} {}", pair[0].text, pair[1].text);
            *pairs.entry(pair).or_insert(0) += 1;
        }
        Self { words, pairs }
    }

    /// How many words it has.
    pub fn count(&self) -> usize {
        self.words.len()
    }

    /// Its first word, in small letters.
    pub fn first(&self) -> Option<&str> {
        self.words.first().map(|word| word.text.as_str())
    }

    /// Counts the neighbouring words of a text that are neighbours here too, in percent of its own, and how many.
    pub fn shared(&self, text: &Self) -> Shared {
        let both = text.pairs.iter().filter_map(|(pair, times)| {
            let here = self.pairs.get(pair)?;
            Some(*here.min(times))
        });
        let count: usize = both.sum();
        let of = |all: usize| (100 * count).checked_div(all).unwrap_or(0);
        Shared {
            count,
            of_text: of(text.words.len().saturating_sub(1)),
            of_model: of(self.words.len().saturating_sub(1)),
        }
    }

    /// Whether a text stands here word for word as a run.
    pub fn contains(&self, text: &Self) -> bool {
        let same = |(here, there): (&Word, &Word)| here.text == there.text;
        let mut runs = self.words.windows(text.words.len().max(1));
        !text.words.is_empty() && runs.any(|run| run.iter().zip(&text.words).all(same))
    }

    /// Where a text goes on after it has said all this word for word; none if it does not begin so.
    pub fn end_in(&self, read: &Self, text: &str) -> Option<usize> {
        let said = read.words.get(..self.words.len())?;
        let mut both = said.iter().zip(&self.words);
        let same = both.all(|(there, here)| there.text == here.text);
        let end = said.last().filter(|_| same)?.end;
        let signs = text[end..].find(|sign: char| !is_close(sign));
        Some(signs.map_or(text.len(), |signs| end + signs))
    }
}

fn is_close(sign: char) -> bool {
    matches!(
        sign,
        '?' | '!' | '.' | ':' | '"' | '”' | '’' | ')' | '*' | '_' | '\''
    )
}

/// How much of its neighbourhoods a text shares with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    /// How many pairs of neighbouring words.
    pub count: usize,
    /// In percent of those of the text.
    pub of_text: usize,
    /// In percent of those of the model.
    pub of_model: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_and_signs_do_not_count() {
        let model = Model::new("How big is it? Why?");
        let shared = model.shared(&Model::new("*how big\nis it?* Why"));
        assert_eq!(shared.of_text, 100);
        assert_eq!(shared.of_model, 100);
        assert!(model.contains(&Model::new("it? why")));
        assert!(!model.contains(&Model::new("why it")));
    }

    #[test]
    fn the_answer_begins_where_the_question_ends() {
        let model = Model::new("How big is it?");
        let end = |text: &str| model.end_in(&Model::new(text), text);
        assert_eq!(end("How big is it? Small."), Some(14));
        assert_eq!(end("**How big\nis it?**\nSmall."), Some(18));
        assert_eq!(end("How big is she?"), None);
    }
}
