//! A contributor's change on its way in, and what of it she may make.
//!
//! The choice made here: a proposal is judged by what its trees say of it (paths, modes, sizes, ids), before a byte of a
//! file is read, and by the roster and the questions of the state that it is to be put on, never by its own. What is
//! refused is told path by path with its owner, and what is allowed can be taken without the rest.
//!
//! ```
//! use onetext::narrative::proposal::{Author, Ground, Proposal, Verdict, judge};
//! use onetext::narrative::{read, snapshot::{File, Snapshot}};
//! let files = [("narrative.toml", "schema = 1\ntitle = \"T\"\n"), ("1-size/question.md", "How big?\n"),
//!     ("roster.toml", "schema = 1\n[[contributors]]\nid = \"ana\"\nname = \"Ana\"\n")];
//! let mut snapshot = Snapshot::default();
//! for (path, text) in files {
//!     let blob = "0".repeat(40).parse().unwrap();
//!     snapshot.files.insert(path.to_owned(), File { blob, bytes: text.into() });
//! }
//! let narrative = read(&snapshot).unwrap();
//! let ground = Ground::new("narrative/", &narrative, "2026-03-01".parse().unwrap());
//! let proposal = Proposal::by(Author::Known("ana".parse().unwrap()))
//!     .adding("narrative/1-size/drafts/ana.md")
//!     .adding("narrative/1-size/drafts/bo.md");
//! let judged = judge(&proposal, &ground);
//! let verdicts: Vec<_> = judged.rulings.iter().map(|ruling| &ruling.verdict).collect();
//! assert_eq!(verdicts, [&Verdict::Allowed, &Verdict::Refused]);
//! assert_eq!(judged.findings[0].message, "the file belongs to `bo`, and the proposal is by `ana`");
//! ```
//!
//! **Invariant:** a ruling for each change, in the order of the changes; none is [`Verdict::Refused`] without an error
//! that says why.

mod content;
mod judge;
mod owner;
mod path;
mod right;
mod shape;
#[cfg(test)]
mod tests;
pub mod who;

pub use content::content;
pub use judge::{Ground, Judgement, Ruling, Verdict, judge};
pub use owner::Owner;
pub use path::RawPath;

use super::id::ContributorId;

/// The mode of a regular file, the only one that a narrative has.
pub const REGULAR: u32 = 0o100_644;

/// What somebody wants to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Whose it is.
    pub author: Author,
    /// What differs between the state that it is to be put on and the proposed one, by path.
    pub changes: Vec<Change>,
    /// Whether that is all.
    pub extent: Extent,
    /// Other files and folders of the proposed state, in the folders that the changes are in and above them.
    pub neighbours: Vec<RawPath>,
}

/// Whose a proposal is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    /// A contributor, whoever has made sure of it.
    Known(ContributorId),
    /// Nobody in the roster, and why: `nobody in the roster has the account …`.
    Unknown {
        /// What was found instead.
        why: String,
        /// What makes her known.
        mend: String,
    },
}

/// Whether all changes were listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// They were.
    Whole,
    /// There are more than anybody would look at.
    Cut,
}

/// One path that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The path from the repository's root.
    pub path: RawPath,
    /// What was there.
    pub before: Option<Entry>,
    /// What is there then.
    pub after: Option<Entry>,
}

/// What a tree says of a file, without a byte of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its mode: 100644 in octal for a regular file, 120000 for a link, 160000 for a submodule.
    pub mode: u32,
    /// Its length in bytes; nothing for what is not stored here.
    pub size: Option<u64>,
    /// The id of its blob, or of a submodule's commit.
    pub id: String,
}

impl Proposal {
    /// A proposal that changes nothing yet.
    pub fn by(author: Author) -> Self {
        Self {
            author,
            changes: Vec::new(),
            extent: Extent::Whole,
            neighbours: Vec::new(),
        }
    }

    /// Adds a small new file.
    #[must_use]
    pub fn adding(mut self, path: &str) -> Self {
        self.changes.push(Change {
            path: RawPath::from(path),
            before: None,
            after: Some(Entry::regular(1)),
        });
        self
    }
}

impl Entry {
    /// A regular file of some length.
    pub fn regular(size: u64) -> Self {
        Self {
            mode: REGULAR,
            size: Some(size),
            id: "0".repeat(40),
        }
    }
}
