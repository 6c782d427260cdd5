//! Answers that begin with nothing but the number of their question.

use crate::narrative::message::number::Numbered;
use crate::reply::line::Line;

use super::models::Models;
use super::starts::{self, number, offset};
use super::{KnownBy, Mark, Start};

/// Marks the lines that begin with nothing but the number of a question.
pub fn mark(lines: &[Line], marks: &mut [Mark], models: &Models<'_>) {
    let paragraphs = starts::paragraphs(lines, marks);
    let of = |at: usize| {
        let it = number(at, &lines[at].text)?;
        Some((models.of_number(it.number)?, it))
    };
    let known = known(lines, marks, models);
    let firsts: Vec<_> = paragraphs.iter().filter_map(|it| of(it.start)).collect();
    let all: Vec<_> = paragraphs.into_iter().flatten().filter_map(of).collect();
    let mut run = longest(&firsts, &known, models);
    if run.len() < 2 {
        let dense = longest(&all, &known, models);
        run = if dense.len() > run.len() { dense } else { run };
    }
    for (question, it) in run {
        let text = &lines[it.index].text;
        // A part of the question's own words behind its number is not yet an answer; an answer may take some of them up.
        let asks = it.rest.trim_end().ends_with('?') || models.stands_in(question, it.rest);
        let repeats = asks && models.quoted(it.rest) == Some(question);
        let (from, to) = match (repeats, offset(text, it.rest)) {
            (true, _) => (text.len(), text.len()),
            (false, from) => (from, from + it.rest.len()),
        };
        marks[it.index] = Mark::Start(Start {
            question,
            by: KnownBy::Number,
            from,
            to,
        });
    }
}

type Candidate<'a> = (usize, Numbered<'a>);

/// The numbers of the questions that begin in the sender's own lines, with the lines.
fn known(lines: &[Line], marks: &[Mark], models: &Models<'_>) -> Vec<(usize, u32)> {
    let own = (0..lines.len()).filter(|&at| lines[at].quote == 0);
    own.filter_map(|at| match marks[at] {
        Mark::Start(start) => Some((at, models.asked[start.question].number)),
        _ => None,
    })
    .collect()
}

/// The longest run of candidates in one manner whose numbers rise and fit between the questions that are known already.
fn longest<'a>(
    candidates: &[Candidate<'a>],
    known: &[(usize, u32)],
    models: &Models<'_>,
) -> Vec<Candidate<'a>> {
    let fit: Vec<&Candidate<'a>> = candidates
        .iter()
        .filter(|(question, it)| fits(models.asked[*question].number, it.index, known))
        .collect();
    let mut best: Vec<Candidate<'a>> = Vec::new();
    for (at, first) in fit.iter().enumerate() {
        let mut run = vec![(*first).clone()];
        for next in &fit[at + 1..] {
            let last = run[run.len() - 1].1.number;
            if next.1.is_like(&first.1) && next.1.number > last {
                run.push((*next).clone());
            }
        }
        if run.len() > best.len() {
            best = run;
        }
    }
    best
}

fn fits(own: u32, at: usize, known: &[(usize, u32)]) -> bool {
    let before = known.iter().rev().find(|(line, _)| *line < at);
    let after = known.iter().find(|(line, _)| *line >= at);
    before.is_none_or(|(_, before)| *before < own) && after.is_none_or(|(_, after)| own < *after)
}
