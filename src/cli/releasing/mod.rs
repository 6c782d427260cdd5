//! What `release`, `verify` and `changes` share: a release made in memory from a commit and a date.

pub mod proof;

use crate::agreement::{
    Form, Standing, Verdict, answer_line, notice_lines, statements, status_line,
};
use crate::narrative::config::Edition;
use crate::narrative::question::Question;
use crate::narrative::time::Moment;
use crate::narrative::{self, Narrative};
use crate::prose::Prose;
use crate::provenance::voices::voices;
use crate::release::compare::with_sums;
use crate::release::manifest::{
    FileEntry, MANIFEST_FILE, Manifest, PassageEntry, PositionEntry, QuestionEntry, SCHEMA,
    SIGNATURE_FILE, TAG_FILE, tool, verify_text,
};
use crate::release::proof::tag::TagObject;
use crate::release::version::Version;
use crate::render::json::{SCHEMA_FILE, SCHEMA_TEXT};
use crate::render::templates::Templates;
use crate::render::{Answer, Release, render};
use crate::store::{At, CommitId, Repository, TagInfo, blob_id};

use super::agreeing;
use super::error::CommandError;
use super::prose_diff::{changes, count};

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

/// Makes the files of a release; `step` is told each name as it is made.
///
/// # Errors
///
/// An edition is unknown, or a template fails.
pub fn make(plan: &Plan<'_>, step: impl Fn(&str)) -> Result<Files, CommandError> {
    let snapshot = plan.repository.snapshot(At::Commit(plan.commit))?;
    let templates = Templates::of(&snapshot)?;
    let verdicts = plan.verdicts()?;
    let status = plan.status_of(&verdicts);
    let changed = changed(plan);
    let mut files: Files = Vec::new();
    for (name, edition) in editions(plan)? {
        let answers = answers(plan.narrative, edition, &verdicts)?;
        let config = &plan.narrative.config;
        let quotes = plan.narrative.quotes.cleared(name, plan.date.day());
        let release = Release {
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
        for file in render(&release, &templates)? {
            step(&file.name);
            files.push((file.name, file.bytes));
        }
    }
    files.extend(beside(plan));
    tied(plan, files, &verdicts)
}

/// The files with the manifest and the sums that tie them together.
fn tied(plan: &Plan<'_>, mut files: Files, verdicts: &[Verdict]) -> Result<Files, CommandError> {
    files.sort();
    let manifest = manifest(plan, &files, verdicts)?;
    files.push((MANIFEST_FILE.to_owned(), manifest.to_json().into_bytes()));
    Ok(with_sums(files))
}

/// What lies beside the editions: how to check the files, and what their data means.
fn beside(plan: &Plan<'_>) -> Files {
    let verify = verify_text(&plan.version.to_string());
    vec![
        ("VERIFY.txt".to_owned(), verify.into_bytes()),
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

fn answers(
    narrative: &Narrative,
    edition: &Edition,
    verdicts: &[Verdict],
) -> Result<Vec<Answer>, CommandError> {
    let answer = |(question, verdict)| answer(question, verdict);
    let judged = || narrative.questions.iter().zip(verdicts);
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

fn answer(question: &Question, verdict: &Verdict) -> Answer {
    let stands = verdict.standing != Standing::Withdrawn;
    let text = question.agreed.as_ref().filter(|_| stands);
    Answer {
        question: question.id.clone(),
        asked: question.asked.clone(),
        text: text.map(|text| text.text.clone()),
        status: verdict.standing.word().to_owned(),
        passages: if stands { voices(question) } else { Vec::new() },
        notices: notice_lines(verdict),
        agreement: answer_line(verdict),
        statements: statements(verdict),
    }
}

/// What changed since the release before, a line a question.
fn changed(plan: &Plan<'_>) -> Vec<String> {
    let Some((before, version)) = &plan.before else {
        return Vec::new();
    };
    let text = |narrative: &Narrative, question: &Question| {
        let same = narrative
            .questions
            .iter()
            .find(|other| other.id == question.id);
        same.and_then(|question| question.agreed.as_ref())
            .map_or(String::new(), |text| text.text.clone())
    };
    let mut out = Vec::new();
    for question in &plan.narrative.questions {
        let (old, new) = (text(before, question), text(plan.narrative, question));
        let count = count(&changes(&Prose::parse(&old), &Prose::parse(&new)));
        let number = question.id.number();
        match (old.is_empty(), count) {
            (_, 0) => {}
            (true, _) => out.push(format!("Question {number}: first answer.")),
            (false, 1) => out.push(format!(
                "Question {number}: 1 passage changed since {version}."
            )),
            (false, count) => out.push(format!(
                "Question {number}: {count} passages changed since {version}."
            )),
        }
    }
    out
}

fn manifest(
    plan: &Plan<'_>,
    files: &Files,
    verdicts: &[Verdict],
) -> Result<Manifest, CommandError> {
    let judged = plan.narrative.questions.iter().zip(verdicts);
    Ok(Manifest {
        schema: SCHEMA,
        narrative: plan.narrative.config.title.clone(),
        version: plan.version.to_string(),
        draft: plan.version.draft().is_some(),
        status: plan.status_of(verdicts),
        tag: plan.tagged.then(|| plan.version.tag()),
        commit: plan.commit.as_str().to_owned(),
        tree: plan.repository.tree_id(plan.commit)?,
        date: plan.date.to_string(),
        questions: judged.map(entry).collect(),
        files: files
            .iter()
            .map(|(name, bytes)| FileEntry::of(name, bytes))
            .collect(),
        tool: tool(),
    })
}

fn entry((question, verdict): (&Question, &Verdict)) -> QuestionEntry {
    let positions = verdict.voices.iter().filter_map(PositionEntry::of);
    let passages = voices(question).into_iter().map(|passage| PassageEntry {
        text: passage.text,
        contributors: passage
            .contributors
            .iter()
            .map(ToString::to_string)
            .collect(),
        facilitators_wording: passage.facilitator,
    });
    let agreed = question.agreed.as_ref();
    QuestionEntry {
        question: question.id.to_string(),
        asked: blob_id(question.asked.as_bytes()).to_string(),
        agreed: agreed.map(|text| text.blob.to_string()),
        status: verdict.standing.word().to_owned(),
        positions: positions.collect(),
        words: agreed.map_or(0, |text| Prose::parse(&text.text).words()),
        passages: passages.collect(),
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
