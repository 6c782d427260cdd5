//! Who came before whom, read from the commits as they are stored: no graft has a say.

use std::collections::BTreeSet;

use git2::Oid;

use super::{Git, oid};
use crate::store::StoreError;
use crate::store::repository::CommitId;

/// Where a main branch may be found, in this order: what the remote calls its own, then the usual names.
const MAIN: [&str; 5] = [
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
];

impl Git {
    /// The newest commits of the main branch, here and at the remote; of the branch at hand if there is no main one.
    pub fn main_tips(&self) -> Result<Vec<CommitId>, StoreError> {
        let mut tips: Vec<CommitId> = Vec::new();
        for name in MAIN {
            let found = self.0.find_reference(name);
            if let Ok(found) = found {
                let commit = self.commit_at(&found)?;
                tips.extend(commit.map(|commit| CommitId(commit.to_string())));
            }
        }
        if tips.is_empty() {
            tips.extend(self.head_commit()?);
        }
        Ok(tips)
    }

    /// Whether a commit is one of some others or of those that came before them.
    pub fn leads_to(&self, tips: &[CommitId], sought: &CommitId) -> Result<bool, StoreError> {
        let sought = oid(&sought.0)?;
        let mut seen = BTreeSet::new();
        let mut next: Vec<Oid> = tips
            .iter()
            .map(|tip| oid(&tip.0))
            .collect::<Result<_, _>>()?;
        while let Some(commit) = next.pop() {
            if commit == sought {
                return Ok(true);
            }
            if seen.insert(commit) {
                next.extend(self.stored_parents(commit)?);
            }
        }
        Ok(false)
    }

    /// The commit before one, along the first parents.
    pub fn parent(&self, commit: &CommitId) -> Result<Option<CommitId>, StoreError> {
        let parents = self.stored_parents(oid(&commit.0)?)?;
        Ok(parents.first().map(|parent| CommitId(parent.to_string())))
    }

    /// The commit before one; nothing if there is none, or more than one.
    pub fn sole_parent(&self, commit: &CommitId) -> Result<Option<CommitId>, StoreError> {
        let parents = self.stored_parents(oid(&commit.0)?)?;
        Ok(match parents.as_slice() {
            [only] => Some(CommitId(only.to_string())),
            _ => None,
        })
    }

    /// The nearest commit that two have in common; the greater id of several that are equally near.
    pub fn merge_base(
        &self,
        one: &CommitId,
        other: &CommitId,
    ) -> Result<Option<CommitId>, StoreError> {
        let theirs = self.with_all_before(&[oid(&one.0)?])?;
        let mut nearest = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut next = vec![oid(&other.0)?];
        while let Some(commit) = next.pop() {
            if theirs.contains(&commit) {
                nearest.insert(commit);
            } else if seen.insert(commit) {
                next.extend(self.stored_parents(commit)?);
            }
        }
        for commit in nearest.clone() {
            let before = self.with_all_before(&self.stored_parents(commit)?)?;
            nearest.retain(|other| !before.contains(other));
        }
        Ok(nearest.last().map(|commit| CommitId(commit.to_string())))
    }

    /// Some commits and all that came before them.
    fn with_all_before(&self, commits: &[Oid]) -> Result<BTreeSet<Oid>, StoreError> {
        let mut seen = BTreeSet::new();
        let mut next = commits.to_vec();
        while let Some(commit) = next.pop() {
            if seen.insert(commit) {
                next.extend(self.stored_parents(commit)?);
            }
        }
        Ok(seen)
    }
}
