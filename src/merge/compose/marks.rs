//! Emphasis and links as attributes of words.
//!
//! A sentence is read as its words without signs, and for each word the marks that it bears: emphasis, strong emphasis,
//! struck text, a link with its target. Marks are merged word by word, apart from the words, and the signs are written
//! anew where marks begin and end; so no merge can tear them. This is what Peritext (Litt et al. 2021) does with the
//! ranges of rich text, on words.
//!
//! **Invariant:** what [`write`] gives reads back as the same words with the same marks, here and in the parser of
//! Markdown; otherwise it gives nothing.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::prose::markdown::{self, BlockKind, Inline};
use crate::prose::token::{Class, Token};
use crate::prose::unit::{Shared, Unit};

/// A mark that a word bears; in this order they stand around a word, outermost first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::merge) enum Mark {
    /// A link, with what closes it: `](address)`.
    Link(String),
    /// Strong emphasis.
    Strong,
    /// Struck text.
    Struck,
    /// Emphasis.
    Emphasis,
}

/// The marks of one word.
pub(in crate::merge) type Marks = BTreeSet<Mark>;

/// The signs in which emphasis and strong emphasis are written, where there are any.
pub(in crate::merge) type Signs = (Option<char>, Option<char>);

/// A sentence apart from its marks.
///
/// **Invariant:** there are as many sets of marks as `plain` has tokens.
#[derive(Clone, Debug)]
pub(in crate::merge) struct Marked {
    /// The sentence without signs of emphasis and links.
    pub(in crate::merge) plain: Shared,
    /// The marks of each of its tokens.
    pub(in crate::merge) marks: Vec<Marks>,
    /// The signs used.
    pub(in crate::merge) signs: Signs,
}

/// A word that is to be written with its marks.
#[derive(Clone, Debug)]
pub(in crate::merge) struct Word<'a> {
    /// The word, sign or atom.
    pub(in crate::merge) text: &'a str,
    /// Whether a blank stands before it.
    pub(in crate::merge) spaced: bool,
    /// The marks that it bears.
    pub(in crate::merge) marks: Marks,
}

/// Whether a sentence has any sign of emphasis or of a link.
pub(in crate::merge) fn has_signs(unit: &Unit) -> bool {
    let text = unit.text();
    let sign = |class, text: &str| {
        class == Class::Delimiter || (class == Class::Atom && text.starts_with(']'))
    };
    let mut tokens = unit.tokens().iter();
    tokens.any(|token| sign(token.class, &text[token.range.clone()]))
}

/// Reads a sentence; nothing if its signs do not pair, stand within a word, nest in themselves, or follow each other.
pub(in crate::merge) fn read(unit: &Unit) -> Option<Marked> {
    let mut reader = Reader::default();
    for (run, token) in unit.tokens().iter().enumerate() {
        let text = &unit.text()[token.range.clone()];
        match token.class {
            Class::Delimiter => reader.sign(text, token, run)?,
            Class::Atom if text.starts_with(']') => reader.target(text)?,
            _ => reader.word(text, token),
        }
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    plain: String,
    hashes: Vec<u64>,
    marks: Vec<Marks>,
    open: Vec<Open>,
    spaced: bool,
    signs: Signs,
}

/// A mark that is not closed yet.
struct Open {
    mark: Mark,
    sign: char,
    /// The token that opened it.
    run: usize,
    /// The first word that bears it.
    start: usize,
}

impl Reader {
    fn word(&mut self, text: &str, token: &Token) {
        if (self.spaced || token.spaced) && !self.plain.is_empty() {
            self.plain.push(' ');
        }
        self.spaced = false;
        self.plain.push_str(text);
        self.hashes.push(token.hash);
        self.marks.push(Marks::new());
    }

    fn sign(&mut self, text: &str, token: &Token, run: usize) -> Option<()> {
        let sign = text.chars().next()?;
        let marks: &[Mark] = match (sign, text.len()) {
            ('[', _) => &[Mark::Link(String::new())],
            ('~', 2) => &[Mark::Struck],
            ('*' | '_', 1) => &[Mark::Emphasis],
            ('*' | '_', 2) => &[Mark::Strong],
            ('*' | '_', 3) => &[Mark::Strong, Mark::Emphasis],
            _ => return None,
        };
        self.spaced |= token.spaced;
        for mark in marks {
            match self.open.iter().rposition(|open| open.mark == *mark) {
                Some(at) if !token.spaced && self.open[at].sign == sign => self.close(at, mark)?,
                Some(_) => return None,
                None => self.begin(mark, sign, run),
            }
        }
        Some(())
    }

    fn begin(&mut self, mark: &Mark, sign: char, run: usize) {
        match mark {
            Mark::Emphasis => drop(self.signs.0.get_or_insert(sign)),
            Mark::Strong => drop(self.signs.1.get_or_insert(sign)),
            Mark::Struck | Mark::Link(_) => {}
        }
        let start = self.marks.len();
        self.open.push(Open {
            mark: mark.clone(),
            sign,
            run,
            start,
        });
    }

    fn target(&mut self, text: &str) -> Option<()> {
        let link = |open: &Open| matches!(open.mark, Mark::Link(_));
        let at = self.open.iter().rposition(link)?;
        self.close(at, &Mark::Link(text.to_owned()))
    }

    /// Closes a mark; nothing if another that began within it is still open, if it holds no word, or if the word before
    /// bears the same mark, since the two would be written as one.
    fn close(&mut self, at: usize, mark: &Mark) -> Option<()> {
        let crossed = |open: &Open| open.run != self.open[at].run;
        if self.open[at + 1..].iter().any(crossed) {
            return None;
        }
        let start = self.open.remove(at).start;
        if start > 0 && self.marks[start - 1].contains(mark) {
            return None;
        }
        for marks in self.marks.get_mut(start..).filter(|new| !new.is_empty())? {
            marks.insert(mark.clone());
        }
        Some(())
    }

    fn finish(self) -> Option<Marked> {
        let plain = Unit::sentence(self.plain);
        let same = plain
            .tokens()
            .iter()
            .map(|token| token.hash)
            .eq(self.hashes);
        (same && self.open.is_empty()).then_some(Marked {
            plain,
            marks: self.marks,
            signs: self.signs,
        })
    }
}

/// Writes words with their marks; nothing if a link would be divided or the parser would read something else.
pub(in crate::merge) fn write(words: &[Word<'_>], signs: Signs) -> Option<Shared> {
    let mut out = String::new();
    let mut open: Vec<&Mark> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        while open.iter().any(|mark| !word.marks.contains(*mark)) {
            let mark = open.pop()?;
            if matches!(mark, Mark::Link(_)) && word.marks.contains(mark) {
                return None;
            }
            out.push_str(&closing(mark, signs));
        }
        if word.spaced && at > 0 {
            out.push(' ');
        }
        let mut new: Vec<&Mark> = word.marks.iter().filter(|m| !open.contains(m)).collect();
        new.sort_by_key(|mark| Reverse(extent(&words[at..], mark)));
        for mark in new {
            out.push_str(&opening(mark, signs));
            open.push(mark);
        }
        out.push_str(word.text);
    }
    for mark in open.into_iter().rev() {
        out.push_str(&closing(mark, signs));
    }
    let unit = Unit::sentence(out);
    reads_back(&unit, words).then_some(unit)
}

/// How many of the first words bear a mark.
fn extent(words: &[Word<'_>], mark: &Mark) -> usize {
    let bears = |word: &&Word<'_>| word.marks.contains(mark);
    words.iter().take_while(bears).count()
}

fn opening(mark: &Mark, signs: Signs) -> String {
    match mark {
        Mark::Link(_) => "[".to_owned(),
        Mark::Struck => "~~".to_owned(),
        Mark::Emphasis => signs.0.unwrap_or('*').to_string(),
        Mark::Strong => signs.1.unwrap_or('*').to_string().repeat(2),
    }
}

fn closing(mark: &Mark, signs: Signs) -> String {
    match mark {
        Mark::Link(target) => target.clone(),
        other => opening(other, signs),
    }
}

fn reads_back(unit: &Unit, words: &[Word<'_>]) -> bool {
    let Some(read) = read(unit) else {
        return false;
    };
    let targets = words
        .iter()
        .flat_map(|word| &word.marks)
        .filter_map(|mark| match mark {
            Mark::Link(target) => target.strip_prefix("]["),
            _ => None,
        });
    let labels: BTreeSet<&str> = targets.collect();
    let marks = words.iter().map(|word| &word.marks);
    read.marks.iter().eq(marks)
        && visible(unit.text(), &labels) == visible(read.plain.text(), &labels)
}

/// What a reader of the sentence sees, without blanks; the signs that the parser does not take for marks are in it.
fn visible(text: &str, labels: &BTreeSet<&str>) -> Option<String> {
    // Behind a word the sentence can be nothing but part of a paragraph.
    let mut source = format!("x {text}\n");
    for label in labels {
        source.push_str(&format!("\n[{label}: x\n"));
    }
    let blocks = markdown::parse(&source);
    let [block] = blocks.as_slice() else {
        return None;
    };
    let BlockKind::Paragraph(inlines) = &block.kind else {
        return None;
    };
    let mut out = String::new();
    see(inlines, &mut out);
    Some(out)
}

fn see(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.extend(text.split_whitespace()),
            Inline::Emphasis(within) | Inline::Strong(within) | Inline::Struck(within) => {
                see(within, out);
            }
            Inline::Link { text, .. } => see(text, out),
            other => out.push_str(&format!("{other:?}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(text: &str) -> Option<String> {
        let read = read(&Unit::sentence(text))?;
        let plain = read.plain.clone();
        let words: Vec<Word<'_>> = plain
            .tokens()
            .iter()
            .zip(&read.marks)
            .map(|(token, marks)| Word {
                text: &plain.text()[token.range.clone()],
                spaced: token.spaced,
                marks: marks.clone(),
            })
            .collect();
        write(&words, read.signs).map(|unit| unit.text().to_owned())
    }

    #[test]
    fn what_is_read_is_written_as_it_was() {
        let texts = [
            "Members **publish every** decision.",
            "Members _publish_ it *now*.",
            "It is ***very* large**, (*we* think).",
            "See [the *whole* list](a(b)c), or [that][ref].",
            "A ~~bad~~ **good** idea with `code * here` and 2 * 3.",
            "**\"Quoted\"**, she says.",
        ];
        for text in texts {
            let expected = text.replace("*now*", "_now_");
            assert_eq!(again(text).as_deref(), Some(&*expected), "{text}");
        }
    }

    #[test]
    fn signs_that_do_not_pair_are_not_read() {
        for text in [
            "Members **publish every decision.",
            "un*believ*able",
            "*a **b* c**",
            "*a _b_ c*",
            "Members _publish_ *now*.",
        ] {
            assert_eq!(again(text), None, "{text}");
        }
    }
}
