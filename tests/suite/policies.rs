//! What is folded without asking under each policy, and decisions that are remembered.

use std::collections::BTreeSet;

use onetext::merge::{Accept, Answers, Policy, Voice, merge_under};
use onetext::prose::Prose;

use crate::sandbox::{Run, Sandbox};
use crate::worlds::{Text, World};

const AGREED: &str = "We are rather small. There are about forty co-ops in the whole country.\n";

/// A narrative under a policy, with an agreed text that all three wrote.
fn agreed(policy: &str) -> Sandbox {
    let sandbox = Sandbox::with_narrative();
    sandbox.drafts(&[("ana", AGREED), ("bo", AGREED), ("chi", AGREED)]);
    sandbox.run(["merge", "size"]).succeeds();
    assert_eq!(sandbox.read("narrative/1-size/agreed.md"), AGREED);
    let config = sandbox.read("narrative/narrative.toml");
    sandbox.write(
        "narrative/narrative.toml",
        format!("{config}\n[merge]\n{policy}\n"),
    );
    sandbox.commit("the policy");
    sandbox
}

/// Writes the sheet of the open choices, fills it in and reads it back.
fn decide(sandbox: &Sandbox, fill: impl Fn(&str) -> String) -> Run {
    let sheet = sandbox.run(["decide", "size", "--sheet", "-"]).stdout;
    sandbox.write("sheet.md", fill(&sheet));
    sandbox.run(["decide", "size", "--from", "sheet.md"])
}

#[test]
fn below_the_quorum_a_change_is_a_choice_and_with_it_it_is_folded() {
    let sandbox = agreed("accept = { quorum = 2 }");
    let very = AGREED.replace("rather", "very");
    sandbox.drafts(&[("ana", &very)]);
    let run = sandbox.run(["merge", "size"]).exits_with(3);
    run.says("make this change?")
        .says("A (ana): We are very small.");
    assert_eq!(sandbox.agreed(), AGREED);
    sandbox.drafts(&[("bo", &very)]);
    sandbox.run(["merge", "size"]).succeeds();
    assert_eq!(sandbox.agreed(), very);
}

#[test]
fn additions_deletions_and_moves_need_the_quorum_too() {
    let sandbox = agreed("accept = \"none\"");
    sandbox.drafts(&[
        ("ana", &AGREED.replace("We are rather small. ", "")),
        ("bo", &AGREED.replace(".\n", ". They share.\n")),
    ]);
    let run = sandbox.run(["merge", "size", "--json"]).exits_with(3);
    let choices = run.json()["questions"][0]["choices"].clone();
    assert_eq!(choices.as_array().map(Vec::len), Some(2), "{choices}");
    assert_eq!(sandbox.agreed(), AGREED);
    decide(&sandbox, |sheet| sheet.replace("- [ ] A", "- [x] A")).succeeds();
    assert_eq!(
        sandbox.agreed(),
        "There are about forty co-ops in the whole country. They share.\n"
    );
}

/// A move is no choice that anybody could be asked: it waits, and is counted when somebody else asks for it too.
#[test]
fn a_move_below_the_quorum_waits_for_others() {
    let list = [
        "We are small.",
        "There are forty of us.",
        "They share all they earn.",
    ];
    let text_of = |order: [usize; 3]| order.map(|at| list[at]).join("\n\n") + "\n";
    let (stands, moved) = (text_of([0, 1, 2]), text_of([2, 0, 1]));
    let sandbox = agreed("accept = { quorum = 2 }");
    sandbox.drafts(&[("ana", &stands), ("bo", &stands), ("chi", &stands)]);
    sandbox.run(["merge", "size"]).succeeds();
    assert_eq!(sandbox.agreed(), stands);
    sandbox.drafts(&[("ana", &moved)]);
    sandbox
        .run(["merge", "size"])
        .succeeds()
        .says("too few have asked to move it yet (ana): They share all they earn.");
    assert_eq!(sandbox.agreed(), stands);
    sandbox
        .run(["merge", "size"])
        .succeeds()
        .says("nothing new");
    sandbox.drafts(&[("chi", &moved)]);
    sandbox.run(["merge", "size"]).succeeds();
    assert_eq!(sandbox.agreed(), moved);
}

#[test]
fn a_composed_sentence_is_asked_about_if_the_group_wants_that() {
    let sandbox = agreed("words = \"ask\"");
    let hundred = AGREED.replace("forty", "sixty");
    let town = AGREED.replace("whole country", "whole region");
    sandbox.drafts(&[("ana", &hundred), ("bo", &town)]);
    let composed = "There are about sixty co-ops in the whole region.";
    sandbox
        .run(["merge", "size"])
        .exits_with(3)
        .says(&format!("A (composed of ana, bo): {composed}"));
    assert_eq!(sandbox.agreed(), AGREED);
    decide(&sandbox, |sheet| sheet.replace("- [ ] A", "- [x] A")).succeeds();
    assert!(sandbox.agreed().contains(composed));
    let record = sandbox.read("narrative/1-size/record.toml");
    assert!(record.contains("fate = \"merged\""), "{record}");
    assert!(!record.contains("fate = \"declined\""), "{record}");
}

#[test]
fn a_wrong_policy_is_refused_with_its_place() {
    let sandbox = agreed("accept = \"unopposed\"");
    let config = sandbox.read("narrative/narrative.toml");
    sandbox.write(
        "narrative/narrative.toml",
        config.replace("accept", "acept"),
    );
    sandbox.commit("a slip");
    sandbox
        .run(["merge", "size"])
        .warns("narrative.toml:5:1: unknown key `acept`")
        .warns("did you mean `accept`?");
}

#[test]
fn an_earlier_decision_is_offered_and_never_carried_out_by_itself() {
    let sandbox = agreed("");
    let still = AGREED.replace("rather", "still");
    let very = AGREED.replace("rather", "very");
    sandbox.drafts(&[("ana", &still), ("bo", &very)]);
    let run = sandbox.run(["merge", "size", "--json"]).exits_with(3);
    assert!(run.json()["questions"][0]["choices"][0]["earlier"].is_null());
    let keep = |sheet: &str| {
        let sheet = sheet.replace("- [ ] keep", "- [x] keep");
        sheet.replace("Reason:", "Reason: it is no longer so")
    };
    decide(&sandbox, keep).succeeds();
    sandbox.drafts(&[("ana", AGREED), ("bo", AGREED)]);
    sandbox.run(["merge", "size"]).succeeds();
    sandbox.days_pass(30);
    sandbox.drafts(&[("ana", &still), ("bo", &very)]);
    let told = "keep the text (2026-03-01, ana): it is no longer so";
    sandbox
        .run(["merge", "size", "--dry-run"])
        .exits_with(3)
        .says(&format!("decided before: {told}"));
    let run = sandbox.run(["merge", "size", "--json"]).exits_with(3);
    let earlier = run.json()["questions"][0]["choices"][0]["earlier"].clone();
    assert_eq!(earlier["verdict"], "keep");
    assert_eq!(earlier["reason"], "it is no longer so");
    let sheet = sandbox
        .run(["decide", "size", "--sheet", "-"])
        .exits_with(3);
    sheet.says(&format!("Decided before: {told}"));
    assert_eq!(sandbox.agreed(), AGREED);
    decide(&sandbox, |sheet| sheet.replace("- [ ] B", "- [x] B")).succeeds();
    assert_eq!(sandbox.agreed(), very);
}

/// Three drafts, some of them by two people.
fn doubled(world: &mut World, current: &Text) -> Vec<Text> {
    let mut texts = Vec::new();
    for who in ["a", "b", "c"] {
        let draft = world.draft(current, who);
        let people = 1 + world.chance.below(2);
        texts.extend((0..people).map(|_| draft.clone()));
    }
    texts
}

/// The passages that stand when changes need two supporters and nothing is decided.
fn passages(base: &Prose, voices: &[Voice<'_>]) -> BTreeSet<u64> {
    let policy = Policy {
        accept: Accept::Quorum(2),
        ..Policy::default()
    };
    let units = merge_under(&policy, base, voices).units(&Answers::new());
    let passages = units.iter().filter(|unit| !unit.is_mark());
    passages.map(|unit| unit.id()).collect()
}

#[test]
fn p17_a_further_supporter_takes_nothing_back() {
    let mut accepted = 0;
    for seed in 0..1_000 {
        let mut world = World::new((17 << 40) + seed);
        let current = world.text();
        let texts = doubled(&mut world, &current);
        let read = |text: &Text| Prose::parse(&text.markdown(usize::MAX));
        let base = read(&current);
        let drafts: Vec<Prose> = texts.iter().map(read).collect();
        let names = ["ana", "bo", "chi", "dee", "eve", "zoe"];
        let mut voices: Vec<Voice<'_>> = names
            .iter()
            .zip(&drafts)
            .map(|(who, draft)| Voice::new(who, &base, draft))
            .collect();
        let stood: BTreeSet<u64> = base.passages().map(|unit| unit.id()).collect();
        let before = passages(&base, &voices);
        let more = world.chance.below(voices.len());
        voices.push(Voice::new("val", &base, &drafts[more]));
        let after = passages(&base, &voices);
        let new: BTreeSet<u64> = before.difference(&stood).copied().collect();
        let gone: BTreeSet<u64> = stood.difference(&before).copied().collect();
        assert!(
            new.is_subset(&after),
            "seed {seed}: an addition was taken back"
        );
        assert!(
            gone.is_disjoint(&after),
            "seed {seed}: a deletion was taken back"
        );
        accepted += new.len() + gone.len();
    }
    assert!(accepted > 1_000, "only {accepted} changes were accepted");
}
