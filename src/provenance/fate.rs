//! What became of each passage of a draft, and of each deletion that it asked for.
//!
//! The present goes before the past: a passage that stands is told as what it is there, then what waits for a decision
//! or for the next fold, and only then what the record says of it.
//!
//! **Invariant:** every passage of a draft gets exactly one fate, in the order of the draft.

use crate::collate::Row;
use crate::diff::align::LIKE;
use crate::merge::{Merge, Origin as Came, Part};
use crate::narrative::question::Question;
use crate::narrative::record::{self, Fold, Outcome};
use crate::prose::Prose;
use crate::prose::unit::{Shared, Unit};

use super::origin::{Origins, When, Words, Writers};
use super::recorded;
use super::table::{Seat, Texts};

/// What somebody wanted and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The passage in canonical form.
    pub passage: String,
    /// Whether it should stand or go.
    pub wanted: Wanted,
    /// Whether her draft still says so.
    pub draft: Version,
    /// What became of it.
    pub became: Became,
}

/// What somebody wanted of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// That it stands.
    Stand,
    /// That it goes.
    Go,
}

/// Which version of a draft says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// The draft as it is.
    Now,
    /// Only one that a fold considered earlier.
    Before,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// It stands as she wrote it; or it is gone, as she asked.
    Taken(When),
    /// Its content stands in other words, if they can be told.
    Merged(Option<String>),
    /// Somebody else's equal passage stands: these contributors', or nobody's if the facilitator worded it.
    Duplicate(Writers),
    /// It was declined.
    Declined(Declined),
    /// It was put aside for a later fold.
    Parked(When),
    /// It waits: for a decision at this choice, or, without one, for the next merge to take it in.
    Open(Option<String>),
    /// It was taken, and what was taken has changed since.
    Replaced(When),
    /// It came with the agreed text, and she left it as it was.
    Left,
    /// She left it as it was, and others have changed it since or taken it out.
    Overtaken(When),
    /// She took it back before anything was decided about it.
    Withdrawn,
}

/// That a passage was declined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declined {
    /// In which fold.
    pub when: When,
    /// Why, as the record has it.
    pub reason: Option<String>,
    /// What was chosen instead, if something was.
    pub instead: Option<String>,
}

/// What lies ahead of the drafts of a question.
#[derive(Clone, Copy, Debug)]
pub enum Ahead<'a> {
    /// The first agreed text is to be chosen from these.
    First(&'a [Row]),
    /// The next merge.
    Later(&'a Merge),
}

/// Everything from which the fates of a question's drafts follow.
#[derive(Clone, Copy, Debug)]
pub struct Accounts<'a> {
    /// The question.
    pub question: &'a Question,
    /// Where its passages come from.
    pub origins: &'a Origins,
    /// The old texts of its record.
    pub texts: &'a Texts,
    /// What lies ahead.
    pub ahead: Ahead<'a>,
}

impl Accounts<'_> {
    /// What became of each passage of a draft, in its order; then of what only earlier versions of it said, and of the
    /// deletions that were asked for.
    pub fn of(&self, seat: &Seat) -> Vec<Told> {
        let agreed = self.question.agreed.as_ref();
        let agreed = agreed.map_or_else(Prose::default, |text| Prose::parse(&text.text));
        let told = |passage: &Shared, draft| Told {
            passage: passage.text().to_owned(),
            wanted: Wanted::Stand,
            draft,
            became: self.passage((seat, draft), passage, &agreed),
        };
        let now = seat.draft.passages().map(|unit| told(unit, Version::Now));
        let mut out: Vec<Told> = now.collect();
        let before = self.origins.said_by(&seat.who);
        let before = before.filter(|said| seat.draft.passages().all(|own| own != *said));
        out.extend(before.map(|unit| told(unit, Version::Before)));
        out.extend(self.deletions(seat));
        out
    }

    fn passage(&self, (seat, draft): (&Seat, Version), passage: &Shared, agreed: &Prose) -> Became {
        if let Some(origin) = self.origins.of(passage) {
            let says = self.origins.says(&seat.who, passage);
            let base = seat.base.as_ref();
            let found = base.is_some_and(|base| base.passages().any(|known| known == passage));
            return match &origin.words {
                Words::By(who) if who.contains(&seat.who) => Became::Taken(origin.since),
                words if says || (seat.fresh && !found) => Became::Duplicate(words.writers()),
                _ => Became::Left,
            };
        }
        if let Some(open) = self.waits(seat, passage, Wanted::Stand) {
            return open;
        }
        let gone = self.origins.gone(passage);
        let recorded = self.recorded(seat, passage, Wanted::Stand);
        let since = |fold: &Fold| gone.is_none_or(|gone| gone.until.fold <= Some(fold.number));
        if let Some((fold, fate)) = recorded.filter(|(fold, _)| since(fold))
            && let Some(became) = on_record(fold, fate)
        {
            let confirmed = fate.said_by.clone().map(Unit::sentence);
            return reads(became, confirmed.as_ref().unwrap_or(passage), agreed);
        }
        match gone {
            _ if seat.fresh && draft == Version::Now => Became::Open(None),
            Some(gone) if self.origins.says(&seat.who, passage) => Became::Replaced(gone.until),
            Some(gone) => Became::Overtaken(gone.until),
            None if draft == Version::Before => Became::Withdrawn,
            None => reads(Became::Merged(None), passage, agreed),
        }
    }

    /// What waits for a decision or for the next merge.
    fn waits(&self, seat: &Seat, passage: &Shared, wanted: Wanted) -> Option<Became> {
        let who = seat.who.as_str();
        let merge = match self.ahead {
            Ahead::First(rows) => {
                let mut variants = rows.iter().flat_map(|row| &row.variants);
                let own = variants.find(|v| v.unit == *passage && v.who.contains(who))?;
                return Some(Became::Open(Some(own.id.clone())));
            }
            Ahead::Later(merge) => merge,
        };
        let claims = merge.choices().flat_map(|choice| {
            let claims = choice.claims().into_iter();
            claims.map(|claim| (choice.id.clone(), claim))
        });
        let mut own = claims.filter(|(_, claim)| {
            claim.who == who && claim.passage == *passage && claim.deletes == (wanted == Wanted::Go)
        });
        if let Some((choice, _)) = own.next() {
            return Some(Became::Open(Some(choice)));
        }
        let mut parts = merge.parts.iter();
        let is_next = parts.any(|part| match part {
            Part::Unit(unit, Came::By(people)) => unit == passage && people.contains(who),
            Part::Unit(unit, Came::Composed(people)) => {
                people.contains(who) && unit.is_like(passage, LIKE)
            }
            _ => false,
        });
        (is_next && wanted == Wanted::Stand).then_some(Became::Open(None))
    }

    /// The last that the record says of a passage.
    fn recorded(
        &self,
        seat: &Seat,
        passage: &Unit,
        wanted: Wanted,
    ) -> Option<(&Fold, &record::Fate)> {
        let folds = self.question.record.effective_folds();
        let fates = folds.into_iter().rev().flat_map(|fold| {
            let fates = fold.fates.iter();
            fates.map(move |fate| (fold, fate))
        });
        let mut own = fates.filter(|(_, fate)| {
            fate.contributor == seat.who
                && fate.deletes == (wanted == Wanted::Go)
                && recorded::is_of(&fate.passage, passage)
        });
        own.next()
    }
}

/// Whether a passage was to go only because its writer has other words for it.
pub(super) fn rewords(fold: &Fold, fate: &record::Fate) -> bool {
    let mut others = fold.fates.iter();
    others.any(|other| {
        !other.deletes && other.contributor == fate.contributor && other.choice == fate.choice
    })
}

/// What the record says; what it calls taken or open is told by the present.
pub(super) fn on_record(fold: &Fold, fate: &record::Fate) -> Option<Became> {
    let when = When::of(fold);
    let mut decisions = fold.decisions.iter();
    let decided = decisions.find(|decision| Some(&decision.choice) == fate.choice.as_ref());
    let reads = decided
        .map(|decision| decision.text.join(" "))
        .filter(|text| !text.is_empty());
    match fate.fate {
        Outcome::Merged => Some(Became::Merged(reads)),
        Outcome::Declined => Some(Became::Declined(Declined {
            when,
            reason: fate.reason.clone(),
            instead: reads,
        })),
        Outcome::Parked => Some(Became::Parked(when)),
        Outcome::Taken if fate.deletes => Some(Became::Taken(when)),
        Outcome::Taken | Outcome::Duplicate | Outcome::Open => None,
    }
}

/// What was merged, with the passage of the agreed text that is most like it if no decision tells.
fn reads(became: Became, passage: &Unit, agreed: &Prose) -> Became {
    if became != Became::Merged(None) {
        return became;
    }
    let like = agreed
        .passages()
        .filter(|stands| stands.is_like(passage, LIKE));
    let nearest = like.max_by_key(|stands| stands.likeness(passage));
    Became::Merged(nearest.map(|stands| stands.text().to_owned()))
}
