//! `roster.toml`: members and contributors.

use serde::{Deserialize, Serialize};

use super::id::{ContributorId, MemberId};

/// Who may write, and for whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Roster {
    /// The version of this file's schema: 1.
    pub schema: u32,
    /// The member co-ops.
    #[serde(default)]
    pub members: Vec<Member>,
    /// The contributors.
    #[serde(default)]
    pub contributors: Vec<Contributor>,
}

/// A co-op: the unit that agrees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Member {
    /// Its id.
    pub id: MemberId,
    /// Its name as it wishes to be shown.
    pub name: String,
}

/// A person or a desk that writes drafts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Contributor {
    /// The name of her draft files.
    pub id: ContributorId,
    /// The name as she wishes to be shown.
    pub name: String,
    /// A person or a desk.
    #[serde(default)]
    pub kind: Kind,
    /// The member she belongs to.
    #[serde(default)]
    pub member: Option<MemberId>,
    /// Addresses of her git identities.
    #[serde(default)]
    pub emails: Vec<String>,
    /// Whether she merges drafts and tags releases.
    #[serde(default)]
    pub facilitator: bool,
    /// What a reader should know of her or it.
    #[serde(default)]
    pub note: Option<String>,
}

/// What a contributor is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Somebody.
    #[default]
    Person,
    /// A collection of sources kept by nobody in particular.
    Desk,
}

/// Adds a contributor to the text of `roster.toml` and keeps everything else as people wrote it.
///
/// A text that cannot be read as TOML is given back with the entry appended.
pub fn with_contributor(text: &str, contributor: &Contributor) -> String {
    let mut entry = toml_edit::Table::new();
    entry["id"] = toml_edit::value(contributor.id.as_str());
    entry["name"] = toml_edit::value(&contributor.name);
    if contributor.kind == Kind::Desk {
        entry["kind"] = toml_edit::value("desk");
    }
    if let Some(member) = &contributor.member {
        entry["member"] = toml_edit::value(member.as_str());
    }
    if !contributor.emails.is_empty() {
        entry["emails"] = toml_edit::value(contributor.emails.iter().collect::<toml_edit::Array>());
    }
    if contributor.facilitator {
        entry["facilitator"] = toml_edit::value(true);
    }
    let text = text.trim_end();
    let gap = if text.is_empty() { "" } else { "\n\n" };
    format!("{text}{gap}[[contributors]]\n{entry}")
}

/// Adds an address to a contributor in the text of `roster.toml` and keeps everything else as people wrote it.
///
/// A text that has no such contributor, or cannot be read as TOML, is given back as it is.
pub fn with_email(text: &str, id: &ContributorId, email: &str) -> String {
    let Ok(mut document) = text.parse::<toml_edit::DocumentMut>() else {
        return text.to_owned();
    };
    let entries = document
        .get_mut("contributors")
        .and_then(|entries| entries.as_array_of_tables_mut());
    let own = |entry: &&mut toml_edit::Table| {
        entry.get("id").and_then(toml_edit::Item::as_str) == Some(id.as_str())
    };
    if let Some(entry) = entries.and_then(|entries| entries.iter_mut().find(own)) {
        let emails = entry
            .entry("emails")
            .or_insert(toml_edit::value(toml_edit::Array::new()));
        if let Some(emails) = emails.as_array_mut() {
            emails.push(email);
        }
    }
    document.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_added_and_comments_stay() {
        let text = "# Us.\n[[contributors]]\nid = \"ana\" # first\nname = \"Ana\"\n";
        let id = "ana".parse().expect("a name");
        let with = with_email(text, &id, "ana@example.org");
        assert_eq!(with, format!("{text}emails = [\"ana@example.org\"]\n"));
        assert_eq!(with_email(text, &"bo".parse().expect("a name"), "x"), text);
    }
}
