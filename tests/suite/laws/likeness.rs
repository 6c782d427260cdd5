//! Laws of likeness: the same drafts make the same text, however they are read.

use onetext::merge::{Choice, Merge, merge};
use onetext::prose::Prose;

use super::{PEOPLE, bare_choices, ids, in_every_world, seen, status_quo};
use crate::worlds::Kind;

#[test]
fn p1_the_order_of_the_drafts_does_not_matter() {
    in_every_world(1, |mut case| {
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
    });
}

#[test]
fn p2_names_do_not_influence_the_text() {
    let other = ["zoe", "yan", "xi", "wim", "val"];
    let back = |who: &String| PEOPLE[other.iter().position(|name| name == who).unwrap()].to_owned();
    let people = |merged: &Merge| merged.choices().map(Choice::people).collect::<Vec<_>>();
    in_every_world(2, |case| {
        let read = case.read();
        let own = read.merge();
        let renamed = merge(&read.current, &read.voices(&other));
        let texts = [&own, &renamed].map(|merged| merged.text(&read.current));
        assert_eq!(texts[0], texts[1], "seed {}", case.seed);
        assert_eq!(
            bare_choices(&own),
            bare_choices(&renamed),
            "seed {}",
            case.seed
        );
        let named = people(&renamed)
            .iter()
            .map(|people| people.iter().map(back).collect())
            .collect::<Vec<_>>();
        assert_eq!(people(&own), named, "seed {}", case.seed);
    });
}

#[test]
fn p13_wrapping_does_not_matter() {
    in_every_world(13, |mut case| {
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
    });
}

/// A word with quotation marks as a book has them.
fn typeset_quotes(word: &str) -> String {
    let mut out = String::new();
    for (at, part) in word.split('"').enumerate() {
        let quote = if at % 2 == 1 { "\u{201c}" } else { "\u{201d}" };
        out.push_str(if at > 0 { quote } else { "" });
        out.push_str(part);
    }
    out
}

#[test]
fn p15_typography_does_not_matter() {
    in_every_world(15, |case| {
        let read = case.read();
        let mut typeset = case.read();
        for (at, (_, draft)) in case.drafts.iter().enumerate() {
            let mut draft = draft.clone();
            let blocks = draft.0.iter_mut();
            // Where it is code, a sign is that sign.
            let code = [Kind::Code, Kind::InnerCode, Kind::Html];
            let prose = blocks.filter(|block| !code.contains(&block.kind));
            let words = prose.flat_map(|block| &mut block.sentences).flatten();
            words.for_each(|word| *word = typeset_quotes(word));
            typeset.drafts[at].1 = Prose::parse(&draft.markdown(usize::MAX));
        }
        let (plain, curly) = (read.merge(), typeset.merge());
        assert_eq!(
            ids(&status_quo(&plain)),
            ids(&status_quo(&curly)),
            "seed {}",
            case.seed
        );
        assert_eq!(
            bare_choices(&plain),
            bare_choices(&curly),
            "seed {}",
            case.seed
        );
    });
}

#[test]
fn p30_the_number_of_threads_does_not_matter() {
    let pool = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().expect("there are threads")
    };
    let (one, four) = (pool(1), pool(4));
    in_every_world(30, |case| {
        let read = case.read();
        let texts = [&one, &four].map(|pool| pool.install(|| seen(&read.merge(), &read.current)));
        assert_eq!(texts[0], texts[1], "seed {}", case.seed);
    });
}
