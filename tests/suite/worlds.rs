//! Random narratives for the laws: a text, and drafts made of it by edits, each with words of its own.

/// A fixed source of chance (SplitMix64), so that a seed is a case for ever.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).expect("an end fits");
        usize::try_from(self.next() % end).expect("less than an end fits")
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Paragraph,
    Heading,
    Item,
}

pub type Sentence = Vec<String>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub kind: Kind,
    pub sentences: Vec<Sentence>,
}

/// A text before it is Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(pub Vec<Block>);

const SMALL: [&str; 38] = [
    "the", "a", "of", "in", "and", "we", "they", "it", "members", "work", "co-op", "vote", "board",
    "pay", "clients", "code", "money", "law", "time", "people", "share", "own", "run", "build",
    "grow", "small", "large", "new", "old", "more", "less", "often", "never", "must", "may",
    "should", "not", "all",
];

/// Where words come from: a tiny vocabulary provokes wrong alignments, unique words expose loss.
#[derive(Clone, Copy, Debug)]
pub enum Words {
    Unique,
    Few,
}

pub struct World {
    pub chance: Chance,
    words: Words,
    fresh: usize,
}

impl World {
    pub fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let words = if chance.one_in(3) {
            Words::Few
        } else {
            Words::Unique
        };
        Self {
            chance,
            words,
            fresh: 0,
        }
    }

    fn word(&mut self, maker: &str) -> String {
        match self.words {
            Words::Few if !self.chance.one_in(4) => (*self.chance.pick(&SMALL)).to_owned(),
            _ => {
                self.fresh += 1;
                format!("{maker}{}", self.fresh)
            }
        }
    }

    pub fn sentence(&mut self, maker: &str) -> Sentence {
        let length = 3 + self.chance.below(8);
        (0..length).map(|_| self.word(maker)).collect()
    }

    pub fn text(&mut self) -> Text {
        let blocks = 1 + self.chance.below(6);
        Text((0..blocks).map(|_| self.block("w")).collect())
    }

    fn block(&mut self, maker: &str) -> Block {
        let kind = *self.chance.pick(&[
            Kind::Paragraph,
            Kind::Paragraph,
            Kind::Paragraph,
            Kind::Heading,
            Kind::Item,
        ]);
        let sentences = match kind {
            Kind::Heading => 1,
            _ => 1 + self.chance.below(4),
        };
        Block {
            kind,
            sentences: (0..sentences).map(|_| self.sentence(maker)).collect(),
        }
    }

    /// A draft: up to four edits of a text, with words that bear the maker's name.
    pub fn draft(&mut self, base: &Text, maker: &str) -> Text {
        let mut text = base.clone();
        for _ in 0..self.chance.below(5) {
            self.edit(&mut text, maker);
        }
        text
    }

    pub fn edit(&mut self, text: &mut Text, maker: &str) {
        if text.0.is_empty() {
            text.0.push(self.block(maker));
            return;
        }
        let at = self.chance.below(text.0.len());
        let in_block = self.chance.below(text.0[at].sentences.len());
        match self.chance.below(11) {
            0 => self.replace_word(text, at, in_block, maker),
            1 => {
                let word = self.word(maker);
                let sentence = &mut text.0[at].sentences[in_block];
                let place = self.chance.below(sentence.len() + 1);
                sentence.insert(place, word);
            }
            2 => {
                let sentence = &mut text.0[at].sentences[in_block];
                if sentence.len() > 3 {
                    sentence.remove(self.chance.below(sentence.len()));
                }
            }
            3 if text.0[at].kind != Kind::Heading => {
                let sentence = self.sentence(maker);
                text.0[at].sentences.insert(in_block, sentence);
            }
            4 => remove(text, at, in_block),
            5 => text.0[at].sentences[in_block] = self.sentence(maker),
            6 => {
                let block = self.block(maker);
                text.0.insert(at, block);
            }
            7 => drop(text.0.remove(at)),
            8 => self.move_block(text, at),
            9 if text.0[at].sentences.len() > 1 && in_block > 0 => {
                let sentences = text.0[at].sentences.split_off(in_block);
                let kind = text.0[at].kind;
                text.0.insert(at + 1, Block { kind, sentences });
            }
            10 => join(text, at),
            _ => self.replace_word(text, at, in_block, maker),
        }
    }

    fn move_block(&mut self, text: &mut Text, at: usize) {
        let block = text.0.remove(at);
        let to = self.chance.below(text.0.len() + 1);
        text.0.insert(to, block);
    }

    pub fn replace_word(&mut self, text: &mut Text, block: usize, sentence: usize, maker: &str) {
        let word = self.word(maker);
        let sentence = &mut text.0[block].sentences[sentence];
        let at = self.chance.below(sentence.len());
        sentence[at] = word;
    }
}

/// Joins a block with the one above it, if they are of one kind and no headings.
fn join(text: &mut Text, at: usize) {
    let kind = text.0[at].kind;
    if at > 0 && kind == text.0[at - 1].kind && kind != Kind::Heading {
        let block = text.0.remove(at);
        text.0[at - 1].sentences.extend(block.sentences);
    }
}

fn remove(text: &mut Text, at: usize, sentence: usize) {
    text.0[at].sentences.remove(sentence);
    if text.0[at].sentences.is_empty() {
        text.0.remove(at);
    }
}

impl Text {
    /// The text as Markdown, wrapped at a width.
    pub fn markdown(&self, width: usize) -> String {
        let mut out = String::new();
        for (at, block) in self.0.iter().enumerate() {
            let tight = block.kind == Kind::Item && at > 0 && self.0[at - 1].kind == Kind::Item;
            if at > 0 && !tight {
                out.push('\n');
            }
            let (first, rest) = match block.kind {
                Kind::Paragraph => ("", ""),
                Kind::Heading => ("# ", ""),
                Kind::Item => ("- ", "  "),
            };
            let width = if block.kind == Kind::Heading {
                usize::MAX
            } else {
                width
            };
            let mut column = 0;
            out.push_str(first);
            for word in block.sentences.iter().flat_map(spoken) {
                if column > 0 && column + word.len() >= width {
                    out.push('\n');
                    out.push_str(rest);
                    column = 0;
                } else if column > 0 {
                    out.push(' ');
                }
                column += word.len() + 1;
                out.push_str(&word);
            }
            out.push('\n');
        }
        out
    }
}

/// A sentence's words as written: a capital first, a full stop last.
fn spoken(sentence: &Sentence) -> Vec<String> {
    let mut words = sentence.clone();
    if let Some(first) = words.first_mut() {
        *first = first[..1].to_uppercase() + &first[1..];
    }
    if let Some(last) = words.last_mut() {
        last.push('.');
    }
    words
}
