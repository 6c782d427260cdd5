//! The laws on every small world: each base of up to three sentences, and each pair of drafts that one edit makes of it;
//! each triple of drafts where the base has two sentences.

use std::collections::BTreeSet;

use onetext::merge::{Merge, Origin, Part, Voice, merge};
use onetext::prose::Prose;

use super::{ids, seen, status_quo, told_words, words};

/// Three sentences that a base may have, two of them alike, and one that only drafts have.
const SENTENCES: [&str; 4] = [
    "The red barn is old.",
    "The red barn is new.",
    "We vote.",
    "Rain falls in March.",
];

/// Sentences by number; whether a paragraph ends before each but the first.
type Small = Vec<(usize, bool)>;

fn markdown(text: &Small) -> String {
    let mut out = String::new();
    for (at, (sentence, starts)) in text.iter().enumerate() {
        out.push_str(match (at, starts) {
            (0, _) => "",
            (_, true) => "\n\n",
            (_, false) => " ",
        });
        out.push_str(SENTENCES[*sentence]);
    }
    out + "\n"
}

/// All texts of some sentences of the first three.
fn bases(length: usize) -> Vec<Small> {
    let mut out = vec![Vec::new()];
    for at in 0..length {
        let longer = |text: &Small| {
            let mut all = Vec::new();
            for sentence in 0..3 {
                for starts in [true, false] {
                    // The first sentence always starts a paragraph.
                    if at > 0 || starts {
                        all.push([text.as_slice(), &[(sentence, starts)]].concat());
                    }
                }
            }
            all
        };
        out = out.iter().flat_map(longer).collect();
    }
    out
}

/// Every text that one edit makes: a sentence added, rewritten, deleted or moved, a paragraph divided or joined.
fn edited(base: &Small) -> Vec<Small> {
    let mut out = BTreeSet::new();
    for at in 0..=base.len() {
        for added in [2, 3] {
            for starts in [true, false] {
                let mut text = base.clone();
                text.insert(at, (added, starts));
                out.insert(text);
            }
        }
    }
    for at in 0..base.len() {
        for sentence in 0..SENTENCES.len() {
            let mut text = base.clone();
            text[at].0 = sentence;
            out.insert(text);
        }
        let mut text = base.clone();
        text[at].1 = !text[at].1;
        out.insert(text);
        let mut rest = base.clone();
        let moved = rest.remove(at);
        out.insert(rest.clone());
        for to in 0..=rest.len() {
            let mut text = rest.clone();
            text.insert(to, moved);
            out.insert(text);
        }
    }
    // The first sentence always starts a paragraph.
    out.into_iter()
        .map(|mut text| {
            text.iter_mut().take(1).for_each(|first| first.1 = true);
            text
        })
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

fn voices<'a>(names: [&str; 3], base: &'a Prose, drafts: &[&'a Prose]) -> Vec<Voice<'a>> {
    let named = names.into_iter().zip(drafts);
    named
        .map(|(who, draft)| Voice::new(who, base, draft))
        .collect()
}

fn told(base: &Prose, drafts: &[&Prose]) -> String {
    let drafts: Vec<&str> = drafts.iter().map(|draft| draft.source()).collect();
    format!("{:?} and drafts {drafts:?}", base.source())
}

/// What must hold of any merge of drafts of one base.
fn holds(base: &Prose, drafts: &[&Prose]) {
    let told = || told(base, drafts);
    let mut all = voices(["ana", "bo", "chi"], base, drafts);
    let merged = merge(base, &all);
    all.reverse();
    all.push(Voice::new("dee", base, base));
    let other = merge(base, &all);
    assert_eq!(seen(&merged, base), seen(&other, base), "order: {}", told());
    let renamed = merge(base, &voices(["zoe", "xi", "wim"], base, drafts));
    assert_eq!(merged.text(base), renamed.text(base), "names: {}", told());
    let kept = told_words(&merged);
    for draft in drafts {
        let own = &words(draft) - &words(base);
        assert!(own.is_subset(&kept), "loss: {}", told());
    }
    let mut written = ids(base.units());
    written.extend(drafts.iter().flat_map(|draft| ids(draft.units())));
    for part in &merged.parts {
        if let Part::Unit(unit, Origin::Text | Origin::By(_)) = part {
            assert!(written.contains(&unit.id()), "words: {}", told());
        }
    }
    lasts(&merged, base, drafts);
}

/// What must hold of the result: it reads back as it is, and the drafts that made it want nothing more of it.
fn lasts(merged: &Merge, base: &Prose, drafts: &[&Prose]) {
    let told = || told(base, drafts);
    let next = Prose::parse(&merged.text(base));
    assert_eq!(
        ids(next.units()),
        ids(&status_quo(merged)),
        "form: {}",
        told()
    );
    let mut again = voices(["ana", "bo", "chi"], base, drafts);
    for voice in &mut again {
        voice.base = Some(voice.draft);
    }
    let again = merge(&next, &again);
    assert_eq!(again.text(&next), next.source(), "persistence: {}", told());
    assert_eq!(again.choices().count(), 0, "persistence: {}", told());
}

/// What must hold if all drafts are one, on this base or an older one.
fn follows(base: &Prose, draft: &Prose) {
    for people in [&["ana"][..], &["ana", "bo", "chi"]] {
        let voices = people.iter().map(|who| Voice::new(who, base, draft));
        let merged = merge(base, &voices.collect::<Vec<_>>());
        assert_eq!(
            merged.choices().count(),
            0,
            "{:?} to {:?}",
            base.source(),
            draft.source()
        );
        assert_eq!(
            ids(&status_quo(&merged)),
            ids(draft.units()),
            "{:?} to {:?}",
            base.source(),
            draft.source()
        );
    }
    let silent = merge(draft, &[Voice::new("ana", base, base)]);
    assert_eq!(silent.text(draft), draft.source());
    let adopted = merge(draft, &[Voice::new("ana", base, draft)]);
    assert_eq!(
        adopted.text(draft),
        draft.source(),
        "adopted from {:?}",
        base.source()
    );
    assert_eq!(
        adopted.choices().count(),
        0,
        "{:?} to {:?}",
        base.source(),
        draft.source()
    );
}

#[test]
fn every_small_world_follows_one_draft() {
    for base in (0..=3).flat_map(bases) {
        let read = Prose::parse(&markdown(&base));
        for draft in edited(&base) {
            let further = edited(&draft).into_iter().filter(|_| base.len() < 3);
            for draft in further.chain([draft]) {
                follows(&read, &Prose::parse(&markdown(&draft)));
            }
        }
    }
}

#[test]
fn the_laws_hold_for_every_pair_in_every_small_world() {
    for base in (0..=3).flat_map(bases) {
        let read = Prose::parse(&markdown(&base));
        let drafts: Vec<Prose> = edited(&base)
            .iter()
            .map(|text| Prose::parse(&markdown(text)))
            .collect();
        for (at, one) in drafts.iter().enumerate() {
            for two in &drafts[at..] {
                holds(&read, &[one, two]);
            }
        }
    }
}

#[test]
fn the_laws_hold_for_every_triple_in_every_tiny_world() {
    for base in (0..=2).flat_map(bases) {
        let read = Prose::parse(&markdown(&base));
        let drafts: Vec<Prose> = edited(&base)
            .iter()
            .map(|text| Prose::parse(&markdown(text)))
            .collect();
        for (at, one) in drafts.iter().enumerate() {
            for (after, two) in drafts.iter().enumerate().skip(at) {
                for three in &drafts[after..] {
                    holds(&read, &[one, two, three]);
                }
            }
        }
    }
}
