//! `onetext propose`: one's own drafts on their way to the others.

mod bundle;
mod mends;
mod plan;
mod print;
mod send;

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use serde::Serialize;

use crate::cli::Session;
use crate::cli::error::{CommandError, Outcome};
use crate::cli::opened::{Opened, author};
use crate::narrative::forge::Words;
use crate::narrative::id::BlobId;
use crate::narrative::question::Question;
use crate::narrative::roster::Contributor;
use crate::prose::Prose;
use crate::store::{At, Change, Hooks, Identity, Manner, Prompts, clock};

/// Propose one's own drafts to the others: as a pull or merge request, or as a file
///
/// Each draft becomes one commit on what the remote has, with you as its author and nothing in it but that draft, and is
/// pushed by your own git as `you/question`, in the way that the forge wants it. Your branch and your files stay as they are,
/// whether the draft is committed or not. Proposing again updates the proposal.
#[derive(Debug, Args)]
pub struct ProposeArgs {
    /// The questions, by number, folder or name; all that you have something new on if none is named
    questions: Vec<String>,
    /// Whose drafts they are; by default found from your git identity
    #[arg(long = "as", value_name = "CONTRIBUTOR")]
    contributor: Option<String>,
    /// The remote to push to; `origin`, or the only one, if not given
    #[arg(long, value_name = "REMOTE")]
    remote: Option<String>,
    /// Write the proposals to a file, to be sent by mail, and push nothing
    #[arg(long, value_name = "FILE", conflicts_with_all = ["remote", "replace", "hooks"])]
    bundle: Option<PathBuf>,
    /// Replace what somebody else, or you elsewhere, put in the place of your proposal
    #[arg(long)]
    replace: bool,
    /// Run your git hooks for pushing
    #[arg(long)]
    hooks: bool,
    /// Seconds that the remote may take
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    timeout: u64,
    /// Show the commands that would be run and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// What was proposed, or would be.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Proposed {
    contributor: String,
    /// The remote, or the file.
    to: String,
    /// The branch of the remote that it is for.
    onto: Option<String>,
    drafts: Vec<Row>,
    /// What git is told before the drafts.
    commands: Vec<String>,
    notes: Vec<String>,
    next: String,
}

impl Proposed {
    /// A report without drafts yet.
    fn to(proposal: &Proposal<'_>, place: &str) -> Self {
        Self {
            contributor: proposal.who.id.to_string(),
            to: place.to_owned(),
            onto: None,
            drafts: Vec::new(),
            commands: Vec::new(),
            notes: Vec::new(),
            next: String::new(),
        }
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Row {
    question: String,
    path: String,
    words: usize,
    branch: String,
    did: Did,
    commit: Option<String>,
    /// Where the proposal is, or can be opened.
    link: Option<String>,
    /// Whether the link has to be followed for the proposal to be there.
    to_open: bool,
    /// What git is told.
    command: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Did {
    Proposed,
    Updated,
    /// It was proposed as it is.
    Unchanged,
    /// The others have it.
    There,
    /// It stands in the file.
    Written,
    WouldPropose,
    WouldUpdate,
    WouldWrite,
}

/// A draft that can be proposed.
#[derive(Debug)]
struct Draft<'a> {
    question: &'a Question,
    /// Relative to the narrative's folder.
    path: String,
    branch: String,
    bytes: Vec<u8>,
    blob: &'a BlobId,
    title: String,
}

/// Who proposes what.
#[derive(Debug)]
struct Proposal<'a> {
    opened: &'a Opened,
    who: &'a Contributor,
    own: Identity,
    drafts: Vec<Draft<'a>>,
}

/// Runs the command.
///
/// # Errors
///
/// The contributor is unknown, there is no draft or no remote, or the remote cannot be reached or refuses.
pub fn run(args: ProposeArgs, session: &Session) -> Result<Outcome, CommandError> {
    let opened = Opened::in_work_tree(session)?;
    opened.repository.check_at_rest()?;
    let own = opened.repository.identity()?;
    let who = contributor(&args, &opened, &own)?;
    let proposal = Proposal {
        drafts: drafts(&args, &opened, who)?,
        opened: &opened,
        who,
        own,
    };
    match &args.bundle {
        Some(file) => session.show(&bundle::write(&args, session, &proposal, file)?)?,
        None => {
            let plan = plan::plan(&args, session, &proposal)?;
            let (report, failed) = match args.dry_run {
                true => (plan.told()?, None),
                false => send::all(&plan)?,
            };
            // What was proposed before something failed is told all the same.
            let told = failed.is_none() || !report.drafts.is_empty();
            if told {
                session.show(&report)?;
            }
            failed.map_or(Ok(()), Err)?;
        }
    }
    Ok(Outcome::Done)
}

impl ProposeArgs {
    fn manner(&self, session: &Session) -> Manner {
        Manner {
            patience: Duration::from_secs(self.timeout),
            hooks: if self.hooks { Hooks::On } else { Hooks::Off },
            prompts: if session.can_ask() {
                Prompts::OnTerminal
            } else {
                Prompts::Off
            },
        }
    }
}

fn contributor<'a>(
    args: &ProposeArgs,
    opened: &'a Opened,
    own: &Identity,
) -> Result<&'a Contributor, CommandError> {
    if let Some(typed) = &args.contributor {
        return Ok(opened.narrative.contributor(typed)?);
    }
    opened
        .contributor_of(own)
        .ok_or_else(|| mends::unknown_address(own))
}

/// The drafts of the questions named, or all that she has.
fn drafts<'a>(
    args: &ProposeArgs,
    opened: &'a Opened,
    who: &Contributor,
) -> Result<Vec<Draft<'a>>, CommandError> {
    let snapshot = opened.repository.snapshot(At::WorkTree)?;
    let mut out: Vec<Draft<'_>> = Vec::new();
    for question in opened.questions(&args.questions)? {
        let path = format!("{}/drafts/{}.md", question.id, who.id);
        if out.iter().any(|draft| draft.path == path) {
            continue;
        }
        let text = question.drafts.get(&who.id);
        if let Some((text, file)) = text.zip(snapshot.files.get(&path)) {
            out.push(Draft {
                question,
                path,
                branch: format!("{}/{}", who.id, question.id),
                bytes: file.bytes.clone(),
                blob: &text.blob,
                title: format!(
                    "Question {} ({}): draft by {}",
                    question.id.number(),
                    question.id.name(),
                    who.name
                ),
            });
        } else if !args.questions.is_empty() {
            return Err(mends::no_draft(question, &opened.repository.shown(&path)));
        }
    }
    match (out.is_empty(), opened.narrative.questions.first()) {
        (true, Some(first)) => Err(mends::no_drafts(who, first)),
        _ => Ok(out),
    }
}

impl Draft<'_> {
    fn words(&self) -> Words<'_> {
        Words {
            title: &self.title,
            body: &self.question.asked,
        }
    }
}

impl Proposal<'_> {
    fn row(&self, draft: &Draft<'_>, did: Did) -> Row {
        let text = String::from_utf8_lossy(&draft.bytes);
        Row {
            question: draft.question.id.to_string(),
            path: self.opened.repository.shown(&draft.path),
            words: Prose::parse(&text).words(),
            branch: draft.branch.clone(),
            did,
            commit: None,
            link: None,
            to_open: false,
            command: None,
        }
    }

    /// The one commit of a draft: hers, and nothing in it but that file.
    fn change(&self, draft: &Draft<'_>) -> Change {
        Change {
            writes: [(draft.path.clone(), Some(draft.bytes.clone()))].into(),
            message: format!("draft: {} by {}\n", draft.question.id, self.who.id),
            author: author(self.who, &self.own),
            committer: self.own.clone(),
            at: clock::now(),
        }
    }
}
