//! `onetext withdraw`: an answer that was released, and that nobody stands behind any more.

use clap::Args;

use crate::agreement::Standing;
use crate::cli::Session;
use crate::cli::agreeing::Moment;
use crate::cli::agreeing::released::{Announced, Announcement, reads_alike, releases};
use crate::cli::error::{CommandError, Outcome};
use crate::cli::opened::Opened;
use crate::narrative::question::{Question, Text};
use crate::narrative::record::Said;
use crate::release::version::Version;
use crate::store::clock;

/// Withdraw an answer that was released
///
/// Later releases print the reason where the answer stood, in every format. What is withdrawn is the words as they stand: a
/// text that differs in substance is a new answer. The withdrawal stands on the question's record, and `--undo` puts on the
/// record that it was a mistake.
#[derive(Debug, Args)]
pub struct WithdrawArgs {
    /// The question, by number, folder or name
    question: String,
    /// Why, for the readers of later releases
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Take the withdrawal back
    #[arg(long)]
    undo: bool,
    /// Show what would be put on the record and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Runs the command.
///
/// # Errors
///
/// The answer was never released as it stands, or is withdrawn already; or, to take it back, is not.
pub fn run(args: WithdrawArgs, session: &Session) -> Result<Outcome, CommandError> {
    let opened = Opened::at_head(session)?;
    opened.repository.check_writable()?;
    let question = opened.question(&args.question)?;
    let number = question.id.number();
    let today = clock::now().day();
    let verdict = Moment::of(&opened, today).verdict(question)?;
    let withdrawn = verdict.standing == Standing::Withdrawn;
    if withdrawn != args.undo {
        let state = if withdrawn {
            "withdrawn already"
        } else {
            "not withdrawn"
        };
        let error = CommandError::usage(format!("the answer to `{}` is {state}", question.id));
        return Err(error.next(format!("onetext status {number}")));
    }
    let (text, release) = released(&opened, question)?;
    // A withdrawal is taken back of the very words that it was of.
    let of = question.record.withdrawal().filter(|_| args.undo);
    let announcement = Announcement {
        said: if args.undo {
            Said::Restored
        } else {
            Said::Withdrawn
        },
        text: of.map_or(&text.blob, |before| &before.text),
        release,
        reason: &args.reason,
    };
    let announced = Announced::of(&opened, question, &announcement, args.dry_run.into())?;
    session.show(&announced)?;
    Ok(Outcome::Done)
}

/// The words that stand, and the last release that has them.
fn released<'a>(
    opened: &Opened,
    question: &'a Question,
) -> Result<(&'a Text, Version), CommandError> {
    let released = releases(opened, question)?;
    let text = question.agreed.as_ref();
    let same = text.and_then(|text| {
        let same = released.iter().find(|one| reads_alike(&one.text, text));
        Some((text, same?.version))
    });
    same.ok_or_else(|| {
        let message = format!("`{}` was never released as it stands", question.id);
        CommandError::usage(message)
            .hint("only what was released needs to be withdrawn; a text is changed by a fold")
            .next(format!("onetext decide {} --undo", question.id.number()))
    })
}
