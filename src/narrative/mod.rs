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

use config::Config;
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
