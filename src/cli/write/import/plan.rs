//! What an import would do, as data.

use serde::Serialize;

use crate::cli::Session;
use crate::cli::error::{CommandError, Outcome};
use crate::cli::opened::Opened;
use crate::cli::prose_diff::{PassageChange, changes};
use crate::cli::terminal::shell::quoted;
use crate::narrative::finding::{Finding, Problems};
use crate::narrative::question::Question;
use crate::narrative::read::text::text;
use crate::narrative::roster::Contributor;
use crate::narrative::snapshot::File;
use crate::prose::Prose;
use crate::reply::line::lines;
use crate::reply::split::{Answer, Asked, LeftOut, Piece, Rest, Split, split};
use crate::reply::{Comment, Reply, Tracked};
use crate::store::blob_id;

use super::{ImportArgs, Which};

/// How it stands with an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// No question is answered.
    NothingPlaced,
    /// Every draft is there already.
    NothingNew,
    /// It would be saved.
    WouldSave,
    /// Something must be said first.
    Needs,
    /// It waits for a word of the user.
    Waiting,
    /// It is shown, and the user is about to be asked.
    Asking,
    /// It is being saved.
    Saving,
    /// It was saved.
    Saved,
}

/// A reply that was read and parted, and perhaps saved.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Imported {
    /// The file, as it was named.
    pub file: String,
    /// The address that it says to come from.
    pub from: Option<String>,
    /// The contributor who has that address.
    pub from_contributor: Option<String>,
    /// Whose words they are taken for.
    pub contributor: Option<String>,
    /// How it stands.
    pub state: State,
    /// The answers.
    pub drafts: Vec<Draft>,
    /// The questions without an answer.
    pub unanswered: Vec<String>,
    /// What could not be placed.
    pub rest: Vec<Rest>,
    /// What is no answer.
    pub left_out: Vec<LeftOut>,
    /// The changes that were tracked.
    pub changes: Vec<Tracked>,
    /// Which text was read, if there are any.
    pub changes_read_as: Option<&'static str>,
    /// What was remarked beside the text.
    pub comments: Vec<Comment>,
    /// What hangs on it and is not read.
    pub attachments: Vec<String>,
    /// What must be said before it can be saved.
    pub needs: Vec<String>,
    /// The commit.
    pub commit: Option<String>,
    /// The next command.
    pub next: Option<String>,
    #[serde(skip)]
    pub who: Option<Contributor>,
}

/// The answer to one question.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Draft {
    /// The question.
    pub question: String,
    /// The file, seen from the repository.
    pub path: String,
    /// What becomes of it.
    pub fate: Fate,
    /// How many words it has.
    pub words: usize,
    /// Where they stand.
    pub pieces: Vec<Piece>,
    /// The words.
    pub text: String,
    /// What changes against the draft that is there.
    pub changes: Vec<PassageChange>,
}

/// What becomes of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// There was none.
    New,
    /// It is as it was.
    Same,
    /// It takes the place of another.
    Replaces,
    /// Nobody has said yet whose it is.
    Unknown,
}

/// The questions that no answer was found for.
fn unanswered(questions: &[Question], answers: &[Answer]) -> Vec<String> {
    let answered = |at: &usize| answers.iter().any(|answer| answer.question == *at);
    let missing = (0..questions.len()).filter(|at| !answered(at));
    missing.map(|at| questions[at].id.to_string()).collect()
}

impl Imported {
    /// Plans what a reply becomes.
    ///
    /// # Errors
    ///
    /// The contributor is unknown, or an answer breaks a rule of texts.
    pub fn of(
        args: &ImportArgs,
        session: &Session,
        (opened, reply): (&Opened, Reply),
    ) -> Result<Self, CommandError> {
        let parted = parted(opened, &reply);
        let sender = reply.from.as_deref();
        let sender = sender.and_then(|from| by_address(opened, from));
        let who = who(args, opened, &reply)?;
        let questions = &opened.narrative.questions;
        let unanswered = unanswered(questions, &parted.answers);
        let drafts = parted.answers.into_iter();
        let drafts: Result<Vec<Draft>, CommandError> = drafts
            .map(|answer| Draft::of(opened, &questions[answer.question], (who.as_ref(), answer)))
            .collect();
        let tracked = !reply.changes.is_empty();
        let mut out = Self {
            file: args.file.display().to_string(),
            from_contributor: sender.map(|who| who.id.to_string()),
            from: reply.from,
            contributor: who.as_ref().map(|who| who.id.to_string()),
            state: State::NothingPlaced,
            drafts: drafts?,
            unanswered,
            rest: parted.rest,
            left_out: parted.left_out,
            changes_read_as: tracked.then_some(match args.tracked {
                Some(Which::Accepted) => "accepted",
                _ => "original",
            }),
            changes: reply.changes,
            comments: reply.comments,
            attachments: reply.attachments,
            needs: Vec::new(),
            commit: None,
            next: None,
            who,
        };
        out.settle(args, session);
        Ok(out)
    }

    /// What the command came to.
    pub fn outcome(&self) -> Outcome {
        match self.state {
            State::NothingPlaced => Outcome::Findings,
            State::Needs | State::Waiting => Outcome::DecisionNeeded,
            _ => Outcome::Done,
        }
    }

    /// Says how it stands, what must be said first, and the next command.
    fn settle(&mut self, args: &ImportArgs, session: &Session) {
        if self.drafts.is_empty() {
            return;
        }
        if self.drafts.iter().all(|draft| draft.fate == Fate::Same) {
            self.state = State::NothingNew;
            return;
        }
        let mut more: Vec<String> = Vec::new();
        if self.contributor.is_none() {
            let id = self.from_contributor.as_deref().unwrap_or("CONTRIBUTOR");
            self.needs.push(match &self.from_contributor {
                Some(id) => format!("say whose words these are: `--as {id}`, if they are {id}'s"),
                None => "say whose words these are: `--as CONTRIBUTOR`".to_owned(),
            });
            more.push(format!("--as {id}"));
        }
        if !self.changes.is_empty() && args.tracked.is_none() {
            let said = "say which text is meant: `--tracked accepted` or `--tracked original`";
            self.needs.push(said.to_owned());
            more.push("--tracked accepted".to_owned());
        }
        let replaces = self.drafts.iter().any(|draft| draft.fate == Fate::Replaces);
        if replaces && !args.replace {
            let said = "say that other words of hers are to be replaced: `--replace`";
            self.needs.push(said.to_owned());
            more.push("--replace".to_owned());
        }
        self.state = match (self.needs.is_empty(), args.dry_run, args.yes) {
            (_, true, _) => State::WouldSave,
            (false, false, _) => State::Needs,
            (true, false, true) => State::Saving,
            (true, false, false) => State::Waiting,
        };
        if !args.yes && self.state != State::WouldSave && !(more.is_empty() && session.can_ask()) {
            more.push("--yes".to_owned());
        }
        if self.state == State::Needs || self.state == State::Waiting {
            self.next = Some(again(args, &more));
        }
    }
}

/// The same command with something more.
fn again(args: &ImportArgs, more: &[String]) -> String {
    let path = |path: &std::path::Path| quoted(&path.display().to_string());
    let mut words = vec![format!("onetext import {}", path(&args.file))];
    words.extend(args.contributor.iter().map(|who| format!("--as {who}")));
    words.extend(args.tracked.iter().map(|which| match which {
        Which::Accepted => "--tracked accepted".to_owned(),
        Which::Original => "--tracked original".to_owned(),
    }));
    words.extend(args.replace.then(|| "--replace".to_owned()));
    words.extend(
        args.rest
            .iter()
            .map(|rest| format!("--rest {}", path(rest))),
    );
    words.extend(args.yes.then(|| "--yes".to_owned()));
    words.extend(more.iter().cloned());
    words.join(" ")
}

fn parted(opened: &Opened, reply: &Reply) -> Split {
    let asked: Vec<Asked> = opened
        .narrative
        .questions
        .iter()
        .map(|question| Asked {
            number: question.id.number(),
            name: question.id.name().to_owned(),
            text: question.asked.clone(),
        })
        .collect();
    let background = opened.narrative.background.as_deref();
    split(&lines(&reply.text), &asked, background, reply.manner)
}

fn by_address<'a>(opened: &'a Opened, address: &str) -> Option<&'a Contributor> {
    let mut roster = opened.narrative.roster.contributors.iter();
    roster.find(|contributor| {
        let mut emails = contributor.emails.iter();
        emails.any(|email| email.eq_ignore_ascii_case(address))
    })
}

/// Whose words they are: as said; for what is no mail, as the roster knows the git identity.
fn who(
    args: &ImportArgs,
    opened: &Opened,
    reply: &Reply,
) -> Result<Option<Contributor>, CommandError> {
    if let Some(typed) = &args.contributor {
        return Ok(Some(opened.narrative.contributor(typed)?.clone()));
    }
    if reply.from.is_some() {
        return Ok(None);
    }
    let own = opened.repository.identity()?;
    Ok(opened.contributor_of(&own).cloned())
}

impl Draft {
    fn of(
        opened: &Opened,
        question: &Question,
        (who, answer): (Option<&Contributor>, Answer),
    ) -> Result<Self, CommandError> {
        let words = format!("{}\n", answer.text.trim_end());
        let name = who.map_or("CONTRIBUTOR", |who| who.id.as_str());
        let path = format!("{}/drafts/{name}.md", question.id);
        let own = who.and_then(|who| question.drafts.get(&who.id));
        let prose = Prose::parse(&words);
        let mut out = Self {
            question: question.id.to_string(),
            path: opened.repository.shown(&path),
            fate: Fate::New,
            words: prose.words(),
            pieces: answer.pieces,
            text: words,
            changes: Vec::new(),
        };
        match own {
            None if who.is_none() => out.fate = Fate::Unknown,
            None => {}
            Some(own) if own.text == out.text => out.fate = Fate::Same,
            Some(own) => {
                out.fate = Fate::Replaces;
                out.changes = changes(&Prose::parse(&own.text), &prose);
            }
        }
        out.sound(opened)?;
        Ok(out)
    }

    /// Holds the draft to what is asked of every text before anything is written.
    fn sound(&self, opened: &Opened) -> Result<(), CommandError> {
        let bytes = self.text.clone().into_bytes();
        let blob = blob_id(&bytes);
        let limits = &opened.narrative.config.limits;
        let read = text(&self.path, &File { blob, bytes }, limits);
        let findings: Vec<Finding> = read.err().unwrap_or_default();
        Ok(Problems::unless(findings, Some(()))?)
    }
}
