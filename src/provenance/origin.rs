//! Whose words each passage of an agreed text is.
//!
//! Three things are told apart: who worded a passage first, in whose drafts it stands besides, and (elsewhere) who agreed
//! to it. [`walk`](super::walk) finds them.
//!
//! **Invariant:** whoever is told to have worded a passage first had it in a draft of the fold that is told with it.

use std::collections::{BTreeMap, BTreeSet};

use crate::narrative::id::{BlobId, ContributorId};
use crate::narrative::record::Fold;
use crate::narrative::time::Moment;
use crate::prose::unit::{Shared, Unit};

/// Some contributors, by name.
pub type Writers = BTreeSet<ContributorId>;

/// Whose words a passage is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// These contributors wrote it so before anybody else did, each in a draft of the same fold.
    By(Writers),
    /// It was composed of these contributors' changes; nobody wrote it so.
    Composed(Writers),
    /// It is the facilitator's wording, by a decision on the record.
    Facilitator(String),
    /// It was put there by hand, by whoever committed it; nobody is known if it is not committed.
    Hand(Option<String>),
    /// The repository no longer has the texts that would tell.
    Unknown,
}

/// When something came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The fold; nothing for an edit by hand.
    pub fold: Option<u32>,
    /// The moment; nothing for what is not committed.
    pub at: Option<Moment>,
}

impl When {
    /// When a fold was made.
    pub fn of(fold: &Fold) -> Self {
        Self {
            fold: Some(fold.number),
            at: Some(fold.at),
        }
    }
}

/// Where a passage comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Whose words it is.
    pub words: Words,
    /// When it was worded so.
    pub worded: When,
    /// Since when it stands without a break.
    pub since: When,
    /// Whether it had stood before and came back.
    pub returned: Returned,
    /// Who worded what stood in its place before, as far as they did not word this.
    pub earlier: Writers,
}

/// Whether a passage had stood before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returned {
    /// It stands for the first time.
    No,
    /// It was gone for a while.
    Yes,
}

/// A version of the agreed text in git's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its bytes.
    pub blob: BlobId,
    /// Who committed it.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// Everything that is known about the passages of a question.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    pub(super) stands: BTreeMap<u64, Origin>,
    pub(super) gone: BTreeMap<u64, Gone>,
    pub(super) said: BTreeMap<u64, Vec<(When, ContributorId)>>,
    pub(super) spoken: Vec<(ContributorId, Shared)>,
    pub(super) confirmed: Vec<(String, ContributorId)>,
}

/// A passage that stood once.
#[derive(Clone, Debug)]
pub struct Gone {
    /// Where it came from.
    pub origin: Origin,
    /// When it went.
    pub until: When,
}

impl Origins {
    /// Where a passage comes from that stands in the agreed text.
    pub fn of(&self, passage: &Unit) -> Option<&Origin> {
        self.stands.get(&passage.id())
    }

    /// A passage that stood once and does not stand now.
    pub fn gone(&self, passage: &Unit) -> Option<&Gone> {
        self.gone.get(&passage.id())
    }

    /// Whether a contributor wrote a passage in a draft that lay on the table, and did not find it there.
    pub fn says(&self, who: &ContributorId, passage: &Unit) -> bool {
        let said = self.said.get(&passage.id());
        said.is_some_and(|said| said.iter().any(|(_, other)| other == who))
    }

    /// Everything that a contributor ever said in a draft that lay on the table, in that order.
    pub fn said_by<'a>(&'a self, who: &'a ContributorId) -> impl Iterator<Item = &'a Shared> {
        let own = self.spoken.iter().filter(move |(other, _)| other == who);
        own.map(|(_, passage)| passage)
    }

    /// Who says what a passage says in other words, as the facilitator confirmed.
    pub fn in_other_words(&self, passage: &Unit) -> Writers {
        let is_it = |text: &String| {
            text == passage.text() || Unit::sentence(text.clone()).id() == passage.id()
        };
        let confirmed = self.confirmed.iter().filter(|(text, _)| is_it(text));
        let people = confirmed.map(|(_, who)| who);
        people
            .filter(|who| !self.says(who, passage))
            .cloned()
            .collect()
    }

    /// In whose drafts a passage stands besides those who worded it first.
    pub fn also(&self, passage: &Unit) -> Writers {
        let first = self.of(passage).map(|origin| origin.words.writers());
        let said = self.said.get(&passage.id()).into_iter().flatten();
        let mut all: Writers = said.map(|(_, who)| who.clone()).collect();
        if let Some(Words::By(_)) = self.of(passage).map(|origin| &origin.words) {
            all.retain(|who| !first.as_ref().is_some_and(|first| first.contains(who)));
        }
        all
    }
}

impl Words {
    /// The contributors whose words it is, wholly or in parts.
    pub fn writers(&self) -> Writers {
        match self {
            Self::By(who) | Self::Composed(who) => who.clone(),
            Self::Facilitator(_) | Self::Hand(_) | Self::Unknown => Writers::new(),
        }
    }
}
