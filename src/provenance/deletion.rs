//! What became of the deletions that drafts asked for: by a choice, without one, or together with others.

use std::collections::BTreeMap;

use crate::merge::NoteKind;
use crate::merge::wish::{Intent, wish};
use crate::narrative::record::{self, Considered, Fold, Outcome};
use crate::prose::Prose;
use crate::prose::unit::Shared;

use super::fate::{Accounts, Ahead, Became, Told, Version, Wanted, on_record, rewords};
use super::origin::When;
use super::recorded;
use super::table::Seat;

impl Accounts<'_> {
    /// The deletions that a contributor asked for, by the texts of the passages.
    pub(super) fn deletions(&self, seat: &Seat) -> Vec<Told> {
        let mut out: BTreeMap<String, Became> = BTreeMap::new();
        let folds = self.question.record.effective_folds();
        for (at, fold) in folds.iter().enumerate() {
            for fate in fold
                .fates
                .iter()
                .filter(|fate| fate.deletes && fate.contributor == seat.who)
            {
                let became = on_record(fold, fate);
                if let Some(became) = became.filter(|_| !rewords(fold, fate)) {
                    out.insert(fate.passage.clone(), became);
                }
            }
            for passage in self.carried_out(seat, &folds[..=at]) {
                let when = When::of(fold);
                out.insert(passage.text().to_owned(), Became::Taken(when));
            }
        }
        for (passage, when) in self.joined(seat, &folds) {
            out.entry(passage).or_insert(Became::Taken(when));
        }
        out.extend(self.asked(seat));
        for (text, became) in &mut out {
            if let (Became::Taken(_), Some(since)) = (&became, self.stands_since(text)) {
                *became = Became::Replaced(since);
            }
        }
        out.retain(|text, _| seat.draft.passages().all(|own| own.text() != text));
        let told = |(passage, became)| Told {
            passage,
            wanted: Wanted::Go,
            draft: Version::Now,
            became,
        };
        out.into_iter().map(told).collect()
    }

    /// Since when a passage stands, if it does.
    fn stands_since(&self, text: &str) -> Option<When> {
        let agreed = self.question.agreed.as_ref()?;
        let agreed = Prose::parse(&agreed.text);
        let mut passages = agreed.passages();
        let stands = passages.find(|passage| passage.text() == text)?;
        self.origins.of(stands).map(|origin| origin.since)
    }

    /// The deletions that the last of some folds carried out without a choice.
    fn carried_out(&self, seat: &Seat, folds: &[&Fold]) -> Vec<Shared> {
        let own = |fold: &&Fold| -> Option<Considered> {
            let mut drafts = fold.drafts.iter();
            drafts.find(|draft| draft.contributor == seat.who).cloned()
        };
        let read = |blob: Option<&_>| {
            blob.and_then(|blob| self.texts.get(blob))
                .map(|t| Prose::parse(t))
        };
        let Some((last, earlier)) = folds.split_last() else {
            return Vec::new();
        };
        let Some(draft) = own(last) else {
            return Vec::new();
        };
        let previous = earlier.iter().rev().find_map(own).map(|draft| draft.blob);
        let base = read(draft.base.as_ref().or(previous.as_ref()));
        let (Some(base), Some(text)) = (base, read(Some(&draft.blob))) else {
            return Vec::new();
        };
        let (Some(before), Some(after)) = (read(last.before.as_ref()), read(last.after.as_ref()))
        else {
            return Vec::new();
        };
        let intents = wish(base.units(), text.units()).intents;
        let units = base.units().iter().zip(intents);
        let gone = units.filter(|(unit, intent)| {
            matches!(intent, Intent::Delete)
                && before.passages().any(|stood| stood == *unit)
                && !after.passages().any(|stands| stands == *unit)
        });
        gone.map(|(unit, _)| unit.clone()).collect()
    }

    /// The deletions that waited for others, and were carried out when those had asked for them too.
    fn joined(&self, seat: &Seat, folds: &[&Fold]) -> Vec<(String, When)> {
        let fates = folds
            .iter()
            .flat_map(|fold| fold.fates.iter().map(move |fate| (fold, fate)));
        let waited = fates.filter(|(fold, fate)| {
            fate.deletes
                && fate.contributor == seat.who
                && fate.fate == Outcome::Open
                && !rewords(fold, fate)
        });
        let carried_out = |(_, fate): (&&Fold, &record::Fate)| {
            let gone = recorded::units(&fate.passage).find_map(|unit| self.origins.gone(&unit))?;
            Some((fate.passage.clone(), gone.until))
        };
        waited.filter_map(carried_out).collect()
    }

    /// The deletions that wait.
    fn asked(&self, seat: &Seat) -> Vec<(String, Became)> {
        let Ahead::Later(merge) = self.ahead else {
            return Vec::new();
        };
        let who = seat.who.as_str();
        let mut out = Vec::new();
        for note in merge.notes.iter().filter(|note| note.who.contains(who)) {
            if note.kind == NoteKind::Deleted {
                out.push((note.passage.clone(), Became::Open(None)));
            }
        }
        for choice in merge.choices() {
            let own: Vec<_> = choice
                .claims()
                .into_iter()
                .filter(|claim| claim.who == who)
                .collect();
            if own.iter().all(|claim| claim.deletes) {
                let open = || Became::Open(Some(choice.id.clone()));
                out.extend(
                    own.iter()
                        .map(|claim| (claim.passage.text().to_owned(), open())),
                );
            }
        }
        out
    }
}
