//! A message with numbered questions: which are asked, and what is said around them.
//!
//! Numbers come in many manners (`1 `, `1.`, `1)`, `Q1:`, `**1.**`), but one message keeps to one of them. So every
//! line that could begin a question is a candidate, and the longest run of candidates in one manner, numbered from 1
//! without a gap, is the list of questions.
//!
//! ```
//! use onetext::narrative::message;
//! let mail = "Dear all,\n\n1. How big\nis it?\n2. Which values?\n\nThanks\n";
//! let message = message::parse("mail.txt", mail.as_bytes()).unwrap();
//! let asked: Vec<&str> = message.questions.iter().map(|asked| &*asked.text).collect();
//! assert_eq!(asked, ["How big is it?", "Which values?"]);
//! assert_eq!(message.background.as_deref(), Some("Dear all,\n\nThanks"));
//! ```
//!
//! **Invariant:** every word of the message stands in one question or in the background; only the numbers are gone.

mod name;
pub mod number;

use number::{Numbered, numbered, unquoted};

use super::config::Limits;
use super::finding::Finding;
use super::id::QuestionId;
use super::read::{limits, text};

/// What a message asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The words before and after the questions.
    pub background: Option<String>,
    /// The questions in order, numbered from 1.
    pub questions: Vec<Asked>,
}

/// One question of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its number, and a short name made from its own words.
    pub id: QuestionId,
    /// The question, whole; a paragraph is one line.
    pub text: String,
    /// The line of the message on which it begins, from 1.
    pub line: usize,
}

/// Why a message has no questions for us.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// The message is not a text.
    #[error("{}", listed(.0))]
    Unreadable(Vec<Finding>),
    /// There is not a word in it.
    #[error("`{0}` is empty")]
    Empty(String),
    /// No line begins with the number 1.
    #[error("`{0}` has no numbered question: no line begins with `1`, `1.`, `1)` or `Q1:`")]
    NoQuestion(String),
    /// A number is missing.
    #[error("`{path}` line {line}: question {found} follows question {last}")]
    Gap {
        /// The message's name.
        path: String,
        /// Where the numbers jump, from 1.
        line: usize,
        /// The last number in order.
        last: u32,
        /// The number that follows.
        found: u32,
    },
    /// There is a number and no question.
    #[error("`{path}` line {line}: question {number} has no words")]
    NoWords {
        /// The message's name.
        path: String,
        /// Where the number stands, from 1.
        line: usize,
        /// The number.
        number: u32,
    },
}

fn listed(findings: &[Finding]) -> String {
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// Finds the numbered questions in a message; `path` is the name that errors call it by.
///
/// # Errors
///
/// The message is not UTF-8, is empty, or its questions are not numbered 1, 2, 3 and so on.
pub fn parse(path: &str, bytes: &[u8]) -> Result<Message, MessageError> {
    let text = readable(path, bytes).map_err(MessageError::Unreadable)?;
    if text.trim().is_empty() {
        return Err(MessageError::Empty(path.to_owned()));
    }
    let lines: Vec<&str> = text.lines().collect();
    let starts = questions(path, &lines)?;
    let end = end_of_last(&lines, &starts);
    let texts = texts(path, &lines, &starts, end)?;
    let names = name::names(&texts);
    let asked = starts.iter().zip(texts).zip(names);
    Ok(Message {
        background: background(&lines, starts[0].index, end),
        questions: asked
            .map(|((start, text), name)| Asked {
                id: name::id(start.number, &name),
                text,
                line: start.index + 1,
            })
            .collect(),
    })
}

fn readable(path: &str, bytes: &[u8]) -> Result<String, Vec<Finding>> {
    let most = Limits::default().file_bytes;
    limits::bytes(path, bytes.len(), most).map_err(|finding| vec![finding])?;
    let text = text::decode(path, bytes).map_err(|finding| vec![finding])?;
    let controls = text::controls(path, &text);
    if controls.is_empty() {
        Ok(text)
    } else {
        Err(controls)
    }
}

/// The longest run of candidates in one manner; the first of several.
fn questions<'a>(path: &str, lines: &[&'a str]) -> Result<Vec<Numbered<'a>>, MessageError> {
    let candidates: Vec<Numbered<'a>> = lines
        .iter()
        .enumerate()
        .filter_map(|(index, line)| numbered(index, line))
        .collect();
    let firsts = candidates
        .iter()
        .enumerate()
        .filter(|(_, first)| first.number == 1);
    let mut best: Vec<Numbered<'a>> = Vec::new();
    for (index, first) in firsts {
        let run = run(first, &candidates[index + 1..]);
        if run.len() > best.len() {
            best = run;
        }
    }
    let Some(last) = best.last() else {
        return Err(MessageError::NoQuestion(path.to_owned()));
    };
    let jump = candidates.iter().find(|later| {
        let near = last.number + 2..=last.number + 4;
        later.index > last.index && later.is_like(&best[0]) && near.contains(&later.number)
    });
    match jump {
        Some(jump) => Err(MessageError::Gap {
            path: path.to_owned(),
            line: jump.index + 1,
            last: last.number,
            found: jump.number,
        }),
        None => Ok(best),
    }
}

fn run<'a>(first: &Numbered<'a>, later: &[Numbered<'a>]) -> Vec<Numbered<'a>> {
    let mut run = vec![first.clone()];
    for candidate in later {
        let next = run.len() + 1;
        if candidate.is_like(first) && usize::try_from(candidate.number) == Ok(next) {
            run.push(candidate.clone());
        }
    }
    run
}

/// Where the last question ends: at a blank line, or where somebody signs off.
///
/// If other questions have several paragraphs, so may the last, as long as they ask.
fn end_of_last(lines: &[&str], starts: &[Numbered<'_>]) -> usize {
    let last = starts[starts.len() - 1].index;
    let is_blank = |line: &str| unquoted(line).trim().is_empty();
    let several = starts.windows(2).any(|pair| {
        let body = &lines[pair[0].index..pair[1].index];
        let words = body.iter().rposition(|line| !is_blank(line)).unwrap_or(0);
        body[..words].iter().any(|line| is_blank(line))
    });
    let mut end = lines.len();
    for index in last + 1..lines.len() {
        let line = unquoted(lines[index]).trim();
        let goes_on = several && line.is_empty() && paragraph_asks(&lines[index + 1..]);
        if (line.is_empty() && !goes_on) || signs_off(line) {
            end = index;
            break;
        }
    }
    end
}

fn paragraph_asks(lines: &[&str]) -> bool {
    let lines = lines.iter().map(|line| unquoted(line).trim());
    let paragraph = lines
        .skip_while(|line| line.is_empty())
        .take_while(|line| !line.is_empty());
    paragraph.last().is_some_and(|line| line.ends_with('?'))
}

/// Whether somebody signs off with a line: `Many thanks,`.
pub fn signs_off(line: &str) -> bool {
    const WORDS: [&str; 13] = [
        "thanks",
        "many thanks",
        "thank you",
        "best",
        "best wishes",
        "kind regards",
        "regards",
        "best regards",
        "cheers",
        "yours",
        "all the best",
        "in solidarity",
        "in cooperation",
    ];
    let words = line.trim_end_matches([',', '.', '!', ' ']).to_lowercase();
    line == "--" || WORDS.contains(&words.as_str())
}

fn texts(
    path: &str,
    lines: &[&str],
    starts: &[Numbered<'_>],
    end: usize,
) -> Result<Vec<String>, MessageError> {
    let ends = starts.iter().skip(1).map(|next| next.index).chain([end]);
    let texts = starts.iter().zip(ends).map(|(start, end)| {
        let text = joined(start.rest, &lines[start.index + 1..end]);
        if text.is_empty() {
            return Err(MessageError::NoWords {
                path: path.to_owned(),
                line: start.index + 1,
                number: start.number,
            });
        }
        Ok(text)
    });
    texts.collect()
}

/// Joins the lines of a question: a paragraph becomes one line, a list keeps its items.
fn joined(first: &str, rest: &[&str]) -> String {
    let mut text = first.trim().to_owned();
    let mut gap = " ";
    for line in rest.iter().map(|line| unquoted(line).trim()) {
        if line.is_empty() {
            gap = "\n\n";
            continue;
        }
        if gap == " " && is_item(line) {
            gap = "\n";
        }
        if !text.is_empty() {
            text.push_str(gap);
        }
        text.push_str(line);
        gap = " ";
    }
    text
}

fn is_item(line: &str) -> bool {
    let (mark, rest) = line.split_once(' ').unwrap_or((line, ""));
    let letter = mark
        .strip_suffix([')', '.'])
        .is_some_and(|mark| mark.len() == 1);
    !rest.is_empty() && (letter || matches!(mark, "-" | "*" | "•" | "–"))
}

fn background(lines: &[&str], start: usize, end: usize) -> Option<String> {
    let quoted = lines[start].trim_start().starts_with('>');
    let part = |lines: &[&str]| {
        let lines = lines
            .iter()
            .map(|line| if quoted { unquoted(line) } else { line });
        let lines: Vec<&str> = lines.map(str::trim_end).collect();
        lines.join("\n").trim_matches('\n').to_owned()
    };
    let parts: Vec<String> = [part(&lines[..start]), part(&lines[end..])]
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A journalist's eight questions, as they were forwarded.
    const FORWARDED: &str = include_str!("../../../tests/messages/eight-questions.txt");

    fn texts_of(message: &str) -> Vec<String> {
        let message = parse("mail.txt", message.as_bytes()).unwrap();
        message
            .questions
            .into_iter()
            .map(|asked| asked.text)
            .collect()
    }

    #[test]
    fn the_eight_questions_are_found_each_whole() {
        let message = parse("mail.txt", FORWARDED.as_bytes()).unwrap();
        let lines: Vec<&str> = FORWARDED.lines().collect();
        let first = lines
            .iter()
            .position(|line| line.starts_with("1 "))
            .unwrap();
        assert_eq!(message.questions.len(), 8);
        for (asked, line) in message.questions.iter().zip(&lines[first..]) {
            assert_eq!(format!("{} {}", asked.id.number(), asked.text), *line);
        }
        assert_eq!(message.background.unwrap(), lines[..first].join("\n"));
        let ids: Vec<String> = message
            .questions
            .iter()
            .map(|asked| asked.id.to_string())
            .collect();
        let expected = [
            "1-big",
            "2-aims-goals",
            "3-drivers-benefits",
            "4-typical-profile",
            "5-challenges",
            "6-fitting",
            "7-customers",
            "8-develop",
        ];
        assert_eq!(ids, expected);
    }

    #[test]
    fn every_manner_of_numbering_is_known() {
        for manner in [
            "1 How?\n2 Why?",
            "1. How?\n2. Why?",
            "1) How?\n2) Why?",
            "1: How?\n2: Why?",
            "Q1: How?\nQ2: Why?",
            "Q1. How?\nQ2. Why?",
            "**1.** How?\n**2.** Why?",
            "> 1. How?\n> 2. Why?",
            "(1) How?\n(2) Why?",
            "1.\nHow?\n2.\nWhy?",
            "Question 1: How?\nQuestion 2: Why?",
            "## 1. How?\n\n## 2. Why?",
            "1\tHow?\r\n2\tWhy?\r\n",
            "**Q1: How?**\n**Q2: Why?**",
            "1\\. How?\n2\\. Why?",
        ] {
            assert_eq!(texts_of(manner), ["How?", "Why?"], "{manner:?}");
        }
    }

    #[test]
    fn a_question_may_have_lines_paragraphs_and_lists() {
        let text = "1. How big\nis it?\n\nAnd why?\n2. Which of\n- a\n- b\n\nWhat else?\n\nIt is for Friday.\nBye\n";
        assert_eq!(
            texts_of(text),
            [
                "How big is it?\n\nAnd why?",
                "Which of\n- a\n- b\n\nWhat else?"
            ]
        );
    }

    #[test]
    fn numbers_within_a_question_are_not_questions() {
        let text = "At 1.30 we talk, 2 of us.\n1 How many of the\n2 kinds, or of\n3.5 million?\n2 Why?\nThanks,\nBo\n";
        let message = parse("mail.txt", text.as_bytes()).unwrap();
        assert_eq!(
            texts_of(text),
            ["How many of the 2 kinds, or of 3.5 million?", "Why?"]
        );
        assert_eq!(
            message.background.unwrap(),
            "At 1.30 we talk, 2 of us.\n\nThanks,\nBo"
        );
        assert_eq!(
            texts_of("1. How?\n   1. Size\n   2. Growth\n2. Why?")[1],
            "Why?"
        );
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        let refusal = |bytes: &[u8]| parse("mail.txt", bytes).unwrap_err().to_string();
        assert_eq!(refusal(b""), "`mail.txt` is empty");
        assert_eq!(refusal(b" \r\n\n"), "`mail.txt` is empty");
        assert_eq!(
            refusal(b"Hello,\nhow are you?\n"),
            "`mail.txt` has no numbered question: no line begins with `1`, `1.`, `1)` or `Q1:`"
        );
        assert_eq!(
            refusal(b"1. How \xe9?\n"),
            "mail.txt:1: the text is not UTF-8: byte 0xe9 at offset 7"
        );
        assert_eq!(
            refusal(b"1. a\n2. b\n4. c\n"),
            "`mail.txt` line 3: question 4 follows question 2"
        );
        assert_eq!(
            refusal(b"1.\n2. b\n"),
            "`mail.txt` line 1: question 1 has no words"
        );
    }
}
