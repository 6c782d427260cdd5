//! `onetext check`: every rule, with file, line and mend.

use std::collections::BTreeSet;

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::{Count, Page, Report, Role, Session};
use crate::narrative::snapshot::Snapshot;
use crate::narrative::{self, Finding, Severity};
use crate::store::{At, Repository, clock};

/// Hold the narrative to every rule
///
/// Names file, line and rule of each finding, and how to mend it. Exits with 1 if there are errors; warnings alone
/// do not count.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Look at a commit, branch or release; the files on disk if not given
    #[arg(long, value_name = "REV")]
    at: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Checked {
    errors: usize,
    warnings: usize,
    findings: Vec<Finding>,
}

/// Runs the command.
///
/// # Errors
///
/// There is no narrative, or its files cannot be read at all.
pub fn run(args: CheckArgs, session: &Session) -> Result<Outcome, CommandError> {
    let repository = session.repo()?;
    let snapshot = match &args.at {
        Some(revision) => repository.snapshot(At::Commit(&repository.resolve(revision)?))?,
        None => repository.snapshot(At::WorkTree)?,
    };
    let mut findings = narrative::check(&snapshot, clock::now().day());
    findings.extend(unknown_texts(&repository, &snapshot)?);
    Finding::sort(&mut findings);
    for finding in &mut findings {
        finding.path = repository.shown(&finding.path);
    }
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    session.show(&Checked {
        errors,
        warnings: findings.len() - errors,
        findings,
    })?;
    Ok(if errors > 0 {
        Outcome::Findings
    } else {
        Outcome::Done
    })
}

/// Positions that were given on texts which the repository does not have.
fn unknown_texts(
    repository: &Repository,
    snapshot: &Snapshot,
) -> Result<Vec<Finding>, CommandError> {
    let mut known = BTreeSet::new();
    let (read, _) = narrative::read::read_what_can_be(snapshot);
    let questions = read.map(|read| read.questions).unwrap_or_default();
    for text in questions
        .iter()
        .flat_map(narrative::check::texts_of_positions)
    {
        if repository.blob(text)?.is_some() {
            known.insert(text.clone());
        }
    }
    let unknown = |question| narrative::check::unknown_texts(question, snapshot, &known);
    Ok(questions.iter().flat_map(unknown).collect())
}

impl Report for Checked {
    fn print(&self, page: &mut Page) {
        for finding in &self.findings {
            let (role, weight) = match finding.severity {
                Severity::Error => (Role::Error, "error"),
                Severity::Warning => (Role::Warning, "warning"),
            };
            page.name(finding.place())
                .plain(": ")
                .text(role, weight)
                .faint(format!(" {}", finding.rule))
                .end()
                .block("  ", &finding.message);
            if !finding.mend.is_empty() {
                page.text(Role::Hint, "  mend: ").line(&finding.mend);
            }
        }
        if self.findings.is_empty() {
            page.text(Role::Good, "no findings").end();
        } else {
            let errors = Count(self.errors, "error", "errors");
            let warnings = Count(self.warnings, "warning", "warnings");
            page.blank().strong(format!("{errors}, {warnings}")).end();
        }
    }
}
