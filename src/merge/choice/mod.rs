//! A place where drafts want different things.

pub mod decision;
mod rows;
pub mod sheet;

use std::collections::{BTreeMap, BTreeSet};

use crate::prose::token::{OFFSET, fnv, folded};
use crate::prose::unit::Shared;

use crate::merge::wish::ClaimId;
use crate::merge::{People, Who};

/// Why a place must be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChoiceKind {
    /// Several wordings of one sentence.
    Wording,
    /// Some would delete a passage that others reword or move.
    Deletion,
    /// Several versions of a longer passage.
    Passage,
    /// Several additions at one place that say like things.
    Addition,
    /// A wish made on words that have changed since, or on no agreed text at all.
    Late,
    /// A change that nobody opposes, and fewer want than the policy asks for.
    Proposal,
}

/// One of the wordings.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// The units, verbatim; empty to delete.
    pub units: Vec<Shared>,
    /// Who stands behind it; of a composed one, who gets all that she wants by it.
    pub who: People,
    /// Whether it was composed, and nobody wrote it.
    pub composed: bool,
}

/// A place that stays open until it is decided.
///
/// **Invariant:** the alternatives are pairwise distinct, none reads as `now`, and they are in the order of their texts;
/// only composed ones stand before the others.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Eight hexadecimal digits made from `now` and the alternatives: the same wherever the same wordings meet; more
    /// where two choices of one question would have the same.
    pub id: String,
    /// Why it must be decided.
    pub kind: ChoiceKind,
    /// What stands; empty where nothing does.
    pub now: Vec<Shared>,
    /// What stood when a late wish was made.
    pub was: Vec<Shared>,
    /// The wordings.
    pub alternatives: Vec<Alternative>,
    /// Who wants what stands to be kept, at another place, where others would delete it.
    pub kept_by: People,
}

impl Choice {
    /// Makes a choice from wordings, grouping equal ones; nothing if none differs from what stands.
    pub fn new(
        kind: ChoiceKind,
        now: &[Shared],
        wordings: Vec<(Who, Vec<Shared>)>,
    ) -> Option<Self> {
        let mut alternatives = grouped(wordings.into_iter().filter(|(_, units)| units != now));
        if alternatives.is_empty() {
            return None;
        }
        // Two that differ in their marks alone may read alike; names must not decide then.
        let order = |a: &Alternative| {
            let ids: Vec<u64> = a.units.iter().map(|unit| unit.id()).collect();
            (folded(&spelled(&a.units)).into_owned(), ids)
        };
        alternatives.sort_by_cached_key(order);
        let id = id(now, &alternatives);
        Some(Self {
            id,
            kind,
            now: now.to_vec(),
            was: Vec::new(),
            alternatives,
            kept_by: People::new(),
        })
    }

    /// The same choice, showing what stood when a late wish was made.
    pub fn with_was(mut self, was: Vec<Shared>) -> Self {
        self.was = was;
        self
    }

    /// The same choice, with those who want to keep what stands.
    pub fn with_kept_by(mut self, people: People) -> Self {
        self.kept_by = people;
        self
    }

    /// The same choice, with what was composed of the wordings before them, each with who gets all that she wants by it;
    /// without what stands or is offered already.
    pub fn with_composed(mut self, composed: Vec<(Vec<Shared>, People)>) -> Self {
        let mut offered = Vec::new();
        for (units, who) in composed {
            let mut known = self.alternatives.iter().chain(&offered);
            if units != self.now && !known.any(|known: &Alternative| known.units == units) {
                let composed = true;
                offered.push(Alternative {
                    units,
                    who,
                    composed,
                });
            }
        }
        self.alternatives.splice(0..0, offered);
        self.id = id(&self.now, &self.alternatives);
        self
    }

    /// The same choice; if it has but one alternative, as a proposal.
    pub fn or_proposal(mut self) -> Self {
        if self.alternatives.len() == 1 {
            self.kind = ChoiceKind::Proposal;
        }
        self
    }

    /// Everybody who wants something here.
    pub fn people(&self) -> People {
        let people = self
            .alternatives
            .iter()
            .flat_map(|alternative| &alternative.who);
        people.chain(&self.kept_by).cloned().collect()
    }
}

/// Equal wordings as one alternative each, in the spelling that sorts first.
fn grouped(wordings: impl Iterator<Item = (Who, Vec<Shared>)>) -> Vec<Alternative> {
    let mut alternatives: Vec<Alternative> = Vec::new();
    let mut known = BTreeMap::new();
    for (who, units) in wordings {
        let ids: Vec<u64> = units.iter().map(|unit| unit.id()).collect();
        let at = *known.entry(ids).or_insert(alternatives.len());
        match alternatives.get_mut(at) {
            Some(alternative) => {
                if spelled(&units) < spelled(&alternative.units) {
                    alternative.units = units;
                }
                alternative.who.insert(who);
            }
            None => alternatives.push(Alternative {
                units,
                who: People::from([who]),
                composed: false,
            }),
        }
    }
    alternatives
}

/// The passages of some units as one text: sentences with blanks between, blocks on lines of their own.
pub fn spelled(units: &[Shared]) -> String {
    let mut out = String::new();
    for unit in units {
        if unit.is_mark() {
            if !out.is_empty() {
                out.push('\n');
            }
            continue;
        }
        if !out.is_empty() && !out.ends_with('\n') {
            out.push(' ');
        }
        out.push_str(unit.text());
    }
    out
}

fn id(now: &[Shared], alternatives: &[Alternative]) -> String {
    let hash = fingerprint(now, alternatives);
    format!("{:08x}", (hash ^ (hash >> 32)) & 0xffff_ffff)
}

/// Gives choices of one question different ids: longer ones to those that differ, and a number to one that is the same
/// again, since the same wordings may meet at two places.
pub(super) fn distinguish(choices: Vec<&mut Choice>) {
    let mut known: BTreeMap<String, u64> = BTreeMap::new();
    let mut times: BTreeMap<u64, usize> = BTreeMap::new();
    for choice in choices {
        let hash = fingerprint(&choice.now, &choice.alternatives);
        if *known.entry(choice.id.clone()).or_insert(hash) != hash {
            choice.id = format!("{hash:016x}");
        }
        let times = times.entry(hash).or_default();
        *times += 1;
        if *times > 1 {
            choice.id = format!("{}-{times}", choice.id);
        }
    }
}

fn fingerprint(now: &[Shared], alternatives: &[Alternative]) -> u64 {
    let hash = |units: &[Shared]| {
        units.iter().fold(fnv(OFFSET, b"units"), |hash, unit| {
            fnv(hash, &unit.id().to_le_bytes())
        })
    };
    let all: BTreeSet<u64> = alternatives
        .iter()
        .map(|alternative| hash(&alternative.units))
        .chain([hash(now)])
        .collect();
    all.iter()
        .fold(OFFSET, |hash, id| fnv(hash, &id.to_le_bytes()))
}

/// One thing that somebody wants at a choice, for the account of what became of it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Who wants it.
    pub who: Who,
    /// The passage that should stand or, if `deletes`, go.
    pub passage: Shared,
    /// Whether the passage should go.
    pub deletes: bool,
}

impl Claim {
    /// What tells it from the same contributor's other claims.
    pub fn id(&self) -> ClaimId {
        ClaimId {
            passage: self.passage.id(),
            deletes: self.deletes,
        }
    }
}

impl Choice {
    /// Everything that is wanted here, passage by passage: once the choice is decided, all of it is settled.
    pub fn claims(&self) -> Vec<Claim> {
        let stood: Vec<&Shared> = self
            .now
            .iter()
            .chain(&self.was)
            .filter(|u| !u.is_mark())
            .collect();
        let kept = self.kept_by.iter().flat_map(|who| {
            let claim = |passage: &Shared| Claim {
                who: who.clone(),
                passage: passage.clone(),
                deletes: false,
            };
            self.now.iter().map(claim)
        });
        let mut out: Vec<Claim> = kept.collect();
        for alternative in self.alternatives.iter().filter(|a| !a.composed) {
            for who in &alternative.who {
                let claim = |passage: &Shared, deletes| Claim {
                    who: who.clone(),
                    passage: passage.clone(),
                    deletes,
                };
                let wanted = alternative.units.iter().filter(|unit| !unit.is_mark());
                out.extend(wanted.map(|unit| claim(unit, false)));
                let gone = stood
                    .iter()
                    .filter(|unit| !alternative.units.contains(unit));
                out.extend(gone.map(|unit| claim(unit, true)));
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::unit::Unit;

    fn choice(now: &str, other: &str) -> Choice {
        let wording = vec![("ana".to_owned(), vec![Unit::sentence(other)])];
        Choice::new(ChoiceKind::Wording, &[Unit::sentence(now)], wording).expect("it differs")
    }

    fn ids(choices: &mut [Choice]) -> Vec<&str> {
        distinguish(choices.iter_mut().collect());
        choices.iter().map(|choice| choice.id.as_str()).collect()
    }

    #[test]
    fn ids_of_one_question_differ() {
        let mut like = choice("We grow.", "We shrink.");
        let alone = choice("We are small.", "We are large.");
        like.id.clone_from(&alone.id);
        let mut choices = [alone.clone(), like, alone.clone()];
        let ids = ids(&mut choices);
        assert_eq!(ids[0], alone.id);
        assert_eq!(ids[1].len(), 16);
        assert_eq!(ids[2], format!("{}-2", alone.id));
    }
}
