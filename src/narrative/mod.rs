//! The vocabulary as types, and how the files of a narrative are read and checked.

pub mod check;
pub mod config;
pub mod digest;
pub mod file_name;
pub mod finding;
pub mod forge;
pub mod id;
mod lookup;
pub mod message;
pub mod position;
pub mod proposal;
pub mod question;
pub mod quotes;
pub mod read;
pub mod record;
pub mod roster;
pub mod snapshot;
pub mod sources;
pub mod time;

pub use check::check;
pub use finding::{Finding, Problems, Severity};
pub use lookup::LookupError;
pub use read::nearest::nearest;
pub use read::read;

use config::{Config, Edition};
use question::Question;
use quotes::Quotes;
use roster::Roster;
use sources::Sources;

/// The whole: its questions, who may write, and what is cited.
#[derive(Clone, Debug)]
pub struct Narrative {
    /// What `narrative.toml` says.
    pub config: Config,
    /// Who may write.
    pub roster: Roster,
    /// What is cited.
    pub sources: Sources,
    /// What people may be quoted with.
    pub quotes: Quotes,
    /// The words around the questions in the message that asked them, from `background.md`.
    pub background: Option<String>,
    /// The questions, by number.
    pub questions: Vec<Question>,
}

impl Narrative {
    /// The questions that an edition answers, in its order: all, if it names none; those that are not there are left out.
    pub fn questions_of(&self, edition: &Edition) -> Vec<&Question> {
        let all = &self.questions;
        if edition.questions.is_empty() {
            return all.iter().collect();
        }
        let numbers = edition.questions.iter();
        let find = |number: &u32| all.iter().find(|question| question.id.number() == *number);
        numbers.filter_map(find).collect()
    }
}
