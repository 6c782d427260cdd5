//! The merge of plain files: its laws on every pair and triple of a small world, and the cases in `tests/merges-text/`.

use std::fs::read_to_string;
use std::path::Path;

use onetext::merge::text::{TextMerge, TextPart, merge_texts};

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
