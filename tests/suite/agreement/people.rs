//! Who speaks for whom, who writes it down, and from which day until which.

use super::{asked, delegate, says, tells};
use crate::sandbox::Sandbox;

#[test]
fn only_a_delegate_speaks_and_only_a_facilitator_writes_it_down() {
    let sandbox = asked();
    let before = sandbox.files();
    let gamma = says(&sandbox, "chi", &["1", "agree", "--for", "gamma"]).exits_with(4);
    gamma
        .warns("`chi` does not speak for `gamma`")
        .warns("nobody speaks for it yet\nnext: onetext roster delegate chi --for gamma");
    says(&sandbox, "chi", &["1", "agree"])
        .exits_with(2)
        .warns("`chi` speaks for no member today");
    says(&sandbox, "chi", &["1", "agree", "--as", "bo"])
        .exits_with(4)
        .warns("only a facilitator writes down what `bo` says");
    says(&sandbox, "ana", &["1", "agree", "--for", "beta"])
        .exits_with(4)
        .warns("to write down what a delegate said, name her with `--as CONTRIBUTOR`");
    says(&sandbox, "dee", &["1", "agree", "--for", "beta"])
        .exits_with(4)
        .warns("the roster does not know your address `dee@example.org`");
    says(&sandbox, "bo", &["1", "agree", "--for", "bta"])
        .exits_with(2)
        .warns("no member `bta` in `roster.toml`\nhint: did you mean `beta`?");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn a_position_is_tried_repeated_and_taken_back() {
    let sandbox = asked();
    let before = sandbox.files();
    let tried = says(&sandbox, "bo", &["1", "agree", "--dry-run"]).succeeds();
    tells(&tried, "beta.toml` would be saved and committed");
    let line = "Not agreed: agreed so far by 1 of 3 member co-ops on 1 March 2026; \
                2 have not answered.";
    tells(&tried, line);
    assert_eq!(sandbox.files(), before);
    says(&sandbox, "bo", &["1", "--withdraw"])
        .exits_with(2)
        .warns("`beta` has taken no position to take back");
    says(&sandbox, "bo", &["1", "agree"]).succeeds();
    sandbox.days_pass(1);
    let again = says(&sandbox, "bo", &["1", "agree"]).succeeds();
    tells(&again, "unchanged, nothing to save");
    let log = sandbox.git(["log", "-1", "--format=%an%n%B"]);
    assert!(
        log.starts_with("bo\nposition: beta agrees: 1-size\n"),
        "{log}"
    );
    let back = says(&sandbox, "bo", &["1", "--withdraw", "--json"]).succeeds();
    assert_eq!(back.json()["did"], "took-back");
    assert_eq!(back.json()["position"], serde_json::Value::Null);
    assert_eq!(sandbox.files(), before);
    says(&sandbox, "bo", &["1", "object", "--reason", "a\u{202e}b"])
        .exits_with(2)
        .warns("U+202E");
}

/// How many members agree to the first answer, of how many.
fn members(sandbox: &Sandbox) -> (Option<u64>, Option<u64>) {
    let json = sandbox.run(["status", "1", "--json"]).succeeds().json();
    let members = &json["questions"][0]["members"];
    (members["agree"].as_u64(), members["of"].as_u64())
}

#[test]
fn members_come_and_go_by_their_days() {
    let sandbox = asked();
    says(&sandbox, "ana", &["1", "agree"]).succeeds();
    let leave = ["roster", "leave", "gamma", "--on", "2026-03-03"];
    sandbox.run(leave).succeeds();
    let joins = "roster member delta --name Delta --joined 2026-03-05 --unnamed";
    let joined = sandbox.run(joins.split(' ')).succeeds();
    tells(
        &joined,
        "delta Delta (not named in releases) joins 5 March 2026 nobody speaks for it",
    );
    assert_eq!(members(&sandbox), (Some(1), Some(3)));
    assert_eq!(members(sandbox.days_pass(2)), (Some(1), Some(2)));
    assert_eq!(members(sandbox.days_pass(2)), (Some(1), Some(3)));
}

#[test]
fn what_was_said_while_she_spoke_stays_said() {
    let sandbox = asked();
    says(&sandbox, "ana", &["1", "agree"]).succeeds();
    let until = "roster delegate ana --for alpha --until 2026-03-04";
    let ended = sandbox.run(until.split(' ')).succeeds();
    tells(&ended, "`ana` speaks for `alpha` until 4 March 2026");
    sandbox.days_pass(4);
    assert_eq!(members(&sandbox), (Some(1), Some(3)));
    let late = ["2", "agree", "--for", "alpha"];
    says(&sandbox, "ana", &late).exits_with(4);
    delegate(&sandbox, "ana", "alpha");
    says(&sandbox, "ana", &late).succeeds();
}

#[test]
fn the_roster_refuses_what_would_confuse() {
    let sandbox = asked();
    let before = sandbox.files();
    for (line, why) in [
        ("roster member a1pha", "`a1pha` is easily taken for `alpha`"),
        ("roster member beta", "`beta` is on the roster already"),
        ("roster delegate bo --for alpha", "`bo` belongs to `beta`"),
        (
            "roster delegate bo --for beta",
            "`bo` speaks for `beta` already",
        ),
        ("roster leave gamma --on soon", "`soon` is not a day"),
        ("roster leave gama", "did you mean `gamma`?"),
        ("roster add b0", "`b0` is easily taken for `bo`"),
    ] {
        sandbox.run(line.split(' ')).exits_with(2).warns(why);
    }
    sandbox
        .run(["roster", "member", "delta", "--dry-run"])
        .succeeds();
    assert_eq!(sandbox.files(), before);
}
