//! What lies on the table of a question.

use std::collections::{BTreeMap, BTreeSet};

use crate::merge::wish::base::{considered, nearest};
use crate::merge::{ClaimId, Voice};
use crate::narrative::id::{BlobId, ContributorId};
use crate::narrative::question::Question;
use crate::narrative::record::{Considered, Fate, Fold, Outcome};
use crate::prose::Prose;

use super::recorded;

/// Old texts by their git ids, as far as the record needs them.
pub type Texts = BTreeMap<BlobId, String>;

/// One contributor's draft and what it was written on.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Whose draft it is.
    pub who: ContributorId,
    /// The draft's bytes.
    pub blob: BlobId,
    /// The draft.
    pub draft: Prose,
    /// What it was written on; nothing if it was written on its own.
    pub base: Option<Prose>,
    /// The git id of the base, if it is a text that the repository has.
    pub base_blob: Option<BlobId>,
    /// Whether it differs from what the last fold considered.
    pub fresh: bool,
    /// Passages that were written on no base and are still open.
    pub proposals: Option<Prose>,
}

/// The drafts of a question with their bases.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// One per draft, by contributor.
    pub seats: Vec<Seat>,
}

/// The old texts that [`table`] needs for a question.
pub fn needs(question: &Question) -> BTreeSet<BlobId> {
    let folds = question.record.effective_folds();
    let agreed = folds
        .iter()
        .flat_map(|fold| fold.before.iter().chain(&fold.after));
    let drafts = folds.iter().flat_map(|fold| &fold.drafts);
    agreed
        .chain(drafts.flat_map(|draft| draft.base.iter().chain([&draft.blob])))
        .cloned()
        .collect()
}

/// Lays out the drafts of a question.
///
/// `begun` tells, by contributor, which agreed text stood when her draft came to be.
pub fn table(question: &Question, texts: &Texts, begun: &BTreeMap<ContributorId, BlobId>) -> Table {
    let folds = question.record.effective_folds();
    let seat = |who: &ContributorId| {
        let text = &question.drafts[who];
        let draft = Prose::parse(&text.text);
        let last = last_state(who, &folds, texts);
        let fresh = last.as_ref().is_none_or(|state| state.blob != text.blob);
        let own = last.as_ref().and_then(|state| state.base.clone());
        let (base, base_blob) = match own {
            Some(base) if !fresh => (Some(base), None),
            own => chosen(own, &draft, &since(who, &folds), (texts, begun.get(who))),
        };
        Seat {
            who: who.clone(),
            blob: text.blob.clone(),
            base,
            base_blob,
            fresh,
            proposals: last.and_then(|state| state.proposals(&draft)),
            draft,
        }
    };
    Table {
        seats: question.drafts.keys().map(seat).collect(),
    }
}

impl Table {
    /// The voices of a merge: each draft on its base, and apart from it what is still open of a draft without one.
    pub fn voices(&self) -> Vec<Voice<'_>> {
        let mut out = Vec::new();
        for seat in &self.seats {
            let who = seat.who.to_string();
            if let Some(open) = &seat.proposals {
                out.push(Voice {
                    who: who.clone(),
                    base: None,
                    draft: open,
                });
            }
            out.push(Voice {
                who,
                base: seat.base.as_ref(),
                draft: &seat.draft,
            });
        }
        out
    }

    /// Whether any draft differs from what the last fold considered.
    pub fn has_news(&self) -> bool {
        self.seats.iter().any(|seat| seat.fresh)
    }
}

/// What the record says of one contributor's last considered draft.
struct State {
    blob: BlobId,
    base: Option<Prose>,
    open: Vec<Fate>,
    /// Whether the open passages have no place in an agreed text yet.
    unplaced: bool,
}

impl State {
    /// The open passages without a place, as far as the draft still has them.
    fn proposals(&self, draft: &Prose) -> Option<Prose> {
        if !self.unplaced {
            return None;
        }
        let has = |fate: &&Fate| {
            let mut passages = draft.passages();
            passages.any(|unit| recorded::is_of(&fate.passage, unit))
        };
        let open = self.open.iter().filter(|fate| !fate.deletes).filter(has);
        let open: Vec<&str> = open.map(|fate| fate.passage.as_str()).collect();
        (!open.is_empty()).then(|| Prose::parse(&open.join("\n\n")))
    }
}

fn last_state(who: &ContributorId, folds: &[&Fold], texts: &Texts) -> Option<State> {
    folds
        .iter()
        .fold(None, |before, fold| match seat_of(who, fold) {
            Some(draft) => Some(advanced(before, draft, fold, texts)),
            None => before,
        })
}

fn seat_of<'a>(who: &ContributorId, fold: &'a Fold) -> Option<&'a Considered> {
    fold.drafts.iter().find(|draft| draft.contributor == *who)
}

fn advanced(before: Option<State>, draft: &Considered, fold: &Fold, texts: &Texts) -> State {
    let read = |blob: &BlobId| texts.get(blob).map(|text| Prose::parse(text));
    let own = read(&draft.blob).unwrap_or_default();
    let is_open =
        |fate: &&Fate| fate.contributor == draft.contributor && fate.fate == Outcome::Open;
    let open: Vec<Fate> = fold.fates.iter().filter(is_open).cloned().collect();
    let earlier = before.as_ref().and_then(|state| state.base.clone());
    let unplaced = match &before {
        None => draft.base.is_none(),
        Some(_) if draft.base.is_some() || open.is_empty() => false,
        Some(state) => state.unplaced || is_anew(earlier.as_ref(), &own),
    };
    let base = match draft.base.as_ref().and_then(read).or(earlier) {
        Some(base) if !unplaced => considered(&base, &own, &open.iter().flat_map(claims).collect()),
        _ => own,
    };
    State {
        blob: draft.blob.clone(),
        base: Some(base),
        open,
        unplaced,
    }
}

/// Whether a draft was written on its own although its writer had one before: without a base on the record, a draft goes
/// on from her last or from nothing.
fn is_anew(earlier: Option<&Prose>, own: &Prose) -> bool {
    earlier.is_none_or(|earlier| nearest(&[earlier], own).is_none())
}

/// What a fate is about.
fn claims(fate: &Fate) -> impl Iterator<Item = ClaimId> {
    let deletes = fate.deletes;
    recorded::units(&fate.passage).map(move |unit| ClaimId {
        passage: unit.id(),
        deletes,
    })
}

/// The folds from the last on that considered a draft of hers; all if there is none. What was agreed before that is no
/// text that she can have begun on since: who comes back to its words wants them again.
fn since<'a>(who: &ContributorId, folds: &[&'a Fold]) -> Vec<&'a Fold> {
    let last = folds.iter().rposition(|fold| seat_of(who, fold).is_some());
    folds[last.unwrap_or(0)..].to_vec()
}

/// The text that a fresh draft was most likely written on.
fn chosen(
    own: Option<Prose>,
    draft: &Prose,
    folds: &[&Fold],
    (texts, begun): (&Texts, Option<&BlobId>),
) -> (Option<Prose>, Option<BlobId>) {
    let mut candidates: Vec<(Prose, Option<BlobId>)> = Vec::new();
    let mut seen = BTreeSet::new();
    let agreed = folds.iter().rev().filter_map(|fold| fold.after.as_ref());
    for blob in agreed.chain(begun) {
        if let (true, Some(text)) = (seen.insert(blob), texts.get(blob)) {
            candidates.push((Prose::parse(text), Some(blob.clone())));
        }
    }
    // The newest agreed text comes first, since that is where the editor starts; then her own last draft.
    let own = own.map(|own| (own, None));
    candidates.splice(1.min(candidates.len())..1.min(candidates.len()), own);
    let texts: Vec<&Prose> = candidates.iter().map(|(text, _)| text).collect();
    match nearest(&texts, draft) {
        Some(at) => {
            let (base, blob) = candidates.swap_remove(at);
            (Some(base), blob)
        }
        None => (None, None),
    }
}
