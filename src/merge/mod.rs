//! Many drafts merged into one text at once.
//!
//! Every draft is compared only with its own base, which gives a [`wish::Wish`]; a wish made on an old base is carried
//! over to the current text ([`wish::rebase`]); and all wishes are folded as a *set*, so that nothing can depend on the order
//! of reading or on names. Where wishes agree or do not touch, they are carried out. Where they touch, edits of one
//! sentence are composed word by word if they stay apart ([`compose`]); otherwise the place becomes a [`Choice`], which
//! is a value and never a marker in a text: the reading without decisions keeps what stands.
//!
//! This differs from `diff3` (Khanna, Kunal, Pierce 2007), which is neither idempotent nor free of order beyond two
//! sides, and from conflicts as texts with markers.
//!
//! ```
//! use onetext::merge::{Voice, merge};
//! use onetext::prose::Prose;
//! let base = Prose::parse("It was founded by three teachers. Grants are decided twice a year.\n");
//! let ana = Prose::parse("It was founded by four teachers. Grants are decided twice a year.\n");
//! let bo = Prose::parse("It was founded by three teachers. Grants are decided three times a year.\n");
//! let merged = merge(&base, &[Voice::new("ana", &base, &ana), Voice::new("bo", &base, &bo)]);
//! assert_eq!(merged.text(&base), "It was founded by four teachers. Grants are decided three times a year.\n");
//! ```
//!
//! **Invariant:** the laws P1 to P30 of the property tests in `tests/suite/laws/`, each within the bounds told here.
//!
//! P9 and P28 (one after the other is the same as together) hold for edits of words, sentences and whole blocks; not with
//! moves, since a chain of alignments sees less than a merge at once, and not for the order of unlike additions at one
//! place: together they stand in the order of their texts, which a note tells, and otherwise in that of the folds. What
//! different people added may also come to stand side by side because others took out what stood between; its order, too,
//! is then that of the folds. Nor do they hold for the start of a block: what is added to a block that others take out may
//! come to stand in the block before.
//!
//! P17 (support takes nothing back) holds for a draft that writes the whole result where people edited words, as long as
//! each passage keeps half of its words: with fewer, it is seen as another passage in the place of the old one. Where one
//! deletes a sentence, one rewrites the next and one adds a third, who writes all of that in one draft is seen to
//! rewrite a passage of which the others changed parts, and is asked which version it should be.
//!
//! In about one of a hundred thousand random worlds P9 breaks in other ways as well, and asks about what would be merged
//! together. Of two like words side by side it cannot be told which was taken out: ana and chi both make "**w5** old old"
//! "**w5** old", bo rewrites "w5", and of the three the last to come is asked. An addition that reads like what follows it is
//! merged with a note where others take out all that stands around it, and asked about when it was folded before the
//! deletion came: eve adds a sentence before "Must", and chi deletes that whole block.
//!
//! It is not promised that a choice which stays open keeps its kind once one of its partners has been considered: three
//! people rewrite, move and delete one passage, the mover's draft is settled, and the deletion is then opposed by fewer;
//! it is told as a note.

pub mod choice;
pub mod compose;
#[cfg(test)]
mod fixture;
mod fold;
pub mod policy;
pub mod text;
pub mod wish;

use std::collections::{BTreeMap, BTreeSet};

use crate::parallel::{self, distinct};
use crate::prose::Prose;
use crate::prose::unit::Shared;
use crate::prose::write::{adjoining, close, divided, write};

pub use choice::{Alternative, Choice, ChoiceKind, Claim};
pub use policy::{Accept, Policy, Words};
pub use wish::ClaimId;
use wish::{Wish, wish};

/// A name for somebody who wants something; it never influences a text.
pub type Who = String;

/// Some of them.
pub type People = BTreeSet<Who>;

/// One draft and what it was written on.
#[derive(Clone, Debug)]
pub struct Voice<'a> {
    /// Whose draft it is.
    pub who: Who,
    /// The text that it was written on; nothing for a draft that was written on its own.
    pub base: Option<&'a Prose>,
    /// The draft.
    pub draft: &'a Prose,
}

impl<'a> Voice<'a> {
    /// A draft written on a base.
    pub fn new(who: &str, base: &'a Prose, draft: &'a Prose) -> Self {
        Self {
            who: who.to_owned(),
            base: Some(base),
            draft,
        }
    }
}

/// Where a unit of the result comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It stood in the text before.
    Text,
    /// These people wrote it so.
    By(People),
    /// It was composed of these people's changes; nobody wrote it so.
    Composed(People),
}

/// A part of the result.
#[derive(Clone, Debug)]
pub enum Part {
    /// A unit that stands.
    Unit(Shared, Origin),
    /// A place that is to be decided.
    Choice(Choice),
}

/// Something that a reader of the merge should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// What happened.
    pub kind: NoteKind,
    /// The passage concerned.
    pub passage: String,
    /// Who wanted what.
    pub who: People,
}

/// What a [`Note`] tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// A passage was deleted.
    Deleted,
    /// Additions at one place were put in the order of their texts.
    OrderChosen,
    /// A passage was to move to different places, or elsewhere and away; it stays.
    MoveDropped,
    /// The kind of a block is contested; it stays.
    StructureContested,
    /// A change of typography or signs alone was dropped: others changed the passage, or wanted another surface.
    SurfaceDropped,
    /// The last reference to a footnote went; its definition stays.
    Unreferenced,
    /// A passage was to move, which too few want under the policy; it stays.
    MoveProposed,
    /// A block was to be divided, joined or of another kind, which too few want under the policy; it stays.
    StructureProposed,
    /// A passage was added after one that others deleted; it may speak of what is gone.
    ContextGone,
}

/// The result of a merge.
#[derive(Clone, Debug, Default)]
pub struct Merge {
    /// The parts in order.
    pub parts: Vec<Part>,
    /// What a reader should know, sorted.
    pub notes: Vec<Note>,
    /// Whose wishes are not carried out completely.
    pub open: People,
    /// Which units stood side by side in the text before.
    adjoining: BTreeSet<(u64, u64)>,
    /// What was written, where the references of a passage were given labels of their own, by the passage's new identity.
    written: BTreeMap<u64, Shared>,
}

/// What was decided: by choice id, the units that are to stand there.
pub type Answers = BTreeMap<String, Vec<Shared>>;

impl Merge {
    /// The choices in order.
    pub fn choices(&self) -> impl Iterator<Item = &Choice> {
        self.parts.iter().filter_map(|part| match part {
            Part::Choice(choice) => Some(choice),
            Part::Unit(..) => None,
        })
    }

    /// A passage as its writer has it in her draft: labels of footnotes that were told apart are hers.
    pub fn as_written<'a>(&'a self, unit: &'a Shared) -> &'a Shared {
        self.written.get(&unit.id()).unwrap_or(unit)
    }

    /// The units with the answers given; a choice without one keeps what stands.
    pub fn units(&self, answers: &Answers) -> Vec<Shared> {
        let units = self.parts.iter().flat_map(|part| match part {
            Part::Unit(unit, _) => std::slice::from_ref(unit),
            Part::Choice(choice) => answers.get(&choice.id).unwrap_or(&choice.now).as_slice(),
        });
        divided(close(&units.cloned().collect::<Vec<_>>()), &self.adjoining)
    }

    /// The text with nothing decided, in the bytes and style of `current`.
    pub fn text(&self, current: &Prose) -> String {
        self.text_with(&Answers::new(), current)
    }

    /// The text with the answers given, in the bytes and style of `current`.
    pub fn text_with(&self, answers: &Answers, current: &Prose) -> String {
        write(&self.units(answers), current)
    }
}

/// Merges drafts into the current text, where everything that nobody opposes is carried out.
pub fn merge(current: &Prose, voices: &[Voice<'_>]) -> Merge {
    merge_under(&Policy::default(), current, voices)
}

/// Merges drafts into the current text under a policy.
///
/// The result does not depend on the order of the voices, nor on their names, nor on how many processors there are.
/// Time is linear in the number of voices; equal drafts on one base are compared with it once.
pub fn merge_under(policy: &Policy, current: &Prose, voices: &[Voice<'_>]) -> Merge {
    let texts = voices
        .iter()
        .map(|voice| (voice.draft.source(), voice.base.map(Prose::source)));
    let (places, first) = distinct(texts);
    let drafts = fold::footnote::told_apart(current.units(), voices);
    let found = parallel::map(&first, |&at| {
        wanted(
            current.units(),
            voices[at].base.map(Prose::units),
            &drafts[at],
        )
    });
    let wishes: Vec<(Who, Wish)> = voices
        .iter()
        .zip(places)
        .filter(|&(_, at)| !found[at].is_silent())
        .map(|(voice, at)| (voice.who.clone(), found[at].clone()))
        .collect();
    drop(found);
    let mut merged = fold::fold(policy, current.units(), wishes);
    merged.adjoining = adjoining(current);
    merged.written = voices.iter().zip(&drafts).flat_map(relabelled).collect();
    let units = merged.units(&Answers::new());
    let notes = fold::footnote::unreferenced(current.units(), &units, voices);
    merged.notes.extend(notes);
    merged.notes.sort();
    merged
}

/// The passages of a draft that bear other labels than it was written with.
fn relabelled((voice, told_apart): (&Voice<'_>, &Vec<Shared>)) -> Vec<(u64, Shared)> {
    let pairs = told_apart.iter().zip(voice.draft.units());
    let other = pairs.filter(|(own, written)| !written.is_mark() && own.id() != written.id());
    other
        .map(|(own, written)| (own.id(), written.clone()))
        .collect()
}

/// What a draft wants of the current text; without a base, it was written on its own.
fn wanted(current: &[Shared], base: Option<&[Shared]>, draft: &[Shared]) -> Wish {
    match base {
        None => wish::base::independent(current, draft),
        Some(base) if base == current => {
            let mut wish = wish(base, draft);
            let stands = |at: usize| base[at].looks_like(&current[at]);
            wish.surface.retain(|&at, _| stands(at));
            wish
        }
        // A draft on an older text that reads as the current one wants nothing more.
        _ if draft == current => Wish::silent(current.len()),
        Some(base) => wish::rebase::rebase(base, current, &wish(base, draft)),
    }
}
