//! What is kept about something unfinished.

use std::path::PathBuf;

use crate::store::{StoreError, files};

use super::Repository;

impl Repository {
    /// What was kept about something unfinished.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn journal(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        files::read(&self.journal_path(name))
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
