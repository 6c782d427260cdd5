//! A proposal: whose it is, whose each of its files is, what may be taken, and what its words are.

use serde::Serialize;

use crate::cli::error::CommandError;
use crate::cli::proposing::author::Sought;
use crate::cli::proposing::date::odd_date;
use crate::cli::prose_diff::PassageChange;
use crate::cli::{Count, Page, Role};
use crate::narrative::id::ContributorId;
use crate::narrative::proposal::who::{Identified, Proof};
use crate::narrative::proposal::{Author, Ground, Owner, Ruling, Verdict, judge};
use crate::narrative::time::{Day, Moment};
use crate::narrative::{self, Finding, Narrative};
use crate::store::{At, Claim, CommitId, Repository, clock};

use super::contents::words;
use super::{CheckArgs, Checked};

/// Changes that are told one by one.
const TOLD: usize = 200;

/// What is proposed, and what becomes of it.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Proposed {
    /// The commit that it is to be put on.
    pub base: String,
    /// The proposed commit.
    pub commit: String,
    /// Whose it is; nothing if that is not known.
    pub author: Option<ContributorId>,
    /// By what the author is known.
    pub known_by: Option<Proof>,
    /// Whose the commit says that it is, which proves nothing.
    pub claimed_by: String,
    /// Of when the commit says that it is, which proves nothing.
    pub claimed_at: Option<Moment>,
    /// The first of the changed files.
    pub changes: Vec<Fate>,
    /// How many more there are.
    pub more: usize,
    /// What changed in the words of those that may be taken.
    pub words: Vec<Difference>,
}

/// What becomes of one file.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Fate {
    /// The file.
    pub path: String,
    /// What happens to it.
    pub change: &'static str,
    /// Whose it is.
    pub owner: Owner,
    /// What becomes of the change.
    pub verdict: &'static str,
}

/// What changed in the words of one file.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Difference {
    /// The file.
    pub path: String,
    /// Its passages.
    pub changes: Vec<PassageChange>,
}

/// Judges what is proposed and looks at its words.
pub fn check(
    repository: &Repository,
    args: &CheckArgs,
    base: &str,
) -> Result<Checked, CommandError> {
    let base = repository.resolve(base)?;
    let commit = repository.resolve(args.at.as_deref().unwrap_or("HEAD"))?;
    let fork = repository.ground_of(&base, &commit)?;
    let snapshot = repository.snapshot(At::Commit(&base))?;
    let read = narrative::read(&snapshot);
    let read = read.map_err(|problems| problems.with_paths(|path| repository.shown(path)))?;
    let today = clock::now().day();
    let claim = repository.claim(&commit)?;
    let word = args.by.as_deref();
    let found = identified(repository, (&commit, &claim), word, (&read, today))?;
    let proposal = repository.proposal(&fork, &commit, found.author.clone())?;
    let ground = Ground::new(repository.folder(), &read, today);
    let judged = judge(&proposal, &ground);
    let said = words(repository, (&snapshot, &read), &judged, &found.author)?;
    let mut all = judged.findings;
    all.extend(said.findings);
    all.extend(odd_date(&claim, repository));
    all.extend(found.note.clone().map(|note| Finding {
        path: repository.shown(&note.path),
        ..note
    }));
    Finding::sort(&mut all);
    let proposal = Proposed::new((&base, &commit), (&found, &claim), &judged.rulings);
    Ok(Checked {
        proposal: Some(Proposed {
            words: said.differences,
            ..proposal
        }),
        ..Checked::of(all)
    })
}

/// Whose the proposed commit is, by the roster of the state that it is to be put on.
fn identified(
    repository: &Repository,
    (commit, claim): (&CommitId, &Claim),
    word: Option<&str>,
    (ground, today): (&Narrative, Day),
) -> Result<Identified, CommandError> {
    let sought = Sought {
        repository,
        commit,
        claim,
        word,
    };
    sought.identified(ground, today)
}

impl Proposed {
    fn new(
        (base, commit): (&CommitId, &CommitId),
        (found, claim): (&Identified, &Claim),
        rulings: &[Ruling],
    ) -> Self {
        let author = match &found.author {
            Author::Known(id) => Some(id.clone()),
            Author::Unknown { .. } => None,
        };
        Self {
            base: base.as_str().to_owned(),
            commit: commit.as_str().to_owned(),
            author,
            known_by: found.proof.clone(),
            claimed_by: format!("{} <{}>", claim.by.name, claim.by.email),
            claimed_at: claim.at,
            changes: rulings.iter().take(TOLD).map(Fate::new).collect(),
            more: rulings.len().saturating_sub(TOLD),
            words: Vec::new(),
        }
    }

    /// Whose it is and by what that is known.
    pub fn author(&self) -> String {
        match (&self.author, &self.known_by) {
            (Some(id), Some(proof)) => format!("by `{id}`, known by {proof}"),
            _ => "by somebody who is not known".to_owned(),
        }
    }

    /// What the commit says of itself.
    pub fn claim(&self) -> String {
        let when = self.claimed_at;
        let when = when.map_or_else(|| "no day".to_owned(), |at| at.day().long());
        format!("the commit says {}, {when}", self.claimed_by)
    }

    /// Lays out whose it is and what becomes of each file.
    pub fn print(&self, page: &mut Page) {
        let files = Count(self.changes.len() + self.more, "file", "files");
        page.strong(format!(
            "Proposal {} on {}",
            &self.commit[..7],
            &self.base[..7]
        ))
        .plain(format!(", {files}, {}", self.author()))
        .end();
        page.faint(self.claim()).end().blank();
        let rows: Vec<_> = self.changes.iter().map(Fate::row).collect();
        page.columns(&rows);
        if self.more > 0 {
            page.faint(format!("and {} more", self.more)).end();
        }
        page.blank();
    }
}

impl Fate {
    fn new(ruling: &Ruling) -> Self {
        let change = match (&ruling.change.before, &ruling.change.after) {
            (None, _) => "new",
            (Some(_), None) => "removed",
            (Some(_), Some(_)) => "changed",
        };
        let verdict = match &ruling.verdict {
            Verdict::Allowed => "allowed",
            Verdict::Draft(_) => "taken as a draft",
            Verdict::Refused => "refused",
        };
        Self {
            path: ruling.change.path.to_string(),
            change,
            owner: ruling.owner.clone(),
            verdict,
        }
    }

    fn row(&self) -> Vec<(Role, String)> {
        let role = match self.verdict {
            "refused" => Role::Error,
            _ => Role::Good,
        };
        vec![
            (role, self.verdict.to_owned()),
            (Role::Name, self.path.clone()),
            (Role::Plain, self.change.to_owned()),
            (Role::Faint, format!("belongs to {}", self.owner)),
        ]
    }
}
