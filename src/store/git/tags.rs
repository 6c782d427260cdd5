//! Tags and what they lead to.

use git2::{ErrorCode, ObjectType};

use super::who::signature;
use super::{Git, failed, moment, oid};
use crate::store::StoreError;
use crate::store::repository::{CommitId, Tag, TagInfo};

impl Git {
    /// Makes an annotated tag.
    pub fn tag(&self, tag: &Tag) -> Result<String, StoreError> {
        let target = self
            .0
            .find_object(oid(&tag.target.0)?, Some(ObjectType::Commit));
        let target = target.map_err(failed("read the commit to tag"))?;
        let tagger = signature(&tag.tagger, tag.at)?;
        let made = self.0.tag(&tag.name, &target, &tagger, &tag.message, false);
        made.map(|id| id.to_string())
            .map_err(|error| match error.code() {
                ErrorCode::Exists => StoreError::TagExists(tag.name.clone()),
                _ => failed("make the tag")(error),
            })
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
        let commit = reference.peel_to_commit().map_err(failed(&doing))?;
        let annotation = reference.peel_to_tag().ok();
        Ok(TagInfo {
            name: name.to_owned(),
            target: CommitId(commit.id().to_string()),
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
