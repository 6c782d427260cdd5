//! The keys that a reader has: public key files, lists of allowed signers, or a key itself.

use std::path::Path;

use crate::cli::error::CommandError;
use crate::cli::session::Session;
use crate::narrative::roster::Key;
use crate::narrative::time::Moment;
use crate::store::openpgp_fingerprints;

/// For what git signs.
const PURPOSE: &str = "git";

/// A key, and what a list of allowed signers says about its use.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The key.
    pub key: Key,
    namespaces: Option<String>,
    after: Option<Moment>,
    before: Option<Moment>,
}

impl Named {
    fn free(key: Key) -> Self {
        Self {
            key,
            namespaces: None,
            after: None,
            before: None,
        }
    }

    /// Why the key may not have signed a tag of this moment, if so.
    pub fn barred(&self, at: Option<Moment>) -> Option<String> {
        if let Some(purposes) = &self.namespaces
            && !purposes
                .split(',')
                .any(|purpose| matches!(purpose.trim(), PURPOSE | "*"))
        {
            return Some(format!("allows for `{purposes}`, not for git"));
        }
        let (at, day) = (at?.unix(), at?.day());
        let is = |moment: Option<Moment>, fits: fn(i64, i64) -> bool| {
            moment
                .filter(|moment| fits(at, moment.unix()))
                .map(Moment::day)
        };
        let early = is(self.after, |at, after| at < after);
        let late = is(self.before, |at, before| at >= before);
        let early = early.map(|from| format!("allows from {from} on, and the tag is of {day}"));
        early.or_else(|| late.map(|end| format!("allows before {end}, and the tag is of {day}")))
    }
}

/// The keys that were named: files, or SSH keys themselves.
///
/// # Errors
///
/// A file cannot be read or holds no key.
pub fn named(typed: &[String], session: &Session) -> Result<Vec<Named>, CommandError> {
    let mut out = Vec::new();
    for typed in typed {
        let path = session.path(Path::new(typed));
        let text = match ssh_keys(typed).is_empty() {
            false => typed.clone(),
            true => std::fs::read_to_string(&path)
                .map_err(|error| CommandError::io(&path, &error).hint("name a public key"))?,
        };
        let mut found = ssh_keys(&text);
        if text.contains("-----BEGIN PGP PUBLIC KEY BLOCK-----") {
            found.extend(openpgp_fingerprints(&text)?.iter().map(|fingerprint| {
                Named::free(Key {
                    public_key: Some(text.clone()),
                    ..Key::openpgp(fingerprint)
                })
            }));
        }
        if found.is_empty() {
            let message = format!("`{typed}` holds no public key that can be read");
            return Err(CommandError::usage(message).hint(
                "an SSH key begins with `ssh-ed25519 AAAA`, an OpenPGP key with `-----BEGIN PGP`",
            ));
        }
        out.extend(found);
    }
    Ok(out)
}

/// The SSH keys in a text, as public key files and lists of allowed signers have them. A line whose options cannot be read
/// allows nothing, and the key of an authority signs for nobody.
///
/// Source of the format: the manual of `ssh-keygen`, "Allowed signers".
fn ssh_keys(text: &str) -> Vec<Named> {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    lines.filter_map(of_line).collect()
}

fn of_line(line: &str) -> Option<Named> {
    let words = words(line);
    let at = words
        .windows(2)
        .position(|pair| pair[1].starts_with("AAAA"))?;
    let key = Key::ssh(&words[at..at + 2].join(" "));
    let mut named = key.flaw().is_none().then(|| Named::free(key))?;
    // The first word names who may sign, and the options stand between it and the key.
    let options = words[..at].iter().skip(1).flat_map(|word| options(word));
    for option in options {
        let (name, value) = option.split_once('=').unwrap_or((&option, ""));
        let value = value.trim_matches('"');
        match name.to_ascii_lowercase().as_str() {
            "namespaces" => named.namespaces = Some(value.to_owned()),
            "valid-after" => named.after = Some(moment(value)?),
            "valid-before" => named.before = Some(moment(value)?),
            _ => return None,
        }
    }
    Some(named)
}

/// The words of a line; what stands between quotation marks is one.
fn words(line: &str) -> Vec<String> {
    parts(line, char::is_whitespace)
}

fn options(word: &str) -> Vec<String> {
    parts(word, |sign| sign == ',')
}

fn parts(text: &str, ends: impl Fn(char) -> bool) -> Vec<String> {
    let mut quoted = false;
    let parts = text.split(|sign| {
        quoted ^= sign == '"';
        !quoted && ends(sign)
    });
    let parts = parts.filter(|part| !part.is_empty()).map(str::to_owned);
    parts.collect()
}

/// `YYYYMMDD[HHMM[SS]][Z]`; without a `Z` too it is taken for UTC, so that it means the same everywhere.
fn moment(text: &str) -> Option<Moment> {
    let digits = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    if !matches!(digits.len(), 8 | 12 | 14) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let all = format!("{digits:0<14}");
    let part = |from: usize, to: usize| &all[from..to];
    let (day, time) = (
        [part(0, 4), part(4, 6), part(6, 8)].join("-"),
        [part(8, 10), part(10, 12), part(12, 14)].join(":"),
    );
    format!("{day}T{time}Z").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJLnVDoFGtWvFXUY3ycFZLEtLQdCx1eFwbAVYnqLHqA4";

    fn barred(options: &str) -> Vec<Option<String>> {
        let at = "2026-03-01T12:00:00Z".parse().ok();
        let found = ssh_keys(&format!("ana@example.org {options} {KEY} ana\n"));
        found.iter().map(|named| named.barred(at)).collect()
    }

    #[test]
    fn a_list_of_signers_is_read_with_its_options() {
        for free in [
            "",
            "namespaces=\"file,git\"",
            "namespaces=\"git\",valid-before=\"20260301120001Z\"",
            "valid-after=\"202603011200\"",
            "valid-after=\"20260301\",valid-before=20260302",
        ] {
            assert_eq!(barred(free), [None], "{free}");
        }
        for (options, why) in [
            ("namespaces=\"file\"", "allows for `file`, not for git"),
            (
                "namespaces=\"git\",valid-before=\"20260301120000Z\"",
                "allows before 2026-03-01, and the tag is of 2026-03-01",
            ),
            (
                "valid-after=\"20260302\"",
                "allows from 2026-03-02 on, and the tag is of 2026-03-01",
            ),
        ] {
            assert_eq!(barred(options), [Some(why.to_owned())], "{options}");
        }
        for none in [
            "cert-authority",
            "valid-before=\"soon\"",
            "valid-before=\"20261301\"",
        ] {
            assert_eq!(barred(none), [], "{none}");
        }
        assert_eq!(ssh_keys(KEY).len(), 1);
        assert_eq!(ssh_keys(&format!("# {KEY}\n")), []);
    }
}
