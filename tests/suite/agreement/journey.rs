//! Two members' delegates and three questions, from the first yes to a release that says who stands behind it.

use super::{asked, asked_under, both_agree, delegate, edit, every, says, tells};
use crate::sandbox::Sandbox;

#[test]
fn members_agree_object_are_asked_again_and_the_release_says_so() {
    let sandbox = asked();
    the_board_asks(&sandbox);
    both_agree(&sandbox, &["1", "2"]);
    says(&sandbox, "ana", &["3", "agree"]).succeeds();
    an_objection_needs_a_reason_and_blocks(&sandbox);
    only_other_words_make_stale(&sandbox);
    the_facilitator_writes_down_what_bo_says(&sandbox);
    delegate(&sandbox, "chi", "gamma");
    let statement = "We do not share *everything*.";
    let aside = ["2", "stand-aside", "--statement", statement];
    says(&sandbox, "chi", &aside).succeeds();
    sandbox.run(["check"]).succeeds();
    sandbox
        .run(["status"])
        .succeeds()
        .says("next: onetext release VERSION\n");
    the_release_says_who_stands_behind_it(&sandbox);
}

fn the_board_asks(sandbox: &Sandbox) {
    let board = "\
question   state     agreed   open  sources  members  drafts
1-size     to agree  8 words  0     -        0 of 3   bo 8
2-values   to agree  5 words  0     -        0 of 3   bo 5
3-drivers  to agree  7 words  0     -        0 of 3   bo 7

next: onetext position 1 POSITION --for alpha
";
    sandbox.run(["status"]).succeeds().says(board);
}

fn an_objection_needs_a_reason_and_blocks(sandbox: &Sandbox) {
    says(sandbox, "bo", &["3", "object"])
        .exits_with(2)
        .warns("error: an objection needs a reason\nhint: say what stands in the way");
    let wording = "Nearly everybody wants that.";
    let reason = "Not everybody does.";
    let objection = ["3", "object", "--reason", reason, "--wording", wording];
    let objected = says(sandbox, "bo", &objection).succeeds();
    tells(&objected, "beta co-op objects (text ");
    let line = "Not agreed: agreed so far by 1 of 3 member co-ops on 1 March 2026; \
                1 objected; 1 has not answered.";
    tells(&objected, line);
    let held = sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .exits_with(1);
    let ask = "    onetext position 3 POSITION --for";
    for (missing, member) in [
        ("`beta` objects: Not everybody does.", "beta"),
        ("agreed by 1 of 3 members, and 2 must", "gamma"),
        ("gamma co-op has not answered", "gamma"),
    ] {
        let told = format!("3-drivers: {missing}\n{ask} {member}\n");
        assert!(held.stdout.contains(&told), "no {told} in {}", held.stdout);
    }
}

/// Typography, wrapping and order change nothing that anybody agreed to; other words do.
fn only_other_words_make_stale(sandbox: &Sandbox) {
    let looks = "Nobody counts it.\n\nIt’s small,\nand it grows.\n";
    edit(sandbox, "1-size", looks);
    let size = sandbox.run(["status", "1"]).succeeds();
    size.says("1-size: agreed\n")
        .says("alpha co-op  agrees, 1 March 2026, by ana\n");
    let words = "We own our work.\n\nNearly everybody wants that.\n";
    edit(sandbox, "3-drivers", words);
    let changed = "since then:\n~ [-Everybody-]{+Nearly everybody+} wants that.\n";
    let drivers = sandbox.run(["status", "3"]).succeeds();
    drivers
        .says("alpha co-op  is to be asked again: 1 passage has changed since it spoke\n")
        .says(&format!("alpha co-op agreed on 1 March 2026; {changed}"))
        .says(&format!("beta co-op objected on 1 March 2026; {changed}"))
        .says("gamma co-op  has not answered\n")
        .says("  wording: Nearly everybody wants that.\n");
    let json = sandbox.run(["status", "3", "--json"]).succeeds().json();
    let members = &json["questions"][0]["members"];
    assert_eq!(members["again"], 2);
    let after = &members["voices"][0]["counts"]["stale"][0]["after"];
    assert_eq!(after, "Nearly everybody wants that.");
}

fn the_facilitator_writes_down_what_bo_says(sandbox: &Sandbox) {
    says(sandbox, "ana", &["3", "agree"]).succeeds();
    let recorded = says(sandbox, "ana", &["3", "agree", "--as", "bo"]).succeeds();
    tells(&recorded, "said by bo, recorded by ana");
    let file = sandbox.read("narrative/3-drivers/positions/beta.toml");
    let said = "spoke = \"bo\"\nrecorded-by = \"ana\"\n";
    assert!(file.contains(said), "{file}");
}

fn the_release_says_who_stands_behind_it(sandbox: &Sandbox) {
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    let line = "Each answer agreed by 2 of 3 member co-ops, last on 1 March 2026; \
                1 stood aside on some answers; 1 has not answered on some answers.";
    let own = "Agreed by 2 of 3 member co-ops on 1 March 2026; 1 stood aside.";
    for words in [
        line,
        own,
        "gamma co-op stood aside on 1 March 2026",
        "We do not share",
    ] {
        every(sandbox, "2026.03.0", words);
    }
    let page = sandbox.read("dist/2026.03.0/media.html");
    let statement = "We do not share <em>everything</em>.";
    assert!(page.contains(statement), "{page}");
    let manifest = sandbox.read("dist/2026.03.0/manifest.json");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("it is JSON");
    assert_eq!(manifest["status"], line);
    let position = &manifest["questions"][1]["positions"][2];
    assert_eq!(position["member"], "gamma");
    assert_eq!(position["position"], "stand-aside");
    assert_eq!(position["counts"], "counts");
    let tag = sandbox.git(["cat-file", "-p", "v2026.03.0"]);
    assert!(tag.contains(line), "{tag}");
    sandbox
        .days_pass(40)
        .run(["verify", "v2026.03.0", "--unsigned"])
        .succeeds();
}

#[test]
fn a_draft_says_what_is_wanting_and_a_rule_may_count_days() {
    let sandbox = asked_under("consent");
    sandbox
        .run(["release", "v2026.03.0", "--unsigned", "--draft"])
        .succeeds();
    let page = unwrapped_page(&sandbox, "2026.03.0-draft.1/media-draft.md");
    let line = "Draft, not agreed: agreed so far by none of 3 member co-ops; \
                3 have not answered.";
    assert!(page.contains(line), "{page}");
    let days = "1-size: the text must stand open for 7 days, until 8 March 2026\n    \
                release on 2026-03-08 or later";
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .exits_with(1)
        .says(days);
    sandbox
        .days_pass(7)
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    let page = unwrapped_page(&sandbox, "2026.03.0/media.md");
    let line = "No objection; agreed by none of 3 member co-ops; 3 have not answered.";
    assert!(page.contains(line), "{page}");
}

fn unwrapped_page(sandbox: &Sandbox, name: &str) -> String {
    super::unwrapped(&sandbox.read(&format!("dist/{name}")))
}

/// A member must not find out from a release that its words were changed.
#[test]
fn a_fold_says_whom_it_makes_speak_again() {
    let sandbox = asked();
    both_agree(&sandbox, &["1"]);
    let draft = |text: &str| {
        sandbox.write("narrative/1-size/drafts/bo.md", text);
        sandbox.commit("bo writes on");
    };
    draft("It's small,\nand it grows.\n\nNobody counts it.\n");
    let again = |run: &crate::sandbox::Run| run.json()["questions"][0]["asked-again"].clone();
    let rewrapped = sandbox.run(["merge", "1", "--dry-run", "--json"]);
    assert_eq!(again(&rewrapped), serde_json::json!([]));
    draft("It's tiny, and it grows.\n\nNobody counts it.\n");
    let words = "to be asked again: alpha, beta (the words that they took a stand on have changed)";
    tells(&sandbox.run(["merge", "1", "--dry-run"]).succeeds(), words);
    tells(&sandbox.run(["merge", "1"]).succeeds(), words);
    // Whoever is to be asked already is not told of again.
    draft("It's tiny, and it grows fast.\n\nNobody counts it.\n");
    let later = sandbox.run(["merge", "1", "--json"]);
    assert_eq!(again(&later), serde_json::json!([]));
}

#[test]
fn a_decision_says_whom_it_makes_speak_again() {
    let sandbox = asked();
    both_agree(&sandbox, &["2"]);
    sandbox.write("narrative/2-values/drafts/bo.md", "We share all we earn.\n");
    sandbox.write("narrative/2-values/drafts/chi.md", "We share our wages.\n");
    sandbox.commit("two wordings");
    let open = sandbox.run(["merge", "2", "--json"]).exits_with(3).json();
    assert_eq!(open["questions"][0]["asked-again"], serde_json::json!([]));
    let sheet = sandbox.run(["decide", "2", "--sheet", "-"]).exits_with(3);
    let filled = sheet.stdout.replacen("[ ] B", "[x] B", 1);
    assert_ne!(filled, sheet.stdout);
    sandbox.write("filled.md", filled);
    let decided = sandbox
        .run(["decide", "2", "--from", "filled.md"])
        .succeeds();
    tells(&decided, "to be asked again: alpha, beta");
}
