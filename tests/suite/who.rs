//! `onetext who` and `onetext fate`: whose words stand, and what became of one's own.

use crate::sandbox::Sandbox;

const AGREED: &str = "narrative/1-size/agreed.md";

fn draft(sandbox: &Sandbox, who: &str, text: &str) {
    sandbox
        .onetext(["draft", "1", "--stdin"])
        .by(who)
        .given(text)
        .run()
        .succeeds();
}

/// Fills in the sheet of a question: the lines that a function gives in place of each.
fn decide(sandbox: &Sandbox, filled: impl Fn(&str) -> String) {
    let sheet = sandbox
        .run(["decide", "1", "--sheet", "-"])
        .exits_with(3)
        .stdout;
    let filled: Vec<String> = sheet.lines().map(filled).collect();
    let path = sandbox.path().with_file_name("sheet.txt");
    std::fs::write(&path, filled.join("\n")).expect("the sheet can be written");
    let path = path.to_str().expect("its path is UTF-8");
    sandbox.run(["decide", "1", "--from", path]).succeeds();
}

/// A first text out of three drafts: forty, not fifty; that bo shares is put aside.
fn first_text() -> Sandbox {
    let sandbox = Sandbox::with_narrative();
    let ana = "We are small. There are about forty co-ops [@count]. They grow.\n";
    draft(&sandbox, "ana", ana);
    let bo = "We are small. There are about fifty co-ops [@count]. We share.\n";
    draft(&sandbox, "bo", bo);
    draft(&sandbox, "chi", "We are small. They grow.\n");
    decide(&sandbox, |line| {
        let id = || line.split(' ').nth(1).expect("an id follows").to_owned();
        if line.ends_with("fifty co-ops [@count].") {
            format!("decline {} because the count is forty", id())
        } else if line.ends_with("We share.") {
            line.replacen("open", "park", 1)
        } else {
            line.replacen("open", "take", 1)
        }
    });
    sandbox
}

/// Nobody is counted behind words that are only like hers; where the facilitator says that they are the same, she is.
#[test]
fn what_is_confirmed_as_the_same_is_told_of_both() {
    let sandbox = Sandbox::with_narrative();
    draft(
        &sandbox,
        "ana",
        "We are small. About forty firms take part.\n",
    );
    draft(
        &sandbox,
        "bo",
        "We are small. Of companies, forty or so join in.\n",
    );
    draft(
        &sandbox,
        "chi",
        "We are small. About fifty firms take part.\n",
    );
    decide(&sandbox, |line| {
        if line.contains("forty or so") {
            line.replacen("open", "like", 1)
        } else if line.contains("forty firms") {
            line.replacen("open", "take", 1)
        } else {
            line.replacen("open", "park", 1)
        }
    });
    sandbox.run(["who", "1"]).succeeds().says(
        "About forty firms take part.\n    first worded by ana, fold 1, 1 March 2026; said in other words by bo\n",
    );
    let fate = ["fate", "--contributor", "bo", "--json"];
    let told = sandbox.run(fate).succeeds().json().to_string();
    let reads = "\"fate\":\"merged\"";
    assert!(
        told.contains(reads) && told.contains("About forty firms take part."),
        "{told}"
    );
    sandbox.run(["decide", "1", "--undo"]).succeeds();
    let who = sandbox.run(["who", "1"]).succeeds();
    assert!(!who.stdout.contains("in other words"), "{}", who.stdout);
}

#[test]
fn each_passage_says_whose_words_it_is() {
    let sandbox = first_text();
    let told = sandbox.run(["who", "1"]).succeeds().stdout;
    assert_eq!(
        told,
        "\
1-size
What about size?

We are small.
    first worded by ana, bo and chi, fold 1, 1 March 2026

There are about forty co-ops [@count].
    first worded by ana, fold 1, 1 March 2026; cites count

They grow.
    first worded by ana and chi, fold 1, 1 March 2026

3 passages: 3 as contributors wrote them.
"
    );
    assert!(told.lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn who_edits_a_sentence_words_no_other() {
    let sandbox = first_text();
    sandbox.days_pass(3);
    let agreed = sandbox.read(AGREED);
    let edited = agreed.replace("They grow.", "They grow every year.");
    draft(&sandbox, "bo", &edited);
    sandbox.run(["merge", "1"]).succeeds();
    let report = sandbox.run(["who", "1", "--json"]).succeeds().json();
    let passages = &report["passages"];
    assert_eq!(passages[1]["by"], serde_json::json!(["ana"]));
    assert_eq!(
        passages[1]["also-in-drafts-of"],
        serde_json::json!([]),
        "she found it"
    );
    assert_eq!(passages[2]["text"], "They grow every year.");
    assert_eq!(passages[2]["by"], serde_json::json!(["bo"]));
    assert_eq!(
        passages[2]["after-wordings-of"],
        serde_json::json!(["ana", "chi"])
    );
    assert_eq!(passages[2]["since"]["fold"], 2);
    assert_eq!(passages[2]["since"]["day"], "2026-03-04");
    sandbox
        .run(["fate", "1", "--contributor", "ana"])
        .succeeds()
        .says("Taken, then changed or taken out, fold 2, 4 March 2026 (1)\n- They grow.\n");
}

#[test]
fn what_was_composed_is_nobodys_own() {
    let sandbox = first_text();
    let agreed = sandbox.read(AGREED);
    let about = agreed.replace("There are about forty", "We know of about forty");
    draft(&sandbox, "bo", &about);
    draft(
        &sandbox,
        "chi",
        &agreed.replace("co-ops [@count]", "co-ops in all [@count]"),
    );
    sandbox.run(["merge", "1"]).succeeds();
    sandbox
        .run(["who", "1"])
        .succeeds()
        .says("We know of about forty co-ops in all [@count].\n")
        .says("composed of the wordings of bo and chi; nobody wrote it so, fold 2,")
        .says("after a wording of ana;");
    sandbox
        .onetext(["fate", "1"])
        .by("chi")
        .run()
        .succeeds()
        .says("Merged: said in other words (1)\n- There are about forty co-ops in all [@count].\n")
        .says("    reads: We know of about forty co-ops in all [@count].\n");
}

#[test]
fn the_facilitators_wording_and_edits_by_hand_are_told_as_such() {
    let sandbox = first_text();
    let agreed = sandbox.read(AGREED);
    draft(
        &sandbox,
        "bo",
        &agreed.replace("We are small.", "We are tiny."),
    );
    draft(
        &sandbox,
        "chi",
        &agreed.replace("We are small.", "We are little."),
    );
    sandbox.run(["merge", "1"]).exits_with(3);
    decide(&sandbox, |line| {
        line.replace("- [ ] other:", "- [x] other: We are not large.")
    });
    let now = sandbox.read(AGREED);
    sandbox.write(AGREED, now.replace("They grow.", "They grow slowly."));
    let told = sandbox.run(["who", "1"]).succeeds();
    told.clone()
        .says("the facilitator's wording: ana, fold 3, 1 March 2026, after a wording of\n    ana, bo and chi\n")
        .says("They grow slowly.\n    edited by hand, not committed yet, after a wording of ana");
    told.says("1 in the facilitator's wording, 1\nedited by hand.\n");
    sandbox.commit("a word by hand");
    sandbox
        .run(["who", "1"])
        .succeeds()
        .says("    edited by hand by ana, 1 March 2026, after a wording");
}

#[test]
fn what_comes_back_keeps_its_origin() {
    let sandbox = first_text();
    let agreed = sandbox.read(AGREED);
    draft(&sandbox, "bo", &agreed.replace(" They grow.", ""));
    sandbox.run(["merge", "1"]).succeeds();
    sandbox
        .onetext(["fate", "1"])
        .by("bo")
        .run()
        .succeeds()
        .says("Taken out, fold 2, 1 March 2026 (1)\n- to be taken out: They grow.\n");
    sandbox.run(["decide", "1", "--undo"]).succeeds();
    sandbox
        .run(["who", "1"])
        .succeeds()
        .says("first worded by ana and chi, fold 1, 1 March 2026; it was gone and stands\n")
        .says("    again since fold 3, 1 March 2026\n");
    sandbox
        .onetext(["fate", "1"])
        .by("bo")
        .run()
        .succeeds()
        .says("Open (1)\n- to be taken out: They grow.\n    the next merge reads it\n")
        .says("next: onetext merge 1\n");
}

#[test]
fn every_passage_of_a_draft_is_told() {
    let sandbox = first_text();
    let told = sandbox.onetext(["fate"]).by("bo").run().succeeds().stdout;
    assert_eq!(
        told,
        "\
What became of 1 draft by bo

1-size: the draft by bo

Put aside for a later fold, fold 1, 1 March 2026 (1)
- We share.

Declined, fold 1, 1 March 2026 (1)
- There are about fifty co-ops [@count].
    because the count is forty

Taken: it stands, fold 1, 1 March 2026 (1)
- We are small.
"
    );
    // What was put aside stays told after she writes on the agreed text.
    draft(&sandbox, "bo", &sandbox.read(AGREED));
    sandbox
        .onetext(["fate"])
        .by("bo")
        .run()
        .succeeds()
        .says("What only earlier versions of this draft said:")
        .says("- We share.\n");
}

#[test]
fn what_is_open_is_told_with_the_choice_and_the_next_command() {
    let sandbox = first_text();
    let agreed = sandbox.read(AGREED);
    draft(&sandbox, "bo", &agreed.replace("small", "tiny"));
    draft(&sandbox, "chi", &agreed.replace("small", "little"));
    sandbox.run(["merge", "1"]).exits_with(3);
    let all = sandbox
        .run(["fate", "1", "--contributor", "bo", "--json"])
        .succeeds()
        .json();
    let open = &all["drafts"][0]["passages"][0];
    assert_eq!(open["fate"], "open");
    let choice = open["choice"].as_str().expect("it has a choice").to_owned();
    sandbox
        .run(["decide", "1", "--sheet", "-"])
        .exits_with(3)
        .says(&choice);
    assert_eq!(all["drafts"][0]["next"], "onetext decide 1");
}

#[test]
fn whose_drafts_are_meant_is_found_or_asked_for() {
    let sandbox = first_text();
    sandbox
        .onetext(["fate"])
        .by("zoe")
        .run()
        .succeeds()
        .says("What became of 3 drafts\n");
    sandbox
        .run(["fate", "--contributor", "bob"])
        .exits_with(2)
        .warns("error: there is no contributor `bob`\nhint: did you mean `bo`?");
    sandbox
        .run(["fate", "2"])
        .succeeds()
        .says("ana has no draft here yet\n\nnext: onetext draft 2\n");
    sandbox
        .run(["who", "2"])
        .succeeds()
        .says("There is no agreed text yet");
}
