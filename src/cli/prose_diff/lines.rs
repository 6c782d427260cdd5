//! Blocks that are made of lines, not of sentences: a table, code, HTML.

use crate::diff::words::{changed_texts, readable};
use crate::prose::unit::{Opaque, Shared, Unit};

use super::words::words;
use super::{Kind, PassageChange};

/// What changed in a block, line by line.
pub fn lines(opaque: Opaque, before: &Shared, after: &Shared) -> PassageChange {
    PassageChange {
        block: Some(name(opaque).to_owned()),
        within: changed_lines(before.text(), after.text()),
        ..PassageChange::of(Kind::Reworded)
            .before(before)
            .after(after)
    }
}

/// The lines that changed between two texts; words are compared where as many lines came as went.
pub fn changed_lines(before: &str, after: &str) -> Vec<PassageChange> {
    let old: Vec<&str> = before.lines().collect();
    let new: Vec<&str> = after.lines().collect();
    let mut within = Vec::new();
    for hunk in changed_texts(&old, &new) {
        let (gone, new) = (&old[hunk.before], &new[hunk.after]);
        if gone.len() == new.len() {
            within.extend(gone.iter().zip(new).map(|(gone, new)| reworded(gone, new)));
            continue;
        }
        let line = |text: &&str| Unit::sentence(*text);
        let removed = |text| PassageChange::of(Kind::Removed).before(&line(text));
        let added = |text| PassageChange::of(Kind::Added).after(&line(text));
        within.extend(gone.iter().map(removed));
        within.extend(new.iter().map(added));
    }
    within
}

fn reworded(before: &str, after: &str) -> PassageChange {
    let (before, after) = (Unit::sentence(before), Unit::sentence(after));
    PassageChange {
        words: words(&before, &after, &readable(&before, &after)),
        ..PassageChange::of(Kind::Reworded)
            .before(&before)
            .after(&after)
    }
}

fn name(opaque: Opaque) -> &'static str {
    match opaque {
        Opaque::Code => "code",
        Opaque::Table => "table",
        Opaque::Html => "HTML",
        Opaque::Rule => "rule",
        Opaque::FrontMatter => "front matter",
        Opaque::References => "link references",
        Opaque::Nested => "nested block",
    }
}
