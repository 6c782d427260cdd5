//! Proposals on their way out: a commit aside, pushed by the user's own git with her settings and credentials.
//!
//! Nothing that the user works with moves: not her branch, not her files, not the index. A proposal is a commit on what the
//! remote has, below a ref of ours; the ref that tells what was proposed last moves once the remote has it.

mod answers;
mod bundle;

use std::collections::BTreeMap;
use std::time::Duration;

use crate::narrative::forge::{Push, Way, Web, harmless, is_without_options, words};

use super::call::Call;
use super::git::Plan;
use super::remote::{failure, succeeded};
use super::repository::{Change, CommitId, Repository};
use super::{StoreError, lock};

use answers::{read_refs, status};

/// Where a commit waits while it is proposed, and where the one is that was proposed last.
const STAGED: &str = "refs/onetext/proposing/";
const PROPOSED: &str = "refs/onetext/proposed/";

/// How git is called for a remote.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// How long one call may take.
    pub patience: Duration,
    /// Whether the user's hooks are run.
    pub hooks: Hooks,
    /// Whether git may ask for a password.
    pub prompts: Prompts,
}

/// Whether the user's hooks are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hooks {
    /// They are not.
    Off,
    /// They are, because she asked for it.
    On,
}

/// Whether git may ask for a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompts {
    /// Nobody is there to be asked.
    Off,
    /// On the terminal.
    OnTerminal,
}

/// What a remote says that it has.
#[derive(Clone, Debug, Default)]
pub struct Advertised {
    /// Its main branch, and the commit there.
    pub main: Option<(String, CommitId)>,
    /// Those of the branches asked for that it has.
    pub branches: BTreeMap<String, CommitId>,
}

/// A proposal that waits to be pushed.
#[derive(Clone, Debug)]
pub struct Staged {
    /// The branch that it is called by.
    pub branch: String,
    /// Its commit.
    pub commit: CommitId,
}

/// What a push came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pushed {
    /// The remote took it.
    Taken(String),
    /// The remote had it.
    Known(String),
    /// The remote takes no options, and nothing else of the push either.
    WithoutOptions,
    /// The branch there is not the one that was to be replaced.
    Changed,
    /// The remote refused it: its reason, and what it said besides.
    Refused(String, Vec<String>),
}

impl Repository {
    /// The remote that `origin` is a fork of, if there is one by the name that people give it.
    ///
    /// # Errors
    ///
    /// The remotes cannot be read.
    pub fn upstream(&self) -> Result<Option<String>, StoreError> {
        let all = self.git.remotes()?;
        Ok(all.into_iter().find(|remote| remote == "upstream"))
    }

    /// The address of a remote, as git resolves it.
    ///
    /// # Errors
    ///
    /// Git does not know the remote.
    pub fn remote_address(&self, remote: &str) -> Result<String, StoreError> {
        let call = Call::git(&self.git.workdir());
        let said = call
            .args(["remote", "get-url", "--push", "--", remote])
            .run()?;
        let line = String::from_utf8_lossy(&said.stdout).trim().to_owned();
        let known = said.ok.then_some(line).filter(|line| !line.is_empty());
        known.ok_or_else(|| StoreError::NoRemote(remote.to_owned()))
    }

    /// What a remote has of its main branch and of some others; nothing is fetched.
    ///
    /// # Errors
    ///
    /// The remote cannot be asked.
    pub fn advertised(
        &self,
        remote: &str,
        branches: &[String],
        manner: Manner,
    ) -> Result<Advertised, StoreError> {
        let refs = branches.iter().map(|branch| format!("refs/heads/{branch}"));
        let said = self
            .call(manner)
            .args(["ls-remote", "--symref", "--", remote, "HEAD"])
            .args(refs)
            .run()?;
        let said = succeeded(remote, said)?;
        Ok(read_refs(&String::from_utf8_lossy(&said.stdout)))
    }

    /// The commit of a remote's main branch as it was when it was fetched last.
    ///
    /// # Errors
    ///
    /// A ref cannot be read.
    pub fn main_as_fetched(&self, remote: &str) -> Result<Option<(String, CommitId)>, StoreError> {
        for branch in ["main", "master", "trunk"] {
            let found = self
                .git
                .ref_at(&format!("refs/remotes/{remote}/{branch}"))?;
            if let Some(commit) = found {
                return Ok(Some((branch.to_owned(), commit)));
            }
        }
        Ok(None)
    }

    /// What git is told to fetch a branch; no ref moves.
    pub fn fetching(remote: &str, branch: &str) -> Vec<String> {
        let reference = format!("refs/heads/{branch}");
        let fixed = [
            "fetch",
            "--no-tags",
            "--no-recurse-submodules",
            "--no-write-fetch-head",
            "--refmap=",
            "--",
        ];
        let ends = [remote, &reference];
        fixed.into_iter().chain(ends).map(str::to_owned).collect()
    }

    /// Fetches what a remote has on its main branch, if it is not here yet.
    ///
    /// # Errors
    ///
    /// The remote cannot be asked, or has something else by now.
    pub fn fetch_main(
        &self,
        remote: &str,
        main: &(String, CommitId),
        manner: Manner,
    ) -> Result<(), StoreError> {
        let (branch, commit) = main;
        if self.git.has_commit(commit)? {
            return Ok(());
        }
        let call = self.call(manner).args(["-c", "fetch.fsckObjects=true"]);
        succeeded(remote, call.args(Self::fetching(remote, branch)).run()?)?;
        match self.git.has_commit(commit)? {
            true => Ok(()),
            false => Err(StoreError::Moved(branch.clone())),
        }
    }

    /// The commits that a branch was proposed with: the last that the remote took, and one that was on its way when the
    /// program was ended.
    ///
    /// # Errors
    ///
    /// A ref cannot be read.
    pub fn proposed_before(&self, branch: &str) -> Result<Vec<CommitId>, StoreError> {
        let refs = [PROPOSED, STAGED].map(|below| self.git.ref_at(&format!("{below}{branch}")));
        let mut out = Vec::new();
        for found in refs {
            out.extend(found?);
        }
        Ok(out)
    }

    /// The ref that a proposal is pushed from.
    pub fn staged_ref(branch: &str) -> String {
        format!("{STAGED}{branch}")
    }

    /// Makes the commit of a proposal on what the remote has, aside from every branch.
    ///
    /// # Errors
    ///
    /// Another onetext is writing, or a write failed.
    pub fn stage(
        &self,
        branch: &str,
        on: &CommitId,
        change: &Change,
    ) -> Result<Staged, StoreError> {
        let _lock = lock::take(&self.git.git_dir().join("onetext/lock"))?;
        let files = self.files_of(change);
        let commit = self.write_as_set(&Plan {
            parent: Some(on),
            merged: None,
            files: &files,
            author: &change.author,
            committer: &change.committer,
            at: change.at,
            message: &change.message,
        })?;
        self.stage_commit(branch, commit)
    }

    /// Lets a commit that is there already wait to be pushed.
    ///
    /// # Errors
    ///
    /// The ref cannot be written.
    pub fn stage_commit(&self, branch: &str, commit: CommitId) -> Result<Staged, StoreError> {
        self.git
            .set_ref(&Self::staged_ref(branch), &commit, "onetext propose")?;
        Ok(Staged {
            branch: branch.to_owned(),
            commit,
        })
    }

    /// Lets go of a proposal that waited: the remote has it now, or will not have it.
    ///
    /// # Errors
    ///
    /// A ref cannot be written.
    pub fn unstage(&self, staged: &Staged, taken: Option<&Pushed>) -> Result<(), StoreError> {
        if matches!(taken, Some(Pushed::Taken(_) | Pushed::Known(_))) {
            let name = format!("{PROPOSED}{}", staged.branch);
            self.git.set_ref(&name, &staged.commit, "onetext propose")?;
        }
        self.git.drop_ref(&Self::staged_ref(&staged.branch))
    }

    /// What git is told to push a proposal. A branch is replaced only if it is at `lease`, or not there.
    pub fn pushing(
        remote: &str,
        branch: &str,
        push: &Push,
        lease: Option<&CommitId>,
    ) -> Vec<String> {
        let mut out: Vec<String> = ["push", "--porcelain", "--no-follow-tags"]
            .map(str::to_owned)
            .to_vec();
        out.push("--recurse-submodules=no".to_owned());
        if push.way == Way::Branch {
            let expected = lease.map_or("", CommitId::as_str);
            out.push(format!(
                "--force-with-lease={}:{expected}",
                push.destination
            ));
        }
        for option in &push.options {
            out.extend(["-o".to_owned(), option.clone()]);
        }
        let reference = format!("{}:{}", Self::staged_ref(branch), push.destination);
        out.extend(["--".to_owned(), remote.to_owned(), reference]);
        out
    }

    /// Pushes, as `pushing` says, and tells what came of it.
    ///
    /// # Errors
    ///
    /// The remote cannot be reached, does not let us in, breaks off, or takes too long.
    pub fn push(
        &self,
        remote: &str,
        arguments: &[String],
        (manner, web): (Manner, Option<&Web>),
    ) -> Result<Pushed, StoreError> {
        let said = self.call(manner).args(arguments).run()?;
        let stderr = String::from_utf8_lossy(&said.stderr).into_owned();
        let stdout = String::from_utf8_lossy(&said.stdout).into_owned();
        let line = stdout.lines().find_map(status);
        match line {
            Some(('=', _)) if said.ok => Ok(Pushed::Known(stderr)),
            Some((_, _)) if said.ok => Ok(Pushed::Taken(stderr)),
            _ if is_without_options(&stderr) => Ok(Pushed::WithoutOptions),
            Some(('!', summary)) if summary.contains("(stale info)") => Ok(Pushed::Changed),
            Some(('!', summary)) if summary.starts_with("[remote rejected]") => {
                let why = summary.trim_start_matches("[remote rejected]");
                let why = harmless(why, web);
                let why = why.trim_matches(['(', ')']).to_owned();
                Ok(Pushed::Refused(why, words(&stderr, web)))
            }
            _ => Err(failure(remote, &stderr, web)),
        }
    }

    fn call(&self, manner: Manner) -> Call {
        let dir = self.git.workdir();
        let call = match manner.hooks {
            Hooks::Off => Call::git(&dir),
            Hooks::On => Call::git_with_hooks(&dir),
        };
        let call = call.within(manner.patience).reaching();
        match manner.prompts {
            Prompts::Off => call,
            Prompts::OnTerminal => call.env("GIT_TERMINAL_PROMPT", "1"),
        }
    }
}
