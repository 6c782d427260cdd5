//! Objects in files of their own, looked at before libgit2 reads them.
//!
//! `flate2` buys us a reader that comes to an end: libgit2 inflates a file that was cut off for ever. Packs are not looked
//! at, since libgit2 finds their ends itself.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::ZlibDecoder;

/// Bytes that the first line of an object may have: its kind and length.
const HEAD: usize = 32;

/// How often one store of objects may point to the next.
const FURTHEST: usize = 5;

/// The folders that have objects in files of their own, and those files that are known to be whole.
#[derive(Debug, Default)]
pub struct Loose {
    folders: RefCell<Vec<PathBuf>>,
    whole: RefCell<BTreeSet<String>>,
}

impl Loose {
    /// The objects of a folder, and of those that it borrows from.
    pub fn of(folder: &Path) -> Self {
        let loose = Self::default();
        loose.add(folder);
        loose
    }

    /// Adds a folder, and those that it borrows from.
    pub fn add(&self, folder: &Path) {
        let mut next = vec![folder.to_path_buf()];
        for _ in 0..FURTHEST {
            let borrowed = next.iter().flat_map(|folder| borrowed(folder)).collect();
            self.folders.borrow_mut().append(&mut next);
            next = borrowed;
        }
    }

    /// What is wrong with the file of an object; nothing if it is whole, or there is no such file.
    pub fn flaw(&self, id: &str) -> Option<String> {
        if self.whole.borrow().contains(id) {
            return None;
        }
        let (folder, name) = id.split_at(2);
        for objects in self.folders.borrow().iter() {
            match File::open(objects.join(folder).join(name)) {
                Ok(file) => {
                    if let Some(flaw) = flaw(BufReader::new(file)) {
                        return Some(flaw);
                    }
                    break;
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Some(error.to_string()),
            }
        }
        self.whole.borrow_mut().insert(id.to_owned());
        None
    }

    /// The name of a pack that is not what its index was made for.
    pub fn broken_pack(&self) -> Option<String> {
        let folders = self.folders.borrow();
        let packs = folders.iter().flat_map(|objects| packs(objects));
        let mut broken = packs.filter(|pack| {
            let own = ending(pack, 20);
            let told = ending(&pack.with_extension("idx"), 40);
            own.is_none() || own != told
        });
        let name = broken.next()?;
        Some(name.file_name()?.to_string_lossy().into_owned())
    }
}

/// The folders of objects that one borrows from.
fn borrowed(objects: &Path) -> Vec<PathBuf> {
    let listed = std::fs::read_to_string(objects.join("info/alternates")).unwrap_or_default();
    let lines = listed.lines().filter(|line| !line.starts_with('#'));
    let lines = lines.filter(|line| !line.is_empty());
    lines.map(|line| objects.join(line)).collect()
}

fn packs(objects: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(objects.join("pack"))
        .into_iter()
        .flatten();
    let paths = entries.flatten().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|found| found == "pack"))
        .collect();
    paths.sort();
    paths
}

/// The twenty bytes that stand some way before the end of a file.
fn ending(path: &Path, before: usize) -> Option<Vec<u8>> {
    use std::io::{Seek as _, SeekFrom};
    let mut file = File::open(path).ok()?;
    let back = i64::try_from(before).ok()?;
    file.seek(SeekFrom::End(-back)).ok()?;
    let mut bytes = vec![0; 20];
    file.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

/// What is wrong with an object as it is stored.
fn flaw(stored: BufReader<impl Read>) -> Option<String> {
    let mut bytes = ZlibDecoder::new(stored);
    let length = match length(&mut bytes) {
        Ok(length) => length,
        Err(flaw) => return Some(flaw),
    };
    let mut rest = bytes.take(length.saturating_add(1));
    match std::io::copy(&mut rest, &mut std::io::sink()) {
        Ok(read) if read == length => None,
        Ok(read) if read < length => Some(cut_off()),
        Ok(_) => Some("it is longer than it says".to_owned()),
        Err(error) => Some(told(&error)),
    }
}

/// The length that an object says of itself, with the reader at its first byte.
fn length(bytes: &mut impl Read) -> Result<u64, String> {
    let mut head = Vec::new();
    loop {
        let mut one = [0];
        match bytes.read(&mut one).map_err(|error| told(&error))? {
            0 => return Err(cut_off()),
            _ if one == [0] => break,
            _ if head.len() >= HEAD => return Err("it does not say what it is".to_owned()),
            _ => head.extend(one),
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let length = head
        .split_once(' ')
        .and_then(|(_, length)| length.parse().ok());
    length.ok_or_else(|| "it does not say what it is".to_owned())
}

fn cut_off() -> String {
    "its file was cut off".to_owned()
}

fn told(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::UnexpectedEof => cut_off(),
        ErrorKind::InvalidInput | ErrorKind::InvalidData => {
            "its file is not as it was written".to_owned()
        }
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn stored(object: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(object).unwrap();
        encoder.finish().unwrap()
    }

    fn read(bytes: &[u8]) -> Option<String> {
        flaw(BufReader::new(bytes))
    }

    #[test]
    fn a_whole_object_has_no_flaw_and_every_shorter_file_ends() {
        let text = "We are small.\n".repeat(20);
        let whole = stored(format!("blob {}\0{text}", text.len()).as_bytes());
        assert_eq!(read(&whole), None);
        // The last four bytes are a sum that libgit2 asks for itself.
        for length in 0..whole.len() - 4 {
            assert!(read(&whole[..length]).is_some(), "{length}");
        }
    }

    #[test]
    fn what_says_something_else_of_itself_is_told() {
        let said = |object: &[u8]| read(&stored(object)).unwrap();
        assert_eq!(said(b"blob 3\0four"), "it is longer than it says");
        assert_eq!(said(b"blob 9\0four"), "its file was cut off");
        assert_eq!(said(&[b'x'; 100]), "it does not say what it is");
        assert_eq!(said(b"blob\0"), "it does not say what it is");
        assert_eq!(
            read(b"We are small.").unwrap(),
            "its file is not as it was written"
        );
    }
}
