//! A narrative in its repository: read at one moment, changed in one step.

mod commits;
mod history;
mod journal;
mod proposals;
mod standing;
mod tags;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::narrative::id::BlobId;
use crate::narrative::snapshot::{File, Snapshot};

use super::git::{self, Git, Line};
use super::{StoreError, files, walk};

pub use commits::{Change, Merged};
pub use proposals::Claim;
pub use standing::Beside;
pub use tags::{Tag, TagInfo};

/// The id of a commit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CommitId(pub(super) String);

impl CommitId {
    /// Takes an id that git has said.
    pub(super) fn of(id: &str) -> Self {
        Self(id.to_owned())
    }

    /// The hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first seven digits, for people.
    pub fn short(&self) -> &str {
        &self.0[..7]
    }
}

/// Where to read a narrative.
#[derive(Clone, Copy, Debug)]
pub enum At<'a> {
    /// The files as they are on disk.
    WorkTree,
    /// The files of a commit.
    Commit(&'a CommitId),
}

/// A name and an address, as git writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
}
/// The id that git gives to some bytes.
pub fn blob_id(bytes: &[u8]) -> BlobId {
    git::blob_id(bytes)
}

/// A narrative and its repository.
#[derive(Debug)]
pub struct Repository {
    pub(super) git: Git,
    /// The narrative's folder relative to the repository's root; empty or ending in `/`.
    folder: String,
    /// The line of commits that was walked last, and where it ends.
    walked: RefCell<Option<(CommitId, Rc<Line>)>>,
}

impl Repository {
    /// Opens the narrative that a folder is in: the nearest folder, from there up, that has `narrative/narrative.toml`
    /// or `narrative.toml`.
    ///
    /// # Errors
    ///
    /// There is none, it is in no repository, or the repository cannot be read.
    pub fn open(start: &Path) -> Result<Self, StoreError> {
        let start = start
            .canonicalize()
            .map_err(|error| StoreError::io(start, error))?;
        let found = start.ancestors().find_map(|dir| {
            let inner = dir.join("narrative");
            let whole = [inner, dir.to_path_buf()];
            whole
                .into_iter()
                .find(|dir| dir.join("narrative.toml").is_file())
        });
        let root = found.ok_or_else(|| StoreError::NoNarrative(start.clone()))?;
        let repository = Self::at(Git::open(&root)?, &root)?;
        repository.finish()?;
        Ok(repository)
    }

    /// Opens or makes the repository of a folder, for a narrative that is to be made in `narrative/` below it.
    ///
    /// # Errors
    ///
    /// The folder cannot be made, or its repository cannot be read.
    pub fn create(dir: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(dir).map_err(|error| StoreError::io(dir, error))?;
        let dir = dir
            .canonicalize()
            .map_err(|error| StoreError::io(dir, error))?;
        let git = match Git::open(&dir) {
            Err(StoreError::NoRepository(_)) => Git::init(&dir)?,
            other => other?,
        };
        Self::at(git, &dir.join("narrative"))
    }

    /// Who would be writing in a repository that is not made yet.
    ///
    /// # Errors
    ///
    /// Git does not know.
    pub fn identity_anywhere(dir: &Path) -> Result<Identity, StoreError> {
        match Git::open(dir) {
            Ok(git) => git.identity(),
            Err(_) => git::identity_by_default(),
        }
    }

    /// The address of `origin`, or of the only remote, of a folder in which there may be no repository yet.
    pub fn origin_of(dir: &Path) -> Option<String> {
        let git = Git::open(dir).ok()?;
        let repository = Self::at(git, &dir.canonicalize().ok()?.join("narrative")).ok()?;
        let remote = repository.remote(None).ok()??;
        repository.remote_address(&remote).ok()
    }

    fn at(git: Git, root: &Path) -> Result<Self, StoreError> {
        let workdir = git.workdir();
        let workdir = workdir
            .canonicalize()
            .map_err(|error| StoreError::io(&workdir, error))?;
        let outside = || StoreError::NoRepository(root.into());
        let relative = root.strip_prefix(&workdir).map_err(|_| outside())?;
        let mut folder = relative.to_string_lossy().replace('\\', "/");
        if !folder.is_empty() {
            folder.push('/');
        }
        Ok(Self {
            git,
            folder,
            walked: RefCell::default(),
        })
    }

    /// The narrative's folder on disk.
    pub fn root(&self) -> PathBuf {
        self.git.workdir().join(&self.folder)
    }

    /// The folder that the narrative's folder is in; the narrative's own if it is the repository's root.
    pub fn home(&self) -> PathBuf {
        self.git.workdir().join(self.beside(""))
    }

    /// A path relative to the repository's root of something beside the narrative's folder.
    pub fn beside(&self, name: &str) -> String {
        let above = self
            .folder
            .strip_suffix("narrative/")
            .unwrap_or(&self.folder);
        format!("{above}{name}")
    }

    /// A path of the narrative as people name it: from the repository's root.
    pub fn shown(&self, path: &str) -> String {
        format!("{}{path}", self.folder)
    }

    /// The files of the narrative at one moment.
    ///
    /// # Errors
    ///
    /// A file cannot be read, is no regular file, or has a name that is refused.
    pub fn snapshot(&self, at: At<'_>) -> Result<Snapshot, StoreError> {
        let read = |folder: &str| match at {
            At::WorkTree => walk::files(&self.git.workdir().join(folder)),
            At::Commit(commit) => self.git.files(commit, folder.trim_end_matches('/')),
        };
        let below = |folder: &str| {
            let files = read(folder).map_err(|error| error.below(folder))?;
            walk::check_cases(files.keys().map(|path| format!("{folder}{path}")))?;
            Ok::<_, StoreError>(named(files))
        };
        let files = below(&self.folder)?;
        let templates = below(&self.beside("templates/"))?;
        Ok(Snapshot { files, templates })
    }

    /// The commit at the head.
    ///
    /// # Errors
    ///
    /// There is none yet, or the head cannot be read.
    pub fn head(&self) -> Result<CommitId, StoreError> {
        if let Some(commit) = self.git.head_commit()? {
            return Ok(commit);
        }
        let (branch, _) = self.git.head()?;
        let name = branch.trim_start_matches("refs/heads/");
        Err(StoreError::Unborn(name.to_owned()))
    }

    /// The commit that a revision names.
    ///
    /// # Errors
    ///
    /// There is no such revision.
    pub fn resolve(&self, revision: &str) -> Result<CommitId, StoreError> {
        self.git.resolve(revision)
    }

    /// Who is writing, by the environment or git's settings.
    ///
    /// # Errors
    ///
    /// Git does not know.
    pub fn identity(&self) -> Result<Identity, StoreError> {
        self.git.identity()
    }

    /// The paths of the narrative and its templates that differ from the last commit, from the repository's root.
    ///
    /// # Errors
    ///
    /// Files or the commit cannot be read.
    pub fn dirty(&self) -> Result<Vec<String>, StoreError> {
        let disk = self.snapshot(At::WorkTree)?;
        let head = match self.git.head_commit()? {
            Some(commit) => self.snapshot(At::Commit(&commit))?,
            None => Snapshot::default(),
        };
        let mut out = differing(&disk.files, &head.files, &self.folder);
        out.extend(differing(
            &disk.templates,
            &head.templates,
            &self.beside("templates/"),
        ));
        Ok(out)
    }

    /// Writes a folder of files as a whole, in place of one that is there, and then does what is to follow.
    ///
    /// # Errors
    ///
    /// The folder cannot be written, or what follows fails; the old one stands.
    pub fn write_folder(
        &self,
        path: &Path,
        files: &[(String, Vec<u8>)],
        last: impl FnOnce() -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        files::write_folder(path, files, last)
    }

    /// Writes one file whole.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn write_file(&self, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        files::write(path, bytes)
    }
}

fn named(files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, File> {
    let file = |bytes: Vec<u8>| File {
        blob: blob_id(&bytes),
        bytes,
    };
    files
        .into_iter()
        .map(|(path, bytes)| (path, file(bytes)))
        .collect()
}

fn differing(a: &BTreeMap<String, File>, b: &BTreeMap<String, File>, prefix: &str) -> Vec<String> {
    let mut paths: Vec<&String> = a.keys().chain(b.keys()).collect();
    paths.sort();
    paths.dedup();
    let differs = |path: &&String| match (a.get(*path), b.get(*path)) {
        (Some(a), Some(b)) => a.blob != b.blob && !is_same_but_for_line_ends(&a.bytes, &b.bytes),
        _ => true,
    };
    paths
        .into_iter()
        .filter(differs)
        .map(|path| format!("{prefix}{path}"))
        .collect()
}

/// Git may hold a text with other line ends than the disk, as `.gitattributes` asks it to.
fn is_same_but_for_line_ends(a: &[u8], b: &[u8]) -> bool {
    fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
        let lines = bytes.split(|byte| *byte == b'\n');
        lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line))
    }
    lines(a).eq(lines(b))
}
