//! Files written whole or not at all; the only file that names `tempfile`.

use std::io::Write as _;
use std::path::Path;

use tempfile::NamedTempFile;

use super::StoreError;

/// How the names of files begin that are written and not in their place yet.
const FRESH: &str = ".onetext-";

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

/// Writes a folder of files as a whole: beside it first, then by a rename.
pub fn write_folder(path: &Path, files: &[(String, Vec<u8>)]) -> Result<(), StoreError> {
    let io = |source| StoreError::io(path, source);
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(io)?;
    let fresh = tempfile::Builder::new()
        .prefix(".onetext-")
        .tempdir_in(parent)
        .map_err(io)?;
    for (name, bytes) in files {
        write(&fresh.path().join(name), bytes)?;
    }
    open_to_readers(fresh.path()).map_err(io)?;
    if path.exists() {
        let old = tempfile::Builder::new()
            .prefix(".onetext-old-")
            .tempdir_in(parent)
            .map_err(io)?;
        std::fs::rename(path, old.path().join("old")).map_err(io)?;
    }
    std::fs::rename(fresh.keep(), path).map_err(io)
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
