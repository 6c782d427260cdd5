//! What the words of a proposal are held to besides the rules of every narrative.

use super::owner::Owner;
use super::{Author, Ruling, Verdict};
use crate::narrative::finding::Finding;
use crate::narrative::position::Position;
use crate::narrative::read::toml::parse;

/// How a file begins that stands for another which is stored elsewhere.
///
/// Source: the specification of Git LFS, `docs/spec.md`.
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

/// Looks at the bytes of a change that may be taken.
pub fn content(ruling: &Ruling, author: &Author, bytes: &[u8]) -> Option<Finding> {
    let path = ruling.change.path.to_string();
    if ruling.verdict == Verdict::Refused {
        return None;
    }
    if bytes.starts_with(POINTER) {
        let message = "the file only points to words that are stored elsewhere (Git LFS)";
        let finding = Finding::error("proposal-pointer", &path, message);
        return Some(finding.mend("commit the words themselves: `git lfs untrack \"*.md\"`"));
    }
    match (&ruling.owner, author) {
        (Owner::Member(_), Author::Known(author)) => {
            let text = std::str::from_utf8(bytes).ok()?;
            // What cannot be read is told by the rules of every narrative.
            let position: Position = parse(&path, text).ok()?;
            let spoke = &position.spoke;
            // Whether who wrote it down for somebody is a facilitator is told by the rules of every narrative.
            let recorded = position.recorded_by.as_ref() == Some(author);
            let others = spoke != author && !recorded;
            let message = format!("`{spoke}` is to have spoken, and the proposal is by `{author}`");
            let finding = Finding::error("proposal-speaker", &path, message);
            others.then(|| finding.mend("let each delegate propose what she says herself"))
        }
        _ => None,
    }
}
