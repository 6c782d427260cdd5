//! Where proposals are looked for, and which one is meant.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::cli::Session;
use crate::cli::error::CommandError;
use crate::cli::terminal::shell::quoted;
use crate::narrative::nearest;
use crate::store::{Offer, Patience, Place, Repository, Source, Trial};

use super::ReceiveArgs;

/// Where proposals are looked for, and which one is meant.
#[derive(Debug)]
pub struct Sought {
    /// The remote or the file.
    pub place: Place,
    /// What it is called.
    pub place_name: String,
    /// Which proposal, as it was typed.
    typed: Option<String>,
    patience: Patience,
}

impl Sought {
    /// Takes what was typed: a number, a branch or a file.
    ///
    /// # Errors
    ///
    /// There is no remote to ask.
    pub fn of(
        args: &ReceiveArgs,
        session: &Session,
        repository: &Repository,
    ) -> Result<Self, CommandError> {
        let patience = args.patience();
        let typed = args.proposal.clone();
        let file = typed.as_deref().map(|typed| session.path(Path::new(typed)));
        if let Some(file) = file.filter(|file| file.is_file()) {
            if !is_bundle(&file)? {
                let shown = typed.as_deref().unwrap_or_default();
                let message = format!("`{shown}` is no file of `onetext propose --bundle`");
                return Err(CommandError::usage(message)
                    .hint("a mail or a document is taken in by `onetext import`")
                    .next(format!("onetext import {}", quoted(shown))));
            }
            let whole = file.canonicalize();
            let whole = whole.map_err(|error| CommandError::io(&file, &error))?;
            return Ok(Self {
                place: Place::Bundle(whole),
                place_name: file.display().to_string(),
                typed: None,
                patience,
            });
        }
        let remote = repository.remote(args.remote.as_deref())?;
        let remote = remote.ok_or_else(|| {
            let error = CommandError::usage("there is no remote to fetch proposals from");
            error
                .hint("name one with `--remote REMOTE`, or a file made by `git bundle`")
                .next("git remote add origin URL")
        })?;
        Ok(Self {
            place: Place::Remote(remote.clone()),
            place_name: remote,
            typed,
            patience,
        })
    }

    /// All that is offered and not in the history yet, requests first.
    ///
    /// # Errors
    ///
    /// The place cannot be asked.
    pub fn open(&self, repository: &Repository) -> Result<Vec<Offer>, CommandError> {
        let head = repository.head()?;
        let mut out = Vec::new();
        for offer in repository.offers(&self.place, self.patience)? {
            let closed = offer.trial == Trial::Missing;
            if !closed && !repository.holds(&head, &offer.commit)? {
                out.push(offer);
            }
        }
        Ok(out)
    }

    /// Those that are meant: the one that was named, or each branch of a file that is not in the history yet.
    ///
    /// # Errors
    ///
    /// There is no such proposal, or what is to be taken is none of them or more than one.
    pub fn meant(
        &self,
        repository: &Repository,
        take: &[String],
    ) -> Result<Vec<Offer>, CommandError> {
        let offers = repository.offers(&self.place, self.patience)?;
        let Some(typed) = &self.typed else {
            let offers = self.bundled(repository, offers)?;
            return self.of_commits(offers, take);
        };
        let bare = typed.trim_start_matches(['#', '!']);
        let meant = |offer: &&Offer| match (&offer.source, bare.parse::<u64>()) {
            (Source::Request(number), Ok(asked)) => *number == asked,
            (Source::Branch(branch), _) => branch == typed,
            _ => false,
        };
        let one = offers.iter().find(meant).cloned().ok_or_else(|| {
            let message = format!("`{}` has no proposal `{typed}`", self.place_name);
            let names: Vec<String> = offers
                .iter()
                .map(|offer| offer.source.to_string())
                .collect();
            let error = CommandError::usage(message);
            let error = match nearest(typed, names.iter().map(String::as_str)) {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error.hint("name the number of a request, a branch, or a file"),
            };
            error.next("onetext receive")
        })?;
        Ok(vec![one])
    }

    /// The branches of a file that are not here yet; all of them, if none is new.
    fn bundled(
        &self,
        repository: &Repository,
        offers: Vec<Offer>,
    ) -> Result<Vec<Offer>, CommandError> {
        if offers.is_empty() {
            let message = format!("`{}` has no branch", self.place_name);
            return Err(CommandError::usage(message)
                .hint("a bundle is made with `git bundle create FILE main..BRANCH`"));
        }
        let head = repository.head()?;
        let mut new = Vec::new();
        for offer in &offers {
            let known = new.iter().any(|new: &Offer| new.commit == offer.commit);
            if !known && !repository.holds(&head, &offer.commit)? {
                new.push(offer.clone());
            }
        }
        Ok(if new.is_empty() { offers } else { new })
    }

    /// Of several branches of a file, those that are the commits that are to be taken.
    fn of_commits(&self, offers: Vec<Offer>, take: &[String]) -> Result<Vec<Offer>, CommandError> {
        if take.is_empty() || offers.len() < 2 {
            return Ok(offers);
        }
        let mut out: Vec<Offer> = Vec::new();
        for take in take {
            let is_it = |offer: &&Offer| offer.commit.as_str().starts_with(take.as_str());
            let found: Vec<&Offer> = offers.iter().filter(is_it).collect();
            let [only] = found.as_slice() else {
                return Err(self.not_one((take, &found), &offers));
            };
            if !out.contains(only) {
                out.push((*only).clone());
            }
        }
        Ok(out)
    }

    /// Says that what is to be taken is no branch of the file, or more than one.
    fn not_one(&self, (take, found): (&str, &[&Offer]), offers: &[Offer]) -> CommandError {
        let told = |offer: &Offer| format!("`{}`: {}", offer.source, offer.commit.as_str());
        let place = &self.place_name;
        let (message, shown): (String, Vec<String>) = match found {
            [] => (
                format!("no branch of `{place}` is the commit {take}"),
                offers.iter().map(told).collect(),
            ),
            several => (
                format!("more than one branch of `{place}` is a commit {take}…"),
                several.iter().map(|offer| told(offer)).collect(),
            ),
        };
        let error = shown
            .into_iter()
            .fold(CommandError::usage(message), CommandError::detail);
        error.hint("look at the file again without `--take`, or name the commit in full")
    }

    /// Whether a proposal is no longer what it was, and what it is now; a file that was read stays what it was.
    ///
    /// # Errors
    ///
    /// The place cannot be asked.
    pub fn moved(
        &self,
        repository: &Repository,
        offer: &Offer,
    ) -> Result<Option<String>, CommandError> {
        if matches!(self.place, Place::Bundle(_)) {
            return Ok(None);
        }
        let offers = repository.offers(&self.place, self.patience)?;
        let mut now = offers.iter().filter(|now| now.reference == offer.reference);
        Ok(match now.next() {
            Some(now) if now.commit == offer.commit => None,
            Some(now) => Some(now.commit.as_str().to_owned()),
            None => Some("gone".to_owned()),
        })
    }
}

/// Whether a file begins as git's bundles do.
fn is_bundle(file: &Path) -> Result<bool, CommandError> {
    let mut start = [0; 16];
    let read = File::open(file).and_then(|mut file| file.read(&mut start));
    let read = read.map_err(|error| CommandError::io(file, &error))?;
    let starts =
        |version: &str| start[..read].starts_with(format!("# {version} git bundle").as_bytes());
    Ok(starts("v2") || starts("v3"))
}
