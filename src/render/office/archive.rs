//! The container of an office file; the only file that names `zip`.
//!
//! `zip` buys us the archive with its checksums and its compression. Entries are sorted and have one date, one system and
//! one level of compression, so that the same parts give the same bytes on any machine.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// The parts of a file by name.
pub type Parts = BTreeMap<&'static str, String>;

/// Packs parts.
pub fn pack(parts: &Parts) -> Vec<u8> {
    written(None, parts).expect("what is in memory fits into an archive in memory")
}

/// Packs parts behind one that stands first and as it is, so that programs know the kind of file by its first bytes.
pub fn pack_behind(name: &'static str, text: &str, parts: &Parts) -> Vec<u8> {
    written(Some((name, text)), parts).expect("what is in memory fits into an archive in memory")
}

fn written(first: Option<(&'static str, &str)>, parts: &Parts) -> ZipResult<Vec<u8>> {
    let stored = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644);
    let deflated = stored
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    if let Some((name, text)) = first {
        archive.start_file(name, stored)?;
        archive.write_all(text.as_bytes())?;
    }
    for (name, text) in parts {
        archive.start_file(*name, deflated)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}
