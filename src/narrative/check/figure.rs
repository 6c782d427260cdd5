//! Which sentences have a figure, and whether they say where it is from.
//!
//! Reading a figure as a name costs a source, reading a name as a figure costs patience. So digits count unless
//! they are clearly something else: a year, a day, an ordinal, the number of a question, part of a name.

use super::Subject;
use super::passage::{Passage, Place};
use crate::narrative::finding::Finding;
use crate::prose::month::ENGLISH;
use crate::prose::token::{Class, Token};
use crate::prose::unit::Opaque;

/// Words whose number says which, not how many.
const NUMBERED: [&str; 12] = [
    "question",
    "questions",
    "section",
    "chapter",
    "part",
    "article",
    "annex",
    "table",
    "figure",
    "page",
    "version",
    "step",
];

/// Words that make a figure without a digit.
const MAGNITUDES: [&str; 6] = [
    "percent", "per cent", "million", "millions", "billion", "trillion",
];

/// Finds the sentences with a figure and no source.
pub fn unsourced(subject: &Subject<'_>, passages: &[Passage<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut before = "";
    for passage in passages {
        let text = passage.unit.text();
        let looked_at = match passage.place {
            Place::Heading => false,
            Place::Opaque(opaque) => opaque == Opaque::Table || opaque == Opaque::Nested,
            Place::Paragraph | Place::Inner => true,
        };
        let introduced = !passage.unit.is_sentence() && is_sourced(subject, before);
        if looked_at && has_figure(passage) && !is_sourced(subject, text) && !introduced {
            let message = format!("a figure without a source: `{}`", beginning(text));
            let finding = subject
                .finding("figure-unsourced", message)
                .at_line(passage.line);
            findings.push(finding.mend("cite it as `[@id]`, with `id` in `sources.toml`"));
        }
        before = text;
    }
    findings
}

/// Whether a passage cites a source, itself or in a footnote.
fn is_sourced(subject: &Subject<'_>, text: &str) -> bool {
    let notes = text
        .split("[^")
        .skip(1)
        .filter_map(|rest| rest.split_once(']'));
    let cited_below = |label: &str| {
        let note = format!("[^{label}]:");
        let mut lines = subject.text.lines();
        lines.any(|line| line.starts_with(&note) && line.contains("[@"))
    };
    text.contains("[@") || notes.map(|(label, _)| label).any(cited_below)
}

fn beginning(text: &str) -> String {
    const SHOWN: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHOWN {
        return line;
    }
    let start: String = line.chars().take(SHOWN).collect();
    format!("{}…", start.trim_end())
}

/// Whether a passage says how many.
pub fn has_figure(passage: &Passage<'_>) -> bool {
    let text = passage.unit.text();
    let tokens = passage.unit.tokens();
    let words: Vec<Word<'_>> = tokens
        .iter()
        .filter(|token| matches!(token.class, Class::Word | Class::Punctuation))
        .map(|token| Word::new(text, token))
        .collect();
    let pairs = words
        .windows(2)
        .map(|pair| format!("{} {}", pair[0].lower, pair[1].lower));
    let mut magnitudes = words.iter().map(|word| word.lower.clone()).chain(pairs);
    magnitudes.any(|word| MAGNITUDES.contains(&word.as_str()))
        || (0..words.len()).any(|index| words[index].is_number && is_figure(&words, index))
}

struct Word<'a> {
    text: &'a str,
    lower: String,
    is_number: bool,
}

impl<'a> Word<'a> {
    fn new(source: &'a str, token: &Token) -> Self {
        let text = &source[token.range.clone()];
        Self {
            text,
            lower: text.to_lowercase(),
            is_number: token.class == Class::Word
                && text.starts_with(|mark: char| mark.is_ascii_digit()),
        }
    }
}

/// Whether a word that begins with a digit says how many.
fn is_figure(words: &[Word<'_>], index: usize) -> bool {
    let near = |place: Option<usize>| {
        place
            .and_then(|at| words.get(at))
            .map_or("", |word| &*word.lower)
    };
    let (before, after) = (near(index.checked_sub(1)), near(Some(index + 1)));
    let measured = matches!(before, "£" | "$" | "€") || after == "%";
    let dated = ENGLISH.contains(&before) || ENGLISH.contains(&after);
    let listed = index == 0 && matches!(after, "." | ")");
    let day_and_night =
        words[index].text == "24" && after == "/" || words[index].text == "7" && before == "/";
    measured
        || !(dated
            || listed
            || day_and_night
            || NUMBERED.contains(&before)
            || is_year(words[index].text)
            || is_name(words[index].text))
}

/// A year, a decade or a span of years: `2024`, `1990s`, `2023-24`.
fn is_year(text: &str) -> bool {
    let text = text
        .strip_suffix("'s")
        .or_else(|| text.strip_suffix('s'))
        .unwrap_or(text);
    let mut parts = text.split(['-', '–', '/']);
    let first = parts.next().unwrap_or(text);
    let is_first = first.len() == 4 && (first.starts_with("19") || first.starts_with("20"));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    is_first && digits(first) && parts.all(|part| digits(part) && matches!(part.len(), 2 | 4))
}

/// An ordinal or a word with digits in it that measures nothing: `21st`, `34C3`, `3D`.
fn is_name(text: &str) -> bool {
    const UNITS: [&str; 11] = ["", "k", "m", "bn", "tn", "x", "%", "p", "km", "h", "kg"];
    let tail =
        text.trim_start_matches(|mark: char| mark.is_ascii_digit() || matches!(mark, '.' | ','));
    let joined = tail.starts_with(['-', '–', '/', '‑', '\'', '’']);
    !joined && !UNITS.contains(&tail.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::super::passage::passages;
    use super::*;
    use crate::prose::Prose;

    fn figures(text: &str) -> Vec<String> {
        let prose = Prose::parse(text);
        let passages = passages(&prose);
        let with = passages.iter().filter(|passage| has_figure(passage));
        with.map(|passage| passage.unit.text().to_owned()).collect()
    }

    #[test]
    fn figures_are_known() {
        for text in [
            "It has 171 entries.",
            "It grew 5.4%.",
            "It costs £2,000.",
            "A 5-person co-op.",
            "It cost £3m.",
            "Twenty per cent left.",
            "Half a million joined.",
            "Between 10 and 12 of them.",
            "It spent $2024.",
            "There were 16–17 of them.",
            "On 3 May 2024 it had 12 members.",
        ] {
            assert_eq!(figures(text), [text]);
        }
    }

    #[test]
    fn what_only_looks_like_a_figure_is_not_one() {
        for text in [
            "It began at 34C3.",
            "It was founded in 2016.",
            "In the 1990s.",
            "In 2023-24 it grew.",
            "On 3 May 2024.",
            "The 21st century.",
            "As question 3 says.",
            "In the wake of COVID-19.",
            "A B2B firm.",
            "Open 24/7.",
            "1. First of all.",
            "Run `cargo test 12`.",
            "See [it](https://example.org/12).",
            "Web3 and G7.",
            "As of March 2026.",
        ] {
            assert_eq!(figures(text), [""; 0]);
        }
    }
}
