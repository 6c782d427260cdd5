//! The parts of a document: files in an archive, unpacked within limits.
//!
//! `zip` buys us the archive here as it does where documents are made.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::reply::ReadError;

use super::xml::{self, Element, broken};

/// The most bytes of a part when it is unpacked: a book has less.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// A document's archive.
#[derive(Debug)]
pub struct Package<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Package<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    ///
    /// It is none.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes));
        archive
            .map(Self)
            .map_err(|error| broken(&error.to_string()))
    }

    /// Whether there is a part.
    pub fn has(&self, name: &str) -> bool {
        self.0.index_for_name(name).is_some()
    }

    /// Unpacks a part and reads it; nothing if there is none.
    ///
    /// # Errors
    ///
    /// It is larger than it may be, or no XML.
    pub fn part(&mut self, name: &str) -> Result<Option<Element>, ReadError> {
        if !self.has(name) {
            return Ok(None);
        }
        let file = self
            .0
            .by_name(name)
            .map_err(|error| broken(&error.to_string()))?;
        let mut bytes = Vec::new();
        // What an archive says of sizes is not to be relied on: counting is.
        let read = file.take(MOST_BYTES + 1).read_to_end(&mut bytes);
        let found = read.map_err(|error| broken(&error.to_string()))?;
        let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
        if found > most {
            let path = name.to_owned();
            return Err(ReadError::TooLarge { path, found, most });
        }
        xml::parse(&bytes).map(Some)
    }
}
