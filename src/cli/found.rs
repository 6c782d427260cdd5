//! How what was found is told to people.

use crate::cli::{Page, Role};
use crate::narrative::{Finding, Severity};

/// Prints findings: place, weight and rule, then what is wrong and how to mend it.
pub fn print(findings: &[Finding], page: &mut Page) {
    for finding in findings {
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
}
