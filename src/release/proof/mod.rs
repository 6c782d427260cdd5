//! Whether a tag is what it claims: the right name, on the main branch, signed by a facilitator who is its tagger.
//!
//! Git's own check says only that somebody's trusted key made a signature. Here the key must be a facilitator's, by the
//! roster of the history *before* the tagged commit, so that nobody makes herself one by what she tags; and the tagger
//! must be that person.
//!
//! **Invariant:** what could not be checked is never taken for good.

pub mod ssh;
pub mod tag;

use crate::narrative::roster::{Contributor, Holds, Lapse, Roster};
use crate::narrative::time::Day;

use tag::TagObject;

/// Everything that a tag is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The name of the ref, without `refs/tags/`.
    pub name: &'a str,
    /// The object that it leads to.
    pub tag: &'a TagObject,
    /// Where its commit stands.
    pub place: Place,
    /// The day on which its commit was made, as the commit says, if the commit is at hand.
    pub committed: Option<Day>,
    /// The day on which it is judged.
    pub today: Day,
    /// What was found out about its signature.
    pub signature: &'a Signature,
    /// The roster in the history before the commit.
    pub before: &'a Roster,
    /// The newest roster that is known: what was revoked since stands there.
    pub newest: &'a Roster,
}

/// Where a tagged commit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On the main branch.
    Main,
    /// Elsewhere.
    Aside,
}

/// What was found out about a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    /// There is none.
    Missing,
    /// It holds, by this key: type and digits, or fingerprint; then its name for people.
    By(String, String),
    /// It cannot be read.
    Unreadable,
    /// It does not fit what was signed.
    Broken,
    /// It was made for another purpose.
    Purpose(String),
    /// It was made by a key that the roster does not have, which is named so.
    Stranger(String),
    /// The key, or its signature, held no more when this was checked, as it says itself.
    Lapsed(String, Lapse),
    /// It could not be checked, for this reason.
    Unchecked(String),
}

/// What is wrong with a tag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The ref leads to a commit, not to a tag object.
    #[error("the tag `{0}` is lightweight: it names a commit, and nobody signed it")]
    Lightweight(String),
    /// The object cannot be read as a tag.
    #[error("the tag `{0}` leads to something that is no tag object as git writes them")]
    Malformed(String),
    /// An old object under a new name.
    #[error(
        "the ref `{name}` leads to a tag that calls itself `{own}`: an old tag under a new name"
    )]
    Name {
        /// The ref's name.
        name: String,
        /// The object's own.
        own: String,
    },
    /// It names no commit.
    #[error("the tag names a {0}, not a commit")]
    Kind(String),
    /// The commit is not on the main branch.
    #[error("the commit {0} is not on the main branch")]
    Aside(String),
    /// Its day is before that of its commit.
    #[error(
        "the tag says that it is of {tag}, but its commit was made on {commit}: a day that is not believed can hide that \
         the key holds no more"
    )]
    Backdated {
        /// The tag's day.
        tag: Day,
        /// The commit's.
        commit: Day,
    },
    /// Its day is yet to come.
    #[error("the tag says that it is of {tag}, which is yet to come: here it is {today}")]
    Postdated {
        /// The tag's day.
        tag: Day,
        /// The day by the clock of this computer.
        today: Day,
    },
    /// The files at hand came with another tag object of the same name.
    #[error(
        "the tag was moved: these files came with the tag object {was}, and the ref leads to {now}"
    )]
    Moved {
        /// The object that the files came with.
        was: String,
        /// The object that the ref leads to.
        now: String,
    },
    /// The files at hand were made from another commit.
    #[error(
        "the tag was moved: these files were made from the commit {was}, and the tag names {now}"
    )]
    Commit {
        /// The commit that the files were made from.
        was: String,
        /// The commit that the tag names.
        now: String,
    },
    /// Another ref leads to another object of this name.
    #[error("the tag has a rival: `{other}` leads to another tag that calls itself `{name}`")]
    Rival {
        /// The name of both.
        name: String,
        /// The other ref.
        other: String,
    },
    /// A remote has another object of this name.
    #[error(
        "the tag was moved: `{remote}` has the tag object {theirs}, and the ref here leads to {ours}"
    )]
    Remote {
        /// The remote.
        remote: String,
        /// The object there.
        theirs: String,
        /// The object here.
        ours: String,
    },
    /// A remote has no such tag.
    #[error("`{0}` has no such tag")]
    Unpublished(String),
    /// The files are of another version.
    #[error("these files are of version {0}")]
    Version(String),
    /// Not the key that the reader named.
    #[error("signed by the key {0}, which is not the one that you named")]
    OtherKey(String),
    /// The key that the reader named, which may not have signed this.
    #[error("signed by the key {0}, which your list of signers {1}")]
    Barred(String, String),
    /// There is no signature.
    #[error("the tag is not signed: anybody could have made it")]
    Unsigned,
    /// The signature cannot be read.
    #[error("the signature cannot be read")]
    Unreadable,
    /// It does not fit.
    #[error("the signature does not fit: the tag was changed after it was signed")]
    Broken,
    /// It was made for something else.
    #[error("the signature was made for `{0}`, not for git")]
    Purpose(String),
    /// Nobody's key.
    #[error("signed by the key {0}, which is nobody's in the roster")]
    Stranger(String),
    /// The key says itself that it holds no more.
    #[error("signed by the key {0}, which {1}, as it says itself")]
    Lapsed(String, Lapse),
    /// The right key of the wrong person.
    #[error("signed by `{who}`, not by a facilitator{}", claimed(.tagger.as_ref()))]
    NotFacilitator {
        /// Whose key it is.
        who: String,
        /// Whom the tag names, if that is somebody else.
        tagger: Option<String>,
    },
    /// A facilitator signed in another's name.
    #[error("signed by `{who}`, but the tag names <{tagger}> as its tagger")]
    Tagger {
        /// Whose key it is.
        who: String,
        /// The address that the tag names.
        tagger: String,
    },
    /// The key holds only later.
    #[error("the key of `{0}` holds from {1} on, and the tag is of {2}")]
    Early(String, Day, Day),
    /// The key holds no more.
    #[error("the key of `{0}` expired: it holds until {1}, and the tag is of {2}")]
    Expired(String, Day, Day),
    /// The key was revoked.
    #[error("the key of `{0}` is revoked since {1}, and the tag is of {2}")]
    Revoked(String, Day, Day),
}

fn claimed(tagger: Option<&String>) -> String {
    tagger.map_or_else(String::new, |tagger| {
        format!("; the tag names <{tagger}> as its tagger all the same")
    })
}

/// Looks for everything that is wrong with a tag.
pub fn judge(evidence: &Evidence<'_>) -> Vec<Problem> {
    let tag = evidence.tag;
    let mut out = Vec::new();
    if tag.name != evidence.name {
        out.push(Problem::Name {
            name: evidence.name.to_owned(),
            own: tag.name.clone(),
        });
    }
    if tag.kind != "commit" {
        out.push(Problem::Kind(tag.kind.clone()));
    }
    if evidence.place == Place::Aside {
        out.push(Problem::Aside(tag.target.clone()));
    }
    out.extend(date(evidence));
    out.extend(match evidence.signature {
        Signature::Missing => vec![Problem::Unsigned],
        Signature::Unreadable => vec![Problem::Unreadable],
        Signature::Broken => vec![Problem::Broken],
        Signature::Purpose(purpose) => vec![Problem::Purpose(purpose.clone())],
        Signature::Stranger(key) => vec![Problem::Stranger(key.clone())],
        Signature::Lapsed(key, lapse) => vec![Problem::Lapsed(key.clone(), *lapse)],
        Signature::Unchecked(_) => Vec::new(),
        Signature::By(identity, shown) => match evidence.before.by_key(identity) {
            Some((who, _)) => signer(evidence, who, identity),
            None => vec![Problem::Stranger(shown.clone())],
        },
    });
    out
}

/// What is wrong with the day that a tag claims: whether its key held is asked of that day. Clocks go wrong, and a day is let
/// pass.
fn date(evidence: &Evidence<'_>) -> Option<Problem> {
    let tag = evidence.tag.tagger.at.day();
    let today = evidence.today;
    match evidence.committed {
        Some(commit) if tag.later_by(1) < commit => Some(Problem::Backdated { tag, commit }),
        _ if today.later_by(1) < tag => Some(Problem::Postdated { tag, today }),
        _ => None,
    }
}

/// What is wrong with who signed, and when.
fn signer(evidence: &Evidence<'_>, who: &Contributor, identity: &str) -> Vec<Problem> {
    let tagger = &evidence.tag.tagger;
    let mut emails = who.emails.iter();
    let own = emails.any(|email| email.eq_ignore_ascii_case(&tagger.email));
    let id = who.id.to_string();
    let mut out = Vec::new();
    if !who.facilitator {
        out.push(Problem::NotFacilitator {
            who: id.clone(),
            tagger: (!own).then(|| tagger.email.clone()),
        });
    } else if !own {
        out.push(Problem::Tagger {
            who: id.clone(),
            tagger: tagger.email.clone(),
        });
    }
    let day = tagger.at.day();
    let entries = [evidence.before, evidence.newest].map(|roster| roster.by_key(identity));
    let holds = entries.into_iter().flatten().map(|(_, key)| key.holds(day));
    out.extend(holds.clone().find_map(|holds| match holds {
        Holds::Revoked(since) => Some(Problem::Revoked(id.clone(), since, day)),
        _ => None,
    }));
    if out
        .iter()
        .all(|problem| !matches!(problem, Problem::Revoked(..)))
    {
        out.extend(holds.clone().find_map(|holds| match holds {
            Holds::NotBefore(from) => Some(Problem::Early(id.clone(), from, day)),
            Holds::NotAfter(until) => Some(Problem::Expired(id.clone(), until, day)),
            _ => None,
        }));
    }
    out
}

/// Looks at a signature as far as that needs no other program; nothing for one that does.
pub fn signature(payload: &[u8], armor: &str) -> Option<Signature> {
    match tag::scheme(armor) {
        None => Some(Signature::Missing),
        Some(tag::Scheme::OpenPgp) => None,
        Some(tag::Scheme::Ssh) => Some(match ssh::check(payload, armor) {
            Ok(signed) => Signature::By(signed.identity, signed.fingerprint),
            Err(ssh::Flaw::Unreadable) => Signature::Unreadable,
            Err(ssh::Flaw::Namespace(purpose)) => Signature::Purpose(purpose),
            Err(ssh::Flaw::Broken) => Signature::Broken,
        }),
    }
}
