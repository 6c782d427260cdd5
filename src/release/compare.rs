//! A folder of files against the files that a release is made of, or against what its manifest says of them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::digest::sha256;
use super::manifest::{MANIFEST_FILE, Manifest, SIGNATURE_FILE, SUMS_FILE, TAG_FILE, sums};

/// Characters of a line that are shown.
const SHOWN: usize = 60;

/// How one file of a release stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lot {
    /// Byte for byte as released.
    Same,
    /// Its bytes differ.
    Differs,
    /// It is not there.
    Missing,
    /// It is no file of the release.
    Extra,
}

/// A file that was compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Compared {
    /// Its name.
    pub name: String,
    /// How it stands.
    pub lot: Lot,
    /// What differs first, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
}

/// The files of a folder by name.
pub type Folder = BTreeMap<String, Vec<u8>>;

/// Compares files by name: those that were released with those at hand.
pub fn compare(released: &[(String, Vec<u8>)], at_hand: &Folder) -> Vec<Compared> {
    let of = |(name, bytes): &(String, Vec<u8>)| {
        let (lot, what) = match at_hand.get(name) {
            None => (Lot::Missing, None),
            Some(found) if found == bytes => (Lot::Same, None),
            Some(found) => (Lot::Differs, Some(difference(found, bytes))),
        };
        let name = name.clone();
        Compared { name, lot, what }
    };
    let known = |name: &str| released.iter().any(|(released, _)| released == name);
    with_extras(released.iter().map(of).collect(), at_hand, known)
}

/// Compares files with what a manifest says of them; the manifest itself is taken as it is.
pub fn compare_by_manifest(manifest: &Manifest, at_hand: &Folder) -> Vec<Compared> {
    let mut out: Vec<Compared> = manifest
        .files
        .iter()
        .map(|entry| {
            let sum = at_hand.get(&entry.name).map(|bytes| sha256(bytes));
            let (lot, what) = match sum {
                None => (Lot::Missing, None),
                Some(sum) if sum == entry.sha256 => (Lot::Same, None),
                Some(sum) => {
                    let what = format!("its sum is {sum}, and the manifest says {}", entry.sha256);
                    (Lot::Differs, Some(what))
                }
            };
            let name = entry.name.clone();
            Compared { name, lot, what }
        })
        .collect();
    out.push(sums_file(manifest, at_hand));
    let beside = [MANIFEST_FILE, SUMS_FILE, TAG_FILE, SIGNATURE_FILE];
    let known = |name: &str| {
        beside.contains(&name) || manifest.files.iter().any(|entry| entry.name == name)
    };
    with_extras(out, at_hand, known)
}

/// Whether the file of sums says what the manifest and its own bytes say.
fn sums_file(manifest: &Manifest, at_hand: &Folder) -> Compared {
    let own = at_hand.get(MANIFEST_FILE).map(|bytes| sha256(bytes));
    let mut lines: Vec<(String, String)> = manifest
        .files
        .iter()
        .map(|entry| (entry.name.clone(), entry.sha256.clone()))
        .chain(own.map(|sum| (MANIFEST_FILE.to_owned(), sum)))
        .collect();
    lines.sort();
    let expected: String = lines
        .iter()
        .map(|(name, sum)| format!("{sum}  {name}\n"))
        .collect();
    let (lot, what) = match at_hand.get(SUMS_FILE) {
        None => (Lot::Missing, None),
        Some(found) if found == expected.as_bytes() => (Lot::Same, None),
        Some(found) => (Lot::Differs, Some(difference(found, expected.as_bytes()))),
    };
    let name = SUMS_FILE.to_owned();
    Compared { name, lot, what }
}

fn with_extras(
    mut out: Vec<Compared>,
    at_hand: &Folder,
    known: impl Fn(&str) -> bool,
) -> Vec<Compared> {
    let extra = at_hand.keys().filter(|name| !known(name));
    out.extend(extra.map(|name| Compared {
        name: name.clone(),
        lot: Lot::Extra,
        what: None,
    }));
    out.sort_by(|a, b| a.name.cmp(&b.name));
    out
}

/// What differs first between a file at hand and the released one: a line of text, or a byte.
pub fn difference(found: &[u8], released: &[u8]) -> String {
    let texts = (std::str::from_utf8(found), std::str::from_utf8(released));
    let (Ok(found_text), Ok(released_text)) = texts else {
        let same = found
            .iter()
            .zip(released)
            .take_while(|(a, b)| a == b)
            .count();
        return format!(
            "from byte {same} on; {} bytes, released with {}",
            found.len(),
            released.len()
        );
    };
    let (mut here, mut there) = (found_text.split('\n'), released_text.split('\n'));
    let mut number = 1;
    loop {
        match (here.next(), there.next()) {
            (Some(found), Some(released)) if found == released => number += 1,
            (None, None) => return "in nothing that can be told".to_owned(),
            (found, released) => {
                let shown = |line: Option<&str>, other: Option<&str>| match line {
                    None => "nothing".to_owned(),
                    Some(line) => format!("`{}`", excerpt(line, other.unwrap_or_default())),
                };
                return format!(
                    "line {number}: {}, released as {}",
                    shown(found, released),
                    shown(released, found)
                );
            }
        }
    }
}

/// The part of a line that shows where it differs from another.
fn excerpt(line: &str, other: &str) -> String {
    let same = line
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let start = same.saturating_sub(SHOWN / 3);
    let cut: String = line.chars().skip(start).take(SHOWN).collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if line.chars().count() > start + SHOWN {
        "…"
    } else {
        ""
    };
    format!("{before}{cut}{after}")
}

/// The sums that a folder should have, of everything but themselves and the tag.
pub fn with_sums(mut files: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    files.sort();
    let text = sums(&files);
    files.push((SUMS_FILE.to_owned(), text.into_bytes()));
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_told() {
        assert_eq!(
            difference(b"a\nbc\n", b"a\nbd\n"),
            "line 2: `bc`, released as `bd`"
        );
        assert_eq!(
            difference(b"a", b"a\nb"),
            "line 2: nothing, released as `b`"
        );
        assert_eq!(
            difference(b"\xff\x01", b"\xff\x02\x03"),
            "from byte 1 on; 2 bytes, released with 3"
        );
        let long = "x".repeat(100);
        let told = difference(format!("{long}a").as_bytes(), format!("{long}b").as_bytes());
        assert!(told.contains("…xxxxxxxxxxxxxxxxxxxxa`"), "{told}");
    }
}
