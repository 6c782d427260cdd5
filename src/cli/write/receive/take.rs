//! Taking in exactly what was shown.

use serde::Serialize;

use crate::cli::error::{CommandError, Kind};
use crate::cli::opened::Opened;
use crate::cli::{Page, Report, Session};
use crate::store::{Change, Merged, Offer, clock};

use super::Ways;
use super::author::RestsOn;
use super::show::piece::Lot;
use super::show::{Received, State};
use super::source::Sought;

/// The end of a proposal that was shown before it was asked about.
#[derive(Serialize)]
#[serde(transparent)]
struct End<'a>(&'a Received);

impl Report for End<'_> {
    fn print(&self, page: &mut Page) {
        self.0.print_end(page);
    }
}

/// Shows a proposal, asks whether to take it in, and does as told.
///
/// # Errors
///
/// The terminal is closed, the proposal changed meanwhile, or it cannot be written.
pub fn asked(
    session: &Session,
    opened: &Opened,
    about: (&Sought, &Offer),
    received: &mut Received,
) -> Result<(), CommandError> {
    received.state = State::Asking;
    session.show(received)?;
    received.wait();
    let who = received.whose.name();
    let question = match received.whose.is_sure() {
        true => "take it in? [y/N]".to_owned(),
        false => format!("is it by {who}, as far as you know, and to be taken in? [y/N]"),
    };
    match session.ask(&question)?.to_lowercase().as_str() {
        "y" | "yes" => {
            if !received.whose.is_sure() {
                received.whose.rests_on = RestsOn::Facilitator;
            }
            take(opened, about, received)
        }
        _ => session.note("it was not taken in"),
    }
}

/// Tells the end of what was shown before it was asked about.
///
/// # Errors
///
/// It cannot be written out.
pub fn show_end(session: &Session, received: &Received) -> Result<(), CommandError> {
    session.show(&End(received))
}

/// Takes in what was shown, if it is still what is offered.
///
/// # Errors
///
/// The proposal changed meanwhile, or it cannot be written; the old state stands.
pub fn take(
    opened: &Opened,
    (sought, offer): (&Sought, &Offer),
    received: &mut Received,
) -> Result<(), CommandError> {
    if let Some(now) = sought.moved(&opened.repository, offer)? {
        return Err(moved(&received.ways, &received.commit, &now));
    }
    let who = opened.repository.identity()?;
    let change = Change {
        writes: received.weighed.clone(),
        message: message(received),
        author: who.clone(),
        committer: who,
        at: clock::now(),
    };
    let merged = Merged {
        onto: opened.commit.clone().expect("proposals are put on commits"),
        commit: offer.commit.clone(),
    };
    let commit = opened.repository.commit_merge(&change, &merged)?;
    opened.repository.forget(&offer.source)?;
    received.merge = Some(commit.as_str().to_owned());
    received.state = State::Taken;
    received.next = received.next_step();
    Ok(())
}

/// What the merge says: what was taken, as what, what was left out, and on what the author's name rests.
fn message(received: &Received) -> String {
    let mut out = format!("receive {}: {}\n\n", received.proposal, received.subject());
    let mut told = false;
    for piece in &received.pieces {
        let line = match (piece.lot, &piece.to) {
            (Lot::Draft, Some(to)) => format!("Taken as a draft: {} as {to}\n", piece.path),
            (Lot::Combined, _) => format!("Put together with what changed here: {}\n", piece.path),
            (Lot::Replaced, _) => format!("In the place of what changed here: {}\n", piece.path),
            (Lot::LeftOut, _) => format!("Left out: {}\n", piece.path),
            _ => continue,
        };
        told = true;
        out.push_str(&line);
    }
    if told {
        out.push('\n');
    }
    let rests = match &received.whose.rests_on {
        RestsOn::Signature(key) => format!("signed by {key}"),
        _ => "as the facilitator says".to_owned(),
    };
    out.push_str(&format!(
        "Proposal: {} of {}\nProposed-commit: {}\nProposed-by: {} ({rests})\n",
        received.proposal,
        received.from,
        received.commit,
        received.whose.name()
    ));
    out
}

/// Says that a proposal is no longer what was shown.
pub fn moved(ways: &Ways, was: &str, now: &str) -> CommandError {
    let short = |id: &str| id.chars().take(7).collect::<String>();
    let (was, now) = (short(was), short(now));
    let error = CommandError::new(
        Kind::Decision,
        format!("the proposal changed: review {was}..{now}"),
    );
    error
        .detail(format!("it was {was} when it was shown"))
        .detail(format!("it is {now} now"))
        .hint("nothing was taken in; look at it again")
        .next(ways.command(&[]))
}
