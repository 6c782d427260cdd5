//! What the members say of an answer, and what is still to be asked.

use serde::Serialize;

use crate::agreement::{Lot, Verdict, Voice, answer_line};
use crate::cli::error::CommandError;
use crate::cli::prose_diff::{PassageChange, changes, print};
use crate::cli::{Page, Role};
use crate::narrative::config::Rule;
use crate::narrative::position::{Position, Stand};
use crate::narrative::question::Question;
use crate::prose::Prose;
use crate::release::gate::{Obstacle, missing, to_ask};
use crate::store::Repository;

/// How an answer stands with the members.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Members {
    /// The rule.
    pub rule: Rule,
    /// How many members agree to the words as they stand.
    pub agree: usize,
    /// How many members there are today.
    pub of: usize,
    /// How many object to the words as they stand.
    pub object: usize,
    /// How many spoke and are to be asked again.
    pub again: usize,
    /// What may be said of the answer.
    pub line: Option<String>,
    /// Each member, in the order of the roster.
    pub voices: Vec<Heard>,
    /// What keeps the answer from being agreed, with the command for each.
    pub missing: Vec<Obstacle>,
}

/// What one member said, and what became of the words since.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Heard {
    /// The member and what it said.
    #[serde(flatten)]
    pub voice: Voice,
    /// What has changed since it spoke, looks included; only if that makes its position stale.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<PassageChange>,
}

impl Members {
    /// Looks what members say; nothing if no member is asked and none has spoken.
    ///
    /// # Errors
    ///
    /// An old text cannot be read.
    pub fn of(
        question: &Question,
        verdict: &Verdict,
        repository: &Repository,
    ) -> Result<Option<Self>, CommandError> {
        let asks = verdict.terms.rule.asks_members() && question.agreed.is_some();
        if !asks && question.positions.is_empty() {
            return Ok(None);
        }
        let mut voices = Vec::new();
        for voice in &verdict.voices {
            voices.push(Heard {
                voice: voice.clone(),
                changes: since(question, voice, repository)?,
            });
        }
        Ok(Some(Self {
            rule: verdict.terms.rule,
            agree: verdict.count(Stand::Agree),
            of: verdict.voices.len(),
            object: verdict.count(Stand::Object),
            again: verdict.again().count(),
            line: answer_line(verdict),
            voices,
            missing: missing(verdict),
        }))
    }

    /// All in one cell: `1 of 3, 1 objects`.
    pub fn cell(&self) -> String {
        let mut parts = vec![format!("{} of {}", self.agree, self.of)];
        if self.object > 0 {
            let does = if self.object == 1 {
                "objects"
            } else {
                "object"
            };
            parts.push(format!("{} {does}", self.object));
        }
        if self.again > 0 {
            parts.push(format!("{} again", self.again));
        }
        parts.join(", ")
    }

    /// A line for each member, the differences that make positions stale, and what is missing.
    pub fn print(&self, page: &mut Page) {
        let row = |heard: &Heard| {
            let (role, said) = heard.said();
            vec![(Role::Name, heard.voice.name.clone()), (role, said)]
        };
        let rows: Vec<_> = self.voices.iter().map(row).collect();
        page.blank();
        if let Some(line) = &self.line {
            page.block("", line).blank();
        }
        page.columns(&rows);
        for heard in &self.voices {
            heard.print_words(page);
        }
        if !self.missing.is_empty() {
            page.blank().line("Not agreed yet, because:");
        }
        for obstacle in &self.missing {
            page.plain("  ").line(&obstacle.missing);
            page.plain("    ").faint(&obstacle.mend).end();
        }
    }
}

/// What has changed since the text of a stale position.
fn since(
    question: &Question,
    voice: &Voice,
    repository: &Repository,
) -> Result<Vec<PassageChange>, CommandError> {
    let (Lot::Stale(_), Some(position)) = (&voice.counts, &voice.position) else {
        return Ok(Vec::new());
    };
    let before = repository.blob(&position.text)?.unwrap_or_default();
    let before = Prose::parse(&String::from_utf8_lossy(&before));
    let after = question.agreed.as_ref().map_or("", |text| &text.text);
    Ok(changes(&before, &Prose::parse(after)))
}

impl Heard {
    /// Where the member stands, in words.
    fn said(&self) -> (Role, String) {
        let Some(position) = &self.voice.position else {
            return (Role::Faint, "has not answered".to_owned());
        };
        let does = position.position.does();
        let when = when(position);
        match &self.voice.counts {
            Lot::As(Stand::Agree) => (Role::Good, format!("{does}, {when}")),
            Lot::As(Stand::Object) => (Role::Error, format!("{does}, {when}")),
            Lot::As(Stand::StandAside) | Lot::Silent => (Role::Plain, format!("{does}, {when}")),
            Lot::Stale(_) | Lot::Void(_) => (Role::Warning, to_ask(&self.voice)),
        }
    }

    /// What the member says in its own words, and what has changed since it spoke.
    fn print_words(&self, page: &mut Page) {
        let Some(position) = &self.voice.position else {
            return;
        };
        let said = [
            ("reason", &position.reason),
            ("wording", &position.wording),
            ("statement", &position.statement),
        ];
        let said: Vec<_> = said
            .into_iter()
            .filter_map(|(what, text)| Some((what, text.as_ref()?)))
            .collect();
        if said.is_empty() && self.changes.is_empty() {
            return;
        }
        page.blank().strong(&self.voice.name);
        if self.changes.is_empty() {
            page.line(format!(" {}", position.position.does()));
        } else {
            let did = position.position.did();
            page.line(format!(" {did} on {}; since then:", position.on.long()));
            print(&self.changes, page);
        }
        for (what, text) in said {
            page.hanging(
                (Role::Faint, &format!("  {what}: ")),
                &[(Role::Plain, text.clone())],
            );
        }
    }
}

/// The day, and who spoke.
fn when(position: &Position) -> String {
    let recorded = position.recorded_by.as_ref();
    let recorded = recorded.map_or_else(String::new, |by| format!(" (recorded by {by})"));
    format!("{}, by {}{recorded}", position.on.long(), position.spoke)
}
