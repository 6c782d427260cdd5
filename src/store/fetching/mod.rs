//! What others propose, fetched aside: nothing of it is in the repository before it was looked at.
//!
//! The user's own git fetches into a folder of objects that is made for this alone and sees those of the repository; no ref
//! moves, no tag and no submodule comes along, and git checks every object. The objects are then read from there. Only
//! [`Repository::keep_fetched`] brings them in, with a ref of ours below `refs/onetext/proposals/` that leads to them.

mod offers;

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::call::{Bounds, Call, Said};
use super::repository::{CommitId, Repository};
use super::{Scratch, StoreError, files, remote};
use crate::narrative::forge::complaint;

pub use offers::{Offer, Source, Trial};

/// Where the refs of proposals are.
pub const PROPOSALS: &str = "refs/onetext/proposals/";

/// How many refs one call of git is given.
const AT_ONCE: usize = 100;

/// What every fetch is told: check all, keep what comes in one piece, bring nothing else along.
const FETCH: [&str; 16] = [
    "-c",
    "fetch.fsckObjects=true",
    "-c",
    "transfer.fsckObjects=true",
    "-c",
    "fetch.unpackLimit=1",
    "-c",
    "fetch.writeCommitGraph=false",
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-recurse-submodules",
    "--no-write-fetch-head",
    "--no-auto-maintenance",
    "--refmap=",
    "--",
];

/// How much a remote may ask of us.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// How long one call of git may take.
    pub time: Duration,
    /// Bytes that may come in.
    pub bytes: u64,
}

/// Where proposals come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A remote of the repository.
    Remote(String),
    /// A file made by `git bundle`.
    Bundle(PathBuf),
}

/// Objects that were fetched and are not in the repository; they are gone when this is dropped.
#[derive(Debug)]
pub struct Fetched {
    aside: Scratch,
    came: Came,
}

/// What came along with a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    /// Nothing.
    Alone,
    /// Others, perhaps, in one piece with it.
    WithOthers,
}

impl Came {
    /// A file is one pack, whatever is asked of it.
    fn of(place: &Place, offers: &[Offer]) -> Self {
        match (place, offers) {
            (Place::Remote(_), [_]) => Self::Alone,
            _ => Self::WithOthers,
        }
    }
}

impl Place {
    fn address(&self) -> String {
        match self {
            Self::Remote(name) => name.clone(),
            Self::Bundle(path) => path.display().to_string(),
        }
    }
}

impl Repository {
    /// The remote that proposals come from if none is named: `origin`, or the only one.
    ///
    /// # Errors
    ///
    /// The remotes cannot be read, or the one that is named is none of them.
    pub fn remote(&self, named: Option<&str>) -> Result<Option<String>, StoreError> {
        let all = self.git.remotes()?;
        if let Some(named) = named {
            let known = all.iter().any(|remote| remote == named);
            return match known {
                true => Ok(Some(named.to_owned())),
                false => Err(StoreError::NoRemote(named.to_owned())),
            };
        }
        let origin = all.iter().find(|remote| *remote == "origin");
        Ok(match (origin, all.as_slice()) {
            (Some(origin), _) => Some(origin.clone()),
            (None, [only]) => Some(only.clone()),
            _ => None,
        })
    }

    /// What a place offers, as it says now.
    ///
    /// # Errors
    ///
    /// The place cannot be asked, or the file is no bundle.
    pub fn offers(&self, place: &Place, patience: Patience) -> Result<Vec<Offer>, StoreError> {
        let call = Call::git(&self.git.workdir())
            .reaching()
            .within(patience.time);
        match place {
            Place::Remote(name) => {
                let said = call
                    .args(["ls-remote", "--symref", "--", name])
                    .args(offers::PATTERNS)
                    .run()?;
                let said = asked(place, said)?;
                Ok(offers::of_remote(&said, &self.git.head()?.0))
            }
            Place::Bundle(path) => {
                let verified = Call::git(&self.git.workdir()).within(patience.time);
                let verified = verified.args(["bundle", "verify"]);
                let said = verified.args([path]).run()?;
                asked(place, said)?;
                let said = call.args(["bundle", "list-heads"]).args([path]).run()?;
                Ok(offers::of_bundle(&asked(place, said)?))
            }
        }
    }

    /// Fetches what is offered, aside; what came can be read by this repository from then on.
    ///
    /// # Errors
    ///
    /// The place cannot be asked, takes too long, sends too much or what is not sound, or offers something else by now.
    pub fn fetch(
        &self,
        place: &Place,
        offers: &[Offer],
        patience: Patience,
    ) -> Result<Fetched, StoreError> {
        let aside = Scratch::new()?;
        let own = self.git.common_dir().join("objects");
        let own = own
            .canonicalize()
            .map_err(|error| StoreError::io(&own, error))?;
        let alternates = format!("{}\n", own.display());
        files::write(&aside.path().join("info/alternates"), alternates.as_bytes())?;
        let bounds = Bounds {
            patience: patience.time,
            folder: aside.path().to_owned(),
            bytes: patience.bytes,
        };
        for offers in offers.chunks(AT_ONCE) {
            let said = Call::git(&self.git.workdir())
                .reaching()
                .bounded(&bounds)
                .env("GIT_OBJECT_DIRECTORY", &aside.path().display().to_string())
                .args(FETCH)
                .args([place.address()])
                .args(offers.iter().map(|offer| &offer.reference))
                .run()?;
            if said.is_over() {
                return Err(StoreError::TooMuch(bounds.bytes));
            }
            asked(place, said)?;
        }
        self.git.read_also(aside.path())?;
        for offer in offers {
            if !self.git.has_commit(&offer.commit)? {
                return Err(StoreError::Moved(offer.source.to_string()));
            }
        }
        let came = Came::of(place, offers);
        Ok(Fetched { aside, came })
    }

    /// Brings what was fetched into the repository, with a ref that leads to what was offered; not what others offer.
    ///
    /// # Errors
    ///
    /// A file or the ref cannot be written, or an object cannot be read.
    pub fn keep_fetched(&self, fetched: &Fetched, offer: &Offer) -> Result<(), StoreError> {
        let from = match fetched.came {
            Came::Alone => fetched.aside.path().join("pack"),
            Came::WithOthers => self.by_itself(fetched, offer)?,
        };
        let to = self.git.common_dir().join("objects").join("pack");
        // Git takes a pack for whole once its index is there.
        for ending in ["pack", "rev", "idx"] {
            for path in ending_in(&from, ending)? {
                let bytes = std::fs::read(&path).map_err(|error| StoreError::io(&path, error))?;
                files::write(&to.join(path.file_name().unwrap_or_default()), &bytes)?;
            }
        }
        self.git
            .set_ref(&own_ref(&offer.source), &offer.commit, "a proposal")
    }

    /// Packs what a proposal has and the branch at hand has not into a folder of its own.
    fn by_itself(&self, fetched: &Fetched, offer: &Offer) -> Result<PathBuf, StoreError> {
        let aside = fetched.aside.path();
        let folder = aside.join("alone").join(&offer.commit.0);
        std::fs::create_dir_all(&folder).map_err(|error| StoreError::io(&folder, error))?;
        let wanted = format!("{}\n^{}\n", offer.commit.0, self.git.head()?.0);
        let said = Call::git(&self.git.workdir())
            .env("GIT_OBJECT_DIRECTORY", &aside.display().to_string())
            .args(["pack-objects", "--quiet", "--revs"])
            .args([folder.join("pack")])
            .given(wanted.as_bytes())
            .run()?;
        match said.ok {
            true => Ok(folder),
            false => Err(said.damaged().unwrap_or_else(|| StoreError::Unsound {
                place: offer.source.to_string(),
                why: said.complaint(),
            })),
        }
    }

    /// The commit of a proposal that was kept when it was looked at before.
    ///
    /// # Errors
    ///
    /// The ref cannot be read.
    pub fn kept(&self, source: &Source) -> Result<Option<CommitId>, StoreError> {
        self.git.ref_at(&own_ref(source))
    }

    /// Lets go of the ref of a proposal; its commits stay as long as something else leads to them.
    ///
    /// # Errors
    ///
    /// The ref cannot be taken out.
    pub fn forget(&self, source: &Source) -> Result<(), StoreError> {
        self.git.drop_ref(&own_ref(source))
    }
}

/// The ref of a proposal here.
fn own_ref(source: &Source) -> String {
    format!("{PROPOSALS}{}", source.path())
}

fn ending_in(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, StoreError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(StoreError::io(folder, error)),
    };
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let paths: Result<Vec<PathBuf>, _> = paths.collect();
    let mut paths = paths.map_err(|error| StoreError::io(folder, error))?;
    paths.retain(|path| path.extension().is_some_and(|found| found == ending));
    paths.sort();
    Ok(paths)
}

/// What git said, if it could do what it was asked; otherwise whose fault it was.
fn asked(place: &Place, said: Said) -> Result<String, StoreError> {
    if said.ok {
        return Ok(String::from_utf8_lossy(&said.stdout).into_owned());
    }
    if let Some(damaged) = said.damaged() {
        return Err(damaged);
    }
    let stderr = String::from_utf8_lossy(&said.stderr);
    let is = |signs: &[&str]| signs.iter().any(|sign| stderr.contains(sign));
    // A stranger's words can be among them.
    let why = complaint(&stderr, None);
    Err(match place {
        _ if is(&UNSOUND) => StoreError::Unsound {
            place: place.address(),
            why,
        },
        Place::Bundle(path) => StoreError::Bundle {
            path: path.clone(),
            why,
        },
        Place::Remote(name) if is(&["couldn't find remote ref"]) => StoreError::Moved(name.clone()),
        Place::Remote(name) => remote::failure(name, &stderr, None),
    })
}

/// What git says of objects that are broken or that it does not allow.
const UNSOUND: [&str; 9] = [
    "fsck error",
    "early EOF",
    "pack is corrupted",
    "pack has bad object",
    "index-pack failed",
    "unpack-objects failed",
    "invalid index-pack output",
    "did not send all necessary objects",
    "inflate",
];
