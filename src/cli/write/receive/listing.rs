//! What is open, and what each would change.

use std::rc::Rc;

use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::opened::Opened;
use crate::cli::terminal::count::Few;
use crate::cli::terminal::shell::quoted;
use crate::cli::{Count, Page, Report, Role, Session};
use crate::store::{Fetched, Offer, Repository};

use super::ReceiveArgs;
use super::show::Received;
use super::show::piece::Piece;
use super::source::Sought;

/// Proposals of which the changes are listed in full.
const LISTED: usize = 4;

/// What is open.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Open {
    from: String,
    proposals: Vec<Row>,
    next: Option<String>,
}

/// One proposal that is open.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    /// Its number or branch.
    pub proposal: String,
    /// The commit that it is.
    pub commit: String,
    /// Whose it is, as far as that is known.
    pub by: String,
    /// Whether a signature says so.
    pub proven: bool,
    /// What it changes: `1-size +5 -2`.
    pub changes: Vec<String>,
    /// How many errors speak against it.
    pub errors: usize,
    /// Another proposal that changes the same file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meets: Option<String>,
    /// Why it could not be looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<String>,
    #[serde(skip)]
    paths: Vec<String>,
}

/// Lists what is open; nothing is written.
///
/// # Errors
///
/// The remote cannot be asked.
pub fn run(
    args: &ReceiveArgs,
    session: &Session,
    (opened, sought): (&Opened, &Sought),
) -> Result<Outcome, CommandError> {
    let offers = sought.open(&opened.repository)?;
    let progress = session.progress(offers.len());
    let mut rows: Vec<Row> = Vec::new();
    for (offer, fetched) in fetched(&opened.repository, sought, &offers, args) {
        progress.doing(&offer.source.to_string());
        let row =
            fetched.and_then(|_aside| Ok(Row::of(&Received::of(opened, sought, offer, args)?)));
        let mut row = row.unwrap_or_else(|error| Row::unread(offer, &error));
        let mut earlier = rows.iter();
        let meets = earlier.find(|other| other.paths.iter().any(|path| row.paths.contains(path)));
        row.meets = meets.map(|other| other.proposal.clone());
        rows.push(row);
        progress.step();
    }
    drop(progress);
    let good = rows
        .iter()
        .find(|row| row.errors == 0 && row.unread.is_none());
    let next = good.or(rows.first()).map(|row| &row.proposal);
    session.show(&Open {
        from: sought.place_name.clone(),
        next: Some(next.map_or_else(
            || "onetext status".to_owned(),
            |proposal| format!("onetext receive {}", quoted(proposal)),
        )),
        proposals: rows,
    })?;
    Ok(Outcome::Done)
}

/// Fetches proposals: all at once, or one by one if one of them spoils that.
pub fn fetched<'a>(
    repository: &Repository,
    sought: &Sought,
    offers: &'a [Offer],
    args: &ReceiveArgs,
) -> Vec<(&'a Offer, Result<Rc<Fetched>, CommandError>)> {
    let fetch = |offers: &[Offer]| repository.fetch(&sought.place, offers, args.patience());
    if let Ok(all) = fetch(offers).map(Rc::new) {
        return offers
            .iter()
            .map(|offer| (offer, Ok(Rc::clone(&all))))
            .collect();
    }
    let alone = |offer: &'a Offer| {
        let fetched = fetch(std::slice::from_ref(offer)).map(Rc::new);
        (offer, fetched.map_err(CommandError::from))
    };
    offers.iter().map(alone).collect()
}

impl Row {
    fn of(received: &Received) -> Self {
        let errors = received
            .findings
            .iter()
            .filter(|finding| finding.is_error());
        Self {
            proposal: received.proposal.clone(),
            commit: received.commit.clone(),
            by: received.whose.name(),
            proven: received.whose.is_sure(),
            changes: received.pieces.iter().map(told).collect(),
            errors: errors.count(),
            meets: None,
            unread: None,
            paths: received
                .pieces
                .iter()
                .map(|piece| piece.path.clone())
                .collect(),
        }
    }

    fn unread(offer: &Offer, error: &CommandError) -> Self {
        Self {
            proposal: offer.source.to_string(),
            commit: offer.commit.as_str().to_owned(),
            by: "somebody unknown".to_owned(),
            proven: false,
            changes: Vec::new(),
            errors: 0,
            meets: None,
            unread: Some(error.message().to_owned()),
            paths: Vec::new(),
        }
    }

    fn cells(&self) -> Vec<(Role, String)> {
        let by = match self.proven {
            true => self.by.clone(),
            false => format!("{}?", self.by),
        };
        let stands = match (&self.unread, self.errors, &self.meets) {
            (Some(_), ..) => (Role::Error, "cannot be read".to_owned()),
            (None, 0, None) => (Role::Good, "no errors".to_owned()),
            (None, 0, Some(other)) => (Role::Warning, format!("meets {other}")),
            (None, errors, _) => (Role::Error, Count(errors, "error", "errors").to_string()),
        };
        vec![
            (Role::Name, self.proposal.clone()),
            (Role::Plain, by),
            stands,
            (Role::Plain, Few(&self.changes, LISTED).to_string()),
        ]
    }
}

/// What a change is, in a word or two.
fn told(piece: &Piece) -> String {
    match &piece.question {
        Some(question) => format!("{question} +{} -{}", piece.added, piece.removed),
        None => piece.path.clone(),
    }
}

impl Report for Open {
    fn print(&self, page: &mut Page) {
        let open = Count(self.proposals.len(), "proposal", "proposals");
        page.line(format!("{open} at `{}`", self.from));
        if !self.proposals.is_empty() {
            let head = ["proposal", "by", "check", "changes"];
            let head: Vec<(Role, String)> = head
                .iter()
                .map(|title| (Role::Faint, (*title).to_owned()))
                .collect();
            let rows = self.proposals.iter().map(Row::cells);
            let rows: Vec<_> = [head].into_iter().chain(rows).collect();
            page.blank().columns(&rows).blank();
        }
        for row in &self.proposals {
            if let Some(why) = &row.unread {
                page.name(&row.proposal).plain(": ").line(why);
            }
        }
        if self
            .proposals
            .iter()
            .any(|row| !row.proven && row.unread.is_none())
        {
            page.faint("`?`: by the address alone, which anybody could have written")
                .end();
        }
        if let Some(next) = &self.next {
            page.text(Role::Hint, "next:").plain(" ").strong(next).end();
        }
    }
}
