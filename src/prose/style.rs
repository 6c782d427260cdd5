//! How a text is laid out, so that what is new in it looks like the rest.

use super::Prose;
use super::block::marker_length;
use super::token::tokens;
use super::unit::{Kind, Mark, Shared};

/// The layout that prevails in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// How paragraphs are broken into lines.
    pub wrap: Wrap,
    /// The sign before a list item.
    pub bullet: char,
    /// Whether the items of a numbered list count up (or all bear the same number).
    pub counts: bool,
    /// The sign after the number of an item.
    pub delimiter: char,
    /// Whether headings are underlined rather than begun with `#`.
    pub underlined: bool,
}

/// How paragraphs are broken into lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrap {
    /// One line per paragraph.
    Paragraph,
    /// One line per sentence.
    Sentence,
    /// Lines of at most so many characters.
    Width(usize),
}

impl Style {
    /// Finds the style of a text; of an empty one, one line per paragraph and `-` before items.
    pub fn of(text: &Prose) -> Self {
        Self {
            wrap: wrap(text),
            bullet: bullet(text),
            counts: counts(text),
            delimiter: delimiter(text),
            underlined: underlined(text),
        }
    }

    /// Writes sentences as one block, with what stands before its first line and before its other lines.
    pub fn filled(&self, sentences: &[&str], first: &str, rest: &str) -> String {
        let escaped = sentences
            .first()
            .map(|sentence| escaped(sentence))
            .unwrap_or_default();
        let all: Vec<&str> = std::iter::once(escaped.as_str())
            .chain(sentences.iter().skip(1).copied())
            .collect();
        let lines: Vec<String> = match self.wrap {
            Wrap::Paragraph => vec![joined(&all)],
            Wrap::Sentence => per_sentence(&all),
            Wrap::Width(width) => folded(&joined(&all), width.saturating_sub(rest.len()).max(20)),
        };
        let lines: Vec<&str> = lines.iter().flat_map(|line| line.split('\n')).collect();
        format!("{first}{}", lines.join(&format!("\n{rest}")))
    }
}

/// Sentences on one line; a hard line break is not followed by a blank.
fn joined(sentences: &[&str]) -> String {
    sentences.join(" ").replace("\\\n ", "\\\n")
}

fn per_sentence(sentences: &[&str]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for sentence in sentences {
        match lines.last_mut() {
            Some(line) if starts_block(sentence) => {
                line.push(' ');
                line.push_str(sentence);
            }
            _ => lines.push((*sentence).to_owned()),
        }
    }
    lines
}

/// Breaks a text into lines of at most `width` characters, never inside an atom and never where a line would start a block.
fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut at = 0;
    let breaks = tokens(text)
        .into_iter()
        .filter(|token| token.spaced && !starts_block(&text[token.range.start..]))
        .map(|token| token.range.start);
    for end in breaks.chain([text.len()]).collect::<Vec<_>>() {
        let piece = text[at..end].trim_end_matches(' ');
        at = end;
        let line = lines.last_mut().expect("there is always a line");
        let used = line.rsplit('\n').next().unwrap_or("").chars().count();
        let fits = used + 1 + piece.split('\n').next().unwrap_or("").chars().count() <= width;
        if line.is_empty() {
            line.push_str(piece);
        } else if fits || line.ends_with('\n') {
            if !line.ends_with('\n') {
                line.push(' ');
            }
            line.push_str(piece);
        } else {
            lines.push(piece.to_owned());
        }
    }
    lines
}

/// Whether a line with this text would start a block of its own inside a paragraph.
fn starts_block(text: &str) -> bool {
    let marker = marker_length(text);
    let item = marker > 0 && text[marker..].starts_with([' ', '\n']);
    let bare = marker > 0 && marker == text.len();
    item || bare
        || text.starts_with(['#', '>', '|', '=', '<'])
        || ["```", "~~~", "---", "***", "___", "[^"]
            .iter()
            .any(|sign| text.starts_with(sign))
}

/// The first sentence of a block, with what would make it another kind of block escaped.
fn escaped(text: &str) -> String {
    let marker = marker_length(text);
    let item = marker > 0 && (text.len() == marker || text[marker..].starts_with(' '));
    if item {
        return format!("{}\\{}", &text[..marker - 1], &text[marker - 1..]);
    }
    let heading = text.starts_with('#') && text.trim_start_matches('#').starts_with(' ');
    if heading || text.starts_with('>') {
        format!("\\{text}")
    } else {
        text.to_owned()
    }
}

fn wrap(text: &Prose) -> Wrap {
    let (mut one, mut sentence, mut wrapped, mut width) = (0, 0, 0, 0);
    for block in text.blocks() {
        let prose = matches!(
            block.units.first().map(|unit| unit.kind()),
            Some(Kind::Mark(mark)) if !matches!(mark, Mark::Heading(_))
        );
        let source = text.lines(block.lines.clone());
        let lines: Vec<&str> = source
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        let sentences = block.units.len().saturating_sub(1);
        match lines.len() {
            _ if !prose => {}
            0 => {}
            1 if sentences > 1 || lines[0].chars().count() > 100 => one += 1,
            1 => {}
            lines if lines == sentences => sentence += 1,
            _ => {
                wrapped += 1;
                width = lines
                    .iter()
                    .map(|line| line.chars().count())
                    .max()
                    .unwrap_or(0)
                    .max(width);
            }
        }
    }
    match () {
        () if wrapped > one && wrapped >= sentence => Wrap::Width(width.clamp(40, 120)),
        () if sentence > one => Wrap::Sentence,
        () => Wrap::Paragraph,
    }
}

fn items(text: &Prose) -> impl Iterator<Item = &str> {
    let item = |mark: Option<&Mark>| matches!(mark, Some(Mark::Item { .. }));
    text.blocks()
        .iter()
        .filter(move |block| item(block.units.first().and_then(|unit| unit.as_mark())))
        .map(|block| text.lines(block.lines.clone()).trim_start())
}

fn bullet(text: &Prose) -> char {
    let mut signs = items(text).filter_map(|item| item.chars().next());
    signs
        .find(|sign| matches!(sign, '-' | '*' | '+'))
        .unwrap_or('-')
}

fn delimiter(text: &Prose) -> char {
    let item = |item: &str| item[..marker_length(item)].chars().next_back();
    let mut signs = items(text).filter_map(item);
    signs.find(|sign| matches!(sign, '.' | ')')).unwrap_or('.')
}

/// Whether all headings that could be underlined are.
fn underlined(text: &Prose) -> bool {
    let high = |unit: &&Shared| matches!(unit.as_mark(), Some(Mark::Heading(1 | 2)));
    let mut headings = text.units().iter().filter(high).peekable();
    headings.peek().is_some() && headings.all(|heading| heading.sign().is_some())
}

fn counts(text: &Prose) -> bool {
    let number = |item: &str| {
        item[..marker_length(item).saturating_sub(1)]
            .parse::<usize>()
            .ok()
    };
    let numbers: Vec<usize> = items(text).filter_map(number).collect();
    numbers.len() < 2 || numbers.windows(2).any(|pair| pair[0] != pair[1])
}
