//! What people send instead of a draft: a mail, a document, a text; read, and parted by question.
//!
//! Readers turn each format into one Markdown text, in which what is quoted begins with `>`; [`split`] parts it. What a
//! reader does not take over (changes that were tracked, comments, attachments) it tells.

pub mod document;
mod html;
pub mod line;
mod mail;
mod sheet;
pub mod split;
mod table;

use serde::Serialize;

use crate::narrative::config::Limits;
use crate::narrative::finding::Finding;
use crate::narrative::read::{limits, text};
use split::Manner;

/// The most bytes of a mail or document: pictures and other attachments are not read, but they are there.
pub const MOST_BYTES: usize = 32 * 1024 * 1024;

/// A reply as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Its words.
    pub text: String,
    /// What kind of text it is.
    pub manner: Manner,
    /// The address that it comes from, as it says.
    pub from: Option<String>,
    /// What hangs on it, by name.
    pub attachments: Vec<String>,
    /// The changes that were tracked.
    pub changes: Vec<Tracked>,
    /// What was remarked beside the text.
    pub comments: Vec<Comment>,
}

/// A change that was tracked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Tracked {
    /// What it does.
    pub change: Change,
    /// Who made it, as the document says.
    pub author: String,
    /// The words.
    pub words: String,
}

/// What a tracked change does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It puts words in.
    Inserted,
    /// It takes words out.
    Deleted,
}

/// A remark beside the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Comment {
    /// Who made it, as the document says.
    pub author: String,
    /// Its words.
    pub words: String,
    /// The words that it is about, if it says.
    pub about: String,
}

/// What to do with changes that were tracked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tracking {
    /// Read the text as it is with all of them.
    Accepted,
    /// Read the text as it was before any.
    Original,
}

/// Why a reply cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// A rule that every text keeps is broken.
    #[error("{}", listed(.0))]
    Findings(Vec<Finding>),
    /// It is larger than anybody's words.
    #[error("`{path}` has {found} bytes, and {most} are allowed")]
    TooLarge {
        /// The name of the file, or of a part of it.
        path: String,
        /// How many there are, or are told of.
        found: usize,
        /// How many may be.
        most: usize,
    },
    /// It is no mail.
    #[error("it is no mail")]
    NoMail,
    /// It has no words.
    #[error("it has no words: only pictures or attachments, or nothing")]
    NoWords,
    /// It is no document that can be read.
    #[error("it is no document that can be read: {0}")]
    Broken(String),
    /// It is of a format that is not read.
    #[error("{0} is not read")]
    Unknown(&'static str),
}

fn listed(findings: &[Finding]) -> String {
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// Reads a reply by what its bytes are, and for texts by its name; `path` is what errors call it.
///
/// # Errors
///
/// It is too large, no text, or of a format that is not read.
pub fn read(path: &str, bytes: &[u8], tracking: Tracking) -> Result<Reply, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(too_large(path, bytes.len(), MOST_BYTES));
    }
    let ends = |end: &str| path.to_lowercase().ends_with(end);
    let mut reply = if bytes.starts_with(b"PK\x03\x04") {
        document::read(bytes, tracking)?
    } else if let Some(other) = other(bytes) {
        return Err(ReadError::Unknown(other));
    } else if ends(".eml") || mail::is_mail(bytes) {
        mail::read(bytes)?
    } else {
        let text =
            text::decode(path, bytes).map_err(|finding| ReadError::Findings(vec![finding]))?;
        let page = ends(".html") || ends(".htm");
        let paper = ends(".md") || ends(".markdown");
        Reply {
            text: if page { html::read(&text) } else { text },
            manner: if paper { Manner::Paper } else { Manner::Letter },
            from: None,
            attachments: Vec::new(),
            changes: Vec::new(),
            comments: Vec::new(),
        }
    };
    reply.text = text::normal(&reply.text);
    sound(path, &reply.text)?;
    Ok(reply)
}

/// Holds a text to the sizes and signs that every text keeps.
fn sound(path: &str, words: &str) -> Result<(), ReadError> {
    let limits = Limits::default();
    if words.trim().is_empty() {
        return Err(ReadError::NoWords);
    }
    if words.len() > limits.file_bytes {
        return Err(too_large(path, words.len(), limits.file_bytes));
    }
    let mut findings = text::controls(path, words);
    findings.extend(limits::shape(path, words, &limits));
    match findings.is_empty() {
        true => Ok(()),
        false => Err(ReadError::Findings(findings)),
    }
}

fn too_large(path: &str, found: usize, most: usize) -> ReadError {
    ReadError::TooLarge {
        path: path.to_owned(),
        found,
        most,
    }
}

/// The name of a format that is known by its first bytes and not read.
fn other(bytes: &[u8]) -> Option<&'static str> {
    const FORMATS: [(&[u8], &str); 4] = [
        (b"%PDF", "a PDF"),
        (b"{\\rtf", "an RTF file"),
        (b"\xd0\xcf\x11\xe0", "a file of an old Word or Outlook"),
        (b"\x1f\x8b", "a packed file"),
    ];
    let found = FORMATS.iter().find(|(begin, _)| bytes.starts_with(begin));
    found.map(|(_, name)| *name)
}
