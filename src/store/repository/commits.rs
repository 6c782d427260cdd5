//! One commit at a time: objects, then the branch, then the files, then the index.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::narrative::time::Moment;
use crate::store::git::Plan;
use crate::store::{StoreError, files, lock, signing};

use super::{CommitId, Identity, Repository};

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

/// What a merge brings together.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The commit of the branch that the files were planned on.
    pub onto: CommitId,
    /// The commit that is merged.
    pub commit: CommitId,
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

impl Repository {
    /// Whether a commit can be made now: on a branch, with git at rest.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn check_writable(&self) -> Result<(), StoreError> {
        self.git.head()?;
        self.check_at_rest()?;
        let index = self.git.git_dir().join("index.lock");
        if index.exists() {
            Err(StoreError::IndexLocked(index))
        } else {
            Ok(())
        }
    }

    /// Whether git is at rest: a draft in the middle of a merge may have anything in it.
    ///
    /// # Errors
    ///
    /// What git is in the middle of.
    pub fn check_at_rest(&self) -> Result<(), StoreError> {
        self.git
            .busy()
            .map_or(Ok(()), |what| Err(StoreError::Busy(what)))
    }

    /// The files of a change, by their paths from the repository's root.
    pub(in crate::store) fn files_of(&self, change: &Change) -> BTreeMap<String, Option<Vec<u8>>> {
        let writes = change.writes.iter();
        let shown = writes.map(|(path, bytes)| (self.shown(path), bytes.clone()));
        shown.collect()
    }

    /// Writes files and commits them, and nothing else.
    ///
    /// # Errors
    ///
    /// The repository is not at rest, another onetext is writing, or a write failed; the old state stands.
    pub fn commit(&self, change: &Change) -> Result<CommitId, StoreError> {
        self.commit_files(change, &self.files_of(change), None)
    }

    /// Writes files, whose paths are from the repository's root, and commits them.
    ///
    /// # Errors
    ///
    /// As for [`commit`](Self::commit).
    pub fn commit_from_root(&self, change: &Change) -> Result<CommitId, StoreError> {
        self.commit_files(change, &change.writes, None)
    }

    /// Writes files, whose paths are from the repository's root, and commits them as the merge of another commit.
    ///
    /// # Errors
    ///
    /// The repository is not at rest, another onetext is writing, the branch is no longer where the change was planned,
    /// or a write failed; the old state stands.
    pub fn commit_merge(&self, change: &Change, merge: &Merged) -> Result<CommitId, StoreError> {
        self.commit_files(change, &change.writes, Some(merge))
    }

    fn commit_files(
        &self,
        change: &Change,
        files: &BTreeMap<String, Option<Vec<u8>>>,
        merge: Option<&Merged>,
    ) -> Result<CommitId, StoreError> {
        self.check_writable()?;
        let _lock = lock::take(&self.git.git_dir().join("onetext/lock"))?;
        let (branch, parent) = self.git.head()?;
        if merge.is_some_and(|merge| parent.as_ref() != Some(&merge.onto)) {
            return Err(StoreError::Moved(branch));
        }
        let plan = Plan {
            parent: parent.as_ref(),
            merged: merge.map(|merge| &merge.commit),
            files,
            author: &change.author,
            committer: &change.committer,
            at: change.at,
            message: &change.message,
        };
        let commit = match merge {
            Some(_) => self.write_as_set(&plan)?,
            None => self.git.write_commit(&plan)?,
        };
        let before = self.before(files.keys())?;
        self.keep(PENDING, Some(&pending(&commit, files.keys())))?;
        let why = change.message.lines().next().unwrap_or("onetext");
        if let Err(error) = self.git.move_branch(&branch, parent.as_ref(), &commit, why) {
            // The branch is not at the commit, so that nobody asks for what is pending.
            let _ = self.keep(PENDING, None);
            return Err(error);
        }
        if let Err(error) = self.lay_out(files) {
            // If this fails too, the next command lays the files out.
            let _ = self.take_back((&branch, parent.as_ref(), &commit), &before);
            return Err(error);
        }
        self.keep(PENDING, None)?;
        Ok(commit)
    }

    /// Whether commits that others are to see as hers are signed, because the user's settings say so.
    ///
    /// # Errors
    ///
    /// Git cannot be asked.
    pub fn signs_commits(&self) -> Result<bool, StoreError> {
        signing::signs_commits(&self.git)
    }

    /// Writes a commit, signed if the user's settings say so; no ref is moved yet.
    pub(in crate::store) fn write_as_set(&self, plan: &Plan<'_>) -> Result<CommitId, StoreError> {
        match self.signs_commits()? {
            true => signing::signed_commit(&self.git, plan),
            false => self.git.write_commit(plan),
        }
    }

    /// What is to be written over: files of the work tree, and the index.
    fn before<'a>(
        &self,
        paths: impl Iterator<Item = &'a String>,
    ) -> Result<BTreeMap<PathBuf, Option<Vec<u8>>>, StoreError> {
        let workdir = self.git.workdir();
        let paths = paths.map(|path| workdir.join(path));
        let index = self.git.git_dir().join("index");
        let bytes = paths
            .chain([index])
            .map(|path| Ok((path.clone(), files::read(&path)?)));
        bytes.collect()
    }

    /// Makes branch, files and index what they were before a commit that could not be laid out.
    fn take_back(
        &self,
        (branch, parent, commit): (&str, Option<&CommitId>, &CommitId),
        before: &BTreeMap<PathBuf, Option<Vec<u8>>>,
    ) -> Result<(), StoreError> {
        let workdir = self.git.workdir();
        for (path, bytes) in before {
            match bytes {
                Some(bytes) => files::write(path, bytes)?,
                None => files::remove(path, &workdir)?,
            }
        }
        match parent {
            Some(parent) => {
                self.git
                    .move_branch(branch, Some(commit), parent, "onetext: taken back")?;
            }
            None => self.git.drop_ref(branch)?,
        }
        self.keep(PENDING, None)
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
    pub(super) fn finish(&self) -> Result<(), StoreError> {
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
                let place = self.git.workdir().join(path);
                place.parent().into_iter().for_each(files::sweep);
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
}
