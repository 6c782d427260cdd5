//! Whether an agreed text gives an answer in one line and in one paragraph.

use super::Subject;
use super::passage::{Passage, Place};
use crate::narrative::finding::Finding;

/// Words of an answer in one line.
const LINE: usize = 30;

/// Words of a short answer: about 60.
pub const SHORT: usize = 70;

/// Words that point back at something which a sentence that stands alone does not bring along.
const LEANING: [&str; 14] = [
    "it",
    "its",
    "they",
    "their",
    "he",
    "she",
    "this",
    "these",
    "those",
    "such",
    "but",
    "however",
    "also",
    "therefore",
];

/// Looks at the first sentence and the first paragraph.
pub fn check(subject: &Subject<'_>, passages: &[Passage<'_>]) -> Vec<Finding> {
    let Some(first) = passages.first() else {
        return Vec::new();
    };
    if first.place != Place::Paragraph {
        let message = "the text does not begin with a sentence, which is its answer in one line";
        let finding = Finding::warning("first-sentence-length", &subject.path, message);
        return vec![
            finding
                .at_line(first.line)
                .mend("begin with a sentence that stands alone"),
        ];
    }
    let sentence = first.unit.words().len();
    let paragraph = first_paragraph(subject.text, passages);
    let line = Finding::warning(
        "first-sentence-length",
        &subject.path,
        format!("the first sentence has {sentence} words, and an answer in one line has {LINE}"),
    );
    let short = Finding::warning(
        "short-answer-length",
        &subject.path,
        format!("the first paragraph has {paragraph} words, and a short answer has {SHORT}"),
    );
    let leans = leans(first.unit.text()).map(|word| {
        let message = format!("the first sentence begins with `{word}` and cannot stand alone");
        let finding = Finding::warning("first-sentence-leans", &subject.path, message);
        finding.mend("say what is meant: it is the answer in one line")
    });
    let line =
        (sentence > LINE).then(|| line.mend("part it, so that the first sentence can stand alone"));
    let short =
        (paragraph > SHORT).then(|| short.mend("begin a new paragraph after what can stand alone"));
    let found = line.into_iter().chain(leans).chain(short);
    found.map(|finding| finding.at_line(first.line)).collect()
}

/// The first word of a sentence, if it points back.
fn leans(sentence: &str) -> Option<&str> {
    let word = sentence.split_whitespace().next()?;
    let plain = word
        .trim_matches(|sign: char| !sign.is_alphanumeric())
        .to_lowercase();
    LEANING.contains(&plain.as_str()).then_some(word)
}

/// The words of the passages before the first blank line.
fn first_paragraph(text: &str, passages: &[Passage<'_>]) -> usize {
    let lines = text.lines().enumerate();
    let mut blank =
        lines.filter(|(index, line)| *index + 1 > passages[0].line && line.trim().is_empty());
    let end = blank.next().map_or(usize::MAX, |(index, _)| index + 1);
    let inside = passages
        .iter()
        .take_while(|passage| passage.place == Place::Paragraph && passage.line < end);
    inside.map(|passage| passage.unit.words().len()).sum()
}
