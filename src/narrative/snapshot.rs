//! The files of a narrative at one moment, as a value.

use std::collections::BTreeMap;

use super::id::BlobId;

/// The bytes of one file and their git id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The git blob id of `bytes`.
    pub blob: BlobId,
    /// The file's bytes as stored.
    pub bytes: Vec<u8>,
}

/// The files of a narrative at one moment: a commit's tree, or the work tree.
///
/// **Invariant** (kept by `store`, which makes it): only regular files; paths are relative, with `/`, without `.`,
/// `..` or `.git` parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Files by path relative to the narrative's folder: `1-size/drafts/ana.md`.
    pub files: BTreeMap<String, File>,
    /// The narrative's own templates, by path relative to `templates/` beside its folder: `media/page.html`.
    pub templates: BTreeMap<String, File>,
}
