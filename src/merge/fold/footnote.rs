//! Footnotes by their labels.
//!
//! A label is an identity: where drafts define one new label differently, each of them gets a label of its own, made
//! from what it says, together with its references, before anything is compared. A definition whose last reference
//! goes is never deleted for that; a note tells it.
//!
//! **Invariant:** a new label is a function of the old one and of the definition, so nothing depends on order or names.

use std::collections::{BTreeMap, BTreeSet};

use crate::prose::token::{Class, OFFSET, fnv};
use crate::prose::unit::{Mark, Shared, Unit};

use crate::merge::{Note, NoteKind, Voice};

/// The units of each voice's draft, with labels told apart that others define differently.
pub fn told_apart(current: &[Shared], voices: &[Voice<'_>]) -> Vec<Vec<Shared>> {
    let stands = definitions(current);
    let new = |voice: &Voice<'_>| {
        let known = voice.base.map(|base| definitions(base.units()));
        let mut own = definitions(voice.draft.units());
        own.retain(|label, _| {
            known
                .as_ref()
                .is_none_or(|known| !known.contains_key(label))
        });
        own
    };
    let new: Vec<BTreeMap<String, u64>> = voices.iter().map(new).collect();
    let mut all: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for (label, says) in new.iter().flatten() {
        let said = all.entry(label).or_default();
        said.insert(*says);
        said.extend(stands.get(label));
    }
    let renamed = |own: &BTreeMap<String, u64>| -> BTreeMap<String, String> {
        own.iter()
            .filter(|(label, says)| {
                all[label.as_str()].len() > 1 && stands.get(*label) != Some(says)
            })
            .map(|(label, says)| {
                let short = (says ^ (says >> 32)) & 0xffff;
                (label.clone(), format!("{label}-{short:04x}"))
            })
            .collect()
    };
    voices
        .iter()
        .zip(&new)
        .map(|(voice, own)| relabelled(voice.draft.units(), &renamed(own)))
        .collect()
}

/// Tells of definitions that were referred to and no longer are.
pub fn unreferenced(current: &[Shared], merged: &[Shared], voices: &[Voice<'_>]) -> Vec<Note> {
    let (before, after) = (references(current), references(merged));
    let lost = definitions(merged).into_keys();
    lost.filter(|label| before.contains(label) && !after.contains(label))
        .map(|label| {
            let dropped = |voice: &&Voice<'_>| {
                let had = voice
                    .base
                    .is_some_and(|base| references(base.units()).contains(&label));
                had && !references(voice.draft.units()).contains(&label)
            };
            Note {
                kind: NoteKind::Unreferenced,
                who: voices
                    .iter()
                    .filter(dropped)
                    .map(|voice| voice.who.clone())
                    .collect(),
                passage: format!("[^{label}]"),
            }
        })
        .collect()
}

/// What each label's definition says, as a hash.
fn definitions(units: &[Shared]) -> BTreeMap<String, u64> {
    let mut out = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        if let Some(Mark::Footnote(label)) = unit.as_mark() {
            let says = units[at + 1..].iter().take_while(|unit| unit.is_sentence());
            let says = says.fold(OFFSET, |hash, unit| fnv(hash, &unit.id().to_le_bytes()));
            out.entry(label.clone()).or_insert(says);
        }
    }
    out
}

/// The labels that the text refers to.
fn references(units: &[Shared]) -> BTreeSet<String> {
    let labels = |unit: &Shared| {
        let atoms = unit
            .tokens()
            .iter()
            .filter(|token| token.class == Class::Atom);
        let texts = atoms.map(|token| &unit.text()[token.range.clone()]);
        texts
            .filter_map(label)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    units.iter().flat_map(labels).collect()
}

/// The label of a reference.
fn label(atom: &str) -> Option<&str> {
    atom.strip_prefix("[^")?.strip_suffix(']')
}

fn relabelled(units: &[Shared], labels: &BTreeMap<String, String>) -> Vec<Shared> {
    if labels.is_empty() {
        return units.to_vec();
    }
    let one = |unit: &Shared| match unit.as_mark() {
        Some(Mark::Footnote(label)) => labels.get(label).map_or_else(
            || unit.clone(),
            |label| Unit::mark(Mark::Footnote(label.clone())),
        ),
        _ if unit.is_sentence() => sentence(unit, labels),
        _ => unit.clone(),
    };
    units.iter().map(one).collect()
}

/// A sentence whose references bear new labels.
fn sentence(unit: &Shared, labels: &BTreeMap<String, String>) -> Shared {
    let mut text = unit.text().to_owned();
    for token in unit.tokens().iter().rev() {
        let own = label(&unit.text()[token.range.clone()]);
        let new = own.filter(|_| token.class == Class::Atom);
        if let Some(new) = new.and_then(|label| labels.get(label)) {
            text.replace_range(token.range.clone(), &format!("[^{new}]"));
        }
    }
    if text == unit.text() {
        unit.clone()
    } else {
        Unit::sentence(text)
    }
}

#[cfg(test)]
mod tests {
    use crate::merge::NoteKind;
    use crate::merge::fixture::merged;

    const BASE: &str = "It grew. It fell.\n\nThe board decides.\n";

    #[test]
    fn new_labels_with_different_definitions_are_told_apart() {
        let ana = "It grew.[^1] It fell.\n\nThe board decides.\n\n[^1]: The census of 2019.\n";
        let bo = "It grew. It fell.\n\nThe board decides.[^1]\n\n[^1]: Statutes, part four.\n";
        let (text, forwards) = merged(BASE, &[ana, bo]);
        assert_eq!(text, merged(BASE, &[bo, ana]).0);
        assert_eq!((forwards.choices().count(), forwards.notes.len()), (0, 0));
        for says in ["The census of 2019.", "Statutes, part four."] {
            let definition = text.lines().find(|line| line.ends_with(says)).unwrap();
            let label = definition.split_once(':').unwrap().0;
            assert_eq!(text.matches(label).count(), 2, "{text}");
            assert!(label.starts_with("[^1-"));
        }
    }

    #[test]
    fn a_label_that_all_define_alike_stays() {
        let ana = "It grew.[^1] It fell.\n\nThe board decides.\n\n[^1]: The census of 2019.\n";
        let (text, merged) = merged(BASE, &[ana, ana, BASE]);
        assert_eq!(text, ana);
        assert_eq!(merged.choices().count(), 0);
    }

    #[test]
    fn a_definition_that_nothing_refers_to_stays_with_a_note() {
        let base = "It grew.[^1] It fell.\n\n[^1]: The census of 2019.\n";
        let (text, merged) = merged(
            base,
            &["It grew. It fell.\n\n[^1]: The census of 2019.\n", base],
        );
        assert!(text.contains("[^1]: The census of 2019."));
        let note = merged.notes.first().unwrap();
        assert_eq!(
            (note.kind, note.passage.as_str()),
            (NoteKind::Unreferenced, "[^1]")
        );
        assert!(note.who.contains("ana") && note.who.len() == 1);
    }
}
