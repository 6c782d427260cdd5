//! What was decided and not yet committed, kept in the git folder so that nothing is decided twice.

use serde::{Deserialize, Serialize};

use crate::cli::error::{CommandError, Kind};
use crate::merge::choice::decision::Decision;
use crate::narrative::id::QuestionId;
use crate::store::Repository;

/// An unfinished session of deciding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// The decisions, oldest first.
    #[serde(default)]
    pub decisions: Vec<Decision>,
    /// The plan of a first round as it was last edited.
    #[serde(default)]
    pub plan: Option<String>,
}

impl Journal {
    /// Reads what was kept about a question.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn load(repository: &Repository, question: &QuestionId) -> Result<Self, CommandError> {
        let Some(bytes) = repository.journal(&name(question))? else {
            return Ok(Self::default());
        };
        Ok(serde_json::from_slice(&bytes).unwrap_or_default())
    }

    /// Keeps it; an empty one is forgotten.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn keep(&self, repository: &Repository, question: &QuestionId) -> Result<(), CommandError> {
        let bytes = serde_json::to_vec_pretty(self)
            .map_err(|error| CommandError::of(Kind::Internal, &error))?;
        let empty = *self == Self::default();
        Ok(repository.keep(&name(question), (!empty).then_some(&bytes[..]))?)
    }

    /// Puts a decision in place of an earlier one about the same choice.
    pub fn decide(&mut self, decision: Decision) {
        self.decisions
            .retain(|earlier| earlier.choice != decision.choice);
        self.decisions.push(decision);
    }
}

fn name(question: &QuestionId) -> String {
    format!("decide-{question}.json")
}
