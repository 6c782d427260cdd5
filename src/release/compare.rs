//! A folder of files against the files that a release is made of.

use std::collections::BTreeMap;

use serde::Serialize;

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

/// Compares files by name: those that were released with those at hand.
pub fn compare(
    released: &[(String, Vec<u8>)],
    at_hand: &BTreeMap<String, Vec<u8>>,
) -> Vec<(String, Lot)> {
    let mut out: Vec<(String, Lot)> = released
        .iter()
        .map(|(name, bytes)| {
            let lot = match at_hand.get(name) {
                None => Lot::Missing,
                Some(found) if found == bytes => Lot::Same,
                Some(_) => Lot::Differs,
            };
            (name.clone(), lot)
        })
        .collect();
    let known = |name: &String| released.iter().any(|(released, _)| released == name);
    out.extend(
        at_hand
            .keys()
            .filter(|name| !known(name))
            .map(|name| (name.clone(), Lot::Extra)),
    );
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}
