//! A narrative in its repository: read at one moment, changed in one step.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::narrative::id::BlobId;
use crate::narrative::snapshot::{File, Snapshot};
use crate::narrative::time::Moment;

use super::git::{self, Git, Plan};
use super::{StoreError, files, lock, walk};

/// The id of a commit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CommitId(pub(super) String);

impl CommitId {
    /// The hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
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

/// Files to write and the commit that they become.
#[derive(Clone, Debug)]
pub struct Change {
    /// By path relative to the narrative's folder; nothing removes the file.
    pub writes: BTreeMap<String, Option<Vec<u8>>>,
    /// The commit's message.
    pub message: String,
    /// Whose words they are.
    pub author: Identity,
    /// Who commits.
    pub committer: Identity,
    /// When.
    pub at: Moment,
}

/// An annotated tag to be made.
#[derive(Clone, Debug)]
pub struct Tag {
    /// The name, without `refs/tags/`.
    pub name: String,
    /// The commit.
    pub target: CommitId,
    /// What it says.
    pub message: String,
    /// Who makes it.
    pub tagger: Identity,
    /// When.
    pub at: Moment,
}

/// A tag that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagInfo {
    /// The name of its ref, without `refs/tags/`.
    pub name: String,
    /// The commit that it leads to.
    pub target: CommitId,
    /// The name that the tag object itself has; nothing for a tag without an object.
    pub own_name: Option<String>,
    /// When it was made, as its tagger says.
    pub at: Option<Moment>,
    /// What it says.
    pub message: String,
}

/// The id that git gives to some bytes.
pub fn blob_id(bytes: &[u8]) -> BlobId {
    git::blob_id(bytes)
}

/// The journal's entry for a commit whose files are not laid out yet.
const PENDING: &str = "pending";

/// A commit and the paths that it writes, a line each.
fn pending<'a>(commit: &'a CommitId, paths: impl Iterator<Item = &'a String>) -> Vec<u8> {
    let lines: Vec<&str> = std::iter::once(commit.as_str())
        .chain(paths.map(String::as_str))
        .collect();
    lines.join("\n").into_bytes()
}

/// A narrative and its repository.
#[derive(Debug)]
pub struct Repository {
    git: Git,
    /// The narrative's folder relative to the repository's root; empty or ending in `/`.
    folder: String,
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
        Ok(Self { git, folder })
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
    fn beside(&self, name: &str) -> String {
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
        let files = named(read(&self.folder)?)?;
        let templates = named(read(&self.beside("templates"))?)?;
        Ok(Snapshot { files, templates })
    }

    /// The commit at the head.
    ///
    /// # Errors
    ///
    /// There is none yet, or the head cannot be read.
    pub fn head(&self) -> Result<CommitId, StoreError> {
        let unborn = || StoreError::Unborn("main".to_owned());
        self.git.head_commit()?.ok_or_else(unborn)
    }

    /// The commit that a revision names.
    ///
    /// # Errors
    ///
    /// There is no such revision.
    pub fn resolve(&self, revision: &str) -> Result<CommitId, StoreError> {
        self.git.resolve(revision)
    }

    /// The id of a commit's tree.
    ///
    /// # Errors
    ///
    /// The commit cannot be read.
    pub fn tree_id(&self, commit: &CommitId) -> Result<String, StoreError> {
        self.git.tree_id(commit)
    }

    /// When a commit was made.
    ///
    /// # Errors
    ///
    /// The commit cannot be read.
    pub fn commit_time(&self, commit: &CommitId) -> Result<Moment, StoreError> {
        self.git.commit_time(commit)
    }

    /// The bytes of a blob, if the repository has it.
    ///
    /// # Errors
    ///
    /// The blob cannot be read.
    pub fn blob(&self, id: &BlobId) -> Result<Option<Vec<u8>>, StoreError> {
        self.git.blob(id)
    }

    /// The blob that another file of the narrative had when a file came to be: the state in which its writer started.
    ///
    /// # Errors
    ///
    /// The history cannot be read.
    pub fn blob_when_introduced(
        &self,
        path: &str,
        other: &str,
    ) -> Result<Option<BlobId>, StoreError> {
        let Some(head) = self.git.head_commit()? else {
            return Ok(None);
        };
        let (path, other) = (self.shown(path), self.shown(other));
        let mut first = None;
        for commit in self.git.line(&head)? {
            if self.git.blob_at(&commit, &path)?.is_none() {
                break;
            }
            first = Some(commit);
        }
        first.map_or(Ok(None), |commit| self.git.blob_at(&commit, &other))
    }

    /// The versions of a file of the narrative along the line of commits, oldest first: its bytes, who wrote them, when.
    ///
    /// # Errors
    ///
    /// The history cannot be read.
    pub fn versions(&self, path: &str) -> Result<Vec<(BlobId, String, Moment)>, StoreError> {
        let Some(head) = self.git.head_commit()? else {
            return Ok(Vec::new());
        };
        let path = self.shown(path);
        let mut out = Vec::new();
        let mut last = None;
        for commit in self.git.line(&head)?.iter().rev() {
            let blob = self.git.blob_at(commit, &path)?;
            if let Some(blob) = blob.clone().filter(|_| blob != last) {
                out.push((
                    blob,
                    self.git.author(commit)?,
                    self.git.commit_time(commit)?,
                ));
            }
            last = blob;
        }
        Ok(out)
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

    /// Whether a commit can be made now: on a branch, with git at rest.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn check_writable(&self) -> Result<(), StoreError> {
        self.git.head()?;
        if let Some(what) = self.git.busy() {
            return Err(StoreError::Busy(what));
        }
        let index = self.git.git_dir().join("index.lock");
        if index.exists() {
            Err(StoreError::IndexLocked(index))
        } else {
            Ok(())
        }
    }

    /// Writes files and commits them, and nothing else.
    ///
    /// # Errors
    ///
    /// The repository is not at rest, another onetext is writing, or a write failed; the old state stands.
    pub fn commit(&self, change: &Change) -> Result<CommitId, StoreError> {
        self.check_writable()?;
        let _lock = lock::take(&self.git.git_dir().join("onetext/lock"))?;
        let (branch, parent) = self.git.head()?;
        let files: BTreeMap<String, Option<Vec<u8>>> = change
            .writes
            .iter()
            .map(|(path, bytes)| (self.shown(path), bytes.clone()))
            .collect();
        let plan = Plan {
            parent: parent.as_ref(),
            files: &files,
            author: &change.author,
            committer: &change.committer,
            at: change.at,
            message: &change.message,
        };
        let commit = self.git.write_commit(&plan)?;
        self.keep(PENDING, Some(&pending(&commit, files.keys())))?;
        let why = change.message.lines().next().unwrap_or("onetext");
        self.git
            .move_branch(&branch, parent.as_ref(), &commit, why)?;
        self.lay_out(&files)?;
        self.keep(PENDING, None)?;
        Ok(commit)
    }

    /// Makes the work tree and the index agree with some files of a commit.
    fn lay_out(&self, files: &BTreeMap<String, Option<Vec<u8>>>) -> Result<(), StoreError> {
        let workdir = self.git.workdir();
        for (path, bytes) in files {
            match bytes {
                Some(bytes) => files::write(&workdir.join(path), bytes)?,
                None => files::remove(&workdir.join(path), &workdir)?,
            }
        }
        self.git.update_index(files)
    }

    /// Finishes a commit that was cut off after the branch had moved: its files are laid out from the commit.
    fn finish(&self) -> Result<(), StoreError> {
        let Some(bytes) = self.journal(PENDING)? else {
            return Ok(());
        };
        let Ok(_lock) = lock::take(&self.git.git_dir().join("onetext/lock")) else {
            return Ok(());
        };
        let text = String::from_utf8_lossy(&bytes);
        let mut lines = text.lines();
        let head = self.git.head_commit()?;
        if let Some(commit) = head.filter(|head| lines.next() == Some(head.as_str())) {
            let mut files = BTreeMap::new();
            for path in lines {
                let bytes = match self.git.blob_at(&commit, path)? {
                    Some(blob) => self.git.blob(&blob)?,
                    None => None,
                };
                files.insert(path.to_owned(), bytes);
            }
            self.lay_out(&files)?;
        }
        self.keep(PENDING, None)
    }

    /// Makes an annotated tag.
    ///
    /// # Errors
    ///
    /// It is there already, or cannot be written.
    pub fn tag(&self, tag: &Tag) -> Result<String, StoreError> {
        self.git.tag(tag)
    }

    /// Every tag.
    ///
    /// # Errors
    ///
    /// The tags cannot be read.
    pub fn tags(&self) -> Result<Vec<TagInfo>, StoreError> {
        self.git.tags()
    }

    /// Writes a folder of files as a whole, in place of one that is there.
    ///
    /// # Errors
    ///
    /// The folder cannot be written; the old one stands.
    pub fn write_folder(&self, path: &Path, files: &[(String, Vec<u8>)]) -> Result<(), StoreError> {
        files::write_folder(path, files)
    }

    /// Writes one file whole.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn write_file(&self, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        files::write(path, bytes)
    }

    /// What was kept about something unfinished.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn journal(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.journal_path(name);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::io(path, error)),
        }
    }

    /// Keeps something about what is unfinished, or forgets it.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn keep(&self, name: &str, bytes: Option<&[u8]>) -> Result<(), StoreError> {
        let path = self.journal_path(name);
        match bytes {
            Some(bytes) => files::write(&path, bytes),
            None => files::remove(&path, &path),
        }
    }

    fn journal_path(&self, name: &str) -> PathBuf {
        self.git.git_dir().join("onetext").join(name)
    }
}

fn named(files: BTreeMap<String, Vec<u8>>) -> Result<BTreeMap<String, File>, StoreError> {
    walk::check_cases(files.keys())?;
    let file = |bytes: Vec<u8>| File {
        blob: blob_id(&bytes),
        bytes,
    };
    Ok(files
        .into_iter()
        .map(|(path, bytes)| (path, file(bytes)))
        .collect())
}

fn differing(a: &BTreeMap<String, File>, b: &BTreeMap<String, File>, prefix: &str) -> Vec<String> {
    let mut paths: Vec<&String> = a.keys().chain(b.keys()).collect();
    paths.sort();
    paths.dedup();
    let differs = |path: &&String| a.get(*path) != b.get(*path);
    paths
        .into_iter()
        .filter(differs)
        .map(|path| format!("{prefix}{path}"))
        .collect()
}
