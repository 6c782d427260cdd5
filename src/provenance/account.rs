//! What a fold writes into the record.

use std::collections::BTreeMap;

use crate::collate::Row;
use crate::collate::plan::{Step, confirmed};
use crate::merge::choice::Choice;
use crate::merge::choice::decision::{Decision, Verdict};
use crate::merge::{Claim, Merge, Note, NoteKind, Origin, Part};
use crate::narrative::id::{BlobId, ContributorId};
use crate::narrative::record::{self, Considered, Fate, Fold, Outcome};
use crate::narrative::time::Moment;
use crate::prose::unit::Shared;

use super::table::{Seat, Table};

/// What every fold says about itself.
#[derive(Clone, Debug)]
pub struct Header {
    /// The fold's number.
    pub number: u32,
    /// When it is made.
    pub at: Moment,
    /// Who makes it.
    pub by: String,
    /// The agreed text before.
    pub before: Option<BlobId>,
    /// The agreed text after.
    pub after: Option<BlobId>,
}

/// The account of a merge with decisions: a choice without one stays open.
pub fn of_merge(header: Header, table: &Table, merge: &Merge, decisions: &[Decision]) -> Fold {
    let decided: BTreeMap<&str, &Decision> = decisions
        .iter()
        .map(|decision| (decision.choice.as_str(), decision))
        .collect();
    let mut fates: Vec<Fate> = merge
        .choices()
        .flat_map(|c| of_choice(merge, c, decided.get(c.id.as_str())))
        .collect();
    fates.extend(composed(table, merge));
    fates.extend(proposed(merge));
    fates.sort_by(|a, b| {
        (&a.contributor, &a.passage, a.deletes).cmp(&(&b.contributor, &b.passage, b.deletes))
    });
    fates.dedup();
    let recorded = merge.choices().filter_map(|choice| {
        decided
            .get(choice.id.as_str())
            .map(|decision| recorded(choice, decision))
    });
    fold(header, table, recorded.collect(), fates)
}

/// The account of a first round: the passages chosen by a plan.
pub fn of_plan(header: Header, table: &Table, rows: &[Row], steps: &[Step]) -> Fold {
    let stand: BTreeMap<&str, &Step> = steps
        .iter()
        .filter_map(|step| step.id().map(|id| (id, step)))
        .collect();
    let said = said(steps, rows);
    let mut fates = Vec::new();
    for variant in rows.iter().flat_map(|row| &row.variants) {
        let (outcome, reason) = match stand.get(variant.id.as_str()) {
            Some(Step::Take(_)) => continue,
            Some(Step::Like(_)) => (Outcome::Merged, None),
            Some(Step::Decline(_, reason)) => (Outcome::Declined, Some(reason.clone())),
            Some(Step::Park(_)) => (Outcome::Parked, None),
            _ => (Outcome::Open, None),
        };
        fates.extend(variant.who.iter().filter_map(|who| {
            Some(Fate {
                contributor: who.parse().ok()?,
                passage: variant.unit.text().to_owned(),
                deletes: false,
                fate: outcome,
                choice: Some(variant.id.clone()),
                said_by: said.get(&*variant.id).cloned(),
                reason: reason.clone(),
            })
        }));
    }
    let own = steps.iter().filter_map(|step| match step {
        Step::Own(text) => Some(record::Decision {
            choice: "first-round".to_owned(),
            verdict: record::Verdict::Own,
            text: vec![text.clone()],
            from: Vec::new(),
            reason: None,
        }),
        _ => None,
    });
    let own = own.collect();
    fold(header, table, own, fates)
}

/// The passages that are confirmed to say what other wordings say, by the ids of those.
fn said(steps: &[Step], rows: &[Row]) -> BTreeMap<String, String> {
    let stands = |id: &String| {
        let mut variants = rows.iter().flat_map(|row| &row.variants);
        let found = variants.find(|variant| variant.id == *id)?;
        Some(found.unit.text().to_owned())
    };
    let pairs = confirmed(steps, rows).into_iter();
    pairs
        .filter_map(|(id, by)| Some((id, stands(&by)?)))
        .collect()
}

/// The account of the undoing of a fold.
pub fn of_undo(header: Header, undone: u32) -> Fold {
    let mut fold = fold(header, &Table::default(), Vec::new(), Vec::new());
    fold.undoes = Some(undone);
    fold
}

fn fold(header: Header, table: &Table, decisions: Vec<record::Decision>, fates: Vec<Fate>) -> Fold {
    let considered = |seat: &Seat| Considered {
        contributor: seat.who.clone(),
        blob: seat.blob.clone(),
        base: seat.base_blob.clone(),
        settled: !fates
            .iter()
            .any(|fate| fate.contributor == seat.who && fate.fate == Outcome::Open),
    };
    Fold {
        number: header.number,
        at: header.at,
        by: header.by,
        before: header.before,
        after: header.after,
        undoes: None,
        drafts: table.seats.iter().map(considered).collect(),
        decisions,
        fates,
    }
}

/// What too few have asked for yet, and what is no choice that anybody could be asked: it stays open, so that its writers
/// are heard again with whoever asks for it next.
fn proposed(merge: &Merge) -> Vec<Fate> {
    let waits = |note: &&Note| {
        matches!(
            note.kind,
            NoteKind::MoveProposed | NoteKind::StructureProposed
        )
    };
    let fates = merge.notes.iter().filter(waits).flat_map(|note| {
        note.who.iter().filter_map(|who| {
            Some(Fate {
                contributor: who.parse().ok()?,
                passage: note.passage.clone(),
                deletes: false,
                fate: Outcome::Open,
                choice: None,
                said_by: None,
                reason: None,
            })
        })
    });
    fates.collect()
}

fn of_choice(merge: &Merge, choice: &Choice, decision: Option<&&Decision>) -> Vec<Fate> {
    let stands = decision.and_then(|decision| decision.units(choice).ok());
    let fate = |claim: Claim| {
        let outcome = match (decision.map(|decision| &decision.verdict), &stands) {
            (None, _) | (_, None) => Outcome::Open,
            (Some(Verdict::Park), _) => Outcome::Parked,
            (Some(_), Some(units)) if units.contains(&claim.passage) != claim.deletes => {
                Outcome::Taken
            }
            (Some(Verdict::Own(_)), _) => Outcome::Merged,
            (Some(Verdict::Take(at)), _) if composed_of(choice, *at, &claim) => Outcome::Merged,
            _ => Outcome::Declined,
        };
        let declined = outcome == Outcome::Declined;
        let reason = || {
            let told = decision.and_then(|decision| decision.reason.clone());
            told.unwrap_or_else(|| why_declined(&claim, choice, decision))
        };
        Some(Fate {
            contributor: claim.who.parse::<ContributorId>().ok()?,
            passage: merge.as_written(&claim.passage).text().to_owned(),
            deletes: claim.deletes,
            fate: outcome,
            choice: Some(choice.id.clone()),
            said_by: None,
            reason: declined.then(reason),
        })
    };
    choice.claims().into_iter().filter_map(fate).collect()
}

/// Whether an alternative was composed of what somebody wanted and others' words.
fn composed_of(choice: &Choice, at: usize, claim: &Claim) -> bool {
    let alternative = choice.alternatives.get(at);
    alternative.is_some_and(|a| a.composed && a.who.contains(&claim.who))
}

/// Why something was declined, where nobody said it.
fn why_declined(claim: &Claim, choice: &Choice, decision: Option<&&Decision>) -> String {
    let stands = decision.and_then(|decision| decision.units(choice).ok());
    let gone = stands.is_some_and(|units| units.is_empty());
    let why = match (claim.deletes, gone) {
        (true, _) => "it was kept",
        (false, true) => "the passage was taken out",
        (false, false) if taken_in_part(choice, decision) => {
            "another side of what is disputed was taken, along with all that nobody disputes"
        }
        (false, false) => "another wording was chosen",
    };
    why.to_owned()
}

/// Whether what was taken is one side of a table with what nobody disputes of every version.
fn taken_in_part(choice: &Choice, decision: Option<&&Decision>) -> bool {
    match decision.map(|decision| &decision.verdict) {
        Some(Verdict::Take(at)) => choice.alternatives.get(*at).is_some_and(|a| a.composed),
        _ => false,
    }
}

fn recorded(choice: &Choice, decision: &Decision) -> record::Decision {
    let units = decision.units(choice).unwrap_or_default();
    let taken: &[usize] = match &decision.verdict {
        Verdict::Take(at) => std::slice::from_ref(at),
        Verdict::Several(all) => all,
        _ => &[],
    };
    let people = taken
        .iter()
        .filter_map(|at| choice.alternatives.get(*at))
        .flat_map(|a| &a.who);
    record::Decision {
        choice: choice.id.clone(),
        verdict: match decision.verdict {
            Verdict::Keep => record::Verdict::Keep,
            Verdict::Take(_) => record::Verdict::Take,
            Verdict::Several(_) => record::Verdict::Several,
            Verdict::Own(_) => record::Verdict::Own,
            Verdict::Park => record::Verdict::Park,
        },
        text: units
            .iter()
            .filter(|unit| !unit.is_mark())
            .map(|unit| unit.text().to_owned())
            .collect(),
        from: people.filter_map(|who| who.parse().ok()).collect(),
        reason: decision.reason.clone(),
    }
}

/// The fates of wordings that were composed with others' into one that nobody wrote.
fn composed(table: &Table, merge: &Merge) -> Vec<Fate> {
    let mut out = Vec::new();
    for part in &merge.parts {
        let Part::Unit(unit, Origin::Composed(people)) = part else {
            continue;
        };
        for seat in table
            .seats
            .iter()
            .filter(|seat| people.contains(seat.who.as_str()))
        {
            let like = |own: &&Shared| own.likeness(unit) >= crate::diff::align::LIKE;
            let own = seat
                .draft
                .passages()
                .filter(like)
                .max_by_key(|own| own.likeness(unit));
            out.extend(own.filter(|own| *own != unit).map(|own| Fate {
                contributor: seat.who.clone(),
                passage: own.text().to_owned(),
                deletes: false,
                fate: Outcome::Merged,
                choice: None,
                said_by: None,
                reason: None,
            }));
        }
    }
    out
}
