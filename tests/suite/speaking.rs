//! What may be said now, and whether words that are going round are ours.

use crate::editions::narrative;
use crate::sandbox::Sandbox;

/// Three releases, of which the last says something else; a draft comes after them.
fn released() -> Sandbox {
    let sandbox = narrative();
    sandbox.run(["approve", "say"]).succeeds();
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    sandbox
        .run(["release", "v2026.03.1", "--unsigned"])
        .succeeds();
    says(
        &sandbox,
        "Tech co-ops are few: the list has 172 entries [@list]. It grows.\n\nWe know each other well.\n",
    );
    sandbox
        .run(["release", "v2026.04.0", "--unsigned"])
        .succeeds();
    says(
        &sandbox,
        "Tech co-ops are very many. They will rule the world by then.\n",
    );
    sandbox.run(["release", "v2026.05.0", "--draft"]).succeeds();
    sandbox
}

fn says(sandbox: &Sandbox, text: &str) {
    sandbox.write("narrative/1-size/drafts/ana.md", text);
    sandbox.write("narrative/1-size/agreed.md", text);
    sandbox.commit("another draft");
    sandbox.run(["merge", "1"]).succeeds();
}

#[test]
fn an_answer_has_three_lengths_and_comes_from_the_latest_release() {
    let sandbox = released();
    let answer = |length: &str| {
        sandbox
            .run(["answer", "1", "--length", length])
            .succeeds()
            .stdout
    };
    let one = answer("one");
    assert!(
        one.contains("Tech co-ops are few: the list has 172 entries [1]."),
        "{one}"
    );
    assert!(!one.contains("It grows."), "{one}");
    assert!(one.contains("[1] The list (2026). Self-listed."), "{one}");
    assert!(one.contains("https://example.org/list"), "{one}");
    assert!(one.contains("Release v2026.04.0 of 1 March 2026."), "{one}");
    let short = answer("short");
    assert!(
        short.contains("It grows.") && !short.contains("We know"),
        "{short}"
    );
    assert!(answer("long").contains("We know each other well."));
    let data = sandbox.run(["answer", "size", "--json"]).json();
    assert_eq!(data["release"], "v2026.04.0");
    assert_eq!(data["draft"], false);
    assert_eq!(
        data["text"],
        "Tech co-ops are few: the list has 172 entries [1]. It grows."
    );
    assert_eq!(data["sources"][0]["id"], "list");
}

#[test]
fn what_is_not_released_is_said_to_be_a_draft() {
    let sandbox = narrative();
    sandbox
        .run(["answer", "1"])
        .succeeds()
        .says("Draft: not agreed. Not released; as committed on 1 March 2026.");
    sandbox
        .run(["answer", "2"])
        .exits_with(2)
        .warns("there is no question");
    let empty = Sandbox::with_narrative();
    empty
        .run(["answer", "1"])
        .exits_with(1)
        .says("There is no answer of this length yet.");
}

#[test]
fn words_of_the_latest_release_are_ours_whatever_the_signs() {
    let sandbox = released();
    sandbox
        .run(["quote", "Tech co-ops are few: the list has 172 entries"])
        .succeeds()
        .says("word for word in a release that no signature proves to be ours")
        .says("answer 1 in v2026.04.0 of 1 March 2026");
    sandbox
        .run(["quote", "“tech co\u{2011}ops are\u{a0}few: the list\nhas 172 entries [1].”"])
        .succeeds()
        .says("Forgiven, since no word differs: dashes, blanks or line breaks, numbers of notes, the first letter, signs at the ends.");
    sandbox
        .run(["quote", "I've had a say from day one"])
        .succeeds()
        .says("quote of Ana Example, developer at alpha in v2026.03.0");
    let given = sandbox
        .onetext(["quote", "-", "--json"])
        .given("It grows.\n")
        .run();
    let data = given.succeeds().json();
    assert_eq!(data["verdict"], "verbatim");
    assert_eq!(data["places"].as_array().expect("a list").len(), 3);
}

#[test]
fn words_taken_out_of_a_sentence_are_shown_with_what_was_left_out() {
    let sandbox = released();
    sandbox
        .run(["quote", "the list has 172 entries"])
        .succeeds()
        .says("In v2026.04.0 they are a part of this:")
        .says("Tech co-ops are few: the list has 172 entries.");
    let data = sandbox
        .run(["quote", "the list has 172 entries", "--json"])
        .json();
    assert_eq!(data["part-of"]["release"], "v2026.04.0");
    let whole = sandbox.run(["quote", "It grows.", "--json"]).json();
    assert!(whole.get("part-of").is_none(), "{whole}");
}

#[test]
fn words_that_are_not_ours_now_are_told_apart() {
    let sandbox = released();
    let old = sandbox
        .run(["quote", "the list has 171 entries"])
        .exits_with(1);
    old.says("superseded")
        .says("answer 1 in v2026.03.0 of 1 March 2026 and v2026.03.1 of 1 March 2026");
    let altered = sandbox
        .run(["quote", "Tech co-ops are few: the list has 712 entries"])
        .exits_with(1);
    altered
        .says("altered: not our words")
        .says("in answer 1 of v2026.04.0")
        .says("the list has [-172-] {+712+} entries");
    sandbox
        .run(["quote", "They will rule the world by then."])
        .exits_with(1)
        .says("from a draft: nobody agreed to it");
    sandbox
        .run(["quote", "Nobody ever heard of any such company at all."])
        .exits_with(1)
        .says("never ours");
    let data = sandbox
        .run(["quote", "the list has 171 entries", "--json"])
        .json();
    assert_eq!(data["verdict"], "superseded");
    assert_eq!(data["latest"], "v2026.04.0");
}

#[test]
fn without_releases_there_is_nothing_to_look_in() {
    let sandbox = narrative();
    sandbox
        .run(["quote", "It grows."])
        .exits_with(2)
        .warns("there is no release to look in")
        .warns("git fetch --tags");
    sandbox.run(["quote", " "]).exits_with(2).warns("no words");
}
