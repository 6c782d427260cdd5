//! `onetext init`: a narrative from a message with numbered questions, and what a forge needs along with it.

mod forge;
mod print;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::opened::Opened;
use crate::cli::{Listing, Session};
use crate::narrative::forge::{Forge, Kind, Settings};
use crate::narrative::id::QuestionId;
use crate::narrative::message::{self, Message};
use crate::store::{Change, Repository, StoreError, clock};

use forge::Filled;

/// Make a narrative from a message with numbered questions
///
/// Makes a git repository, or adds to the one that is there. Questions may be numbered `1 `, `1.`, `1)` or `Q1:` and run
/// over several lines; the words around them are kept as the background note. Along with the narrative come a README, words
/// for contributors and what checks proposals on the forges that are named. In a narrative that is there already,
/// `--forge` adds what is missing of these. Nothing is ever overwritten.
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
    /// The forge that it will live on: `github`, `gitlab` or `forgejo`; may be given several times
    #[arg(long = "forge", value_name = "FORGE", value_parser = kind)]
    forges: Vec<Kind>,
    /// The address of the git repository that forges build onetext from
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value = "",
        hide_default_value = true
    )]
    tool: String,
    /// The address of the narrative's repository on its forge, for links to new drafts
    #[arg(long, value_name = "ADDRESS")]
    home: Option<String>,
    /// Who reviews what only a facilitator changes, by login on the forge; may be given several times
    #[arg(long = "reviewer", value_name = "LOGIN")]
    reviewers: Vec<String>,
    /// Show what would be made and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// A kind of forge as it is typed.
fn kind(typed: &str) -> Result<Kind, String> {
    match typed {
        "github" => Ok(Kind::Github),
        "gitlab" => Ok(Kind::Gitlab),
        "forgejo" | "gitea" | "codeberg" => Ok(Kind::Forgejo),
        _ => Err("it is one of `github`, `gitlab` and `forgejo`".to_owned()),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Made {
    folder: String,
    questions: Vec<Asked>,
    background_words: usize,
    /// What was written, from the repository's root.
    files: Vec<String>,
    /// What was there already and stays as it is.
    kept: Vec<String>,
    commit: Option<String>,
    /// What is still missing for a forge to do its part.
    missing: Option<String>,
    next: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Asked {
    number: u32,
    name: String,
    asked: String,
}

/// Files by path from the repository's root.
type Files = BTreeMap<String, Vec<u8>>;

/// Runs the command.
///
/// # Errors
///
/// The message has no numbered question, a narrative is there already, or git does not know who is writing.
pub fn run(args: InitArgs, session: &Session) -> Result<Outcome, CommandError> {
    let made = match &args.from {
        Some(from) => begun(&args, session, from)?,
        None if args.forges.is_empty() => {
            let error =
                CommandError::usage("a narrative is made from a message with numbered questions");
            return Err(error
                .hint("save the message as a text file and name it")
                .next("onetext init --from message.txt"));
        }
        None => added(&args, session)?,
    };
    session.show(&made)?;
    Ok(Outcome::Done)
}

/// Makes a narrative.
fn begun(args: &InitArgs, session: &Session, from: &Path) -> Result<Made, CommandError> {
    let (name, bytes) = read(session, from)?;
    let message = message::parse(&name, &bytes)?;
    let dir = session.path(&args.folder);
    let home = args.home(&dir, Settings::default())?;
    let section = home.as_ref().map(|home| forge::section(home, &dir));
    let narrative = narrative(&message, args.title.as_deref(), section);
    for path in narrative.keys() {
        let path = dir.join(path);
        if path.exists() {
            return Err(StoreError::Exists(path).into());
        }
    }
    let asked = message.questions.iter();
    let asked: Vec<_> = asked
        .map(|asked| (asked.id.clone(), asked.text.clone()))
        .collect();
    args.check_root(&dir)?;
    let title = args.title.as_deref().unwrap_or(TITLE);
    let mut files = args.beside(home.as_ref(), (title, &asked))?;
    let kept = keep(&dir, &mut files);
    files.extend(narrative);
    let commit = match args.dry_run {
        true => None,
        false => {
            if !dir.join(".git").exists() {
                Repository::identity_anywhere(&dir)?;
            }
            let repository = Repository::create(&dir)?;
            Some(write(&repository, &files, START)?)
        }
    };
    let background = message.background.as_deref().unwrap_or("");
    Ok(Made {
        missing: missing(&files),
        background_words: background.split_whitespace().count(),
        next: "onetext roster add ID --name NAME --email ADDRESS".to_owned(),
        ..made((&dir, &asked), files, kept, commit)
    })
}

/// Adds what a forge needs to a narrative that is there.
fn added(args: &InitArgs, session: &Session) -> Result<Made, CommandError> {
    let repository = Repository::open(&session.path(&args.folder))?;
    let head = repository.head()?;
    let opened = Opened::at(repository, head)?;
    let dir = opened.repository.home();
    let questions = opened.narrative.questions.iter();
    let asked: Vec<_> = questions
        .map(|question| (question.id.clone(), question.asked.clone()))
        .collect();
    args.check_root(&dir)?;
    let config = &opened.narrative.config;
    let home = args.home(&dir, config.forge.clone())?;
    let mut files = args.beside(home.as_ref(), (&config.title, &asked))?;
    let kept = keep(&dir, &mut files);
    let commit = match args.dry_run || files.is_empty() {
        true => None,
        false => Some(write(&opened.repository, &files, FORGE)?),
    };
    Ok(Made {
        missing: missing(&files),
        next: "onetext status --links".to_owned(),
        ..made((&dir, &[]), files, kept, commit)
    })
}

impl InitArgs {
    /// A forge reads its files at the root of a repository, and nowhere below it.
    fn check_root(&self, dir: &Path) -> Result<(), CommandError> {
        let dir = std::path::absolute(dir).map_err(|error| CommandError::io(dir, &error))?;
        let is_root = |dir: &Path| dir.join(".git").exists();
        if self.forges.is_empty() || is_root(&dir) || !dir.ancestors().skip(1).any(is_root) {
            return Ok(());
        }
        let message = "a forge reads its files from the root of the repository, and the narrative is below it";
        let error = CommandError::usage(message);
        Err(error.hint("leave out `--forge`, or make the narrative a repository of its own"))
    }

    /// Where the narrative lives on a forge, as was said or as the remote says. What neither the settings nor the host tell of
    /// its kind is told by the one forge that is named.
    fn home(&self, dir: &Path, mut settings: Settings) -> Result<Option<Forge>, CommandError> {
        if self.home.is_some() {
            // What is said now is newer than what was written down.
            settings.url = None;
        }
        let named = Settings {
            kind: <[Kind; 1]>::try_from(&self.forges[..])
                .ok()
                .map(|[only]| only),
            url: settings.url.clone(),
        };
        let known = |address: &str| {
            let homes = [&settings, &named].map(|settings| Forge::of(address, settings));
            let mut homes = homes.into_iter().flatten();
            homes.find(|home| home.is_known() && home.web().is_some())
        };
        match &self.home {
            Some(address) => known(address).map(Some).ok_or_else(|| {
                let message = format!("`{address}` leads to no forge that is known");
                let error =
                    CommandError::usage(message).hint("such as https://github.com/us/press");
                error.hint(
                    "for a host of your own, say which kind of forge it is with one `--forge`",
                )
            }),
            None => Ok(Repository::origin_of(dir).and_then(|address| known(&address))),
        }
    }

    /// What stands beside a narrative.
    fn beside(
        &self,
        home: Option<&Forge>,
        (title, asked): (&str, &[(QuestionId, String)]),
    ) -> Result<Files, CommandError> {
        let filled = Filled {
            title,
            questions: asked,
            tool: &self.tool,
            home,
            reviewers: &self.reviewers,
        };
        forge::files(&self.forges, &filled)
    }
}

/// What people have to add to files that were written without it.
fn missing(files: &Files) -> Option<String> {
    let without = forge::without_tool(files).map(|path| format!("`{path}`"));
    let without: Vec<String> = without.collect();
    (!without.is_empty()).then(|| {
        format!(
            "checks on the forge do not work yet: they build onetext, and nobody said from where; put the address of its git \
             repository behind `ONETEXT_GIT` in {}",
            Listing(&without)
        )
    })
}

/// Takes out what is there already, and tells it.
fn keep(dir: &Path, files: &mut Files) -> Vec<String> {
    let there = |path: &&String| dir.join(path.as_str()).symlink_metadata().is_ok();
    let kept: Vec<String> = files.keys().filter(there).cloned().collect();
    kept.iter().for_each(|path| drop(files.remove(path)));
    kept
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

/// What the commits say.
const START: &str = "narrative: start from a message\n";
const FORGE: &str = "forge: what checks proposals\n";

fn write(repository: &Repository, files: &Files, message: &str) -> Result<String, CommandError> {
    let who = repository.identity()?;
    let change = Change {
        writes: files
            .iter()
            .map(|(path, bytes)| (repository.beside(path), Some(bytes.clone())))
            .collect(),
        message: message.to_owned(),
        author: who.clone(),
        committer: who,
        at: clock::now(),
    };
    Ok(repository.commit_from_root(&change)?.as_str().to_owned())
}

/// The title of a narrative that was given none.
const TITLE: &str = "Our narrative";

fn narrative(message: &Message, title: Option<&str>, section: Option<String>) -> Files {
    // A JSON string is a TOML string too.
    let title = serde_json::to_string(title.unwrap_or(TITLE)).unwrap_or_default();
    let config = include_str!("narrative.toml").replace("TITLE", &title);
    let config = config + &section.unwrap_or_default();
    let mut out = Files::new();
    let mut put =
        |path: &str, text: String| drop(out.insert(format!("narrative/{path}"), text.into_bytes()));
    put("narrative.toml", config);
    put("roster.toml", include_str!("roster.toml").to_owned());
    put("sources.toml", include_str!("sources.toml").to_owned());
    if let Some(background) = &message.background {
        put("background.md", format!("{}\n", background.trim()));
    }
    for asked in &message.questions {
        let guidance = include_str!("guidance.md");
        let text = format!("{}\n\n---\n\n{guidance}", asked.text.trim());
        put(&format!("{}/question.md", asked.id), text);
    }
    out
}

fn made(
    (dir, asked): (&Path, &[(QuestionId, String)]),
    files: Files,
    kept: Vec<String>,
    commit: Option<String>,
) -> Made {
    let asked = asked.iter().map(|(id, asked)| Asked {
        number: id.number(),
        name: id.name().to_owned(),
        asked: asked.clone(),
    });
    Made {
        folder: dir.join("narrative").display().to_string(),
        questions: asked.collect(),
        background_words: 0,
        files: files.into_keys().collect(),
        kept,
        commit,
        missing: None,
        next: String::new(),
    }
}
