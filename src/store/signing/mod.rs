//! Signed tags and commits, made by the user's own git with the user's own settings and keys.
//!
//! Git signs in a repository that is made for this alone and sees the objects of the real one: no hook, alias or program
//! that the real one's configuration names is ever run. Which key and which format is asked of the real one too, since
//! people set those by project; the programs that sign are taken from the user's own settings only.

mod gpg;

use std::path::Path;

use super::call::Call;
use super::git::{Git, Plan};
use super::repository::CommitId;
use super::{Scratch, StoreError, Tag, files};

pub use gpg::{OpenPgp, check_openpgp, openpgp_fingerprints};

/// Settings that say which key signs, wherever they stand.
const KEYS: [&str; 2] = ["user.signingkey", "gpg.format"];

/// Settings that name programs: the user's, never the repository's.
const PROGRAMS: [&str; 5] = [
    "gpg.program",
    "gpg.openpgp.program",
    "gpg.ssh.program",
    "gpg.x509.program",
    "gpg.ssh.defaultkeycommand",
];

/// What is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A tag, because that was asked for.
    Tag,
    /// A commit, because the user's settings say so.
    Commit,
}

impl std::fmt::Display for What {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Tag => "tag",
            Self::Commit => "commit",
        })
    }
}

/// A repository for signing alone, with the settings to sign by.
struct Aside {
    scratch: Scratch,
    git: Git,
    settings: Vec<(String, String)>,
}

/// Makes the bytes of a signed tag object; no ref is made.
///
/// # Errors
///
/// Git knows no key to sign with, or signing fails.
pub fn signed(git: &Git, tag: &Tag) -> Result<Vec<u8>, StoreError> {
    let settings = settings(&git.workdir())?;
    if !names_key(&settings) {
        return Err(StoreError::NoSigningKey(What::Tag));
    }
    let aside = Aside::of(git, settings)?;
    let said = aside
        .call()
        .args(["tag", "--sign", "--annotate", "--cleanup=verbatim"])
        .args(["--file=-", "--", &tag.name, tag.target.as_str()])
        .env("GIT_COMMITTER_NAME", &tag.tagger.name)
        .env("GIT_COMMITTER_EMAIL", &tag.tagger.email)
        .env("GIT_COMMITTER_DATE", &format!("@{} +0000", tag.at.unix()))
        .given(tag.message.as_bytes())
        .run()?;
    if !said.ok {
        return Err(StoreError::Signing(What::Tag, said.complaint()));
    }
    let bytes = aside.git.tag_bytes(&tag.name)?;
    bytes.ok_or_else(|| StoreError::Signing(What::Tag, "git made no tag".to_owned()))
}

/// Whether the user's settings say that her commits are signed: `commit.gpgsign`.
///
/// # Errors
///
/// Git cannot be asked.
pub fn signs_commits(git: &Git) -> Result<bool, StoreError> {
    let call = Call::git(&git.workdir());
    let said = call
        .args(["config", "--type=bool", "--get", "commit.gpgsign"])
        .run()?;
    Ok(said.ok && said.stdout.trim_ascii() == b"true")
}

/// Makes a commit that the user's own git signs, and stores it; no ref is moved.
///
/// # Errors
///
/// Git knows no key to sign with, signing fails, or a write does.
pub fn signed_commit(git: &Git, plan: &Plan<'_>) -> Result<CommitId, StoreError> {
    let settings = settings(&git.workdir())?;
    let format = settings.iter().find(|(key, _)| key == "gpg.format");
    // An OpenPGP key is found by the committer's address; one of SSH has to be named.
    if format.is_some_and(|(_, format)| format == "ssh") && !names_key(&settings) {
        return Err(StoreError::NoSigningKey(What::Commit));
    }
    let tree = git.write_tree(plan)?;
    let aside = Aside::of(git, settings)?;
    let date = format!("@{} +0000", plan.at.unix());
    let parents = plan.parents().flat_map(|parent| ["-p", parent.as_str()]);
    let said = aside
        .call()
        .args(["commit-tree", "-S", &tree])
        .args(parents)
        .args(["-F", "-"])
        .env("GIT_AUTHOR_NAME", &plan.author.name)
        .env("GIT_AUTHOR_EMAIL", &plan.author.email)
        .env("GIT_AUTHOR_DATE", &date)
        .env("GIT_COMMITTER_NAME", &plan.committer.name)
        .env("GIT_COMMITTER_EMAIL", &plan.committer.email)
        .env("GIT_COMMITTER_DATE", &date)
        .given(plan.message.as_bytes())
        .run()?;
    if !said.ok {
        return Err(StoreError::Signing(What::Commit, said.complaint()));
    }
    let id = String::from_utf8_lossy(&said.stdout).trim().to_owned();
    git.put_commit(&aside.git.commit_bytes(&CommitId::of(&id))?)
}

impl Aside {
    fn of(git: &Git, settings: Vec<(String, String)>) -> Result<Self, StoreError> {
        let scratch = Scratch::new()?;
        let aside = Git::init(scratch.path())?;
        let objects = git.common_dir().join("objects");
        let alternates = format!("{}\n", objects.display());
        files::write(
            &aside.git_dir().join("objects/info/alternates"),
            alternates.as_bytes(),
        )?;
        Ok(Self {
            scratch,
            git: aside,
            settings,
        })
    }

    /// A call of git there, with the settings to sign by.
    fn call(&self) -> Call {
        let settings = self.settings.iter();
        settings.fold(Call::git(self.scratch.path()), |call, (key, value)| {
            call.args(["-c", &format!("{key}={value}")])
        })
    }
}

fn names_key(settings: &[(String, String)]) -> bool {
    let names = ["user.signingkey", "gpg.ssh.defaultkeycommand"];
    settings
        .iter()
        .any(|(key, _)| names.contains(&key.as_str()))
}

/// The settings to sign by: the last word on each key, and of programs what the repository itself does not say.
fn settings(dir: &Path) -> Result<Vec<(String, String)>, StoreError> {
    let said = Call::git(dir)
        .args(["config", "--list", "--show-scope", "-z"])
        .run()?;
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    let mut fields = text.split('\0');
    let mut out: Vec<(String, String)> = Vec::new();
    while let (Some(scope), Some(entry)) = (fields.next(), fields.next()) {
        let (key, value) = entry.split_once('\n').unwrap_or((entry, ""));
        let own = matches!(scope, "local" | "worktree");
        if KEYS.contains(&key) || (PROGRAMS.contains(&key) && !own) {
            out.retain(|(known, _)| known != key);
            out.push((key.to_owned(), absolute(dir, key, value)));
        }
    }
    Ok(out)
}

/// A key's file that is named from where the user stands.
fn absolute(dir: &Path, key: &str, value: &str) -> String {
    let file = dir.join(value);
    match key == "user.signingkey" && !value.is_empty() && file.is_file() {
        true => file.display().to_string(),
        false => value.to_owned(),
    }
}
