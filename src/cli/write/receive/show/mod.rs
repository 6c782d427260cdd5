//! What was received, as it is shown.

pub mod piece;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::opened::Opened;
use crate::cli::{Count, Page, Report, Role, found};
use crate::narrative::finding::Finding;
use crate::store::Offer;

use super::author::Whose;
use super::source::Sought;
use super::weigh::{Weighed, weigh};
use super::{ReceiveArgs, Rest, SHOWN, Ways};

use piece::Piece;

/// How it stands with a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is in already.
    NothingNew,
    /// Something speaks against it.
    Refused,
    /// It would be taken in.
    WouldTake,
    /// It waits for a word of the facilitator.
    Waiting,
    /// It is shown, and the facilitator is about to be asked.
    Asking,
    /// It is being taken in.
    Taking,
    /// It was taken in.
    Taken,
}

/// A proposal that was fetched, judged and perhaps taken in.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Received {
    /// Its number or branch.
    pub proposal: String,
    /// The remote or file that it comes from.
    pub from: String,
    /// The commit that is shown.
    pub commit: String,
    /// The commit that it was looked at as before, if it was another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub looked_at_before: Option<String>,
    /// What it was written on.
    pub base: String,
    /// How many commits it has.
    pub commits: usize,
    /// Whose it is.
    pub whose: Whose,
    /// How it stands.
    pub state: State,
    /// What becomes of each change.
    pub pieces: Vec<Piece>,
    /// What is wrong or wants a look.
    pub findings: Vec<Finding>,
    /// Whether the commit that takes it in is signed, because the facilitator's settings say so.
    pub signs: bool,
    /// The commit that took it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merge: Option<String>,
    /// The next command to type.
    pub next: Option<String>,
    /// The files that taking it in writes.
    #[serde(skip)]
    pub weighed: Plan,
    /// How it was asked to be looked at.
    #[serde(skip)]
    pub ways: Ways,
}

/// What taking it in would write.
pub type Plan = BTreeMap<String, Option<Vec<u8>>>;

impl Received {
    /// Looks at what was fetched, and says how it stands.
    ///
    /// # Errors
    ///
    /// An object or the history cannot be read.
    pub fn of(
        opened: &Opened,
        sought: &Sought,
        offer: &Offer,
        args: &ReceiveArgs,
    ) -> Result<Self, CommandError> {
        let name = args
            .proposal
            .clone()
            .unwrap_or_else(|| offer.source.to_string());
        let ways = args.ways_of(&name);
        let weighed = weigh(opened, &offer.commit, &ways)?;
        let before = opened.repository.kept(&offer.source)?;
        let before = before.filter(|before| *before != offer.commit);
        let state = state(&weighed, args);
        let mut received = Self {
            proposal: offer.source.to_string(),
            from: sought.place_name.clone(),
            commit: offer.commit.as_str().to_owned(),
            looked_at_before: before.map(|before| before.as_str().to_owned()),
            base: weighed.base.as_str().to_owned(),
            commits: weighed.commits.len(),
            state,
            signs: opened.repository.signs_commits()?,
            merge: None,
            next: None,
            whose: weighed.whose,
            pieces: weighed.pieces,
            findings: weighed.findings,
            weighed: weighed.writes,
            ways,
        };
        received.next = received.next_step();
        Ok(received)
    }

    /// Whether what was fetched may come into the repository: it is judged sound, whoever has to say so yet.
    pub fn may_be_kept(&self) -> bool {
        matches!(self.state, State::Waiting | State::Taking)
    }

    /// Whether somebody should look at it before it is taken in among others.
    pub fn wants_a_look(&self) -> bool {
        let look = |finding: &Finding| {
            finding.rule.starts_with("proposal-") && finding.rule != "proposal-agreed"
        };
        self.may_be_kept() && self.findings.iter().any(look)
    }

    /// Lets it wait for a word of the facilitator.
    pub fn wait(&mut self) {
        self.state = State::Waiting;
        self.next = self.next_step();
    }

    /// What it comes to at the shell.
    pub fn outcome(&self) -> Outcome {
        match self.state {
            State::Refused => Outcome::Findings,
            State::Waiting | State::Asking => Outcome::DecisionNeeded,
            State::WouldTake if !self.whose.is_sure() => Outcome::DecisionNeeded,
            _ => Outcome::Done,
        }
    }

    /// The numbers of the questions to which it brings drafts.
    fn questions(&self) -> Vec<&str> {
        let pieces = self.pieces.iter().filter(|piece| piece.changes_something());
        let mut out: Vec<&str> = pieces
            .filter_map(|piece| piece.question.as_deref())
            .collect();
        out.dedup();
        out
    }

    /// The commit as it is shown.
    pub fn shown_commit(&self) -> &str {
        &self.commit[..SHOWN]
    }

    /// The command that looks at it again as hers, with something more.
    pub fn again(&self, more: &[&str]) -> String {
        let who = self.whose.contributor.as_ref();
        let named = who
            .filter(|_| !self.whose.is_sure())
            .map(ToString::to_string);
        let named: Vec<&str> = named.iter().flat_map(|who| ["--as", who]).collect();
        self.ways.command(&[&named, more].concat())
    }

    /// What comes after it.
    pub fn next_step(&self) -> Option<String> {
        let again = |more: &[&str]| Some(self.again(more));
        match self.state {
            State::NothingNew => Some("onetext status".to_owned()),
            State::Refused if self.whose.contributor.is_none() => {
                Some(self.ways.command(&["--as", "CONTRIBUTOR"]))
            }
            State::Refused if self.ways.rest == Rest::Refuse && !self.weighed.is_empty() => {
                again(&["--only-allowed"])
            }
            State::Refused => None,
            State::WouldTake => again(&[]),
            State::Waiting | State::Asking | State::Taking => {
                again(&["--take", self.shown_commit()])
            }
            State::Taken => Some(self.after()),
        }
    }

    fn after(&self) -> String {
        let number = |folder: &&str| folder.split('-').next().unwrap_or_default().to_owned();
        let numbers: Vec<String> = self.questions().iter().map(number).collect();
        match numbers.is_empty() {
            true => "onetext status".to_owned(),
            false => format!("onetext merge {}", numbers.join(" ")),
        }
    }

    /// What it changes, in a few words: `1-size by bo`.
    pub fn subject(&self) -> String {
        let questions = self.questions();
        let what = match questions.is_empty() {
            false => questions.join(", "),
            true => Count(self.pieces.len(), "change", "changes").to_string(),
        };
        format!("{what} by {}", self.whose.name())
    }

    /// What is told once it was shown and decided.
    pub fn print_end(&self, page: &mut Page) {
        page.blank();
        self.print_state(page);
        if let Some(next) = &self.next {
            page.text(Role::Hint, "next:").plain(" ").line(next);
        }
    }

    /// Tells how it stands.
    pub fn print_state(&self, page: &mut Page) {
        match (self.state, &self.merge) {
            (State::Taken, Some(merge)) => {
                page.text(Role::Good, "taken in").line(format!(
                    " as {}, a merge of {}",
                    &merge[..7],
                    &self.commit[..7]
                ));
            }
            (State::NothingNew, _) => drop(page.line("nothing new: all of it stands here already")),
            (State::Refused, _) => drop(page.text(Role::Error, "not taken in").end()),
            (State::WouldTake, _) if self.signs => {
                page.line(
                    "it would be taken in by a merge that is signed, as `commit.gpgsign` in your git settings says; \
                     nothing is written",
                );
            }
            (State::WouldTake, _) => drop(page.line("it would be taken in; nothing is written")),
            (State::Waiting | State::Asking, _) if !self.whose.is_sure() => {
                page.text(Role::Warning, "not taken in yet")
                    .line(": say whose it is with `--as`, if you know");
            }
            (State::Waiting | State::Asking, _) => {
                page.text(Role::Warning, "not taken in yet")
                    .line(": it waits for your word");
            }
            _ => {}
        }
    }

    /// Shows it: whose it is, each change, and what speaks against it.
    pub fn print_whole(&self, page: &mut Page) {
        let commits = Count(self.commits, "commit", "commits");
        let changes = Count(self.pieces.len(), "change", "changes");
        page.plain("proposal ")
            .strong(&self.proposal)
            .plain(" by ")
            .name(self.whose.name())
            .line(format!(" ({changes}, {commits}, {})", &self.commit[..7]));
        self.whose.print(page);
        if let Some(before) = &self.looked_at_before {
            page.text(Role::Warning, "  changed since you looked at it: ")
                .line(format!("review {}..{}", &before[..7], &self.commit[..7]));
        }
        self.pieces.iter().for_each(|piece| piece.print(page));
        self.print_findings(page);
    }

    fn print_findings(&self, page: &mut Page) {
        if !self.findings.is_empty() {
            page.blank();
        }
        found::print(&self.findings, page);
    }
}

impl Report for Received {
    fn print(&self, page: &mut Page) {
        self.print_whole(page);
        match self.state {
            State::Asking => drop(page.blank()),
            _ => self.print_end(page),
        }
    }
}

fn state(weighed: &Weighed, args: &ReceiveArgs) -> State {
    let left_out = weighed.left_out();
    let spared = |finding: &&Finding| args.only_allowed && left_out.contains(&&*finding.path);
    let mut errors = weighed.findings.iter().filter(|finding| finding.is_error());
    let barred = errors.any(|finding| !spared(&finding));
    let whole = args.only_allowed || left_out.is_empty();
    match () {
        () if weighed.pieces.is_empty() => State::NothingNew,
        () if barred || !whole || weighed.whose.contributor.is_none() => State::Refused,
        () if weighed.writes.is_empty() && !left_out.is_empty() => State::Refused,
        () if weighed.writes.is_empty() => State::NothingNew,
        () if args.dry_run => State::WouldTake,
        () if (args.yes || !args.take.is_empty()) && weighed.whose.is_sure() => State::Taking,
        () => State::Waiting,
    }
}
