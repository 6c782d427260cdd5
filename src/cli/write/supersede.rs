//! `onetext supersede`: why an answer took the place of the one that was released.

use clap::Args;

use crate::cli::Session;
use crate::cli::agreeing::released::{Announced, Announcement, reads_alike, releases};
use crate::cli::error::{CommandError, Outcome};
use crate::cli::opened::Opened;
use crate::narrative::record::Said;

/// Say why an answer takes the place of the one that was released
///
/// Later releases print it beside the answer, in every format. The text must differ in substance from the last release.
#[derive(Debug, Args)]
pub struct SupersedeArgs {
    /// The question, by number, folder or name
    question: String,
    /// Why, for the readers of later releases
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Show what would be put on the record and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Runs the command.
///
/// # Errors
///
/// The question was never released, its text reads as it was released, or the reason is on the record already.
pub fn run(args: SupersedeArgs, session: &Session) -> Result<Outcome, CommandError> {
    let opened = Opened::at_head(session)?;
    opened.repository.check_writable()?;
    let question = opened.question(&args.question)?;
    let (id, number) = (&question.id, question.id.number());
    let released = releases(&opened, question)?;
    let Some(last) = released.first() else {
        let error = CommandError::usage(format!("no release has an answer to `{id}`"));
        return Err(error.hint("there is nothing that it could take the place of"));
    };
    let text = question.agreed.as_ref();
    if text.is_none_or(|text| reads_alike(text, &last.text)) {
        let message = format!("`{id}` reads as it was released in {}", last.version);
        let error = CommandError::usage(message).hint(
            "fold the new text first; to take the answer away without a new one, withdraw it",
        );
        return Err(error.next(format!("onetext merge {number}")));
    }
    let mut notices = question.record.notices.iter();
    let said = |before: &crate::narrative::record::Notice| {
        before.notice == Said::Superseded && before.text == last.text.blob
    };
    if let Some(before) = notices.find(|before| said(before)) {
        let message = format!("it is on the record already: {}", before.reason);
        return Err(CommandError::usage(message).next(format!("onetext status {number}")));
    }
    let announcement = Announcement {
        said: Said::Superseded,
        text: &last.text.blob,
        release: last.version,
        reason: &args.reason,
    };
    let announced = Announced::of(&opened, question, &announcement, args.dry_run.into())?;
    session.show(&announced)?;
    Ok(Outcome::Done)
}
