//! The parts of a document: files in an archive, unpacked within limits.
//!
//! `zip` buys us the archive here as it does where documents are made.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::reply::ReadError;

use super::xml::{self, Element, broken};

/// The most bytes of the parts that are read when they are unpacked: a book has less.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// A document's archive, and what may still be read of it.
///
/// **Invariant:** all parts that are read have together no more bytes and elements than one may have.
#[derive(Debug)]
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    bytes: usize,
    elements: usize,
}

impl<'a> Package<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    ///
    /// It is none.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes));
        Ok(Self {
            archive: archive.map_err(|error| broken(&error.to_string()))?,
            bytes: MOST_BYTES,
            elements: xml::MOST,
        })
    }

    /// Whether there is a part.
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The names of the parts of a kind, in order; no document has more than a few.
    pub fn named(&self, begin: &str) -> Vec<String> {
        let names = self.archive.file_names().filter_map(Result::ok);
        let named = names.filter(|name| name.starts_with(begin) && name.ends_with(".xml"));
        let mut named: Vec<String> = named.map(std::borrow::Cow::into_owned).collect();
        named.sort_unstable();
        named
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
        let file = self.archive.by_name(name);
        let file = file.map_err(|error| broken(&error.to_string()))?;
        let mut bytes = Vec::new();
        // What an archive says of sizes is not to be relied on: counting is.
        let most = u64::try_from(self.bytes).unwrap_or(u64::MAX);
        let read = file.take(most + 1).read_to_end(&mut bytes);
        let found = read.map_err(|error| broken(&error.to_string()))?;
        let Some(left) = self.bytes.checked_sub(found) else {
            return Err(ReadError::TooLarge {
                path: format!("{name}, unpacked, with the parts before it"),
                found: MOST_BYTES - self.bytes + found,
                most: MOST_BYTES,
            });
        };
        self.bytes = left;
        xml::parse(&bytes, &mut self.elements).map(Some)
    }
}
