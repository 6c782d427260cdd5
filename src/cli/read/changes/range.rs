//! Which two versions are compared, and whose they are.

use crate::cli::Session;
use crate::cli::error::{CommandError, Kind};
use crate::cli::released::{LeftOut, Tags};
use crate::release::version::Version;
use crate::store::Repository;

/// Two versions by name, with what must be known of their signatures.
#[derive(Debug)]
pub struct Range {
    /// The first version.
    pub before: String,
    /// The second.
    pub after: String,
    /// What a reader must know of the signatures of the two.
    pub warnings: Vec<String>,
    /// The tags that were not taken for the last releases.
    pub left_out: Vec<LeftOut>,
}

impl Range {
    /// Says beside a page or a document what must be known of signatures.
    pub fn note(&self, session: &Session) -> Result<(), CommandError> {
        let left_out = self.left_out.iter().map(LeftOut::told);
        let mut all = self.warnings.iter().cloned().chain(left_out);
        all.try_for_each(|line| session.note(&format!("note: {line}")))
    }
}

/// Finds the two versions that were asked for, or the last two releases that are ours.
///
/// # Errors
///
/// There are fewer than two releases to compare, or one of the two is a tag that is not ours.
pub fn range(repository: &Repository, typed: Option<&str>) -> Result<Range, CommandError> {
    let all = repository.tags()?;
    let tags = Tags::judged(repository, &all)?;
    if let Some(typed) = typed {
        let (before, after) = typed.split_once("..").unwrap_or((typed, "HEAD"));
        let after = if after.is_empty() { "HEAD" } else { after };
        return judged((before.to_owned(), after.to_owned()), &tags);
    }
    let mut names = tags.ours.iter().map(|tag| tag.version.tag());
    let range = match (names.next(), names.next()) {
        (Some(after), Some(before)) => judged((before, after), &tags)?,
        (Some(only), None) => judged((only, "HEAD".to_owned()), &tags)?,
        (None, _) => return Err(nothing(&tags.left_out)),
    };
    Ok(Range {
        left_out: tags.left_out,
        ..range
    })
}

/// Whose the two are, as far as they are releases.
fn judged((before, after): (String, String), tags: &Tags<'_>) -> Result<Range, CommandError> {
    let mut warnings = Vec::new();
    for name in [&before, &after] {
        let short = name.trim_start_matches("refs/").trim_start_matches("tags/");
        let Ok(version) = short.parse::<Version>() else {
            continue;
        };
        let tag = version.tag();
        if let Some(aside) = tags.left_out.iter().find(|aside| aside.release == tag) {
            match aside.forged {
                true => return Err(forged(aside)),
                false => warnings.push(aside.told()),
            }
        }
        // A draft claims nothing that a signature would have to prove.
        let mut ours = tags
            .ours
            .iter()
            .filter(|known| known.version.draft().is_none());
        let ours = ours.find(|known| known.version == version);
        warnings.extend(ours.and_then(|known| known.signature.warning(&tag)));
    }
    Ok(Range {
        before,
        after,
        warnings,
        left_out: Vec::new(),
    })
}

fn forged(tag: &LeftOut) -> CommandError {
    CommandError::new(Kind::Integrity, tag.told())
        .hint("to compare the texts all the same, name the commits instead of the tag")
        .next(format!("onetext verify {}", tag.release))
}

fn nothing(left_out: &[LeftOut]) -> CommandError {
    match left_out {
        [] => CommandError::usage("there are no releases to compare yet")
            .hint("name two commits as `A..B`"),
        [first, ..] => forged(first),
    }
}
