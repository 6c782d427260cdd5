//! Passages that somebody rewrote as a whole.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diff::words::hunks;
use crate::prose::sentence::sentences;
use crate::prose::unit::{Shared, Unit};

use super::Fold;
use crate::merge::choice::{Alternative, Choice, ChoiceKind, spelled};
use crate::merge::compose::{compose_passage, is_balanced};
use crate::merge::policy::Words;
use crate::merge::wish::{Intent, Wish};
use crate::merge::{Origin, People, Who};

impl Fold<'_> {
    /// Everything that is wanted of one passage: one version, a composition, or a choice among whole versions.
    pub(in crate::merge) fn region(&mut self, region: &Range<usize>) {
        let now = self.units[region.clone()].to_vec();
        let carried = self.versions(region, Reading::Carried).into_iter();
        let carried: BTreeMap<Vec<u64>, Vec<Shared>> = carried
            .map(|(_, units)| (units.iter().map(|unit| unit.id()).collect(), units))
            .collect();
        let carried: Vec<Vec<Shared>> = carried.into_values().collect();
        let was = self.was(region);
        let kind = match was {
            Some(_) => ChoiceKind::Late,
            None => ChoiceKind::Passage,
        };
        match (
            Choice::new(kind, &now, self.versions(region, Reading::Written)),
            was,
        ) {
            (None, _) => now
                .into_iter()
                .for_each(|unit| self.put(unit, Origin::Text)),
            (Some(choice), Some(was)) => self.choose(Some(choice.with_was(was))),
            (Some(choice), None) => self.timely(&now, &carried, choice),
        }
    }

    /// What is wanted of a passage, none of it late.
    fn timely(&mut self, now: &[Shared], carried: &[Vec<Shared>], choice: Choice) {
        let accepted = |a: &Alternative| self.policy.accepts(&a.who);
        if !choice.alternatives.iter().all(accepted) {
            return self.choose(Some(choice.or_proposal()));
        }
        let units = match carried {
            [only] => only.clone(),
            several => match composed(now, several) {
                Some(units) => units,
                None => return self.choose(Some(choice)),
            },
        };
        let written = carried.contains(&units);
        if self.policy.words == Words::Ask && !written {
            let everybody = choice.people();
            return self.choose(Some(choice.with_composed(vec![(units, everybody)])));
        }
        for unit in &units {
            self.put_new(unit, &origin(unit, &choice));
        }
    }

    /// Everybody's version of a passage, where it is not what stands.
    fn versions(&self, region: &Range<usize>, reading: Reading) -> Vec<(Who, Vec<Shared>)> {
        let now = &self.units[region.clone()];
        let all = self.wishes.iter().map(|(who, wish)| {
            let units = version(self.units, wish, region, reading);
            (who.clone(), units)
        });
        all.filter(|(_, units)| units != now).collect()
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
}

/// Whether a wish that was carried from an old base is read with the group's changes or as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::merge) enum Reading {
    /// With the group's changes.
    Carried,
    /// As it was written.
    Written,
}

/// One wish's version of a passage.
pub(in crate::merge) fn version(
    units: &[Shared],
    wish: &Wish,
    region: &Range<usize>,
    reading: Reading,
) -> Vec<Shared> {
    let mut out = Vec::new();
    let mut at = region.start;
    while at < region.end {
        if at > region.start
            && let Some(run) = wish.inserted.get(&at)
        {
            out.extend(run.iter().map(|item| item.unit.clone()));
        }
        if let Some((end, whole)) = whole(wish, at, reading) {
            out.extend(whole.iter().cloned());
            at = end;
            continue;
        }
        match &wish.intents[at] {
            Intent::Edit(edit) => out.push(match &edit.written {
                Some(written) if reading == Reading::Written => written.clone(),
                _ => edit.unit.clone(),
            }),
            Intent::Delete => {}
            _ => out.push(units[at].clone()),
        }
        at += 1;
    }
    out
}

/// The passage that a wish rewrites as a whole from a unit on, by its end.
fn whole(wish: &Wish, start: usize, reading: Reading) -> Option<(usize, &[Shared])> {
    let starts = |range: &Range<usize>| range.start == start && !range.is_empty();
    if let Some(late) = wish.late.iter().find(|late| starts(&late.range)) {
        return Some((late.range.end, &late.proposed));
    }
    let mut replaced = wish.replaced.iter();
    let replaced = replaced.find(|replaced| starts(&replaced.range))?;
    let units = match &replaced.written {
        Some(written) if reading == Reading::Written => written,
        _ => &replaced.units,
    };
    Some((replaced.range.end, units))
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
pub(in crate::merge) fn composed(now: &[Shared], versions: &[Vec<Shared>]) -> Option<Vec<Shared>> {
    let joined = |units: &[Shared]| {
        let plain = !units.is_empty() && units.iter().all(|unit| unit.is_sentence());
        plain.then(|| Unit::sentence(spelled(units)))
    };
    let base = joined(now)?;
    let wordings: Option<Vec<Shared>> = versions.iter().map(|version| joined(version)).collect();
    let unit = agreed(&base, &wordings?)?;
    let ranges = sentences(unit.text());
    let units = ranges
        .into_iter()
        .map(|range| Unit::sentence(&unit.text()[range]));
    let units: Vec<Shared> = units.collect();
    // A mark that spans the end of a sentence would be torn by the next change of one of the two.
    let written = |unit: &Shared| versions.iter().any(|version| version.contains(unit));
    let whole = |unit: &Shared| is_balanced(unit) || now.contains(unit) || written(unit);
    units.iter().all(whole).then_some(units)
}

/// One wording with the changes of all that change at most half of the words; who wrote just that otherwise, be it by
/// larger changes, agrees with the others.
fn agreed(base: &Shared, wordings: &[Shared]) -> Option<Shared> {
    let changed = |version: &Shared| -> usize {
        let hunks = hunks(base, version);
        hunks.iter().map(|hunk| hunk.before.len()).sum()
    };
    let (small, large): (Vec<_>, Vec<_>) = wordings
        .iter()
        .partition(|version| 2 * changed(version) <= base.tokens().len());
    let made = |parts: &[&Shared]| compose_passage(base, parts).filter(|_| !parts.is_empty());
    let unit = made(&small).or_else(|| {
        let whole = *small.iter().max_by_key(|text| (changed(text), text.id()))?;
        let parts: Vec<&Shared> = small
            .iter()
            .copied()
            .filter(|text| *text != whole)
            .collect();
        made(&parts).filter(|unit| unit == whole)
    })?;
    large
        .into_iter()
        .all(|version| *version == unit)
        .then_some(unit)
}

/// Everybody whose wish touches a gap.
pub(in crate::merge) fn people(runs: &[super::run::Run]) -> People {
    runs.iter()
        .flat_map(|run| run.who.iter().cloned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_writes_what_the_others_make_together_agrees_with_them() {
        let sentence = |text: &str| Unit::sentence(text);
        let base = sentence("They pay w18 clients own grow in co-op may. Law more co-op members.");
        let parts = [
            "They pay the clients own grow in co-op may. Law more co-op members.",
            "They pay w18 clients own we in co-op may. Law more co-op members.",
            "They pay w18 clients own grow in co-op they. Law more co-op members.",
            "They pay w18 clients own grow in co-op may. Often more co-op members.",
            "They pay w18 clients own grow in co-op may. Law more more members.",
        ]
        .map(sentence);
        let whole = sentence("They pay the clients own we in co-op they. Often more more members.");
        let all = [parts.as_slice(), std::slice::from_ref(&whole)].concat();
        assert_eq!(
            compose_passage(&base, &all.iter().collect::<Vec<_>>()),
            None
        );
        assert_eq!(agreed(&base, &all), Some(whole));
    }
}
