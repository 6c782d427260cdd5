//! How a release is cited: `CITATION.cff`, in the Citation File Format 1.2.0.
//!
//! The authors are those whose words stand, as each wishes to be named: by her member's name if she says nothing, by her own if
//! she has no member; desks, which only collect sources, where there is nobody else.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::narrative::Narrative;
use crate::narrative::id::ContributorId;
use crate::narrative::roster::Contributor;
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
    let credits = |desk: bool| {
        let own = roster.contributors.iter().filter(wrote);
        let own = own.filter(move |one| (one.member.is_none() && one.is_desk()) == desk);
        own.filter_map(|one| roster.credit(one)).collect()
    };
    let mut out: Vec<String> = credits(false);
    // Members come first, in the order of the roster, since it is they who agree.
    let place = |name: &String| {
        let mut members = roster.members.iter();
        members.position(|member| member.public_name() == Some(name))
    };
    out.sort_by_key(|name| place(name).unwrap_or(usize::MAX));
    if out.is_empty() {
        out = credits(true);
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
