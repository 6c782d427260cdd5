//! Laws of unanimity: who is not contradicted is followed, and who says nothing new changes nothing.

use onetext::merge::{Voice, merge};
use onetext::prose::Prose;

use super::{PEOPLE, assert_becomes, bare_choices, ids, in_every_world, seen, status_quo};
use crate::worlds::{Block, Kind, Text};

#[test]
fn p3_nothing_wanted_changes_no_byte() {
    in_every_world(3, |mut case| {
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
    });
}

#[test]
fn p4_a_single_draft_is_taken_as_it_is() {
    in_every_world(4, |case| {
        let mut read = case.read();
        read.drafts.truncate(1);
        read.drafts[0].0 = read.current.clone();
        let merged = read.merge();
        assert_becomes(&merged, read.drafts[0].1.units(), case.seed);
    });
}

#[test]
fn p5_a_copy_of_a_draft_changes_no_text() {
    in_every_world(5, |case| {
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
    });
}

#[test]
fn p6_drafts_that_agree_are_taken_as_they_are() {
    in_every_world(6, |case| {
        let read = case.read();
        let draft = &read.drafts[0].1;
        let voices: Vec<_> = PEOPLE
            .iter()
            .map(|who| Voice::new(who, &read.current, draft))
            .collect();
        let merged = merge(&read.current, &voices);
        assert_becomes(&merged, draft.units(), case.seed);
    });
}

#[test]
fn p7_silence_is_neutral() {
    in_every_world(7, |case| {
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
    });
}

#[test]
fn p8_edits_in_different_blocks_all_apply() {
    in_every_world(8, |mut case| {
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
    });
}

/// The last block of the texts that follow; only the person who is added edits it.
fn tail(word: &str) -> Block {
    let sentence = ["closing", "words", "that", "stand", "at", word];
    Block {
        kind: Kind::Paragraph,
        sentences: vec![sentence.map(str::to_owned).to_vec()],
    }
}

fn with_tail(text: &Text, word: &str) -> Prose {
    let mut text = text.clone();
    let sentence = ["a", "heading", "before", "the", "close"];
    text.0.push(Block {
        kind: Kind::Heading,
        sentences: vec![sentence.map(str::to_owned).to_vec()],
    });
    text.0.push(tail(word));
    Prose::parse(&text.markdown(usize::MAX))
}

#[test]
fn p16_who_edits_elsewhere_changes_nothing_here() {
    in_every_world(16, |case| {
        let current = with_tail(&case.current, "last");
        let other = with_tail(&case.current, "least");
        let texts = case.drafts.iter();
        let texts: Vec<(Prose, Prose)> = texts
            .map(|(base, draft)| (with_tail(base, "last"), with_tail(draft, "last")))
            .collect();
        let voices = PEOPLE.iter().zip(&texts);
        let mut voices: Vec<_> = voices
            .map(|(who, (base, draft))| Voice::new(who, base, draft))
            .collect();
        let before = merge(&current, &voices);
        voices.push(Voice::new("zoe", &current, &other));
        let after = merge(&current, &voices);
        assert_eq!(
            bare_choices(&before),
            bare_choices(&after),
            "seed {}",
            case.seed
        );
        let (mut before, mut after) = (ids(&status_quo(&before)), ids(&status_quo(&after)));
        assert_ne!(before.pop(), after.pop(), "seed {}", case.seed);
        assert_eq!(before, after, "seed {}", case.seed);
    });
}

/// Whether each passage has more than half of its words still; with fewer it is seen as another one.
fn keeps_half_of_each_passage(old: &Prose, new: &Prose) -> bool {
    let mostly = |a: &[u64], b: &[u64]| {
        let known = a.iter().filter(|word| b.contains(word));
        2 * known.count() > a.len()
    };
    old.passages()
        .zip(new.passages())
        .all(|(old, new)| mostly(old.words(), new.words()) && mostly(new.words(), old.words()))
}

#[test]
fn p17_who_writes_the_whole_result_takes_nothing_back() {
    in_every_world(17, |mut case| {
        for (who, (base, draft)) in PEOPLE.iter().zip(&mut case.drafts) {
            base.clone_from(&case.current);
            draft.clone_from(&case.current);
            for block in 0..draft.0.len() {
                let sentence = case.world.chance.below(draft.0[block].sentences.len());
                case.world.replace_word(draft, block, sentence, &who[..1]);
            }
        }
        let read = case.read();
        let mut voices = read.voices(&PEOPLE);
        let before = merge(&read.current, &voices);
        let text = Prose::parse(&before.text(&read.current));
        if !keeps_half_of_each_passage(&read.current, &text) {
            return;
        }
        voices.push(Voice::new("zoe", &read.current, &text));
        let after = merge(&read.current, &voices);
        assert_eq!(
            before.text(&read.current),
            after.text(&read.current),
            "seed {}",
            case.seed
        );
    });
}

#[test]
fn p18_an_edit_can_be_undone() {
    in_every_world(18, |case| {
        let mut read = case.read();
        let (base, draft) = read.drafts.swap_remove(0);
        let merged = merge(&draft, &[Voice::new("ana", &draft, &base)]);
        assert_becomes(&merged, base.units(), case.seed);
    });
}
