//! More than one proposal: all that are open, or each branch of a file. What nothing speaks against is taken in, and the
//! rest is told.

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
    #[serde(skip)]
    telling: Telling,
}

/// How much is told of each at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Telling {
    /// What it changes, in a few words: it was shown before, or can be named and shown by itself.
    InShort,
    /// All of it: a file was named, and this is what stands in it.
    InFull,
}

/// A proposal of a file, as it is shown before the next one.
#[derive(Serialize)]
#[serde(transparent)]
struct Whole<'a>(&'a Received);

/// A proposal that could not be looked at.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Unread {
    proposal: String,
    why: String,
}

impl Unread {
    fn of(offer: &Offer, error: &CommandError) -> Self {
        Self {
            proposal: offer.source.to_string(),
            why: error.message().to_owned(),
        }
    }
}

/// Takes in what nothing speaks against, one after the other.
///
/// # Errors
///
/// A merge cannot be written.
pub fn run(
    args: &ReceiveArgs,
    session: &Session,
    (mut opened, sought): (Opened, &Sought),
    offers: &[Offer],
) -> Result<Outcome, CommandError> {
    let telling = match args.all || session.can_ask() {
        true => Telling::InShort,
        false => Telling::InFull,
    };
    let mut all = All {
        from: sought.place_name.clone(),
        proposals: Vec::new(),
        unread: Vec::new(),
        next: None,
        telling,
    };
    for (offer, aside) in fetched(&opened.repository, sought, offers, args) {
        let looked_at = aside.and_then(|aside| {
            let received = Received::of(&opened, sought, offer, args)?;
            Ok((aside, received))
        });
        match looked_at {
            Ok((aside, mut received)) => {
                let about = (sought, offer, &*aside);
                one(args, session, (&opened, about), &mut received)?;
                if received.state == State::Taken {
                    let head = opened.repository.head()?;
                    opened = Opened::at(opened.repository, head)?;
                }
                all.proposals.push(received);
            }
            Err(error) => all.unread.push(Unread::of(offer, &error)),
        }
    }
    all.next = next(&all.proposals);
    session.show(&all)?;
    Ok(all.outcome())
}

/// One of them. Among all that are open, what wants a look waits for that; in a file, what bears another's address, unless
/// it was named by its commit.
fn one(
    args: &ReceiveArgs,
    session: &Session,
    (opened, (sought, offer, aside)): (&Opened, (&Sought, &Offer, &Fetched)),
    received: &mut Received,
) -> Result<(), CommandError> {
    if args.all && received.wants_a_look() {
        received.wait();
        return Ok(());
    }
    let anothers = !received.whose.is_as_written() && args.take.is_empty();
    if received.state == State::Taking && anothers {
        received.wait();
    }
    let asks = received.state == State::Waiting && session.can_ask();
    if received.may_be_kept() && (asks || received.state == State::Taking || !args.all) {
        opened.repository.keep_fetched(aside, offer)?;
    }
    if asks {
        return take::asked(session, opened, (sought, offer), received);
    }
    if received.state == State::Taking {
        take::take(opened, (sought, offer), received)?;
    }
    match !args.all && session.can_ask() {
        true => session.show(&Whole(received)),
        false => Ok(()),
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
    let waiting = waiting(proposals).or_else(|| in_state(State::WouldTake));
    let rest = waiting.or(merge).or_else(|| in_state(State::Refused));
    Some(rest.unwrap_or_else(|| "onetext status".to_owned()))
}

/// The command that takes in what waits: of a file, all that the same people wrote of the same contributor's, each as the
/// commit that was shown.
fn waiting(proposals: &[Received]) -> Option<String> {
    let waiting = || proposals.iter().filter(|one| one.state == State::Waiting);
    let first = waiting().next()?;
    let hers = |one: &&Received| {
        let (own, its) = (&one.whose, &first.whose);
        one.ways == first.ways
            && (&own.contributor, &own.written_by) == (&its.contributor, &its.written_by)
    };
    let takes = waiting().filter(hers);
    let takes = takes.flat_map(|one| ["--take", one.shown_commit()]);
    Some(first.again(&takes.collect::<Vec<_>>()))
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
            page.blank();
            match self.telling {
                Telling::InShort => {
                    page.strong(&one.proposal).plain(": ").line(one.subject());
                }
                Telling::InFull => {
                    one.print_whole(page);
                    page.blank();
                }
            }
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

impl Report for Whole<'_> {
    fn print(&self, page: &mut Page) {
        self.0.print_whole(page);
        page.blank();
        self.0.print_state(page);
        page.blank();
    }
}
