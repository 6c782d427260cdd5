//! The merge of plain files: its laws on every pair and triple of a small world, and the cases in `tests/merges-text/`.

use std::collections::BTreeSet;
use std::fs::read_to_string;
use std::path::Path;

use onetext::merge::text::{TextMerge, TextPart, merge_texts};

use crate::worlds::World;

const BASE: [&str; 3] = ["- red wine", "- old bread", "- blue cheese"];

/// Every version of the base that one edit makes, and the word that it brings.
fn versions(word: &str) -> Vec<(String, String)> {
    let mut out = vec![(text(&BASE), String::new())];
    for at in 0..BASE.len() {
        let mut lines = BASE.to_vec();
        lines.remove(at);
        out.push((text(&lines), String::new()));
        for edited in [format!("- {word}"), format!("{} {word}", BASE[at])] {
            let mut lines = BASE.to_vec();
            lines[at] = &edited;
            out.push((text(&lines), word.to_owned()));
        }
    }
    for at in 0..=BASE.len() {
        let added = format!("- {word} too");
        let mut lines = BASE.to_vec();
        lines.insert(at, &added);
        out.push((text(&lines), word.to_owned()));
    }
    out
}

fn text(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Whether a word stands in the result or is offered by a conflict.
fn tells(merge: &TextMerge, word: &str) -> bool {
    merge.parts.iter().any(|part| match part {
        TextPart::Text(text) => text.contains(word),
        TextPart::Conflict { sides, .. } => sides.iter().any(|side| side.contains(word)),
    })
}

#[test]
fn one_voice_and_many_equal_voices_have_their_way() {
    for (version, _) in versions("apples") {
        for sides in [vec![&*version], vec![&*version, &version, &text(&BASE)]] {
            let merge = merge_texts(&text(&BASE), &sides);
            assert_eq!(merge.conflicts(), 0, "{sides:?}");
            assert_eq!(merge.reading(), version, "{sides:?}");
        }
    }
}

#[test]
fn order_never_matters_and_no_word_is_lost() {
    let worlds = ["apples", "butter", "cream"].map(versions);
    let base = text(&BASE);
    for (one, first) in &worlds[0] {
        for (two, second) in &worlds[1] {
            for (three, third) in &worlds[2] {
                let merge = merge_texts(&base, &[one, two, three]);
                let turned = merge_texts(&base, &[three, one, two]);
                assert_eq!(merge.reading(), turned.reading(), "{one}{two}{three}");
                assert_eq!(merge.conflicts(), turned.conflicts(), "{one}{two}{three}");
                for word in [first, second, third] {
                    assert!(tells(&merge, word), "{word} of\n{one}{two}{three}{merge:?}");
                }
            }
        }
    }
}

#[test]
fn a_line_goes_only_if_somebody_deleted_it() {
    let base = text(&BASE);
    for (one, _) in versions("apples") {
        for (two, _) in versions("butter") {
            let merge = merge_texts(&base, &[&one, &two]);
            for word in ["wine", "bread", "cheese"] {
                let kept = one.contains(word) && two.contains(word);
                assert!(
                    !kept || merge.reading().contains(word),
                    "{one}{two}{merge:?}"
                );
                let gone = !one.contains(word) && !two.contains(word);
                let comes_back = merge.conflicts() == 0 && merge.reading().contains(word);
                assert!(!gone || !comes_back, "{one}{two}{merge:?}");
            }
        }
    }
}

/// Versions of random texts, at random widths: their merge is the same in any order, loses no word, and says nothing
/// more often than a version does.
#[test]
fn random_versions_lose_no_word_and_repeat_nothing() {
    let count = std::env::var("ONETEXT_LAWS").ok();
    let count: u64 = count.and_then(|count| count.parse().ok()).unwrap_or(10_000);
    for seed in 0..count / 10 {
        let mut world = World::new(seed ^ (0xf11e << 40));
        let base = world.text();
        let drafts = ["a", "b"].map(|maker| world.draft(&base, maker));
        let mut width = || *world.chance.pick(&[20, 60, usize::MAX]);
        let (base, wrapped) = (base.markdown(width()), width());
        let [one, two] = [drafts[0].markdown(wrapped), drafts[1].markdown(width())];
        let merge = merge_texts(&base, &[&one, &two]);
        let turned = merge_texts(&base, &[&two, &one]);
        assert_eq!(merge.reading(), turned.reading(), "seed {seed}");
        assert_eq!(merge.conflicts(), turned.conflicts(), "seed {seed}");
        let known: BTreeSet<&str> = letters(&base).collect();
        for word in letters(&one).chain(letters(&two)) {
            assert!(
                known.contains(word) || tells(&merge, word),
                "seed {seed}: {word}"
            );
        }
        if merge.conflicts() == 0 {
            let result = merge.reading();
            let most = |run: &[&str]| {
                [&base, &one, &two]
                    .map(|text| often(text, run))
                    .into_iter()
                    .fold(1, usize::max)
            };
            for run in words(&result).windows(8).filter(|run| is_telling(run)) {
                assert!(often(&result, run) <= most(run), "seed {seed}: {run:?}");
            }
        }
    }
}

/// The words of a text without the signs around them.
fn letters(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|sign: char| !sign.is_alphanumeric());
    words.filter(|word| !word.is_empty())
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn often(text: &str, run: &[&str]) -> usize {
    words(text)
        .windows(run.len())
        .filter(|other| *other == run)
        .count()
}

fn is_telling(run: &[&str]) -> bool {
    let is_word = |word: &&&str| word.chars().filter(|sign| sign.is_alphabetic()).count() > 2;
    run.iter().filter(is_word).count() >= 5
}

#[test]
fn every_case_of_files_merges_as_expected() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/merges-text");
    let mut seen = 0;
    for case in std::fs::read_dir(cases).expect("there are cases") {
        let case = case.expect("a case can be read").path();
        let read = |name: &str| read_to_string(case.join(name)).expect("a case is text");
        let merge = merge_texts(&read("base.md"), &[&read("ours.md"), &read("theirs.md")]);
        assert_eq!(merge.reading(), read("expected.md"), "{}", case.display());
        let conflicts = format!("conflicts: {}\n", merge.conflicts());
        assert!(
            read("why.md").starts_with(&conflicts),
            "{}: {conflicts}",
            case.display()
        );
        seen += 1;
    }
    assert!(seen >= 8, "only {seen} cases");
}
