//! Random narratives for the laws: a text, and drafts made of it by edits, each with words of its own.

use onetext::merge::Choice;
use onetext::prose::unit::{Kind as UnitKind, Opaque};

/// What a facilitator writes at a choice: some words, or a row of them where a table stands.
pub fn own_wording(choice: &Choice, words: &str) -> String {
    match choice.now.as_slice() {
        [unit] if *unit.kind() == UnitKind::Opaque(Opaque::Table) => {
            let header = unit.text().lines().next().unwrap_or("");
            let columns = header.matches('|').count() - 1;
            vec![words; columns].join(" | ")
        }
        _ => words.to_owned(),
    }
}

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
    Step,
    Quote,
    /// A row for each sentence.
    Table,
    /// With its label.
    Footnote(usize),
    /// Within the item above it; an item of its own if there is none.
    Nested,
    /// A second paragraph of the item above it; a paragraph if there is none.
    Continued,
    /// Between fences, a line for each sentence.
    Code,
    /// Between fences within the item above it; at the margin if there is none.
    InnerCode,
    /// A line for each sentence.
    Html,
}

impl Kind {
    fn is_listed(self) -> bool {
        matches!(
            self,
            Self::Item | Self::Step | Self::Nested | Self::Continued | Self::InnerCode
        )
    }
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
    "the", "an", "of", "in", "and", "we", "they", "it", "members", "work", "co-op", "vote",
    "board", "pay", "clients", "code", "money", "law", "time", "people", "share", "own", "run",
    "build", "grow", "small", "large", "new", "old", "more", "less", "often", "never", "must",
    "may", "should", "not", "all",
];

/// Where words come from: a tiny vocabulary provokes wrong alignments, unique words expose loss.
#[derive(Clone, Copy, Debug)]
pub enum Words {
    Unique,
    Few,
}

/// Which blocks there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Blocks {
    /// Those of a narrative.
    Plain,
    /// Those of all that people write in Markdown.
    All,
}

/// Seeds with this bit are of worlds with all kinds of blocks.
pub const ALL_BLOCKS: u64 = 1 << 39;

pub struct World {
    pub chance: Chance,
    blocks: Blocks,
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
        let blocks = match seed & ALL_BLOCKS {
            0 => Blocks::Plain,
            _ => Blocks::All,
        };
        Self {
            chance,
            blocks,
            words,
            fresh: 0,
        }
    }

    /// A word; one in ten is marked up.
    fn word(&mut self, maker: &str) -> String {
        let word = self.plain_word(maker);
        match self.chance.below(50) {
            0 => format!("**{word}**"),
            1 => format!("`{word}`"),
            2 => format!("[{word}](https://example.org/{word})"),
            3 => format!("\"{word}\""),
            4 => format!("{word} [@{maker}]"),
            _ => word,
        }
    }

    fn plain_word(&mut self, maker: &str) -> String {
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
        self.fresh += 1;
        let kinds = match self.blocks {
            Blocks::Plain => 20,
            Blocks::All => 34,
        };
        let kind = match self.chance.below(kinds) {
            20..=23 => Kind::Nested,
            24..=26 => Kind::Continued,
            27..=29 => Kind::Code,
            30..=31 => Kind::Html,
            32.. => Kind::InnerCode,
            0..=3 => Kind::Heading,
            4..=7 => Kind::Item,
            8 => Kind::Step,
            9 => Kind::Quote,
            10 => Kind::Table,
            11 => Kind::Footnote(self.fresh),
            _ => Kind::Paragraph,
        };
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

    /// A draft by edits of words, sentences and whole blocks that move and divide nothing.
    pub fn plain_draft(&mut self, base: &Text, maker: &str) -> Text {
        let mut text = base.clone();
        for _ in 0..self.chance.below(4) {
            let edit = self.chance.below(8);
            self.edit_by(edit, &mut text, maker);
        }
        text
    }

    pub fn edit(&mut self, text: &mut Text, maker: &str) {
        let edit = self.chance.below(12);
        self.edit_by(edit, text, maker);
    }

    fn edit_by(&mut self, edit: usize, text: &mut Text, maker: &str) {
        if text.0.is_empty() {
            text.0.push(self.block(maker));
            return;
        }
        let at = self.chance.below(text.0.len());
        let in_block = self.chance.below(text.0[at].sentences.len());
        match edit {
            0 => self.replace_word(text, at, in_block, maker),
            1 => self.add_word(&mut text.0[at].sentences[in_block], maker),
            2 => self.take_word(&mut text.0[at].sentences[in_block]),
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
                let kind = match text.0[at].kind {
                    Kind::Footnote(_) => Kind::Paragraph,
                    kind => kind,
                };
                text.0.insert(at + 1, Block { kind, sentences });
            }
            10 => join(text, at),
            11 => self.emphasise(&mut text.0[at].sentences[in_block]),
            _ => self.replace_word(text, at, in_block, maker),
        }
    }

    fn add_word(&mut self, sentence: &mut Sentence, maker: &str) {
        let word = self.word(maker);
        let place = self.chance.below(sentence.len() + 1);
        sentence.insert(place, word);
    }

    fn take_word(&mut self, sentence: &mut Sentence) {
        if sentence.len() > 3 {
            sentence.remove(self.chance.below(sentence.len()));
        }
    }

    /// Sets two words of a sentence in bold, or takes bold away.
    fn emphasise(&mut self, sentence: &mut Sentence) {
        let at = self.chance.below(sentence.len());
        let plain = |word: &String| word.chars().all(char::is_alphanumeric);
        if let Some(words) = sentence[at].strip_prefix("**") {
            let words = words.trim_end_matches('*').split(' ').map(str::to_owned);
            let words: Vec<String> = words.collect();
            sentence.splice(at..=at, words);
        } else if sentence.len() > at + 1 && plain(&sentence[at]) && plain(&sentence[at + 1]) {
            let bold = format!("**{} {}**", sentence[at], sentence[at + 1]);
            sentence.splice(at..at + 2, [bold]);
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
        let inner = sentence[at]
            .strip_prefix("**")
            .and_then(|rest| rest.split_once(' '));
        sentence[at] = match inner {
            Some((_, rest)) => format!("**{} {rest}", word.replace(['*', '`'], "")),
            None => word,
        };
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
        let mut number = 0;
        let mut above = None;
        for block in &self.0 {
            let within = above.is_some_and(Kind::is_listed);
            let kind = match block.kind {
                Kind::Nested if !within => Kind::Item,
                Kind::Continued if !within => Kind::Paragraph,
                Kind::InnerCode if !within => Kind::Code,
                kind => kind,
            };
            let goes_on = match kind {
                Kind::Item | Kind::Nested => matches!(above, Some(Kind::Item | Kind::Nested)),
                kind => above == Some(kind) && kind == Kind::Step,
            };
            number = if goes_on && kind == Kind::Step {
                number + 1
            } else {
                1
            };
            if above.is_some() && !goes_on {
                out.push('\n');
            }
            above = Some(kind);
            if let Some(opaque) = opaque(block, kind) {
                out.push_str(&opaque);
                continue;
            }
            let (first, rest) = signs(kind, number);
            let width = if block.kind == Kind::Heading {
                usize::MAX
            } else {
                width
            };
            out.push_str(&first);
            let words: Vec<String> = block.sentences.iter().flat_map(spoken).collect();
            out.push_str(&wrapped(&words.join(" "), width, rest));
            out.push('\n');
        }
        out
    }
}

/// What stands before the first line of a block, and before its other lines.
fn signs(kind: Kind, number: usize) -> (String, &'static str) {
    match kind {
        Kind::Heading => ("# ".to_owned(), ""),
        Kind::Item => ("- ".to_owned(), "  "),
        Kind::Step => (format!("{number}. "), "    "),
        Kind::Quote => ("> ".to_owned(), "> "),
        Kind::Footnote(label) => (format!("[^{label}]: "), "    "),
        Kind::Nested => ("    - ".to_owned(), "      "),
        Kind::Continued => ("    ".to_owned(), "    "),
        _ => (String::new(), ""),
    }
}

/// A block that holds no sentences.
fn opaque(block: &Block, kind: Kind) -> Option<String> {
    let code = || lines(block, ("```", "```"));
    match kind {
        Kind::Table => Some(table(block)),
        Kind::Code => Some(code()),
        Kind::Html => Some(lines(block, ("<div>", "</div>"))),
        Kind::InnerCode => {
            let code = code();
            Some(code.lines().map(|line| format!("    {line}\n")).collect())
        }
        _ => None,
    }
}

fn wrapped(text: &str, width: usize, rest: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        if column > 0 && column + word.len() >= width {
            out.push('\n');
            out.push_str(rest);
            column = 0;
        } else if column > 0 {
            out.push(' ');
        }
        column += word.len() + 1;
        out.push_str(word);
    }
    out
}

/// A row for each sentence: its first word in one cell, the others in another.
fn table(block: &Block) -> String {
    let mut out = String::new();
    for (at, row) in block.sentences.iter().enumerate() {
        let (first, rest) = row.split_at(row.len().min(1));
        out.push_str(&format!("| {} | {} |\n", first.join(" "), rest.join(" ")));
        if at == 0 {
            out.push_str("| --- | --- |\n");
        }
    }
    out
}

/// A line for each sentence, between two others.
fn lines(block: &Block, (first, last): (&str, &str)) -> String {
    let mut out = format!("{first}\n");
    for sentence in &block.sentences {
        out.push_str(&format!("{}\n", spoken(sentence).join(" ")));
    }
    out + last + "\n"
}

/// A sentence's words as written: a capital first, a full stop last.
fn spoken(sentence: &Sentence) -> Vec<String> {
    let mut words = sentence.clone();
    if let Some(first) = words.first_mut() {
        let end = first.chars().next().map_or(0, char::len_utf8);
        *first = first[..end].to_uppercase() + &first[end..];
    }
    if let Some(last) = words.last_mut() {
        last.push('.');
    }
    words
}
