//! Decisions that are taken back, and those that are only tried.

use crate::sandbox::Sandbox;

const FIRST: &str = "It is small.\n";
const SECOND: &str = "It is small. It grows.\n";

/// A narrative with two folds of the first question.
fn folded_twice() -> Sandbox {
    let sandbox = Sandbox::with_narrative();
    for text in [FIRST, SECOND] {
        sandbox.write("narrative/1-size/drafts/ana.md", text);
        sandbox.commit("a draft");
        sandbox.run(["merge", "1"]).succeeds();
    }
    sandbox
}

#[test]
fn a_fold_that_would_be_taken_back_stands() {
    let sandbox = folded_twice();
    let before = sandbox.files();
    sandbox
        .run(["decide", "1", "--undo", "--dry-run"])
        .succeeds()
        .says("this is what the text would be")
        .says("nothing is written")
        .says("It is small.");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn a_fold_is_taken_back_and_the_one_before_it_after_that() {
    let sandbox = folded_twice();
    let undo = ["decide", "1", "--undo"];
    sandbox
        .run(undo)
        .succeeds()
        .says("the last fold is taken back");
    assert_eq!(sandbox.read("narrative/1-size/agreed.md"), FIRST);
    sandbox.run(undo).succeeds();
    assert!(!sandbox.has("narrative/1-size/agreed.md"));
    sandbox
        .run(undo)
        .exits_with(2)
        .warns("has no fold to take back");
}
