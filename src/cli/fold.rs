//! What `merge` and `decide` share: the state of a question, and the commit of a fold.

use std::collections::BTreeMap;

use crate::collate::{self, Row};
use crate::merge::choice::decision::Decision;
use crate::merge::{Answers, Merge, Policy, merge_under};
use crate::narrative::question::Question;
use crate::narrative::record::{Fold, append};
use crate::prose::Prose;
use crate::provenance::account::Header;
use crate::provenance::table::Table;
use crate::store::{Change, CommitId, Identity, blob_id, clock};

use super::error::CommandError;
use super::opened::Opened;

/// How a question stands.
#[derive(Debug)]
pub enum Standing {
    /// Nobody has written.
    Empty,
    /// There is no agreed text yet: passages are to be chosen.
    First(Vec<Row>),
    /// There is one, and drafts to merge into it.
    Later(Box<Later>),
}

/// A merge of drafts into an agreed text.
#[derive(Debug)]
pub struct Later {
    /// The agreed text.
    pub agreed: Prose,
    /// The merge.
    pub merge: Merge,
}

/// Finds how a question stands.
pub fn standing(policy: &Policy, question: &Question, table: &Table) -> Standing {
    match &question.agreed {
        _ if table.seats.is_empty() => Standing::Empty,
        None => {
            let draft = |seat| -> collate::Draft<'_> {
                let seat: &crate::provenance::table::Seat = seat;
                collate::Draft::new(seat.who.as_str(), &seat.draft)
            };
            Standing::First(collate::collate(
                &table.seats.iter().map(draft).collect::<Vec<_>>(),
            ))
        }
        Some(text) => {
            let agreed = Prose::parse(&text.text);
            let merge = merge_under(policy, &agreed, &table.voices());
            Standing::Later(Box::new(Later { agreed, merge }))
        }
    }
}

impl Later {
    /// The text with some choices decided.
    ///
    /// # Errors
    ///
    /// A decision does not fit its choice.
    pub fn text(&self, decisions: &[Decision]) -> Result<String, CommandError> {
        let mut answers = Answers::new();
        for choice in self.merge.choices() {
            if let Some(decision) = decisions
                .iter()
                .find(|decision| decision.choice == choice.id)
            {
                answers.insert(choice.id.clone(), decision.units(choice)?);
            }
        }
        Ok(self.merge.text_with(&answers, &self.agreed))
    }
}

/// What a fold would write.
#[derive(Debug)]
pub struct Planned {
    /// The agreed text; nothing takes it away.
    pub text: Option<String>,
    /// The account of it.
    pub fold: Fold,
    /// What is committed, in a few words: `fold 2 of 1-size`.
    pub subject: String,
}

/// The header of a question's next fold, which writes this text.
///
/// # Errors
///
/// Git does not know who is folding.
pub fn header(
    opened: &Opened,
    question: &Question,
    text: Option<&str>,
) -> Result<Header, CommandError> {
    Ok(Header {
        number: question.record.next_number(),
        at: clock::now(),
        by: opened.repository.identity()?.name,
        before: question.agreed.as_ref().map(|text| text.blob.clone()),
        after: text.map(|text| blob_id(text.as_bytes())),
    })
}

/// Commits a fold: the agreed text and its record, with trailers that tell what was considered.
///
/// # Errors
///
/// The repository is not at rest, or a write failed; the old state stands.
pub fn commit(
    opened: &Opened,
    question: &Question,
    planned: &Planned,
) -> Result<CommitId, CommandError> {
    let folder = question.id.to_string();
    let record = format!("{folder}/record.toml");
    let commit = opened.commit.as_ref().expect("folds are made on commits");
    let snapshot = opened
        .repository
        .snapshot(crate::store::At::Commit(commit))?;
    let existing = snapshot
        .files
        .get(&record)
        .map_or(&[][..], |file| &file.bytes);
    let mut writes = BTreeMap::new();
    writes.insert(record, Some(append(existing, &planned.fold)));
    let agreed = planned.text.as_ref().map(|text| text.clone().into_bytes());
    writes.insert(format!("{folder}/agreed.md"), agreed);
    let who: Identity = opened.repository.identity()?;
    let change = Change {
        writes,
        message: message(planned, &folder),
        author: who.clone(),
        committer: who,
        at: planned.fold.at,
    };
    Ok(opened.repository.commit(&change)?)
}

fn message(planned: &Planned, folder: &str) -> String {
    let mut out = format!("{}\n\n", planned.subject);
    for decision in &planned.fold.decisions {
        let reason = decision.reason.as_deref().unwrap_or("no reason given");
        out.push_str(
            &format!(
                "Choice {}: {:?}: {reason}\n",
                decision.choice, decision.verdict
            )
            .to_lowercase(),
        );
    }
    if !planned.fold.decisions.is_empty() {
        out.push('\n');
    }
    out.push_str(&format!(
        "Question: {folder}\nFold: {}\n",
        planned.fold.number
    ));
    for draft in &planned.fold.drafts {
        out.push_str(&format!(
            "Considered: {} {}\n",
            draft.contributor, draft.blob
        ));
    }
    out
}
