//! GitLab's report of code quality: a list of findings, each with a fingerprint by which two runs are compared.
//!
//! Source of the form: GitLab's documentation, "Code Quality report format".

use std::collections::BTreeMap;

use serde::Serialize;

use crate::cli::error::{CommandError, Kind};
use crate::cli::terminal::escape::{json, visible};
use crate::narrative::digest::sha256;
use crate::narrative::{Finding, Severity};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// Writes the report.
pub fn report(findings: &[Finding]) -> Result<String, CommandError> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let issues: Vec<Issue> = super::worst_first(findings)
        .into_iter()
        .map(|finding| issue(finding, &mut seen))
        .collect();
    let text = serde_json::to_string_pretty(&issues)
        .map_err(|error| CommandError::of(Kind::Internal, &error))?;
    Ok(json(&text) + "\n")
}

/// A finding; its line has no part in the fingerprint, so that it stays known when the text above it grows.
fn issue(finding: &Finding, seen: &mut BTreeMap<String, usize>) -> Issue {
    let same = format!("{}\0{}\0{}", finding.rule, finding.path, finding.message);
    let nth = seen.entry(same.clone()).or_default();
    *nth += 1;
    let mend = match finding.mend.as_str() {
        "" => String::new(),
        mend => format!(" (mend: {mend})"),
    };
    Issue {
        description: visible(&format!("{}{mend}", finding.message)),
        check_name: finding.rule,
        fingerprint: sha256(format!("{same}\0{nth}").as_bytes()),
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
        },
        location: Location {
            path: finding.path.clone(),
            lines: Lines {
                begin: finding.line.unwrap_or(1),
            },
        },
    }
}
