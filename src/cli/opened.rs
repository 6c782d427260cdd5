//! A narrative that was opened: its repository, one moment of it, and its questions by name.

use std::collections::BTreeMap;

use crate::narrative::id::{BlobId, ContributorId};
use crate::narrative::question::Question;
use crate::narrative::read::text::normal;
use crate::narrative::roster::Contributor;
use crate::narrative::{self, Narrative, nearest};
use crate::provenance::origin::{Origins, Version};
use crate::provenance::table::{Table, Texts, needs, table};
use crate::provenance::walk::{self, origins};
use crate::store::{At, CommitId, Identity, Repository, StoreError};

use super::error::CommandError;
use super::session::Session;

/// A narrative as it stood at one moment, with its repository.
#[derive(Debug)]
pub struct Opened {
    /// The repository.
    pub repository: Repository,
    /// The commit that was read; nothing for the work tree.
    pub commit: Option<CommitId>,
    /// What was read.
    pub narrative: Narrative,
}

impl Opened {
    /// Reads the last commit; refuses if files of the narrative differ from it, since those would be passed over.
    ///
    /// # Errors
    ///
    /// There is no narrative, something is not committed, or the narrative has problems.
    pub fn at_head(session: &Session) -> Result<Self, CommandError> {
        let repository = Repository::open(session.dir())?;
        // A branch without a commit differs in every file, which says less.
        let head = repository.head()?;
        let dirty = repository.dirty()?;
        if !dirty.is_empty() {
            return Err(StoreError::Dirty(dirty).into());
        }
        Self::at(repository, head)
    }

    /// Reads a commit.
    ///
    /// # Errors
    ///
    /// The narrative at that commit has problems.
    pub fn at(repository: Repository, commit: CommitId) -> Result<Self, CommandError> {
        let narrative = read(&repository, At::Commit(&commit))?;
        Ok(Self {
            repository,
            commit: Some(commit),
            narrative,
        })
    }

    /// Reads the files as they are on disk.
    ///
    /// # Errors
    ///
    /// There is no narrative, or it has problems.
    pub fn in_work_tree(session: &Session) -> Result<Self, CommandError> {
        let repository = Repository::open(session.dir())?;
        let narrative = read(&repository, At::WorkTree)?;
        Ok(Self {
            repository,
            commit: None,
            narrative,
        })
    }

    /// Finds a question by number, folder or short name.
    ///
    /// # Errors
    ///
    /// There is none; the nearest is suggested.
    pub fn question(&self, typed: &str) -> Result<&Question, CommandError> {
        Ok(self.narrative.question(typed)?)
    }

    /// The questions named, or all.
    ///
    /// # Errors
    ///
    /// One of them is not there.
    pub fn questions(&self, typed: &[String]) -> Result<Vec<&Question>, CommandError> {
        if typed.is_empty() {
            return Ok(self.narrative.questions.iter().collect());
        }
        typed.iter().map(|typed| self.question(typed)).collect()
    }

    /// Finds a contributor who has a draft of a question.
    ///
    /// # Errors
    ///
    /// There is no such draft; the nearest is suggested.
    pub fn drafter(&self, question: &Question, typed: &str) -> Result<ContributorId, CommandError> {
        let found = question.drafts.keys().find(|who| who.as_str() == typed);
        found.cloned().ok_or_else(|| {
            let message = format!("`{typed}` has no draft of question `{}`", question.id);
            let names = question.drafts.keys().map(ContributorId::as_str);
            let error = CommandError::usage(message);
            match nearest(typed, names) {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error,
            }
        })
    }

    /// Lays out the drafts of a question with their bases.
    ///
    /// # Errors
    ///
    /// An old text or the history cannot be read.
    pub fn table(&self, question: &Question) -> Result<Table, CommandError> {
        self.table_begun(question, BTreeMap::new())
    }

    /// Lays out the drafts of a question, of which some are in no commit yet and begin on the texts that are named.
    ///
    /// # Errors
    ///
    /// An old text or the history cannot be read.
    pub fn table_begun(
        &self,
        question: &Question,
        mut begun: BTreeMap<ContributorId, BlobId>,
    ) -> Result<Table, CommandError> {
        let folder = question.id.to_string();
        for who in question.drafts.keys() {
            let draft = format!("{folder}/drafts/{who}.md");
            let agreed = format!("{folder}/agreed.md");
            if begun.contains_key(who) {
                continue;
            }
            if let Some(blob) = self.repository.blob_when_introduced(&draft, &agreed)? {
                begun.insert(who.clone(), blob);
            }
        }
        let blobs = needs(question).into_iter().chain(begun.values().cloned());
        Ok(table(question, &self.texts(blobs)?, &begun))
    }

    /// Finds where the passages of a question come from, with the old texts that tell it.
    ///
    /// # Errors
    ///
    /// An old text or the history cannot be read.
    pub fn origins(&self, question: &Question) -> Result<(Origins, Texts), CommandError> {
        origins_at(&self.repository, None, question)
    }

    /// Old texts, as far as the repository has them.
    fn texts(&self, blobs: impl Iterator<Item = BlobId>) -> Result<Texts, CommandError> {
        texts(&self.repository, blobs)
    }

    /// Finds the contributor of a git identity: the one whose address it has.
    pub fn contributor_of(&self, identity: &Identity) -> Option<&Contributor> {
        let mut roster = self.narrative.roster.contributors.iter();
        roster.find(|contributor| {
            let mut emails = contributor.emails.iter();
            emails.any(|email| email.eq_ignore_ascii_case(&identity.email))
        })
    }
}

/// Finds where the passages of a question come from by the history that ends in a commit, or in the last if none is
/// named.
///
/// # Errors
///
/// An old text or the history cannot be read.
pub fn origins_at(
    repository: &Repository,
    commit: Option<&CommitId>,
    question: &Question,
) -> Result<(Origins, Texts), CommandError> {
    let agreed = format!("{}/agreed.md", question.id);
    let versions = repository.versions_from(commit, &agreed)?.into_iter();
    let versions: Vec<Version> = versions
        .map(|(blob, by, at)| Version { blob, by, at })
        .collect();
    let blobs = versions.iter().map(|version| version.blob.clone());
    let texts = texts(repository, blobs.chain(walk::needs(question)))?;
    Ok((origins(question, &texts, &versions), texts))
}

/// Old texts as they are compared, as far as the repository has them.
///
/// # Errors
///
/// The repository cannot be read.
pub fn texts(
    repository: &Repository,
    blobs: impl Iterator<Item = BlobId>,
) -> Result<Texts, CommandError> {
    let mut texts = Texts::new();
    for blob in blobs {
        if let Some(bytes) = repository.blob(&blob)? {
            texts.insert(blob, normal(&String::from_utf8_lossy(&bytes)));
        }
    }
    Ok(texts)
}

/// The contributor as the author of her words, whoever types them in.
pub fn author(who: &Contributor, committer: &Identity) -> Identity {
    if who
        .emails
        .iter()
        .any(|email| email.eq_ignore_ascii_case(&committer.email))
    {
        return committer.clone();
    }
    let email = who.emails.first().cloned();
    Identity {
        name: who.name.clone(),
        email: email.unwrap_or_else(|| format!("{}@contributors.invalid", who.id)),
    }
}

fn read(repository: &Repository, at: At<'_>) -> Result<Narrative, CommandError> {
    let narrative = narrative::read(&repository.snapshot(at)?);
    Ok(narrative.map_err(|problems| problems.with_paths(|path| repository.shown(path)))?)
}
