//! What can go wrong with disk and git.

use std::path::PathBuf;

use super::git::GitError;
use super::signing::What;

/// Why something could not be read or written; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No narrative here or above.
    #[error("there is no narrative in `{0}` or above it")]
    NoNarrative(PathBuf),
    /// The narrative is not in a git repository.
    #[error("`{0}` is not in a git repository")]
    NoRepository(PathBuf),
    /// The repository has no work tree.
    #[error("`{0}` is a bare repository: it has no files to work with")]
    Bare(PathBuf),
    /// The repository belongs to another user.
    #[error("`{0}` belongs to another user, so git does not trust it")]
    Owner(PathBuf),
    /// The repository is of a kind that libgit2 cannot read.
    #[error("`{path}` uses {what}, which onetext cannot read yet")]
    Unsupported {
        /// The repository.
        path: PathBuf,
        /// What it uses.
        what: &'static str,
    },
    /// The head is not on a branch.
    #[error("the head of the repository is detached at `{0}`: it is on no branch")]
    Detached(String),
    /// The branch has no commit yet.
    #[error("the branch `{0}` has no commit yet")]
    Unborn(String),
    /// Git is in the middle of something.
    #[error("git is in the middle of a {0}")]
    Busy(&'static str),
    /// Another git process holds the index or a ref.
    #[error("`{0}` is there: another git command is running, or was killed")]
    IndexLocked(PathBuf),
    /// Another onetext is writing.
    #[error("another onetext (process {owner}) is writing here")]
    Locked {
        /// The process that made the lock.
        owner: String,
        /// The lock file.
        path: PathBuf,
    },
    /// Files differ from the last commit.
    #[error("not committed: {}", .0.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", "))]
    Dirty(Vec<String>),
    /// Git does not know who is writing.
    #[error("git does not know who you are")]
    NoIdentity,
    /// A file that is to be made is there.
    #[error("`{0}` is there already, and nothing is overwritten")]
    Exists(PathBuf),
    /// A tag that is to be made is there.
    #[error("the tag `{0}` is there already, and a tag is never moved")]
    TagExists(String),
    /// There is no such revision.
    #[error("there is no revision `{0}`")]
    NoRevision(String),
    /// Two commits have no history in common.
    #[error("the commits {0} and {1} have no commit in common")]
    Unrelated(String, String),
    /// Something in the narrative is no regular file, or has a name that is not allowed.
    #[error("`{path}` is {what}")]
    Refused {
        /// The path, from the root of the repository.
        path: String,
        /// What is wrong with it.
        what: String,
    },
    /// A file could not be read or written.
    #[error("cannot use `{path}`")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Git knows no key to sign with.
    #[error("git knows no key of yours to sign the {0} with")]
    NoSigningKey(What),
    /// A remote could not be asked.
    #[error("the remote `{0}` could not be asked: {1}")]
    Remote(String, String),
    /// Signing failed.
    #[error("the {0} could not be signed: {1}")]
    Signing(What, String),
    /// A program took too long or said too much.
    #[error("`{0}` did not come to an end")]
    Unending(&'static str),
    /// A remote does not let us in.
    #[error("the remote `{0}` does not let you in: {1}")]
    NoLogin(String, String),
    /// More came in than may, as it was sent or unpacked.
    #[error("more than {} MiB came in or had to be unpacked, and was given up", .0 / (1024 * 1024))]
    TooMuch(u64),
    /// A remote that is not among those of the repository.
    #[error("there is no remote `{0}` here")]
    NoRemote(String),
    /// A file that should be a bundle is none, or not whole.
    #[error("`{path}` cannot be taken in as a bundle: {why}")]
    Bundle {
        /// The file.
        path: PathBuf,
        /// What git said of it.
        why: String,
    },
    /// What came from outside is broken or not what git allows.
    #[error("what came from `{place}` is not sound: {why}")]
    Unsound {
        /// The remote or the file.
        place: String,
        /// What git said of it.
        why: String,
    },
    /// Something outside is no longer what it was a moment ago.
    #[error("`{0}` was changed meanwhile")]
    Moved(String),
    /// The clone has a part of the history only.
    #[error("this is a shallow clone, and what `{0}` was written on is not in it")]
    Shallow(String),
    /// An object of git's is there and cannot be read.
    #[error("the object `{id}` ({what}) is damaged: {why}")]
    Damaged {
        /// Its id.
        id: String,
        /// What it holds.
        what: String,
        /// What is wrong with it.
        why: String,
    },
    /// An object of git's is not there.
    #[error("the object `{id}` ({what}) is not in this clone")]
    Missing {
        /// Its id.
        id: String,
        /// What it holds.
        what: String,
        /// Why it may be missing.
        lack: Lack,
    },
    /// The system did not let git do it.
    #[error("the system did not let git {doing}")]
    System {
        /// What was being done.
        doing: String,
        /// Why.
        source: GitError,
    },
    /// Git could not do it.
    #[error("git could not {doing}")]
    Git {
        /// What was being done.
        doing: String,
        /// Why.
        source: GitError,
    },
}

/// Why a clone lacks objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Its history was cut off.
    Shallow,
    /// Files were left at the remote.
    Partial,
    /// It should lack nothing.
    Unknown,
}

impl StoreError {
    /// An error about a file.
    pub fn io(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::Io {
            path: path.into(),
            source,
        }
    }

    /// An error about a path below a folder, told from the repository's root.
    #[must_use]
    pub fn below(self, folder: &str) -> Self {
        match self {
            Self::Refused { path, what } => {
                let path = format!("{folder}{path}");
                Self::Refused { path, what }
            }
            other => other,
        }
    }
}
