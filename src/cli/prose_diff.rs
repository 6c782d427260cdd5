//! How a change of prose is shown: passages first, words within them, moves with a sign of their own.

use serde::Serialize;

use crate::diff::words::Hunk;
use crate::diff::{Change, compare};
use crate::prose::Prose;
use crate::prose::unit::{Mark, Shared, Unit};

use super::{Page, Role};

/// A change of one passage.
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
}

/// What happened to a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It was reworded.
    Reworded,
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
}

/// A run of words with the same lot.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Words {
    /// Whether they are kept, removed or added.
    pub lot: Lot,
    /// The words.
    pub text: String,
}

/// What becomes of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lot {
    /// They stand in both.
    Kept,
    /// They are gone.
    Removed,
    /// They are new.
    Added,
}

/// What changed between two texts, passage by passage.
pub fn changes(before: &Prose, after: &Prose) -> Vec<PassageChange> {
    compare(before, after).iter().filter_map(change).collect()
}

/// Whether two texts differ in bytes but in no passage: wrapping, spacing or typography.
pub fn only_layout(before: &Prose, after: &Prose) -> bool {
    before.source() != after.source() && changes(before, after).is_empty()
}

fn change(change: &Change) -> Option<PassageChange> {
    let text = |unit: &Shared| Some(unit.text().to_owned());
    let made = |change, before, after, words| {
        Some(PassageChange {
            change,
            before,
            after,
            words,
        })
    };
    let reworded = |kind, before: &Shared, after: &Shared, hunks: &[Hunk]| {
        made(kind, text(before), text(after), words(before, after, hunks))
    };
    match change {
        Change::Kept(_) => None,
        Change::Added(unit) if unit.is_mark() => None,
        Change::Removed(unit) | Change::MovedAway(unit) if unit.is_mark() => None,
        Change::MovedHere { after, .. } if after.is_mark() => None,
        Change::Added(unit) => made(Kind::Added, None, text(unit), Vec::new()),
        Change::Removed(unit) => made(Kind::Removed, text(unit), None, Vec::new()),
        Change::MovedAway(unit) => made(Kind::MovedAway, text(unit), None, Vec::new()),
        Change::Edited {
            before,
            after,
            hunks,
        } => reworded(Kind::Reworded, before, after, hunks),
        Change::MovedHere {
            before,
            after,
            hunks,
        } => reworded(Kind::MovedHere, before, after, hunks),
        Change::Remarked { before, after } => made(
            Kind::Reshaped,
            Some(shape(before)),
            Some(shape(after)),
            Vec::new(),
        ),
    }
}

fn shape(mark: &Mark) -> String {
    match mark {
        Mark::Paragraph | Mark::Continuation(_) => "paragraph".to_owned(),
        Mark::Heading(level) => format!("heading {level}"),
        Mark::Item { ordered: true, .. } => "numbered item".to_owned(),
        Mark::Item { .. } => "item".to_owned(),
        Mark::Quote => "quote".to_owned(),
        Mark::Footnote(label) => format!("footnote {label}"),
    }
}

/// The words of a changed sentence in reading order.
fn words(before: &Unit, after: &Unit, hunks: &[Hunk]) -> Vec<Words> {
    let span = |unit: &Unit, tokens: std::ops::Range<usize>| {
        let tokens = &unit.tokens()[tokens];
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => unit.text()[first.range.start..last.range.end].to_owned(),
            _ => String::new(),
        }
    };
    let mut out = Vec::new();
    let mut push = |lot, text: String| {
        if !text.is_empty() {
            out.push(Words { lot, text });
        }
    };
    let mut at = 0;
    for hunk in hunks {
        push(Lot::Kept, span(after, at..hunk.after.start));
        push(Lot::Removed, span(before, hunk.before.clone()));
        push(Lot::Added, span(after, hunk.after.clone()));
        at = hunk.after.end;
    }
    push(Lot::Kept, span(after, at..after.tokens().len()));
    out
}

impl PassageChange {
    /// Writes the change for people; without colours it reads as well: `[-old-]{+new+}`.
    pub fn print(&self, page: &mut Page) {
        let (sign, role) = match self.change {
            Kind::Reworded => ("~ ", Role::Warning),
            Kind::Added => ("+ ", Role::Added),
            Kind::Removed => ("- ", Role::Removed),
            Kind::MovedAway => ("< ", Role::Moved),
            Kind::MovedHere => ("> ", Role::Moved),
            Kind::Reshaped => ("# ", Role::Faint),
        };
        page.text(role, sign);
        match (&self.before, &self.after) {
            (Some(before), Some(after)) if self.change == Kind::Reshaped => {
                page.faint(format!("a {before} became a {after}"));
            }
            _ if !self.words.is_empty() => self.words.iter().enumerate().for_each(|(at, words)| {
                if at > 0 && !words.text.starts_with(['.', ',', ';', ':', '?', '!', ')']) {
                    page.plain(" ");
                }
                words.print(page);
            }),
            (Some(text), None) | (_, Some(text)) => {
                page.text(role, text.replace("\\\n", " / "));
            }
            (None, None) => {}
        }
        if self.change == Kind::MovedAway {
            page.faint(" (moved)");
        }
        page.end();
    }
}

impl Words {
    fn print(&self, page: &mut Page) {
        match self.lot {
            Lot::Kept => page.plain(&self.text),
            Lot::Removed => page.text(Role::Removed, format!("[-{}-]", self.text)),
            Lot::Added => page.text(Role::Added, format!("{{+{}+}}", self.text)),
        };
    }
}
