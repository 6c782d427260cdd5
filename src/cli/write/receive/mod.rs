//! `onetext receive`: a proposal is fetched, judged, shown, and taken in as it was shown.

mod author;
mod content;
mod draft;
mod listing;
mod outcome;
mod several;
mod show;
mod source;
mod take;
mod weigh;

use std::time::Duration;

use clap::Args;

use crate::cli::Session;
use crate::cli::error::{CommandError, Outcome};
use crate::cli::opened::Opened;
use crate::cli::terminal::shell::quoted;
use crate::store::{Offer, Patience};

use show::{Received, State};
use source::Sought;

/// Fetch a proposal, check it, show it, and take it in
///
/// Lists what is open if nothing is named. What is proposed is fetched aside and checked before a byte of it is kept; it is
/// then shown as a prose diff, with whose it is and on what that rests, and taken in as a merge of the very commit that was
/// shown. A contributor's proposal may change her own files only; an edit of an agreed text becomes her draft. Of a file
/// with more than one branch each is a proposal, and all of them are shown.
#[derive(Debug, Args)]
pub struct ReceiveArgs {
    /// The number of a pull or merge request, a branch of the remote, or a file made by `git bundle`
    proposal: Option<String>,
    /// Take in all that is open and that nothing speaks against
    #[arg(long, conflicts_with = "proposal")]
    all: bool,
    /// Whose it is, as you know; a signature says so by itself
    #[arg(long = "as", value_name = "CONTRIBUTOR", conflicts_with = "all")]
    contributor: Option<String>,
    /// Take in what is allowed, and leave out the rest
    #[arg(long)]
    only_allowed: bool,
    /// Where her draft changed here too, put both together if they do not meet
    #[arg(long)]
    combine: bool,
    /// Where her draft changed here too, let this one take its place
    #[arg(long, conflicts_with_all = ["combine", "all"])]
    replace: bool,
    /// Take it in without asking
    #[arg(long)]
    yes: bool,
    /// Take it in without asking if it is still this commit; may be given for several branches of a file
    #[arg(long, value_name = "COMMIT", requires = "proposal", value_parser = commit)]
    take: Vec<String>,
    /// The remote to fetch from; `origin`, or the only one, if not given
    #[arg(long, value_name = "REMOTE")]
    remote: Option<String>,
    /// Megabytes that may be fetched
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    at_most: u64,
    /// Seconds that the remote may take
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    timeout: u64,
    /// Show what would be done and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// A commit as it is shown, or longer.
fn commit(typed: &str) -> Result<String, String> {
    let named = (SHOWN..=40).contains(&typed.len());
    match named && typed.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        true => Ok(typed.to_ascii_lowercase()),
        false => Err("it is the name of a commit as it was shown, such as `1f2e3d4`".to_owned()),
    }
}

/// Digits of a commit that are shown.
const SHOWN: usize = 7;

/// What to do where a draft changed here too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Changed {
    /// Put both together.
    Combine,
    /// Let the one that is proposed take the place of the one here.
    Replace,
    /// Say so.
    Refuse,
}

/// What to do with a proposal of which a part is not allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    /// Refuse the whole.
    Refuse,
    /// Leave that part out.
    LeaveOut,
}

/// How a proposal is to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ways {
    /// What the user calls it.
    name: String,
    contributor: Option<String>,
    changed: Changed,
    rest: Rest,
}

/// Runs the command.
///
/// # Errors
///
/// The narrative cannot be read or written, or what is proposed cannot be fetched or is not sound.
pub fn run(args: ReceiveArgs, session: &Session) -> Result<Outcome, CommandError> {
    let opened = Opened::at_head(session)?;
    let sought = Sought::of(&args, session, &opened.repository)?;
    if args.proposal.is_some() || args.all {
        opened.repository.check_writable()?;
    }
    match (&args.proposal, args.all) {
        (None, false) => listing::run(&args, session, (&opened, &sought)),
        (None, true) => {
            let offers = sought.open(&opened.repository)?;
            several::run(&args, session, (opened, &sought), &offers)
        }
        (Some(_), _) => {
            let offers = sought.meant(&opened.repository, &args.take)?;
            match offers.as_slice() {
                [offer] => one(&args, session, (&opened, &sought), offer),
                _ => several::run(&args, session, (opened, &sought), &offers),
            }
        }
    }
}

fn one(
    args: &ReceiveArgs,
    session: &Session,
    (opened, sought): (&Opened, &Sought),
    offer: &Offer,
) -> Result<Outcome, CommandError> {
    let is_it = |shown: &&String| offer.commit.as_str().starts_with(shown.as_str());
    if let Some(shown) = args.take.iter().find(|shown| !is_it(shown)) {
        return Err(take::moved(&args.ways(), shown, offer.commit.as_str()));
    }
    let fetched =
        opened
            .repository
            .fetch(&sought.place, std::slice::from_ref(offer), args.patience())?;
    let mut received = Received::of(opened, sought, offer, args)?;
    if received.may_be_kept() && !args.dry_run {
        opened.repository.keep_fetched(&fetched, offer)?;
    }
    if received.state == State::Waiting && session.can_ask() {
        take::asked(session, opened, (sought, offer), &mut received)?;
        take::show_end(session, &received)?;
        return Ok(Outcome::Done);
    }
    if received.state == State::Taking {
        take::take(opened, (sought, offer), &mut received)?;
    }
    session.show(&received)?;
    Ok(received.outcome())
}

impl ReceiveArgs {
    fn patience(&self) -> Patience {
        Patience {
            time: Duration::from_secs(self.timeout),
            bytes: self.at_most.saturating_mul(1024 * 1024),
        }
    }

    fn ways(&self) -> Ways {
        self.ways_of(self.proposal.as_deref().unwrap_or_default())
    }

    fn ways_of(&self, name: &str) -> Ways {
        Ways {
            name: name.to_owned(),
            contributor: self.contributor.clone(),
            changed: match (self.combine, self.replace) {
                (true, _) => Changed::Combine,
                (_, true) => Changed::Replace,
                (false, false) => Changed::Refuse,
            },
            rest: if self.only_allowed {
                Rest::LeaveOut
            } else {
                Rest::Refuse
            },
        }
    }
}

impl Ways {
    /// The command that does the same again, with something more.
    fn command(&self, more: &[&str]) -> String {
        let mut words = vec!["onetext receive".to_owned(), quoted(&self.name)];
        match self.changed {
            Changed::Combine => words.push("--combine".to_owned()),
            Changed::Replace => words.push("--replace".to_owned()),
            Changed::Refuse => {}
        }
        if self.rest == Rest::LeaveOut {
            words.push("--only-allowed".to_owned());
        }
        if let Some(who) = &self.contributor {
            words.extend(["--as".to_owned(), quoted(who)]);
        }
        words.extend(more.iter().map(ToString::to_string));
        words.join(" ")
    }
}
