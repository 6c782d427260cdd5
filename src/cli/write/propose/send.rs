//! The pushes, one for each draft; what the remote says of them decides what is told.

use crate::cli::error::CommandError;
use crate::cli::proposing::onwards::onwards;
use crate::narrative::forge::{self, Kind, Push, Way};
use crate::store::{Pushed, Repository, Staged, StoreError};

use super::plan::{Plan, Step};
use super::{Did, Proposed, Row, mends};

/// A server that takes no options was asked again without them.
const WITHOUT: &str =
    "the remote takes no push options, so the proposal was pushed as a plain branch";

/// Pushes all; stops at what fails, and tells what was done until then.
pub fn all(plan: &Plan<'_>) -> Result<(Proposed, Option<CommandError>), CommandError> {
    let repository = &plan.proposal.opened.repository;
    let mut report = plan.report();
    let mut waiting = plan.steps.iter().zip(staged(plan)?);
    while let Some((step, staged)) = waiting.next() {
        match one(plan, step, staged) {
            Ok((row, without)) => {
                report.drafts.push(row);
                if without && !report.notes.iter().any(|note| note == WITHOUT) {
                    report.notes.push(WITHOUT.to_owned());
                }
            }
            Err(error) => {
                for left in waiting.filter_map(|(_, staged)| staged) {
                    repository.unstage(&left, None)?;
                }
                return Ok((report, Some(error)));
            }
        }
    }
    report.next = next(plan, &report)?;
    Ok((report, None))
}

/// What is left to do.
fn next(plan: &Plan<'_>, report: &Proposed) -> Result<String, CommandError> {
    let there = report.drafts.iter().all(|row| row.did == Did::There);
    let place = &plan.place;
    let onwards = match there {
        true => onwards(
            &plan.proposal.opened.repository,
            (&place.base, &place.main),
            plan.proposal.who.id.as_str(),
        )?,
        false => None,
    };
    let open = report.drafts.iter().find(|row| row.to_open);
    Ok(match open.and_then(|row| row.link.as_ref()) {
        Some(_) => "open the page above in your browser, and press its button".to_owned(),
        None => onwards.unwrap_or_else(|| "onetext status".to_owned()),
    })
}

/// Makes all commits that are to be pushed, before any of them is; nothing for a draft that is there already.
fn staged(plan: &Plan<'_>) -> Result<Vec<Option<Staged>>, StoreError> {
    let repository = &plan.proposal.opened.repository;
    let made = plan.steps.iter().map(|step| {
        let branch = &step.draft.branch;
        match (step.did, &step.made) {
            (Did::There | Did::Unchanged, _) => Ok(None),
            (_, Some(made)) => repository.stage_commit(branch, made.clone()).map(Some),
            (_, None) => {
                let change = plan.proposal.change(step.draft);
                let made = repository.stage(branch, &plan.place.main.1, &change);
                made.map(Some)
            }
        }
    });
    together(repository, made)
}

/// Makes all of some commits or none: those that were made are let go of when one fails.
pub fn together(
    repository: &Repository,
    commits: impl Iterator<Item = Result<Option<Staged>, StoreError>>,
) -> Result<Vec<Option<Staged>>, StoreError> {
    let mut out: Vec<Option<Staged>> = Vec::new();
    for made in commits {
        match made {
            Ok(staged) => out.push(staged),
            Err(error) => {
                for made in out.iter().flatten() {
                    repository.unstage(made, None)?;
                }
                return Err(error);
            }
        }
    }
    Ok(out)
}

fn one(
    plan: &Plan<'_>,
    step: &Step<'_>,
    staged: Option<Staged>,
) -> Result<(Row, bool), CommandError> {
    let repository = &plan.proposal.opened.repository;
    let mut row = plan.proposal.row(step.draft, step.did);
    let Some(staged) = staged else {
        row.commit = step.made.as_ref().map(|commit| commit.as_str().to_owned());
        if let (Did::Unchanged, Some(commit)) = (step.did, &step.made) {
            // It may have been ended between the push and the note of it.
            let staged = repository.stage_commit(&step.draft.branch, commit.clone())?;
            repository.unstage(&staged, Some(&Pushed::Known(String::new())))?;
            row.link = plan
                .place
                .page(step.draft)
                .filter(|_| plan.place.kind == Kind::Github);
        }
        return Ok((row, false));
    };
    let sent = sent(plan, step);
    repository.unstage(&staged, sent.as_ref().ok().map(|(pushed, _)| pushed))?;
    let (pushed, way) = sent?;
    finish(plan, (step, &staged), (pushed, way), row)
}

/// How a proposal got there in the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    AsPlanned(Way),
    WithoutOptions,
}

fn sent(plan: &Plan<'_>, step: &Step<'_>) -> Result<(Pushed, Told), CommandError> {
    let pushed = push(plan, step, &step.push)?;
    if pushed != Pushed::WithoutOptions || step.push.options.is_empty() {
        return Ok((pushed, Told::AsPlanned(step.push.way)));
    }
    let plain = Push::plain(&step.draft.branch);
    Ok((push(plan, step, &plain)?, Told::WithoutOptions))
}

fn push(plan: &Plan<'_>, step: &Step<'_>, push: &Push) -> Result<Pushed, CommandError> {
    let place = &plan.place;
    let repository = &plan.proposal.opened.repository;
    let with = (plan.manner, place.pushed_web());
    let pushed = repository.push(&place.remote, &plan.arguments(step, push), with);
    pushed.map_err(|error| mends::unreached(error, place.kind, place.pushed_web()))
}

fn finish(
    plan: &Plan<'_>,
    (step, staged): (&Step<'_>, &Staged),
    (pushed, told): (Pushed, Told),
    mut row: Row,
) -> Result<(Row, bool), CommandError> {
    let place = &plan.place;
    let number = step.draft.question.id.number();
    let said = match &pushed {
        Pushed::Taken(said) | Pushed::Known(said) => said,
        Pushed::Changed => return Err(mends::changed(&place.remote, &row.branch, number)),
        Pushed::Refused(why, said) => {
            return Err(mends::refused(&place.remote, (why, said), number));
        }
        Pushed::WithoutOptions => {
            let why = "it takes no push options";
            return Err(mends::refused(&place.remote, (why, &[]), number));
        }
    };
    if matches!(pushed, Pushed::Known(_)) {
        row.did = Did::Unchanged;
    }
    row.commit = Some(staged.commit.as_str().to_owned());
    let named = forge::link(said, place.pushed_web());
    let opened = matches!(
        (place.kind, told),
        (Kind::Gitlab | Kind::Forgejo, Told::AsPlanned(_))
    );
    row.to_open = !opened && row.did == Did::Proposed;
    row.link = match place.kind {
        Kind::Github => place.page(step.draft),
        _ if opened => named,
        _ => named.or_else(|| place.page(step.draft)),
    };
    row.to_open &= row.link.is_some();
    Ok((row, told == Told::WithoutOptions))
}
