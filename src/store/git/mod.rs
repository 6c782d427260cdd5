//! Git objects and refs; the only folder that names `git2`.
//!
//! `git2` buys us objects, trees, refs and tags without a process per call. Its types are turned into ours here.
//!
//! **Invariant:** nothing here reads replace refs, a mailmap or attributes, or runs a hook: `git2` knows none of them.

mod ancestry;
mod changes;
mod head;
mod lines;
mod objects;
mod proposed;
mod read;
mod tags;
mod who;
mod write;

use std::path::{Path, PathBuf};

use git2::{ErrorClass, ErrorCode, ObjectType, Oid, Repository, Time};

use crate::narrative::id::BlobId;
use crate::narrative::time::Moment;

use super::StoreError;

pub use lines::Line;
use objects::Loose;
pub use proposed::Written;
pub use who::identity_by_default;
pub use write::Plan;

/// What libgit2 said.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct GitError(String);

fn failed(doing: &str) -> impl Fn(git2::Error) -> StoreError + '_ {
    move |error| {
        let message = error.message();
        let (doing, source) = (doing.to_owned(), GitError(message.to_owned()));
        match (error.code(), error.class()) {
            (ErrorCode::Locked, _) if message.contains('\'') => {
                let path = message.split('\'').nth(1).unwrap_or_default();
                StoreError::IndexLocked(path.into())
            }
            (_, ErrorClass::Os) => StoreError::System { doing, source },
            _ => StoreError::Git { doing, source },
        }
    }
}

fn oid(id: &str) -> Result<Oid, StoreError> {
    Oid::from_str(id).map_err(failed(&format!("read the id `{id}`")))
}

fn blob(id: Oid) -> BlobId {
    id.to_string()
        .parse()
        .expect("git ids are forty hexadecimal digits")
}

/// The id of some bytes as a blob.
pub fn blob_id(bytes: &[u8]) -> BlobId {
    blob(Oid::hash_object(ObjectType::Blob, bytes).expect("bytes in memory have an id"))
}

/// The id of some bytes as a tag object.
pub fn tag_id(bytes: &[u8]) -> String {
    let id = Oid::hash_object(ObjectType::Tag, bytes);
    id.expect("bytes in memory have an id").to_string()
}

/// A repository, and what is known of its objects.
pub struct Git(Repository, Loose);

impl std::fmt::Debug for Git {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Git").field(&self.0.path()).finish()
    }
}

impl Git {
    /// Opens the repository that a folder is in.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let repository = Repository::discover(path).map_err(|error| match error.code() {
            ErrorCode::NotFound => StoreError::NoRepository(path.into()),
            ErrorCode::Owner => StoreError::Owner(path.into()),
            _ => unsupported(path, &error).unwrap_or_else(|| failed("open the repository")(error)),
        })?;
        if repository.is_bare() {
            return Err(StoreError::Bare(repository.path().into()));
        }
        Ok(Self::of(repository))
    }

    fn of(repository: Repository) -> Self {
        let loose = Loose::of(&repository.commondir().join("objects"));
        Self(repository, loose)
    }

    /// The git folder that all work trees of the repository share.
    pub fn common_dir(&self) -> &Path {
        self.0.commondir()
    }

    /// Sets an entry of the repository's own configuration, or takes it out.
    pub fn configure(&self, key: &str, value: Option<&str>) -> Result<(), StoreError> {
        let set = || {
            let mut own = self.0.config()?.open_level(git2::ConfigLevel::Local)?;
            match value {
                Some(value) => own.set_str(key, value),
                None => own.remove(key).or_else(|error| match error.code() {
                    ErrorCode::NotFound => Ok(()),
                    _ => Err(error),
                }),
            }
        };
        set().map_err(failed("write the repository's configuration"))
    }

    /// Makes a repository whose first branch is `main`.
    pub fn init(path: &Path) -> Result<Self, StoreError> {
        let mut options = git2::RepositoryInitOptions::new();
        options.initial_head("main").external_template(false);
        Repository::init_opts(path, &options)
            .map(Self::of)
            .map_err(failed("make a repository"))
    }

    pub fn workdir(&self) -> PathBuf {
        self.0.workdir().unwrap_or(self.0.path()).to_path_buf()
    }

    pub fn git_dir(&self) -> &Path {
        self.0.path()
    }
}

fn moment(time: Time) -> Moment {
    Moment::from_unix(time.seconds())
        .unwrap_or_else(|| Moment::from_unix(0).expect("1970 is in the calendar"))
}

/// Kinds of repository that libgit2 cannot read, each by its own message.
fn unsupported(path: &Path, error: &git2::Error) -> Option<StoreError> {
    let message = error.message();
    let what = [
        ("objectformat", "SHA-256 ids"),
        ("object format", "SHA-256 ids"),
        ("refstorage", "the reftable format"),
        ("partialclone", "a partial clone"),
        ("worktreeconfig", "settings per work tree"),
    ];
    let found = what.iter().find(|(sign, _)| message.contains(sign))?;
    Some(StoreError::Unsupported {
        path: path.into(),
        what: found.1,
    })
}
