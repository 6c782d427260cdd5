//! Units: what a text is made of when it is compared and merged.

use std::borrow::Cow;
use std::sync::Arc;

use super::margin::set_in;
use super::token::{Class, OFFSET, Token, fnv, folded, tokens};

/// What a unit is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The start of a block that holds sentences.
    Mark(Mark),
    /// A sentence, or a heading's text.
    Sentence,
    /// A block that is never looked into.
    Opaque(Opaque),
}

/// The kind of block that a mark starts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// A paragraph.
    Paragraph,
    /// A heading with its level, 1 to 6.
    Heading(u8),
    /// A list item.
    Item {
        /// 1 for an outermost item.
        depth: u8,
        /// Whether the list is numbered.
        ordered: bool,
        /// `Some(done)` for a task.
        task: Option<bool>,
    },
    /// A further paragraph of the item of this depth.
    Continuation(u8),
    /// A paragraph of a block quote.
    Quote,
    /// A footnote's definition, by label.
    Footnote(String),
}

impl Mark {
    /// What kind of block it starts, in words.
    pub fn name(&self) -> String {
        match self {
            Self::Paragraph => "paragraph".to_owned(),
            Self::Continuation(_) => "paragraph of an item".to_owned(),
            Self::Heading(level) => format!("heading {level}"),
            Self::Item {
                task: Some(true), ..
            } => "done task".to_owned(),
            Self::Item {
                task: Some(false), ..
            } => "open task".to_owned(),
            Self::Item { ordered, depth, .. } => {
                let kind = if *ordered { "numbered item" } else { "item" };
                match depth {
                    0 | 1 => kind.to_owned(),
                    depth => format!("{kind} of level {depth}"),
                }
            }
            Self::Quote => "quote".to_owned(),
            Self::Footnote(label) => format!("footnote {label}"),
        }
    }
}

/// What an opaque block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Opaque {
    /// A code block.
    Code,
    /// A table.
    Table,
    /// Raw HTML.
    Html,
    /// A thematic break.
    Rule,
    /// What stands before the text between `---` lines.
    FrontMatter,
    /// Definitions of link references.
    References,
    /// A nesting that has no units of its own.
    Nested,
}

impl Opaque {
    /// Whether its lines are what it says, each as it is.
    fn is_of_lines(self) -> bool {
        use Opaque::{Code, FrontMatter, Html, Nested};
        matches!(self, Code | Html | FrontMatter | Nested)
    }
}

/// The smallest thing that a text is made of: a mark, a sentence, an opaque block.
///
/// **Invariant:** `id`, `tokens`, `words` and `sketch` are functions of `kind` and `text`; `id` is blind to white space
/// and typography; `sketch` has a bit for every word.
#[derive(Clone, Debug)]
pub struct Unit {
    kind: Kind,
    text: String,
    id: u64,
    tokens: Vec<Token>,
    words: Vec<u64>,
    sketch: u128,
    sign: Option<char>,
}

/// Units are shared between texts.
pub type Shared = Arc<Unit>;

impl Unit {
    /// Makes a mark.
    pub fn mark(mark: Mark) -> Shared {
        Self::new(Kind::Mark(mark), String::new())
    }

    /// Makes a mark that is written with another sign than the usual one: `*` or `+` before an item, `)` after its
    /// number, `=` or `-` under a heading.
    pub fn signed(mark: Mark, sign: Option<char>) -> Shared {
        let unit = Self::mark(mark);
        Arc::new(Self {
            sign,
            ..Arc::unwrap_or_clone(unit)
        })
    }

    /// Makes a sentence from its text on one line (a hard line break is `\` and a line end).
    pub fn sentence(text: impl Into<String>) -> Shared {
        Self::new(Kind::Sentence, text.into())
    }

    /// Makes an opaque block from its lines, without the line end of the last.
    pub fn opaque(opaque: Opaque, text: impl Into<String>) -> Shared {
        Self::new(Kind::Opaque(opaque), text.into())
    }

    fn new(kind: Kind, text: String) -> Shared {
        let tokens = if matches!(kind, Kind::Mark(_)) {
            Vec::new()
        } else {
            tokens(&text)
        };
        // Where an item is set in by more, so are the lines in it, which say the same.
        let at_margin = match kind {
            Kind::Opaque(opaque) if opaque.is_of_lines() => set_in(&text, 0),
            _ => Cow::Borrowed(&*text),
        };
        let id = identity(&kind, &tokens, &at_margin);
        let words = match &at_margin {
            Cow::Borrowed(text) => words(text, &tokens),
            Cow::Owned(text) => words(text, &self::tokens(text)),
        };
        let sketch = words.iter().fold(0, |bits, word| bits | 1 << (word >> 57));
        Arc::new(Self {
            kind,
            text,
            id,
            tokens,
            words,
            sketch,
            sign: None,
        })
    }

    /// The sign that a mark is written with, if it is not the usual one.
    pub fn sign(&self) -> Option<char> {
        self.sign
    }

    /// Whether it is written as another is: equal units may differ in typography, signs and the spacing of tables, but
    /// blanks and wrapping are no difference.
    pub fn looks_like(&self, other: &Self) -> bool {
        let same = self.text == other.text && self.sign == other.sign;
        same || (self.id == other.id && self.sign == other.sign && self.looks() == other.looks())
    }

    /// What is seen of its text: that of a table as it is, that of others without what wrapping may change.
    fn looks(&self) -> String {
        if matches!(self.kind, Kind::Opaque(_)) {
            return self.text.clone();
        }
        let mut out = String::with_capacity(self.text.len());
        let mut end = 0;
        for token in &self.tokens {
            let blank = &self.text[end..token.range.start];
            let plain = blank.chars().all(|sign| matches!(sign, ' ' | '\t' | '\n'));
            let wide = |sign: char| sign >= '\u{2e80}';
            let beside = out.ends_with(wide) || self.text[token.range.start..].starts_with(wide);
            match blank
                .chars()
                .find(|sign| !matches!(sign, ' ' | '\t' | '\n'))
            {
                Some(sign) => out.push(sign),
                None if plain && !blank.is_empty() && !beside => out.push(' '),
                None => {}
            }
            out.push_str(&self.text[token.range.clone()]);
            end = token.range.end;
        }
        out
    }
    /// What it is.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The mark, if it is one.
    pub fn as_mark(&self) -> Option<&Mark> {
        match &self.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// Whether it is a mark.
    pub fn is_mark(&self) -> bool {
        matches!(self.kind, Kind::Mark(_))
    }

    /// Whether it is a sentence.
    pub fn is_sentence(&self) -> bool {
        matches!(self.kind, Kind::Sentence)
    }

    /// Its text in canonical form; empty for a mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Identity: equal for units that read alike.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Its tokens, as ranges of its text.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Sorted hashes of its words in lower case, repeated words included.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// How many words it shares with another, repeated words counted as often as both have them.
    pub fn common_words(&self, other: &Self) -> usize {
        let (mut i, mut j, mut common) = (0, 0, 0);
        while i < self.words.len() && j < other.words.len() {
            match self.words[i].cmp(&other.words[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    common += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        common
    }

    /// Likeness of the words of two units: the Dice coefficient, per mille.
    pub fn likeness(&self, other: &Self) -> u32 {
        let all = self.words.len() + other.words.len();
        if all == 0 {
            return if self.id == other.id { 1000 } else { 0 };
        }
        per_mille(self.common_words(other), all)
    }

    /// Whether the likeness of two units is at least so many per mille; most that are not are told by their sketches.
    pub fn is_like(&self, other: &Self, least: u32) -> bool {
        let all = self.words.len() + other.words.len();
        let may_be = all == 0 || per_mille(self.most_common_words(other), all) >= least;
        may_be && self.likeness(other) >= least
    }

    /// A number that [`common_words`](Self::common_words) does not exceed, at a fraction of its price.
    ///
    /// A bit that only one sketch has stands for at least one word that only that unit has.
    fn most_common_words(&self, other: &Self) -> usize {
        let shared = |unit: &Self, other: &Self| {
            let alone = (unit.sketch & !other.sketch).count_ones();
            unit.words.len() - usize::try_from(alone).unwrap_or(0)
        };
        shared(self, other).min(shared(other, self))
    }
}

impl PartialEq for Unit {
    /// Units are equal if they read alike.
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Unit {}

fn per_mille(common: usize, all: usize) -> u32 {
    u32::try_from(2000 * common / all).unwrap_or(1000)
}

fn identity(kind: &Kind, tokens: &[Token], text: &str) -> u64 {
    let seed = match kind {
        Kind::Mark(mark) => return fnv(OFFSET, format!("{mark:?}").as_bytes()),
        Kind::Sentence => fnv(OFFSET, b"sentence"),
        Kind::Opaque(opaque) if opaque.is_of_lines() => {
            return fnv(fnv(OFFSET, b"lines"), text.as_bytes());
        }
        Kind::Opaque(opaque) => fnv(OFFSET, format!("{opaque:?}").as_bytes()),
    };
    let rule = match kind {
        Kind::Opaque(Opaque::Table) => second_line(text),
        _ => 0..0,
    };
    let dash =
        |token: &Token| rule.contains(&token.range.start) && text[token.range.clone()] == *"-";
    let longer = |pair: &[Token]| dash(&pair[0]) && dash(&pair[1]);
    let mut dashes = tokens.windows(2).map(longer);
    tokens.iter().fold(seed, |hash, token| {
        // The length of the rule under a table's header is spacing.
        let next = dashes.next().unwrap_or(false);
        if next {
            hash
        } else {
            fnv(hash, &token.hash.to_le_bytes())
        }
    })
}

fn second_line(text: &str) -> std::ops::Range<usize> {
    let mut ends = text.match_indices('\n').map(|(at, _)| at);
    let start = ends.next().unwrap_or(text.len());
    start..ends.next().unwrap_or(text.len())
}

fn in_lower_case(word: &str) -> u64 {
    if !word.is_ascii() {
        return fnv(OFFSET, folded(word).to_lowercase().as_bytes());
    }
    word.bytes()
        .fold(OFFSET, |hash, byte| fnv(hash, &[byte.to_ascii_lowercase()]))
}

fn words(text: &str, tokens: &[Token]) -> Vec<u64> {
    let mut words: Vec<u64> = tokens
        .iter()
        .filter(|token| matches!(token.class, Class::Word | Class::Atom))
        .map(|token| in_lower_case(&text[token.range.clone()]))
        .collect();
    words.sort_unstable();
    words
}
