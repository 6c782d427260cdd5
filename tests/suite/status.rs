//! `onetext status`: the board, the next command, and the names of questions.

use crate::sandbox::Sandbox;

#[test]
fn the_board_shows_what_is_new_and_what_comes_next() {
    let sandbox = Sandbox::with_narrative();
    let empty = "\
question   state      agreed  open  sources  drafts
1-size     no drafts  -       -     -        -
2-values   no drafts  -       -     -        -
3-drivers  no drafts  -       -     -        -

next: onetext draft 1
";
    assert_eq!(board(&sandbox), empty);
    sandbox.write("narrative/1-size/drafts/bo.md", "We are small.\n");
    sandbox.write(
        "narrative/2-values/drafts/bo.md",
        "We share.\n\nWe are 12.\n",
    );
    sandbox.write("narrative/2-values/drafts/chi.md", "We care.\n");
    sandbox
        .run(["status"])
        .succeeds()
        .says("not committed: 3 files\nnext: git add narrative && git commit\n");
    sandbox.commit("drafts");
    let drafted = "\
question   state      agreed  open  sources    drafts
1-size     to merge   -       -     -          bo+ 3
2-values   to decide  -       -     1 missing  bo+ 5, chi+ 2
3-drivers  no drafts  -       -     -          -

next: onetext merge
";
    assert_eq!(board(&sandbox), drafted);
}

#[test]
fn what_was_merged_is_no_longer_new() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("narrative/1-size/drafts/bo.md", "We are small.\n");
    sandbox.commit("a draft by bo");
    sandbox.run(["merge", "size"]).succeeds();
    let row = "1-size     merged     3 words  0     -        bo 3\n";
    sandbox
        .run(["status"])
        .succeeds()
        .says(row)
        .says("next: onetext draft 2\n");
    sandbox.write(
        "narrative/1-size/drafts/bo.md",
        "We are small and strong.\n",
    );
    sandbox.commit("another draft by bo");
    sandbox
        .run(["status"])
        .succeeds()
        .says("bo+ 5\n")
        .says("next: onetext merge\n");
}

/// The board without its title.
fn board(sandbox: &Sandbox) -> String {
    let said = sandbox.run(["status"]).succeeds().stdout;
    said.strip_prefix("Tech co-ops\n\n")
        .expect("the title stands first")
        .to_owned()
}

#[test]
fn the_bare_program_shows_the_board() {
    let sandbox = Sandbox::with_narrative();
    let nothing: [&str; 0] = [];
    assert_eq!(
        sandbox.run(nothing).succeeds().stdout,
        sandbox.run(["status"]).stdout
    );
}

#[test]
fn one_question_is_shown_in_full() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("narrative/1-size/drafts/bo.md", "We are small.\n");
    sandbox.commit("a draft by bo");
    let size = sandbox.run(["status", "1"]).succeeds().stdout;
    assert_eq!(
        size,
        "Tech co-ops\n\n1-size: to merge\n  What about size?\n\nagreed text  -\n\
         draft by bo  3 words, new\n\nnext: onetext merge\n"
    );
    assert_eq!(sandbox.run(["status", "size"]).stdout, size);
    assert_eq!(sandbox.run(["status", "1-size"]).stdout, size);
}

#[test]
fn the_board_is_data_too() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("narrative/1-size/drafts/bo.md", "We are small.\n");
    sandbox.commit("a draft by bo");
    let report = sandbox.run(["--json"]).succeeds().json();
    let size = &report["questions"][0];
    assert_eq!(size["state"], "to-merge");
    assert_eq!(size["drafts"][0]["contributor"], "bo");
    assert_eq!(size["drafts"][0]["new"], true);
    assert_eq!(size["open-choices"], serde_json::Value::Null);
    assert_eq!(report["next"], "onetext merge");
}

#[test]
fn a_question_that_is_not_there_is_told_with_the_nearest() {
    let sandbox = Sandbox::with_narrative();
    let told = |question| sandbox.run(["status", question]).exits_with(2).stderr;
    assert_eq!(
        told("drivres"),
        "error: there is no question `drivres`\nhint: did you mean `drivers`?\nnext: onetext status\n"
    );
    assert_eq!(
        told("9"),
        "error: there is no question `9`\n\
         hint: the questions are `1-size`, `2-values` and `3-drivers`\nnext: onetext status\n"
    );
}

#[test]
fn a_narrative_that_cannot_be_read_is_told_with_every_mend() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("narrative/1-size/drafts/bo.md", b"A caf\xe9.\n");
    sandbox.write("narrative/roster.toml", "schema = 1\nmember = []\n");
    let before = sandbox.files();
    let run = sandbox.run(["status"]).exits_with(1);
    assert_eq!(
        run.stderr,
        "error: the narrative has 2 problems\n  \
         narrative/1-size/drafts/bo.md:1: the text is not UTF-8: byte 0xe9 at offset 5\n    \
         save it as UTF-8; most editors ask for the encoding when saving\n  \
         narrative/roster.toml:2:1: unknown key `member`\n    \
         did you mean `members`?\nnext: onetext check\n"
    );
    assert_eq!(run.stdout, "");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn where_there_is_no_narrative_the_way_to_one_is_told() {
    let sandbox = Sandbox::new();
    let nothing: [&str; 0] = [];
    sandbox
        .run(nothing)
        .exits_with(2)
        .warns("next: onetext init");
}

/// A contributor can mend neither the narrative's settings nor others' choices: what she can do is write.
#[test]
fn a_contributor_is_told_what_she_can_do() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("narrative/1-size/drafts/bo.md", "We are small.\n");
    sandbox.commit("a draft by bo");
    let next = |who: &str| {
        let status = sandbox.onetext(["status", "--json"]).by(who).run();
        status.json()["next"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(next("bo"), "onetext draft 2");
    assert_eq!(next("chi"), "onetext draft 1");
    assert_eq!(next("ana"), "onetext merge");
    for question in ["2-values", "3-drivers"] {
        sandbox.write(&format!("narrative/{question}/drafts/bo.md"), "We share.\n");
    }
    sandbox.commit("more by bo");
    assert_eq!(next("bo"), "onetext fate");
}
