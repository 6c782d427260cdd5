//! `quotes.toml`: what people may be quoted with, word for word, and who approved that.
//!
//! An approval holds for the exact words, for who says them as what, for the editions that it names, and to its last
//! day. It carries the SHA-256 of the words, so that a changed character shows.

use serde::{Deserialize, Serialize};

use super::digest::sha256;
use super::time::Day;

/// What people may be quoted with, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Quotes {
    /// The version of this file's schema: 1.
    pub schema: u32,
    /// The quotes.
    #[serde(default)]
    pub quotes: Vec<Quote>,
}

/// What somebody says, to be printed between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Quote {
    /// The name by which it is approved.
    pub id: String,
    /// The exact words, without quotation marks.
    pub words: String,
    /// Who says them.
    pub name: String,
    /// As what: `developer at Alpha`.
    pub role: String,
    /// The ids of the sources of its figures.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Who approved it; `onetext approve` writes this.
    #[serde(default)]
    pub approved: Option<Approval>,
}

/// The record that exact words were approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Approval {
    /// Who approved them.
    pub by: String,
    /// On which day.
    pub on: Day,
    /// For which editions, by name.
    pub editions: Vec<String>,
    /// To which day, that day included; for good if absent.
    #[serde(default)]
    pub until: Option<Day>,
    /// Who says them as what, as it was then: `Ana, developer at Alpha`.
    #[serde(rename = "as")]
    pub said_by: String,
    /// The SHA-256 of the exact words in UTF-8.
    pub sha256: String,
}

/// Whether words may be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clearance {
    /// They are approved.
    Approved,
    /// Nobody approved them.
    Unapproved,
    /// Other words were approved.
    WordsChanged,
    /// They were approved as said by somebody else, or as something else.
    SpeakerChanged,
    /// The approval has ended.
    Expired,
}

impl Quotes {
    /// Finds a quote by its id.
    pub fn get(&self, id: &str) -> Option<&Quote> {
        self.quotes.iter().find(|quote| quote.id == id)
    }

    /// The quotes that an edition may print on a day.
    pub fn cleared(&self, edition: &str, day: Day) -> Vec<&Quote> {
        let may =
            |quote: &&Quote| quote.is_for(edition) && quote.clearance(day) == Clearance::Approved;
        self.quotes.iter().filter(may).collect()
    }
}

impl Quote {
    /// Who says it as what: `Ana, developer at Alpha`.
    pub fn said_by(&self) -> String {
        format!("{}, {}", self.name, self.role)
    }

    /// The SHA-256 of its words.
    pub fn digest(&self) -> String {
        sha256(self.words.as_bytes())
    }

    /// Whether its approval names an edition.
    pub fn is_for(&self, edition: &str) -> bool {
        let editions = self.approved.iter().flat_map(|approval| &approval.editions);
        editions.into_iter().any(|name| name == edition)
    }

    /// Whether it may be printed on a day.
    pub fn clearance(&self, day: Day) -> Clearance {
        match &self.approved {
            None => Clearance::Unapproved,
            Some(approval) if approval.sha256 != self.digest() => Clearance::WordsChanged,
            Some(approval) if approval.said_by != self.said_by() => Clearance::SpeakerChanged,
            Some(approval) if approval.until.is_some_and(|until| until < day) => Clearance::Expired,
            Some(_) => Clearance::Approved,
        }
    }

    /// An approval of it as it stands.
    pub fn approval(&self, by: &str, on: Day) -> Approval {
        Approval {
            by: by.to_owned(),
            on,
            editions: Vec::new(),
            until: None,
            said_by: self.said_by(),
            sha256: self.digest(),
        }
    }
}

impl Clearance {
    /// What is so, in a clause about the quote.
    pub fn words(self) -> &'static str {
        match self {
            Self::Approved => "is approved",
            Self::Unapproved => "is approved by nobody",
            Self::WordsChanged => "has other words than those that were approved",
            Self::SpeakerChanged => "was approved as said by somebody else, or in another role",
            Self::Expired => "was approved to a day that has passed",
        }
    }
}

/// Writes an approval into the text of `quotes.toml` and keeps everything else as people wrote it.
///
/// A text that has no such quote, or cannot be read as TOML, is given back as it is.
pub fn with_approval(text: &str, id: &str, approval: &Approval) -> String {
    let Ok(mut document) = text.parse::<toml_edit::DocumentMut>() else {
        return text.to_owned();
    };
    let entries = document
        .get_mut("quotes")
        .and_then(|entries| entries.as_array_of_tables_mut());
    let own = |entry: &&mut toml_edit::Table| {
        entry.get("id").and_then(toml_edit::Item::as_str) == Some(id)
    };
    if let Some(entry) = entries.and_then(|entries| entries.iter_mut().find(own)) {
        entry["approved"] = toml_edit::Item::Table(table(approval));
    }
    document.to_string()
}

fn table(approval: &Approval) -> toml_edit::Table {
    let mut table = toml_edit::Table::new();
    table["by"] = toml_edit::value(&approval.by);
    table["on"] = toml_edit::value(approval.on.to_string());
    let editions: toml_edit::Array = approval.editions.iter().collect();
    table["editions"] = toml_edit::value(editions);
    if let Some(until) = approval.until {
        table["until"] = toml_edit::value(until.to_string());
    }
    table["as"] = toml_edit::value(&approval.said_by);
    table["sha256"] = toml_edit::value(&approval.sha256);
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrative::read::toml::parse;

    const TEXT: &str = "schema = 1\n\n# By telephone.\n[[quotes]]\nid = \"say\"\n\
                        words = \"I had a say from the first day.\"\nname = \"Ana\"\nrole = \"developer\"\n";

    fn quotes(text: &str) -> Quotes {
        parse("quotes.toml", text).unwrap()
    }

    fn approved() -> String {
        let mut approval = quotes(TEXT).quotes[0].approval("Ana", "2026-03-01".parse().unwrap());
        approval.editions = vec!["media".to_owned()];
        approval.until = Some("2026-03-31".parse().unwrap());
        with_approval(TEXT, "say", &approval)
    }

    fn on(text: &str, day: &str) -> Clearance {
        quotes(text).quotes[0].clearance(day.parse().unwrap())
    }

    #[test]
    fn an_approval_is_written_beside_what_people_wrote() {
        let text = approved();
        let begins = "\n[quotes.approved]\nby = \"Ana\"\non = \"2026-03-01\"\neditions = [\"media\"]\n\
                      until = \"2026-03-31\"\nas = \"Ana, developer\"\nsha256 = \"";
        assert!(text.starts_with(&format!("{TEXT}{begins}")), "{text}");
        let read = quotes(&text);
        let day = "2026-03-31".parse().unwrap();
        assert_eq!(read.cleared("media", day).len(), 1);
        assert_eq!(read.cleared("government", day).len(), 0);
    }

    #[test]
    fn an_approval_holds_for_the_exact_words_and_to_its_last_day() {
        let text = approved();
        assert_eq!(on(TEXT, "2026-03-01"), Clearance::Unapproved);
        assert_eq!(on(&text, "2026-03-31"), Clearance::Approved);
        assert_eq!(on(&text, "2026-04-01"), Clearance::Expired);
        let other = text.replace("from the first day", "from the first  day");
        assert_eq!(on(&other, "2026-03-01"), Clearance::WordsChanged);
        let other = text.replace("role = \"developer\"", "role = \"director\"");
        assert_eq!(on(&other, "2026-03-01"), Clearance::SpeakerChanged);
    }
}
