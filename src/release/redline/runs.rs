//! The words of a passage, without markup, each with its lot.

use std::ops::Range;

use serde::Serialize;

use crate::diff::Change;
use crate::diff::words::{Hunk, Lot};
use crate::prose::token::{Class, Token};
use crate::prose::unit::{Kind, Unit};

use super::Motion;

/// Words with the same lot; the blanks between runs belong to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Run {
    /// Whether they are kept, removed or added.
    pub lot: Lot,
    /// The words.
    pub text: String,
}

/// A whole passage.
pub fn whole(lot: Lot, unit: &Unit) -> Vec<Run> {
    let mut out = Vec::new();
    push(&mut out, lot, (unit, 0..unit.tokens().len()));
    out
}

/// The words of a change; what moved here is new in its place.
pub fn of(change: &Change, motion: Option<Motion>) -> Vec<Run> {
    let stays = match motion {
        Some(_) => Lot::Added,
        None => Lot::Kept,
    };
    match change {
        Change::Kept(unit) => whole(stays, unit),
        Change::Added(unit) => whole(Lot::Added, unit),
        Change::Removed(unit) => whole(Lot::Removed, unit),
        Change::Retyped { before, after, .. } => {
            let mut out = whole(Lot::Removed, before);
            out.extend(whole(Lot::Added, after));
            out
        }
        Change::Edited {
            before,
            after,
            hunks,
        } => edited((before, after), hunks, stays),
        Change::Recut {
            before,
            after,
            hunks,
        } => edited((before.whole(), after.whole()), hunks, stays),
        Change::MovedAway(_) | Change::MovedHere(_) | Change::Remarked { .. } => Vec::new(),
    }
}

fn edited((before, after): (&Unit, &Unit), hunks: &[Hunk], stays: Lot) -> Vec<Run> {
    if let Kind::Opaque(_) = after.kind() {
        let mut out = whole(Lot::Removed, before);
        out.extend(whole(Lot::Added, after));
        return out;
    }
    let mut out = Vec::new();
    let mut at = 0;
    for hunk in hunks {
        push(&mut out, stays, (after, at..hunk.after.start));
        let first = out.len();
        push(&mut out, Lot::Removed, (before, hunk.before.clone()));
        push(&mut out, Lot::Added, (after, hunk.after.clone()));
        share_blank(&mut out, first);
        at = hunk.after.end;
    }
    push(&mut out, stays, (after, at..after.tokens().len()));
    out
}

/// The blank before words that took others' place stays; the one before words that only came or went goes with them.
fn share_blank(out: &mut [Run], first: usize) {
    let [.., kept, removed, added] = out else {
        return;
    };
    let paired = first > 0 && removed.lot == Lot::Removed && added.lot == Lot::Added;
    if !paired || kept.lot != Lot::Kept {
        return;
    }
    let blanks = (removed.text.strip_prefix(' '), added.text.strip_prefix(' '));
    if let (Some(was), Some(is)) = blanks {
        let (was, is) = (was.to_owned(), is.to_owned());
        kept.text.push(' ');
        (removed.text, added.text) = (was, is);
    }
}

/// Adds some tokens of a unit, with the blank before them.
fn push(out: &mut Vec<Run>, lot: Lot, (unit, tokens): (&Unit, Range<usize>)) {
    if let Kind::Opaque(_) = unit.kind() {
        out.push(Run {
            lot,
            text: unit.text().to_owned(),
        });
        return;
    }
    let mut text = String::new();
    let mut spaced = false;
    for token in &unit.tokens()[tokens.clone()] {
        spaced |= token.spaced && (!text.is_empty() || tokens.start > 0);
        let plain = plain(unit.text(), token);
        if !plain.is_empty() {
            if spaced {
                text.push(' ');
            }
            text.push_str(plain);
            spaced = false;
        }
    }
    if text.is_empty() {
        return;
    }
    if spaced {
        text.push(' ');
    }
    out.push(Run { lot, text });
}

/// A token as it reads: no delimiters of emphasis and links, no backslash before a sign.
fn plain<'a>(text: &'a str, token: &Token) -> &'a str {
    let token_text = &text[token.range.clone()];
    match token.class {
        Class::Delimiter => "",
        Class::Atom if token_text.starts_with("](") || token_text.starts_with("][") => "",
        Class::Atom if token_text == "]" => "",
        Class::Atom => token_text.trim_matches('`'),
        Class::Punctuation if token_text.len() > 1 => token_text.trim_start_matches('\\'),
        _ => token_text,
    }
}
