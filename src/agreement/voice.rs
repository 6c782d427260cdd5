//! Where each member stands on the words of one answer, on one day.
//!
//! **Invariant:** there is one voice for each member of the day, in the order of the roster, whoever spoke for it and
//! whether it spoke or not.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Case;
use super::substance::{Touched, touched};
use crate::narrative::id::{BlobId, MemberId};
use crate::narrative::position::{Position, Stand};
use crate::narrative::roster::{Credit, Member};
use crate::prose::Prose;

/// Where one member stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Voice {
    /// The member.
    pub member: MemberId,
    /// Its name, as the roster has it.
    pub name: String,
    /// How releases name it.
    pub credit: Credit,
    /// What it said, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// What that counts for.
    pub counts: Lot,
}

/// What a member's position counts for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lot {
    /// It was given on the words that stand.
    As(Stand),
    /// Passages have changed in substance since: the member is to be asked again.
    Stale(Vec<Touched>),
    /// It cannot count.
    Void(Void),
    /// The member has not answered, which is neither yes nor no.
    Silent,
}

/// Why a position cannot count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Void {
    /// Who spoke was no delegate of the member on that day.
    NoDelegate,
    /// It is of a day that has not come.
    Future,
    /// The text that it was given on cannot be read any more.
    TextUnknown,
    /// It is an objection without a reason.
    NoReason,
}

impl Void {
    /// Why, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoDelegate => "who spoke was no delegate of the member on that day",
            Self::Future => "its day has not come",
            Self::TextUnknown => "the text that it was given on is not in this repository",
            Self::NoReason => "an objection needs a reason",
        }
    }
}

impl Voice {
    /// The name in releases; one that is not named is called so.
    pub fn public_name(&self) -> &str {
        match self.credit {
            Credit::Named => &self.name,
            Credit::Unnamed => "A member co-op that is not named",
        }
    }

    /// Where the member stands on the words as they are.
    pub fn stands(&self) -> Option<Stand> {
        match self.counts {
            Lot::As(stand) => Some(stand),
            _ => None,
        }
    }

    /// Whether the member has not answered.
    pub fn is_silent(&self) -> bool {
        self.counts == Lot::Silent
    }

    /// Whether the member spoke and is to be asked again.
    pub fn is_asked_again(&self) -> bool {
        matches!(self.counts, Lot::Stale(_) | Lot::Void(_))
    }
}

/// Finds where each member of the day stands.
pub(super) fn voices(case: &Case<'_>) -> Vec<Voice> {
    let mut since = Since::new(case);
    let members = case.roster.members_on(case.on);
    members
        .map(|member| voice(member, case, &mut since))
        .collect()
}

fn voice(member: &Member, case: &Case<'_>, since: &mut Since<'_>) -> Voice {
    let position = case.question.positions.get(&member.id);
    // A file that speaks for somebody else is nobody's position.
    let position = position.filter(|position| position.member == member.id);
    Voice {
        member: member.id.clone(),
        name: member.name.clone(),
        credit: member.credit,
        counts: position.map_or(Lot::Silent, |position| lot(position, case, since)),
        position: position.cloned(),
    }
}

fn lot(position: &Position, case: &Case<'_>, since: &mut Since<'_>) -> Lot {
    let speakers = case.roster.speakers(&position.member, position.on);
    let objects = position.position == Stand::Object;
    match since.touched(&position.text) {
        _ if position.on > case.on => Lot::Void(Void::Future),
        _ if !speakers.contains(&&position.spoke) => Lot::Void(Void::NoDelegate),
        _ if objects && position.stated_reason().is_none() => Lot::Void(Void::NoReason),
        None => Lot::Void(Void::TextUnknown),
        Some([]) => Lot::As(position.position),
        Some(touched) => Lot::Stale(touched.to_vec()),
    }
}

/// What has changed since older texts, each compared once.
pub(super) struct Since<'a> {
    case: &'a Case<'a>,
    known: BTreeMap<BlobId, Option<Vec<Touched>>>,
}

impl<'a> Since<'a> {
    pub(super) fn new(case: &'a Case<'a>) -> Self {
        Self {
            case,
            known: BTreeMap::new(),
        }
    }

    /// The passages that differ in substance from an older text; nothing if that text is not known.
    pub(super) fn touched(&mut self, text: &BlobId) -> Option<&[Touched]> {
        let case = self.case;
        let found = self.known.entry(text.clone()).or_insert_with(|| {
            let agreed = case.question.agreed.as_ref()?;
            if agreed.blob == *text {
                return Some(Vec::new());
            }
            let before = Prose::parse(case.texts.get(text)?);
            Some(touched(&before, &Prose::parse(&agreed.text)))
        });
        found.as_deref()
    }

    /// Whether a text reads as the one that stands.
    pub(super) fn is_current(&mut self, text: &BlobId) -> bool {
        self.touched(text).is_some_and(<[Touched]>::is_empty)
    }
}
