//! Answers that begin with nothing but the number of their question.

use std::ops::Range;

use crate::narrative::message::number::Numbered;
use crate::reply::line::Line;

use super::models::Models;
use super::runs::{Run, longest};
use super::starts::{self, number, offset};
use super::{KnownBy, Mark, Start, Why};

/// Marks the lines that begin with nothing but the number of a question, and those of which nobody can tell whether they do.
pub fn mark(lines: &[Line], marks: &mut [Mark], models: &Models<'_>) {
    let paragraphs = starts::paragraphs(lines, marks);
    let known = known(lines, marks, models);
    let of = |at: usize| {
        let it = number(at, &lines[at].text)?;
        let question = models.of_number(it.number)?;
        fits(it.number, at, &known).then_some((question, it))
    };
    let first = |paragraph: Range<usize>| leading(lines, paragraph, &of);
    let (mut found, mut run) = best(paragraphs.iter().cloned().flat_map(first).collect());
    if run.length < 2 {
        let (all, dense) = best(paragraphs.into_iter().flatten().filter_map(of).collect());
        if dense.length > run.length {
            (found, run) = (all, dense);
        }
    }
    for (_, it) in &found {
        if !run.is_below(it) {
            marks[it.index] = Mark::Unplaced(Why::DoubtfulNumber(it.number));
        }
    }
    for at in run.placed {
        let (question, it) = &found[at];
        marks[it.index] = Mark::Start(start(*question, it, (&lines[it.index].text, models)));
    }
}

/// Marks numbers of which nobody can tell whether they answer a question, in a reply whose sender writes below quoted ones:
/// the number of the next question, which is quoted nowhere, at the start of a paragraph. A list within an answer begins
/// with another.
pub fn doubt(lines: &[Line], marks: &mut [Mark], models: &Models<'_>) {
    let quoted = |question: usize| {
        let mut all = marks.iter();
        all.any(|mark| matches!(mark, Mark::Start(start) if start.question == question))
    };
    let numbers = models.asked.iter().enumerate();
    let unquoted: Vec<u32> = numbers
        .filter(|(question, _)| !quoted(*question))
        .map(|(_, asked)| asked.number)
        .collect();
    // The number that would go on, while no list within the answer has begun.
    let mut next = None;
    for at in 0..lines.len() {
        if let Mark::Start(start) = marks[at] {
            next = Some(models.asked[start.question].number + 1);
        }
        let begins = at == 0 || lines[at - 1].is_blank();
        if marks[at] != Mark::Own || lines[at].quote > 0 || !begins {
            continue;
        }
        let Some(it) = number(at, &lines[at].text) else {
            continue;
        };
        if next == Some(it.number) && unquoted.contains(&it.number) {
            marks[at] = Mark::Unplaced(Why::DoubtfulNumber(it.number));
            next = Some(it.number + 1);
        } else {
            next = None;
        }
    }
}

type Candidate<'a> = (usize, Numbered<'a>);

fn best(found: Vec<Candidate<'_>>) -> (Vec<Candidate<'_>>, Run) {
    let numbers: Vec<Numbered<'_>> = found.iter().map(|(_, it)| it.clone()).collect();
    (found, longest(&numbers))
}

fn start(question: usize, it: &Numbered<'_>, (text, models): (&str, &Models<'_>)) -> Start {
    // A part of the question's own words behind its number is not yet an answer; an answer may take some of them up.
    let asks = it.rest.trim_end().ends_with('?') || models.stands_in(question, it.rest);
    let repeats = asks && models.quoted(it.rest) == Some(question);
    let (from, to) = match (repeats, offset(text, it.rest)) {
        (true, _) => (text.len(), text.len()),
        (false, from) => (from, from + it.rest.len()),
    };
    Start {
        question,
        by: KnownBy::Number,
        from,
        to,
    }
}

/// The numbers that a paragraph may answer: that of its first line, and where the next line counts on, those of its other
/// lines; none for a list that the line above announces.
fn leading<'a>(
    lines: &[Line],
    paragraph: Range<usize>,
    of: &impl Fn(usize) -> Option<Candidate<'a>>,
) -> Vec<Candidate<'a>> {
    let Some(first) = of(paragraph.start) else {
        return Vec::new();
    };
    let more = (paragraph.start + 1..paragraph.end).filter_map(of);
    let (mut more, mut others): (Vec<Candidate<'a>>, Vec<_>) =
        more.partition(|(_, it)| it.is_like(&first.1));
    let next = more.first().map(|(_, it)| it.number);
    if next != Some(first.1.number + 1) {
        return vec![first];
    }
    let above = lines[..paragraph.start]
        .iter()
        .rev()
        .find(|line| !line.is_blank());
    let announced = above.is_some_and(|line| line.quote == 0 && line.text.ends_with(':'));
    if announced && first.1.number == 1 {
        return Vec::new();
    }
    // Numbers in another manner are a list within an answer, unless they stand below all and count neither anew nor less.
    if let Some((_, last)) = more.last() {
        others.retain(|(_, it)| it.index > last.index);
        if others.iter().all(|(_, it)| it.number > last.number) {
            more.append(&mut others);
        }
    }
    [vec![first], more].concat()
}

/// The numbers of the questions that begin in the sender's own lines, with the lines.
fn known(lines: &[Line], marks: &[Mark], models: &Models<'_>) -> Vec<(usize, u32)> {
    let own = (0..lines.len()).filter(|&at| lines[at].quote == 0);
    own.filter_map(|at| match marks[at] {
        Mark::Start(start) => Some((at, models.asked[start.question].number)),
        _ => None,
    })
    .collect()
}

fn fits(own: u32, at: usize, known: &[(usize, u32)]) -> bool {
    let (before, after) = known.split_at(known.partition_point(|(line, _)| *line < at));
    let below = before.last().is_none_or(|(_, before)| *before < own);
    below && after.first().is_none_or(|(_, after)| own < *after)
}
