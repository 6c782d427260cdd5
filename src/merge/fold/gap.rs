//! What is added between two units.
//!
//! Equal runs count once; runs that share an equal or like sentence are a choice; unrelated runs are all kept, in the
//! order of their texts, sentences that belong to the paragraph above before new blocks, and bare marks last. Items that
//! fit into a sorted list at this place stand in its order, which needs no note.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::prose::token::sort_key;
use crate::prose::unit::{Mark, Shared};

use super::Fold;
use super::motion::key;
use super::region::people;
use super::run::{Run, components, is_item, parts};
use crate::merge::choice::{Choice, ChoiceKind, spelled};
use crate::merge::wish::{Intent, Item, Wish};
use crate::merge::{NoteKind, Origin, People, Who};

/// How many items a list must have for its order to be seen.
const SORTED: usize = 3;

impl Fold<'_> {
    /// Everything that is added before a unit.
    pub(in crate::merge) fn gap(&mut self, gap: usize) {
        let mut runs = self.inserted(gap);
        runs.extend(self.late(gap));
        self.runs(gap, runs);
    }

    /// The late proposals for a place inside a rewritten passage, whose additions are part of its versions.
    pub(in crate::merge) fn late_gap(&mut self, gap: usize) {
        let runs = self.late(gap);
        self.runs(gap, runs);
    }

    fn runs(&mut self, gap: usize, mut runs: Vec<Run>) {
        runs.sort_by_cached_key(|run| (run.order(), key(&run.items)));
        let (single, contested): (Vec<_>, Vec<_>) = components(runs)
            .into_iter()
            .partition(|component| matches!(component.as_slice(), [only] if self.is_clean(only)));
        let mut clean: Vec<Run> = single.into_iter().flatten().collect();
        if clean.len() > 1 {
            clean = self.sorted(gap, &clean).unwrap_or_else(|| {
                self.note_order(&clean);
                parts(clean)
            });
            clean.sort_by_key(Run::is_bare);
        }
        if clean.iter().any(Run::follows) {
            let deleters = self.deleters_before(gap);
            clean
                .iter()
                .for_each(|run| self.context(gap, run, &deleters));
        }
        let (heads, blocks): (Vec<_>, Vec<_>) = clean
            .into_iter()
            .partition(|run| run.items[0].unit.is_sentence());
        heads.iter().for_each(|run| self.emit(run));
        contested
            .iter()
            .for_each(|component| self.contest(gap, component));
        let mut last = None;
        for run in blocks.iter().filter(|run| {
            !run.is_bare() || last.replace(run.items[0].unit.id()) != Some(run.items[0].unit.id())
        }) {
            self.emit(run);
        }
    }

    /// The order of footnotes means nothing.
    fn note_order(&mut self, runs: &[Run]) {
        let footnote = |run: &Run| matches!(run.items[0].unit.as_mark(), Some(Mark::Footnote(_)));
        if !runs.iter().all(footnote) {
            self.note(NoteKind::OrderChosen, runs[0].text(), people(runs));
        }
    }

    fn emit(&mut self, run: &Run) {
        for item in &run.items {
            match item.from {
                Some(from) => self.unit(from),
                None => self.put(item.unit.clone(), Origin::By(run.who.clone())),
            }
        }
    }

    /// Whether a run that nobody opposes is added; what moved was settled before.
    fn is_clean(&self, run: &Run) -> bool {
        !run.late && (!run.is_fresh() || self.policy.accepts(&run.who))
    }

    /// New items of a sorted list in its order, if all of them belong at this place; nothing if not.
    fn sorted(&self, gap: usize, runs: &[Run]) -> Option<Vec<Run>> {
        let entries: Option<Vec<Vec<Run>>> = runs.iter().map(Run::entries).collect();
        let mut entries = entries?.concat();
        entries.sort_by_cached_key(|run| sort_key(&run.text()));
        let in_list = |unit: &&Shared| unit.is_sentence() || is_item(unit);
        let (before, after) = self.units.split_at(gap);
        let start = gap - before.iter().rev().take_while(in_list).count();
        let end = gap + after.iter().take_while(in_list).count();
        let list = |range: Range<usize>| -> Vec<String> {
            let starts = self.units[range]
                .windows(2)
                .filter(|pair| is_item(&pair[0]));
            starts.map(|pair| sort_key(pair[1].text())).collect()
        };
        let (mut all, rest) = (list(start..gap), list(gap..end));
        let seen = all.len() + rest.len() >= SORTED;
        all.extend(entries.iter().map(|run| sort_key(&run.text())));
        all.extend(rest);
        (seen && all.is_sorted()).then_some(entries)
    }

    /// Tells if what an addition follows was deleted by others, now or since it was written.
    fn context(&mut self, gap: usize, run: &Run, deleters: &People) {
        let is_orphan = |who: &Who| {
            self.wish(who)
                .is_some_and(|wish| wish.orphaned.contains(&gap))
        };
        let is_gone = !deleters.is_empty() && deleters.is_disjoint(&run.who);
        if run.follows() && (is_gone || run.who.iter().any(is_orphan)) {
            self.note(NoteKind::ContextGone, run.text(), run.who.clone());
        }
    }

    /// Who deletes the sentence before a gap, if it goes.
    fn deleters_before(&self, gap: usize) -> People {
        let Some(left) = (0..gap).rev().find(|&at| !self.units[at].is_mark()) else {
            return People::new();
        };
        let mut deleters = People::new();
        for (who, wish) in &self.wishes {
            match wish.intents[left] {
                Intent::Edit(_) | Intent::Move(_) => return People::new(),
                Intent::Delete => drop(deleters.insert(who.clone())),
                _ => {}
            }
        }
        if self.policy.accepts(&deleters) {
            deleters
        } else {
            People::new()
        }
    }

    /// What somebody wishes.
    fn wish(&self, who: &Who) -> Option<&Wish> {
        let found = self.wishes.binary_search_by(|(name, _)| name.cmp(who));
        found.ok().map(|at| &self.wishes[at].1)
    }

    fn contest(&mut self, gap: usize, component: &[Run]) {
        if let [only] = component
            && only.is_bare()
            && !only.late
        {
            let next = self
                .units
                .get(gap)
                .map_or("", |unit| unit.text())
                .to_owned();
            return self.note(NoteKind::StructureProposed, next, only.who.clone());
        }
        let late = component.iter().any(|run| run.late);
        let kind = if late {
            ChoiceKind::Late
        } else if component.len() == 1 {
            ChoiceKind::Proposal
        } else {
            ChoiceKind::Addition
        };
        let wordings: Vec<(Who, Vec<Shared>)> = component
            .iter()
            .flat_map(|run| run.who.iter().map(|who| (who.clone(), run.units())))
            .collect();
        let was = component
            .iter()
            .map(|run| &run.was)
            .min_by_key(|was| (was.is_empty(), spelled(was)));
        let was = was.cloned().unwrap_or_default();
        self.choose(Choice::new(kind, &[], wordings).map(|choice| choice.with_was(was)));
    }

    fn inserted(&self, gap: usize) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut known = BTreeMap::new();
        for (who, wish) in &self.wishes {
            let Some(items) = wish.inserted.get(&gap) else {
                continue;
            };
            let at = *known.entry(key(items)).or_insert(runs.len());
            match runs.get_mut(at) {
                Some(run) => {
                    run.who.insert(who.clone());
                    let fresh = Run {
                        items: items.clone(),
                        ..run.clone()
                    };
                    if fresh.text() < run.text() {
                        run.items = fresh.items;
                    }
                }
                None => runs.push(Run {
                    items: items.clone(),
                    was: Vec::new(),
                    late: false,
                    who: People::from([who.clone()]),
                }),
            }
        }
        runs
    }

    fn late(&self, gap: usize) -> Vec<Run> {
        let here = |(who, wish): &(Who, Wish)| {
            let late = wish.late.iter().filter(|late| late.range == (gap..gap));
            late.map(|late| Run {
                items: late
                    .proposed
                    .iter()
                    .map(|unit| Item {
                        unit: unit.clone(),
                        from: None,
                    })
                    .collect(),
                was: late.was.clone(),
                late: true,
                who: People::from([who.clone()]),
            })
            .collect::<Vec<_>>()
        };
        self.wishes
            .iter()
            .flat_map(here)
            .filter(|run| !run.items.is_empty())
            .collect()
    }
}
