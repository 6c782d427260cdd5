//! The day that a proposal says it is of.

use crate::narrative::Finding;
use crate::narrative::time::Moment;
use crate::store::{Claim, Repository, clock};

/// When git was first used: 7 April 2005.
const FIRST: i64 = 1_112_832_000;

/// Finds that a commit says it is of a time before git, or of one that has not come.
pub fn odd_date(claim: &Claim, repository: &Repository) -> Option<Finding> {
    let sane = |at: Moment| (FIRST..clock::now().unix() + 86_400).contains(&at.unix());
    if claim.at.is_some_and(sane) {
        return None;
    }
    let when = claim
        .at
        .map_or_else(|| "no day".to_owned(), |at| at.day().long());
    let message = format!("the commit says that it is of {when}, which nothing here relies on");
    let path = repository.folder().trim_end_matches('/');
    let finding = Finding::warning("proposal-date", path, message);
    Some(finding.mend("set the clock of the computer that it was made on"))
}
