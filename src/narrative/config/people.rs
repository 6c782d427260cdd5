//! Whom a reader may ask, and who speaks.

use serde::{Deserialize, Serialize};

/// Whom a reader may ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Contact {
    /// A person or a desk.
    pub name: String,
    /// An address, if given.
    #[serde(default)]
    pub email: Option<String>,
    /// A number, if given.
    #[serde(default)]
    pub phone: Option<String>,
    /// A page, if given.
    #[serde(default)]
    pub url: Option<String>,
    /// When they answer.
    #[serde(default)]
    pub hours: Option<String>,
    /// How to reach somebody at other times.
    #[serde(default)]
    pub out_of_hours: Option<String>,
}

/// Somebody who speaks to the media.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Spokesperson {
    /// Who it is.
    pub name: String,
    /// What she speaks as: `developer at Alpha`.
    pub role: String,
    /// An address, if given.
    #[serde(default)]
    pub email: Option<String>,
    /// A number, if given.
    #[serde(default)]
    pub phone: Option<String>,
    /// The languages that she speaks, by their names.
    #[serde(default)]
    pub languages: Vec<String>,
    /// When she can be reached.
    #[serde(default)]
    pub hours: Option<String>,
}

impl Contact {
    /// Whether there is a way to reach them.
    pub fn is_reached(&self) -> bool {
        self.email.is_some() || self.phone.is_some() || self.url.is_some()
    }
}

impl Spokesperson {
    /// Whether there is a way to reach her.
    pub fn is_reached(&self) -> bool {
        self.email.is_some() || self.phone.is_some()
    }

    /// What a reader is told of her, a line each: role, languages, when she can be reached.
    pub fn lines(&self) -> Vec<String> {
        let languages = self.languages.join(", ");
        let speaks = (!languages.is_empty()).then(|| format!("Speaks {languages}"));
        let role = Some(self.role.clone());
        [role, speaks, self.hours.clone()]
            .into_iter()
            .flatten()
            .collect()
    }
}
