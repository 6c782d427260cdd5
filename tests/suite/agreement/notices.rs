//! Answers that were released, and then withdrawn or superseded with a reason that readers see.

use super::{asked, asked_under, both_agree, edit, every, tells};
use crate::sandbox::Sandbox;

const WITHDRAW: [&str; 4] = ["withdraw", "2", "--reason", "It is no longer true"];
const WITHDRAWN: &str = "This answer was withdrawn on 1 March 2026: It is no longer true.";

/// A narrative that was released with three answers.
fn released() -> Sandbox {
    let sandbox = asked();
    sandbox
        .run(WITHDRAW)
        .exits_with(2)
        .warns("`2-values` was never released as it stands");
    both_agree(&sandbox, &["1", "2", "3"]);
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    sandbox
}

#[test]
fn a_released_answer_is_withdrawn_and_later_releases_say_why() {
    let sandbox = released();
    let before = sandbox.files();
    let tried = WITHDRAW.iter().chain(&["--dry-run"]);
    let tried = sandbox.onetext(tried).run().succeeds();
    tells(&tried, "2-values: withdrawn, would be on the record");
    tells(&tried, WITHDRAWN);
    assert_eq!(sandbox.files(), before);
    sandbox.run(WITHDRAW).succeeds();
    sandbox
        .run(WITHDRAW)
        .exits_with(2)
        .warns("withdrawn already");
    let board = sandbox.run(["status"]).succeeds();
    tells(&board, "2-values withdrawn");
    sandbox
        .run(["check"])
        .succeeds()
        .says("warning withdrawn\n  the answer is withdrawn: It is no longer true");
    sandbox
        .run(["release", "v2026.03.1", "--unsigned"])
        .succeeds();
    every(&sandbox, "2026.03.1", WITHDRAWN);
    every(&sandbox, "2026.03.1", "Question 2: withdrawn.");
    let text = sandbox.read("dist/2026.03.1/government.md");
    assert!(!text.contains("share what we earn"), "{text}");
    sandbox
        .run(["verify", "v2026.03.0", "--unsigned"])
        .succeeds();
}

#[test]
fn after_a_withdrawal_a_new_text_is_a_new_answer() {
    let sandbox = released();
    sandbox.run(WITHDRAW).succeeds();
    edit(&sandbox, "2-values", "We share some of what we earn.\n");
    let held = sandbox
        .run(["release", "v2026.03.1", "--unsigned"])
        .exits_with(1);
    tells(
        &held,
        "2-values: alpha co-op is to be asked again: 1 passage has changed since it spoke",
    );
    both_agree(&sandbox, &["2"]);
    sandbox
        .run(["release", "v2026.03.1", "--unsigned"])
        .succeeds();
    let line = "On 1 March 2026, the answer of release 2026.03.0 was withdrawn: \
                It is no longer true.";
    every(&sandbox, "2026.03.1", line);
    every(&sandbox, "2026.03.1", "We share some of what we earn.");
}

#[test]
fn an_answer_that_takes_anothers_place_says_why() {
    let sandbox = asked_under("facilitator");
    let supersede = ["supersede", "1", "--reason", "A new count came out."];
    let refused = |why| drop(sandbox.run(supersede).exits_with(2).warns(why));
    refused("no release has an answer to `1-size`");
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    refused("`1-size` reads as it was released in 2026.03.0");
    let text = "It's small, and it grows.\n\nSomebody counts it.\n";
    edit(&sandbox, "1-size", text);
    let line = "On 1 March 2026, this answer took the place of the answer of release 2026.03.0: \
                A new count came out.";
    tells(&sandbox.run(supersede).succeeds(), line);
    refused("on the record already: A new count came out.");
    sandbox
        .run(["release", "v2026.03.1", "--unsigned"])
        .succeeds();
    every(&sandbox, "2026.03.1", line);
}

#[test]
fn a_withdrawal_is_taken_back_on_the_record() {
    let sandbox = released();
    let undo = ["withdraw", "2", "--undo", "--reason", "It is true."];
    sandbox.run(undo).exits_with(2).warns("not withdrawn");
    sandbox.run(WITHDRAW).succeeds();
    let undone = sandbox.run(undo).succeeds();
    tells(&undone, "2-values: no longer withdrawn, on the record");
    sandbox.run(["check"]).succeeds().says("no errors");
    sandbox
        .run(["release", "v2026.03.1", "--unsigned"])
        .succeeds();
    every(&sandbox, "2026.03.1", "We share what we earn.");
    let text = sandbox.read("dist/2026.03.1/media.md");
    assert!(!text.contains("withdrawn"), "{text}");
}
