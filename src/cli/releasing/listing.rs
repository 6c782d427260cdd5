//! What is said of a release as a whole: its manifest, and how it is cited.

use std::collections::BTreeSet;

use crate::agreement::Verdict;
use crate::cli::error::CommandError;
use crate::narrative::question::Question;
use crate::narrative::roster::Roster;
use crate::prose::Prose;
use crate::provenance::voices::Passage;
use crate::release::citation::{Cited, cff};
use crate::release::manifest::{
    FileEntry, Manifest, PassageEntry, PositionEntry, QuestionEntry, SCHEMA, Swhids, tool,
};
use crate::store::blob_id;

use super::{Files, Judged, Plan};

/// The manifest of a plan whose other files are made.
///
/// # Errors
///
/// The commit cannot be read.
pub fn manifest(
    plan: &Plan<'_>,
    files: &Files,
    known: &Judged<'_>,
) -> Result<Manifest, CommandError> {
    let known_of = known.verdicts.iter().zip(known.voices);
    let judged = plan.narrative.questions.iter().zip(known_of);
    let commit = plan.commit.as_str();
    let tree = plan.repository.tree_id(plan.commit)?;
    Ok(Manifest {
        schema: SCHEMA,
        narrative: plan.narrative.config.title.clone(),
        version: plan.version.to_string(),
        draft: plan.version.draft().is_some(),
        status: plan.status_of(known.verdicts),
        tag: plan.tagged.then(|| plan.version.tag()),
        commit: commit.to_owned(),
        swhid: Swhids {
            directory: format!("swh:1:dir:{tree}"),
            revision: format!("swh:1:rev:{commit}"),
        },
        tree,
        date: plan.date.to_string(),
        questions: judged
            .map(|one| entry(one, &plan.narrative.roster))
            .collect(),
        files: files
            .iter()
            .map(|(name, bytes)| FileEntry::of(name, bytes))
            .collect(),
        tool: tool(),
    })
}

fn entry(
    (question, (verdict, voices)): (&Question, (&Verdict, &Vec<Passage>)),
    roster: &Roster,
) -> QuestionEntry {
    let positions = verdict.voices.iter().filter_map(PositionEntry::of);
    let agreed = question.agreed.as_ref();
    QuestionEntry {
        question: question.id.to_string(),
        asked: blob_id(question.asked.as_bytes()).to_string(),
        agreed: agreed.map(|text| text.blob.to_string()),
        status: verdict.standing.word().to_owned(),
        positions: positions.collect(),
        words: agreed.map_or(0, |text| Prose::parse(&text.text).words()),
        passages: voices
            .iter()
            .map(|one| PassageEntry::of(one, roster))
            .collect(),
    }
}

/// How the release is cited.
pub fn citation(plan: &Plan<'_>, voices: &[Vec<Passage>]) -> String {
    let passages = voices.iter().flatten();
    let writers: BTreeSet<_> = passages
        .flat_map(|passage| passage.contributors.iter().chain(&passage.also))
        .cloned()
        .collect();
    cff(&Cited {
        narrative: plan.narrative,
        version: &plan.version.to_string(),
        day: plan.date.day(),
        commit: plan.commit.as_str(),
        writers: &writers,
    })
}
