//! Whose a proposal is: what the forge's event states, or a signature, or the word of who runs the command.

use crate::narrative::Narrative;
use crate::narrative::proposal::who::{
    Identified, by_account, by_accounts, by_key, by_nothing, by_word, is_facilitator,
};
use crate::narrative::time::Day;
use crate::release::proof::Signature;
use crate::store::{Claim, CommitId, Repository};

use crate::cli::error::CommandError;
use crate::cli::releasing::proof::signature_of;

use super::event::{self, Named};

/// A proposed commit whose author is sought.
#[derive(Debug)]
pub struct Sought<'a> {
    /// The repository that has it.
    pub repository: &'a Repository,
    /// The commit.
    pub commit: &'a CommitId,
    /// What the commit says of itself.
    pub claim: &'a Claim,
    /// Who the one that runs the command says it is, if she says so.
    pub word: Option<&'a str>,
}

impl Sought<'_> {
    /// Finds the author, by the roster of the state that the proposal is to be put on.
    ///
    /// # Errors
    ///
    /// Nobody has the id that was given, the forge's event cannot be read, or the commit cannot.
    pub fn identified(&self, ground: &Narrative, today: Day) -> Result<Identified, CommandError> {
        let roster = &ground.roster;
        if let Some(id) = self.word {
            return Ok(by_word(ground.contributor(id)?));
        }
        if let Some(event) = event::event()? {
            let stated = event.commit.as_deref();
            if !stated.map_or(Ok(true), |stated| self.holds(stated))? {
                return Ok(self.nobody("the forge's event is about another commit", ground));
            }
            match &event.named {
                Named::Author { opened, last } => return Ok(by_accounts(opened, last, roster)),
                Named::Starter(account) => {
                    let found = by_account(account, roster);
                    if !is_facilitator(&found.author, roster) {
                        return Ok(found);
                    }
                }
            }
        }
        self.by_signature(ground, today)
    }

    fn by_signature(&self, ground: &Narrative, today: Day) -> Result<Identified, CommandError> {
        let roster = &ground.roster;
        let signature = signature_of(self.repository, self.commit, roster)?;
        let why = match signature {
            Signature::By(identity, shown) => return Ok(by_key(&identity, &shown, roster, today)),
            Signature::Stranger(key) => return Ok(by_key(&key, &key, roster, today)),
            Signature::Missing => {
                "no forge names the author, and the commit is not signed".to_owned()
            }
            Signature::Unreadable => "the commit's signature cannot be read".to_owned(),
            Signature::Purpose(purpose) => {
                format!("the commit's signature was made for `{purpose}`, not for git")
            }
            Signature::Broken => "the commit's signature does not hold for it".to_owned(),
            Signature::Lapsed(key, lapse) => {
                format!("the commit is signed by the key {key}, which {lapse}")
            }
            Signature::Unchecked(why) => {
                format!("the commit's signature could not be checked: {why}")
            }
        };
        Ok(self.nobody(&why, ground))
    }

    /// Whether the commit is one that the forge speaks of, or what the forge has merged of it to try it.
    fn holds(&self, stated: &str) -> Result<bool, CommandError> {
        let Ok(stated) = self.repository.resolve(stated) else {
            return Ok(false);
        };
        Ok(self.repository.holds(self.commit, &stated)?)
    }

    fn nobody(&self, why: &str, ground: &Narrative) -> Identified {
        by_nothing(why, &self.claim.by.email, &ground.roster)
    }
}
