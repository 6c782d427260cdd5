//! What is cited, and whether it is there and still looked after.

use super::passage::Passage;
use super::{Files, Subject, on};
use crate::narrative::Narrative;
use crate::narrative::finding::Finding;
use crate::narrative::read::nearest::nearest;
use crate::narrative::time::Day;
use crate::prose::token::Class;

/// Finds the citations of sources that are not there.
pub fn unknown(subject: &Subject<'_>, passages: &[Passage<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in passages {
        let unknown = cited(passage).filter(|id| subject.sources.get(id).is_none());
        for id in unknown {
            let message = format!("no source `{id}` is in `sources.toml`");
            let known = subject
                .sources
                .sources
                .iter()
                .map(|source| source.id.as_str());
            let mend = match nearest(id, known) {
                Some(meant) => format!("did you mean `[@{meant}]`?"),
                None => format!("add a source with `id = \"{id}\"`"),
            };
            let finding = Finding::error("citation-unknown", &subject.path, message);
            findings.push(finding.at_line(passage.line).mend(mend));
        }
    }
    findings
}

/// The ids that a passage cites.
pub fn cited<'a>(passage: &'a Passage<'_>) -> impl Iterator<Item = &'a str> {
    let text = passage.unit.text();
    let atoms = passage
        .unit
        .tokens()
        .iter()
        .filter(|token| token.class == Class::Atom);
    atoms
        .map(|token| &text[token.range.clone()])
        .filter(|atom| atom.starts_with("[@"))
        .flat_map(|atom| atom.split('@').skip(1))
        .map(|part| part.trim_end_matches([']', ';', ' ', ',', '\n']))
}

/// Finds the sources that were to be looked at again before today.
pub fn overdue(narrative: &Narrative, files: &Files<'_>, today: Day) -> Vec<Finding> {
    let overdue = narrative.sources.sources.iter().filter_map(|source| {
        let review = source.review.filter(|review| *review < today)?;
        let (id, by) = (&source.id, review.long());
        let message = format!("source `{id}` was to be looked at again by {by}");
        let line = files.line("sources.toml", ("id", id), 0);
        let finding = Finding::warning("source-overdue", "sources.toml", message);
        Some(on(finding, line).mend("see whether it still says so, and set the next `review`"))
    });
    overdue.collect()
}
