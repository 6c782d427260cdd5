//! Laws of loss: no word goes unseen, none comes from nobody, and whose it is, is told.

use std::collections::BTreeSet;

use onetext::merge::{Choice, Origin, Part, Voice, merge};
use onetext::prose::Prose;
use onetext::prose::unit::Shared;

use super::{
    PEOPLE, Read, ids, in_every_plain_world, in_every_world, status_quo, told_words, words,
};
use crate::worlds::{Block, Kind, Text, World};

#[test]
fn p10_no_word_of_a_draft_is_lost() {
    in_every_world(10, |case| {
        let read = case.read();
        let kept = told_words(&read.merge());
        for (base, draft) in &read.drafts {
            let own = &words(draft) - &words(base);
            assert!(own.is_subset(&kept), "seed {}", case.seed);
        }
    });
}

#[test]
fn p10b_no_passage_goes_that_nobody_let_go() {
    in_every_world(110, |case| {
        let mut case = case;
        case.drafts
            .iter_mut()
            .for_each(|(base, _)| *base = case.current.clone());
        let read = case.read();
        let merged = read.merge();
        let mut kept = ids(&status_quo(&merged));
        kept.extend(merged.choices().flat_map(|choice| ids(&choice.now)));
        for unit in read
            .current
            .passages()
            .filter(|unit| !kept.contains(&unit.id()))
        {
            let let_go = read
                .drafts
                .iter()
                .any(|(_, draft)| !ids(draft.units()).contains(&unit.id()));
            assert!(let_go, "seed {}: {}", case.seed, unit.text());
        }
    });
}

#[test]
fn p11_and_p25_every_passage_is_somebodys() {
    in_every_world(11, |case| {
        let read = case.read();
        let merged = read.merge();
        let stands = ids(read.current.units());
        let of = |who: &String| {
            let at = PEOPLE.iter().position(|name| name == who).unwrap();
            ids(read.drafts[at].1.units())
        };
        for part in &merged.parts {
            match part {
                Part::Unit(unit, Origin::Text) => {
                    assert!(stands.contains(&unit.id()), "seed {}", case.seed);
                }
                Part::Unit(unit, Origin::By(who)) => {
                    assert!(
                        who.iter().all(|who| of(who).contains(&unit.id())),
                        "seed {}: {unit:?} of {who:?}",
                        case.seed,
                    );
                }
                Part::Unit(_, Origin::Composed(who)) => {
                    assert!(!who.is_empty(), "seed {}", case.seed);
                }
                Part::Choice(choice) => alternatives_are_somebodys(choice, &read, case.seed),
            }
        }
    });
}

/// Holds that people wrote each alternative so, and each word of those that nobody wrote.
fn alternatives_are_somebodys(choice: &Choice, read: &Read, seed: u64) {
    let drafts = || read.drafts.iter().map(|(_, draft)| draft);
    let units = |who: &String| {
        let at = PEOPLE.iter().position(|name| name == who);
        let at = at.expect("it is one of them");
        ids(read.drafts[at].1.units())
    };
    let stands = ids(read.current.units());
    let texts = drafts().chain([&read.current]);
    let passages = texts.flat_map(Prose::passages);
    let words: BTreeSet<u64> = passages.flat_map(|unit| unit.words().to_vec()).collect();
    for alternative in &choice.alternatives {
        let written = |unit: &Shared| {
            let mut who = alternative.who.iter();
            stands.contains(&unit.id()) || who.all(|who| units(who).contains(&unit.id()))
        };
        let known = |unit: &Shared| unit.words().iter().all(|word| words.contains(word));
        let mut units = alternative.units.iter();
        let somebodys = match alternative.composed {
            true => !alternative.who.is_empty() && units.all(known),
            false => units.all(written),
        };
        assert!(somebodys, "seed {seed}");
    }
}

#[test]
fn p12_old_texts_do_not_come_back() {
    in_every_world(12, |case| {
        let mut world = World::new(case.seed);
        let old = world.text();
        let mut current = old.clone();
        (0..5).for_each(|_| world.edit(&mut current, "g"));
        let (old, current) = (
            Prose::parse(&old.markdown(70)),
            Prose::parse(&current.markdown(70)),
        );
        let merged = merge(
            &current,
            &[Voice::new("ana", &old, &old), Voice::new("bo", &old, &old)],
        );
        assert_eq!(
            merged.text(&current),
            current.source(),
            "seed {}",
            case.seed
        );
    });
}

/// A text with two sentences more at the start of a block, or with two blocks more before it.
fn with_additions(text: &Text, at: usize, who: &str) -> Text {
    let mut draft = text.clone();
    let sentence = |n: usize| (0..5).map(|word| format!("{who}{n}{word}")).collect();
    let added: Vec<Vec<String>> = (0..2).map(sentence).collect();
    if text.0[at].kind == Kind::Paragraph {
        draft.0[at].sentences.splice(0..0, added);
    } else {
        let block = |sentence| Block {
            kind: Kind::Paragraph,
            sentences: vec![sentence],
        };
        draft.0.splice(at..at, added.into_iter().map(block));
    }
    draft
}

#[test]
fn p19_additions_of_two_people_do_not_interleave() {
    in_every_world(19, |mut case| {
        if case.current.0.is_empty() {
            return;
        }
        let at = case.world.chance.below(case.current.0.len());
        let draft = |who: &&str| {
            let draft = with_additions(&case.current, at, who);
            (case.current.clone(), draft)
        };
        case.drafts = PEOPLE[..3].iter().map(draft).collect();
        let maker = |unit: Shared| {
            let text = unit.text().to_lowercase();
            let starts = |who: &&str| {
                text.starts_with(&format!("{who}0")) || text.starts_with(&format!("{who}1"))
            };
            PEOPLE.iter().position(starts)
        };
        let units = status_quo(&case.read().merge());
        let makers: Vec<usize> = units.into_iter().filter_map(maker).collect();
        let mut runs = makers.clone();
        runs.dedup();
        assert_eq!((makers.len(), runs.len()), (6, 3), "seed {}", case.seed);
    });
}

#[test]
fn p26_everybody_who_wrote_a_new_passage_is_named() {
    in_every_plain_world(26, |case| {
        let read = case.read();
        let stood = ids(read.current.units());
        for part in &read.merge().parts {
            let Part::Unit(unit, Origin::By(who)) = part else {
                continue;
            };
            if unit.is_mark() || stood.contains(&unit.id()) {
                continue;
            }
            for (name, (_, draft)) in PEOPLE.iter().zip(&read.drafts) {
                let wrote = draft.units().contains(unit);
                assert_eq!(
                    wrote,
                    who.contains(*name),
                    "seed {}: {}",
                    case.seed,
                    unit.text()
                );
            }
        }
    });
}
