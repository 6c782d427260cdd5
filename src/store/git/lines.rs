//! What happened to each file along a line of commits, in one walk.

use std::collections::BTreeMap;

use git2::{ObjectType, Tree};

use super::{Git, blob, moment, oid};
use crate::narrative::id::BlobId;
use crate::narrative::time::Moment;
use crate::store::StoreError;
use crate::store::repository::CommitId;

/// The commits of a line along first parents, oldest first, and what each of them did to files.
#[derive(Debug)]
pub struct Line {
    /// Who wrote each commit, and when it was made.
    made: Vec<(String, Moment)>,
    /// By path: at which commit the file came to be, or changed, or went.
    changes: BTreeMap<String, Vec<(usize, Option<BlobId>)>>,
}

impl Line {
    /// The versions of a file: its bytes, who wrote them, when; oldest first.
    pub fn versions(&self, path: &str) -> Vec<(BlobId, String, Moment)> {
        let stands = self.of(path).iter().filter_map(|(at, blob)| {
            let (by, when) = self.made[*at].clone();
            Some((blob.clone()?, by, when))
        });
        stands.collect()
    }

    /// The blob that another file had at the commit in which a file that stands last came to be.
    pub fn when_introduced(&self, path: &str, other: &str) -> Option<BlobId> {
        let own = self.of(path);
        let since = own.iter().rposition(|(_, blob)| blob.is_none());
        let (first, _) = own.get(since.map_or(0, |gone| gone + 1))?;
        let other = self.of(other);
        let until = other.partition_point(|(at, _)| at <= first);
        other[..until].last()?.1.clone()
    }

    fn of(&self, path: &str) -> &[(usize, Option<BlobId>)] {
        self.changes.get(path).map_or(&[], Vec::as_slice)
    }
}

impl Git {
    /// Walks from a commit back to the first, along first parents. A commit costs what it changed: folders that are
    /// equal in two commits are not looked into.
    pub fn line(&self, from: &CommitId) -> Result<Line, StoreError> {
        let mut commits = Vec::new();
        let mut next = Some(oid(&from.0)?);
        while let Some(commit) = next {
            commits.push(commit);
            next = self.stored_parents(commit)?.first().copied();
        }
        commits.reverse();
        let mut line = Line {
            made: Vec::new(),
            changes: BTreeMap::new(),
        };
        let mut last = None;
        for (at, id) in commits.into_iter().enumerate() {
            let commit = self.commit_of(id)?;
            let tree = self.tree_of(commit.tree_id())?;
            let by = String::from_utf8_lossy(commit.author().name_bytes()).into_owned();
            line.made.push((by, moment(commit.time())));
            self.changed((last.as_ref(), Some(&tree)), "", &mut |path, blob| {
                line.changes.entry(path).or_default().push((at, blob));
            })?;
            last = Some(tree);
        }
        Ok(line)
    }

    /// Tells each file that differs between two folders, with the blob that it has in the second.
    fn changed(
        &self,
        (before, after): (Option<&Tree<'_>>, Option<&Tree<'_>>),
        prefix: &str,
        tell: &mut impl FnMut(String, Option<BlobId>),
    ) -> Result<(), StoreError> {
        if before.map(Tree::id) == after.map(Tree::id) {
            return Ok(());
        }
        for entry in after.iter().flat_map(|tree| tree.iter()) {
            let old = before.and_then(|tree| tree.get_name_bytes(entry.name_bytes()));
            let path = format!("{prefix}{}", String::from_utf8_lossy(entry.name_bytes()));
            let old_id = old.as_ref().map(git2::TreeEntry::id);
            if old_id != Some(entry.id()) {
                let inner = (self.folder(old.as_ref())?, self.folder(Some(&entry))?);
                let inner = (inner.0.as_ref(), inner.1.as_ref());
                self.changed(inner, &format!("{path}/"), tell)?;
                let is = |entry: &git2::TreeEntry<'_>| entry.kind() != Some(ObjectType::Tree);
                if is(&entry) {
                    tell(path, Some(blob(entry.id())));
                } else if old.as_ref().is_some_and(is) {
                    tell(path, None);
                }
            }
        }
        for entry in before.iter().flat_map(|tree| tree.iter()) {
            let stays = after.and_then(|tree| tree.get_name_bytes(entry.name_bytes()));
            if stays.is_some() {
                continue;
            }
            let path = format!("{prefix}{}", String::from_utf8_lossy(entry.name_bytes()));
            match self.folder(Some(&entry))? {
                Some(inner) => self.changed((Some(&inner), None), &format!("{path}/"), tell)?,
                None => tell(path, None),
            }
        }
        Ok(())
    }

    fn folder(&self, entry: Option<&git2::TreeEntry<'_>>) -> Result<Option<Tree<'_>>, StoreError> {
        let Some(entry) = entry.filter(|entry| entry.kind() == Some(ObjectType::Tree)) else {
            return Ok(None);
        };
        self.tree_of(entry.id()).map(Some)
    }
}
