//! Who may change what: one's own files, and nothing else.

use super::judge::{Case, Ground, Standing};
use super::{Change, Entry, Owner, Proposal};
use crate::narrative::finding::Finding;
use crate::narrative::id::{ContributorId, QuestionId};
use crate::narrative::read::place::{Part, Place};

/// Finds why a change is not the author's to make; of somebody unknown, why it would be nobody's but a facilitator's.
pub fn lacking(case: &Case<'_>, proposal: &Proposal, ground: &Ground<'_>) -> Option<Finding> {
    if case.standing == Standing::Facilitator {
        return None;
    }
    let Some(piece) = &case.piece else {
        return Some(facilitators(case, ground));
    };
    if !ground.has_question(&piece.question) {
        let message = format!("there is no question `{}`", piece.question);
        let finding = Finding::error("proposal-path", &case.shown, message);
        return Some(finding.mend("only a facilitator adds a question; see `onetext status`"));
    }
    let Standing::Contributor(author) = case.standing else {
        return None;
    };
    let who = Who {
        author,
        proposal,
        ground,
    };
    match &piece.part {
        Part::Draft(owner) if owner == author => None,
        Part::Position(member) => {
            let spoken = ground.narrative.roster.spoken_for(author, ground.today);
            (!spoken.contains(&member)).then(|| who.others(case))
        }
        Part::Agreed => who.agreed(case, &piece.question),
        _ => Some(who.others(case)),
    }
}

/// What is to be said of a change that is the author's to make.
pub fn told(case: &Case<'_>, ground: &Ground<'_>) -> Option<Finding> {
    let Standing::Contributor(author) = case.standing else {
        return None;
    };
    let piece = case.piece.as_ref()?;
    let shown = &case.shown;
    match (&piece.part, &case.change.after) {
        (Part::Agreed, _) => {
            let message =
                format!("the agreed text is edited: it is taken as the draft of `{author}`");
            let own = own_draft(ground, &piece.question, author);
            let finding = Finding::warning("proposal-agreed", shown, message);
            Some(finding.mend(format!("next time write into `{own}`")))
        }
        (Part::Draft(_), None) => {
            let message = format!("the draft of `{author}` goes; its words stay in the history");
            Some(removal(shown, message))
        }
        (Part::Position(member), None) => {
            let message = format!("the position of `{member}` goes; it stays in the history");
            Some(removal(shown, message))
        }
        _ => None,
    }
}

fn removal(shown: &str, message: String) -> Finding {
    let finding = Finding::warning("proposal-removal", shown, message);
    finding.mend("put the file back if it was not meant to go")
}

/// The finding of a file that only facilitators change.
fn facilitators(case: &Case<'_>, ground: &Ground<'_>) -> Finding {
    let text = case.change.path.text();
    let within = text
        .as_deref()
        .and_then(|path| path.strip_prefix(ground.folder))
        .map(Place::of);
    let (message, mend) = match within {
        Some(Place::Leftover) => (
            "an editor or a file manager has left the file behind".to_owned(),
            "take it out of the proposal",
        ),
        Some(Place::Unknown(why)) => (
            format!("the file has no place here: {why}"),
            "a draft is `drafts/` and the contributor's id and `.md`, in the folder of its question",
        ),
        _ => (
            format!("the file belongs to {}", Owner::Facilitators),
            "take it out of the proposal, or ask a facilitator to change it",
        ),
    };
    Finding::error("proposal-path", &case.shown, message).mend(mend)
}

/// A contributor with what she proposes.
struct Who<'a> {
    author: &'a ContributorId,
    proposal: &'a Proposal,
    ground: &'a Ground<'a>,
}

impl Who<'_> {
    fn others(&self, case: &Case<'_>) -> Finding {
        let Self { author, .. } = self;
        let moved = moved_to(case.change, self.proposal);
        let moved = moved.map_or_else(String::new, |to| format!("; it is moved to `{}`", to.path));
        let message = format!(
            "the file belongs to {}, and the proposal is by `{author}`{moved}",
            case.owner
        );
        let mend = match &case.owner {
            Owner::Member(member) => {
                format!("let who speaks for `{member}` propose it; see `onetext roster`")
            }
            _ => {
                format!("take it out of the proposal: `{author}` writes `drafts/{author}.md` alone")
            }
        };
        Finding::error("proposal-path", &case.shown, message).mend(mend)
    }

    /// Why the edit of an agreed text cannot be taken as a draft.
    fn agreed(&self, case: &Case<'_>, question: &QuestionId) -> Option<Finding> {
        let error = |message: String| Finding::error("proposal-agreed", &case.shown, message);
        let own = own_draft(self.ground, question, self.author);
        if case.change.after.is_none() {
            let message = "the agreed text is not one contributor's to take away".to_owned();
            return Some(error(message).mend("put it back; say in a draft what should go"));
        }
        let mut paths = self.proposal.changes.iter().map(|change| &change.path);
        let both = paths.any(|path| path.text().as_deref() == Some(&own));
        let message = format!(
            "the agreed text is edited, and so is the draft of `{}`",
            self.author
        );
        both.then(|| error(message).mend(format!("put all the words into `{own}`")))
    }
}

fn own_draft(ground: &Ground<'_>, question: &QuestionId, author: &ContributorId) -> String {
    format!("{}{question}/drafts/{author}.md", ground.folder)
}

/// Where a file went that is no longer where it was: where the same bytes turn up.
fn moved_to<'a>(change: &Change, proposal: &'a Proposal) -> Option<&'a Change> {
    let before = change.before.as_ref().filter(|_| change.after.is_none())?;
    let has = |entry: &Option<Entry>| entry.as_ref().is_some_and(|entry| entry.id == before.id);
    let mut others = proposal.changes.iter();
    others.find(|other| has(&other.after) && !has(&other.before))
}
