//! Commits and their files.

use std::collections::BTreeMap;
use std::path::Path;

use git2::{ErrorCode, ObjectType, TreeWalkMode};

use super::{Git, blob, failed, moment, oid};
use crate::narrative::id::BlobId;
use crate::narrative::time::Moment;
use crate::store::StoreError;
use crate::store::repository::{Claim, CommitId, Identity};
use crate::store::walk::refused_name;

impl Git {
    pub fn tree_id(&self, commit: &CommitId) -> Result<String, StoreError> {
        Ok(self.tree(commit)?.id().to_string())
    }

    pub fn commit_time(&self, commit: &CommitId) -> Result<Moment, StoreError> {
        let found = self
            .0
            .find_commit(oid(&commit.0)?)
            .map_err(failed("read a commit"))?;
        Ok(moment(found.time()))
    }

    /// Whose a commit says that it is, and of when; nothing of it is proof.
    pub fn claim(&self, commit: &CommitId) -> Result<Claim, StoreError> {
        let found = self
            .0
            .find_commit(oid(&commit.0)?)
            .map_err(failed("read a commit"))?;
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

    fn tree(&self, commit: &CommitId) -> Result<git2::Tree<'_>, StoreError> {
        let commit = self
            .0
            .find_commit(oid(&commit.0)?)
            .map_err(failed("read a commit"))?;
        commit.tree().map_err(failed("read a commit's files"))
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
            let Ok(entry) = root.get_path(Path::new(folder)) else {
                return Ok(BTreeMap::new());
            };
            let object = entry.to_object(&self.0).map_err(failed("read a folder"))?;
            let Ok(tree) = object.into_tree() else {
                return Ok(BTreeMap::new());
            };
            tree
        };
        let mut out = BTreeMap::new();
        let mut refused = None;
        let walked = tree.walk(TreeWalkMode::PreOrder, |prefix, entry| {
            match self.entry(prefix, entry, &mut out) {
                Ok(()) => 0,
                Err(error) => {
                    refused = Some(error);
                    -1
                }
            }
        });
        match refused {
            Some(error) => Err(error),
            None => walked
                .map(|()| out)
                .map_err(failed("read a commit's files")),
        }
    }

    fn entry(
        &self,
        prefix: &str,
        entry: &git2::TreeEntry<'_>,
        out: &mut BTreeMap<String, Vec<u8>>,
    ) -> Result<(), StoreError> {
        let name = String::from_utf8_lossy(entry.name_bytes()).into_owned();
        let path = format!("{prefix}{name}");
        let hidden = path
            .split('/')
            .any(|part| part.starts_with('.') && refused_name(part).is_none());
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
            (Some(ObjectType::Tree), _) => Ok(()),
            (Some(ObjectType::Blob), 0o100_644 | 0o100_755 | 0o100_664) => {
                let blob = self
                    .0
                    .find_blob(entry.id())
                    .map_err(failed("read a file"))?;
                out.insert(path, blob.content().to_vec());
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

    pub fn blob(&self, id: &BlobId) -> Result<Option<Vec<u8>>, StoreError> {
        match self.0.find_blob(oid(id.as_str())?) {
            Ok(blob) => Ok(Some(blob.content().to_vec())),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(failed("read a text")(error)),
        }
    }

    /// The blob at a path of a commit.
    pub fn blob_at(&self, commit: &CommitId, path: &str) -> Result<Option<BlobId>, StoreError> {
        let tree = self.tree(commit)?;
        Ok(tree
            .get_path(Path::new(path))
            .ok()
            .map(|entry| blob(entry.id())))
    }
}
