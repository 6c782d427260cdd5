//! What changed in prose, as data: passages first, words within them, moves once.

mod lines;
mod moved;
mod print;
mod words;

use serde::Serialize;

use crate::diff::signs::{Sign, signs};
use crate::diff::words::Hunk;
use crate::diff::{Change, Run, compare};
use crate::prose::Prose;
use crate::prose::unit::{Kind as UnitKind, Mark, Shared};

pub use crate::diff::words::Lot;
pub use lines::changed_lines;
use lines::lines;
use moved::{arrived, moved_away, moved_here};
pub use print::{pieces, print, worded};
pub use words::{Words, words};

/// A change of one passage, or of passages that moved together.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PassageChange {
    /// What happened to it.
    pub change: Kind,
    /// As it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// As it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The words, marked as kept, removed or added.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Words>,
    /// The signs that came, went or took another's place without a change of words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub signs: Vec<SignChange>,
    /// The heading that it stands under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
    /// What kind of block it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was_block: Option<String>,
    /// What kind of block it is, begins, or moved as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block: Option<String>,
    /// How many passages moved together, or one became or was made of, if more than one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passages: Option<usize>,
    /// What changed in them on the way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<PassageChange>,
}

/// What happened to a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It was reworded.
    Reworded,
    /// One sentence became several.
    Divided,
    /// Several sentences became one.
    Joined,
    /// Only signs that are not seen changed.
    Invisible,
    /// Only its typography changed.
    Typography,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It stands elsewhere now.
    MovedAway,
    /// It stood elsewhere.
    MovedHere,
    /// Its block is of another kind.
    Reshaped,
    /// A block begins with it that did not.
    Begins,
    /// It goes on in the block of what stands before it, and began a block of its own.
    GoesOn,
}

/// A sign that came, went or took another's place; both are spelt as code points if they do not show.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SignChange {
    /// What went; empty if something only came.
    pub before: String,
    /// What came; empty if something only went.
    pub after: String,
    /// How often.
    pub times: usize,
}

/// What changed between two texts, passage by passage.
pub fn changes(before: &Prose, after: &Prose) -> Vec<PassageChange> {
    let steps = compare(before, after);
    let found = told(&steps);
    if !found.is_empty() {
        return found;
    }
    // What stands between sentences belongs to no passage.
    let between = signs(before.source(), after.source());
    between
        .first()
        .map(|_| retyped(&between))
        .into_iter()
        .collect()
}

/// Whether two texts differ in bytes but in nothing that is told: wrapping or spacing.
pub fn only_layout(before: &Prose, after: &Prose) -> bool {
    before.source() != after.source() && changes(before, after).is_empty()
}

fn told(steps: &[Change]) -> Vec<PassageChange> {
    let mut under = None;
    let mut out = Vec::new();
    for (at, change) in steps.iter().enumerate() {
        if let Some(told) = told_of(change, &steps[at + 1..]) {
            let brings_its_own = told.block.as_deref() == Some("section");
            let under = under.clone().filter(|_| !brings_its_own);
            out.push(PassageChange { under, ..told });
        }
        under = heading(steps, at).or(under);
    }
    out
}

/// The heading that stands at a change in the second text, or the last one in what moved there.
fn heading(steps: &[Change], at: usize) -> Option<String> {
    if let Change::MovedHere(within) = &steps[at] {
        return (0..within.len()).rev().find_map(|at| heading(within, at));
    }
    let title = || steps[at + 1..].iter().find_map(arrived);
    heads(&steps[at])
        .then(title)?
        .map(|unit| unit.text().to_owned())
}

/// Whether a heading begins here in the second text.
fn heads(change: &Change) -> bool {
    match change {
        Change::Kept(unit) | Change::Added(unit) => {
            matches!(unit.as_mark(), Some(Mark::Heading(_)))
        }
        Change::Remarked { after, .. } => matches!(after, Mark::Heading(_)),
        _ => false,
    }
}

fn told_of(change: &Change, rest: &[Change]) -> Option<PassageChange> {
    Some(match change {
        Change::Kept(_) => return None,
        Change::Added(unit) if unit.is_mark() => return block(Kind::Begins, unit, rest),
        Change::Removed(unit) if unit.is_mark() => return block(Kind::GoesOn, unit, rest),
        Change::Added(unit) => PassageChange::of(Kind::Added).after(unit),
        Change::Removed(unit) => PassageChange::of(Kind::Removed).before(unit),
        Change::Retyped {
            before,
            after,
            signs,
        } => retyped(signs).before(before).after(after),
        Change::Edited {
            before,
            after,
            hunks,
        } => reworded(before, after, hunks),
        Change::Recut {
            before,
            after,
            hunks,
        } => recut(before, after, hunks)?,
        Change::MovedAway(units) => moved_away(units)?,
        Change::MovedHere(steps) => moved_here(steps)?,
        Change::Remarked { before, after } => reshaped(before, after, rest),
    })
}

fn reworded(before: &Shared, after: &Shared, hunks: &[Hunk]) -> PassageChange {
    if let UnitKind::Opaque(opaque) = after.kind() {
        return lines(*opaque, before, after);
    }
    PassageChange {
        words: words(before, after, hunks),
        ..PassageChange::of(Kind::Reworded)
            .before(before)
            .after(after)
    }
}

/// A block of another kind, known by its first sentence.
fn reshaped(before: &Mark, after: &Mark, rest: &[Change]) -> PassageChange {
    let first = rest.iter().find_map(standing);
    PassageChange {
        was_block: Some(before.name()),
        block: Some(after.name()),
        after: first.map(|unit| unit.text().to_owned()),
        ..PassageChange::of(Kind::Reshaped)
    }
}

/// None if only line breaks decided where a sentence ends.
fn recut(before: &Run, after: &Run, hunks: &[Hunk]) -> Option<PassageChange> {
    if hunks.is_empty() {
        let signs = signs(before.whole().text(), after.whole().text());
        let told = || retyped(&signs).before(before.whole()).after(after.whole());
        return (!signs.is_empty()).then(told);
    }
    let counts = (before.sentences().len(), after.sentences().len());
    let kind = if counts.1 > counts.0 {
        Kind::Divided
    } else {
        Kind::Joined
    };
    Some(PassageChange {
        words: words(before.whole(), after.whole(), hunks),
        passages: Some(counts.0.max(counts.1)),
        ..PassageChange::of(kind)
            .before(before.whole())
            .after(after.whole())
    })
}

/// A block that begins before, or no longer begins before, a sentence that stands in both texts.
fn block(kind: Kind, mark: &Shared, rest: &[Change]) -> Option<PassageChange> {
    let elsewhere = |change: &&Change| match kind {
        Kind::Begins => matches!(change, Change::Removed(_) | Change::MovedAway(_)),
        _ => matches!(change, Change::Added(_) | Change::MovedHere(_)),
    };
    let next = rest.iter().find(|change| !elsewhere(change))?;
    let sentence = standing(next)?;
    sentence.is_sentence().then(|| PassageChange {
        block: mark.as_mark().map(Mark::name),
        ..PassageChange::of(kind).after(sentence)
    })
}

/// The sentence of a change, if it stands in both texts at this place.
fn standing(change: &Change) -> Option<&Shared> {
    match change {
        Change::Kept(unit) => Some(unit),
        Change::Edited { after, .. } | Change::Retyped { after, .. } => Some(after),
        Change::Recut { after, .. } => Some(after.whole()),
        _ => None,
    }
}

fn retyped(signs: &[Sign]) -> PassageChange {
    let kind = if signs.iter().all(Sign::is_unseen) {
        Kind::Invisible
    } else {
        Kind::Typography
    };
    PassageChange {
        signs: signs.iter().map(SignChange::new).collect(),
        ..PassageChange::of(kind)
    }
}

impl PassageChange {
    fn of(change: Kind) -> Self {
        Self {
            change,
            before: None,
            after: None,
            words: Vec::new(),
            signs: Vec::new(),
            under: None,
            was_block: None,
            block: None,
            passages: None,
            within: Vec::new(),
        }
    }

    fn before(self, unit: &Shared) -> Self {
        Self {
            before: Some(unit.text().to_owned()),
            ..self
        }
    }

    fn after(self, unit: &Shared) -> Self {
        Self {
            after: Some(unit.text().to_owned()),
            ..self
        }
    }
}

impl SignChange {
    fn new(sign: &Sign) -> Self {
        Self {
            before: print::spelt(&sign.before),
            after: print::spelt(&sign.after),
            times: sign.times,
        }
    }
}
