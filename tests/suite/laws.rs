//! The laws of the merge, each on many random worlds.
//!
//! `ONETEXT_LAWS=1000000 cargo test laws` runs more of them than the ten thousand of a normal run.

use std::collections::BTreeSet;

use onetext::merge::base::considered;
use onetext::merge::{Answers, Merge, Origin, Part, Voice, merge};
use onetext::prose::Prose;
use onetext::prose::unit::Shared;

use crate::worlds::{Kind, Text, World};

const PEOPLE: [&str; 5] = ["ana", "bo", "chi", "dee", "eve"];

/// A current text, an older one it came from, and drafts with their bases.
struct Case {
    seed: u64,
    world: World,
    current: Text,
    drafts: Vec<(Text, Text)>,
}

fn cases(law: u64) -> impl Iterator<Item = Case> {
    let count = std::env::var("ONETEXT_LAWS")
        .ok()
        .and_then(|count| count.parse().ok());
    let count: u64 = count.unwrap_or(10_000) / 10;
    (0..count).map(move |n| case(law.wrapping_mul(1 << 40) + n))
}

fn case(seed: u64) -> Case {
    let mut world = World::new(seed);
    let old = world.text();
    let mut current = old.clone();
    let aged = world.chance.one_in(3);
    if aged {
        for _ in 0..3 {
            world.edit(&mut current, "g");
        }
    }
    let people = 1 + world.chance.below(PEOPLE.len());
    let drafts = PEOPLE[..people]
        .iter()
        .map(|who| {
            let base = if aged && world.chance.one_in(2) {
                &old
            } else {
                &current
            };
            (base.clone(), world.draft(base, &who[..1]))
        })
        .collect();
    Case {
        seed,
        world,
        current,
        drafts,
    }
}

struct Read {
    current: Prose,
    drafts: Vec<(Prose, Prose)>,
}

impl Case {
    fn read(&self) -> Read {
        self.read_at(usize::MAX)
    }

    fn read_at(&self, width: usize) -> Read {
        let read = |text: &Text| Prose::parse(&text.markdown(width));
        let drafts = self
            .drafts
            .iter()
            .map(|(base, draft)| (read(base), read(draft)))
            .collect();
        Read {
            current: read(&self.current),
            drafts,
        }
    }
}

impl Read {
    fn voices<'a>(&'a self, names: &[&str]) -> Vec<Voice<'a>> {
        let voice =
            |(name, (base, draft)): (&&str, &'a (Prose, Prose))| Voice::new(name, base, draft);
        names.iter().zip(&self.drafts).map(voice).collect()
    }

    fn merge(&self) -> Merge {
        merge(&self.current, &self.voices(&PEOPLE))
    }
}

fn ids(units: &[Shared]) -> Vec<u64> {
    units.iter().map(|unit| unit.id()).collect()
}

fn passages(units: &[Shared]) -> Vec<u64> {
    units
        .iter()
        .filter(|unit| !unit.is_mark())
        .map(|unit| unit.id())
        .collect()
}

fn status_quo(merged: &Merge) -> Vec<Shared> {
    merged.units(&Answers::new())
}

/// Everything about a merge that a reader sees, names included.
fn seen(merged: &Merge, current: &Prose) -> String {
    let choices: Vec<String> = merged
        .choices()
        .map(|choice| format!("{} {:?} {:?}", choice.id, choice.kind, choice.alternatives))
        .collect();
    format!("{}\n{choices:#?}\n{:?}", merged.text(current), merged.notes)
}

fn words(text: &Prose) -> BTreeSet<u64> {
    text.units()
        .iter()
        .flat_map(|unit| unit.words())
        .copied()
        .collect()
}

#[test]
fn p1_the_order_of_the_drafts_does_not_matter() {
    for mut case in cases(1) {
        let read = case.read();
        let mut voices = read.voices(&PEOPLE);
        let before = seen(&merge(&read.current, &voices), &read.current);
        voices.reverse();
        let turn = case.world.chance.below(voices.len());
        voices.rotate_left(turn);
        assert_eq!(
            before,
            seen(&merge(&read.current, &voices), &read.current),
            "seed {}",
            case.seed
        );
    }
}

#[test]
fn p2_names_do_not_influence_the_text() {
    for case in cases(2) {
        let read = case.read();
        let other = ["zoe", "yan", "xi", "wim", "val"];
        let own = read.merge();
        let renamed = merge(&read.current, &read.voices(&other));
        assert_eq!(
            own.text(&read.current),
            renamed.text(&read.current),
            "seed {}",
            case.seed
        );
        let choices = |merged: &Merge| {
            merged
                .choices()
                .map(|c| {
                    (
                        c.id.clone(),
                        c.alternatives
                            .iter()
                            .map(|a| ids(&a.units))
                            .collect::<Vec<_>>(),
                    )
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(choices(&own), choices(&renamed), "seed {}", case.seed);
        let back =
            |who: &String| PEOPLE[other.iter().position(|name| name == who).unwrap()].to_owned();
        let people = |merged: &Merge| {
            merged
                .choices()
                .map(onetext::merge::Choice::people)
                .collect::<Vec<_>>()
        };
        let named = people(&renamed)
            .iter()
            .map(|people| people.iter().map(back).collect())
            .collect::<Vec<_>>();
        assert_eq!(people(&own), named, "seed {}", case.seed);
    }
}

#[test]
fn p3_nothing_wanted_changes_no_byte() {
    for mut case in cases(3) {
        let width = 20 + case.world.chance.below(80);
        let source = case.current.markdown(width);
        let current = Prose::parse(&source);
        let voices: Vec<_> = PEOPLE
            .iter()
            .map(|who| Voice::new(who, &current, &current))
            .collect();
        let merged = merge(&current, &voices);
        assert_eq!(merged.text(&current), source, "seed {}", case.seed);
        assert!(
            merged.notes.is_empty() && merged.choices().next().is_none(),
            "seed {}",
            case.seed
        );
    }
}

#[test]
fn p4_a_single_draft_is_taken_as_it_is() {
    for case in cases(4) {
        let mut read = case.read();
        read.drafts.truncate(1);
        read.drafts[0].0 = read.current.clone();
        let merged = read.merge();
        assert_eq!(merged.choices().count(), 0, "seed {}", case.seed);
        assert_eq!(
            ids(&status_quo(&merged)),
            ids(read.drafts[0].1.units()),
            "seed {}",
            case.seed
        );
    }
}

#[test]
fn p5_a_copy_of_a_draft_changes_no_text() {
    for case in cases(5) {
        let read = case.read();
        let mut voices = read.voices(&PEOPLE);
        let before = merge(&read.current, &voices);
        let copy = Voice {
            who: "zoe".into(),
            ..voices[0].clone()
        };
        voices.push(copy);
        let after = merge(&read.current, &voices);
        assert_eq!(
            before.text(&read.current),
            after.text(&read.current),
            "seed {}",
            case.seed
        );
        for (before, after) in before.choices().zip(after.choices()) {
            assert_eq!(before.id, after.id, "seed {}", case.seed);
            assert_eq!(
                before.people().contains("ana"),
                after.people().contains("zoe"),
                "seed {}",
                case.seed
            );
        }
    }
}

#[test]
fn p6_drafts_that_agree_are_taken_as_they_are() {
    for case in cases(6) {
        let read = case.read();
        let draft = &read.drafts[0].1;
        let voices: Vec<_> = PEOPLE
            .iter()
            .map(|who| Voice::new(who, &read.current, draft))
            .collect();
        let merged = merge(&read.current, &voices);
        assert_eq!(merged.choices().count(), 0, "seed {}", case.seed);
        assert_eq!(
            ids(&status_quo(&merged)),
            ids(draft.units()),
            "seed {}",
            case.seed
        );
    }
}

#[test]
fn p7_silence_is_neutral() {
    for case in cases(7) {
        let read = case.read();
        let before = seen(&read.merge(), &read.current);
        let mut voices = read.voices(&PEOPLE);
        let base = &read.drafts[0].0;
        voices.push(Voice::new("zoe", base, base));
        assert_eq!(
            before,
            seen(&merge(&read.current, &voices), &read.current),
            "seed {}",
            case.seed
        );
    }
}

#[test]
fn p8_edits_in_different_blocks_all_apply() {
    for mut case in cases(8) {
        let mut expected = case.current.clone();
        let mut drafts = Vec::new();
        for (block, who) in (0..case.current.0.len()).zip(PEOPLE) {
            let mut draft = case.current.clone();
            let sentence = case.world.chance.below(draft.0[block].sentences.len());
            case.world.replace_word(&mut draft, block, sentence, who);
            expected.0[block] = draft.0[block].clone();
            drafts.push((case.current.clone(), draft));
        }
        case.drafts = drafts;
        let read = case.read();
        let merged = read.merge();
        assert_eq!(merged.choices().count(), 0, "seed {}", case.seed);
        assert_eq!(
            merged.text(&read.current),
            expected.markdown(usize::MAX),
            "seed {}",
            case.seed
        );
    }
}

#[test]
fn p10_no_word_of_a_draft_is_lost() {
    for case in cases(10) {
        let read = case.read();
        let merged = read.merge();
        let mut kept: BTreeSet<u64> = status_quo(&merged)
            .iter()
            .flat_map(|unit| unit.words().to_vec())
            .collect();
        let alternatives = merged.choices().flat_map(|choice| &choice.alternatives);
        kept.extend(
            alternatives
                .flat_map(|a| &a.units)
                .flat_map(|unit| unit.words().to_vec()),
        );
        for (base, draft) in &read.drafts {
            let own = &words(draft) - &words(base);
            assert!(own.is_subset(&kept), "seed {}", case.seed);
        }
    }
}

#[test]
fn p10b_no_passage_goes_that_nobody_let_go() {
    for case in cases(110) {
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
    }
}

#[test]
fn p11_and_p25_every_passage_is_somebodys() {
    for case in cases(11) {
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
                        "seed {}: {}",
                        case.seed,
                        unit.text()
                    );
                }
                Part::Unit(_, Origin::Composed(who)) => {
                    assert!(!who.is_empty(), "seed {}", case.seed);
                }
                Part::Choice(choice) => {
                    for alternative in &choice.alternatives {
                        let written = |unit: &Shared| {
                            alternative.who.iter().all(|who| {
                                of(who).contains(&unit.id()) || stands.contains(&unit.id())
                            })
                        };
                        assert!(alternative.units.iter().all(written), "seed {}", case.seed);
                    }
                }
            }
        }
    }
}

#[test]
fn p12_old_texts_do_not_come_back() {
    for case in cases(12) {
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
    }
}

#[test]
fn p13_wrapping_does_not_matter() {
    for mut case in cases(13) {
        let plain = case.read();
        let width = 15 + case.world.chance.below(60);
        let mut wrapped = case.read_at(width);
        wrapped.current = plain.current.clone();
        assert_eq!(
            seen(&plain.merge(), &plain.current),
            seen(&wrapped.merge(), &plain.current),
            "seed {}",
            case.seed
        );
    }
}

#[test]
fn p20_choices_are_genuine() {
    for case in cases(20) {
        use onetext::merge::ChoiceKind::{Deletion, Late};
        for choice in case.read().merge().choices() {
            let mut all: Vec<_> = choice.alternatives.iter().map(|a| ids(&a.units)).collect();
            assert!(!all.contains(&ids(&choice.now)), "seed {}", case.seed);
            all.sort();
            all.dedup();
            assert_eq!(all.len(), choice.alternatives.len(), "seed {}", case.seed);
            assert!(
                all.len() > 1 || matches!(choice.kind, Late | Deletion),
                "seed {}",
                case.seed
            );
        }
    }
}

#[test]
fn p23_and_p24_what_was_decided_stays_decided() {
    for mut case in cases(23) {
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
        assert_eq!(again.choices().count(), 0, "seed {}", case.seed);
    }
}

#[test]
fn p23b_later_edits_arrive() {
    for mut case in cases(123) {
        let read = case.read();
        let merged = read.merge();
        let next = Prose::parse(&merged.text(&read.current));
        let (_, draft) = case.drafts[0].clone();
        let mut later = draft.clone();
        case.world.edit(&mut later, "z");
        let (draft, later) = (
            Prose::parse(&draft.markdown(70)),
            Prose::parse(&later.markdown(70)),
        );
        let again = merge(&next, &[Voice::new("ana", &draft, &later)]);
        let mut kept: BTreeSet<u64> = status_quo(&again)
            .iter()
            .flat_map(|unit| unit.words().to_vec())
            .collect();
        let alternatives = again.choices().flat_map(|choice| &choice.alternatives);
        kept.extend(
            alternatives
                .flat_map(|a| &a.units)
                .flat_map(|unit| unit.words().to_vec()),
        );
        assert!(
            (&words(&later) - &words(&draft)).is_subset(&kept),
            "seed {}",
            case.seed
        );
    }
}

#[test]
fn p23c_one_decided_choice_does_not_come_back() {
    for mut case in cases(223) {
        case.drafts
            .iter_mut()
            .for_each(|(base, _)| *base = case.current.clone());
        let read = case.read();
        let merged = read.merge();
        let choices: Vec<_> = merged.choices().collect();
        if choices.is_empty() {
            continue;
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
    }
}

#[test]
fn what_is_written_reads_as_the_same_units() {
    for case in cases(14) {
        let read = case.read();
        let merged = read.merge();
        let units = status_quo(&merged);
        let text = Prose::parse(&merged.text(&read.current));
        assert_eq!(
            passages(text.units()),
            passages(&units),
            "seed {}",
            case.seed
        );
    }
}

#[test]
fn headings_and_items_are_in_the_worlds() {
    let mut world = World::new(1);
    let kinds: Vec<Kind> = (0..50)
        .flat_map(|_| world.text().0)
        .map(|block| block.kind)
        .collect();
    assert!(kinds.contains(&Kind::Heading) && kinds.contains(&Kind::Item));
}
