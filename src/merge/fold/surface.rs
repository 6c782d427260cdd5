//! Changes of surface alone: curly quotes, the sign of a list, the style of a heading, the spacing of a table.
//!
//! Such a change is taken if it is the only one there and nobody edits the passage; otherwise it is dropped with a
//! note, because it is never worth a choice. A list has one surface: its items are written with one sign, or it would
//! fall into several lists.
//!
//! **Invariant:** what is taken reads as what stood.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::prose::unit::{Mark, Shared};

use crate::merge::wish::{Intent, Wish};
use crate::merge::{Note, NoteKind, People, Who};

/// What became of the changes of surface.
#[derive(Debug, Default)]
pub struct Surface {
    /// Units to be written otherwise, and who wrote them so.
    pub taken: BTreeMap<usize, (Shared, People)>,
    /// Changes that were dropped.
    pub notes: Vec<Note>,
}

/// Decides which changes of surface are taken.
pub fn settle(units: &[Shared], wishes: &[(Who, Wish)], regions: &[Range<usize>]) -> Surface {
    let mut surface = Surface::default();
    let mut wanted: BTreeMap<usize, Vec<(Shared, People)>> = BTreeMap::new();
    for (who, wish) in wishes {
        for (at, unit) in &wish.surface {
            add(wanted.entry(*at).or_default(), unit, who);
        }
    }
    if wanted.is_empty() {
        return surface;
    }
    let touched = touched(wishes, regions);
    let groups: BTreeSet<(usize, usize)> = wanted.keys().map(|&at| group(units, at)).collect();
    for (start, end) in groups {
        let signs = units[start].is_mark();
        let own = |at: &usize| units[*at].is_mark() == signs;
        let here: Vec<usize> = wanted
            .range(start..end)
            .map(|(at, _)| *at)
            .filter(own)
            .collect();
        let alone = here.iter().all(|at| wanted[at].len() == 1)
            && !(start..end).any(|at| touched.contains(&at))
            && !added(wishes, units, start..end)
            && uniform(&units[start..end], start, &wanted);
        if alone {
            let one = |at: usize| (at, wanted[&at][0].clone());
            surface.taken.extend(here.into_iter().map(one));
        } else {
            let asked = here.iter().flat_map(|at| &wanted[at]);
            let who = asked.flat_map(|(_, who)| who);
            surface.notes.push(Note {
                kind: NoteKind::SurfaceDropped,
                passage: units[start + usize::from(signs)].text().to_owned(),
                who: who.cloned().collect(),
            });
        }
    }
    surface
}

fn add(known: &mut Vec<(Shared, People)>, unit: &Shared, who: &Who) {
    match known.iter_mut().find(|(other, _)| other.looks_like(unit)) {
        Some((other, people)) => {
            people.insert(who.clone());
            if unit.text() < other.text() {
                *other = unit.clone();
            }
        }
        None => known.push((unit.clone(), People::from([who.clone()]))),
    }
}

/// Units that somebody edits, deletes or rewrites.
fn touched(wishes: &[(Who, Wish)], regions: &[Range<usize>]) -> BTreeSet<usize> {
    let intents = wishes
        .iter()
        .flat_map(|(_, wish)| wish.intents.iter().enumerate());
    let edited = intents.filter(|(_, intent)| !matches!(intent, Intent::Keep | Intent::Move(None)));
    let rewritten = regions.iter().flat_map(Clone::clone);
    edited.map(|(at, _)| at).chain(rewritten).collect()
}

/// The units whose surface is one: a passage, a heading, a whole list.
fn group(units: &[Shared], at: usize) -> (usize, usize) {
    match units[at].as_mark() {
        None => (at, at + 1),
        Some(Mark::Item { .. }) => {
            let other = |unit: &Shared| {
                let list = matches!(
                    unit.as_mark(),
                    Some(Mark::Item { .. } | Mark::Continuation(_))
                );
                !list && !unit.is_sentence()
            };
            let start = units[..at].iter().rposition(other).map_or(0, |before| {
                let after = units[before + 1..].iter();
                before + 1 + after.take_while(|unit| unit.is_sentence()).count()
            });
            let end = units[at..].iter().position(other);
            (start, end.map_or(units.len(), |length| at + length))
        }
        Some(_) => (at, (at + 2).min(units.len())),
    }
}

/// Whether somebody adds to a list, or moves something within it.
fn added(wishes: &[(Who, Wish)], units: &[Shared], list: Range<usize>) -> bool {
    if !matches!(units[list.start].as_mark(), Some(Mark::Item { .. })) {
        return false;
    }
    let item = |unit: &Shared| matches!(unit.as_mark(), Some(Mark::Item { .. }));
    wishes.iter().any(|(_, wish)| {
        let mut runs = wish.inserted.range(list.start..=list.end);
        let moved = wish.intents[list.clone()]
            .iter()
            .any(|intent| matches!(intent, Intent::Move(_)));
        moved
            || runs.any(|(gap, run)| {
                let inside = list.start < *gap && *gap < list.end;
                inside || run.iter().any(|added| item(&added.unit))
            })
    })
}

/// Whether the items of each depth of a list have one sign, once all changes are made.
fn uniform(list: &[Shared], start: usize, wanted: &BTreeMap<usize, Vec<(Shared, People)>>) -> bool {
    let mut signs: BTreeMap<(u8, bool), Option<char>> = BTreeMap::new();
    list.iter().enumerate().all(|(at, unit)| {
        let Some(Mark::Item { depth, ordered, .. }) = unit.as_mark() else {
            return true;
        };
        let changed = wanted.get(&(start + at)).map(|wanted| wanted[0].0.sign());
        let sign = changed.unwrap_or(unit.sign());
        *signs.entry((*depth, *ordered)).or_insert(sign) == sign
    })
}

#[cfg(test)]
mod tests {
    use crate::merge::fixture::merged;
    use crate::merge::{NoteKind, Voice, merge};
    use crate::prose::Prose;

    /// What comes of one draft, with another that is silent.
    fn alone(base: &str, draft: &str) -> String {
        let (text, merged) = merged(base, &[draft, base]);
        assert!(merged.notes.is_empty() && merged.choices().count() == 0);
        text
    }

    #[test]
    fn a_surface_that_one_changes_is_taken() {
        let cases = [
            ("It's \"so\" ...\n", "It’s “so” …\n"),
            (
                "It grew 5 %. Then it fell.\n",
                "It grew 5\u{a0}%. Then it fell.\n",
            ),
            (
                "This is *new* and __bold__.\n",
                "This is _new_ and **bold**.\n",
            ),
            ("- One.\n- Two.\n", "* One.\n* Two.\n"),
            ("* One.\n* Two.\n", "- One.\n- Two.\n"),
            ("1. One.\n2. Two.\n", "1) One.\n2) Two.\n"),
            ("Size\n====\n\nIt grows.\n", "# Size\n\nIt grows.\n"),
            ("# Size\n\nIt grows.\n", "Size\n====\n\nIt grows.\n"),
            ("|a|b|\n|-|-|\n|c|d|\n", "| a | b |\n|---|---|\n| c | d |\n"),
        ];
        for (base, draft) in cases {
            assert_eq!(alone(base, draft), draft, "{base}");
        }
    }

    #[test]
    fn wrapping_alone_is_no_surface() {
        let base = "It is small.  It has\ngrown since.\n";
        assert_eq!(alone(base, "It is small. It has grown\nsince.\n"), base);
    }

    #[test]
    fn a_surface_is_dropped_where_others_edit() {
        let base = "It's small. It's old.\n";
        let (text, merged) = merged(base, &["It’s small. It’s old.\n", "It's tiny. It's old.\n"]);
        assert_eq!(text, "It's tiny. It’s old.\n");
        let notes: Vec<_> = merged
            .notes
            .iter()
            .map(|note| (note.kind, note.passage.as_str()))
            .collect();
        assert_eq!(notes, [(NoteKind::SurfaceDropped, "It's small.")]);
    }

    #[test]
    fn of_two_surfaces_neither_is_taken() {
        let (text, merged) = merged("It's \"so\".\n", &["It’s “so”.\n", "It’s \"so\".\n"]);
        assert_eq!(text, "It's \"so\".\n");
        assert_eq!(merged.notes.len(), 1);
        assert_eq!(merged.notes[0].who.len(), 2);
    }

    #[test]
    fn a_list_keeps_its_sign_where_an_item_is_added() {
        let (text, merged) = merged(
            "- One.\n- Two.\n",
            &["* One.\n* Two.\n", "- One.\n- Half.\n- Two.\n"],
        );
        assert_eq!(text, "- One.\n- Half.\n- Two.\n");
        assert_eq!(merged.notes.len(), 1);
    }

    #[test]
    fn an_old_surface_does_not_come_back() {
        let old = Prose::parse("It's small. It grows.\n");
        let current = Prose::parse("It’s small. It grows.\n");
        let draft = Prose::parse("It's small. It shrinks.\n");
        let merged = merge(&current, &[Voice::new("ana", &old, &draft)]);
        assert_eq!(merged.text(&current), "It’s small. It shrinks.\n");
    }
}
