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

/// A text against which others are held.
#[derive(Clone, Debug)]
pub struct Model {
    words: Vec<String>,
    pairs: BTreeMap<(String, String), usize>,
}

impl Model {
    /// Takes a text.
    pub fn new(text: &str) -> Self {
        let words: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
        let mut pairs = BTreeMap::new();
        for pair in words.windows(2) {
            let pair = (pair[0].clone(), pair[1].clone());
            *pairs.entry(pair).or_insert(0) += 1;
        }
        Self { words, pairs }
    }

    /// Counts the neighbouring words of a text that are neighbours here too, in percent of its own, and how many.
    pub fn shared(&self, text: &str) -> Shared {
        let words: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
        let mut left = self.pairs.clone();
        let mut count = 0_usize;
        for pair in words.windows(2) {
            if let Some(times) = left.get_mut(&(pair[0].clone(), pair[1].clone()))
                && *times > 0
            {
                *times -= 1;
                count += 1;
            }
        }
        let of = |all: usize| (100 * count).checked_div(all).unwrap_or(0);
        Shared {
            count,
            of_text: of(words.len().saturating_sub(1)),
            of_model: of(self.words.len().saturating_sub(1)),
        }
    }

    /// Whether a text stands here word for word as a run.
    pub fn contains(&self, text: &str) -> bool {
        let words: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
        !words.is_empty() && self.words.windows(words.len()).any(|run| run == words)
    }

    /// Where a text goes on after it has said all this word for word; none if it does not begin so.
    pub fn end_in(&self, text: &str) -> Option<usize> {
        let words = words(text);
        let said = words.get(..self.words.len())?;
        let same = said.iter().map(|word| &word.text).eq(self.words.iter());
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
        let shared = model.shared("*how big\nis it?* Why");
        assert_eq!(shared.of_text, 100);
        assert_eq!(shared.of_model, 100);
        assert!(model.contains("it? why"));
        assert!(!model.contains("why it"));
    }

    #[test]
    fn the_answer_begins_where_the_question_ends() {
        let model = Model::new("How big is it?");
        assert_eq!(model.end_in("How big is it? Small."), Some(14));
        assert_eq!(model.end_in("**How big\nis it?**\nSmall."), Some(18));
        assert_eq!(model.end_in("How big is she?"), None);
    }
}
