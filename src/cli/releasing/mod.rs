//! What `release`, `verify` and `changes` share: a release made in memory from a commit and a date.

pub mod again;
mod changed;
mod listing;
pub mod proof;
pub mod weight;

use std::cell::Cell;

use crate::agreement::{
    Form, Standing, Verdict, answer_line, notice_lines, statements, status_line,
};
use crate::narrative::config::Edition;
use crate::narrative::question::Question;
use crate::narrative::time::Moment;
use crate::narrative::{self, Narrative};
use crate::provenance::voices::{Passage, voices};
use crate::release::compare::with_sums;
use crate::release::manifest::{
    CITATION_FILE, MANIFEST_FILE, SIGNATURE_FILE, SUMS_FILE, TAG_FILE, VERIFY_FILE, verify_text,
};
use crate::release::proof::tag::TagObject;
use crate::release::version::Version;
use crate::render::json::{SCHEMA_FILE, SCHEMA_TEXT};
use crate::render::templates::Templates;
use crate::render::{Answer, Release, formats_of, render};
use crate::store::{At, CommitId, Repository, TagInfo};

use super::agreeing;
use super::error::CommandError;
use super::opened::origins_at;

/// What a release is made from.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The repository.
    pub repository: &'a Repository,
    /// The commit that is read.
    pub commit: &'a CommitId,
    /// The narrative at that commit.
    pub narrative: &'a Narrative,
    /// The version.
    pub version: Version,
    /// Whether a tag is made.
    pub tagged: bool,
    /// The date.
    pub date: Moment,
    /// The editions to write; all if empty.
    pub editions: &'a [String],
    /// The narrative at the release before, and its version.
    pub before: Option<(&'a Narrative, Version)>,
}

impl Plan<'_> {
    /// The line that says what stands behind the release.
    ///
    /// # Errors
    ///
    /// An old text or the history cannot be read.
    pub fn status(&self) -> Result<String, CommandError> {
        Ok(self.status_of(&self.verdicts()?))
    }

    fn status_of(&self, verdicts: &[Verdict]) -> String {
        let form = match self.version.draft() {
            Some(_) => Form::Draft,
            None => Form::Final,
        };
        status_line(self.narrative, verdicts, form)
    }

    /// Whose words each question's passages are, by the history that ends in the commit.
    fn voices(&self) -> Result<Vec<Vec<Passage>>, CommandError> {
        let of = |question: &Question| {
            let (origins, _) = origins_at(self.repository, Some(self.commit), question)?;
            Ok(voices(question, &origins))
        };
        self.narrative.questions.iter().map(of).collect()
    }

    /// How the answers stand on the day of the release.
    fn verdicts(&self) -> Result<Vec<Verdict>, CommandError> {
        let moment = agreeing::Moment {
            repository: self.repository,
            commit: Some(self.commit),
            narrative: self.narrative,
            on: self.date.day(),
        };
        moment.verdicts()
    }
}

/// The files of a release, sorted by name, manifest and sums included.
pub type Files = Vec<(String, Vec<u8>)>;

/// The files that say what the others are: written last, each of what stands before it.
const LISTS: [&str; 3] = [CITATION_FILE, MANIFEST_FILE, SUMS_FILE];

/// Makes the files of a release; `step` is told each name when it is made, how many there are so far and will be.
///
/// # Errors
///
/// An edition is unknown, or a template fails.
pub fn make(plan: &Plan<'_>, step: impl Fn(&str, (usize, usize))) -> Result<Files, CommandError> {
    let (done, all) = (Cell::new(0), count(plan)?);
    let step = |name: &str| {
        done.set(done.get() + 1);
        step(name, (done.get(), all));
    };
    let snapshot = plan.repository.snapshot(At::Commit(plan.commit))?;
    let templates = Templates::of(&snapshot)?;
    let known = Judged {
        verdicts: &plan.verdicts()?,
        voices: &plan.voices()?,
    };
    weight::check(plan.narrative, &snapshot, &editions(plan)?)?;
    let mut files = rendered(plan, &templates, &known, step)?;
    let others = changed::page(plan, &templates)?;
    files.extend(
        others
            .into_iter()
            .chain(beside(plan))
            .inspect(|(name, _)| step(name)),
    );
    let citation = listing::citation(plan, known.voices);
    files.push((CITATION_FILE.to_owned(), citation.into_bytes()));
    files.sort();
    let manifest = listing::manifest(plan, &files, &known)?;
    files.push((MANIFEST_FILE.to_owned(), manifest.to_json().into_bytes()));
    let files = with_sums(files);
    LISTS.into_iter().for_each(step);
    Ok(files)
}

/// How many files will be made.
fn count(plan: &Plan<'_>) -> Result<usize, CommandError> {
    let editions = editions(plan)?;
    let formats = editions
        .iter()
        .map(|(_, edition)| formats_of(edition).len());
    let changes = usize::from(plan.before.is_some());
    Ok(formats.sum::<usize>() + changes + beside(plan).len() + LISTS.len())
}

/// Every edition in all its formats.
fn rendered(
    plan: &Plan<'_>,
    templates: &Templates,
    known: &Judged<'_>,
    step: impl Fn(&str),
) -> Result<Files, CommandError> {
    let status = plan.status_of(known.verdicts);
    let changed = changed::lines(plan);
    let mut files: Files = Vec::new();
    for (name, edition) in editions(plan)? {
        let answers = answers(plan.narrative, edition, known)?;
        let config = &plan.narrative.config;
        let quotes = plan.narrative.quotes.cleared(name, plan.date.day());
        let release = Release {
            roster: &plan.narrative.roster,
            title: &config.title,
            language: &config.language,
            standing: config.standing.as_deref(),
            licence: config.licence.as_deref(),
            contacts: &config.contacts,
            spokespeople: &config.spokespeople,
            quotes: &quotes,
            version: &plan.version.to_string(),
            date: plan.date,
            draft: plan.version.draft().is_some(),
            status: &status,
            changed: &changed,
            name,
            edition,
            answers: &answers,
            sources: &plan.narrative.sources,
        };
        for file in render(&release, templates)? {
            step(&file.name);
            files.push((file.name, file.bytes));
        }
    }
    Ok(files)
}

/// What lies beside the editions: how to check the files, and what their data means.
fn beside(plan: &Plan<'_>) -> Files {
    let verify = verify_text(&plan.version.to_string());
    vec![
        (VERIFY_FILE.to_owned(), verify.into_bytes()),
        (SCHEMA_FILE.to_owned(), SCHEMA_TEXT.into()),
    ]
}

fn editions<'a>(plan: &Plan<'a>) -> Result<Vec<(&'a str, &'a Edition)>, CommandError> {
    let all = &plan.narrative.config.editions;
    if all.is_empty() {
        let error = CommandError::usage("`narrative.toml` names no edition");
        return Err(error.hint("add `[editions.media]` with `audience = \"media\"`"));
    }
    if plan.editions.is_empty() {
        return Ok(all
            .iter()
            .map(|(name, edition)| (name.as_str(), edition))
            .collect());
    }
    let find = |name: &String| {
        let found = all
            .get_key_value(name)
            .map(|(name, edition)| (name.as_str(), edition));
        found.ok_or_else(|| {
            let known: Vec<&str> = all.keys().map(String::as_str).collect();
            let error = CommandError::usage(format!("there is no edition `{name}`"));
            error.hint(format!("the editions are {}", known.join(", ")))
        })
    };
    plan.editions.iter().map(find).collect()
}

/// What is known of each question: how its answer stands, and whose words it is.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    verdicts: &'a [Verdict],
    voices: &'a [Vec<Passage>],
}

fn answers(
    narrative: &Narrative,
    edition: &Edition,
    known: &Judged<'_>,
) -> Result<Vec<Answer>, CommandError> {
    let answer = |(question, known)| answer(question, known);
    let known = || known.verdicts.iter().zip(known.voices);
    let judged = || narrative.questions.iter().zip(known());
    if edition.questions.is_empty() {
        return Ok(judged().map(answer).collect());
    }
    let find = |number: &u32| {
        let question = judged().find(|(question, _)| question.id.number() == *number);
        let missing = || {
            CommandError::usage(format!(
                "an edition names question {number}, which is not there"
            ))
        };
        question.map(answer).ok_or_else(missing)
    };
    edition.questions.iter().map(find).collect()
}

fn answer(question: &Question, (verdict, voices): (&Verdict, &Vec<Passage>)) -> Answer {
    let stands = verdict.standing != Standing::Withdrawn;
    let text = question.agreed.as_ref().filter(|_| stands);
    Answer {
        question: question.id.clone(),
        asked: question.asked.clone(),
        text: text.map(|text| text.text.clone()),
        status: verdict.standing.word().to_owned(),
        passages: voices.iter().filter(|_| stands).cloned().collect(),
        notices: notice_lines(verdict),
        agreement: answer_line(verdict),
        statements: statements(verdict),
    }
}

/// The narrative at the newest release that is older than a version.
///
/// # Errors
///
/// It cannot be read.
pub fn before(
    repository: &Repository,
    tags: &[TagInfo],
    version: Version,
) -> Result<Option<(Narrative, Version)>, CommandError> {
    let released = tags
        .iter()
        .filter_map(|tag| Some((tag.name.parse::<Version>().ok()?, tag)));
    let last = released
        .filter(|(other, _)| *other < version)
        .max_by_key(|(other, _)| *other);
    let Some((version, tag)) = last else {
        return Ok(None);
    };
    let narrative = narrative::read(&repository.snapshot(At::Commit(&tag.target))?)?;
    Ok(Some((narrative, version)))
}

/// The files by which a tag object goes along with a release.
pub fn carried(tag: TagObject) -> Files {
    let mut files = vec![(TAG_FILE.to_owned(), tag.payload)];
    if !tag.armor.is_empty() {
        files.push((SIGNATURE_FILE.to_owned(), tag.armor.into_bytes()));
    }
    files
}

/// A folder as people name it: from where they stand, if it is below.
pub fn shown(folder: &std::path::Path) -> String {
    let here = std::env::current_dir()
        .and_then(|here| here.canonicalize())
        .unwrap_or_default();
    folder
        .strip_prefix(&here)
        .unwrap_or(folder)
        .display()
        .to_string()
}
