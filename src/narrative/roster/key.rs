//! The keys by which people sign, and the days on which they hold.

use serde::{Deserialize, Serialize};

use crate::narrative::time::Day;

/// A key that somebody signs releases with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Key {
    /// An SSH public key, as `ssh-keygen` writes it: `ssh-ed25519 AAAA…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ssh: Option<String>,
    /// The fingerprint of an OpenPGP key: 40 hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub openpgp: Option<String>,
    /// The OpenPGP public key itself, as `gpg --armor --export` writes it; the reader's own copy if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key: Option<String>,
    /// The first day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// The last day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// The day from which it is not to be trusted any more: lost, or stolen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Day>,
}

/// Whether a key holds on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// It does.
    Yes,
    /// Only from this day on.
    NotBefore(Day),
    /// Only until this day.
    NotAfter(Day),
    /// It is not to be trusted since this day.
    Revoked(Day),
}

/// Why a key proves nothing any more, as the key or its signature says itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lapse {
    /// The day on which it was to end is past.
    #[error("has expired")]
    Expired,
    /// Its owner revoked it.
    #[error("was revoked by its owner")]
    Revoked,
    /// The signature was to hold for some time, which is past.
    #[error("made a signature that has expired")]
    Outlived,
}

impl Key {
    /// A key that holds always.
    pub fn ssh(key: &str) -> Self {
        Self {
            ssh: Some(key.to_owned()),
            openpgp: None,
            public_key: None,
            from: None,
            until: None,
            revoked: None,
        }
    }

    /// An OpenPGP key that holds always.
    pub fn openpgp(fingerprint: &str) -> Self {
        Self {
            ssh: None,
            openpgp: Some(fingerprint.to_owned()),
            ..Self::ssh("")
        }
    }

    /// Type and digits of an SSH key, or the fingerprint: what tells it from others.
    pub fn identity(&self) -> String {
        let ssh = self.ssh.as_deref().map(|key| {
            let words: Vec<&str> = key.split_whitespace().take(2).collect();
            words.join(" ")
        });
        let fingerprint = || {
            let digits = self.openpgp.as_deref().unwrap_or_default();
            digits.replace(' ', "").to_uppercase()
        };
        ssh.unwrap_or_else(fingerprint)
    }

    /// Whether it holds on a day.
    pub fn holds(&self, day: Day) -> Holds {
        match (self.revoked, self.from, self.until) {
            (Some(revoked), _, _) if day >= revoked => Holds::Revoked(revoked),
            (_, Some(from), _) if day < from => Holds::NotBefore(from),
            (_, _, Some(until)) if day > until => Holds::NotAfter(until),
            _ => Holds::Yes,
        }
    }

    /// What is wrong with how it is written.
    pub fn flaw(&self) -> Option<&'static str> {
        let identity = self.identity();
        match (&self.ssh, &self.openpgp) {
            (Some(_), Some(_)) => Some("names two keys: `ssh` and `openpgp`"),
            (None, None) => Some("names no key: neither `ssh` nor `openpgp`"),
            (Some(_), None) if !is_ssh(&identity) => Some("is no SSH public key on one line"),
            (None, Some(_)) if !is_fingerprint(&identity) => {
                Some("is no fingerprint of 40 hexadecimal digits")
            }
            _ if self
                .from
                .zip(self.until)
                .is_some_and(|(from, until)| from > until) =>
            {
                Some("ends before it begins")
            }
            _ => None,
        }
    }
}

fn is_ssh(identity: &str) -> bool {
    let kinds = [
        "ssh-ed25519",
        "ssh-rsa",
        "ecdsa-sha2-",
        "sk-ssh-",
        "sk-ecdsa-",
    ];
    let base64 = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '+' | '/' | '=');
    identity.split_once(' ').is_some_and(|(kind, digits)| {
        kinds.iter().any(|known| kind.starts_with(known))
            && digits.starts_with("AAAA")
            && digits.chars().all(base64)
    })
}

fn is_fingerprint(identity: &str) -> bool {
    matches!(identity.len(), 40 | 64) && identity.chars().all(|sign| sign.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_holds_on_its_days() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let key = Key {
            from: Some(day("2026-01-01")),
            until: Some(day("2026-12-31")),
            revoked: Some(day("2026-06-01")),
            ..Key::openpgp("ABCD")
        };
        assert_eq!(key.holds(day("2026-05-31")), Holds::Yes);
        assert_eq!(
            key.holds(day("2025-12-31")),
            Holds::NotBefore(day("2026-01-01"))
        );
        assert_eq!(
            key.holds(day("2026-06-01")),
            Holds::Revoked(day("2026-06-01"))
        );
        let lasting = Key {
            revoked: None,
            ..key
        };
        assert_eq!(
            lasting.holds(day("2027-01-01")),
            Holds::NotAfter(day("2026-12-31"))
        );
    }

    #[test]
    fn what_is_no_key_is_told() {
        assert_eq!(Key::ssh("ssh-ed25519 AAAAC3Nz ana@laptop").flaw(), None);
        assert!(
            Key::ssh("-----BEGIN OPENSSH PRIVATE KEY-----")
                .flaw()
                .is_some()
        );
        assert!(Key::ssh("ssh-ed25519").flaw().is_some());
        assert_eq!(Key::openpgp(&"aB12 ".repeat(10)).flaw(), None);
        assert!(Key::openpgp("AB12").flaw().is_some());
        assert_eq!(
            Key::openpgp(&"aB12 ".repeat(10)).identity(),
            "AB12".repeat(10)
        );
    }
}
