//! Laws of sequence: what was decided stays, what comes later arrives, and plain edits may come one after the other.

use std::collections::BTreeSet;

use onetext::merge::wish::base::considered;
use onetext::merge::{Answers, Merge, NoteKind, Origin, Part, Voice, merge};
use onetext::prose::Prose;

use super::{
    PEOPLE, assert_becomes, assert_decided, in_every_plain_world, in_every_world, passages,
    status_quo, told_words, words,
};

/// Whether what different people added stands side by side; one after the other it stands in the order of the folds.
fn additions_meet(merged: &Merge) -> bool {
    let passages = merged.parts.iter().filter_map(|part| match part {
        Part::Unit(unit, origin) if !unit.is_mark() => Some(origin),
        _ => None,
    });
    let makers: Vec<_> = passages.collect();
    let meet = |pair: &[&Origin]| match pair {
        [Origin::By(one), Origin::By(other)] => one != other,
        _ => false,
    };
    makers.windows(2).any(meet)
}

/// Whether additions at one place stand in the order of their texts; one after the other they stand in the order of
/// the folds.
fn is_order_chosen(merged: &Merge) -> bool {
    let mut kinds = merged.notes.iter().map(|note| note.kind);
    kinds.any(|kind| kind == NoteKind::OrderChosen)
}

#[test]
fn p9_plain_edits_may_come_one_after_the_other() {
    in_every_plain_world(9, |mut case| {
        let read = case.read();
        let together = read.merge();
        if together.choices().next().is_some() || is_order_chosen(&together) {
            return;
        }
        let mut voices = read.voices(&PEOPLE);
        let turn = case.world.chance.below(voices.len());
        voices.rotate_left(turn);
        let mut text = read.current.clone();
        for voice in voices {
            let merged = merge(&text, &[voice]);
            assert_decided(&merged, case.seed);
            text = Prose::parse(&merged.text(&text));
        }
        let mut both = [passages(&status_quo(&together)), passages(text.units())];
        if additions_meet(&together) {
            both.iter_mut()
                .for_each(|passages| passages.sort_unstable());
        }
        assert_eq!(both[0], both[1], "seed {}", case.seed);
    });
}

#[test]
fn p23_and_p24_what_was_decided_stays_decided() {
    in_every_world(23, |mut case| {
        let read = case.read();
        let merged = read.merge();
        let mut answers = Answers::new();
        for choice in merged.choices() {
            let pick = case.world.chance.below(choice.alternatives.len() + 1);
            if let Some(alternative) = choice.alternatives.get(pick) {
                answers.insert(choice.id.clone(), alternative.units.clone());
            }
        }
        let next = Prose::parse(&merged.text_with(&answers, &read.current));
        let voices: Vec<_> = PEOPLE
            .iter()
            .zip(&read.drafts)
            .map(|(who, (_, draft))| Voice::new(who, draft, draft))
            .collect();
        let again = merge(&next, &voices);
        assert_eq!(again.text(&next), next.source(), "seed {}", case.seed);
        assert_decided(&again, case.seed);
    });
}

#[test]
fn p23b_later_edits_arrive() {
    in_every_world(123, |mut case| {
        let read = case.read();
        let merged = read.merge();
        let next = Prose::parse(&merged.text(&read.current));
        let mut later = case.drafts[0].1.clone();
        case.world.edit(&mut later, "z");
        let (draft, later) = (&read.drafts[0].1, Prose::parse(&later.markdown(70)));
        let again = merge(&next, &[Voice::new("ana", draft, &later)]);
        let new = &words(&later) - &words(draft);
        assert!(new.is_subset(&told_words(&again)), "seed {}", case.seed);
    });
}

#[test]
fn p23c_one_decided_choice_does_not_come_back() {
    in_every_world(223, |mut case| {
        case.drafts
            .iter_mut()
            .for_each(|(base, _)| *base = case.current.clone());
        let read = case.read();
        let merged = read.merge();
        let choices: Vec<_> = merged.choices().collect();
        if choices.is_empty() {
            return;
        }
        let decided = *case.world.chance.pick(&choices);
        let next = Prose::parse(&merged.text(&read.current));
        let open = |who: &str| -> BTreeSet<_> {
            let others = merged.choices().filter(|choice| choice.id != decided.id);
            others
                .flat_map(onetext::merge::Choice::claims)
                .filter(|claim| claim.who == who)
                .map(|claim| claim.id())
                .collect()
        };
        let bases: Vec<Prose> = PEOPLE
            .iter()
            .zip(&read.drafts)
            .map(|(who, (base, draft))| considered(base, draft, &open(who)))
            .collect();
        let voices: Vec<_> = PEOPLE
            .iter()
            .zip(bases.iter().zip(&read.drafts))
            .map(|(who, (base, (_, draft)))| Voice::new(who, base, draft))
            .collect();
        let again = merge(&next, &voices);
        assert!(
            again.choices().all(|choice| choice.id != decided.id),
            "seed {}",
            case.seed
        );
    });
}

#[test]
fn p27_what_was_adopted_is_not_asked_again() {
    in_every_plain_world(27, |case| {
        let read = case.read();
        let draft = &read.drafts[0].1;
        let merged = merge(draft, &[Voice::new("ana", &read.current, draft)]);
        assert_becomes(&merged, draft.units(), case.seed);
    });
}

#[test]
fn p28_a_draft_on_an_old_text_meets_what_was_merged_since() {
    in_every_plain_world(28, |case| {
        let mut read = case.read();
        read.drafts.truncate(2);
        let together = read.merge();
        let open = together.choices().next().is_some() || is_order_chosen(&together);
        if open || read.drafts.len() < 2 {
            return;
        }
        let first = merge(&read.current, &read.voices(&["ana"]));
        let next = Prose::parse(&first.text(&read.current));
        let second = merge(&next, &read.voices(&PEOPLE));
        assert_decided(&second, case.seed);
        let mut both = [&together, &second].map(|merged| passages(&status_quo(merged)));
        if additions_meet(&together) {
            both.iter_mut()
                .for_each(|passages| passages.sort_unstable());
        }
        assert_eq!(both[0], both[1], "seed {}", case.seed);
    });
}
