//! A passage as a reader sees it: its words without the signs of markup, and how each stretch of them is set.
//!
//! What is shown to readers is compared in this form, so that no sign of markup counts as a word and a word that only
//! became bold is no new word. A citation and the mark of a footnote stay as they are written, since it is for the
//! page to say which number they have there.
//!
//! ```
//! use onetext::prose::seen::{Known, Marking, Seen};
//! let seen = Seen::of("It **is** small [@a].", &Known::default());
//! assert_eq!(seen.text(), "It is small [@a].");
//! assert!(seen.faces()[1].1.marks.contains(&Marking::Strong));
//! ```
//!
//! **Invariant:** the faces cover the text, in its order and without a gap.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Prose;
use super::markdown::{self, BlockKind, Inline};
use super::unit::{Kind, Mark, Opaque, Shared, Unit};

/// How words are set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Face {
    /// What marks them.
    pub marks: BTreeSet<Marking>,
    /// Where they lead, as it was written and **not** checked here.
    pub link: Option<String>,
    /// What they are the mark of.
    pub refers: Option<Reference>,
}

/// What marks words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Marking {
    /// Strong emphasis.
    Strong,
    /// Emphasis.
    Emphasis,
    /// A line through them.
    Struck,
    /// A name or command as typed.
    Code,
}

/// What stands elsewhere and is referred to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// A source, by its id.
    Source(String),
    /// A footnote, by its label in small letters.
    Footnote(String),
}

/// What the sentences of a text refer to: the addresses of links and the labels of footnotes that it defines.
#[derive(Clone, Debug, Default)]
pub struct Known(String);

/// A passage as a reader sees it.
#[derive(Clone, Debug)]
pub struct Seen {
    unit: Shared,
    faces: Vec<(Range<usize>, Face)>,
}

impl Face {
    /// How they are set, in words: `bold`, `a link to https://example.org`; `plain` if they are set in no way.
    pub fn words(&self) -> String {
        let marks = self.marks.iter().map(|mark| mark.word().to_owned());
        let link = self.link.iter().map(|to| format!("a link to {to}"));
        let all: Vec<String> = marks.chain(link).collect();
        match all.is_empty() {
            true => "plain".to_owned(),
            false => all.join(", "),
        }
    }

    fn with(&self, mark: Marking) -> Self {
        let mut face = self.clone();
        face.marks.insert(mark);
        face
    }

    fn leading(&self, url: &str) -> Self {
        let link = Some(url.to_owned());
        Self {
            link,
            ..self.clone()
        }
    }

    fn referring(&self, to: Reference) -> Self {
        let refers = Some(to);
        Self {
            refers,
            ..self.clone()
        }
    }
}

impl Marking {
    /// It in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Strong => "bold",
            Self::Emphasis => "italic",
            Self::Struck => "struck",
            Self::Code => "code",
        }
    }
}

impl Known {
    /// Finds what a text defines.
    pub fn of(text: &Prose) -> Self {
        let definition = |unit: &Shared| match unit.kind() {
            Kind::Opaque(Opaque::References) => Some(format!("{}\n\n", unit.text())),
            Kind::Mark(Mark::Footnote(label)) => Some(format!("[^{label}]: x\n\n")),
            _ => None,
        };
        Self(text.units().iter().filter_map(definition).collect())
    }
}

/// A word before a sentence, so that it is read as one even if it begins with what else would begin a list.
const BEFORE: &str = "x ";

impl Seen {
    /// Reads a sentence.
    pub fn of(sentence: &str, known: &Known) -> Self {
        let rest = if sentence.contains('[') { &known.0 } else { "" };
        let parsed = markdown::parse(&format!("{BEFORE}{sentence}\n\n{rest}"));
        match parsed.into_iter().next().map(|block| block.kind) {
            Some(BlockKind::Paragraph(text) | BlockKind::Heading { text, .. }) => {
                let mut spreading = Spreading::default();
                spreading.all(&without_first(text), &Face::default());
                spreading.seen()
            }
            _ => Self::plain(sentence),
        }
    }

    /// Reads a block that is no sentence, line by line: the rows of a table, the lines of code. What defines where links
    /// lead is not seen.
    pub fn lines(block: &Unit, known: &Known) -> Vec<Self> {
        let typed = || block.text().lines().map(Self::plain).collect();
        match block.kind() {
            Kind::Opaque(Opaque::References) => return Vec::new(),
            Kind::Opaque(Opaque::Rule) => return vec![Self::plain("* * *")],
            Kind::Opaque(Opaque::Table | Opaque::Code) => {}
            _ => return typed(),
        }
        let parsed = markdown::parse(&format!("{}\n\n{}", block.text(), known.0));
        match parsed.into_iter().next().map(|block| block.kind) {
            Some(BlockKind::Code { text, .. }) => text.lines().map(Self::plain).collect(),
            Some(BlockKind::Table(table)) => {
                let bold = Face::default().with(Marking::Strong);
                let header = row(&table.header, &bold);
                let rows = table.rows.iter().map(|cells| row(cells, &Face::default()));
                std::iter::once(header).chain(rows).collect()
            }
            _ => typed(),
        }
    }

    /// The words.
    pub fn text(&self) -> &str {
        self.unit.text()
    }

    /// The words as a unit, to be compared by.
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// How the words are set, stretch by stretch.
    pub fn faces(&self) -> &[(Range<usize>, Face)] {
        &self.faces
    }

    /// The stretches of a part of the words, each cut to that part.
    pub fn within(&self, part: Range<usize>) -> impl Iterator<Item = (Range<usize>, &Face)> {
        let first = self
            .faces
            .partition_point(|(range, _)| range.end <= part.start);
        let from = self.faces[first..].iter();
        let inside = from.take_while(move |(range, _)| range.start < part.end);
        inside.map(move |(range, face)| {
            let cut = range.start.max(part.start)..range.end.min(part.end);
            (cut, face)
        })
    }

    fn plain(text: &str) -> Self {
        let mut spreading = Spreading::default();
        spreading.say(text, &Face::default());
        spreading.seen()
    }
}

fn without_first(mut text: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text(first)) = text.first_mut() {
        *first = first.strip_prefix(BEFORE).unwrap_or(first).to_owned();
    }
    text
}

fn row(cells: &[Vec<Inline>], face: &Face) -> Seen {
    let mut spreading = Spreading::default();
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            spreading.say(" | ", &Face::default());
        }
        spreading.all(cell, face);
    }
    spreading.seen()
}

/// Lays a tree of markup out as words with faces.
#[derive(Default)]
struct Spreading {
    text: String,
    faces: Vec<(Range<usize>, Face)>,
}

impl Spreading {
    fn all(&mut self, inlines: &[Inline], face: &Face) {
        inlines.iter().for_each(|inline| self.one(inline, face));
    }

    fn one(&mut self, inline: &Inline, face: &Face) {
        match inline {
            Inline::Text(text) | Inline::Html(text) => self.say(text, face),
            Inline::Code(text) => self.say(text, &face.with(Marking::Code)),
            Inline::Emphasis(text) => self.all(text, &face.with(Marking::Emphasis)),
            Inline::Strong(text) => self.all(text, &face.with(Marking::Strong)),
            Inline::Struck(text) => self.all(text, &face.with(Marking::Struck)),
            Inline::Link { url, text, .. } | Inline::Image { url, alt: text, .. } => {
                self.all(text, &face.leading(url));
            }
            Inline::FootnoteRef(label) => {
                let to = Reference::Footnote(label.to_lowercase());
                self.say(&format!("[^{label}]"), &face.referring(to));
            }
            Inline::Citation(ids) => {
                for id in ids {
                    let to = Reference::Source(id.clone());
                    self.say(&format!("[@{id}]"), &face.referring(to));
                }
            }
            Inline::SoftBreak => self.say(" ", face),
            Inline::HardBreak => self.say("\n", face),
        }
    }

    fn say(&mut self, words: &str, face: &Face) {
        if words.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(words);
        let end = self.text.len();
        match self.faces.last_mut() {
            // Two marks side by side stay two.
            Some((range, last)) if last == face && face.refers.is_none() => range.end = end,
            _ => self.faces.push((start..end, face.clone())),
        }
    }

    fn seen(self) -> Seen {
        Seen {
            unit: Unit::sentence(self.text),
            faces: self.faces,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(seen: &Seen) -> String {
        let one = |(range, face): &(Range<usize>, Face)| {
            let words = &seen.text()[range.clone()];
            match face.words().as_str() {
                "plain" => words.to_owned(),
                face => format!("<{face}:{words}>"),
            }
        };
        seen.faces().iter().map(one).collect()
    }

    #[test]
    fn signs_of_markup_are_faces_and_no_words() {
        let text = "A *b* **c *d*** ~~e~~ `f*` \\* [g](https://a.example), <https://b.example> [h][i] [j].\n\n\
                    [i]: https://i.example\n";
        let prose = Prose::parse(text);
        let sentence = prose.passages().next().expect("there is a sentence");
        assert_eq!(
            told(&Seen::of(sentence.text(), &Known::of(&prose))),
            "A <italic:b> <bold:c ><bold, italic:d> <struck:e> <code:f*> * \
             <a link to https://a.example:g>, <a link to https://b.example:https://b.example> \
             <a link to https://i.example:h> [j]."
        );
    }

    #[test]
    fn a_sentence_is_one_however_it_begins() {
        for text in [
            "- so",
            "1. so",
            "# so",
            "> so",
            "    so",
            "--- so",
            "| so |",
            "so\\\nthat",
        ] {
            let seen = Seen::of(text, &Known::default());
            let words = text.trim().replace("\\\n", "\n");
            assert_eq!(seen.text().trim(), words, "{text}");
        }
    }

    #[test]
    fn a_mark_of_a_footnote_is_one_only_if_there_is_that_footnote() {
        let prose = Prose::parse("It is[^A] small[^b].\n\n[^a]: A note.\n");
        let seen = Seen::of("It is[^A] small[^b].", &Known::of(&prose));
        let marks: Vec<_> = seen
            .faces()
            .iter()
            .filter_map(|(_, face)| face.refers.clone())
            .collect();
        assert_eq!(marks, [Reference::Footnote("a".to_owned())]);
        assert_eq!(seen.text(), "It is[^a] small[^b].");
    }

    #[test]
    fn lines_are_rows_and_code_without_its_fence() {
        let lines = |text: &str| -> Vec<String> {
            let prose = Prose::parse(text);
            let block = prose.passages().next().expect("there is a block");
            Seen::lines(block, &Known::of(&prose))
                .iter()
                .map(told)
                .collect()
        };
        assert_eq!(
            lines("| a | b |\n| --- | --- |\n| *1* | 2 [@s] |\n"),
            ["<bold:a> | <bold:b>", "<italic:1> | 2 [@s]"]
        );
        assert_eq!(lines("```\n*a*\n\nb\n```\n"), ["*a*", "", "b"]);
        assert_eq!(lines("---\n"), ["* * *"]);
    }
}
