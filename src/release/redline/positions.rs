//! Members whose position on an answer is another than before.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::narrative::Narrative;
use crate::narrative::id::MemberId;
use crate::narrative::position::Stand;
use crate::narrative::question::Question;

/// A member that stands elsewhere now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PositionChange {
    /// The member's name; nothing if it does not wish to be named.
    pub member: Option<String>,
    /// Where it stood; nothing if it had not answered.
    pub was: Option<Stand>,
    /// Where it stands; nothing if it took its answer back.
    pub now: Option<Stand>,
}

impl PositionChange {
    /// The change as a sentence.
    pub fn told(&self) -> String {
        let who = self.member.as_deref().unwrap_or("A member");
        let does = |stand: Option<Stand>| stand.map_or("is silent", Stand::does);
        let before = match self.was {
            Some(_) => format!(" instead of what it said before ({})", does(self.was)),
            None => String::new(),
        };
        format!("{who} {} now{before}.", does(self.now))
    }
}

/// Compares the positions on one question in two versions of a narrative.
pub fn positions(
    (old, was): (&Narrative, Option<&Question>),
    (new, is): (&Narrative, Option<&Question>),
) -> Vec<PositionChange> {
    let ids = |question: Option<&Question>| -> BTreeSet<MemberId> {
        question.map_or_else(BTreeSet::new, |one| one.positions.keys().cloned().collect())
    };
    let stand = |question: Option<&Question>, id: &MemberId| {
        question?
            .positions
            .get(id)
            .map(|position| position.position)
    };
    let all: BTreeSet<MemberId> = ids(was).union(&ids(is)).cloned().collect();
    let change = |id: &MemberId| {
        let member = new.roster.member(id).or_else(|| old.roster.member(id));
        PositionChange {
            member: member.and_then(|member| member.public_name().map(str::to_owned)),
            was: stand(was, id),
            now: stand(is, id),
        }
    };
    let changes = all.iter().map(change);
    changes.filter(|change| change.was != change.now).collect()
}
