//! Several edits of one sentence, merged word by word.

use std::ops::Range;

use crate::diff::words::hunks;
use crate::prose::sentence::sentences;
use crate::prose::token::{Class, Token};
use crate::prose::unit::{Kind, Opaque, Shared, Unit};

use super::table::compose_table;

/// Unchanged tokens that must stand between two people's changes.
const GUARD: usize = 1;

/// Composes several wordings of one sentence, or of the cells of one table, into one that has all their changes.
///
/// Returns nothing if two changes touch, if the result would tear emphasis or a link, double a word at a seam, or not
/// be one sentence: then people must choose.
pub fn compose(base: &Unit, wordings: &[&Shared]) -> Option<Shared> {
    match base.kind() {
        Kind::Opaque(Opaque::Table) => return compose_table(base, wordings),
        Kind::Opaque(_) => return None,
        Kind::Mark(_) | Kind::Sentence => {}
    }
    compose_passage(base, wordings).filter(|unit| sentences(unit.text()).len() == 1)
}

/// The same for the joined sentences of a passage.
pub fn compose_passage(base: &Unit, wordings: &[&Shared]) -> Option<Shared> {
    let unit = Unit::sentence(merged(base, wordings)?);
    let balanced =
        |unit: &Unit| balance(unit).is_some_and(|balance| balance.iter().all(|n| n % 2 == 0));
    let torn = wordings.iter().all(|unit| balanced(unit)) && balanced(base) && !balanced(&unit);
    (!torn && !doubled(&unit, base, wordings)).then_some(unit)
}

/// A change of some tokens of the base.
#[derive(Clone)]
struct Change<'a> {
    before: Range<usize>,
    by: &'a Unit,
    after: Range<usize>,
}

impl Change<'_> {
    fn tokens(&self) -> &[Token] {
        &self.by.tokens()[self.after.clone()]
    }

    fn is_same(&self, other: &Self) -> bool {
        let ids = |change: &Self| {
            change
                .tokens()
                .iter()
                .map(|token| token.hash)
                .collect::<Vec<_>>()
        };
        self.before == other.before && ids(self) == ids(other)
    }
}

/// The text with all changes, or nothing if two of them touch.
fn merged(base: &Unit, wordings: &[&Shared]) -> Option<String> {
    let mut changes: Vec<Change<'_>> = Vec::new();
    for by in wordings {
        for hunk in hunks(base, by) {
            let change = Change {
                before: hunk.before,
                by,
                after: hunk.after,
            };
            if !joined(&mut changes, change) {
                return None;
            }
        }
    }
    Some(spell(base, &changes))
}

/// Adds a change to others that are apart and in order; false if it touches one of them.
fn joined<'a>(changes: &mut Vec<Change<'a>>, change: Change<'a>) -> bool {
    let at = changes.partition_point(|other| other.before.start < change.before.start);
    if let Some(same) = changes.get_mut(at).filter(|other| other.is_same(&change)) {
        if spelled(&change) < spelled(same) {
            *same = change;
        }
        return true;
    }
    let apart = |a: &Change<'_>, b: &Change<'_>| a.before.end + GUARD <= b.before.start;
    let fits = (at == 0 || apart(&changes[at - 1], &change))
        && changes.get(at).is_none_or(|next| apart(&change, next));
    if fits {
        changes.insert(at, change);
    }
    fits
}

fn spelled(change: &Change<'_>) -> String {
    change
        .tokens()
        .iter()
        .map(|token| &change.by.text()[token.range.clone()])
        .collect::<Vec<_>>()
        .join(" ")
}

fn spell(base: &Unit, changes: &[Change<'_>]) -> String {
    let mut out = String::new();
    let mut at = 0;
    let mut push = |text: &str, spaced: bool| {
        if spaced && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(text);
    };
    let mut put =
        |unit: &Unit, token: &Token, spaced: bool| push(&unit.text()[token.range.clone()], spaced);
    let mut seam: Option<bool> = None;
    for change in changes {
        for token in &base.tokens()[at..change.before.start] {
            put(base, token, seam.take().unwrap_or(token.spaced));
        }
        change
            .tokens()
            .iter()
            .for_each(|token| put(change.by, token, token.spaced));
        at = change.before.end;
        seam = change
            .by
            .tokens()
            .get(change.after.end)
            .map(|token| token.spaced);
    }
    for token in &base.tokens()[at..] {
        put(base, token, seam.take().unwrap_or(token.spaced));
    }
    out
}

/// How often each sign of emphasis stands in a sentence; nothing if a link is open at its end.
fn balance(unit: &Unit) -> Option<[usize; 6]> {
    let mut counts = [0; 6];
    let mut open = 0_usize;
    for token in unit.tokens() {
        match (token.class, &unit.text()[token.range.clone()]) {
            (Class::Delimiter, "[") => open += 1,
            (Class::Atom, text) if text.starts_with(']') => open = open.checked_sub(1)?,
            (Class::Delimiter, text) => {
                let sign = ["*", "**", "_", "__", "~~"]
                    .iter()
                    .position(|sign| *sign == text);
                counts[sign.unwrap_or(5)] += 1;
            }
            _ => {}
        }
    }
    (open == 0).then_some(counts)
}

/// Whether a word stands twice in a row that does so in none of the inputs.
fn doubled(unit: &Unit, base: &Unit, wordings: &[&Shared]) -> bool {
    let pairs = |unit: &Unit| {
        let twice = |pair: &[Token]| pair[0].class == Class::Word && pair[0].hash == pair[1].hash;
        unit.tokens().windows(2).filter(|pair| twice(pair)).count()
    };
    pairs(unit)
        > wordings
            .iter()
            .map(|unit| pairs(unit))
            .max()
            .unwrap_or(0)
            .max(pairs(base))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn composed(base: &str, wordings: &[&str]) -> Option<String> {
        let wordings: Vec<Shared> = wordings.iter().map(|text| Unit::sentence(*text)).collect();
        let wordings: Vec<&Shared> = wordings.iter().collect();
        compose(&Unit::sentence(base), &wordings).map(|unit| unit.text().to_owned())
    }

    #[test]
    fn changes_apart_from_each_other_are_both_made() {
        let base = "The board must approve all grants above ten thousand euros.";
        let may = "The board may approve all grants above ten thousand euros.";
        let twenty = "The board must approve all grants above twenty thousand euros.";
        assert_eq!(
            composed(base, &[may, twenty]).as_deref(),
            Some("The board may approve all grants above twenty thousand euros.")
        );
    }

    #[test]
    fn touching_changes_are_for_people_to_choose() {
        let base = "The board must approve all grants.";
        assert_eq!(
            composed(
                base,
                &[
                    "The board may approve all grants.",
                    "The board should approve all grants."
                ]
            ),
            None
        );
    }

    #[test]
    fn emphasis_is_never_torn() {
        let base = "Members **publish every decision** in June.";
        let shifted = "Members publish **every decision within** June.";
        let each = "Members **publish each decision** in June.";
        assert_eq!(composed(base, &[shifted, each]), None);
    }
}
