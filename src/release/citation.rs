//! How a release is cited: `CITATION.cff`, in the Citation File Format 1.2.0.
//!
//! The authors are the members whose contributors' words stand, under the names that they wish, and contributors of no
//! member; desks, which only collect sources, where there is nobody else.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::narrative::Narrative;
use crate::narrative::id::ContributorId;
use crate::narrative::roster::{Contributor, Kind};
use crate::narrative::time::Day;

/// What a citation names.
#[derive(Clone, Copy, Debug)]
pub struct Cited<'a> {
    /// The narrative.
    pub narrative: &'a Narrative,
    /// The version.
    pub version: &'a str,
    /// The day of the release.
    pub day: Day,
    /// The commit.
    pub commit: &'a str,
    /// Those whose words stand.
    pub writers: &'a BTreeSet<ContributorId>,
}

/// Writes the file.
pub fn cff(cited: &Cited<'_>) -> String {
    let config = &cited.narrative.config;
    let mut out = "cff-version: 1.2.0\n".to_owned();
    let mut line = |key: &str, value: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{key}: {value}");
    };
    line(
        "message",
        "\"If you quote this narrative, please cite the version.\"",
    );
    line("type", "dataset");
    line("title", &quoted(&config.title));
    line("version", &quoted(cited.version));
    line("date-released", &quoted(&cited.day.to_string()));
    if let Some(licence) = config.licence.as_deref().filter(|licence| is_spdx(licence)) {
        line("license", licence);
    }
    line("commit", cited.commit);
    out.push_str("authors:\n");
    for name in authors(cited) {
        let _ = writeln!(out, "  - name: {}", quoted(&name));
    }
    let _ = write!(
        out,
        "identifiers:\n  - type: swh\n    value: \"swh:1:rev:{}\"\n    description: \"The commit that was released\"\n",
        cited.commit
    );
    out
}

/// The names to credit, each once; never none.
fn authors(cited: &Cited<'_>) -> Vec<String> {
    let roster = &cited.narrative.roster;
    let wrote = |contributor: &&Contributor| cited.writers.contains(&contributor.id);
    let of_a_member = |id: &crate::narrative::id::MemberId| {
        let mut contributors = roster.contributors.iter().filter(wrote);
        contributors.any(|contributor| contributor.member.as_ref() == Some(id))
    };
    let members = roster
        .members
        .iter()
        .filter(|member| of_a_member(&member.id));
    let mut out: Vec<String> = members
        .filter_map(|member| member.public_name().map(str::to_owned))
        .collect();
    let of_kind = |kind: Kind| {
        let own = roster.contributors.iter().filter(wrote);
        let own = own.filter(move |one| one.member.is_none() && one.kind == kind);
        own.map(|one| one.name.clone())
    };
    out.extend(of_kind(Kind::Person));
    if out.is_empty() {
        out.extend(of_kind(Kind::Desk));
    }
    if out.is_empty() {
        out.push(format!(
            "The contributors of \u{201c}{}\u{201d}",
            cited.narrative.config.title
        ));
    }
    let mut seen = BTreeSet::new();
    out.retain(|name| seen.insert(name.clone()));
    out
}

/// A text in double quotes: what JSON escapes, YAML reads the same way.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Whether a licence can be named as it is; a sentence about licences cannot.
fn is_spdx(licence: &str) -> bool {
    let fits = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '.' | '+');
    !licence.is_empty() && licence.chars().all(fits)
}
