//! Git objects and refs; the only file that names `git2`.
//!
//! `git2` buys us objects, trees, refs and tags without a process per call. Its types are turned into ours here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use git2::{
    ErrorCode, ObjectType, Oid, Repository, RepositoryState, Signature, Time, TreeWalkMode,
};

use crate::narrative::id::BlobId;
use crate::narrative::time::Moment;

use super::StoreError;
use super::repository::{CommitId, Identity, TagInfo};
use super::walk::refused_name;

/// What libgit2 said.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct GitError(String);

fn failed(doing: &str) -> impl Fn(git2::Error) -> StoreError + '_ {
    move |error| StoreError::Git {
        doing: doing.to_owned(),
        source: GitError(error.message().to_owned()),
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

/// A repository.
pub struct Git(Repository);

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
        Ok(Self(repository))
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
            .map(Self)
            .map_err(failed("make a repository"))
    }

    pub fn workdir(&self) -> PathBuf {
        self.0.workdir().unwrap_or(self.0.path()).to_path_buf()
    }

    pub fn git_dir(&self) -> &Path {
        self.0.path()
    }

    /// The branch that the head is on, and its commit if it has one.
    pub fn head(&self) -> Result<(String, Option<CommitId>), StoreError> {
        match self.0.head() {
            Ok(head) if head.is_branch() => {
                let commit = head
                    .peel_to_commit()
                    .map_err(failed("read the last commit"))?;
                let name = head.name().unwrap_or("HEAD").to_owned();
                Ok((name, Some(CommitId(commit.id().to_string()))))
            }
            Ok(head) => {
                let id = head.target().map(|id| id.to_string()).unwrap_or_default();
                Err(StoreError::Detached(id.chars().take(7).collect()))
            }
            Err(error) if error.code() == ErrorCode::UnbornBranch => {
                let head = self
                    .0
                    .find_reference("HEAD")
                    .map_err(failed("read the head"))?;
                let name = head
                    .symbolic_target()
                    .ok()
                    .flatten()
                    .unwrap_or("refs/heads/main");
                Ok((name.to_owned(), None))
            }
            Err(error) => Err(failed("read the head")(error)),
        }
    }

    /// The commit that `HEAD` is at, detached or not.
    pub fn head_commit(&self) -> Result<Option<CommitId>, StoreError> {
        match self.0.head().and_then(|head| head.peel_to_commit()) {
            Ok(commit) => Ok(Some(CommitId(commit.id().to_string()))),
            Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
            Err(error) => Err(failed("read the head")(error)),
        }
    }

    /// What git is in the middle of.
    pub fn busy(&self) -> Option<&'static str> {
        match self.0.state() {
            RepositoryState::Clean => None,
            RepositoryState::Merge => Some("merge"),
            RepositoryState::Revert | RepositoryState::RevertSequence => Some("revert"),
            RepositoryState::CherryPick | RepositoryState::CherryPickSequence => {
                Some("cherry-pick")
            }
            RepositoryState::Bisect => Some("bisect"),
            RepositoryState::ApplyMailbox | RepositoryState::ApplyMailboxOrRebase => {
                Some("mailbox being applied")
            }
            _ => Some("rebase"),
        }
    }

    pub fn resolve(&self, revision: &str) -> Result<CommitId, StoreError> {
        let object = self.0.revparse_single(revision);
        let commit = object.and_then(|object| object.peel_to_commit());
        commit
            .map(|commit| CommitId(commit.id().to_string()))
            .map_err(|_| StoreError::NoRevision(revision.to_owned()))
    }

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

    /// The name of a commit's author.
    pub fn author(&self, commit: &CommitId) -> Result<String, StoreError> {
        let found = self
            .0
            .find_commit(oid(&commit.0)?)
            .map_err(failed("read a commit"))?;
        Ok(String::from_utf8_lossy(found.author().name_bytes()).into_owned())
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

    /// The commits from one back to the first, along first parents.
    pub fn line(&self, from: &CommitId) -> Result<Vec<CommitId>, StoreError> {
        let mut walk = self.0.revwalk().map_err(failed("walk the history"))?;
        walk.simplify_first_parent()
            .map_err(failed("walk the history"))?;
        walk.push(oid(&from.0)?)
            .map_err(failed("walk the history"))?;
        walk.map(|id| {
            id.map(|id| CommitId(id.to_string()))
                .map_err(failed("walk the history"))
        })
        .collect()
    }

    /// The name and address in the environment or git's settings.
    pub fn identity(&self) -> Result<Identity, StoreError> {
        identity(self.0.config().ok())
    }

    /// Writes files over a commit's tree as a new commit; no ref is moved yet.
    pub fn write_commit(&self, plan: &Plan<'_>) -> Result<CommitId, StoreError> {
        let parent = match plan.parent {
            Some(id) => Some(
                self.0
                    .find_commit(oid(&id.0)?)
                    .map_err(failed("read a commit"))?,
            ),
            None => None,
        };
        let mut update = git2::build::TreeUpdateBuilder::new();
        for (path, bytes) in plan.files {
            match bytes {
                Some(bytes) => {
                    let id = self.0.blob(bytes).map_err(failed("store a text"))?;
                    update.upsert(path.as_str(), id, git2::FileMode::Blob);
                }
                None => drop(update.remove(path.as_str())),
            }
        }
        let base = match &parent {
            Some(commit) => commit.tree().map_err(failed("read a commit's files"))?,
            None => self.empty_tree()?,
        };
        let tree = update
            .create_updated(&self.0, &base)
            .map_err(failed("store the files"))?;
        let tree = self.0.find_tree(tree).map_err(failed("store the files"))?;
        let author = signature(plan.author, plan.at)?;
        let committer = signature(plan.committer, plan.at)?;
        let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
        let commit = self
            .0
            .commit(None, &author, &committer, plan.message, &tree, &parents);
        commit
            .map(|id| CommitId(id.to_string()))
            .map_err(failed("store the commit"))
    }

    fn empty_tree(&self) -> Result<git2::Tree<'_>, StoreError> {
        let id = self.0.treebuilder(None).and_then(|tree| tree.write());
        id.and_then(|id| self.0.find_tree(id))
            .map_err(failed("store the files"))
    }

    /// Moves a branch from one commit to the next; refuses if it has moved meanwhile.
    pub fn move_branch(
        &self,
        branch: &str,
        from: Option<&CommitId>,
        to: &CommitId,
        why: &str,
    ) -> Result<(), StoreError> {
        let target = oid(&to.0)?;
        let moved = match from {
            Some(from) => self
                .0
                .reference_matching(branch, target, true, oid(&from.0)?, why),
            None => self.0.reference(branch, target, false, why),
        };
        moved
            .map(drop)
            .map_err(failed(&format!("move the branch `{branch}`")))
    }

    /// Makes the index agree with some files of the work tree.
    pub fn update_index(
        &self,
        files: &BTreeMap<String, Option<Vec<u8>>>,
    ) -> Result<(), StoreError> {
        let doing = "update the index";
        let mut index = self.0.index().map_err(failed(doing))?;
        for (path, bytes) in files {
            let path = Path::new(path);
            let done = if bytes.is_some() {
                index.add_path(path)
            } else {
                index.remove_path(path)
            };
            done.map_err(failed(doing))?;
        }
        index.write().map_err(failed(doing))
    }

    /// Makes an annotated tag.
    pub fn tag(&self, tag: &super::Tag) -> Result<String, StoreError> {
        let target = self
            .0
            .find_object(oid(&tag.target.0)?, Some(ObjectType::Commit));
        let target = target.map_err(failed("read the commit to tag"))?;
        let tagger = signature(&tag.tagger, tag.at)?;
        let made = self.0.tag(&tag.name, &target, &tagger, &tag.message, false);
        made.map(|id| id.to_string())
            .map_err(|error| match error.code() {
                ErrorCode::Exists => StoreError::TagExists(tag.name.clone()),
                _ => failed("make the tag")(error),
            })
    }

    /// Every tag, annotated or not.
    pub fn tags(&self) -> Result<Vec<TagInfo>, StoreError> {
        let names = self.0.tag_names(None).map_err(failed("list the tags"))?;
        let names: Vec<String> = names
            .iter()
            .flatten()
            .flatten()
            .map(str::to_owned)
            .collect();
        names.into_iter().map(|name| self.tag_info(&name)).collect()
    }

    fn tag_info(&self, name: &str) -> Result<TagInfo, StoreError> {
        let doing = format!("read the tag `{name}`");
        let reference = self
            .0
            .find_reference(&format!("refs/tags/{name}"))
            .map_err(failed(&doing))?;
        let commit = reference.peel_to_commit().map_err(failed(&doing))?;
        let annotation = reference.peel_to_tag().ok();
        Ok(TagInfo {
            name: name.to_owned(),
            target: CommitId(commit.id().to_string()),
            own_name: annotation
                .as_ref()
                .and_then(|tag| tag.name().ok())
                .map(str::to_owned),
            at: annotation
                .as_ref()
                .and_then(git2::Tag::tagger)
                .map(|tagger| moment(tagger.when())),
            message: annotation
                .as_ref()
                .and_then(|tag| tag.message().ok().flatten())
                .unwrap_or_default()
                .to_owned(),
        })
    }
}

/// The name and address in the environment or in git's settings for every repository.
pub fn identity_by_default() -> Result<Identity, StoreError> {
    identity(git2::Config::open_default().ok())
}

fn identity(config: Option<git2::Config>) -> Result<Identity, StoreError> {
    let variable = |name: &str| {
        std::env::var(name)
            .ok()
            .filter(|value| !value.trim().is_empty())
    };
    let config = config.and_then(|mut config| config.snapshot().ok());
    let set = |key: &str| {
        config
            .as_ref()
            .and_then(|config| config.get_string(key).ok())
    };
    let name = variable("GIT_AUTHOR_NAME").or_else(|| set("user.name"));
    let email = variable("GIT_AUTHOR_EMAIL").or_else(|| set("user.email"));
    match (name, email) {
        (Some(name), Some(email)) => Ok(Identity { name, email }),
        _ => Err(StoreError::NoIdentity),
    }
}

/// A commit that is to be written.
pub struct Plan<'a> {
    pub parent: Option<&'a CommitId>,
    pub files: &'a BTreeMap<String, Option<Vec<u8>>>,
    pub author: &'a Identity,
    pub committer: &'a Identity,
    pub at: Moment,
    pub message: &'a str,
}

fn signature(identity: &Identity, at: Moment) -> Result<Signature<'static>, StoreError> {
    let time = Time::new(at.unix(), 0);
    Signature::new(&identity.name, &identity.email, &time).map_err(failed("write who you are"))
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
