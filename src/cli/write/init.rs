//! `onetext init`: a narrative from a message with numbered questions.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::{Count, Page, Report, Role, Session};
use crate::narrative::message::{self, Message};
use crate::store::{Change, Repository, StoreError, clock};

/// Make a narrative from a message with numbered questions
///
/// Makes a git repository, or adds to the one that is there. Questions may be numbered `1 `, `1.`, `1)` or `Q1:` and run
/// over several lines; the words around them are kept as the background note. Nothing is ever overwritten.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder in which `narrative/` is made
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// The message with the questions; `-` for standard input
    #[arg(long, value_name = "MESSAGE")]
    from: Option<PathBuf>,
    /// The narrative's title
    #[arg(long)]
    title: Option<String>,
    /// Show what would be made and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Made {
    folder: String,
    questions: Vec<Asked>,
    background_words: usize,
    files: Vec<String>,
    commit: Option<String>,
    next: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Asked {
    number: u32,
    name: String,
    asked: String,
}

/// Runs the command.
///
/// # Errors
///
/// The message has no numbered question, a narrative is there already, or git does not know who is writing.
pub fn run(args: InitArgs, session: &Session) -> Result<Outcome, CommandError> {
    let Some(from) = &args.from else {
        let error =
            CommandError::usage("a narrative is made from a message with numbered questions");
        return Err(error
            .hint("save the message as a text file and name it")
            .next("onetext init --from message.txt"));
    };
    let (name, bytes) = read(session, from)?;
    let message = message::parse(&name, &bytes)?;
    let dir = session.path(&args.folder);
    let files = files(&message, args.title.as_deref());
    for path in files.keys() {
        let path = dir.join("narrative").join(path);
        if path.exists() {
            return Err(StoreError::Exists(path).into());
        }
    }
    let commit = if args.dry_run {
        None
    } else {
        Some(write(&dir, &files)?)
    };
    session.show(&report(&dir, &message, &files, commit))?;
    Ok(Outcome::Done)
}

fn read(session: &Session, from: &Path) -> Result<(String, Vec<u8>), CommandError> {
    if from == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin(), &mut bytes)
            .map_err(|error| CommandError::io(Path::new("standard input"), &error))?;
        return Ok(("standard input".to_owned(), bytes));
    }
    let path = session.path(from);
    let bytes = std::fs::read(&path).map_err(|error| CommandError::io(&path, &error))?;
    Ok((from.display().to_string(), bytes))
}

fn write(dir: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<String, CommandError> {
    if !dir.join(".git").exists() {
        Repository::identity_anywhere(dir)?;
    }
    let repository = Repository::create(dir)?;
    let who = repository.identity()?;
    let change = Change {
        writes: files
            .iter()
            .map(|(path, bytes)| (path.clone(), Some(bytes.clone())))
            .collect(),
        message: "narrative: start from a message\n".to_owned(),
        author: who.clone(),
        committer: who,
        at: clock::now(),
    };
    Ok(repository.commit(&change)?.as_str().to_owned())
}

fn files(message: &Message, title: Option<&str>) -> BTreeMap<String, Vec<u8>> {
    let title = title.unwrap_or("Our narrative");
    // A JSON string is a TOML string too.
    let title = serde_json::to_string(title).unwrap_or_default();
    let config = include_str!("init/narrative.toml").replace("TITLE", &title);
    let mut out = BTreeMap::new();
    let mut put = |path: String, text: String| drop(out.insert(path, text.into_bytes()));
    put("narrative.toml".to_owned(), config);
    put(
        "roster.toml".to_owned(),
        include_str!("init/roster.toml").to_owned(),
    );
    put(
        "sources.toml".to_owned(),
        include_str!("init/sources.toml").to_owned(),
    );
    if let Some(background) = &message.background {
        put(
            "background.md".to_owned(),
            format!("{}\n", background.trim()),
        );
    }
    for asked in &message.questions {
        let text = format!(
            "{}\n\n---\n\n{}",
            asked.text.trim(),
            include_str!("init/guidance.md")
        );
        put(format!("{}/question.md", asked.id), text);
    }
    out
}

fn report(
    dir: &Path,
    message: &Message,
    files: &BTreeMap<String, Vec<u8>>,
    commit: Option<String>,
) -> Made {
    let asked = |asked: &message::Asked| Asked {
        number: asked.id.number(),
        name: asked.id.name().to_owned(),
        asked: asked.text.clone(),
    };
    let background = message.background.as_deref().unwrap_or("");
    Made {
        folder: dir.join("narrative").display().to_string(),
        questions: message.questions.iter().map(asked).collect(),
        background_words: background.split_whitespace().count(),
        files: files.keys().cloned().collect(),
        commit,
        next: "onetext roster add ID --name NAME --email ADDRESS".to_owned(),
    }
}

impl Report for Made {
    fn print(&self, page: &mut Page) {
        let questions = Count(self.questions.len(), "question", "questions");
        let verb = if self.commit.is_some() {
            "made"
        } else {
            "would make"
        };
        page.line(format!("{verb} `{}` with {questions}:", self.folder));
        for question in &self.questions {
            page.plain(format!("  {}-", question.number))
                .name(&question.name)
                .end();
            page.block("    ", &question.asked);
        }
        if self.background_words > 0 {
            let words = Count(self.background_words, "word", "words");
            page.line(format!(
                "the {words} around them are kept in `narrative/background.md`"
            ));
        }
        page.text(Role::Hint, "next:").plain(" ").line(&self.next);
    }
}
