//! `onetext compare`: what a reader of few and of many drafts is shown.

use std::fmt::Write as _;

use crate::sandbox::Sandbox;

/// A narrative with so many contributors, each with the draft that is made for her number.
fn drafted(count: usize, draft: impl Fn(usize) -> String) -> Sandbox {
    let sandbox = Sandbox::with_narrative();
    let mut roster =
        "schema = 1\n\n[[members]]\nid = \"alpha\"\nname = \"alpha co-op\"\n".to_owned();
    for at in 0..count {
        let _ = write!(
            roster,
            "\n[[contributors]]\nid = \"w{at:02}\"\nname = \"w{at:02}\"\nmember = \"alpha\"\n\
             emails = [\"w{at:02}@example.org\"]\nfacilitator = {}\n",
            at == 0
        );
        let path = format!("narrative/1-size/drafts/w{at:02}.md");
        sandbox.write(&path, draft(at));
    }
    sandbox.write("narrative/roster.toml", roster);
    sandbox
}

/// All say one thing, most another, a few deny it, and everybody has something of her own.
fn mixed(at: usize) -> String {
    let vote = match at % 10 {
        0 => "Young people should not have a vote on the board.",
        1 => "Young people should have their vote on the board.",
        _ => "Young people should have a vote on the board.",
    };
    format!("We are small. {vote} Alone{at} said{at} this{at}.\n")
}

#[test]
fn fifty_drafts_are_seen_at_a_glance() {
    let sandbox = drafted(50, mixed);
    let said = sandbox.run(["compare", "1"]).succeeds();
    let said = said
        .says("Said by all: 1\n- all 50\n  We are small.\n")
        .says("- 40 of 50: w02, w03, w04 and 37 more\n  Young people should have a vote")
        .says("  ~ 5 of 50: w00, w10, w20 and 2 more (same topic, differs in: not)\n")
        .says("    Young people should {+not+} have a vote on the board.\n")
        .says("Said by one: 50\n- w00\n")
        .says("and 40 more passages (`--all` shows them)\n");
    let lines: Vec<&str> = said.stdout.lines().collect();
    assert!(lines.len() < 60, "{} lines", lines.len());
    let widest = lines.iter().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{widest:?}");
    let all = sandbox.run(["compare", "1", "--all"]).succeeds();
    let all = all.says("w48, w49\n").says("Alone49 said49 this49.\n");
    assert!(!all.stdout.contains(" more"), "{}", all.stdout);
}

#[test]
fn programs_get_all_of_fifty_drafts() {
    let report = drafted(50, mixed)
        .run(["compare", "1", "--json"])
        .succeeds()
        .json();
    let list = |value: &serde_json::Value| value.as_array().expect("a list").clone();
    assert_eq!(list(&report["said-by-one"]).len(), 50);
    let row = &report["said-with-variants"][0]["wordings"];
    assert_eq!(list(&row[0]["contributors"]).len(), 40);
    let denial = list(row)
        .into_iter()
        .find(|wording| wording["differs-in"] != serde_json::json!([]))
        .expect("one wording denies");
    let contrast = serde_json::json!([{"subject": "negation", "centre": [], "here": ["not"]}]);
    assert_eq!(denial["differs-in"], contrast);
    assert_eq!(list(&denial["contributors"]).len(), 5);
}

#[test]
fn three_drafts_are_shown_whole() {
    let long = |at: usize| {
        (0..20)
            .map(|n| format!("Own{at} is{n}{at} here{n}{at}. "))
            .collect()
    };
    let said = drafted(3, long).run(["compare", "1"]).succeeds();
    let said = said
        .says("w00 (60 words), w01 (60 words), w02 (60 words)\n")
        .says("Said by one: 60\n");
    assert!(!said.stdout.contains(" more"), "{}", said.stdout);
}
