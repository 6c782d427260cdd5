//! `onetext check`: every rule, with file, line and mend; of the whole narrative, or of a proposal.

mod contents;
mod formats;
mod proposal;

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::releasing::weight;
use crate::cli::{Count, Page, Report, Role, Session, found};
use crate::narrative::question::Question;
use crate::narrative::read::read_what_can_be;
use crate::narrative::snapshot::Snapshot;
use crate::narrative::{self, Finding};
use crate::store::{At, Repository, clock};

use formats::Format;
use proposal::Proposed;

/// Hold the narrative, or a proposal, to every rule
///
/// Names file, line and rule of each finding, and how to mend it. Exits with 1 if there are errors; warnings alone
/// do not count. With `--proposal`, says whose each changed file is and what of the proposal may be taken; the author is
/// known by the account that the forge states or by a signature, and never by an address. Runs of GitHub get
/// annotations and a summary by themselves.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Look at a commit, branch or release; the files on disk if not given, the last commit for a proposal
    #[arg(long, value_name = "REV")]
    at: Option<String>,
    /// Judge what is proposed to be put on this branch
    #[arg(long, value_name = "BASE")]
    proposal: Option<String>,
    /// Take the proposal for that of this contributor
    #[arg(long = "as", value_name = "ID", requires = "proposal")]
    by: Option<String>,
    /// Write as `text`, for `github`, for `gitlab` (code quality), as `junit` or as `summary` (Markdown)
    #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = true)]
    format: Option<Format>,
    /// Write it to FILE, and the findings for people to the terminal
    #[arg(long, value_name = "FILE", requires = "format")]
    output: Option<PathBuf>,
}

/// What was found; paths are from the repository's root.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Checked {
    errors: usize,
    warnings: usize,
    findings: Vec<Finding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proposal: Option<Proposed>,
}

/// Runs the command.
///
/// # Errors
///
/// There is no narrative, or its files cannot be read at all.
pub fn run(args: CheckArgs, session: &Session) -> Result<Outcome, CommandError> {
    let repository = session.repo()?;
    let found = match &args.proposal {
        Some(base) => proposal::check(&repository, &args, base)?,
        None => whole(&repository, &args)?,
    };
    formats::show(&found, &args, session)?;
    Ok(match found.errors {
        0 => Outcome::Done,
        _ => Outcome::Findings,
    })
}

/// Looks at the whole narrative.
fn whole(repository: &Repository, args: &CheckArgs) -> Result<Checked, CommandError> {
    let snapshot = match &args.at {
        Some(revision) => repository.snapshot(At::Commit(&repository.resolve(revision)?))?,
        None => repository.snapshot(At::WorkTree)?,
    };
    let mut findings = findings(repository, &snapshot)?;
    Finding::sort(&mut findings);
    for finding in &mut findings {
        finding.path = repository.shown(&finding.path);
    }
    Ok(Checked::of(findings))
}

/// What every rule finds in some files.
fn findings(repository: &Repository, snapshot: &Snapshot) -> Result<Vec<Finding>, CommandError> {
    let mut findings = narrative::check(snapshot, clock::now().day());
    let (read, _) = read_what_can_be(snapshot);
    if let Some(narrative) = &read {
        findings.extend(unknown_texts(repository, snapshot, &narrative.questions)?);
        findings.extend(weight::findings(narrative, snapshot));
    }
    Ok(findings)
}

/// Positions that were given on texts which the repository does not have.
fn unknown_texts(
    repository: &Repository,
    snapshot: &Snapshot,
    questions: &[Question],
) -> Result<Vec<Finding>, CommandError> {
    let mut known = BTreeSet::new();
    let texts = questions.iter();
    for text in texts.flat_map(narrative::check::texts_of_positions) {
        if repository.blob(text)?.is_some() {
            known.insert(text.clone());
        }
    }
    let unknown = |question| narrative::check::unknown_texts(question, snapshot, &known);
    Ok(questions.iter().flat_map(unknown).collect())
}

impl Checked {
    fn of(findings: Vec<Finding>) -> Self {
        let errors = findings.iter().filter(|finding| finding.is_error()).count();
        Self {
            errors,
            warnings: findings.len() - errors,
            findings,
            proposal: None,
        }
    }

    /// How many findings there are.
    fn count(&self) -> String {
        match self.findings.len() {
            0 => "no findings".to_owned(),
            _ => {
                let errors = Count(self.errors, "error", "errors");
                let warnings = Count(self.warnings, "warning", "warnings");
                format!("{errors}, {warnings}")
            }
        }
    }
}

impl Report for Checked {
    fn print(&self, page: &mut Page) {
        if let Some(proposal) = &self.proposal {
            proposal.print(page);
        }
        found::print(&self.findings, page);
        if self.findings.is_empty() {
            page.text(Role::Good, self.count()).end();
        } else {
            page.blank().strong(self.count()).end();
        }
    }
}
