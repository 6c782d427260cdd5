//! `onetext position`: where a member stands on the exact words of an answer.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::agreement::answer_line;
use crate::cli::agreeing::Moment;
use crate::cli::agreeing::speaker::{Speaker, Typed, speaker};
use crate::cli::error::{CommandError, Outcome};
use crate::cli::opened::{Opened, author};
use crate::cli::{Count, Page, Report, Role, Session};
use crate::narrative::position::{Position, Stand};
use crate::narrative::question::{Question, Text};
use crate::narrative::read::text::{code_point, is_forbidden};
use crate::narrative::time::Day;
use crate::prose::Prose;
use crate::store::{Change, clock};

/// Say where a member stands on an agreed text
///
/// The position is on the words as they stand: when an edit changes them in substance, the member is asked again; wrapping,
/// typography and moved passages are no substance. A delegate speaks for her member. A facilitator may write down what a
/// delegate said, and the file says so. An objection needs a reason; standing aside is in nobody's way.
#[derive(Debug, Args)]
pub struct PositionArgs {
    /// The question, by number, folder or name
    question: String,
    /// Where the member stands
    #[arg(value_enum, required_unless_present = "withdraw")]
    position: Option<Where>,
    /// The member, by id; the one that you speak for if not given
    #[arg(long = "for", value_name = "MEMBER")]
    member: Option<String>,
    /// Who spoke for the member; by default found from your git identity
    #[arg(long = "as", value_name = "CONTRIBUTOR")]
    contributor: Option<String>,
    /// Why: an objection must say, the others may
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// A wording that the member could live with
    #[arg(long, value_name = "TEXT")]
    wording: Option<String>,
    /// What is to stand beside the answer in every release
    #[arg(long, value_name = "TEXT")]
    statement: Option<String>,
    /// Take the member's position back: it is silent again
    #[arg(long, conflicts_with_all = ["position", "reason", "wording", "statement"])]
    withdraw: bool,
    /// Show what would be written and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Where a member can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Where {
    /// It agrees to these words
    Agree,
    /// It does not agree, and stands in nobody's way
    StandAside,
    /// It objects, and says why
    Object,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Positioned {
    question: String,
    name: String,
    path: String,
    did: Did,
    position: Option<Position>,
    /// How many words the text has that it is about.
    words: usize,
    commit: Option<String>,
    /// What may be said of the answer then; nothing if the rule asks no member.
    agreement: Option<String>,
    next: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Did {
    Saved,
    WouldSave,
    Unchanged,
    TookBack,
    WouldTakeBack,
}

/// Runs the command.
///
/// # Errors
///
/// There is no text to stand on, who is writing may not speak for the member, or an objection has no reason.
pub fn run(args: PositionArgs, session: &Session) -> Result<Outcome, CommandError> {
    let opened = Opened::at_head(session)?;
    opened.repository.check_writable()?;
    let question = opened.question(&args.question)?;
    let today = clock::now().day();
    let typed = Typed {
        member: args.member.as_deref(),
        contributor: args.contributor.as_deref(),
    };
    let speaker = speaker(&opened, typed, today)?;
    let text = question.agreed.as_ref().ok_or_else(|| {
        let error = CommandError::usage(format!("`{}` has no agreed text yet", question.id));
        error.next(format!("onetext status {}", question.id.number()))
    })?;
    let desk = Desk {
        args: &args,
        opened: &opened,
        question,
        speaker: &speaker,
        today,
    };
    session.show(&desk.write(text)?)?;
    Ok(Outcome::Done)
}

/// Everything that is at hand when a position is written.
struct Desk<'a> {
    args: &'a PositionArgs,
    opened: &'a Opened,
    question: &'a Question,
    speaker: &'a Speaker<'a>,
    today: Day,
}

impl Desk<'_> {
    fn write(&self, text: &Text) -> Result<Positioned, CommandError> {
        let member = &self.speaker.member.id;
        let before = self.question.positions.get(member);
        let wanted = match self.args.position {
            Some(position) => Some(self.position(position, text)?),
            None => None,
        };
        let did = match (&wanted, before) {
            (None, None) => {
                let message = format!("`{member}` has taken no position to take back");
                return Err(CommandError::usage(message).next(self.status()));
            }
            (Some(wanted), Some(before)) if self.same(wanted, before) => Did::Unchanged,
            (Some(_), _) if self.args.dry_run => Did::WouldSave,
            (None, _) if self.args.dry_run => Did::WouldTakeBack,
            (Some(_), _) => Did::Saved,
            (None, _) => Did::TookBack,
        };
        let commit = match did {
            Did::Saved | Did::TookBack => Some(self.commit(wanted.as_ref())?),
            Did::Unchanged | Did::WouldSave | Did::WouldTakeBack => None,
        };
        let path = Position::path(&self.question.id, member);
        Ok(Positioned {
            question: self.question.id.to_string(),
            name: self.speaker.member.name.clone(),
            path: self.opened.repository.shown(&path),
            did,
            words: Prose::parse(&text.text).words(),
            agreement: self.line(wanted.as_ref())?,
            position: wanted,
            commit,
            next: self.status(),
        })
    }

    fn status(&self) -> String {
        format!("onetext status {}", self.question.id.number())
    }

    fn position(&self, position: Where, text: &Text) -> Result<Position, CommandError> {
        let position = match position {
            Where::Agree => Stand::Agree,
            Where::StandAside => Stand::StandAside,
            Where::Object => Stand::Object,
        };
        let position = Position {
            schema: 1,
            member: self.speaker.member.id.clone(),
            position,
            text: text.blob.clone(),
            on: self.today,
            spoke: self.speaker.who.id.clone(),
            recorded_by: self.speaker.recorded_by.map(|who| who.id.clone()),
            reason: said(self.args.reason.as_deref(), "--reason")?,
            wording: said(self.args.wording.as_deref(), "--wording")?,
            statement: said(self.args.statement.as_deref(), "--statement")?,
        };
        if position.position == Stand::Object && position.reason.is_none() {
            let error = CommandError::usage("an objection needs a reason");
            return Err(error
                .hint(
                    "say what stands in the way with `--reason TEXT`, and best what you could live with, by `--wording TEXT`",
                )
                .hint("to let the others go on without you, use `stand-aside`"));
        }
        Ok(position)
    }

    /// Whether a position says what one said before, of words that read alike; who said it first stays on record.
    fn same(&self, wanted: &Position, before: &Position) -> bool {
        *before
            == Position {
                on: before.on,
                spoke: before.spoke.clone(),
                recorded_by: before.recorded_by.clone(),
                ..wanted.clone()
            }
    }

    fn commit(&self, wanted: Option<&Position>) -> Result<String, CommandError> {
        let (question, member) = (&self.question.id, &self.speaker.member.id);
        let bytes = wanted.map(|position| position.to_toml(question).into_bytes());
        let said = wanted.map_or("takes its position back", |position| {
            position.position.does()
        });
        let trailers = wanted.map_or_else(String::new, |position| {
            format!("Text: {}\nSpoke: {}\n", position.text, position.spoke)
        });
        let committer = self.opened.repository.identity()?;
        let change = Change {
            writes: BTreeMap::from([(Position::path(question, member), bytes)]),
            message: format!(
                "position: {member} {said}: {question}\n\nQuestion: {question}\nMember: {member}\n{trailers}"
            ),
            author: author(self.speaker.who, &committer),
            committer,
            at: clock::now(),
        };
        let commit = self.opened.repository.commit(&change)?;
        Ok(commit.as_str().to_owned())
    }

    /// What may be said of the answer once the position stands as wanted.
    fn line(&self, wanted: Option<&Position>) -> Result<Option<String>, CommandError> {
        let mut question = self.question.clone();
        let member = self.speaker.member.id.clone();
        match wanted {
            Some(position) => drop(question.positions.insert(member, position.clone())),
            None => drop(question.positions.remove(&member)),
        }
        let moment = Moment::of(self.opened, self.today);
        Ok(answer_line(&moment.verdict(&question)?))
    }
}

/// What somebody typed, without what surrounds it; nothing if that leaves nothing.
fn said(typed: Option<&str>, flag: &str) -> Result<Option<String>, CommandError> {
    let Some(text) = typed.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let text = text.replace("\r\n", "\n");
    match text.chars().find(|sign| is_forbidden(*sign)) {
        None => Ok(Some(text)),
        Some(sign) => {
            let point = code_point(sign);
            let error = CommandError::usage(format!("`{flag}` has a control character: {point}"));
            Err(error.hint("take it out, or type the words again"))
        }
    }
}

impl Report for Positioned {
    fn print(&self, page: &mut Page) {
        let did = match self.did {
            Did::Saved => "saved and committed",
            Did::WouldSave => "would be saved and committed",
            Did::Unchanged => "unchanged, nothing to save",
            Did::TookBack => "taken back and committed",
            Did::WouldTakeBack => "would be taken back and committed",
        };
        page.plain("`").name(&self.path).line(format!("` {did}"));
        let Some(position) = &self.position else {
            page.line(format!("{} has not answered", self.name));
            return self.print_after(page);
        };
        let words = Count(self.words, "word", "words");
        page.line(format!(
            "{} {} (text {}, {words})",
            self.name,
            position.position.does(),
            position.text.short()
        ));
        if let Some(by) = &position.recorded_by {
            page.faint(format!("said by {}, recorded by {by}", position.spoke))
                .end();
        }
        self.print_after(page);
    }
}

impl Positioned {
    fn print_after(&self, page: &mut Page) {
        if let Some(line) = &self.agreement {
            page.block("", line);
        }
        page.text(Role::Hint, "next:").plain(" ").line(&self.next);
    }
}
