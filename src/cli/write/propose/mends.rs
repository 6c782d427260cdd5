//! What keeps a draft from being proposed, each with the command that mends it.

use crate::cli::error::{CommandError, Kind};
use crate::narrative::forge::{Kind as ForgeKind, Web};
use crate::narrative::question::Question;
use crate::narrative::roster::Contributor;
use crate::store::{Identity, StoreError};

/// The roster does not know who is at work.
pub fn unknown_address(own: &Identity) -> CommandError {
    let email = &own.email;
    CommandError::usage(format!("the roster does not know your address `{email}`"))
        .hint(
            "if you are in the roster under another address, name yourself with `--as CONTRIBUTOR`",
        )
        .hint(format!(
            "if not, ask the facilitator to add `{email}` to the roster, then `git pull`"
        ))
}

/// A question was named that she has not written on.
pub fn no_draft(question: &Question, path: &str) -> CommandError {
    CommandError::usage(format!("there is no `{path}` to propose"))
        .next(format!("onetext draft {}", question.id.number()))
}

/// She has not written at all.
pub fn no_drafts(who: &Contributor, first: &Question) -> CommandError {
    CommandError::usage(format!("`{}` has no draft to propose", who.id))
        .next(format!("onetext draft {}", first.id.number()))
}

/// There is nowhere to push to.
pub fn no_remote() -> CommandError {
    CommandError::usage("there is no remote to propose to")
        .hint("name one with `--remote REMOTE`, or write a file to send with `--bundle FILE`")
        .next("git remote add origin URL")
}

/// The remote is empty.
pub fn no_main(remote: &str) -> CommandError {
    let message = format!("the remote `{remote}` has no main branch to propose to");
    CommandError::usage(message)
        .hint("whoever began the narrative pushes it first")
        .next(format!("git push {remote} HEAD"))
}

/// What stands at the remote is not what was proposed from here.
pub fn changed(remote: &str, branch: &str, number: u32) -> CommandError {
    let message = format!("`{branch}` at `{remote}` is not what you proposed from here");
    CommandError::new(Kind::Decision, message)
        .hint("somebody else changed it, or you did on another computer or in the browser")
        .hint(format!(
            "see it with `git fetch {remote} {branch}` and `git show FETCH_HEAD`; what is there goes with `--replace`"
        ))
        .next(format!("onetext propose {number} --replace"))
}

/// The remote knows the topic already.
pub fn refused(remote: &str, (why, said): (&str, &[String]), number: u32) -> CommandError {
    let message = format!("the remote `{remote}` refused the proposal: {why}");
    let error = CommandError::new(Kind::Permission, message);
    let error = said.iter().fold(error, |error, line| {
        error.detail(format!("it says: {line}"))
    });
    let signs = ["force-push", "non-fast-forward", "topic", "already exist"];
    let again = signs
        .iter()
        .any(|sign| why.contains(sign) || said.iter().any(|line| line.contains(sign)));
    if again {
        let hint =
            "a proposal of that name is there already; with `--replace` yours takes its place";
        return error
            .hint(hint)
            .next(format!("onetext propose {number} --replace"));
    }
    error.hint("ask the facilitator, or send it as a file with `--bundle FILE`")
}

/// Git could not get through.
pub fn unreached(error: StoreError, kind: ForgeKind, web: Option<&Web>) -> CommandError {
    let locked_out = matches!(error, StoreError::NoLogin(..));
    let said = CommandError::from(error);
    let said = match (locked_out, kind, web) {
        (true, ForgeKind::Github | ForgeKind::Gitlab, Some(web)) => said.hint(format!(
            "if you may not write there, make a fork at {web}, then `git remote rename origin upstream` \
             and `git remote add origin URL-OF-YOUR-FORK`"
        )),
        _ => said,
    };
    said.hint(
        "nothing was proposed, and your draft is where it was; `--bundle FILE` needs no remote",
    )
}
