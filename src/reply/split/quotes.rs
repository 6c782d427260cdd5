//! Quoted words that are the sender's to quote: not of the message that asked, and so part of what is said.

use std::ops::Range;

use crate::reply::line::Line;

use super::{Kind, Manner, Mark};

/// Gives quoted words back to the answers in which they stand: in a text of its own all, in a letter those that the sender
/// goes on from. What a letter quotes at its beginning or end is the message that it answers.
pub fn keep(lines: &[Line], marks: &mut [Mark], manner: Manner) {
    for block in blocks(lines) {
        let keeps = match manner {
            Manner::Paper => true,
            Manner::Letter => is_cited(lines, marks, &block),
        };
        let quote = |at: usize| marks[at] == Mark::Left(Kind::Quote);
        if !keeps {
            continue;
        }
        let first = block.clone().find(|&at| quote(at) && !lines[at].is_blank());
        let last = block
            .clone()
            .rfind(|&at| quote(at) && !lines[at].is_blank());
        let (Some(first), Some(last)) = (first, last) else {
            continue;
        };
        for mark in &mut marks[first..=last] {
            if *mark == Mark::Left(Kind::Quote) {
                *mark = Mark::Own;
            }
        }
    }
}

/// The runs of quoted lines.
fn blocks(lines: &[Line]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for at in (0..lines.len()).filter(|&at| lines[at].quote > 0) {
        match out.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => out.push(at..at + 1),
        }
    }
    out
}

/// Whether a block stands in the midst of the sender's words, and nothing in it or above it is of a message.
fn is_cited(lines: &[Line], marks: &[Mark], block: &Range<usize>) -> bool {
    let foreign = |at: usize| marks[at] != Mark::Left(Kind::Quote);
    let words = |at: &usize| !lines[*at].is_blank();
    let own = |at: usize| lines[at].quote == 0 && !matches!(marks[at], Mark::Left(_));
    let above = (0..block.start).rfind(words);
    let below = (block.end..lines.len()).find(words);
    !block.clone().any(foreign) && above.is_some_and(own) && below.is_some_and(own)
}
