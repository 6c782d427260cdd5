//! The findings as forges and other programs take them.

mod github;
mod junit;
mod markdown;
mod quality;
mod summary;

use std::env;
use std::path::Path;

use clap::ValueEnum;

use crate::cli::error::CommandError;
use crate::cli::{Page, Report as _, Session};
use crate::narrative::Finding;
use crate::store;

use super::{CheckArgs, Checked};

/// For whom the findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, wherever it runs
    Text,
    /// For people, as annotations, and on the page of the run
    Github,
    /// GitLab's report of code quality
    #[value(alias = "code-quality")]
    Gitlab,
    /// An XML report of tests
    Junit,
    /// A page of Markdown, at most 1 MiB
    Summary,
}

/// Shows what was found, to people or as it was asked for.
pub fn show(found: &Checked, args: &CheckArgs, session: &Session) -> Result<(), CommandError> {
    let by_itself = is_github() && !session.is_json();
    match (args.format, &args.output) {
        (Some(format), Some(file)) => {
            let text = format.written(found)?;
            store::write(&session.path(file), text.as_bytes())?;
            session.show(found)
        }
        (Some(Format::Text), None) => session.show(found),
        (Some(Format::Github), None) => on_github(found, session),
        (Some(format), None) => session.print_raw(format.written(found)?.as_bytes()),
        (None, _) if by_itself => on_github(found, session),
        (None, _) => session.show(found),
    }
}

/// Whether this is a run of GitHub's automation, or of one that takes after it.
fn is_github() -> bool {
    env::var("GITHUB_ACTIONS").is_ok_and(|value| value == "true")
}

/// Shows the findings in the log, at their lines, and on the page of the run.
fn on_github(found: &Checked, session: &Session) -> Result<(), CommandError> {
    let annotations = github::annotations(&found.findings);
    let guard = github::guard(&annotations);
    session.print_raw(format!("::stop-commands::{guard}\n").as_bytes())?;
    session.show(found)?;
    session.print_raw(format!("::{guard}::\n{annotations}").as_bytes())?;
    let Some(page) = env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    let page = Path::new(&page);
    let taken = std::fs::metadata(page).map_or(0, |page| page.len());
    let room = summary::MOST.saturating_sub(usize::try_from(taken).unwrap_or(usize::MAX));
    Ok(store::append(page, summary::page(found, room).as_bytes())?)
}

impl Format {
    fn written(self, found: &Checked) -> Result<String, CommandError> {
        Ok(match self {
            Self::Text => text(found),
            Self::Github => github::annotations(&found.findings),
            Self::Gitlab => quality::report(&found.findings)?,
            Self::Junit => junit::report(found),
            Self::Summary => summary::page(found, summary::MOST),
        })
    }
}

/// What people read, without looks.
fn text(found: &Checked) -> String {
    let mut page = Page::new(80);
    found.print(&mut page);
    page.bare()
}

/// The findings, errors first.
fn worst_first(findings: &[Finding]) -> Vec<&Finding> {
    let mut findings: Vec<&Finding> = findings.iter().collect();
    findings.sort_by_key(|finding| finding.severity);
    findings
}
