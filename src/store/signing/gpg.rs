//! Signatures by OpenPGP keys, checked by `gpg` with a keyring that holds the roster's keys and nothing else.

use crate::narrative::roster::{Key, Lapse};
use crate::store::call::Call;
use crate::store::{Scratch, StoreError, files};

/// What `gpg` found out about a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenPgp {
    /// It holds, by the key of this fingerprint.
    By(String),
    /// It does not fit what was signed.
    Broken,
    /// It was made by a key that is not among those given, which is named so.
    Stranger(String),
    /// The key, or its signature, holds no more, as it says itself.
    Lapsed(String, Lapse),
    /// It could not be checked, for this reason.
    Unchecked(String),
}

/// Checks a signature over some bytes against some keys.
///
/// A key of which the roster has the fingerprint alone is taken from the user's own keyring.
///
/// # Errors
///
/// A file cannot be written.
pub fn check_openpgp<'a>(
    payload: &[u8],
    armor: &str,
    keys: impl Iterator<Item = &'a Key>,
) -> Result<OpenPgp, StoreError> {
    let scratch = Scratch::new()?;
    let home = scratch.path();
    let keys: Vec<&Key> = keys.filter(|key| key.openpgp.is_some()).collect();
    if Call::gpg(home).args(["--version"]).run().is_err() {
        return Ok(OpenPgp::Unchecked("there is no `gpg` here".to_owned()));
    }
    let mut missing = Vec::new();
    for key in &keys {
        let bytes = match &key.public_key {
            Some(text) => Some(text.clone().into_bytes()),
            None => exported(home, &key.identity()),
        };
        match bytes {
            Some(bytes) => drop(Call::gpg(home).args(["--import"]).given(&bytes).run()?),
            None => missing.push(key.identity()),
        }
    }
    let signature = home.join("signature.asc");
    files::write(&signature, armor.as_bytes())?;
    let said = Call::gpg(home)
        .args(["--status-fd", "1", "--verify", "--"])
        .args([signature.as_os_str(), "-".as_ref()])
        .given(payload)
        .run()?;
    let status = String::from_utf8_lossy(&said.stdout).into_owned();
    Ok(told(&status, &keys, &missing))
}

/// The fingerprints of the OpenPGP keys in a text; none if there is no `gpg`.
///
/// # Errors
///
/// A folder cannot be made.
pub fn openpgp_fingerprints(text: &str) -> Result<Vec<String>, StoreError> {
    let scratch = Scratch::new()?;
    let call = Call::gpg(scratch.path()).args(["--with-colons", "--show-keys"]);
    let Ok(said) = call.given(text.as_bytes()).run() else {
        return Ok(Vec::new());
    };
    let listed = String::from_utf8_lossy(&said.stdout).into_owned();
    let mut out = Vec::new();
    let mut primary = false;
    for line in listed.lines() {
        match line.split(':').next() {
            Some("pub") => primary = true,
            Some("fpr") if primary => {
                out.extend(line.split(':').nth(9).map(str::to_owned));
                primary = false;
            }
            _ => {}
        }
    }
    Ok(out)
}

/// The user's own copy of a public key.
fn exported(home: &std::path::Path, fingerprint: &str) -> Option<Vec<u8>> {
    let call = Call::gpg(home).without("GNUPGHOME").keeping("GNUPGHOME");
    let said = call.args(["--export", "--", fingerprint]).run().ok()?;
    said.succeeded().filter(|bytes| !bytes.is_empty())
}

/// How `gpg` says that a signature fits and proves nothing any more; a key that was revoked may have expired as well.
const LAPSES: [(&str, Lapse); 3] = [
    ("REVKEYSIG ", Lapse::Revoked),
    ("EXPKEYSIG ", Lapse::Expired),
    ("EXPSIG ", Lapse::Outlived),
];

/// Reads the status lines of `gpg`; a signature counts only if the key's own fingerprint is one of those given.
fn told(status: &str, keys: &[&Key], missing: &[String]) -> OpenPgp {
    let line = |name: &str| {
        let mut lines = status.lines();
        lines.find_map(|line| line.strip_prefix("[GNUPG:] ")?.strip_prefix(name))
    };
    let word = |line: &str, at: usize| {
        line.split_whitespace()
            .nth(at)
            .unwrap_or_default()
            .to_owned()
    };
    if line("BADSIG ").is_some() {
        return OpenPgp::Broken;
    }
    for (name, lapse) in LAPSES {
        if let Some(rest) = line(name) {
            return OpenPgp::Lapsed(word(rest, 0), lapse);
        }
    }
    if let (Some(valid), Some(_)) = (line("VALIDSIG "), line("GOODSIG ")) {
        let primary = valid
            .split_whitespace()
            .last()
            .unwrap_or_default()
            .to_uppercase();
        let known = keys.iter().any(|key| key.identity() == primary);
        return match known {
            true => OpenPgp::By(primary),
            false => OpenPgp::Stranger(primary),
        };
    }
    match line("NO_PUBKEY ") {
        Some(_) if !missing.is_empty() => OpenPgp::Unchecked(format!(
            "the roster has only the fingerprint {}, and your keyring does not have the key",
            missing.join(", ")
        )),
        Some(key) => OpenPgp::Stranger(word(key, 0)),
        None => OpenPgp::Unchecked("`gpg` could not read the signature".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_of_gpg_is_read_with_suspicion() {
        let own = Key::openpgp(&"A".repeat(40));
        let read = |status: &str| told(status, &[&own], &[]);
        let valid = |primary: &str| {
            format!(
                "[GNUPG:] GOODSIG 0123 Ana\n[GNUPG:] VALIDSIG {} 2026-03-01 1 0 4 0 22 8 00 {primary}\n",
                "B".repeat(40)
            )
        };
        assert_eq!(read(&valid(&"A".repeat(40))), OpenPgp::By("A".repeat(40)));
        assert_eq!(
            read(&valid(&"C".repeat(40))),
            OpenPgp::Stranger("C".repeat(40))
        );
        assert_eq!(read("[GNUPG:] BADSIG 0123 Ana\n"), OpenPgp::Broken);
        assert_eq!(
            read("[GNUPG:] NO_PUBKEY 0123\n"),
            OpenPgp::Stranger("0123".to_owned())
        );
        for (name, lapse) in LAPSES {
            assert_eq!(
                read(&format!("[GNUPG:] {name}0123 Ana\n")),
                OpenPgp::Lapsed("0123".to_owned(), lapse)
            );
        }
        assert!(matches!(read(""), OpenPgp::Unchecked(_)));
        let absent = told("[GNUPG:] NO_PUBKEY 0123\n", &[&own], &["AA".to_owned()]);
        assert!(matches!(absent, OpenPgp::Unchecked(_)));
        let forged = format!("GOODSIG\n[GNUPG:] NOTATION VALIDSIG {}\n", "A".repeat(40));
        assert!(matches!(read(&forged), OpenPgp::Unchecked(_)));
    }
}
