//! `onetext answer`: what may be said now.

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::agreement::{Form, Standing, Verdict, answer_line, notice_lines, status_line};
use crate::cli::agreeing;
use crate::cli::error::{CommandError, Outcome};
use crate::cli::released::{self, LeftOut, Released, Signature, Tags};
use crate::cli::{Page, Report, Role, Session};
use crate::narrative::question::Question;
use crate::narrative::sources::Source;
use crate::narrative::time::Day;
use crate::narrative::{self, Narrative};
use crate::release::version::Version;
use crate::render::lengths::Lengths;
use crate::render::plain_text;
use crate::store::{At, CommitId, Repository, clock};

/// Print what may be said now in answer to a question, with its status, date and sources
///
/// Takes the latest release whose tag is ours, checked as `verify` checks it; if there is none, the agreed text of the last
/// commit, which is then no more than a draft. Newer tags that are not ours are named.
#[derive(Debug, Args)]
pub struct AnswerArgs {
    /// The question, by number, folder or name
    question: String,
    /// The first sentence, the first paragraph, or the whole answer
    #[arg(long, value_enum, default_value_t)]
    length: Length,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
enum Length {
    /// The first sentence
    One,
    /// The first paragraph, of about 60 words
    #[default]
    Short,
    /// The whole
    Long,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Answered {
    question: String,
    asked: String,
    length: Length,
    /// The words, with the numbers of their sources; nothing if there is nothing to be said.
    text: Option<String>,
    markdown: Option<String>,
    /// The release that it stands in; nothing if it is not released.
    release: Option<String>,
    date: Day,
    draft: bool,
    standing: &'static str,
    /// What stands behind this answer, what became of it, and what stands behind the whole, a sentence each.
    status: Vec<String>,
    sources: Vec<Cited>,
    /// Whose the release is, by its signature; nothing if it is not released.
    signature: Option<Signature>,
    /// The newer tags that are named like releases and are not taken for ours.
    left_out: Vec<LeftOut>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Cited {
    number: usize,
    #[serde(flatten)]
    source: Source,
}

/// The moment of a narrative that is spoken from.
struct Moment {
    narrative: Narrative,
    commit: CommitId,
    release: Option<String>,
    date: Day,
    signature: Option<Signature>,
    left_out: Vec<LeftOut>,
}

/// Runs the command.
///
/// # Errors
///
/// The question is not there, or a release cannot be read.
pub fn run(args: &AnswerArgs, session: &Session) -> Result<Outcome, CommandError> {
    let repository = Repository::open(session.dir())?;
    let moment = moment(&repository)?;
    let question = moment.narrative.question(&args.question)?;
    let judged = agreeing::Moment {
        repository: &repository,
        commit: Some(&moment.commit),
        narrative: &moment.narrative,
        on: moment.date,
    };
    let mut verdicts = judged.verdicts()?;
    if let Some(now) = withdrawn(&repository, question)? {
        verdicts.retain(|verdict| verdict.question != question.id);
        verdicts.push(now);
    }
    let report = answered(&moment, question, args.length, &verdicts);
    session.show(&report)?;
    Ok(match report.text {
        Some(_) => Outcome::Done,
        None => Outcome::Findings,
    })
}

/// How an answer stands at the last commit, if it was withdrawn there: what was released says nothing of that yet.
fn withdrawn(
    repository: &Repository,
    question: &Question,
) -> Result<Option<Verdict>, CommandError> {
    let commit = repository.head()?;
    let narrative = narrative::read(&repository.snapshot(At::Commit(&commit))?)?;
    let Some(now) = narrative
        .questions
        .iter()
        .find(|other| other.id == question.id)
    else {
        return Ok(None);
    };
    let judged = agreeing::Moment {
        repository,
        commit: Some(&commit),
        narrative: &narrative,
        on: clock::now().day(),
    };
    let verdict = judged.verdict(now)?;
    Ok((verdict.standing == Standing::Withdrawn).then_some(verdict))
}

/// The latest release, or the last commit.
fn moment(repository: &Repository) -> Result<Moment, CommandError> {
    let tags = repository.tags()?;
    let Tags { ours, left_out } = Tags::judged(repository, &tags)?;
    let mut ours = ours.iter();
    if let Some(tag) = ours.find(|tag| tag.version.draft().is_none()) {
        let released: Released = released::read(repository, tag)?;
        let newer = |tag: &LeftOut| {
            let version = tag.release.parse::<Version>();
            version.is_ok_and(|version| version > released.version)
        };
        return Ok(Moment {
            release: Some(released.version.tag()),
            date: released.at.day(),
            left_out: left_out.into_iter().filter(newer).collect(),
            commit: released.commit,
            narrative: released.narrative,
            signature: Some(released.signature),
        });
    }
    let commit = repository.head()?;
    Ok(Moment {
        narrative: narrative::read(&repository.snapshot(At::Commit(&commit))?)?,
        release: None,
        date: repository.commit_time(&commit)?.day(),
        commit,
        signature: None,
        left_out,
    })
}

fn answered(
    moment: &Moment,
    question: &Question,
    length: Length,
    verdicts: &[Verdict],
) -> Answered {
    let narrative = &moment.narrative;
    let own = verdicts
        .iter()
        .find(|verdict| verdict.question == question.id);
    let standing = own.map_or(Standing::Draft, |verdict| verdict.standing);
    let markdown = (standing != Standing::Withdrawn).then(|| words(question, length));
    let markdown = markdown.flatten();
    let (text, ids) = markdown.as_deref().map(plain_text).unzip();
    let source = |(at, id): (usize, String)| {
        let source = narrative.sources.get(&id)?.clone();
        let number = at + 1;
        Some(Cited { number, source })
    };
    let cited = ids.into_iter().flatten().enumerate().filter_map(source);
    Answered {
        question: question.id.to_string(),
        asked: question.asked.clone(),
        length,
        text,
        markdown,
        release: moment.release.clone(),
        date: moment.date,
        draft: moment.release.is_none(),
        standing: standing.word(),
        status: status(moment, own, verdicts),
        sources: cited.collect(),
        signature: moment.signature.clone(),
        left_out: moment.left_out.clone(),
    }
}

/// The agreed text of a question in one of its lengths.
fn words(question: &Question, length: Length) -> Option<String> {
    let lengths = Lengths::of(&question.agreed.as_ref()?.text);
    match length {
        Length::One => lengths.one_line,
        Length::Short => lengths.short,
        Length::Long => Some(lengths.long),
    }
}

fn status(moment: &Moment, own: Option<&Verdict>, verdicts: &[Verdict]) -> Vec<String> {
    let form = match moment.release {
        Some(_) => Form::Final,
        None => Form::Draft,
    };
    // What stands behind this answer says more than what stands behind all of them.
    let line = own.and_then(answer_line);
    let line = line.unwrap_or_else(|| status_line(&moment.narrative, verdicts, form));
    let notices = own.into_iter().flat_map(notice_lines);
    [line].into_iter().chain(notices).collect()
}

impl Report for Answered {
    fn print(&self, page: &mut Page) {
        page.heading(&self.question).block("", &self.asked).blank();
        match &self.text {
            Some(text) => page.block("", text),
            None => page.text(Role::Warning, self.silence()).end(),
        };
        if !self.sources.is_empty() {
            page.blank();
        }
        for Cited { number, source } in &self.sources {
            let caveat = source
                .caveat
                .as_ref()
                .map_or_else(String::new, |caveat| format!(" {caveat}"));
            let line = format!("{} ({}).{caveat}", source.title, source.as_of);
            let head = format!("[{number}] ");
            page.hanging((Role::Name, &head), &[(Role::Plain, line)]);
            page.faint(format!("{}{}", " ".repeat(head.len()), source.url))
                .end();
        }
        let from = match &self.release {
            Some(release) => format!("Release {release} of {}.", self.date.long()),
            None => format!("Not released; as committed on {}.", self.date.long()),
        };
        page.blank();
        if self.draft {
            page.text(Role::Warning, "Draft: not agreed.").plain(" ");
        }
        page.line(from);
        for line in &self.status {
            page.block("", line);
        }
        self.print_signature(page);
    }
}

impl Answered {
    fn print_signature(&self, page: &mut Page) {
        let release = self.release.as_deref().unwrap_or_default();
        match &self.signature {
            Some(Signature::By(who)) => {
                page.line(format!("Signed by {who}."));
            }
            Some(other) => {
                let said = other.warning(release).unwrap_or_default();
                page.hanging((Role::Warning, "note: "), &[(Role::Plain, said)]);
            }
            None => {}
        }
        for tag in &self.left_out {
            tag.print(page);
        }
    }

    /// Why there is nothing to be said.
    fn silence(&self) -> &'static str {
        match self.standing == Standing::Withdrawn.word() {
            true => "The answer is withdrawn: it is not to be used.",
            false => "There is no answer of this length yet.",
        }
    }
}
