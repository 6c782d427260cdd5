//! The words of a changed passage, each with its lot.

use std::ops::Range;

use serde::Serialize;

use crate::diff::words::{Hunk, Lot};
use crate::prose::unit::Unit;

/// A run of words with the same lot.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Words {
    /// Whether they are kept, removed or added.
    pub lot: Lot,
    /// The words.
    pub text: String,
    /// Whether a blank stands before them.
    pub spaced: bool,
}

/// The words of a changed sentence in reading order.
pub fn words(before: &Unit, after: &Unit, hunks: &[Hunk]) -> Vec<Words> {
    let mut out = Vec::new();
    let mut push = |lot, unit: &Unit, tokens: Range<usize>| {
        let tokens = &unit.tokens()[tokens];
        if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
            let text = unit.text()[first.range.start..last.range.end].to_owned();
            let spaced = first.spaced;
            out.push(Words { lot, text, spaced });
        }
    };
    let mut at = 0;
    for hunk in hunks {
        push(Lot::Kept, after, at..hunk.after.start);
        push(Lot::Removed, before, hunk.before.clone());
        push(Lot::Added, after, hunk.after.clone());
        at = hunk.after.end;
    }
    push(Lot::Kept, after, at..after.tokens().len());
    out
}
