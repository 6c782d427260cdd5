//! What kind of change it is.

use crate::collate::{Subject, Traits};
use crate::diff::Change;
use crate::diff::words::{Hunk, readable};
use crate::prose::token::{Class as Token, folded};
use crate::prose::unit::{Kind, Shared, Unit};

use super::Class;

/// Letters by which two spellings of a word may differ.
const SPELLING: usize = 2;

/// The shortest word that is taken for misspelt, not for another one.
const LONG: usize = 5;

/// The class of a change; nothing for what stands as it stood.
pub fn of(change: &Change) -> Option<Class> {
    Some(match change {
        Change::Kept(_) | Change::Remarked { .. } => return None,
        Change::Retyped { .. } => Class::Correction,
        Change::Edited {
            before,
            after,
            hunks,
        } => edited(before, after, hunks),
        Change::Recut {
            before,
            after,
            hunks,
        } => edited(before.whole(), after.whole(), hunks),
        Change::Removed(_) => Class::Removed,
        Change::Added(_) => Class::New,
        Change::MovedAway(_) | Change::MovedHere(_) => Class::Moved,
    })
}

/// The passage as it was, if the first text has it.
pub fn was(change: &Change) -> Option<Shared> {
    match change {
        Change::Kept(unit) | Change::Removed(unit) => Some(unit.clone()),
        Change::Retyped { before, .. } | Change::Edited { before, .. } => Some(before.clone()),
        Change::Recut { before, .. } => Some(before.whole().clone()),
        _ => None,
    }
}

/// The passage as it is, if the second text has it.
pub fn is(change: &Change) -> Option<Shared> {
    match change {
        Change::Kept(unit) | Change::Added(unit) => Some(unit.clone()),
        Change::Retyped { after, .. } | Change::Edited { after, .. } => Some(after.clone()),
        Change::Recut { after, .. } => Some(after.whole().clone()),
        _ => None,
    }
}

fn edited(before: &Shared, after: &Shared, hunks: &[Hunk]) -> Class {
    if let Kind::Opaque(_) = after.kind() {
        return lines(before, after);
    }
    let contrasts = Traits::of(before).contrasts(&Traits::of(after));
    let turned = |subject: Subject| !matches!(subject, Subject::Numbers | Subject::Order);
    if contrasts.iter().any(|contrast| turned(contrast.subject)) {
        return Class::Position;
    }
    let small = |hunk: &Hunk| is_correction(before, after, hunk);
    match hunks.iter().all(small) {
        true => Class::Correction,
        false => Class::Wording,
    }
}

/// A block of lines is as its lines are: one that is not only corrected is worded anew.
fn lines(before: &Unit, after: &Unit) -> Class {
    let (old, new) = (before.text().lines(), after.text().lines());
    let same = old.clone().count() == new.clone().count();
    let line = |(old, new): (&str, &str)| {
        let (old, new) = (Unit::sentence(old), Unit::sentence(new));
        let hunks = readable(&old, &new);
        hunks.iter().all(|hunk| is_correction(&old, &new, hunk))
    };
    match same && old.zip(new).all(line) {
        true => Class::Correction,
        false => Class::Wording,
    }
}

/// Whether only figures, sources, signs or the spelling of a word differ.
fn is_correction(before: &Unit, after: &Unit, hunk: &Hunk) -> bool {
    let words = |unit: &Unit, tokens: &std::ops::Range<usize>| -> Vec<String> {
        let tokens = unit.tokens()[tokens.clone()].iter();
        let words = tokens.filter(|token| token.class == Token::Word);
        words
            .map(|token| folded(&unit.text()[token.range.clone()]).to_lowercase())
            .filter(|word| !word.starts_with(|sign: char| sign.is_ascii_digit()))
            .collect()
    };
    let (old, new) = (words(before, &hunk.before), words(after, &hunk.after));
    old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| respelt(old, new))
}

fn respelt(old: &str, new: &str) -> bool {
    let long = old.chars().count().min(new.chars().count()) >= LONG;
    old == new || (long && distance(old, new) <= SPELLING)
}

/// How many letters were put in, left out or exchanged (Levenshtein 1966).
fn distance(old: &str, new: &str) -> usize {
    let new: Vec<char> = new.chars().collect();
    let mut row: Vec<usize> = (0..=new.len()).collect();
    for (at, old) in old.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (at, new) in new.iter().enumerate() {
            let replaced = diagonal + usize::from(old != *new);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(row[at] + 1).min(diagonal + 1);
        }
    }
    row[new.len()]
}
