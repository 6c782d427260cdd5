//! A passage as the record has it: its words alone, which were those of a sentence, or of a table or code as a whole.

use crate::prose::Prose;
use crate::prose::unit::{Shared, Unit};

/// What recorded words may have been: a sentence, and the block that keeps its lines if they are all of one.
pub fn units(words: &str) -> impl Iterator<Item = Shared> {
    let read = Prose::parse(words);
    let whole = match read.units() {
        [unit] if !unit.is_mark() && !unit.is_sentence() => Some(unit.clone()),
        _ => None,
    };
    std::iter::once(Unit::sentence(words.to_owned())).chain(whole)
}

/// Whether recorded words are those of a passage.
pub fn is_of(words: &str, passage: &Unit) -> bool {
    words == passage.text() || units(words).any(|unit| unit.id() == passage.id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back_as_what_they_were() {
        for text in [
            "We are small.\n",
            "```\nmake one\n```\n",
            "| a | b |\n| --- | --- |\n| 1 | 2 |\n",
        ] {
            let prose = Prose::parse(text);
            let passage = prose.passages().next().expect("there is one");
            assert!(is_of(passage.text(), passage), "{text}");
            assert!(units(passage.text()).any(|unit| unit.id() == passage.id()));
        }
        assert!(!is_of("We are large.", &Unit::sentence("We are small.")));
    }
}
