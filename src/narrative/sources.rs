//! `sources.toml`: every source cited.

use serde::{Deserialize, Serialize};

use super::time::Day;

/// What is cited, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sources {
    /// The version of this file's schema: 1.
    pub schema: u32,
    /// The sources.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// One thing that can be cited as `[@id]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Source {
    /// The id in `[@id]`: letters, digits, `-`, `_`.
    pub id: String,
    /// What it says, in a sentence of ours.
    pub says: String,
    /// The figure, as given.
    #[serde(default)]
    pub figure: Option<String>,
    /// The time that it speaks of: `2024`, `c. 2022`.
    pub as_of: String,
    /// The document's title.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// How near it is to what it says.
    #[serde(default)]
    pub kind: Kind,
    /// What must be said along with it.
    #[serde(default)]
    pub caveat: Option<String>,
    /// The day by which it must be looked at again.
    #[serde(default)]
    pub review: Option<Day>,
}

/// How near a source is to what it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The body's own document or data.
    #[default]
    Primary,
    /// Somebody's account of it.
    Secondary,
}

impl Sources {
    /// Finds a source by its id.
    pub fn get(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }
}
