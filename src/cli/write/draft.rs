//! `onetext draft`: one's own answer to a question.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::opened::{Opened, author};
use crate::cli::{Count, Page, Report, Role, Session, editor};
use crate::narrative::finding::Problems;
use crate::narrative::id::ContributorId;
use crate::narrative::question::Question;
use crate::narrative::read::text::decode;
use crate::narrative::roster::{self, Contributor};
use crate::narrative::snapshot::Snapshot;
use crate::prose::Prose;
use crate::store::{At, Change, Identity, StoreError, blob_id, clock};

/// Start or edit one's own draft of a question
///
/// Opens your editor with your draft, or with the agreed text if you have none, and saves and commits what you wrote. With
/// a file or `--stdin` it works without an editor.
#[derive(Debug, Args)]
pub struct DraftArgs {
    /// The question, by number, folder or name
    question: String,
    /// A file with the text
    #[arg(conflicts_with_all = ["stdin", "save"])]
    file: Option<PathBuf>,
    /// Whose draft it is; by default found from your git identity
    #[arg(long = "as", value_name = "CONTRIBUTOR")]
    contributor: Option<String>,
    /// Read the text from standard input
    #[arg(long, conflicts_with = "save")]
    stdin: bool,
    /// Save and commit the draft as it stands on disk, without an editor
    #[arg(long)]
    save: bool,
    /// Show what would be saved and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// The line in the editor above which nothing is kept.
const SCISSORS: &str = "-------- write below this line; everything above it is left out --------";

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Drafted {
    question: String,
    contributor: String,
    path: String,
    words: usize,
    did: Did,
    commit: Option<String>,
    next: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Did {
    Saved,
    WouldSave,
    Unchanged,
}

/// Runs the command.
///
/// # Errors
///
/// The question or contributor is unknown, the text is empty or not UTF-8, or it cannot be committed.
pub fn run(args: DraftArgs, session: &Session) -> Result<Outcome, CommandError> {
    let opened = Opened::in_work_tree(session)?;
    opened.repository.check_writable()?;
    let question = opened.question(&args.question)?;
    let writer = writer(&args, session, &opened)?;
    let text = text(&args, session, question, &writer.who)?;
    if text.trim().is_empty() {
        let error = CommandError::usage("the draft is empty, so nothing was saved");
        return Err(error.hint("write at least a sentence, or leave the draft alone"));
    }
    let text = format!("{}\n", text.trim_end());
    let report = save(&args, &opened, question, &writer, text)?;
    session.show(&report)?;
    Ok(Outcome::Done)
}

/// Who is writing, and the roster that remembers it if it had to be asked.
struct Writer {
    who: Contributor,
    roster: Option<String>,
}

impl Writer {
    /// The draft, and the roster along with it if it has to remember the writer.
    fn writes(&self, path: String, text: String) -> BTreeMap<String, Option<Vec<u8>>> {
        let roster = self
            .roster
            .clone()
            .map(|roster| ("roster.toml".to_owned(), roster));
        let files = [(path, text)].into_iter().chain(roster);
        files
            .map(|(path, text)| (path, Some(text.into_bytes())))
            .collect()
    }
}

/// Who is writing: as said, as the roster knows the git identity, or as somebody at the terminal answers.
fn writer(args: &DraftArgs, session: &Session, opened: &Opened) -> Result<Writer, CommandError> {
    let known = |who: &Contributor| Writer {
        who: who.clone(),
        roster: None,
    };
    if let Some(typed) = &args.contributor {
        return Ok(known(opened.narrative.contributor(typed)?));
    }
    let own = opened.repository.identity()?;
    if let Some(who) = opened.contributor_of(&own) {
        return Ok(known(who));
    }
    if session.can_ask() {
        return asked(session, opened, &own);
    }
    let error = CommandError::usage(format!(
        "the roster does not know your address `{}`",
        own.email
    ));
    Err(error
        .hint("name yourself with `--as CONTRIBUTOR`, or add yourself to the roster")
        .next(format!(
            "onetext roster add ID --name \"{}\" --email {}",
            own.name, own.email
        )))
}

/// Asks who is writing, once: the roster remembers the address.
fn asked(session: &Session, opened: &Opened, own: &Identity) -> Result<Writer, CommandError> {
    let contributors = &opened.narrative.roster.contributors;
    let ids: Vec<&str> = contributors
        .iter()
        .map(|contributor| contributor.id.as_str())
        .collect();
    session.note(&format!(
        "The roster does not know your address {}.",
        own.email
    ))?;
    if !ids.is_empty() {
        session.note(&format!("On it are {}.", ids.join(", ")))?;
    }
    let typed = session.ask("your id on the roster, or a new one (a-z, 0-9 and -):")?;
    let id: ContributorId = typed.parse()?;
    let snapshot = opened.repository.snapshot(At::WorkTree)?;
    let bytes = snapshot
        .files
        .get("roster.toml")
        .map_or(&b"schema = 1\n"[..], |file| &file.bytes);
    let text = String::from_utf8_lossy(bytes);
    if let Some(who) = contributors.iter().find(|contributor| contributor.id == id) {
        let roster = Some(roster::with_email(&text, &id, &own.email));
        return Ok(Writer {
            who: who.clone(),
            roster,
        });
    }
    let who = Contributor {
        emails: vec![own.email.clone()],
        ..Contributor::new(id, own.name.clone())
    };
    let roster = Some(roster::with_contributor(&text, &who));
    Ok(Writer { who, roster })
}

fn path(question: &Question, who: &ContributorId) -> String {
    format!("{}/drafts/{who}.md", question.id)
}

fn text(
    args: &DraftArgs,
    session: &Session,
    question: &Question,
    who: &Contributor,
) -> Result<String, CommandError> {
    if let Some(file) = &args.file {
        let path = session.path(file);
        let bytes = std::fs::read(&path).map_err(|error| CommandError::io(&path, &error))?;
        return decoded(&file.display().to_string(), &bytes);
    }
    if args.stdin {
        let mut bytes = Vec::new();
        let read = std::io::stdin().read_to_end(&mut bytes);
        read.map_err(|error| CommandError::io(Path::new("standard input"), &error))?;
        return decoded("standard input", &bytes);
    }
    let own = question.drafts.get(&who.id);
    if args.save {
        return own.map(|text| text.text.clone()).ok_or_else(|| {
            CommandError::usage(format!("there is no `{}` to save", path(question, &who.id)))
        });
    }
    let start = match (own, &question.agreed) {
        (Some(own), Some(agreed)) if question.record.considered(&who.id) == Some(&own.blob) => {
            &agreed.text
        }
        (Some(own), _) => &own.text,
        (None, Some(agreed)) => &agreed.text,
        (None, None) => "",
    };
    edited(question, start, session)
}

fn edited(question: &Question, start: &str, session: &Session) -> Result<String, CommandError> {
    let page = format!(
        "# {}\n\n{SCISSORS}\n\n{start}",
        question.asked.replace('\n', " ")
    );
    let set = ["VISUAL", "EDITOR"]
        .iter()
        .any(|name| std::env::var_os(name).is_some());
    if !set && !session.can_ask() {
        let error = CommandError::usage("no editor is set and nobody is at a terminal");
        return Err(error.hint("name a file with the text, or use `--stdin`"));
    }
    let saved = editor::edit(&page, &format!("{}.md", question.id))?;
    Ok(match saved.split_once(SCISSORS) {
        Some((_, text)) => text.trim_start_matches(['\r', '\n']).to_owned(),
        None => saved,
    })
}

fn decoded(name: &str, bytes: &[u8]) -> Result<String, CommandError> {
    decode(name, bytes).map_err(|finding| match Problems::unless(vec![finding], Some(())) {
        Err(problems) => problems.into(),
        Ok(()) => CommandError::usage(format!("`{name}` is not a text")),
    })
}

fn save(
    args: &DraftArgs,
    opened: &Opened,
    question: &Question,
    writer: &Writer,
    text: String,
) -> Result<Drafted, CommandError> {
    let who = &writer.who;
    let path = path(question, &who.id);
    let words = Prose::parse(&text).words();
    let mut report = Drafted {
        question: question.id.to_string(),
        contributor: who.id.to_string(),
        path: opened.repository.shown(&path),
        words,
        did: Did::WouldSave,
        commit: None,
        next: format!("onetext compare {}", question.id.number()),
    };
    let committed = committed(opened)?;
    let before = committed.files.get(&path);
    if before.is_some_and(|file| file.blob == blob_id(text.as_bytes())) {
        report.did = Did::Unchanged;
        return Ok(report);
    }
    if !args.dry_run {
        let committer = opened.repository.identity()?;
        let writes = writer.writes(path, text);
        let change = Change {
            writes,
            message: format!("draft: {} by {}\n", question.id, who.id),
            author: author(who, &committer),
            committer,
            at: clock::now(),
        };
        report.commit = Some(opened.repository.commit(&change)?.as_str().to_owned());
        report.did = Did::Saved;
    }
    Ok(report)
}

/// The files as they were committed last; none before the first commit.
fn committed(opened: &Opened) -> Result<Snapshot, CommandError> {
    match opened.repository.head() {
        Ok(head) => Ok(opened.repository.snapshot(At::Commit(&head))?),
        Err(StoreError::Unborn(_)) => Ok(Snapshot::default()),
        Err(error) => Err(error.into()),
    }
}

impl Report for Drafted {
    fn print(&self, page: &mut Page) {
        let words = Count(self.words, "word", "words");
        let did = match self.did {
            Did::Saved => "saved and committed",
            Did::WouldSave => "would be saved and committed",
            Did::Unchanged => "unchanged, nothing to save",
        };
        page.plain("`")
            .name(&self.path)
            .line(format!("` {did} ({words})"));
        page.text(Role::Hint, "next:").plain(" ").line(&self.next);
    }
}
