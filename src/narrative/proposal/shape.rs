//! What a changed file is: its name, its mode, its size, and whether another name reads like its own.

use std::collections::BTreeMap;

use super::judge::{Case, Ground, Standing};
use super::path::RawPath;
use super::{Entry, Proposal, REGULAR};
use crate::narrative::file_name::{flaw as name_flaw, harm};
use crate::narrative::finding::Finding;

/// Bytes that a file may have that facilitators bring in: what the largest of the tool's own files may have.
const FACILITATORS_BYTES: u64 = 16 * 1024 * 1024;

/// Paths that read alike where `A` is `a`, by how they read.
#[derive(Debug)]
pub struct Twins(BTreeMap<String, Vec<RawPath>>);

/// Finds the paths of the proposed state that differ only in case.
pub fn twins(proposal: &Proposal) -> Twins {
    let stays = proposal
        .changes
        .iter()
        .filter(|change| change.after.is_some());
    let paths = stays.map(|change| &change.path).chain(&proposal.neighbours);
    let mut seen: BTreeMap<String, Vec<RawPath>> = BTreeMap::new();
    for (folded, path) in paths.flat_map(RawPath::folded) {
        let known = seen.entry(folded).or_default();
        if !known.contains(&path) {
            known.push(path);
        }
    }
    seen.retain(|_, paths| paths.len() > 1);
    Twins(seen)
}

/// Finds what keeps a file from being what a repository of a narrative may have.
pub fn flaw(case: &Case<'_>, ground: &Ground<'_>, twins: &Twins) -> Option<Finding> {
    let after = case.change.after.as_ref()?;
    let ours = case.standing != Standing::Facilitator
        || case
            .change
            .path
            .text()
            .is_some_and(|path| ground.holds(&path));
    let anywhere = names(case, harm).or_else(|| twin(case, twins));
    if !ours {
        return anywhere;
    }
    anywhere
        .or_else(|| names(case, |name| name_flaw(&String::from_utf8_lossy(name))))
        .or_else(|| mode(case, after))
        .or_else(|| size(case, after, ground))
}

fn names(case: &Case<'_>, flaw: impl Fn(&[u8]) -> Option<&'static str>) -> Option<Finding> {
    let mut names = case.change.path.names().iter();
    let what = names.find_map(|name| flaw(name))?;
    let finding = Finding::error("proposal-name", &case.shown, format!("the path has {what}"));
    Some(finding.mend("name it by `a-z`, `0-9` and `-`"))
}

fn twin(case: &Case<'_>, twins: &Twins) -> Option<Finding> {
    let of = |(folded, own): &(String, RawPath)| {
        let others = twins.0.get(folded)?;
        others.iter().find(|other| *other != own).cloned()
    };
    let other = case.change.path.folded().iter().find_map(of)?;
    let message = format!("the path is the same as `{other}` but for upper and lower case");
    let finding = Finding::error("proposal-case", &case.shown, message);
    Some(finding.mend("give one of the two another name: not every disk tells them apart"))
}

fn mode(case: &Case<'_>, after: &Entry) -> Option<Finding> {
    let (what, mend) = match after.mode {
        REGULAR => return None,
        0o120_000 => ("a link", "put a file there instead, with the words in it"),
        0o160_000 => (
            "a submodule",
            "take it out: nothing is fetched from elsewhere",
        ),
        0o100_755 => (
            "an executable file",
            "run `git update-index --chmod=-x` on it",
        ),
        _ => ("no regular file", "put a regular file there instead"),
    };
    let message = format!(
        "it is {what} (mode {:06o}), and only regular files are read",
        after.mode
    );
    Some(Finding::error("proposal-mode", &case.shown, message).mend(mend))
}

fn size(case: &Case<'_>, after: &Entry, ground: &Ground<'_>) -> Option<Finding> {
    let text = u64::try_from(ground.narrative.config.limits.file_bytes).unwrap_or(u64::MAX);
    let most = match case.standing {
        Standing::Facilitator => FACILITATORS_BYTES.max(text),
        _ => text,
    };
    let size = after.size.filter(|size| *size > most)?;
    let message = format!("{size} bytes, and {most} are allowed");
    let finding = Finding::error("proposal-size", &case.shown, message);
    Some(finding.mend("make it smaller, or raise `limits.file-bytes` in `narrative.toml`"))
}
