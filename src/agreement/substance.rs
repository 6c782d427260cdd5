//! What an edit changes in substance, and what only in looks.
//!
//! A position holds for the exact text that it was given on. White space, wrapping, typography, where a paragraph ends and
//! where a passage stands are looks; words, figures, sources, and what kind of thing a passage is (a heading, somebody
//! else's words, a note, a task that is done) are substance. In doubt a change is one of substance: asking once too often
//! costs a message, and once too seldom a false claim.

use serde::Serialize;

use crate::diff::{Change, compare};
use crate::prose::Prose;
use crate::prose::unit::{Mark, Shared};

/// A passage that an edit changed in substance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Touched {
    /// As it was; nothing if it is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// As it is; nothing if it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// Finds the passages that differ in substance between two texts, in the order of the second.
pub fn touched(before: &Prose, after: &Prose) -> Vec<Touched> {
    steps(&compare(before, after))
}

fn steps(changes: &[Change]) -> Vec<Touched> {
    let mut out = Vec::new();
    for (at, change) in changes.iter().enumerate() {
        out.extend(step(change, &changes[at + 1..]));
    }
    out
}

fn step(change: &Change, rest: &[Change]) -> Vec<Touched> {
    match change {
        Change::Kept(_) | Change::Retyped { .. } | Change::MovedAway(_) => Vec::new(),
        Change::Edited { before, after, .. } => pair(before.text(), after.text()),
        Change::Recut { hunks, .. } if hunks.is_empty() => Vec::new(),
        Change::Recut { before, after, .. } => pair(before.whole().text(), after.whole().text()),
        Change::MovedHere(within) => steps(within),
        Change::Removed(unit) => alone(unit, rest, |text| Touched {
            before: Some(text),
            after: None,
        }),
        Change::Added(unit) => alone(unit, rest, |text| Touched {
            before: None,
            after: Some(text),
        }),
        Change::Remarked { before, after } if meaning(before) == meaning(after) => Vec::new(),
        Change::Remarked { .. } => reshaped(rest),
    }
}

fn pair(before: &str, after: &str) -> Vec<Touched> {
    vec![Touched {
        before: Some(before.to_owned()),
        after: Some(after.to_owned()),
    }]
}

/// A passage that came or went; of a mark, the passage that now stands under another one.
fn alone(unit: &Shared, rest: &[Change], told: impl Fn(String) -> Touched) -> Vec<Touched> {
    match unit.as_mark() {
        None => vec![told(unit.text().to_owned())],
        Some(mark) if meaning(mark) == Meaning::Plain => Vec::new(),
        Some(_) => reshaped(rest),
    }
}

/// The passage right after a mark, if it stands in both texts: with the mark it has another meaning.
fn reshaped(rest: &[Change]) -> Vec<Touched> {
    match rest.first() {
        Some(Change::Kept(unit)) if !unit.is_mark() => pair(unit.text(), unit.text()),
        Some(Change::Retyped { before, after, .. }) => pair(before.text(), after.text()),
        _ => Vec::new(),
    }
}

/// What a block says of the passages in it.
#[derive(PartialEq, Eq)]
enum Meaning<'a> {
    Plain,
    Heading,
    Quote,
    Footnote(&'a str),
    Task(bool),
}

fn meaning(mark: &Mark) -> Meaning<'_> {
    match mark {
        Mark::Paragraph | Mark::Continuation(_) | Mark::Item { task: None, .. } => Meaning::Plain,
        Mark::Heading(_) => Meaning::Heading,
        Mark::Quote => Meaning::Quote,
        Mark::Footnote(label) => Meaning::Footnote(label),
        Mark::Item {
            task: Some(done), ..
        } => Meaning::Task(*done),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> Vec<(String, String)> {
        touched(&Prose::parse(before), &Prose::parse(after))
            .into_iter()
            .map(|one| {
                (
                    one.before.unwrap_or_default(),
                    one.after.unwrap_or_default(),
                )
            })
            .collect()
    }

    fn one(before: &str, after: &str) -> Vec<(String, String)> {
        vec![(before.to_owned(), after.to_owned())]
    }

    #[test]
    fn looks_are_no_substance() {
        let text = "It's small - about 12 firms.\nNobody counts it.\n\n- One.\n- Two.\n";
        for looks in [
            "It's small - about\n12 firms. Nobody counts it.\n\n* One.\n* Two.\n",
            "It’s small - about 12\u{a0}firms.\n\nNobody counts it.\n\n- One.\n- Two.\n",
            "Nobody counts it. It's small - about 12 firms.\n\n1. One.\n2. Two.\n",
            "It's small - about 12 firms.\r\nNobody counts it.\r\n\r\n- One.\r\n- Two.\r\n",
        ] {
            assert_eq!(told(text, looks), [], "{looks}");
        }
    }

    #[test]
    fn words_figures_and_sources_are() {
        let text = "It is small [@a]. About 12 firms.\n";
        assert_eq!(
            told(text, "It is tiny [@a]. About 12 firms.\n"),
            one("It is small [@a].", "It is tiny [@a].")
        );
        assert_eq!(
            told(text, "It is small [@b]. About 12 firms.\n"),
            one("It is small [@a].", "It is small [@b].")
        );
        assert_eq!(
            told(text, "It is small [@a]. About 13 firms.\n"),
            one("About 12 firms.", "About 13 firms.")
        );
        assert_eq!(
            told(text, "It is small [@a].\n"),
            one("About 12 firms.", "")
        );
        assert_eq!(
            told(text, "It is small [@a]. About 12 firms. More later.\n"),
            one("", "More later.")
        );
    }

    #[test]
    fn what_moves_and_changes_on_the_way_is() {
        let before = "The board approves all grants.\n\nThe fund supports many local libraries.\n\nIt is ours.\n";
        let after = "The fund supports many local libraries.\n\nIt is ours.\n\nThe board approves no grants.\n";
        let told = told(before, after);
        let has = |text: &str| told.iter().any(|(was, is)| was == text || is == text);
        assert!(has("The board approves no grants."), "{told:?}");
        assert!(!has("It is ours."), "{told:?}");
    }

    #[test]
    fn somebody_elses_words_are_not_ones_own() {
        assert_eq!(
            told("It is small.\n", "> It is small.\n"),
            one("It is small.", "It is small.")
        );
        assert_eq!(told("- [ ] Done.\n", "- [x] Done.\n").len(), 1);
        assert_eq!(told("## Size\n\nIt is.\n", "### Size\n\nIt is.\n"), []);
    }
}
