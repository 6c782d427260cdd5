//! The walk that finds whose words stand: through every version of an agreed text, from the first on.
//!
//! It goes through every fold of the record, those that were taken back included, and through what was changed by hand
//! between them. A passage that stays equal inherits its origin. One that comes back after it was gone comes back with its
//! old origin. One that is new was worded by whoever had it first in a draft that lay on the table; or else it is the
//! facilitator's, by a decision; or it was composed of several drafts; or somebody put it there by hand. Text that came
//! with the agreed text is nobody's new wording: a draft says a passage only if what it was written on does not.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::align::{LIKE, align};
use crate::narrative::id::{BlobId, ContributorId};
use crate::narrative::question::Question;
use crate::narrative::record::{Considered, Decision, Fold, Verdict};
use crate::prose::Prose;
use crate::prose::unit::Shared;

use super::origin::{Gone, Origin, Origins, Returned, Version, When, Words, Writers};
use super::table::Texts;

/// The old texts that [`origins`] needs for a question.
pub fn needs(question: &Question) -> BTreeSet<BlobId> {
    let each = |fold: &Fold| {
        let drafts = fold
            .drafts
            .iter()
            .flat_map(|draft| draft.base.iter().chain([&draft.blob]));
        let agreed = fold.before.iter().chain(&fold.after);
        agreed.chain(drafts).cloned().collect::<Vec<_>>()
    };
    question.record.folds.iter().flat_map(each).collect()
}

/// Walks the versions of a question's agreed text; those in git's history are given from the oldest on.
pub fn origins(question: &Question, texts: &Texts, versions: &[Version]) -> Origins {
    let mut walk = Walk {
        texts,
        versions,
        at: 0,
        found: Origins::default(),
        memory: Memory::Whole,
        blob: None,
        units: Vec::new(),
        heard: BTreeSet::new(),
    };
    for fold in &question.record.folds {
        walk.by_hand(fold.before.as_ref(), None);
        fold.drafts.iter().for_each(|draft| walk.hear(draft, fold));
        let text = fold.after.as_ref().and_then(|blob| texts.get(blob));
        walk.advance(
            fold.after.as_ref(),
            text.map(String::as_str),
            Step::Fold(fold),
        );
    }
    let agreed = question.agreed.as_ref();
    walk.by_hand(
        agreed.map(|text| &text.blob),
        agreed.map(|text| &*text.text),
    );
    walk.found.confirmed = confirmed(question);
    walk.found
}

/// The passages that are said to say what somebody wrote in other words; what was taken back says nothing.
fn confirmed(question: &Question) -> Vec<(String, ContributorId)> {
    let folds = question.record.effective_folds().into_iter();
    let fates = folds.flat_map(|fold| &fold.fates);
    let said = fates.filter_map(|fate| Some((fate.said_by.clone()?, fate.contributor.clone())));
    said.collect()
}

/// How one version became the next.
#[derive(Clone, Copy)]
enum Step<'a> {
    Fold(&'a Fold),
    Hand(Option<&'a Version>),
}

impl Step<'_> {
    fn when(self) -> When {
        match self {
            Step::Fold(fold) => When::of(fold),
            Step::Hand(version) => When {
                fold: None,
                at: version.map(|version| version.at),
            },
        }
    }
}

/// Whether the repository still had every text on the way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Memory {
    Whole,
    /// What has no known writer may have had one.
    Gaps,
}

/// A walk through the versions, at one of them.
struct Walk<'a> {
    texts: &'a Texts,
    versions: &'a [Version],
    /// The first of them that is not walked yet.
    at: usize,
    found: Origins,
    memory: Memory,
    blob: Option<BlobId>,
    units: Vec<Shared>,
    /// The drafts that were heard: one that lies on the table again unchanged says nothing new.
    heard: BTreeSet<(ContributorId, BlobId)>,
}

impl Walk<'_> {
    /// Goes to a version that no fold made, through those that were committed on the way.
    fn by_hand(&mut self, to: Option<&BlobId>, text: Option<&str>) {
        if self.blob.as_ref() == to {
            return;
        }
        let versions = self.versions;
        let end = self.next(to);
        // A text that is in no commit comes after all that are.
        let on_the_way = match to {
            Some(_) => &versions[self.at..end.unwrap_or(versions.len())],
            None => &[],
        };
        for version in on_the_way {
            if let Some(text) = self.texts.get(&version.blob) {
                self.advance(Some(&version.blob), Some(text), Step::Hand(Some(version)));
            }
        }
        let text = text.or_else(|| to.and_then(|blob| self.texts.get(blob)).map(String::as_str));
        self.advance(to, text, Step::Hand(end.map(|end| &versions[end])));
    }

    /// The place of a text among the versions that are not walked yet.
    fn next(&self, blob: Option<&BlobId>) -> Option<usize> {
        let mut ahead = self.versions[self.at..].iter();
        let found = ahead.position(|version| Some(&version.blob) == blob)?;
        Some(self.at + found)
    }

    /// Notes what a draft says of its own; what it was written on says the rest.
    fn hear(&mut self, draft: &Considered, fold: &Fold) {
        let Some(own) = self.texts.get(&draft.blob).map(|text| Prose::parse(text)) else {
            return;
        };
        if !self
            .heard
            .insert((draft.contributor.clone(), draft.blob.clone()))
        {
            return;
        }
        let base = draft.base.as_ref().and_then(|blob| self.texts.get(blob));
        let base = base.map(|text| Prose::parse(text));
        let who = &draft.contributor;
        // Without a base on the record it is her first draft, or one that goes on from her last.
        let goes_on = self.found.said_by(who).next().is_some();
        for passage in own.passages() {
            let id = passage.id();
            let inherited = match &base {
                Some(base) => base.passages().any(|known| known.id() == id),
                None => goes_on && self.found.stands.contains_key(&id),
            };
            if !inherited && !self.found.says(who, passage) {
                let said = self.found.said.entry(id).or_default();
                said.push((When::of(fold), who.clone()));
                self.found.spoken.push((who.clone(), passage.clone()));
            }
        }
    }

    /// Goes to the next version; a text that the repository no longer has is passed over.
    fn advance(&mut self, to: Option<&BlobId>, text: Option<&str>, step: Step<'_>) {
        if to.is_some() && text.is_none() {
            self.memory = Memory::Gaps;
            return;
        }
        let units = Prose::parse(text.unwrap_or_default()).units().to_vec();
        let new = |unit: &&Shared| !unit.is_mark() && self.found.of(unit).is_none();
        let rewords = if units.iter().any(|unit| new(&unit)) {
            self.reworded(&units)
        } else {
            BTreeMap::new()
        };
        let mut stands = BTreeMap::new();
        for (at, unit) in units.iter().enumerate().filter(|(_, unit)| !unit.is_mark()) {
            let origin = match self.found.stands.get(&unit.id()) {
                Some(origin) => origin.clone(),
                None => self.entered(unit, rewords.get(&at).copied(), step),
            };
            stands.entry(unit.id()).or_insert(origin);
        }
        for (id, origin) in std::mem::take(&mut self.found.stands) {
            if !stands.contains_key(&id) {
                let until = step.when();
                self.found.gone.insert(id, Gone { origin, until });
            }
        }
        self.found.gone.retain(|id, _| !stands.contains_key(id));
        self.found.stands = stands;
        self.units = units;
        if self.blob.as_ref() != to {
            self.at = self.next(to).map_or(self.at, |at| at + 1);
            self.blob = to.cloned();
        }
    }

    /// The origin of a passage that did not stand in the version before.
    fn entered(&self, unit: &Shared, before: Option<&Origin>, step: Step<'_>) -> Origin {
        if let Some(gone) = self.found.gone.get(&unit.id()) {
            return Origin {
                since: step.when(),
                returned: Returned::Yes,
                ..gone.origin.clone()
            };
        }
        let (words, worded) = self.words(unit, step);
        let mut earlier = before.map_or_else(Writers::new, |before| {
            let mut people = before.words.writers();
            people.extend(before.earlier.iter().cloned());
            people
        });
        if let Step::Fold(fold) = step {
            earlier.extend(rivals(unit, fold));
        }
        earlier.retain(|who| !words.writers().contains(who));
        Origin {
            words,
            worded,
            since: step.when(),
            returned: Returned::No,
            earlier,
        }
    }

    fn words(&self, unit: &Shared, step: Step<'_>) -> (Words, When) {
        let said = self.found.said.get(&unit.id());
        if let Some(said) = said.or_else(|| self.under_another_label(unit)) {
            let first = said[0].0;
            let people = said.iter().filter(|(when, _)| *when == first);
            return (
                Words::By(people.map(|(_, who)| who.clone()).collect()),
                first,
            );
        }
        let words = match step {
            Step::Fold(fold) if fold.decisions.iter().any(|decision| is_own(unit, decision)) => {
                Words::Facilitator(fold.by.clone())
            }
            _ if self.memory == Memory::Gaps => Words::Unknown,
            Step::Hand(version) => Words::Hand(version.map(|version| version.by.clone())),
            Step::Fold(fold) => {
                let drafts = fold.drafts.iter();
                let people = drafts.filter(|draft| self.is_part(draft, unit));
                let people: Writers = people.map(|draft| draft.contributor.clone()).collect();
                if people.is_empty() {
                    Words::Unknown
                } else {
                    Words::Composed(people)
                }
            }
        };
        (words, step.when())
    }

    /// Who said a passage whose footnotes were given labels of their own when it was taken in.
    fn under_another_label(&self, unit: &Shared) -> Option<&Vec<(When, ContributorId)>> {
        let bare = unlabelled(unit.text())?;
        let mut spoken = self.found.spoken.iter();
        let said = spoken.find(|(_, passage)| unlabelled(passage.text()).as_ref() == Some(&bare));
        self.found.said.get(&said?.1.id())
    }

    /// Whether a draft has a wording like a passage, which does not stand and which is its writer's own.
    fn is_part(&self, draft: &Considered, unit: &Shared) -> bool {
        let Some(text) = self.texts.get(&draft.blob) else {
            return false;
        };
        Prose::parse(text).passages().any(|own| {
            own.is_like(unit, LIKE)
                && !self.found.stands.contains_key(&own.id())
                && self.found.says(&draft.contributor, own)
        })
    }

    /// The origins of what stood in the place of reworded passages, by their places in the next version.
    fn reworded(&self, units: &[Shared]) -> BTreeMap<usize, &Origin> {
        let pairs = align(&self.units, units).into_iter();
        let gone = pairs.filter(|&(old, _)| !units.contains(&self.units[old]));
        gone.filter_map(|(old, new)| Some((new, self.found.of(&self.units[old])?)))
            .collect()
    }
}

/// A passage without the labels of its footnotes, if it refers to any.
fn unlabelled(text: &str) -> Option<String> {
    let (first, rest) = text.split_once("[^")?;
    let rest = rest
        .split("[^")
        .map(|part| part.split_once(']').map_or(part, |(_, rest)| rest));
    Some(
        std::iter::once(first)
            .chain(rest)
            .collect::<Vec<_>>()
            .join("[^]"),
    )
}

/// Whether the facilitator worded a passage by a decision of a fold.
fn is_own(unit: &Shared, decision: &Decision) -> bool {
    let says = |text: &String| {
        let mut parts = crate::collate::plan::own(text).into_iter();
        text == unit.text() || parts.any(|part| part.text() == unit.text())
    };
    decision.verdict == Verdict::Own && decision.text.iter().any(says)
}

/// Whose wordings the facilitator's own took the place of.
fn rivals(unit: &Shared, fold: &Fold) -> Writers {
    let decided = fold.decisions.iter().filter(|d| is_own(unit, d));
    let choices: Vec<&str> = decided.map(|decision| &*decision.choice).collect();
    let fates = fold.fates.iter().filter(|fate| {
        let choice = fate.choice.as_deref();
        !fate.deletes && choice.is_some_and(|choice| choices.contains(&choice))
    });
    fates.map(|fate| fate.contributor.clone()).collect()
}
