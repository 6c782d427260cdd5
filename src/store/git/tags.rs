//! Tags and what they lead to.

use git2::{ErrorCode, ObjectType};

use super::{Git, failed, moment};
use crate::store::StoreError;
use crate::store::repository::{CommitId, TagInfo};

impl Git {
    /// Stores a tag object and makes the ref that leads to it; a tag that is there is never moved.
    pub fn put_tag(&self, name: &str, bytes: &[u8]) -> Result<String, StoreError> {
        let store = self.0.odb().map_err(failed("make the tag"))?;
        let id = store
            .write(ObjectType::Tag, bytes)
            .map_err(failed("make the tag"))?;
        let name = name.to_owned();
        let made = self
            .0
            .reference(&format!("refs/tags/{name}"), id, false, "release");
        made.map(|_| id.to_string())
            .map_err(|error| match error.code() {
                ErrorCode::Exists => StoreError::TagExists(name),
                _ => failed("make the tag")(error),
            })
    }

    /// The bytes of the tag object that a ref leads to; nothing if it leads to something else.
    pub fn tag_bytes(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let doing = format!("read the tag `{name}`");
        let found = self.0.find_reference(&format!("refs/tags/{name}"));
        let Some(id) = found.map_err(failed(&doing))?.target() else {
            return Ok(None);
        };
        let (kind, bytes) = self.stored(id)?;
        Ok((kind == ObjectType::Tag).then_some(bytes))
    }

    /// Every tag, annotated or not.
    pub fn tags(&self) -> Result<Vec<TagInfo>, StoreError> {
        let names = self.0.tag_names(None).map_err(failed("list the tags"))?;
        let names: Vec<String> = names
            .iter()
            .flatten()
            .flatten()
            .map(str::to_owned)
            .collect();
        names.into_iter().map(|name| self.tag_info(&name)).collect()
    }

    fn tag_info(&self, name: &str) -> Result<TagInfo, StoreError> {
        let doing = format!("read the tag `{name}`");
        let reference = self
            .0
            .find_reference(&format!("refs/tags/{name}"))
            .map_err(failed(&doing))?;
        let commit = self.commit_at(&reference)?;
        let commit = commit.ok_or_else(|| StoreError::NoRevision(name.to_owned()))?;
        let annotation = reference.peel_to_tag().ok();
        Ok(TagInfo {
            name: name.to_owned(),
            object: reference
                .target()
                .map(|id| id.to_string())
                .unwrap_or_default(),
            target: CommitId(commit.to_string()),
            own_name: annotation
                .as_ref()
                .and_then(|tag| tag.name().ok())
                .map(str::to_owned),
            at: annotation
                .as_ref()
                .and_then(git2::Tag::tagger)
                .map(|tagger| moment(tagger.when())),
            message: annotation
                .as_ref()
                .and_then(|tag| tag.message().ok().flatten())
                .unwrap_or_default()
                .to_owned(),
        })
    }
}
