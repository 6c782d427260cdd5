//! Whose a proposal is, and on what that rests.
//!
//! Anybody can write any name and address into a commit. An address alone therefore only suggests a contributor, which the
//! facilitator confirms; a signature by a key of the roster proves one.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::cli::Page;
use crate::cli::error::{CommandError, Kind};
use crate::cli::opened::Opened;
use crate::cli::releasing::proof::signature_of;
use crate::narrative::id::ContributorId;
use crate::narrative::proposal::Author;
use crate::narrative::proposal::who::{is_facilitator, stated};
use crate::narrative::roster::{Account, Holder, Holds};
use crate::release::proof::Signature;
use crate::store::{CommitId, Identity, Written, clock};

/// Whose a proposal is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Whose {
    /// The contributor; nothing if nobody on the roster is found.
    pub contributor: Option<ContributorId>,
    /// What says so.
    pub rests_on: RestsOn,
    /// The names and addresses in its commits.
    pub written_by: Vec<String>,
    /// What was found out about its signature, where that proves nothing.
    pub doubt: Option<String>,
    /// Who the address in its commits says that it is.
    #[serde(skip)]
    pub suggested: Option<ContributorId>,
}

/// What says whose a proposal is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RestsOn {
    /// A signature by a key of hers, which is named so.
    Signature(String),
    /// The facilitator, who says so.
    Facilitator,
    /// An account of a forge that the address in its commits claims, which anybody could have written.
    Account(Account),
    /// The address in its commits, which anybody could have written.
    Address,
    /// Nothing.
    Nothing,
}

impl Whose {
    /// Finds whose a proposal is: by its signature, as the facilitator says, or by the address in its commits.
    ///
    /// # Errors
    ///
    /// Who was named is not on the roster or not who signed, or the signature does not hold.
    pub fn of(
        opened: &Opened,
        (tip, commits): (&CommitId, &[Written]),
        named: Option<&str>,
    ) -> Result<Self, CommandError> {
        let named = named.map(|named| opened.narrative.contributor(named));
        let named = named.transpose()?.map(|who| who.id.clone());
        let signer = signer(opened, tip)?;
        let suggestion = suggested(opened, commits);
        let mut doubt = match &signer {
            Signer::Doubtful(why) => Some(why.clone()),
            _ => None,
        };
        let (contributor, rests_on) = match (signer, named) {
            (Signer::Known(signer, _), Some(named)) if signer != named => {
                let message = format!("the proposal is signed by `{signer}`, not by `{named}`");
                let error = CommandError::usage(message);
                return Err(error.hint("leave out `--as`: the signature says whose it is"));
            }
            (Signer::Known(signer, key), _) => (Some(signer), RestsOn::Signature(key)),
            (_, Some(named)) => (Some(named), RestsOn::Facilitator),
            (_, None) => match suggestion.clone() {
                Some((who, _)) if leads(opened, &who) => {
                    doubt.get_or_insert(format!(
                        "its address is that of the facilitator `{who}`, whose rights no address gives"
                    ));
                    (None, RestsOn::Nothing)
                }
                Some((who, rests_on)) => (Some(who), rests_on),
                None => (None, RestsOn::Nothing),
            },
        };
        let written = commits.iter().map(|commit| shown(&commit.author));
        let written: BTreeSet<String> = written.collect();
        Ok(Self {
            contributor,
            rests_on,
            written_by: written.into_iter().collect(),
            doubt,
            suggested: suggestion.map(|(who, _)| who),
        })
    }

    /// Whether it is more than a guess.
    pub fn is_sure(&self) -> bool {
        matches!(self.rests_on, RestsOn::Signature(_) | RestsOn::Facilitator)
    }

    /// Whether nothing in it speaks of another than its contributor: she signed it, or it bears an address of hers.
    pub fn is_as_written(&self) -> bool {
        let signed = matches!(self.rests_on, RestsOn::Signature(_));
        signed || self.suggested == self.contributor
    }

    /// The author as the rules of proposals take her.
    pub fn author(&self) -> Author {
        match &self.contributor {
            Some(who) => Author::Known(who.clone()),
            None => Author::Unknown {
                why: self.doubt.clone().unwrap_or_else(|| {
                    let by = self.written_by.join(", ");
                    format!("nobody on the roster has the address of its commits: {by}")
                }),
                mend: "say whose it is with `--as CONTRIBUTOR`, or put her on the roster"
                    .to_owned(),
            },
        }
    }

    /// Who it is, in a word.
    pub fn name(&self) -> String {
        let unknown = || "somebody unknown".to_owned();
        self.contributor
            .as_ref()
            .map_or_else(unknown, ToString::to_string)
    }

    /// On what it rests, in a sentence.
    pub fn told(&self) -> String {
        let by = self.written_by.join(", ");
        match &self.rests_on {
            RestsOn::Signature(key) => {
                format!("proved by a signature: the key {key} is hers on the roster")
            }
            RestsOn::Facilitator => format!("not proved: hers as you say; written by {by}"),
            RestsOn::Account(account) => format!(
                "not proved: hers by the account {account}, as the address claims, which anybody could have \
                 written: {by}"
            ),
            RestsOn::Address => format!(
                "not proved: hers by the address alone, which anybody could have written: {by}"
            ),
            RestsOn::Nothing => format!("nobody knows whose: written by {by}"),
        }
    }

    /// Tells on what it rests.
    pub fn print(&self, page: &mut Page) {
        page.block("  ", &self.told());
        if let Some(doubt) = &self.doubt {
            page.block("  ", doubt);
        }
    }
}

fn shown(identity: &Identity) -> String {
    format!("{} <{}>", identity.name, identity.email)
}

/// Whether somebody is a facilitator.
fn leads(opened: &Opened, who: &ContributorId) -> bool {
    is_facilitator(&Author::Known(who.clone()), &opened.narrative.roster)
}

/// The contributor whose address all commits have, and which address that is.
fn suggested(opened: &Opened, commits: &[Written]) -> Option<(ContributorId, RestsOn)> {
    let mut people = commits
        .iter()
        .map(|commit| by_address(opened, &commit.author));
    let (first, rests_on) = people.next()??;
    let all = people.all(|other| other.is_some_and(|(other, _)| other == first));
    all.then(|| (first.clone(), rests_on))
}

/// The contributor of an address: one that she has on the roster, or the one that a forge gives to her account there.
fn by_address<'a>(opened: &'a Opened, author: &Identity) -> Option<(&'a ContributorId, RestsOn)> {
    if let Some(who) = opened.contributor_of(author) {
        return Some((&who.id, RestsOn::Address));
    }
    let account = stated(&author.email)?;
    match opened.narrative.roster.holder(&account) {
        Holder::Known(who) => Some((&who.id, RestsOn::Account(account))),
        _ => None,
    }
}

/// Who signed a proposal.
enum Signer {
    /// Nobody.
    None,
    /// Somebody on the roster, with this key.
    Known(ContributorId, String),
    /// It is not known who, and why.
    Doubtful(String),
}

/// Who signed the newest commit, whose files are all that is taken, and with which key; or why that is not known.
fn signer(opened: &Opened, tip: &CommitId) -> Result<Signer, CommandError> {
    let roster = &opened.narrative.roster;
    let broken = || {
        let message = format!(
            "the signature of the commit `{}` does not hold",
            tip.short()
        );
        let error = CommandError::new(Kind::Integrity, message);
        error.hint("nothing was taken in; ask whoever proposed it to sign and propose it again")
    };
    let doubt = match signature_of(&opened.repository, tip, roster)? {
        Signature::By(identity, shown) => match roster.by_key(&identity) {
            Some((who, key)) if key.holds(clock::now().day()) == Holds::Yes => {
                return Ok(Signer::Known(who.id.clone(), shown));
            }
            Some(_) => format!("signed by the key {shown}, which does not hold today"),
            None => format!("signed by the key {shown}, which nobody on the roster has"),
        },
        Signature::Stranger(key) => {
            format!("signed by the key {key}, which nobody on the roster has")
        }
        Signature::Missing => return Ok(Signer::None),
        Signature::Unreadable => "its signature cannot be read".to_owned(),
        Signature::Broken => return Err(broken()),
        Signature::Purpose(purpose) => format!("its signature is for another purpose: {purpose}"),
        Signature::Lapsed(key, lapse) => format!("signed by the key {key}, which {lapse}"),
        Signature::Unchecked(why) => format!("its signature could not be checked: {why}"),
    };
    Ok(Signer::Doubtful(doubt))
}
