//! Who speaks for a member, and who writes it down.
//!
//! A delegate speaks for her member. A facilitator may write down what a delegate said, and says whom she heard.

use crate::cli::error::{CommandError, Kind};
use crate::cli::opened::Opened;
use crate::cli::terminal::count::Listing;
use crate::narrative::roster::{Contributor, Member};
use crate::narrative::time::Day;

/// What was typed of member and speaker.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    /// The member.
    pub member: Option<&'a str>,
    /// Who spoke.
    pub contributor: Option<&'a str>,
}

/// Who speaks for whom.
#[derive(Clone, Copy, Debug)]
pub struct Speaker<'a> {
    /// Who spoke.
    pub who: &'a Contributor,
    /// For whom.
    pub member: &'a Member,
    /// The facilitator who writes it down, if that is not who spoke.
    pub recorded_by: Option<&'a Contributor>,
}

/// Finds who speaks for whom today.
///
/// # Errors
///
/// Git does not know who is writing, the roster does not, or they may not.
pub fn speaker<'a>(
    opened: &'a Opened,
    typed: Typed<'_>,
    today: Day,
) -> Result<Speaker<'a>, CommandError> {
    let own = opened.repository.identity()?;
    let writer = opened.contributor_of(&own).ok_or_else(|| {
        let message = format!("the roster does not know your address `{}`", own.email);
        let (name, email) = (&own.name, &own.email);
        CommandError::new(Kind::Permission, message)
            .hint("a delegate of the member speaks for it; a facilitator may write down what she said")
            .next(format!("onetext roster add ID --name \"{name}\" --email {email}"))
    })?;
    let who = match typed.contributor {
        Some(typed) => opened.narrative.contributor(typed)?,
        None => writer,
    };
    let recorded_by = (writer.id != who.id).then_some(writer);
    if let Some(writer) = recorded_by.filter(|writer| !writer.facilitator) {
        let message = format!(
            "you are `{}`, and only a facilitator writes down what `{}` says",
            writer.id, who.id
        );
        return Err(CommandError::new(Kind::Permission, message));
    }
    let member = match typed.member {
        Some(typed) => opened.narrative.member(typed)?,
        None => own_member(opened, who, today)?,
    };
    let speakers = opened.narrative.roster.speakers(&member.id, today);
    if speakers.contains(&&who.id) {
        return Ok(Speaker {
            who,
            member,
            recorded_by,
        });
    }
    Err(no_delegate(opened, who, member, today))
}

/// The one member that somebody speaks for.
fn own_member<'a>(
    opened: &'a Opened,
    who: &Contributor,
    today: Day,
) -> Result<&'a Member, CommandError> {
    let roster = &opened.narrative.roster;
    let spoken_for = roster.spoken_for(&who.id, today);
    if let [only] = spoken_for[..]
        && let Some(member) = roster.member(only)
    {
        return Ok(member);
    }
    let message = match spoken_for[..] {
        [] => format!("`{}` speaks for no member today", who.id),
        _ => format!("`{}` speaks for {}", who.id, Listing(&spoken_for)),
    };
    let error = CommandError::usage(message).hint("name the member with `--for MEMBER`");
    Err(error.next("onetext roster"))
}

fn no_delegate(opened: &Opened, who: &Contributor, member: &Member, today: Day) -> CommandError {
    let speakers = opened.narrative.roster.speakers(&member.id, today);
    let message = format!("`{}` does not speak for `{}`", who.id, member.id);
    let error = CommandError::new(Kind::Permission, message);
    let next = format!("onetext roster delegate {} --for {}", who.id, member.id);
    match speakers[..] {
        [] => error.hint("nobody speaks for it yet").next(next),
        _ => {
            let named = format!("{} may", Listing(&speakers));
            let error = error.hint(named);
            if who.facilitator {
                error.hint("to write down what a delegate said, name her with `--as CONTRIBUTOR`")
            } else {
                error.next(next)
            }
        }
    }
}
