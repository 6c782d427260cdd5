//! Texts to measure by: a text of paragraphs, headings and lists, and drafts that differ from it in a few places.
//!
//! The time to make them is in proportion to their words.

use std::fmt;

/// How many drafts of how many words, and where the words come from.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    pub drafts: usize,
    words: usize,
    from: Words,
}

/// Where words come from.
#[derive(Clone, Copy, Debug)]
pub enum Words {
    /// 2,000 words in plain ASCII.
    Wide,
    /// 38 words, so that every sentence resembles every other.
    Few,
    /// Words with accents, among curly quotes, links and citations.
    Signs,
}

/// A text and its drafts.
pub struct Texts {
    pub base: String,
    pub drafts: Vec<String>,
}

/// How many edits a draft has.
const EDITS: usize = 6;

const FEW: [&str; 38] = [
    "the", "a", "of", "in", "and", "we", "they", "it", "members", "work", "co-op", "vote", "board",
    "pay", "clients", "code", "money", "law", "time", "people", "share", "own", "run", "build",
    "grow", "small", "large", "new", "old", "more", "less", "often", "never", "must", "may",
    "should", "not", "all",
];

const PLAIN: [&str; 16] = [
    "ba", "ce", "dim", "for", "ga", "hel", "in", "ko", "lu", "men", "no", "pra", "qui", "ser",
    "tor", "ve",
];

const ACCENTED: [&str; 16] = [
    "bä", "cé", "dim", "før", "ga", "hél", "în", "kö", "lu", "mén", "ño", "pra", "qui", "ßer",
    "tór", "ve",
];

impl Case {
    pub const fn new(drafts: usize, words: usize, from: Words) -> Self {
        Self {
            drafts,
            words,
            from,
        }
    }

    /// The same texts every time.
    pub fn texts(&self) -> Texts {
        let mut writer = Writer {
            chance: Chance(2_026),
            from: self.from,
        };
        let base = writer.text(self.words);
        let drafts = (0..self.drafts).map(|_| writer.draft(&base)).collect();
        Texts {
            base: markdown(&base),
            drafts,
        }
    }
}

impl fmt::Display for Case {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}x{} {}", self.drafts, self.words, self.from)
    }
}

impl fmt::Display for Words {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Wide => "wide",
            Self::Few => "few",
            Self::Signs => "signs",
        })
    }
}

/// Independent drafts: each takes its sentences from the same claims, a fresh half of them with a word or two changed.
///
/// There are forty claims to a sentence, so that large rows and lone sentences both occur.
pub fn claims(drafts: usize, sentences: usize) -> Vec<String> {
    let mut writer = Writer {
        chance: Chance(2_027),
        from: Words::Wide,
    };
    let claims: Vec<Sentence> = (0..40 * sentences).map(|_| writer.sentence()).collect();
    let draft = |_| {
        let start = writer.chance.below(claims.len());
        let sentences = (0..sentences)
            .map(|at| {
                let mut sentence = claims[(start + at) % claims.len()].clone();
                if writer.chance.one_in(2) {
                    writer.reword(&mut sentence);
                }
                sentence
            })
            .collect();
        let kind = Kind::Paragraph;
        markdown(&[Block { kind, sentences }])
    };
    (0..drafts).map(draft).collect()
}

type Sentence = Vec<String>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Heading,
    Item,
}

#[derive(Clone)]
struct Block {
    kind: Kind,
    sentences: Vec<Sentence>,
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let end = u64::try_from(end.max(1)).expect("an end fits");
        usize::try_from((z ^ (z >> 31)) % end).expect("less than an end fits")
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

struct Writer {
    chance: Chance,
    from: Words,
}

impl Writer {
    fn text(&mut self, words: usize) -> Vec<Block> {
        let mut out = Vec::new();
        let mut written = 0;
        while written < words {
            let block = self.block(out.len());
            written += block.sentences.iter().map(Vec::len).sum::<usize>();
            out.push(block);
        }
        out
    }

    fn block(&mut self, at: usize) -> Block {
        let (kind, sentences) = match at % 9 {
            0 => (Kind::Heading, vec![self.words(4)]),
            4..=6 => (Kind::Item, vec![self.sentence()]),
            _ => {
                let count = 3 + self.chance.below(4);
                let sentences = (0..count).map(|_| self.sentence()).collect();
                (Kind::Paragraph, sentences)
            }
        };
        Block { kind, sentences }
    }

    fn sentence(&mut self) -> Sentence {
        let count = 8 + self.chance.below(16);
        self.words(count)
    }

    fn words(&mut self, count: usize) -> Sentence {
        (0..count).map(|_| self.word()).collect()
    }

    fn word(&mut self) -> String {
        match self.from {
            Words::Few => FEW[self.chance.below(FEW.len())].to_owned(),
            Words::Wide => self.syllables(&PLAIN),
            Words::Signs => {
                let word = self.syllables(&ACCENTED);
                match self.chance.below(40) {
                    0 => format!("“{word}”"),
                    1 => format!("[{word}](https://{word}.example)"),
                    2 => format!("{word} [@{}]", self.syllables(&PLAIN)),
                    3 => format!("**{word}**"),
                    _ => word,
                }
            }
        }
    }

    fn syllables(&mut self, of: &[&str; 16]) -> String {
        let at = self.chance.below(2_000);
        let first = [of[at % 16], of[at / 16 % 16]];
        let rest = (at >= 256).then(|| of[at / 256]);
        first.into_iter().chain(rest).collect()
    }

    fn draft(&mut self, base: &[Block]) -> String {
        let mut draft = base.to_vec();
        for _ in 0..EDITS {
            self.edit(&mut draft);
        }
        markdown(&draft)
    }

    fn edit(&mut self, draft: &mut Vec<Block>) {
        let at = self.chance.below(draft.len());
        let paragraph = draft[at].kind == Kind::Paragraph;
        let count = draft[at].sentences.len();
        let sentence = self.chance.below(count);
        match self.chance.below(10) {
            0 if paragraph && count > 1 => drop(draft[at].sentences.remove(sentence)),
            1 if paragraph => {
                let new = self.sentence();
                draft[at].sentences.insert(sentence, new);
            }
            2 if paragraph && count > 1 && sentence > 0 => {
                let sentences = draft[at].sentences.split_off(sentence);
                let kind = Kind::Paragraph;
                draft.insert(at + 1, Block { kind, sentences });
            }
            3 => {
                let sentences = vec![self.sentence()];
                let kind = if paragraph {
                    Kind::Paragraph
                } else {
                    Kind::Item
                };
                draft.insert(at + 1, Block { kind, sentences });
            }
            4 if paragraph => {
                let block = draft.remove(at);
                let to = self.chance.below(draft.len() + 1);
                draft.insert(to, block);
            }
            _ => self.reword(&mut draft[at].sentences[sentence]),
        }
    }

    fn reword(&mut self, sentence: &mut Sentence) {
        let at = self.chance.below(sentence.len());
        let word = self.word();
        match self.chance.below(3) {
            0 => sentence.insert(at, word),
            1 if sentence.len() > 4 => drop(sentence.remove(at)),
            _ => sentence[at] = word,
        }
        if self.chance.one_in(4) {
            let at = self.chance.below(sentence.len());
            sentence[at] = self.word();
        }
    }
}

/// Lines of at most 78 characters, blocks apart, items side by side.
fn markdown(blocks: &[Block]) -> String {
    let mut out = String::new();
    for (at, block) in blocks.iter().enumerate() {
        let beside = at
            .checked_sub(1)
            .is_some_and(|before| block.kind == Kind::Item && blocks[before].kind == Kind::Item);
        if at > 0 && !beside {
            out.push('\n');
        }
        match block.kind {
            Kind::Heading => out.push_str(&format!("## {}\n", block.sentences[0].join(" "))),
            Kind::Item => wrapped(&mut out, "- ", &block.sentences),
            Kind::Paragraph => wrapped(&mut out, "", &block.sentences),
        }
    }
    out
}

fn wrapped(out: &mut String, prefix: &str, sentences: &[Sentence]) {
    out.push_str(prefix);
    let mut column = prefix.len();
    let mut first = true;
    for sentence in sentences {
        for (at, word) in sentence.iter().enumerate() {
            let end = if at + 1 == sentence.len() { "." } else { "" };
            let length = word.chars().count() + end.len();
            if !first && column + 1 + length > 78 {
                out.push('\n');
                out.push_str(&" ".repeat(prefix.len()));
                column = prefix.len();
            } else if !first {
                out.push(' ');
                column += 1;
            }
            column += length;
            first = false;
            match at {
                0 => out.push_str(&capital(word)),
                _ => out.push_str(word),
            }
            out.push_str(end);
        }
    }
    out.push('\n');
}

fn capital(word: &str) -> String {
    let mut signs = word.chars();
    let first = signs.next().into_iter().flat_map(char::to_uppercase);
    first.chain(signs).collect()
}
