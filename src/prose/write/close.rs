//! Units made into a sequence that can be written and reads back as itself.

use std::collections::BTreeSet;

use crate::prose::Prose;
use crate::prose::sentence::sentences;
use crate::prose::unit::{Kind, Mark, Shared, Unit};

use super::sort::is_inside_item;

/// Makes any sequence of units one that can be written: sentences have a mark before them, a heading holds one
/// sentence, no mark stands empty, an item is at most one deeper than the item before it, and what stands at the margin ends
/// a list.
pub fn close(units: &[Shared]) -> Vec<Shared> {
    let mut out: Vec<Shared> = Vec::with_capacity(units.len());
    let mut depth = 0;
    for (at, unit) in units.iter().enumerate() {
        match unit.kind() {
            Kind::Mark(_) if units.get(at + 1).is_none_or(|next| !next.is_sentence()) => continue,
            Kind::Mark(mark) => out.push(clamped(mark, unit, &mut depth)),
            Kind::Sentence => {
                if !continues(&out) {
                    out.push(Unit::mark(Mark::Paragraph));
                    depth = 0;
                }
                out.push(unit.clone());
            }
            Kind::Opaque(_) => {
                if !is_inside_item(std::slice::from_ref(unit)) {
                    depth = 0;
                }
                out.push(unit.clone());
            }
        }
    }
    out
}

/// Which units stand side by side in a text.
pub fn adjoining(text: &Prose) -> BTreeSet<(u64, u64)> {
    let pairs = text.units().windows(2);
    pairs.map(|pair| (pair[0].id(), pair[1].id())).collect()
}

/// Divides a block between two sentences that would be read as one, unless they are known to stand side by side.
pub fn divided(units: Vec<Shared>, known: &BTreeSet<(u64, u64)>) -> Vec<Shared> {
    let mut out: Vec<Shared> = Vec::with_capacity(units.len());
    let mut mark = Unit::mark(Mark::Paragraph);
    for unit in units {
        if unit.is_mark() {
            mark = unit.clone();
        }
        if let Some(last) = out.last()
            && last.is_sentence()
            && unit.is_sentence()
            && !known.contains(&(last.id(), unit.id()))
            && sentences(&format!("{} {}", last.text(), unit.text())).len() < 2
        {
            out.push(mark.clone());
        }
        out.push(unit);
    }
    out
}

/// Whether a sentence may follow what stands there.
fn continues(before: &[Shared]) -> bool {
    let heading = |unit: &Shared| matches!(unit.as_mark(), Some(Mark::Heading(_)));
    match before {
        [.., mark, last] if last.is_sentence() => !heading(mark),
        [.., last] => last.is_mark() || last.is_sentence(),
        [] => false,
    }
}

fn clamped(mark: &Mark, unit: &Shared, depth: &mut u8) -> Shared {
    match mark {
        Mark::Item {
            depth: own,
            ordered,
            task,
        } => {
            let fits = (*own).min(*depth + 1);
            *depth = fits;
            if fits == *own {
                return unit.clone();
            }
            Unit::mark(Mark::Item {
                depth: fits,
                ordered: *ordered,
                task: *task,
            })
        }
        Mark::Continuation(own) => match (*own).min(*depth) {
            0 => Unit::mark(Mark::Paragraph),
            fits if fits == *own => unit.clone(),
            fits => Unit::mark(Mark::Continuation(fits)),
        },
        _ => {
            *depth = 0;
            unit.clone()
        }
    }
}

/// Divides units into blocks: a mark with its sentences, or one opaque unit.
pub fn grouped(units: &[Shared]) -> Vec<&[Shared]> {
    let mut out = Vec::new();
    let mut start = 0;
    for at in 1..=units.len() {
        if at == units.len() || !units[at].is_sentence() {
            out.push(&units[start..at]);
            start = at;
        }
    }
    out.retain(|block| !block.is_empty());
    out
}
