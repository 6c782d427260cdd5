//! The files of a narrative on disk, under the same checks as those of a commit.

use std::collections::BTreeMap;
use std::path::Path;

use super::StoreError;
use crate::narrative::file_name;

/// Whether a path's part may be the name of a file of a narrative; `.gitkeep` and the like are passed over elsewhere.
pub fn refused_name(name: &str) -> Option<&'static str> {
    match () {
        () if name.is_empty() => Some("a name that is empty"),
        () if name.to_lowercase().starts_with(".git") => Some("a name that git keeps for itself"),
        () => file_name::flaw(name),
    }
}

/// Refuses paths that differ only in case.
pub fn check_cases(paths: impl Iterator<Item = String>) -> Result<(), StoreError> {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for path in paths {
        if let Some(other) = seen.insert(path.to_lowercase(), path.clone()) {
            let what = format!("the same as `{other}` but for upper and lower case");
            return Err(StoreError::Refused { path, what });
        }
    }
    Ok(())
}

/// Reads all regular files below a folder, by path relative to it; so are the paths of errors.
pub fn files(root: &Path) -> Result<BTreeMap<String, Vec<u8>>, StoreError> {
    let mut out = BTreeMap::new();
    // With a slash at its end a path is what a link leads to.
    let root: &Path = &root.components().collect::<std::path::PathBuf>();
    if root.is_symlink() {
        let what = "a link, and only folders are read".to_owned();
        let path = String::new();
        return Err(StoreError::Refused { path, what });
    }
    if root.is_dir() {
        folder(root, "", &mut out)?;
    }
    Ok(out)
}

fn folder(
    path: &Path,
    prefix: &str,
    out: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), StoreError> {
    let io = |source| StoreError::io(path, source);
    for entry in std::fs::read_dir(path).map_err(io)? {
        let entry = entry.map_err(io)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        let own = format!("{prefix}{name}");
        if let Some(what) = refused_name(&name) {
            return Err(StoreError::Refused {
                path: own,
                what: what.to_owned(),
            });
        }
        let kind = entry.file_type().map_err(io)?;
        if kind.is_dir() {
            folder(&entry.path(), &format!("{own}/"), out)?;
        } else if kind.is_file() {
            let bytes = std::fs::read(entry.path()).map_err(|e| StoreError::io(entry.path(), e))?;
            out.insert(own, bytes);
        } else {
            let what = "a link or a special file, and only regular files are read".to_owned();
            return Err(StoreError::Refused { path: own, what });
        }
    }
    Ok(())
}
