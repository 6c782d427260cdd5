//! Lines that several versions changed, merged word by word.

use crate::diff::words::{Hunk, changed};

use super::chunk::{Chunk, chunks};
use super::ids::Ids;
use super::stretch::{Stretch, joined};
use super::token::{Token, tokens};
use super::{Place, TextPart, surface};

/// Merges versions of some lines word by word; where the words meet, the sentences around them are a conflict.
pub fn weave(base: &str, sides: &[String]) -> Vec<TextPart> {
    let mut ids = Ids::new();
    let base = Words::of(base, &mut ids);
    let sides: Vec<Words<'_>> = sides.iter().map(|side| Words::of(side, &mut ids)).collect();
    let hunks: Vec<Vec<Hunk>> = sides
        .iter()
        .map(|side| changed(&base.ids, &side.ids))
        .collect();
    let mut loom = Loom::new(&base, &sides);
    for chunk in chunks(&hunks, |between| between.is_empty()) {
        loom.stable(chunk.base.start);
        loom.changed(&chunk);
    }
    loom.stable(base.tokens.len());
    loom.finish()
}

/// The tokens of a version and their identities.
pub struct Words<'a> {
    pub tokens: Vec<Token<'a>>,
    pub ids: Vec<usize>,
}

impl<'a> Words<'a> {
    fn of(text: &'a str, ids: &mut Ids<'a>) -> Self {
        let tokens = tokens(text);
        let ids = tokens.iter().map(|token| ids.id(token.key)).collect();
        Self { tokens, ids }
    }
}

/// The versions on their way to one text, sentence by sentence.
struct Loom<'a, 'b> {
    base: &'b Words<'a>,
    sides: &'b [Words<'a>],
    /// How far the versions are read.
    at: Place,
    /// Where the sentence at hand starts.
    start: Place,
    /// The sentence at hand, as far as it is merged; nothing once the sides want different things.
    sentence: Option<String>,
    out: Vec<TextPart>,
}

impl<'a, 'b> Loom<'a, 'b> {
    fn new(base: &'b Words<'a>, sides: &'b [Words<'a>]) -> Self {
        Self {
            base,
            sides,
            at: Place::start(sides.len()),
            start: Place::start(sides.len()),
            sentence: Some(String::new()),
            out: Vec::new(),
        }
    }

    /// Takes the tokens up to one of the base that no side changed, but for typography and blanks.
    fn stable(&mut self, until: usize) {
        while self.at.base < until {
            let base = self.base;
            let token = &base.tokens[self.at.base];
            if let Some(sentence) = &mut self.sentence {
                let places = self.sides.iter().zip(&self.at.sides);
                let wanted = places.map(|(side, &at)| &side.tokens[at]);
                sentence.push_str(surface(
                    token.blank,
                    wanted.clone().map(|token| token.blank),
                ));
                sentence.push_str(surface(token.text, wanted.map(|token| token.text)));
            }
            self.at.step();
            let next = base.tokens.get(self.at.base);
            if token.ends_sentence(next) {
                self.cut();
            }
        }
    }

    /// Takes a stretch that somebody changed.
    fn changed(&mut self, chunk: &Chunk) {
        let stretch = Stretch::of(self.base, self.sides, chunk);
        self.sentence = match (self.sentence.take(), joined(&stretch)) {
            (Some(sentence), Some(text)) => Some(sentence + &text),
            _ => None,
        };
        self.at.jump(chunk);
    }

    /// Ends the sentence at hand: as text, or as a conflict about all of it.
    fn cut(&mut self) {
        let part = match self.sentence.replace(String::new()) {
            Some(text) => TextPart::Text(text),
            None => TextPart::Conflict {
                base: written(&self.base.tokens[self.start.base..self.at.base]),
                sides: (0..self.sides.len()).map(|at| self.of_side(at)).collect(),
            },
        };
        self.out.push(part);
        self.start = self.at.clone();
    }

    fn of_side(&self, at: usize) -> String {
        written(&self.sides[at].tokens[self.start.sides[at]..self.at.sides[at]])
    }

    fn finish(mut self) -> Vec<TextPart> {
        if self.sentence.as_ref().is_none_or(|text| !text.is_empty()) {
            self.cut();
        }
        self.out
    }
}

/// The text of some tokens.
pub fn written(tokens: &[Token<'_>]) -> String {
    let parts = tokens.iter().flat_map(|token| [token.blank, token.text]);
    parts.collect()
}
