//! Where the words on each question begin.

use std::ops::Range;

use crate::narrative::message::number::{Numbered, numbered};
use crate::reply::line::Line;

use super::likeness::count;
use super::models::Models;
use super::{Kind, KnownBy, Mark, Start, Why};

/// Words before a number that an answer may begin with.
const ANSWERS: [&str; 10] = [
    "answer to question ",
    "answer to ",
    "answer ",
    "re question ",
    "re ",
    "ad ",
    "zu frage ",
    "antwort ",
    "zu ",
    "a",
];

/// Marks the quoted lines with which a question begins.
pub fn quoted(lines: &[Line], marks: &mut [Mark], models: &Models<'_>) {
    for piece in pieces(lines, marks, models) {
        let text = joined(&lines[piece.clone()]);
        let first = &lines[piece.start].text;
        let number = number(piece.start, first);
        let counted = number.as_ref().and_then(|it| models.of_number(it.number));
        let body = number.as_ref().map_or(text.as_str(), |it| {
            text.get(text.find(it.rest).unwrap_or(0)..).unwrap_or(&text)
        });
        let (question, by) = match (models.quoted(body), counted) {
            (Some(like), counted) if counted == Some(like) => (like, KnownBy::Number),
            (Some(like), _) => (like, KnownBy::Wording),
            (None, Some(counted)) if models.may_be(counted, body) => (counted, KnownBy::Number),
            _ => {
                if models.is_background(&text) {
                    marks[piece].fill(Mark::Left(Kind::Background));
                }
                continue;
            }
        };
        marks[piece.clone()].fill(Mark::Left(Kind::Question));
        marks[piece.start] = Mark::Start(Start {
            question,
            by,
            from: first.len(),
            to: first.len(),
        });
    }
}

/// The paragraphs of what is quoted, parted where a number of a question begins a line.
fn pieces(lines: &[Line], marks: &[Mark], models: &Models<'_>) -> Vec<Range<usize>> {
    let is_quote = |at: usize| marks[at] == Mark::Left(Kind::Quote) && !lines[at].is_blank();
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for at in (0..lines.len()).filter(|&at| is_quote(at)) {
        let begins =
            number(at, &lines[at].text).is_some_and(|it| models.of_number(it.number).is_some());
        match pieces.last_mut() {
            Some(piece) if piece.end == at && lines[at - 1].quote == lines[at].quote && !begins => {
                piece.end = at + 1;
            }
            _ => pieces.push(at..at + 1),
        }
    }
    pieces
}

/// Marks what is left of a quote where a program broke its lines and marked only their beginnings.
pub fn broken_quotes(lines: &[Line], marks: &mut [Mark], models: &Models<'_>) {
    let mut current = None;
    for at in 0..lines.len() {
        if let Mark::Start(start) = marks[at] {
            current = Some(start.question);
        }
        let above = at > 0 && !lines[at - 1].is_blank() && lines[at - 1].quote > 0;
        let own = lines[at].quote == 0 && marks[at] == Mark::Own && !lines[at].is_blank();
        let ends = lines
            .get(at + 1)
            .is_none_or(|next| next.is_blank() || next.quote > 0);
        let in_question = current.is_some_and(|current| models.stands_in(current, &lines[at].text));
        if above && own && ends && in_question {
            marks[at] = Mark::Left(Kind::Quote);
        }
    }
}

/// Marks the sender's own lines with which a question begins: by its words, or by a heading.
pub fn own(lines: &[Line], marks: &mut [Mark], models: &Models<'_>) {
    for paragraph in paragraphs(lines, marks) {
        let mut at = paragraph.start;
        while at < paragraph.end {
            let text = &lines[at].text;
            let first = at == paragraph.start;
            let is_number =
                number(at, text).is_some_and(|it| models.of_number(it.number).is_some());
            let rest = at..paragraph.end;
            at = if let Some(title) = heading(text) {
                headed(at, title, (lines, marks), models)
            } else if first || is_number {
                repeated(rest, (lines, marks), models)
            } else {
                at + 1
            };
        }
    }
}

/// The runs of the sender's own lines without a blank one.
pub fn paragraphs(lines: &[Line], marks: &[Mark]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for at in 0..lines.len() {
        if marks[at] != Mark::Own || lines[at].is_blank() {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => out.push(at..at + 1),
        }
    }
    out
}

fn heading(text: &str) -> Option<&str> {
    let title = text.trim_start_matches('#');
    let level = text.len() - title.len();
    ((1..=6).contains(&level) && title.starts_with(' ')).then(|| title.trim())
}

/// Marks a heading if it names a question, and gives the next line.
fn headed(
    at: usize,
    title: &str,
    (lines, marks): (&[Line], &mut [Mark]),
    models: &Models<'_>,
) -> usize {
    let number = number(at, title);
    let counted = number.as_ref().map(|it| models.of_number(it.number));
    let named = models
        .of_title(title)
        .or_else(|| models.begun(title).map(|(question, _)| question))
        .or_else(|| models.quoted(title));
    let end = lines[at].text.len();
    let start = |question| {
        Mark::Start(Start {
            question,
            by: KnownBy::Heading,
            from: end,
            to: end,
        })
    };
    match (counted.flatten().or(named), number) {
        (Some(question), _) => marks[at] = start(question),
        (None, Some(number)) => marks[at] = Mark::Unplaced(Why::UnknownNumber(number.number)),
        (None, None) => {}
    }
    at + 1
}

/// Marks the words of a question with which lines begin, and gives the line after them.
fn repeated(
    rest: Range<usize>,
    (lines, marks): (&[Line], &mut [Mark]),
    models: &Models<'_>,
) -> usize {
    let first = &lines[rest.start].text;
    let skipped = number(rest.start, first).map_or(0, |it| offset(first, it.rest));
    let all = begun(&lines[rest.clone()], skipped, models);
    let text = &all[skipped..];
    if let Some((question, end)) = models.begun(text) {
        return cut(rest, (lines, marks), question, skipped + end);
    }
    let length = lines[rest.clone()].iter().skip(1).zip(1..);
    let next = length
        .filter(|(line, _)| number(0, &line.text).is_some())
        .map(|(_, more)| rest.start + more)
        .next();
    let piece = rest.start..next.unwrap_or(rest.end);
    let text = joined(&lines[piece.clone()]);
    match models.repeated(&text[skipped..]) {
        Some(question) => cut(piece, (lines, marks), question, text.len()),
        None => rest.start + 1,
    }
}

/// As many lines as a question may take up; only the first of them if no question begins with their first word.
fn begun(lines: &[Line], skipped: usize, models: &Models<'_>) -> String {
    let mut out = String::new();
    let mut words = 0;
    for (at, line) in lines.iter().enumerate() {
        let text = line
            .text
            .get(if at == 0 { skipped } else { 0 }..)
            .unwrap_or_default();
        if at > 0 {
            out.push('\n');
        }
        out.push_str(&line.text);
        let more = count(text);
        let other = words == 0 && more > 0 && !models.may_begin(text);
        words += more;
        if other || words >= models.longest() {
            break;
        }
    }
    out
}

/// Marks the first bytes of lines as a question's own words, and gives the line after them.
fn cut(
    lines_of: Range<usize>,
    (lines, marks): (&[Line], &mut [Mark]),
    question: usize,
    bytes: usize,
) -> usize {
    let mut left = bytes;
    for at in lines_of.clone() {
        let text = &lines[at].text;
        let from = left.min(text.len());
        let from = from + (text[from..].len() - text[from..].trim_start().len());
        marks[at] = Mark::Start(Start {
            question,
            by: KnownBy::Wording,
            from,
            to: text.len(),
        });
        // A line break stands between two lines.
        left = match left.checked_sub(text.len() + 1) {
            Some(left) if left > 0 => left,
            _ => return at + 1,
        };
    }
    lines_of.end
}

/// Reads a line that begins with a number, with or without a word such as `Answer` before it.
pub fn number(at: usize, line: &str) -> Option<Numbered<'_>> {
    if let Some(found) = numbered(at, line) {
        return Some(found);
    }
    let text = line.trim_start_matches(['*', '_', '#', ' ']);
    ANSWERS.iter().find_map(|word| {
        let begin = text.get(..word.len())?;
        let rest = &text[word.len()..];
        let after = rest.trim_start_matches(|sign: char| sign.is_ascii_digit());
        let set_off = after.len() < rest.len() && after.starts_with([':', '.', ')']);
        (begin.eq_ignore_ascii_case(word) && set_off).then(|| numbered(at, rest))?
    })
}

/// Where a part that ends a line, but for signs of emphasis, begins.
pub fn offset(line: &str, part: &str) -> usize {
    if part.is_empty() {
        return line.len();
    }
    line.rfind(part).unwrap_or(0)
}

fn joined(lines: &[Line]) -> String {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    texts.join("\n")
}
