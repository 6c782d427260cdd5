//! A reply parted by question: what answers which, what is not an answer, and what could not be placed.
//!
//! A question is known by its number, by its own words (quoted or not, however they are wrapped), or by a heading. Where
//! a reply answers between quoted questions, numbers in its own words are lists; where it does not, the longest run of
//! rising numbers in one manner are the answers. What fits neither is never guessed: it is given back with the reason.
//!
//! ```
//! use onetext::reply::line::lines;
//! use onetext::reply::split::{Asked, Manner, split};
//! let asked = [Asked { number: 1, name: "size".into(), text: "How big is it?".into() }];
//! let reply = lines("Hi all,\n\n> 1. How big\n> is it?\n\nSmall.\n");
//! let split = split(&reply, &asked, None, Manner::Letter);
//! assert_eq!(split.answers[0].text, "Small.");
//! assert!(split.rest.is_empty());
//! ```
//!
//! **Invariant:** every word of a reply stands in one answer, in the rest, or in what was left out with its kind.

mod counted;
mod definitions;
mod letter;
mod likeness;
mod models;
mod quotes;
mod runs;
mod starts;
mod walk;

use serde::Serialize;

use super::line::Line;
use models::Models;
use walk::Walk;

/// A question that may be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its number.
    pub number: u32,
    /// Its short name.
    pub name: String,
    /// Its words.
    pub text: String,
}

/// What kind of text a reply is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// A letter, with greeting, closing, signature and what it answers.
    Letter,
    /// A text of its own.
    Paper,
}

/// A reply, parted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// The answers, in the order of the questions.
    pub answers: Vec<Answer>,
    /// What could not be placed, in the order of the reply.
    pub rest: Vec<Rest>,
    /// What is no answer, in the order of the reply.
    pub left_out: Vec<LeftOut>,
}

/// What a reply says on one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The question's index.
    pub question: usize,
    /// The words.
    pub text: String,
    /// Where they stand; more than one if they were joined.
    pub pieces: Vec<Piece>,
}

/// A run of lines on one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Piece {
    /// The first line, from 1.
    pub from: usize,
    /// The last line.
    pub to: usize,
    /// How the question was known.
    pub known_by: KnownBy,
}

/// How a question was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KnownBy {
    /// By its number.
    Number,
    /// By its own words.
    Wording,
    /// By a heading.
    Heading,
}

/// Words that could not be placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Rest {
    /// The first line, from 1.
    pub from: usize,
    /// The last line.
    pub to: usize,
    /// The words.
    pub text: String,
    /// Why they could not be placed.
    pub why: Why,
}

/// Why words could not be placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// No question stands before them.
    BeforeAnyQuestion,
    /// All questions are quoted before them at once.
    AfterAllQuestions,
    /// They stand in the message that is answered, and between no questions.
    InTheOriginal,
    /// They stand under a number that no question has.
    UnknownNumber(u32),
    /// They begin with the number of a question that does not go on from the numbers above, or stands twice.
    DoubtfulNumber(u32),
    /// They stand below the end of the letter.
    Postscript,
    /// They say what a note or a link is, and nothing that was placed refers to it.
    NowhereReferred,
}

/// Words that are no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LeftOut {
    /// The first line, from 1.
    pub from: usize,
    /// The last line.
    pub to: usize,
    /// The words.
    pub text: String,
    /// What they are.
    pub kind: Kind,
}

/// What words are that are no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The greeting.
    Greeting,
    /// Words of somebody else, marked as quoted.
    Quote,
    /// The number, the words or the heading of a question.
    Question,
    /// What was said around the questions when they were asked.
    Background,
    /// Who wrote what is quoted.
    Attribution,
    /// The head of the message that is answered.
    Header,
    /// The end of a letter, with the name.
    Closing,
    /// What stands under a letter.
    Signature,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// The sender's words.
    Own,
    /// No answer.
    Left(Kind),
    /// A question begins.
    Start(Start),
    /// Words begin that belong to no question, as far as can be told.
    Unplaced(Why),
    /// What a note says, or where a link leads.
    Definition,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Start {
    question: usize,
    by: KnownBy,
    /// Where in the line the answer begins.
    from: usize,
    /// Where it ends.
    to: usize,
}

impl Mark {
    /// What a line is as far as its own signs tell.
    fn of(line: &Line) -> Self {
        match line.quote {
            0 => Self::Own,
            _ => Self::Left(Kind::Quote),
        }
    }
}

/// Parts a reply by question; `background` is what was said around the questions when they were asked.
pub fn split(lines: &[Line], asked: &[Asked], background: Option<&str>, manner: Manner) -> Split {
    let models = Models::new(asked, background);
    let mut marks: Vec<Mark> = lines.iter().map(Mark::of).collect();
    let below = match manner {
        Manner::Letter => letter::mark(lines, &mut marks),
        Manner::Paper => None,
    };
    starts::quoted(lines, &mut marks, &models);
    starts::broken_quotes(lines, &mut marks, &models);
    let quoted_at = regions(lines, &marks, asked.len());
    starts::own(lines, &mut marks, &models);
    let below = below.unwrap_or(lines.len());
    background_of(lines, (&mut marks, below), &models);
    letter::signed_below(&lines[below..], &mut marks[below..]);
    let numbers = if quoted_at.inline {
        counted::doubt
    } else {
        counted::mark
    };
    numbers(&lines[..below], &mut marks, &models);
    quotes::keep(&lines[..below], &mut marks, manner);
    let definitions = definitions::take(lines, &mut marks);
    let mut walk = Walk::new(asked.len());
    let full = &quoted_at.full;
    for (at, line) in lines.iter().enumerate() {
        if at == below {
            walk.close(Why::InTheOriginal);
        }
        walk.line(line, marks[at]);
        if full.binary_search(&at).is_ok() {
            walk.close(Why::AfterAllQuestions);
        }
    }
    if below < lines.len() && !answers_below(lines, &marks, below) {
        walk.withdraw_below(lines[below].number);
    }
    let mut split = walk.done();
    definitions::give(&definitions, &mut split);
    split
}

/// Marks what is known from the message that asked.
fn background_of(lines: &[Line], (marks, below): (&mut [Mark], usize), models: &Models<'_>) {
    for paragraph in starts::paragraphs(lines, marks) {
        let texts: Vec<&str> = lines[paragraph.clone()]
            .iter()
            .map(|line| line.text.as_str())
            .collect();
        let text = texts.join("\n");
        let long = likeness::count(&text) >= 8;
        if (long || paragraph.start >= below) && models.is_background(&text) {
            marks[paragraph].fill(Mark::Left(Kind::Background));
        }
    }
}

/// Whether the sender wrote between the questions of a message that is answered without marks of quoting.
fn answers_below(lines: &[Line], marks: &[Mark], below: usize) -> bool {
    let is_start = |at: &usize| matches!(marks[*at], Mark::Start(_));
    let starts: Vec<usize> = (below..lines.len()).filter(is_start).collect();
    starts.windows(2).any(|pair| {
        let mut between = pair[0] + 1..pair[1];
        between.any(|at| marks[at] == Mark::Own && !lines[at].is_blank())
    })
}

/// What is quoted in one piece.
struct Regions {
    /// The last lines of pieces that quote all questions.
    full: Vec<usize>,
    /// Whether the sender writes below a quoted question.
    inline: bool,
}

fn regions(lines: &[Line], marks: &[Mark], count: usize) -> Regions {
    let mut out = Regions {
        full: Vec::new(),
        inline: false,
    };
    let mut seen: Vec<usize> = Vec::new();
    let mut last = None;
    for (at, line) in lines.iter().enumerate() {
        match marks[at] {
            Mark::Start(start) => {
                if !seen.contains(&start.question) {
                    seen.push(start.question);
                }
                last = Some(at);
            }
            Mark::Own if !line.is_blank() => {
                if let Some(last) = last.take() {
                    let all = count > 1 && seen.len() == count;
                    if all {
                        out.full.push(last);
                    }
                    out.inline |= !all;
                }
                seen.clear();
            }
            _ => {}
        }
    }
    out
}
