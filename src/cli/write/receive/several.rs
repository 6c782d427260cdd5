//! All that is open: what nothing speaks against is taken in, and the rest is told.

use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::opened::Opened;
use crate::cli::{Count, Page, Report, Role, Session};
use crate::store::{Fetched, Offer};

use super::ReceiveArgs;
use super::listing::fetched;
use super::show::{Received, State};
use super::source::Sought;
use super::take;

/// What became of all that is open.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct All {
    from: String,
    proposals: Vec<Received>,
    unread: Vec<Unread>,
    next: Option<String>,
}

/// A proposal that could not be looked at.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Unread {
    proposal: String,
    why: String,
}

/// Takes in what nothing speaks against, one after the other.
///
/// # Errors
///
/// The remote cannot be asked, or a merge cannot be written.
pub fn run(
    args: &ReceiveArgs,
    session: &Session,
    (mut opened, sought): (Opened, &Sought),
) -> Result<Outcome, CommandError> {
    let offers = sought.open(&opened.repository)?;
    let mut proposals = Vec::new();
    let mut unread = Vec::new();
    for (offer, aside) in fetched(&opened.repository, sought, &offers, args) {
        let looked_at = aside.and_then(|aside| {
            let received = Received::of(&opened, sought, offer, args)?;
            Ok((aside, received))
        });
        match looked_at {
            Ok((aside, mut received)) => {
                let about = (sought, offer, &*aside);
                one(session, &opened, about, &mut received)?;
                if received.state == State::Taken {
                    let head = opened.repository.head()?;
                    opened = Opened::at(opened.repository, head)?;
                }
                proposals.push(received);
            }
            Err(error) => unread.push(Unread {
                proposal: offer.source.to_string(),
                why: error.message().to_owned(),
            }),
        }
    }
    let all = All {
        from: sought.place_name.clone(),
        next: next(&proposals),
        proposals,
        unread,
    };
    session.show(&all)?;
    Ok(all.outcome())
}

fn one(
    session: &Session,
    opened: &Opened,
    (sought, offer, aside): (&Sought, &Offer, &Fetched),
    received: &mut Received,
) -> Result<(), CommandError> {
    if received.wants_a_look() {
        received.wait();
        return Ok(());
    }
    let asks = received.state == State::Waiting && session.can_ask();
    if asks || received.state == State::Taking {
        opened.repository.keep_fetched(aside, offer)?;
    }
    if asks {
        take::asked(session, opened, (sought, offer), received)
    } else if received.state == State::Taking {
        take::take(opened, (sought, offer), received)
    } else {
        Ok(())
    }
}

/// What comes after all of them: what waits first, then the merge of all that came in.
fn next(proposals: &[Received]) -> Option<String> {
    let in_state = |state: State| {
        let mut of_state = proposals.iter().filter(move |one| one.state == state);
        of_state.find_map(|one| one.next.clone())
    };
    let taken = proposals.iter().any(|one| one.state == State::Taken);
    let merge = taken.then(|| "onetext merge".to_owned());
    let waiting = in_state(State::Waiting).or_else(|| in_state(State::WouldTake));
    let rest = waiting.or(merge).or_else(|| in_state(State::Refused));
    Some(rest.unwrap_or_else(|| "onetext status".to_owned()))
}

impl All {
    fn outcome(&self) -> Outcome {
        let has = |outcome| self.proposals.iter().any(|one| one.outcome() == outcome);
        match () {
            () if !self.unread.is_empty() || has(Outcome::Findings) => Outcome::Findings,
            () if has(Outcome::DecisionNeeded) => Outcome::DecisionNeeded,
            () => Outcome::Done,
        }
    }
}

impl Report for All {
    fn print(&self, page: &mut Page) {
        let all = self.proposals.len() + self.unread.len();
        let open = Count(all, "proposal", "proposals");
        page.line(format!("{open} at `{}`", self.from));
        for one in &self.proposals {
            page.blank()
                .strong(&one.proposal)
                .plain(": ")
                .line(one.subject());
            one.print_state(page);
        }
        for one in &self.unread {
            page.blank().strong(&one.proposal).plain(": ");
            page.text(Role::Error, "cannot be read")
                .end()
                .block("  ", &one.why);
        }
        if let Some(next) = &self.next {
            page.blank().text(Role::Hint, "next:").plain(" ").line(next);
        }
    }
}
