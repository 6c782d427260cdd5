//! `onetext approve`: records that somebody approved the exact words of a quote.

use std::collections::BTreeMap;

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::{Page, Report, Role, Session};
use crate::narrative::config::Audience;
use crate::narrative::quotes::{Approval, Clearance, Quote, with_approval};
use crate::narrative::time::Day;
use crate::narrative::{self, Narrative, nearest};
use crate::store::{At, Change, Repository, StoreError, clock};

/// Record that the exact words of a quote were approved, or list the quotes and how they stand
///
/// The words, who says them and as what stand in `quotes.toml`. An approval holds for these very words: a changed
/// character, another name or role, or a day after its last day takes the quote out of every release.
#[derive(Debug, Args)]
pub struct ApproveArgs {
    /// The quote, by its `id` in `quotes.toml`; all are listed if not given
    quote: Option<String>,
    /// Who approved it; who says it if not given
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// The last day on which it may be used, such as `2026-12-31`; for good if not given
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    /// The edition that it is for, may be given several times; all for the media if not given
    #[arg(long = "edition", value_name = "NAME")]
    editions: Vec<String>,
    /// Show what would be recorded and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Listed {
    approved: Option<String>,
    written: bool,
    quotes: Vec<Standing>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Standing {
    clearance: Clearance,
    #[serde(flatten)]
    quote: Quote,
}

/// Runs the command.
///
/// # Errors
///
/// There is no such quote or edition, a day is none, or the change cannot be committed.
pub fn run(args: &ApproveArgs, session: &Session) -> Result<Outcome, CommandError> {
    let repository = Repository::open(session.dir())?;
    let snapshot = repository.snapshot(At::WorkTree)?;
    let mut narrative = narrative::read(&snapshot)?;
    let today = clock::now().day();
    let Some(id) = &args.quote else {
        session.show(&listed(&narrative, None, today))?;
        return Ok(Outcome::Done);
    };
    let approval = approval(args, &narrative, id, today)?;
    let bytes = snapshot
        .files
        .get("quotes.toml")
        .map(|file| &file.bytes[..]);
    let text = String::from_utf8_lossy(bytes.unwrap_or_default()).into_owned();
    if !args.dry_run {
        commit(&repository, with_approval(&text, id, &approval), id)?;
    }
    let quotes = &mut narrative.quotes.quotes;
    if let Some(quote) = quotes.iter_mut().find(|quote| quote.id == *id) {
        quote.approved = Some(approval);
    }
    let report = Listed {
        written: !args.dry_run,
        ..listed(&narrative, Some(id), today)
    };
    session.show(&report)?;
    Ok(Outcome::Done)
}

fn approval(
    args: &ApproveArgs,
    narrative: &Narrative,
    id: &str,
    today: Day,
) -> Result<Approval, CommandError> {
    let quote = narrative
        .quotes
        .get(id)
        .ok_or_else(|| unknown(narrative, id))?;
    let until: Option<Day> = args.until.as_deref().map(str::parse).transpose()?;
    if let Some(past) = until.filter(|until| *until < today) {
        let message = format!("{} has passed already", past.long());
        return Err(CommandError::usage(message).hint("name a day to come, or leave out `--until`"));
    }
    Ok(Approval {
        until,
        editions: editions(args, narrative)?,
        ..quote.approval(args.by.as_ref().unwrap_or(&quote.name), today)
    })
}

fn unknown(narrative: &Narrative, id: &str) -> CommandError {
    let error = CommandError::usage(format!("there is no quote `{id}` in `quotes.toml`"));
    let known = narrative
        .quotes
        .quotes
        .iter()
        .map(|quote| quote.id.as_str());
    match nearest(id, known) {
        Some(meant) => error.hint(format!("did you mean `{meant}`?")),
        None => {
            error.hint("write it there first: `id`, `words`, `name` and `role` under `[[quotes]]`")
        }
    }
}

fn editions(args: &ApproveArgs, narrative: &Narrative) -> Result<Vec<String>, CommandError> {
    let all = &narrative.config.editions;
    if args.editions.is_empty() {
        let media = all
            .iter()
            .filter(|(_, edition)| edition.audience == Audience::Media);
        return Ok(media.map(|(name, _)| name.clone()).collect());
    }
    if let Some(strange) = args.editions.iter().find(|name| !all.contains_key(*name)) {
        let known: Vec<&str> = all.keys().map(String::as_str).collect();
        let error = CommandError::usage(format!("there is no edition `{strange}`"));
        return Err(error.hint(format!("the editions are {}", known.join(", "))));
    }
    Ok(args.editions.clone())
}

fn commit(repository: &Repository, text: String, id: &str) -> Result<(), CommandError> {
    let own = repository.shown("quotes.toml");
    if repository.dirty()?.contains(&own) {
        return Err(StoreError::Dirty(vec![own]).into());
    }
    let who = repository.identity()?;
    let change = Change {
        writes: BTreeMap::from([("quotes.toml".to_owned(), Some(text.into_bytes()))]),
        message: format!("quotes: {id} is approved\n"),
        author: who.clone(),
        committer: who,
        at: clock::now(),
    };
    repository.commit(&change)?;
    Ok(())
}

fn listed(narrative: &Narrative, only: Option<&String>, today: Day) -> Listed {
    let quotes = narrative.quotes.quotes.iter();
    let shown = quotes.filter(|quote| only.is_none_or(|id| quote.id == *id));
    let standing = |quote: &Quote| Standing {
        clearance: quote.clearance(today),
        quote: quote.clone(),
    };
    Listed {
        approved: only.cloned(),
        written: false,
        quotes: shown.map(standing).collect(),
    }
}

impl Report for Listed {
    fn print(&self, page: &mut Page) {
        if self.quotes.is_empty() {
            page.line("no quotes are in `quotes.toml`");
        }
        for standing in &self.quotes {
            standing.print(page);
        }
        match (&self.approved, self.written) {
            (Some(id), true) => page
                .blank()
                .line(format!("the approval of `{id}` is committed")),
            (Some(_), false) => page.blank().line("nothing is written"),
            (None, _) => page,
        };
    }
}

impl Standing {
    fn print(&self, page: &mut Page) {
        let quote = &self.quote;
        let role = match self.clearance {
            Clearance::Approved => Role::Good,
            _ => Role::Warning,
        };
        page.blank().name(&quote.id).plain(" ");
        page.text(role, self.clearance.words()).end();
        page.block("  ", &format!("“{}”", quote.words));
        page.line(format!("  {}", quote.said_by()));
        let Some(approval) = &quote.approved else {
            page.text(Role::Hint, "  next:");
            page.line(format!(" onetext approve {}", quote.id));
            return;
        };
        let until = approval
            .until
            .map_or_else(String::new, |day| format!(" to {}", day.long()));
        let editions = approval.editions.join(", ");
        page.line(format!(
            "  approved by {} on {}{until}, for {editions}",
            approval.by,
            approval.on.long()
        ));
        page.faint(format!("  SHA-256 of the words: {}", approval.sha256))
            .end();
    }
}
