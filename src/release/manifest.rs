//! What ties the files of a release together.

use serde::{Deserialize, Serialize};

use crate::agreement::{Lot, Voice};
use crate::narrative::check::cited;
use crate::narrative::digest::sha256;
use crate::narrative::position::Stand;
use crate::narrative::roster::{Credit, Roster};
use crate::provenance::voices::Passage;

/// The version of this file's schema.
pub const SCHEMA: u32 = 1;

/// What a release is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Manifest {
    /// The version of this file's schema.
    pub schema: u32,
    /// The narrative's title.
    pub narrative: String,
    /// The version.
    pub version: String,
    /// Whether it is a draft.
    pub draft: bool,
    /// What stands behind the texts.
    pub status: String,
    /// The tag, if one is made.
    pub tag: Option<String>,
    /// The commit that was read.
    pub commit: String,
    /// Its tree.
    pub tree: String,
    /// What an archive calls the two.
    pub swhid: Swhids,
    /// The date, which is every file's date.
    pub date: String,
    /// The answers.
    pub questions: Vec<QuestionEntry>,
    /// The files.
    pub files: Vec<FileEntry>,
    /// What made it.
    pub tool: String,
}

/// Names under which the Software Heritage archive, and whoever else keeps git objects, finds what was released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Swhids {
    /// The tree: `swh:1:dir:…`.
    pub directory: String,
    /// The commit: `swh:1:rev:…`.
    pub revision: String,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct QuestionEntry {
    /// Number and short name.
    pub question: String,
    /// The git id of the question as asked.
    pub asked: String,
    /// The git id of the agreed text.
    pub agreed: Option<String>,
    /// How it stands.
    pub status: String,
    /// Where the members stand that have answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<PositionEntry>,
    /// Its words.
    pub words: usize,
    /// Its passages and whose words they are.
    pub passages: Vec<PassageEntry>,
}

/// Where one member stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PositionEntry {
    /// The member's id; absent if it does not wish to be named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// Its name; absent if it does not wish to be named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `agree`, `stand-aside` or `object`.
    pub position: Stand,
    /// The git id of the exact text that it was given on.
    pub text: String,
    /// The day on which it was given.
    pub on: String,
    /// What it counts for: `counts`, `stale` (given on words that have changed since) or `void`.
    pub counts: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What the member wants to stand beside the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
}

impl PositionEntry {
    /// The entry of a member that has answered.
    pub fn of(voice: &Voice) -> Option<Self> {
        let position = voice.position.as_ref()?;
        let counts = match voice.counts {
            Lot::As(_) => "counts",
            Lot::Stale(_) => "stale",
            Lot::Void(_) | Lot::Silent => "void",
        };
        let named = voice.credit == Credit::Named;
        Some(Self {
            member: named.then(|| voice.member.to_string()),
            name: named.then(|| voice.name.clone()),
            position: position.position,
            text: position.text.to_string(),
            on: position.on.to_string(),
            counts: counts.to_owned(),
            reason: position.reason.clone(),
            statement: position.statement.clone(),
        })
    }
}

/// One passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PassageEntry {
    /// The passage.
    pub text: String,
    /// What is known of its words: `first-worded`, `composed`, `facilitator`, `edited-by-hand` or `unknown`.
    pub words: String,
    /// Who worded it first, or of whose changes it was composed, as each wishes to be named; by id if she said nothing.
    pub contributors: Vec<String>,
    /// In whose drafts it stands besides.
    pub also: Vec<String>,
    /// Whether it is the facilitator's own wording.
    pub facilitators_wording: bool,
    /// The fold in which it was worded so.
    pub fold: Option<u32>,
    /// The sources that it cites.
    pub sources: Vec<String>,
}

impl PassageEntry {
    /// The entry of a passage, its contributors as they wish to be named.
    pub fn of(passage: &Passage, roster: &Roster) -> Self {
        Self {
            text: passage.text.clone(),
            words: passage.worded.word().to_owned(),
            contributors: roster.all_shown(&passage.contributors),
            also: roster.all_shown(&passage.also),
            facilitators_wording: passage.facilitator,
            fold: passage.fold,
            sources: cited(&passage.text).into_iter().collect(),
        }
    }
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct FileEntry {
    /// Its name.
    pub name: String,
    /// Its length.
    pub bytes: usize,
    /// Its SHA-256.
    pub sha256: String,
}

impl FileEntry {
    /// The entry of a file.
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            bytes: bytes.len(),
            sha256: sha256(bytes),
        }
    }
}

/// The name and version of what makes releases here.
pub fn tool() -> String {
    let without = if cfg!(feature = "pdf") {
        ""
    } else {
        " without PDF"
    };
    format!("onetext {}{without}", env!("CARGO_PKG_VERSION"))
}

impl Manifest {
    /// The manifest as JSON, with a line end at its end.
    pub fn to_json(&self) -> String {
        // A value of strings and lists always has a JSON form.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Reads a manifest; nothing if it is none.
    pub fn from_json(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

/// The sums of files as `sha256sum --check` reads them.
pub fn sums(files: &[(String, Vec<u8>)]) -> String {
    files
        .iter()
        .map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes)))
        .collect()
}

/// The file that holds the tag object without its signature.
pub const TAG_FILE: &str = "release.tag";

/// The file that holds the signature of the tag object.
pub const SIGNATURE_FILE: &str = "release.tag.sig";

/// The file that says how to cite the release.
pub const CITATION_FILE: &str = "CITATION.cff";

/// The file that says how to check the release.
pub const VERIFY_FILE: &str = "VERIFY.txt";

/// The file that holds the sums.
pub const SUMS_FILE: &str = "SHA256SUMS";

/// The file that holds the manifest.
pub const MANIFEST_FILE: &str = "manifest.json";

/// How people without onetext check a release.
pub fn verify_text(version: &str) -> String {
    include_str!("verify.txt").replace("{version}", version)
}
