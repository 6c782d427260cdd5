//! Several edits of one sentence, merged word by word.
//!
//! Signs of emphasis and links are not words here: a sentence with such signs is taken apart into its words and the
//! marks that each bears (`marks`), and the marks are merged as a second layer. Of a word that stays,
//! each mark is merged three ways; a new word has the marks that its writer gave it, unless somebody else changed the
//! mark of what it replaces or of both its neighbours. A sentence whose signs do not pair, or stand within a word,
//! cannot be taken apart; there signs are words, and a merge that unbalances what was balanced is refused.
//! A sentence without signs takes the short way.

mod layer;
mod marks;
pub(super) mod rows;
pub(super) mod side;
pub(super) mod table;

use std::ops::Range;

use crate::diff::words::hunks;
use crate::prose::sentence::sentences;
use crate::prose::token::{Class, Token};
use crate::prose::unit::{Kind, Opaque, Shared, Unit};

use table::compose_table;

use layer::Layer;
use marks::Marked;

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
    let signs = marks::has_signs(base) || wordings.iter().any(|unit| marks::has_signs(unit));
    if !signs {
        return plain(base, wordings);
    }
    let read: Option<Vec<Marked>> = wordings.iter().map(|unit| marks::read(unit)).collect();
    match (marks::read(base), read) {
        (Some(base), Some(wordings)) => marked(&base, &wordings),
        _ => plain(base, wordings).filter(|unit| !torn(unit, base, wordings)),
    }
}

fn plain(base: &Unit, wordings: &[&Shared]) -> Option<Shared> {
    let changes = changes(base, wordings)?;
    let mut out = String::new();
    for word in words(base, &changes) {
        if word.spaced && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word.text);
    }
    let unit = Unit::sentence(out);
    (!doubled(&unit, base, wordings)).then_some(unit)
}

fn torn(unit: &Unit, base: &Unit, wordings: &[&Shared]) -> bool {
    wordings.iter().all(|unit| is_balanced(unit)) && is_balanced(base) && !is_balanced(unit)
}

/// Whether every sign of emphasis and every bracket of a link has its partner.
pub(super) fn is_balanced(unit: &Unit) -> bool {
    balance(unit).is_some_and(|balance| balance.iter().all(|n| n % 2 == 0))
}

/// The words with all changes, and on them the marks with all changes.
fn marked(base: &Marked, wordings: &[Marked]) -> Option<Shared> {
    let plains: Vec<&Shared> = wordings.iter().map(|wording| &wording.plain).collect();
    let changes = changes(&base.plain, &plains)?;
    let layer = Layer::new(base, wordings);
    if !changes.iter().all(|change| layer.agrees(change)) {
        return None;
    }
    let words: Option<Vec<marks::Word<'_>>> = words(&base.plain, &changes)
        .into_iter()
        .map(|word| {
            Some(marks::Word {
                text: word.text,
                spaced: word.spaced,
                marks: layer.marks(&word.source, &changes)?,
            })
        })
        .collect();
    let unit = marks::write(&words?, layer.signs())?;
    let read = marks::read(&unit)?;
    (!doubled(&read.plain, &base.plain, &plains)).then_some(unit)
}

/// A change of some tokens of the base.
#[derive(Clone)]
pub(super) struct Change<'a> {
    /// Tokens of the base; empty for an insertion.
    pub(super) before: Range<usize>,
    by: &'a Unit,
    /// The number of the wording that it is from.
    pub(super) wording: usize,
    /// Tokens of the wording.
    pub(super) after: Range<usize>,
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

/// All changes in order, or nothing if two of them touch.
fn changes<'a>(base: &Unit, wordings: &[&'a Shared]) -> Option<Vec<Change<'a>>> {
    let mut changes: Vec<Change<'_>> = Vec::new();
    for (wording, by) in wordings.iter().enumerate() {
        for hunk in hunks(base, by) {
            let change = Change {
                before: hunk.before,
                by,
                wording,
                after: hunk.after,
            };
            if !joined(&mut changes, change) {
                return None;
            }
        }
    }
    Some(changes)
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

/// A word of the result.
struct Word<'a> {
    text: &'a str,
    spaced: bool,
    source: Source,
}

/// Where a word of the result comes from.
pub(super) enum Source {
    /// A token of the base.
    Base(usize),
    /// Of a change, by its number, a token of its wording.
    Change(usize, usize),
}

fn words<'a>(base: &'a Unit, changes: &[Change<'a>]) -> Vec<Word<'a>> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut put = |unit: &'a Unit, token: &Token, spaced, source| {
        let text = &unit.text()[token.range.clone()];
        out.push(Word {
            text,
            spaced,
            source,
        });
    };
    let mut seam: Option<bool> = None;
    for (number, change) in changes.iter().enumerate() {
        for (at, token) in (at..).zip(&base.tokens()[at..change.before.start]) {
            let spaced = seam.take().unwrap_or(token.spaced);
            put(base, token, spaced, Source::Base(at));
        }
        for (at, token) in (change.after.start..).zip(change.tokens()) {
            put(change.by, token, token.spaced, Source::Change(number, at));
        }
        at = change.before.end;
        let next = change.by.tokens().get(change.after.end);
        seam = next.map(|token| token.spaced);
    }
    for (at, token) in (at..).zip(&base.tokens()[at..]) {
        let spaced = seam.take().unwrap_or(token.spaced);
        put(base, token, spaced, Source::Base(at));
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
    fn one_moves_the_emphasis_and_one_rewords() {
        let base = "Members **publish every decision** within June.";
        let shifted = "Members publish **every decision within** June.";
        let each = "Members **publish each decision** within June.";
        let both = Some("Members publish **each decision within** June.");
        assert_eq!(composed(base, &[shifted, each]).as_deref(), both);
        assert_eq!(composed(base, &[each, shifted]).as_deref(), both);
    }

    #[test]
    fn a_new_word_between_words_that_become_bold_is_bold() {
        let base = "We publish every decision in June.";
        let bold = "We **publish every decision** in June.";
        let longer = "We publish every single decision in June.";
        assert_eq!(
            composed(base, &[bold, longer]).as_deref(),
            Some("We **publish every single decision** in June.")
        );
    }

    #[test]
    fn signs_are_spelled_as_in_the_base() {
        let base = "We _publish_ every decision in June.";
        let more = "We _publish_ every decision in *June*.";
        let each = "We _publish_ each decision in June.";
        assert_eq!(
            composed(base, &[more, each]).as_deref(),
            Some("We _publish_ each decision in _June_.")
        );
    }

    #[test]
    fn the_target_of_a_link_and_its_words_are_merged_apart() {
        let base = "See [the list of grants](a.md) for more.";
        let target = "See [the list of grants](b.md) for more.";
        let words = "See [the full list of grants](a.md) for more.";
        let other = "See [the list of grants](c.md) for more.";
        let none = "See the list of grants for more.";
        assert_eq!(
            composed(base, &[target, words]).as_deref(),
            Some("See [the full list of grants](b.md) for more.")
        );
        assert_eq!(composed(base, &[target, other]), None);
        assert_eq!(composed(base, &[target, none]), None);
    }

    #[test]
    fn a_word_beside_its_like_is_the_one_that_was_changed() {
        let base = "Grow vote the **less in** time old.";
        let less = "Grow vote less **less in** time old.";
        let both = "Grow vote less **less in** time clients.";
        assert_eq!(composed(base, &[less, both]).as_deref(), Some(both));
    }

    #[test]
    fn signs_that_do_not_pair_are_words_and_stay_balanced() {
        let base = "The un*believ*able **result of all** grants in June.";
        let shifted = "The un*believ*able result **of all grants** in June.";
        let each = "The un*believ*able **outcome of all** grants in May.";
        assert_eq!(composed(base, &[shifted, each]), None);
    }
}
