//! Files written whole or not at all; the only file that names `tempfile`.

use std::io::Write as _;
use std::path::Path;

use tempfile::NamedTempFile;

use super::StoreError;

/// How the names of files begin that are written and not in their place yet.
const FRESH: &str = ".onetext-";

/// The name of a folder that waits for the one that takes its place.
const OLD: &str = "old";

/// A folder that is gone when this is dropped.
#[derive(Debug)]
pub struct Scratch(tempfile::TempDir);

impl Scratch {
    /// Makes an empty folder.
    ///
    /// # Errors
    ///
    /// It cannot be made.
    pub fn new() -> Result<Self, StoreError> {
        let folder =
            tempfile::tempdir().map_err(|error| StoreError::io(std::env::temp_dir(), error))?;
        Ok(Self(folder))
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

/// Reads a file; nothing if there is none.
///
/// # Errors
///
/// It cannot be read.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io(path, error)),
    }
}

/// Writes a file by a temporary name and a rename.
///
/// # Errors
///
/// It cannot be written; what was there stands.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let io = |source| StoreError::io(path, source);
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(io)?;
    let fresh = tempfile::Builder::new().prefix(FRESH).tempfile_in(folder);
    let mut file = fresh.map_err(io)?;
    file.write_all(bytes).map_err(io)?;
    readable(&file).map_err(io)?;
    file.as_file().sync_all().map_err(io)?;
    file.persist(path).map_err(|error| io(error.error))?;
    Ok(())
}

/// The bytes in the files of a folder and of those below it; what cannot be looked at counts nothing.
pub fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let size = |entry: std::fs::DirEntry| match entry.metadata() {
        Ok(meta) if meta.is_dir() => size(&entry.path()),
        Ok(meta) => meta.len(),
        Err(_) => 0,
    };
    entries.map(size).sum()
}

/// Adds to the end of a file, which another program may hold open.
///
/// # Errors
///
/// It cannot be written.
pub fn append(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let io = |source| StoreError::io(path, source);
    let open = std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(path);
    open.map_err(io)?.write_all(bytes).map_err(io)
}

/// Removes what was left in a folder when a program was ended while it wrote there.
pub fn sweep(folder: &Path) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        if entry.file_name().to_string_lossy().starts_with(FRESH) {
            // It is nobody's, and where it cannot be removed it does no harm.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Removes a file that may be gone already, and the folders that this leaves empty, up to `root`.
pub fn remove(path: &Path, root: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(StoreError::io(path, error));
        }
        _ => {}
    }
    let mut folder = path.parent();
    while let Some(empty) = folder.filter(|folder| *folder != root && folder.starts_with(root)) {
        if std::fs::remove_dir(empty).is_err() {
            break;
        }
        folder = empty.parent();
    }
    Ok(())
}

/// Writes a folder of files as a whole: beside it first, then by a rename. What is to follow is done before the old folder
/// is gone; if that fails, the old one comes back.
///
/// # Errors
///
/// The folder cannot be written, or what follows fails; what was there stands.
pub fn write_folder(
    path: &Path,
    files: &[(String, Vec<u8>)],
    last: impl FnOnce() -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let io = |source| StoreError::io(path, source);
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(io)?;
    sweep_folders(parent);
    let fresh = tempfile::Builder::new()
        .prefix(FRESH)
        .tempdir_in(parent)
        .map_err(io)?;
    let _held = held(fresh.path());
    for (name, bytes) in files {
        write(&fresh.path().join(name), bytes)?;
    }
    open_to_readers(fresh.path()).map_err(io)?;
    let old = put_aside(path, parent).map_err(io)?;
    let placed = std::fs::rename(fresh.path(), path).map_err(io);
    match placed.and_then(|()| last()) {
        Ok(()) => {
            // It has another name by now.
            let _ = fresh.keep();
            Ok(())
        }
        Err(error) => {
            // Nothing is there to be taken back if it never got its name.
            let _ = std::fs::rename(path, fresh.path());
            if let Some(old) = old
                && std::fs::rename(old.path().join(OLD), path).is_err()
            {
                let _ = old.keep();
            }
            Err(error)
        }
    }
}

/// Removes the folders that were being written when a program was ended. One that somebody is writing is locked; one that
/// holds what was there before is left, since nothing else may have it any more.
fn sweep_folders(parent: &Path) {
    let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| {
        let path = entry.path();
        entry.file_name().to_string_lossy().starts_with(FRESH)
            && path.is_dir()
            && !path.join(OLD).exists()
    });
    for folder in folders {
        if let Some(_held) = held(&folder.path()) {
            // Where it cannot be removed it does no harm.
            let _ = std::fs::remove_dir_all(folder.path());
        }
    }
}

/// Locks a folder until what is given back is dropped; nothing where somebody else has it, or where folders have no locks.
fn held(folder: &Path) -> Option<std::fs::File> {
    let folder = std::fs::File::open(folder).ok()?;
    folder.try_lock().is_ok().then_some(folder)
}

/// Moves a folder out of the way; nothing if there is none.
fn put_aside(path: &Path, parent: &Path) -> std::io::Result<Option<tempfile::TempDir>> {
    if !path.exists() {
        return Ok(None);
    }
    let aside = tempfile::Builder::new().prefix(FRESH).tempdir_in(parent)?;
    std::fs::rename(path, aside.path().join(OLD))?;
    Ok(Some(aside))
}

#[cfg(unix)]
fn readable(file: &NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.as_file()
        .set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_file: &NamedTempFile) -> std::io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn open_to_readers(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn open_to_readers(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_there_only_if_what_follows_is_done() {
        let scratch = Scratch::new().unwrap();
        let folder = scratch.path().join("out");
        let files = |text: &str| [("a.txt".to_owned(), text.as_bytes().to_vec())];
        let fails = || Err(StoreError::NoRevision("none".to_owned()));
        let read = || std::fs::read_to_string(folder.join("a.txt")).ok();
        assert!(write_folder(&folder, &files("one"), fails).is_err());
        assert_eq!(read(), None);
        write_folder(&folder, &files("one"), || Ok(())).unwrap();
        assert!(write_folder(&folder, &files("two"), fails).is_err());
        assert_eq!(read().as_deref(), Some("one"));
        // What a killed program was writing goes; what held an old folder stays.
        for left in ["half/a.txt", "kept/old/a.txt"] {
            write(&scratch.path().join(format!("{FRESH}{left}")), b"left").unwrap();
        }
        write_folder(&folder, &files("two"), || Ok(())).unwrap();
        assert_eq!(read().as_deref(), Some("two"));
        let entries = std::fs::read_dir(scratch.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let names: std::collections::BTreeSet<String> = names.collect();
        assert_eq!(names, [".onetext-kept".to_owned(), "out".to_owned()].into());
    }
}
