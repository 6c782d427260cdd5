//! How what is here stands to what the others have.

use crate::store::StoreError;

use super::{CommitId, Repository};

/// How the branch at hand stands to the main branch of the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// All that they have is here.
    Abreast,
    /// They have more, and there is no commit here that they have not.
    Behind,
    /// Both have commits that the other has not, and what was changed here stands there as it stands here.
    Within,
    /// Both have commits that the other has not, and these files differ.
    Apart(Vec<String>),
}

impl Repository {
    /// Compares the branch at hand with the main branch of the others; nothing if it is another branch than theirs.
    ///
    /// # Errors
    ///
    /// The history cannot be read, or the two have none in common.
    pub fn standing(
        &self,
        (branch, theirs): &(String, CommitId),
    ) -> Result<Option<Beside>, StoreError> {
        let (own, Some(head)) = self.git.head()? else {
            return Ok(None);
        };
        if own != format!("refs/heads/{branch}") {
            return Ok(None);
        }
        if self.holds(&head, theirs)? {
            return Ok(Some(Beside::Abreast));
        }
        if self.holds(theirs, &head)? {
            return Ok(Some(Beside::Behind));
        }
        let base = self.merge_base(&head, theirs)?;
        let mut differ = Vec::new();
        for change in self.git.difference(&base, &head)?.changes {
            let path = change.path.to_string();
            let there = self.blob_at(theirs, &path)?;
            let there = there.as_ref().map(ToString::to_string);
            if there != change.after.map(|entry| entry.id) {
                differ.push(path);
            }
        }
        Ok(Some(match differ.is_empty() {
            true => Beside::Within,
            false => Beside::Apart(differ),
        }))
    }

    /// The remote that has what the others agree on.
    ///
    /// # Errors
    ///
    /// The remotes cannot be read.
    pub fn others(&self) -> Result<Option<String>, StoreError> {
        match self.upstream()? {
            Some(upstream) => Ok(Some(upstream)),
            None => self.remote(None),
        }
    }
}
