//! The words of a proposal, under the rules of every narrative: what may be taken is laid over the state that it is to be put
//! on, and what that brings in is told. Nothing that is refused is read.

use std::collections::{BTreeMap, BTreeSet};

use crate::cli::error::CommandError;
use crate::cli::prose_diff::changes;
use crate::narrative::proposal::{Author, Entry, Judgement, Ruling, Verdict, content};
use crate::narrative::read::text;
use crate::narrative::snapshot::{File, Snapshot};
use crate::narrative::{Finding, Narrative};
use crate::prose::Prose;
use crate::store::{Repository, StoreError};

use super::findings;
use super::proposal::Difference;

/// What was found in the words.
pub struct Words {
    /// What is wrong with them; paths are from the repository's root.
    pub findings: Vec<Finding>,
    /// What changed in them.
    pub differences: Vec<Difference>,
}

/// A change that may be taken, with its bytes before and after.
struct Taken<'a> {
    ruling: &'a Ruling,
    /// The file that it is made in, relative to the narrative's folder: of an edited agreed text the draft.
    path: String,
    before: Option<File>,
    after: Option<File>,
}

/// Looks at the words of what may be taken.
pub fn words(
    repository: &Repository,
    (base, narrative): (&Snapshot, &Narrative),
    judged: &Judgement,
    author: &Author,
) -> Result<Words, CommandError> {
    let mut taken = Vec::new();
    for ruling in judged.allowed() {
        taken.extend(Taken::of(ruling, repository, author)?);
    }
    let mut over = base.clone();
    for one in &taken {
        match &one.after {
            Some(file) => drop(over.files.insert(one.path.clone(), file.clone())),
            None => drop(over.files.remove(&one.path)),
        }
    }
    let mut found = brought_in(
        &findings(repository, base)?,
        findings(repository, &over)?,
        &taken,
    );
    let shown: BTreeMap<String, String> = taken.iter().map(Taken::shown).collect();
    for finding in &mut found {
        let path = shown.get(&finding.path).cloned();
        finding.path = path.unwrap_or_else(|| repository.shown(&finding.path));
    }
    let own = taken.iter().filter_map(|one| {
        let after = one.after.as_ref()?;
        content(one.ruling, author, &after.bytes)
    });
    found.extend(own);
    let differences = taken.iter().filter_map(|one| one.difference(narrative));
    Ok(Words {
        findings: found,
        differences: differences.collect(),
    })
}

/// The findings that were not there before, or are in a file that is changed.
fn brought_in(before: &[Finding], after: Vec<Finding>, taken: &[Taken<'_>]) -> Vec<Finding> {
    let changed: BTreeSet<&str> = taken.iter().map(|one| &*one.path).collect();
    let known = |finding: &Finding| {
        before.iter().any(|other| {
            let same = (other.rule, &other.path, &other.message);
            same == (finding.rule, &finding.path, &finding.message)
        })
    };
    let keep = |finding: &Finding| changed.contains(&*finding.path) || !known(finding);
    after.into_iter().filter(keep).collect()
}

impl<'a> Taken<'a> {
    /// Reads a change; nothing if it is not of the narrative's files.
    fn of(
        ruling: &'a Ruling,
        repository: &Repository,
        author: &Author,
    ) -> Result<Option<Self>, StoreError> {
        let text = ruling.change.path.text();
        let within = text
            .as_deref()
            .and_then(|path| path.strip_prefix(repository.folder()));
        let Some(within) = within else {
            return Ok(None);
        };
        let path = match (&ruling.verdict, author) {
            (Verdict::Draft(question), Author::Known(id)) => format!("{question}/drafts/{id}.md"),
            _ => within.to_owned(),
        };
        Ok(Some(Self {
            ruling,
            path,
            before: file(repository, ruling.change.before.as_ref())?,
            after: file(repository, ruling.change.after.as_ref())?,
        }))
    }

    /// The path that findings have, and the one that the reader knows.
    fn shown(&self) -> (String, String) {
        (self.path.clone(), self.ruling.change.path.to_string())
    }

    /// What changed in its words; nothing if it is no text, or one that cannot be read.
    fn difference(&self, narrative: &Narrative) -> Option<Difference> {
        if !self.path.ends_with(".md") {
            return None;
        }
        let limits = &narrative.config.limits;
        let prose = |file: &Option<File>| match file {
            Some(file) => {
                let text = text::text(&self.path, file, limits).ok()?;
                Some(Prose::parse(&text.text))
            }
            None => Some(Prose::parse("")),
        };
        let [before, after] = [prose(&self.before)?, prose(&self.after)?];
        Some(Difference {
            path: self.ruling.change.path.to_string(),
            changes: changes(&before, &after),
        })
    }
}

fn file(repository: &Repository, entry: Option<&Entry>) -> Result<Option<File>, StoreError> {
    let Some(blob) = entry.and_then(|entry| entry.id.parse().ok()) else {
        return Ok(None);
    };
    let bytes = repository.blob(&blob)?;
    Ok(bytes.map(|bytes| File { blob, bytes }))
}
