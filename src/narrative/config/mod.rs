//! `narrative.toml`: title, standing paragraph, contacts, spokespeople, agreement rule, editions, limits.

mod embargo;
mod people;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::forge;
pub use super::position::rule::{Agreement, Rule};
use crate::merge::Policy;

pub use embargo::Embargo;
pub use people::{Contact, Spokesperson};

/// What `narrative.toml` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The version of this file's schema: 1.
    pub schema: u32,
    /// The narrative's title.
    pub title: String,
    /// The language of its texts, as in BCP 47: `en-GB`.
    #[serde(default = "english")]
    pub language: String,
    /// The paragraph that says who speaks here; closes every press release.
    #[serde(default)]
    pub standing: Option<String>,
    /// The licence of the texts, as an SPDX identifier.
    #[serde(default)]
    pub licence: Option<String>,
    /// When an answer counts as agreed.
    #[serde(default)]
    pub agreement: Agreement,
    /// What is folded into the agreed texts without asking.
    #[serde(default)]
    pub merge: Policy,
    /// Whom a reader may ask.
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// Who speaks to the media.
    #[serde(default)]
    pub spokespeople: Vec<Spokesperson>,
    /// The editions by name.
    #[serde(default)]
    pub editions: BTreeMap<String, Edition>,
    /// The forge that the narrative is kept on.
    #[serde(default)]
    pub forge: forge::Settings,
    /// The sizes that a file may have.
    #[serde(default)]
    pub limits: Limits,
}

fn english() -> String {
    "en".to_owned()
}

/// A rendering of the agreed texts for one audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Edition {
    /// Whom it is for; decides the template and the checks.
    pub audience: Audience,
    /// The headline or title; the narrative's title if absent.
    #[serde(default)]
    pub headline: Option<String>,
    /// One sentence under the headline.
    #[serde(default)]
    pub standfirst: Option<String>,
    /// The first paragraph, which stands alone.
    #[serde(default)]
    pub lead: Option<String>,
    /// Who submits, with what mandate (government).
    #[serde(default)]
    pub submitter: Option<String>,
    /// The executive summary's bullets; the answers' first sentences if empty (government).
    #[serde(default)]
    pub summary: Vec<String>,
    /// What is asked of the reader (government).
    #[serde(default)]
    pub recommendations: Vec<String>,
    /// Until when nothing of it may be published; FOR IMMEDIATE RELEASE if absent (media).
    #[serde(default)]
    pub embargo: Option<Embargo>,
    /// The most words that it may have; 3,000 if absent (government).
    #[serde(default)]
    pub most_words: Option<usize>,
    /// The numbers of the questions in order; all if empty.
    #[serde(default)]
    pub questions: Vec<u32>,
    /// The formats to write; those of its audience if empty.
    #[serde(default)]
    pub formats: Vec<Format>,
}

/// Whom an edition is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Journalists.
    Media,
    /// Civil servants and committees.
    Government,
}

/// A file format of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// One self-contained page.
    Html,
    /// Pages to print, to archive and to be read aloud: PDF/A-2a and PDF/UA-1.
    Pdf,
    /// A document for Word.
    Docx,
    /// A document for LibreOffice and others.
    Odt,
    /// Markdown that any forge shows.
    Markdown,
    /// Plain text, 72 columns.
    Text,
    /// Everything as data.
    Json,
}

/// The sizes that a text may have before it is parsed, and that a release may have before it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Limits {
    /// Bytes in a file.
    pub file_bytes: usize,
    /// Characters in a line.
    pub line_characters: usize,
    /// Depth of quotes and lists.
    pub nesting: usize,
    /// Columns of a table.
    pub table_columns: usize,
    /// Cells of a table, those that its short rows leave out included.
    pub table_cells: usize,
    /// Footnotes in a text.
    pub footnotes: usize,
    /// Files that a contributor's proposal may change.
    pub proposal_files: usize,
    /// How many times its own bytes an answer may become on a page. What counts are the bytes of `agreed.md`, and those of
    /// the answer in the heaviest format as the release tells them beforehand, footnotes included.
    pub output_times: usize,
    /// Bytes that an answer may become on a page beyond that.
    pub output_bytes: usize,
    /// Megabytes of memory that the answers of an edition may take in its PDF, told beforehand from what they are. A PDF is
    /// laid out in memory as a whole.
    pub pdf_megabytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 256 * 1024,
            line_characters: 10_000,
            nesting: 32,
            table_columns: 50,
            table_cells: 10_000,
            footnotes: 500,
            proposal_files: 200,
            output_times: 10,
            output_bytes: 1024 * 1024,
            pdf_megabytes: 3_000,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge::{Accept, Words};
    use crate::narrative::read::toml::parse;

    fn policy(lines: &str) -> Result<Policy, String> {
        let text = format!("schema = 1\ntitle = \"Co-ops\"\n[merge]\n{lines}\n");
        let config: Result<Config, _> = parse("narrative.toml", &text);
        let told = |finding| format!("{finding}");
        config.map(|config| config.merge).map_err(told)
    }

    #[test]
    fn each_policy_has_its_spelling() {
        let accept = |lines| policy(lines).map(|policy| policy.accept);
        assert_eq!(policy(""), Ok(Policy::default()));
        assert_eq!(accept("accept = \"unopposed\""), Ok(Accept::Unopposed));
        assert_eq!(accept("accept = { quorum = 2 }"), Ok(Accept::Quorum(2)));
        assert_eq!(accept("accept = \"none\""), Ok(Accept::None));
        let words = policy("words = \"ask\"").map(|policy| policy.words);
        assert_eq!(words, Ok(Words::Ask));
    }

    #[test]
    fn what_is_no_policy_is_told_with_its_place() {
        let told = |lines| policy(lines).unwrap_err();
        assert!(told("acept = \"none\"").starts_with("narrative.toml:4:1: unknown key `acept`"));
        assert!(told("accept = \"nobody\"").starts_with("narrative.toml:4:10: unknown value"));
        assert!(told("words = 3").starts_with("narrative.toml:4:9: "));
        assert!(told("accept = { quorum = \"two\" }").starts_with("narrative.toml:4:21: "));
    }
}
