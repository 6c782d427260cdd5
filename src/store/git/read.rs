//! Commits and their files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use git2::{ObjectType, Tree, TreeEntry};

use super::{Git, blob, moment, oid};
use crate::narrative::id::BlobId;
use crate::narrative::time::Moment;
use crate::store::StoreError;
use crate::store::error::Lack;
use crate::store::repository::{Claim, CommitId, Identity};
use crate::store::walk::refused_name;

/// How deep folders may stand in each other.
const DEEPEST: usize = 64;

/// The files of a folder that were found so far.
struct Found<'a> {
    /// From the repository's root.
    folder: &'a str,
    /// By path relative to the folder.
    files: BTreeMap<String, Vec<u8>>,
}

impl Git {
    pub fn tree_id(&self, commit: &CommitId) -> Result<String, StoreError> {
        Ok(self.tree(commit)?.id().to_string())
    }

    pub fn commit_time(&self, commit: &CommitId) -> Result<Moment, StoreError> {
        let found = self.commit_of(oid(&commit.0)?)?;
        Ok(moment(found.time()))
    }

    /// Whose a commit says that it is, and of when; nothing of it is proof.
    pub fn claim(&self, commit: &CommitId) -> Result<Claim, StoreError> {
        let found = self.commit_of(oid(&commit.0)?)?;
        let author = found.author();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(Claim {
            by: Identity {
                name: text(author.name_bytes()),
                email: text(author.email_bytes()),
            },
            at: Moment::from_unix(author.when().seconds()),
        })
    }

    /// The address of who made a commit, as it says itself.
    pub fn committer(&self, commit: &CommitId) -> Result<String, StoreError> {
        let found = self.commit_of(oid(&commit.0)?)?;
        let committer = found.committer();
        Ok(String::from_utf8_lossy(committer.email_bytes()).into_owned())
    }

    fn tree(&self, commit: &CommitId) -> Result<Tree<'_>, StoreError> {
        let commit = self.commit_of(oid(&commit.0)?)?;
        self.tree_of(commit.tree_id())
    }

    /// The regular files of a folder of a commit, by path relative to it.
    pub fn files(
        &self,
        commit: &CommitId,
        folder: &str,
    ) -> Result<BTreeMap<String, Vec<u8>>, StoreError> {
        let root = self.tree(commit)?;
        let tree = if folder.is_empty() {
            root
        } else {
            match self.entry_at(&root, folder)? {
                Some(entry) if entry.kind() == Some(ObjectType::Tree) => {
                    self.tree_of(entry.id())?
                }
                _ => return Ok(BTreeMap::new()),
            }
        };
        let mut out = Found {
            folder,
            files: BTreeMap::new(),
        };
        self.below(&tree, "", &mut out)?;
        Ok(out.files)
    }

    /// Reads the files of a folder and of those in it.
    fn below(&self, tree: &Tree<'_>, prefix: &str, out: &mut Found<'_>) -> Result<(), StoreError> {
        if prefix.split('/').count() > DEEPEST {
            let what = "a folder too deep in others".to_owned();
            let path = prefix.to_owned();
            return Err(StoreError::Refused { path, what });
        }
        let mut names = BTreeSet::new();
        for entry in tree {
            if !names.insert(entry.name_bytes().to_vec()) {
                let what = "twice in its folder".to_owned();
                let path = format!("{prefix}{}", String::from_utf8_lossy(entry.name_bytes()));
                return Err(StoreError::Refused { path, what });
            }
            self.entry(prefix, &entry, out)?;
        }
        Ok(())
    }

    fn entry(
        &self,
        prefix: &str,
        entry: &TreeEntry<'_>,
        out: &mut Found<'_>,
    ) -> Result<(), StoreError> {
        let name = String::from_utf8_lossy(entry.name_bytes()).into_owned();
        let path = format!("{prefix}{name}");
        let hidden = name.starts_with('.') && refused_name(&name).is_none();
        if hidden || name == ".gitkeep" {
            return Ok(());
        }
        if let Some(what) = refused_name(&name) {
            return Err(StoreError::Refused {
                path,
                what: what.to_owned(),
            });
        }
        match (entry.kind(), entry.filemode()) {
            (Some(ObjectType::Tree), _) => {
                self.below(&self.tree_of(entry.id())?, &format!("{path}/"), out)
            }
            (Some(ObjectType::Blob), 0o100_644 | 0o100_755 | 0o100_664) => {
                let shown = Path::new(out.folder).join(&path);
                let what = format!("the file `{}`", shown.display());
                let blob = self.blob_of(entry.id(), &what)?;
                out.files.insert(path, blob.content().to_vec());
                Ok(())
            }
            (_, mode) => {
                let what = format!(
                    "a link or a submodule (mode {mode:o}), and only regular files are read"
                );
                Err(StoreError::Refused { path, what })
            }
        }
    }

    /// The bytes of a text; nothing if the repository does not have it, although it has all that it should have.
    pub fn blob(&self, id: &BlobId) -> Result<Option<Vec<u8>>, StoreError> {
        match self.blob_of(oid(id.as_str())?, "a text") {
            Ok(blob) => Ok(Some(blob.content().to_vec())),
            Err(StoreError::Missing {
                lack: Lack::Unknown,
                ..
            }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The bytes of a text that has to be there, by the path that it is shown by.
    pub fn text(&self, id: &BlobId, path: &str) -> Result<Vec<u8>, StoreError> {
        let blob = self.blob_of(oid(id.as_str())?, &format!("the file `{path}`"))?;
        Ok(blob.content().to_vec())
    }

    /// The blob at a path of a commit.
    pub fn blob_at(&self, commit: &CommitId, path: &str) -> Result<Option<BlobId>, StoreError> {
        let found = self.entry_at(&self.tree(commit)?, path)?;
        Ok(found.map(|entry| blob(entry.id())))
    }
}
