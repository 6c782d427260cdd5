//! Passages that somebody rewrote as a whole.

use std::ops::Range;

use crate::diff::words::hunks;
use crate::prose::sentence::sentences;
use crate::prose::unit::{Shared, Unit};

use super::choice::{Alternative, Choice, ChoiceKind, spelled};
use super::compose::{compose_passage, is_balanced};
use super::fold::Fold;
use super::policy::Words;
use super::wish::{Intent, Wish};
use super::{Origin, People, Who};

impl Fold<'_> {
    /// Everything that is wanted of one passage: one version, a composition, or a choice among whole versions.
    pub(super) fn region(&mut self, region: &Range<usize>) {
        let now = self.units[region.clone()].to_vec();
        let versions: Vec<(Who, Vec<Shared>)> = self
            .wishes
            .iter()
            .map(|(who, wish)| (who.clone(), self.version(wish, region)))
            .filter(|(_, units)| *units != now)
            .collect();
        let was = self.was(region);
        let kind = match was {
            Some(_) => ChoiceKind::Late,
            None => ChoiceKind::Passage,
        };
        let choice = Choice::new(kind, &now, versions);
        let Some(choice) = choice else {
            return now
                .into_iter()
                .for_each(|unit| self.put(unit, Origin::Text));
        };
        if was.is_none() {
            let accepted = |a: &Alternative| self.policy.accepts(&a.who);
            if !choice.alternatives.iter().all(accepted) {
                return self.choose(Some(choice.or_proposal()));
            }
            if let [only] = choice.alternatives.as_slice() {
                let by = Origin::By(only.who.clone());
                return only.units.iter().for_each(|unit| self.put_new(unit, &by));
            }
            if let Some(units) = composed(&now, &choice) {
                let written = choice.alternatives.iter().any(|a| a.units == units);
                if self.policy.words == Words::Ask && !written {
                    let everybody = choice.people();
                    return self.choose(Some(choice.with_composed(units, everybody)));
                }
                return units
                    .iter()
                    .for_each(|unit| self.put_new(unit, &origin(unit, &choice)));
            }
        }
        self.choose(Some(choice.with_was(was.unwrap_or_default())));
    }

    /// A unit of a rewritten passage: those that stood there before are nobody's.
    fn put_new(&mut self, unit: &Shared, by: &Origin) {
        let stood = self.units.contains(unit);
        self.put(unit.clone(), if stood { Origin::Text } else { by.clone() });
    }

    /// What stood when the late wishes about a passage were made, if there are any.
    fn was(&self, region: &Range<usize>) -> Option<Vec<Shared>> {
        let late = self.wishes.iter().flat_map(|(_, wish)| &wish.late);
        let within = late.filter(|late| !late.range.is_empty() && overlaps(&late.range, region));
        within
            .map(|late| late.was.clone())
            .min_by_key(|was| spelled(was))
    }

    /// One wish's version of a passage.
    fn version(&self, wish: &Wish, region: &Range<usize>) -> Vec<Shared> {
        let mut out = Vec::new();
        let mut at = region.start;
        while at < region.end {
            if at > region.start
                && let Some(run) = wish.inserted.get(&at)
            {
                out.extend(run.iter().map(|item| item.unit.clone()));
            }
            let whole = wish
                .late
                .iter()
                .map(|late| (&late.range, &late.proposed))
                .chain(
                    wish.replaced
                        .iter()
                        .map(|replaced| (&replaced.range, &replaced.units)),
                )
                .find(|(range, _)| range.start == at && !range.is_empty());
            if let Some((range, units)) = whole {
                out.extend(units.iter().cloned());
                at = range.end;
                continue;
            }
            match &wish.intents[at] {
                Intent::Edit(edit) => out.push(edit.written.as_ref().unwrap_or(&edit.unit).clone()),
                Intent::Delete => {}
                _ => out.push(self.units[at].clone()),
            }
            at += 1;
        }
        out
    }
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whose a sentence of a composed passage is: those who wrote it just so, or everybody who wants something here.
fn origin(unit: &Shared, choice: &Choice) -> Origin {
    let wrote = choice
        .alternatives
        .iter()
        .filter(|a| a.units.contains(unit));
    let by: People = wrote.flat_map(|a| a.who.iter().cloned()).collect();
    if by.is_empty() {
        Origin::Composed(choice.people())
    } else {
        Origin::By(by)
    }
}

/// Versions that each change at most half of a passage, merged word by word over its joined sentences.
fn composed(now: &[Shared], choice: &Choice) -> Option<Vec<Shared>> {
    let joined = |units: &[Shared]| {
        let plain = !units.is_empty() && units.iter().all(|unit| unit.is_sentence());
        plain.then(|| Unit::sentence(spelled(units)))
    };
    let base = joined(now)?;
    let versions: Option<Vec<Shared>> = choice
        .alternatives
        .iter()
        .map(|alternative| joined(&alternative.units))
        .collect();
    let versions = versions?;
    let small = |version: &Shared| {
        let changed: usize = hunks(&base, version)
            .iter()
            .map(|hunk| hunk.before.len())
            .sum();
        2 * changed <= base.tokens().len()
    };
    let (small, large): (Vec<_>, Vec<_>) = versions.iter().partition(|version| small(version));
    let unit = compose_passage(&base, &small).filter(|_| !small.is_empty())?;
    // Who wrote what the others' changes make together, agrees with them.
    if !large.into_iter().all(|version| *version == unit) {
        return None;
    }
    let ranges = sentences(unit.text());
    let units = ranges
        .into_iter()
        .map(|range| Unit::sentence(&unit.text()[range]));
    let units: Vec<Shared> = units.collect();
    // A mark that spans the end of a sentence would be torn by the next change of one of the two.
    let written = |unit: &Shared| choice.alternatives.iter().any(|a| a.units.contains(unit));
    let whole = |unit: &Shared| is_balanced(unit) || now.contains(unit) || written(unit);
    units.iter().all(whole).then_some(units)
}

/// Everybody whose wish touches a gap.
pub(super) fn people(runs: &[super::gap::Run]) -> People {
    runs.iter()
        .flat_map(|run| run.who.iter().cloned())
        .collect()
}
