//! Annotations of GitHub: a line for each finding, which shows at the file's own line.
//!
//! Source of the escapes: `actions/toolkit`, `packages/core/src/command.ts`.

use std::fmt::Write as _;

use crate::cli::terminal::escape::visible;
use crate::narrative::digest::sha256;
use crate::narrative::{Finding, Severity};

/// A command for each finding, errors first: of each kind GitHub shows the first ten only.
pub fn annotations(findings: &[Finding]) -> String {
    let mut out = String::new();
    for finding in super::worst_first(findings) {
        let kind = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let numbers = [("line", finding.line), ("col", finding.column)];
        let places = numbers
            .iter()
            .filter_map(|(key, at)| at.map(|at| format!(",{key}={at}")));
        let places: String = places.collect();
        let (path, rule) = (property(&finding.path), property(finding.rule));
        let mend = match finding.mend.as_str() {
            "" => String::new(),
            mend => format!("%0A{}", data(mend)),
        };
        let message = data(&finding.message);
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "::{kind} file={path}{places},title={rule}::{message}{mend}"
        );
    }
    out
}

/// A word that no text from outside can hold, since it is made from all that is said: while commands are stopped, only this
/// word starts them again.
pub fn guard(said: &str) -> String {
    sha256(said.as_bytes())
}

fn data(text: &str) -> String {
    visible(text).replace('%', "%25")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_ends_a_command_or_begins_one() {
        let path = "narrative/a,b:c%0A.md";
        let finding = Finding::error("unknown-file", path, "x\n::set-env name=A::b\r100%")
            .at_line(3)
            .at_column(7)
            .mend("y");
        let warning = Finding::warning("raw-html", "a.md", "z");
        assert_eq!(
            annotations(&[warning, finding]),
            "::error file=narrative/a%2Cb%3Ac%250A.md,line=3,col=7,title=unknown-file::\
             x<U+000A>::set-env name=A::b<U+000D>100%25%0Ay\n\
             ::warning file=a.md,title=raw-html::z\n"
        );
    }
}
