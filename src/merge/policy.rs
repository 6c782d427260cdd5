//! What is carried out without asking.
//!
//! That one person's edit which nobody opposes is carried out is a custom of merging, not a law of agreeing; so a group
//! may ask for more. A policy only ever turns what would be carried out into a question; it opposes nobody.
//! A change of surface alone, which reads the same, is no change here.
//!
//! **Invariant:** a policy is monotone: a further supporter of a change never turns it from accepted into a question.

use serde::{Deserialize, Serialize};

use super::People;

/// What is carried out without asking; by default everything that nobody opposes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Policy {
    /// How many must stand behind a change that nobody opposes.
    pub accept: Accept,
    /// What becomes of sentences that are composed of several people's words.
    pub words: Words,
}

/// How many must stand behind a change that nobody opposes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Accept {
    /// One is enough.
    #[default]
    Unopposed,
    /// So many.
    Quorum(usize),
    /// Nothing is carried out without asking.
    None,
}

/// What becomes of sentences that are composed of several people's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Words {
    /// They stand, and are told.
    #[default]
    Auto,
    /// They are asked about.
    Ask,
}

impl Policy {
    /// Whether a change that these people want, and nobody opposes, is carried out.
    pub fn accepts(&self, people: &People) -> bool {
        match self.accept {
            Accept::Unopposed => true,
            Accept::Quorum(least) => people.len() >= least,
            Accept::None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quorum_counts_people() {
        let people = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        let accepts = |accept, names: &[&str]| {
            let policy = Policy {
                accept,
                ..Policy::default()
            };
            policy.accepts(&people(names))
        };
        assert!(accepts(Accept::Unopposed, &["ana"]));
        assert!(!accepts(Accept::Quorum(2), &["ana"]));
        assert!(accepts(Accept::Quorum(2), &["ana", "bo"]));
        assert!(!accepts(Accept::None, &["ana", "bo", "chi"]));
    }
}
