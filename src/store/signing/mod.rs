//! Signed tags, made by the user's own git with the user's own settings and keys.
//!
//! Git signs in a repository that is made for this alone and sees the objects of the real one: no hook, alias or program
//! that the real one's configuration names is ever run. Which key and which format is asked of the real one too, since
//! people set those by project; the programs that sign are taken from the user's own settings only.

mod gpg;

use std::path::Path;

use super::call::Call;
use super::git::Git;
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

/// Makes the bytes of a signed tag object; no ref is made.
///
/// # Errors
///
/// Git knows no key to sign with, or signing fails.
pub fn signed(git: &Git, tag: &Tag) -> Result<Vec<u8>, StoreError> {
    let settings = settings(&git.workdir())?;
    let has = |name: &str| settings.iter().any(|(key, _)| key == name);
    if !has("user.signingkey") && !has("gpg.ssh.defaultkeycommand") {
        return Err(StoreError::NoSigningKey);
    }
    let scratch = Scratch::new()?;
    let aside = Git::init(scratch.path())?;
    let objects = git.common_dir().join("objects");
    let alternates = format!("{}\n", objects.display());
    files::write(
        &aside.git_dir().join("objects/info/alternates"),
        alternates.as_bytes(),
    )?;
    let mut call = Call::git(scratch.path());
    for (key, value) in &settings {
        call = call.args(["-c", &format!("{key}={value}")]);
    }
    let said = call
        .args(["tag", "--sign", "--annotate", "--cleanup=verbatim"])
        .args(["--file=-", "--", &tag.name, tag.target.as_str()])
        .env("GIT_COMMITTER_NAME", &tag.tagger.name)
        .env("GIT_COMMITTER_EMAIL", &tag.tagger.email)
        .env("GIT_COMMITTER_DATE", &format!("@{} +0000", tag.at.unix()))
        .given(tag.message.as_bytes())
        .run()?;
    if !said.ok {
        return Err(StoreError::Signing(said.complaint()));
    }
    let bytes = aside.tag_bytes(&tag.name)?;
    bytes.ok_or_else(|| StoreError::Signing("git made no tag".to_owned()))
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
