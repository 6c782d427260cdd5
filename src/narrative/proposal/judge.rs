//! The judgement: every change with its owner, what becomes of it, and why.

use super::owner::{Owner, Piece};
use super::{Author, Change, Extent, Proposal, right, shape};
use crate::narrative::Narrative;
use crate::narrative::finding::Finding;
use crate::narrative::id::{ContributorId, QuestionId};
use crate::narrative::read::place::Part;
use crate::narrative::time::Day;

/// The state that a proposal is to be put on, and the day.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The narrative's folder from the repository's root; empty or ending in `/`.
    pub(super) folder: &'a str,
    /// The narrative, whose roster, questions and limits hold.
    pub(super) narrative: &'a Narrative,
    /// The day, of which is asked who speaks for a member.
    pub(super) today: Day,
}

/// What a proposal comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// What is wrong or wants a look; paths are from the repository's root, with what does not show spelt out.
    pub findings: Vec<Finding>,
    /// What becomes of each change.
    pub rulings: Vec<Ruling>,
}

/// What becomes of one change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The change.
    pub change: Change,
    /// Whose the file is.
    pub owner: Owner,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// What becomes of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the author's to make.
    Allowed,
    /// It is an edit of the agreed text of a question, and is taken as the author's draft of it.
    Draft(QuestionId),
    /// It is not taken.
    Refused,
}

/// What the author may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing<'a> {
    /// Everything.
    Facilitator,
    /// What is her own.
    Contributor(&'a ContributorId),
    /// Nothing, until it is known who she is.
    Stranger,
}

/// A change with what is known of it.
#[derive(Clone, Debug)]
pub(super) struct Case<'a> {
    pub change: &'a Change,
    pub shown: String,
    pub owner: Owner,
    pub piece: Option<Piece>,
    pub standing: Standing<'a>,
}

/// Judges a proposal.
pub fn judge(proposal: &Proposal, ground: &Ground<'_>) -> Judgement {
    let standing = ground.standing(&proposal.author);
    let mut findings = author(proposal, ground);
    let many = too_many(proposal, ground, standing);
    let twins = shape::twins(proposal);
    let mut rulings = Vec::new();
    for change in &proposal.changes {
        let (owner, piece) = Owner::of(&change.path, ground.folder);
        let case = Case {
            shown: change.path.to_string(),
            change,
            owner,
            piece,
            standing,
        };
        let verdict = match &many {
            Some(_) => Verdict::Refused,
            None => one(&case, (proposal, ground), &twins, &mut findings),
        };
        rulings.push(Ruling {
            change: change.clone(),
            owner: case.owner,
            verdict,
        });
    }
    findings.extend(many);
    Finding::sort(&mut findings);
    Judgement { findings, rulings }
}

/// Judges one change, and adds what is to be said of it.
fn one(
    case: &Case<'_>,
    (proposal, ground): (&Proposal, &Ground<'_>),
    twins: &shape::Twins,
    findings: &mut Vec<Finding>,
) -> Verdict {
    let refused =
        shape::flaw(case, ground, twins).or_else(|| right::lacking(case, proposal, ground));
    if let Some(finding) = refused {
        findings.push(finding);
        return Verdict::Refused;
    }
    if case.standing == Standing::Stranger {
        return Verdict::Refused;
    }
    findings.extend(right::told(case, ground));
    match (case.standing, &case.piece) {
        (Standing::Contributor(_), Some(piece)) if piece.part == Part::Agreed => {
            Verdict::Draft(piece.question.clone())
        }
        _ => Verdict::Allowed,
    }
}

fn author(proposal: &Proposal, ground: &Ground<'_>) -> Vec<Finding> {
    let Author::Unknown { why, mend } = &proposal.author else {
        return Vec::new();
    };
    let path = format!("{}roster.toml", ground.folder);
    vec![Finding::error("proposal-author", &path, why).mend(mend)]
}

/// The finding that a proposal has more files than anybody would look at one by one.
fn too_many(proposal: &Proposal, ground: &Ground<'_>, standing: Standing<'_>) -> Option<Finding> {
    let most = ground.narrative.config.limits.proposal_files;
    let found = proposal.changes.len();
    let cut = proposal.extent == Extent::Cut;
    let over = cut || (standing != Standing::Facilitator && found > most);
    let more = if cut { "more than " } else { "" };
    let message = format!("{more}{found} files are changed, and {most} are allowed");
    over.then(|| {
        Finding::error(
            "proposal-size",
            ground.folder.trim_end_matches('/'),
            message,
        )
        .mend("propose fewer at a time, or raise `limits.proposal-files` in `narrative.toml`")
    })
}

impl<'a> Ground<'a> {
    /// Takes the narrative's folder from the repository's root, the narrative and the day.
    pub fn new(folder: &'a str, narrative: &'a Narrative, today: Day) -> Self {
        Self {
            folder,
            narrative,
            today,
        }
    }

    fn standing<'b>(&self, author: &'b Author) -> Standing<'b> {
        let Author::Known(id) = author else {
            return Standing::Stranger;
        };
        let mut people = self.narrative.roster.contributors.iter();
        match people.find(|person| person.id == *id) {
            Some(person) if person.facilitator => Standing::Facilitator,
            _ => Standing::Contributor(id),
        }
    }

    pub(super) fn has_question(&self, id: &QuestionId) -> bool {
        let mut questions = self.narrative.questions.iter();
        questions.any(|question| question.id == *id)
    }

    /// Whether a path is the narrative's or one of its templates.
    pub(super) fn holds(&self, path: &str) -> bool {
        let above = self.folder.strip_suffix("narrative/");
        let templates = format!("{}templates/", above.unwrap_or(self.folder));
        path.starts_with(self.folder) || path.starts_with(&templates)
    }
}

impl Judgement {
    /// The changes that may be taken, each as it stands or as a draft.
    pub fn allowed(&self) -> impl Iterator<Item = &Ruling> {
        let all = self.rulings.iter();
        all.filter(|ruling| ruling.verdict != Verdict::Refused)
    }

    /// Whether nothing keeps the whole from being taken.
    pub fn is_clean(&self) -> bool {
        !self.findings.iter().any(Finding::is_error)
    }
}
