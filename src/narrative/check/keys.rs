//! Whether the keys of the roster are keys, and each is one person's.

use super::{Files, on};
use crate::narrative::Narrative;
use crate::narrative::finding::Finding;

/// Looks for keys that cannot be read, or that two people have.
pub fn check(narrative: &Narrative, files: &Files<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen: Vec<(String, String)> = Vec::new();
    for contributor in &narrative.roster.contributors {
        let id = contributor.id.as_str();
        let finding = |message: String, mend: &str| {
            let line = files.line("roster.toml", ("id", id), 0);
            on(Finding::error("key", "roster.toml", message), line).mend(mend)
        };
        for (key, at) in contributor.keys.iter().zip(1..) {
            if let Some(flaw) = key.flaw() {
                let mend = "write `ssh = \"ssh-ed25519 AAAA…\"` or `openpgp = \"FINGERPRINT\"`";
                findings.push(finding(format!("key {at} of `{id}` {flaw}"), mend));
                continue;
            }
            let identity = key.identity();
            if let Some((_, other)) = seen.iter().find(|(known, _)| *known == identity) {
                let message = format!("key {at} of `{id}` is a key of `{other}` already");
                findings.push(finding(
                    message,
                    "a key belongs to one person: take one out",
                ));
            }
            seen.push((identity, id.to_owned()));
        }
    }
    findings
}
