//! What the errors of other modules mean at the shell: their kind, how to mend them, and the next command.
//!
//! Every `From` impl into [`CommandError`] stands here and nowhere else.

use crate::collate::plan::PlanError;
use crate::merge::choice::decision::DecisionError;
use crate::merge::choice::sheet::SheetError;
use crate::narrative::LookupError;
use crate::narrative::finding::Problems;
use crate::narrative::id::IdError;
use crate::narrative::message::MessageError;
use crate::narrative::time::TimeError;
use crate::release::version::VersionError;
use crate::render::templates::TemplateError;
use crate::reply::ReadError;
use crate::store::{Lack, StoreError, What};

use super::error::{CommandError, Kind};
use super::terminal::count::{Count, Listing};

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        if let StoreError::Io { path, source } = &error {
            return Self::io(path, source);
        }
        let said = Self::of(kind(&error), &error);
        let said = mend(&error).into_iter().fold(said, Self::hint);
        next(&error).into_iter().fold(said, Self::next)
    }
}

fn mend(error: &StoreError) -> Option<String> {
    Some(match error {
        StoreError::NoNarrative(_) => {
            "go to the folder of a narrative, or name it with `-C DIR`".into()
        }
        StoreError::NoRepository(_) => "a narrative lives in git: make a repository there".into(),
        StoreError::Bare(_) => "clone it, and work in the clone".into(),
        StoreError::Owner(_) => "if you trust it, say so to git".into(),
        StoreError::Unsupported { .. } => "a full clone in git's usual format works".into(),
        StoreError::Detached(_) => "go back to a branch first".into(),
        StoreError::Unborn(_) => "commit something first".into(),
        StoreError::Busy(what) => format!("finish the {what} with git, or give it up"),
        StoreError::IndexLocked(path) => {
            format!(
                "wait for the other command; if there is none, delete `{}`",
                path.display()
            )
        }
        StoreError::Locked { path, .. } => {
            format!("wait for it; if it was killed, delete `{}`", path.display())
        }
        StoreError::Dirty(_) => "commit them, or put them aside with `git stash`".into(),
        StoreError::Exists(_) => "choose another name, or move it away".into(),
        StoreError::TagExists(_) => "choose the next version".into(),
        StoreError::NoRevision(_) => "name a commit, a branch or a release".into(),
        StoreError::Refused { .. } => {
            "a narrative has regular files only, named by `a-z`, `0-9` and `-`".into()
        }
        StoreError::Io { .. } | StoreError::Git { .. } => return None,
        StoreError::System { .. } => {
            "nothing was changed; see that the disk has room and that you may write there, and try again".into()
        }
        StoreError::Unending(_) => "look whether it waits for something, and try again".into(),
        _ => mend_by_git(error).into(),
    })
}

/// How to mend what is the user's own git's to mend.
fn mend_by_git(error: &StoreError) -> &'static str {
    match error {
        StoreError::NoIdentity => {
            "tell git with `git config --global user.name \"YOUR NAME\"` and \
             `git config --global user.email YOU@EXAMPLE.ORG`"
        }
        StoreError::Unrelated(..) => {
            "start from the narrative's own branch; if this is a shallow clone, run \
             `git fetch --unshallow`"
        }
        StoreError::NoSigningKey(What::Tag) => {
            "tell git with `git config --global gpg.format ssh` and \
             `git config --global user.signingkey ~/.ssh/id_ed25519.pub`, or release without a \
             signature with `--unsigned`"
        }
        StoreError::NoSigningKey(What::Commit) => {
            "your settings say `commit.gpgsign`: tell git which key with \
             `git config --global user.signingkey ~/.ssh/id_ed25519.pub`, or sign no commits here with \
             `git config commit.gpgsign false`"
        }
        StoreError::Signing(What::Commit, _) => {
            "nothing was changed and nothing was pushed; see that `git commit --gpg-sign` works by itself, or \
             sign no commits here with `git config commit.gpgsign false`"
        }
        StoreError::NoLogin(..) => {
            "see that `git fetch` works by itself first: git asks nothing from here"
        }
        StoreError::Remote(..) | StoreError::NoRemote(_) => {
            "see the remotes with `git remote --verbose`"
        }
        StoreError::Signing(What::Tag, _) => {
            "try `git tag --sign` by hand, or release without a signature with `--unsigned`"
        }
        _ => mend_of_proposal(error),
    }
}

/// How to mend what came from outside, or did not.
fn mend_of_proposal(error: &StoreError) -> &'static str {
    match error {
        StoreError::TooMuch(_) => {
            "nothing of it was kept; if it is meant to be so large, allow more with `--at-most MIB`"
        }
        StoreError::Bundle { .. } => {
            "if it builds on newer commits than yours, `git pull` first; otherwise have it sent again"
        }
        StoreError::Damaged { .. } => {
            "nothing was written; a fresh clone beside this one has what was pushed, and `git fsck` names \
             all that is damaged here"
        }
        StoreError::Missing { lack, .. } => mend_of_lack(*lack),
        StoreError::Shallow(_) => mend_of_lack(Lack::Shallow),
        StoreError::Unsound { .. } => {
            "nothing of it was kept; run `git fsck` here, and ask whoever proposed it to look at hers"
        }
        _ => "try again, and look at what is there now",
    }
}

/// How a clone gets what it lacks.
fn mend_of_lack(lack: Lack) -> &'static str {
    match lack {
        Lack::Shallow => "this is a shallow clone: fetch the rest of its history",
        Lack::Partial => "this is a partial clone, and a partial one lacks files: fetch them all",
        Lack::Unknown => {
            "nothing was written; `git fetch` gets nothing that git believes to be here, and a fresh clone \
             beside this one has what was pushed"
        }
    }
}

fn next(error: &StoreError) -> Option<String> {
    Some(match error {
        StoreError::NoNarrative(_) => "onetext init --from MESSAGE".into(),
        StoreError::NoRepository(path) => format!("git init {}", path.display()),
        StoreError::Owner(path) => {
            format!(
                "git config --global --add safe.directory {}",
                path.display()
            )
        }
        StoreError::Detached(_) => "git switch BRANCH".into(),
        StoreError::Unborn(_) => "git commit".into(),
        StoreError::Busy(_) | StoreError::Dirty(_) => "git status".into(),
        StoreError::TagExists(_) => "git tag --list".into(),
        StoreError::NoRevision(_) => "git log --oneline".into(),
        StoreError::Shallow(_)
        | StoreError::Missing {
            lack: Lack::Shallow,
            ..
        } => "git fetch --unshallow".into(),
        StoreError::Missing {
            lack: Lack::Partial,
            ..
        } => "git fetch --refetch --no-filter".into(),
        StoreError::Git { .. }
        | StoreError::Unsound { .. }
        | StoreError::Damaged { .. }
        | StoreError::Missing { .. } => "git fsck".into(),
        _ => return None,
    })
}

fn kind(error: &StoreError) -> Kind {
    match error {
        StoreError::Owner(_)
        | StoreError::NoLogin(..)
        | StoreError::NoSigningKey(_)
        | StoreError::Signing(..) => Kind::Permission,
        StoreError::Refused { .. } | StoreError::Unrelated(..) => Kind::Findings,
        StoreError::Git { .. }
        | StoreError::Shallow(_)
        | StoreError::Unsound { .. }
        | StoreError::Damaged { .. }
        | StoreError::Missing { .. } => Kind::Integrity,
        StoreError::System { source, .. } => {
            match source.to_string().contains("ermission denied") {
                true => Kind::Permission,
                false => Kind::Internal,
            }
        }
        StoreError::Moved(_) => Kind::Decision,
        _ => Kind::Usage,
    }
}

impl From<Problems> for CommandError {
    fn from(problems: Problems) -> Self {
        let findings = problems.findings();
        let count = Count(findings.len(), "problem", "problems");
        let said = Self::new(Kind::Findings, format!("the narrative has {count}"));
        let said = findings.iter().fold(said, |said, finding| {
            let said = said.detail(finding.to_string());
            if finding.mend.is_empty() {
                said
            } else {
                said.detail(format!("  {}", finding.mend))
            }
        });
        said.next("onetext check")
    }
}

impl From<PlanError> for CommandError {
    fn from(error: PlanError) -> Self {
        Self::of(Kind::Usage, &error).hint("nothing was changed; edit the list and try again")
    }
}

impl From<IdError> for CommandError {
    fn from(error: IdError) -> Self {
        Self::of(Kind::Usage, &error)
    }
}

impl From<DecisionError> for CommandError {
    fn from(error: DecisionError) -> Self {
        Self::of(Kind::Usage, &error).hint("nothing was changed")
    }
}

impl From<SheetError> for CommandError {
    fn from(error: SheetError) -> Self {
        Self::of(Kind::Usage, &error).hint("nothing was changed; mend the sheet and try again")
    }
}

impl From<LookupError> for CommandError {
    fn from(error: LookupError) -> Self {
        let said = Self::of(Kind::Usage, &error);
        let (meant, known, next) = match error {
            LookupError::Question { meant, known, .. } => {
                (meant, listed("the questions are", &known), "onetext status")
            }
            LookupError::Contributor { meant, known, .. } => (
                meant,
                listed("the contributors are", &known),
                "onetext roster add",
            ),
            LookupError::Member { meant, known, .. } => (
                meant,
                listed("the members are", &known),
                "onetext roster member ID --name NAME",
            ),
        };
        let meant = meant.map(|meant| format!("did you mean `{meant}`?"));
        let hint = meant.or(known);
        hint.into_iter().fold(said.next(next), Self::hint)
    }
}

fn listed<T: ToString>(what: &str, ids: &[T]) -> Option<String> {
    let ids: Vec<String> = ids
        .iter()
        .map(|id| format!("`{}`", id.to_string()))
        .collect();
    (!ids.is_empty()).then(|| format!("{what} {}", Listing(&ids)))
}

impl From<MessageError> for CommandError {
    fn from(error: MessageError) -> Self {
        Self::of(Kind::Usage, &error)
            .hint("number the questions `1.`, `2.`, `3.` …, each on a line of its own; nothing was written")
    }
}

impl From<ReadError> for CommandError {
    fn from(error: ReadError) -> Self {
        let hint = match &error {
            ReadError::Findings(findings) => {
                let said = Self::new(Kind::Usage, "it is not a text that can be kept");
                return findings
                    .iter()
                    .fold(said, |said, finding| said.detail(finding.to_string()));
            }
            ReadError::TooLarge { .. } => "send the words alone, without pictures and attachments",
            ReadError::NoMail | ReadError::NoWords => {
                "copy the words into a text file, and import that"
            }
            ReadError::Broken(_) => "open it and save it again, as `.docx` or `.odt`",
            ReadError::Unknown(_) => "save it as `.docx`, `.odt` or plain text, and import that",
        };
        Self::of(Kind::Usage, &error).hint(hint)
    }
}

impl From<VersionError> for CommandError {
    fn from(error: VersionError) -> Self {
        Self::of(Kind::Usage, &error).hint("a version tells its age: year, month, number")
    }
}

impl From<TimeError> for CommandError {
    fn from(error: TimeError) -> Self {
        Self::of(Kind::Usage, &error)
    }
}

impl From<TemplateError> for CommandError {
    fn from(error: TemplateError) -> Self {
        let said = |kind| Self::of(kind, &error);
        match error {
            TemplateError::NoGlyph(_) => said(Kind::Findings)
                .hint("write it otherwise, or name the edition's `formats` without `pdf`"),
            TemplateError::NoPdf => said(Kind::Usage).hint(
                "build it with its default features; an edition that names its `formats` can do without `pdf`",
            ),
            TemplateError::Fails { .. } | TemplateError::NotUtf8(_) => said(Kind::Findings)
                .hint("mend it in `templates/`, or take it away to use the shipped one")
                .next("onetext templates list"),
        }
    }
}
