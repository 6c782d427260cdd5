//! What is to be pushed where: all of it is settled before anything is written.

use crate::cli::Session;
use crate::cli::error::CommandError;
use crate::cli::terminal::shell::typed;
use crate::narrative::forge::{Address, Forge, Head, Kind, Push, Way, Web};
use crate::store::{Advertised, CommitId, Manner, Repository, StoreError};

use super::{Did, Draft, Proposal, ProposeArgs, Proposed, mends};

/// What is told of a dry run where commits are signed; nothing where they are not.
///
/// # Errors
///
/// Git cannot be asked.
pub fn signing(repository: &Repository) -> Result<Option<String>, StoreError> {
    let told = "it would be signed, as `commit.gpgsign` in your git settings says";
    let signs = repository.signs_commits()?;
    Ok(signs.then(|| told.to_owned()))
}

/// A push for each draft.
#[derive(Debug)]
pub struct Plan<'a> {
    pub proposal: &'a Proposal<'a>,
    pub place: Place,
    pub manner: Manner,
    pub steps: Vec<Step<'a>>,
}

/// Where the proposals go.
#[derive(Debug)]
pub struct Place {
    /// The remote that is pushed to.
    pub remote: String,
    /// The remote that the proposals are for: another one if that is a fork of it.
    pub base: String,
    /// The base's main branch and its commit.
    pub main: (String, CommitId),
    pub kind: Kind,
    pub forge: Option<Forge>,
    /// The fork's pages, if it is one.
    pub fork: Option<Web>,
}

/// What is done with a draft.
#[derive(Debug)]
pub struct Step<'a> {
    pub draft: &'a Draft<'a>,
    pub did: Did,
    pub push: Push,
    /// The commit that is there now, and may be replaced.
    pub lease: Option<CommitId>,
    /// A commit that says the same and was made before.
    pub made: Option<CommitId>,
}

/// Asks the remote what it has, and settles what is to be done.
pub fn plan<'a>(
    args: &ProposeArgs,
    session: &Session,
    proposal: &'a Proposal<'a>,
) -> Result<Plan<'a>, CommandError> {
    let repository = &proposal.opened.repository;
    let manner = args.manner(session);
    let (remote, base) = remotes(args, repository)?;
    let forge = forge(proposal, &base)?;
    let kind = forge.as_ref().map_or(Kind::Other, Forge::kind);
    let drafts = proposal.drafts.iter();
    let branches: Vec<String> = drafts.clone().map(|draft| draft.branch.clone()).collect();
    let web = forge.as_ref().and_then(Forge::web).cloned();
    let unreached = |error| mends::unreached(error, kind, web.as_ref());
    let advertised = |remote: &str| repository.advertised(remote, &branches, manner);
    let ask = |remote: &str| advertised(remote).map_err(unreached);
    let mut has = ask(&base)?;
    let main = has.main.take().ok_or_else(|| mends::no_main(&base))?;
    let place = Place::of(repository, (remote, base), main, (kind, forge))?;
    if place.remote != place.base {
        has = ask(&place.remote)?;
    }
    if !args.dry_run {
        let fetched = repository.fetch_main(&place.base, &place.main, manner);
        fetched.map_err(unreached)?;
    }
    let steps = drafts.map(|draft| step(args, (repository, &place, &has), draft));
    Ok(Plan {
        steps: steps.collect::<Result<_, _>>()?,
        proposal,
        place,
        manner,
    })
}

impl Place {
    fn of(
        repository: &Repository,
        (remote, base): (String, String),
        main: (String, CommitId),
        (kind, forge): (Kind, Option<Forge>),
    ) -> Result<Self, CommandError> {
        // A proposal without a branch needs no fork: read access to the base is enough.
        let forked = remote != base && kind != Kind::Forgejo;
        Ok(Self {
            fork: pages(repository, forked.then_some(&*remote))?,
            remote: if forked { remote } else { base.clone() },
            base,
            main,
            kind,
            forge,
        })
    }
}

/// The pages of a fork.
fn pages(repository: &Repository, fork: Option<&str>) -> Result<Option<Web>, CommandError> {
    let address = fork.map(|remote| repository.remote_address(remote));
    let address = address.transpose()?;
    Ok(address.and_then(|address| Address::read(&address).web()))
}

/// The forge of a remote.
fn forge(proposal: &Proposal<'_>, remote: &str) -> Result<Option<Forge>, CommandError> {
    let address = proposal.opened.repository.remote_address(remote)?;
    let settings = &proposal.opened.narrative.config.forge;
    Ok(Forge::of(&address, settings))
}

/// The remote to push to, and the one that it is a fork of: `upstream`, as people call it.
fn remotes(args: &ProposeArgs, repository: &Repository) -> Result<(String, String), CommandError> {
    let remote = repository.remote(args.remote.as_deref())?;
    let remote = remote.ok_or_else(mends::no_remote)?;
    let base = repository.upstream()?.filter(|_| args.remote.is_none());
    Ok((remote.clone(), base.unwrap_or(remote)))
}

fn step<'a>(
    args: &ProposeArgs,
    (repository, place, has): (&Repository, &Place, &Advertised),
    draft: &'a Draft<'a>,
) -> Result<Step<'a>, CommandError> {
    let push = place.kind.push(&place.main.0, &draft.branch, draft.words());
    let path = repository.shown(&draft.path);
    // What a dry run has not fetched cannot be compared.
    let blob = |commit: &CommitId| repository.blob_at(commit, &path).ok().flatten();
    let same = |commit: &CommitId| blob(commit).as_ref() == Some(draft.blob);
    let before = repository.proposed_before(&draft.branch)?;
    let lease = has.branches.get(&draft.branch).cloned();
    let made = before.iter().find(|commit| same(commit)).cloned();
    // Where no branch of hers is to be seen there, what was taken last stands for it.
    let last = match push.way {
        Way::Branch => lease.as_ref(),
        Way::Agit => before.first(),
    };
    let again = last.is_some();
    let as_proposed = made.is_some() && made.as_ref() == last && !args.replace;
    if push.way == Way::Branch && !args.replace {
        check_ours(place, draft, lease.as_ref(), &before)?;
    }
    let did = match () {
        () if same(&place.main.1) => Did::There,
        () if as_proposed => Did::Unchanged,
        () => sends(args, last),
    };
    Ok(Step {
        draft,
        did,
        push: match again || args.replace {
            true => push.in_place(),
            false => push,
        },
        lease,
        // A proposal that was closed and is opened again starts from what the others have now.
        made: made.filter(|_| again),
    })
}

/// A branch that holds what was not proposed from here is somebody else's, or hers from elsewhere.
fn check_ours(
    place: &Place,
    draft: &Draft<'_>,
    there: Option<&CommitId>,
    before: &[CommitId],
) -> Result<(), CommandError> {
    if there.is_none_or(|there| before.contains(there)) {
        return Ok(());
    }
    let number = draft.question.id.number();
    Err(mends::changed(&place.remote, &draft.branch, number))
}

/// What comes of a draft that is not there yet, or not as it is.
fn sends(args: &ProposeArgs, last: Option<&CommitId>) -> Did {
    match (last.is_some(), args.dry_run) {
        (true, true) => Did::WouldUpdate,
        (true, false) => Did::Updated,
        (false, true) => Did::WouldPropose,
        (false, false) => Did::Proposed,
    }
}

impl Plan<'_> {
    /// What would be done.
    ///
    /// # Errors
    ///
    /// Git cannot be asked whether she signs.
    pub fn told(&self) -> Result<Proposed, CommandError> {
        let repository = &self.proposal.opened.repository;
        let mut out = self.report();
        out.notes.extend(self.signing()?);
        let missing = repository.resolve(self.place.main.1.as_str()).is_err();
        if missing {
            let fetch = Repository::fetching(&self.place.base, &self.place.main.0);
            out.commands.push(typed("git", &fetch));
        }
        for step in &self.steps {
            let mut row = self.proposal.row(step.draft, step.did);
            if matches!(step.did, Did::WouldPropose | Did::WouldUpdate) {
                row.command = Some(typed("git", &self.arguments(step, &step.push)));
            }
            out.drafts.push(row);
        }
        Ok(out)
    }

    /// That new commits would be signed, if they would.
    fn signing(&self) -> Result<Option<String>, CommandError> {
        let new = self.steps.iter().any(|step| {
            step.made.is_none() && matches!(step.did, Did::WouldPropose | Did::WouldUpdate)
        });
        match new {
            true => Ok(signing(&self.proposal.opened.repository)?),
            false => Ok(None),
        }
    }

    /// What git is told to push a draft.
    pub fn arguments(&self, step: &Step<'_>, push: &Push) -> Vec<String> {
        let lease = step.lease.as_ref();
        Repository::pushing(&self.place.remote, &step.draft.branch, push, lease)
    }

    /// A report without drafts yet.
    pub fn report(&self) -> Proposed {
        let mut notes = Vec::new();
        let forge = self.place.forge.as_ref();
        if let Some(web) = forge.filter(|forge| !forge.is_known()).and_then(Forge::web) {
            notes.push(format!(
                "what kind of forge `{}` is, is not known: name it under `[forge]` in `narrative.toml`",
                web.host()
            ));
        }
        Proposed {
            onto: Some(self.place.main.0.clone()),
            notes,
            ..Proposed::to(self.proposal, &self.place.remote)
        }
    }
}

impl Place {
    /// The base's pages.
    pub fn web(&self) -> Option<&Web> {
        self.forge.as_ref().and_then(Forge::web)
    }

    /// The pages of where it is pushed to.
    pub fn pushed_web(&self) -> Option<&Web> {
        self.fork.as_ref().or_else(|| self.web())
    }

    /// The page that opens a proposal.
    pub fn page(&self, draft: &Draft<'_>) -> Option<String> {
        let head = Head {
            fork: self.fork.as_ref(),
            branch: &draft.branch,
        };
        let forge = self.forge.as_ref()?;
        forge.open_proposal(&self.main.0, head, draft.words())
    }
}
