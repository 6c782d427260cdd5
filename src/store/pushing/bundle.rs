//! Proposals in a file, for who has no account anywhere.

use std::path::Path;
use std::time::Duration;

use super::{Hooks, Manner, Prompts, STAGED, Staged};
use crate::store::remote::succeeded;
use crate::store::repository::{CommitId, Repository};
use crate::store::{StoreError, files};

/// How long the making of a file may take.
const PATIENCE: Duration = Duration::from_secs(600);

impl Repository {
    /// Writes proposals that wait into one file, as branches, with all that those who have `base` need.
    ///
    /// # Errors
    ///
    /// The file is there, or cannot be written.
    pub fn bundle(
        &self,
        file: &Path,
        staged: &[Staged],
        bases: &[CommitId],
    ) -> Result<(), StoreError> {
        if file.exists() {
            return Err(StoreError::Exists(file.into()));
        }
        let said = self
            .call(Manner {
                patience: PATIENCE,
                hooks: Hooks::Off,
                prompts: Prompts::Off,
            })
            .args(Self::bundling(
                "-",
                staged.iter().map(|one| &*one.branch),
                bases,
            ))
            .run()?;
        let said = succeeded(&file.display().to_string(), said)?;
        files::write(file, &as_branches(said.stdout))
    }

    /// What git is told to make a bundle.
    pub fn bundling<'a>(
        file: &str,
        branches: impl Iterator<Item = &'a str>,
        bases: &[CommitId],
    ) -> Vec<String> {
        let start = ["bundle", "create", "--quiet", file].map(str::to_owned);
        let refs = branches.map(Self::staged_ref);
        let without = bases.iter().map(|base| format!("^{}", base.as_str()));
        start.into_iter().chain(refs).chain(without).collect()
    }
}

/// In the head of a bundle, which is text and ends at an empty line, refs of ours become branches.
fn as_branches(bundle: Vec<u8>) -> Vec<u8> {
    let end = bundle.windows(2).position(|pair| pair == b"\n\n");
    let Some(end) = end else {
        return bundle;
    };
    let (head, pack) = bundle.split_at(end);
    let head = String::from_utf8_lossy(head).replace(STAGED, "refs/heads/");
    [head.as_bytes(), pack].concat()
}

#[cfg(test)]
mod tests {
    use super::as_branches;

    #[test]
    fn the_head_of_a_bundle_names_branches() {
        let bundle = b"# v2 git bundle\n-aa on\nbb refs/onetext/proposing/bo/1-size\n\nPACK\n\nrefs/onetext/proposing/";
        let named = as_branches(bundle.to_vec());
        let expected =
            b"# v2 git bundle\n-aa on\nbb refs/heads/bo/1-size\n\nPACK\n\nrefs/onetext/proposing/";
        assert_eq!(named, expected);
    }
}
