//! What is wrong with a narrative, where, and how to mend it.

use std::fmt;

use serde::Serialize;

/// One thing that a rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Finding {
    /// The rule's name, which never changes: `unknown-file`.
    pub rule: &'static str,
    /// Whether it stops a merge or a release.
    pub severity: Severity,
    /// The file, relative to the narrative's folder.
    pub path: String,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column in characters, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub mend: String,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The narrative cannot be used as it is.
    Error,
    /// Somebody should look at it.
    Warning,
}

impl Finding {
    /// Makes an error in a file.
    pub fn error(rule: &'static str, path: &str, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            path: path.to_owned(),
            line: None,
            column: None,
            message: message.into(),
            mend: String::new(),
        }
    }

    /// Makes a warning about a file.
    pub fn warning(rule: &'static str, path: &str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(rule, path, message)
        }
    }

    /// Says on which line it stands, from 1.
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// Says at which column of the line it stands, from 1.
    #[must_use]
    pub fn at_column(mut self, column: usize) -> Self {
        self.column = Some(column);
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn mend(mut self, mend: impl Into<String>) -> Self {
        self.mend = mend.into();
        self
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The file with line and column as editors understand them: `roster.toml:3:1`.
    pub fn place(&self) -> String {
        let number = |at: Option<usize>| at.map_or_else(String::new, |at| format!(":{at}"));
        format!("{}{}{}", self.path, number(self.line), number(self.column))
    }

    /// Sorts findings by file, line, column and rule.
    pub fn sort(findings: &mut [Self]) {
        findings.sort_by(|left, right| left.key().cmp(&right.key()));
    }

    fn key(&self) -> (&str, Option<usize>, Option<usize>, &str, &str) {
        let Self { path, rule, .. } = self;
        (path, self.line, self.column, rule, &self.message)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place(), self.message)
    }
}

/// Everything that keeps a narrative from being read.
///
/// **Invariant:** at least one finding; all are errors, by file and line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(Vec<Finding>);

impl Problems {
    /// Gives back `value` if there are no errors among the findings.
    pub(crate) fn unless<T>(mut findings: Vec<Finding>, value: Option<T>) -> Result<T, Self> {
        findings.retain(Finding::is_error);
        Finding::sort(&mut findings);
        match value {
            Some(value) if findings.is_empty() => Ok(value),
            _ => Err(Self(findings)),
        }
    }

    /// Names the files as `shown` does, such as from the repository's root.
    #[must_use]
    pub fn with_paths(mut self, shown: impl Fn(&str) -> String) -> Self {
        for finding in &mut self.0 {
            finding.path = shown(&finding.path);
        }
        self
    }

    /// The findings, by file and line.
    pub fn findings(&self) -> &[Finding] {
        &self.0
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.0.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n" };
            write!(f, "{gap}{finding}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
