//! What one round leaves for the next: what was open stays open, and what was let through by nobody waits.

use crate::sandbox::Sandbox;

const PLAIN: &str = "The fund supports local libraries. It was founded by three teachers. Grants are decided twice a \
                     year. The board meets in May. The office is in Leeds.\n";

/// A narrative in which ana's text is agreed.
fn agreed(text: &str) -> Sandbox {
    let sandbox = Sandbox::with_narrative();
    sandbox.drafts(&[("ana", text)]);
    sandbox.run(["merge", "size"]).succeeds();
    sandbox
}

/// Two people change one block that keeps its lines; whoever merges again is asked again.
fn stays_open(base: &str, changes: [(&str, &str); 2]) {
    let sandbox = agreed(base);
    let [ana, bo] = changes.map(|(from, to)| base.replace(from, to));
    sandbox.drafts(&[("ana", &ana), ("bo", &bo)]);
    sandbox
        .run(["merge", "1"])
        .exits_with(3)
        .says("1 choice open");
    let again = sandbox.run(["merge", "1"]).exits_with(3);
    again.says("1-size: nothing new, 1 choice open");
    for who in ["ana", "bo"] {
        let fate = sandbox.run(["fate", "1", "--contributor", who]).succeeds();
        let fate = fate.says("Open (1)").stdout;
        assert!(!fate.contains("Merged"), "{fate}");
    }
    assert_eq!(sandbox.agreed(), base);
    let sheet = sandbox.run(["decide", "1", "--sheet", "-"]).stdout;
    sandbox.write("sheet.md", sheet.replacen("- [ ] A", "- [x] A", 1));
    sandbox
        .run(["decide", "1", "--from", "sheet.md"])
        .succeeds();
    let decided = sandbox.agreed();
    assert!(decided == ana || decided == bo, "{decided}");
    sandbox
        .run(["merge", "1"])
        .succeeds()
        .says("1-size: nothing new\n");
}

#[test]
fn a_choice_about_code_stays_open() {
    let base = "Run it so:\n\n```\nmake one\n```\n";
    stays_open(base, [("one", "two"), ("one", "three")]);
}

#[test]
fn a_choice_about_a_cell_stays_open() {
    let base = "| Year | Firms |\n| --- | --- |\n| 2024 | forty |\n| 2025 | fifty |\n";
    stays_open(base, [("fifty", "sixty"), ("fifty", "seventy")]);
}

#[test]
fn a_choice_about_a_line_of_html_stays_open() {
    let base = "We are small.\n\n<div class=\"one\">\nA frame.\n</div>\n";
    stays_open(base, [("A frame", "A box"), ("A frame", "A line")]);
}

#[test]
fn a_choice_between_sentences_with_footnotes_of_one_label_stays_open() {
    let sandbox = agreed("It grew fast. It fell.\n\nThe board decides.\n");
    let draft = |word: &str, note: &str| {
        format!("It grew {word}.[^1] It fell.\n\nThe board decides.\n\n[^1]: {note}\n")
    };
    sandbox.drafts(&[
        ("ana", &draft("slowly", "The census of 2019.")),
        ("bo", &draft("hugely", "Statutes, part four.")),
    ]);
    sandbox
        .run(["merge", "1"])
        .exits_with(3)
        .says("1 choice open");
    sandbox
        .run(["merge", "1"])
        .exits_with(3)
        .says("nothing new, 1 choice open");
    let fate = sandbox.run(["fate", "1", "--contributor", "bo"]).succeeds();
    fate.says("- It grew hugely.[^1]\n    waits for a decision");
}

#[test]
fn a_draft_that_was_cut_down_takes_out_the_rest() {
    let sandbox = agreed(PLAIN);
    sandbox.drafts(&[("ana", "The office is in Leeds.\n")]);
    let run = sandbox.run(["merge", "1"]).succeeds();
    run.says("4 passages changed, no choices open")
        .says("deleted (ana): The board meets in May.");
    assert_eq!(sandbox.agreed(), "The office is in Leeds.\n");
}

#[test]
fn a_draft_that_builds_on_a_short_text_is_taken_as_it_stands() {
    let sandbox = agreed("We are small. We share.\n");
    let built = "We are small. We share.\n\nPay is decided together by all members at a meeting in May each year:\n\n\
                 - nobody earns more than twice what another earns\n- those who care for children earn more\n";
    sandbox.drafts(&[("bo", built)]);
    sandbox.run(["merge", "1"]).succeeds();
    assert_eq!(sandbox.agreed(), built);
}

#[test]
fn what_waited_for_others_comes_in_once_the_rules_let_it() {
    let sandbox = agreed(PLAIN);
    let config = sandbox.read("narrative/narrative.toml");
    let with = |policy: &str| format!("{config}\n[merge]\naccept = {policy}\n");
    sandbox.write("narrative/narrative.toml", with("{ quorum = 2 }"));
    sandbox.drafts(&[("bo", &PLAIN.replace("May", "June"))]);
    sandbox.run(["merge", "1"]).exits_with(3);
    assert_eq!(sandbox.agreed(), PLAIN);
    sandbox.write("narrative/narrative.toml", with("\"unopposed\""));
    sandbox.commit("another rule");
    sandbox
        .run(["merge", "1"])
        .succeeds()
        .says("1 passage changed, no choices open");
    assert_eq!(sandbox.agreed(), PLAIN.replace("May", "June"));
}

#[test]
fn what_was_only_left_standing_is_nobodys_wording() {
    let sandbox = agreed(PLAIN);
    sandbox.drafts(&[("chi", &PLAIN.replace("The board meets in May. ", ""))]);
    sandbox.run(["merge", "1"]).succeeds();
    let without = sandbox.agreed();
    sandbox.drafts(&[("bo", &without.replace("Leeds", "York"))]);
    sandbox.run(["merge", "1"]).succeeds();
    let who = sandbox.run(["who", "1"]).succeeds();
    assert!(!who.stdout.contains("chi"), "{}", who.stdout);
    sandbox
        .run(["fate", "1", "--contributor", "chi"])
        .succeeds()
        .says("Taken out, fold 2");
}

#[test]
fn what_is_moved_and_taken_out_is_counted() {
    let items = "1. Libraries apply online.\n2. The board decides.\n3. Decisions are published.\n";
    let sandbox = agreed(items);
    let moved = "1. Decisions are published.\n2. Libraries apply online.\n3. The board decides.\n";
    sandbox.drafts(&[("ana", moved)]);
    sandbox
        .run(["merge", "1"])
        .succeeds()
        .says("1 passage changed");
    assert_eq!(sandbox.agreed(), moved);
    let fewer = "1. Libraries apply online.\n2. The board decides.\n";
    sandbox.drafts(&[("ana", fewer)]);
    sandbox
        .run(["merge", "1"])
        .succeeds()
        .says("1 passage changed");
    assert_eq!(sandbox.agreed(), fewer);
}

#[test]
fn line_ends_that_git_holds_otherwise_are_no_change() {
    let sandbox = agreed(PLAIN);
    sandbox.write(".gitattributes", "*.md text\n");
    let draft = format!("{}\r\n", PLAIN.trim_end().replace("May", "June"));
    sandbox.drafts(&[("bo", &draft)]);
    assert_eq!(sandbox.git(["status", "--porcelain"]), "");
    sandbox.run(["merge", "1"]).succeeds();
    assert_eq!(sandbox.agreed(), PLAIN.replace("May", "June"));
}

#[test]
fn everybody_who_asked_for_a_deletion_is_told_that_it_was_carried_out() {
    let sandbox = agreed(PLAIN);
    let config = sandbox.read("narrative/narrative.toml");
    let policy = "\n[merge]\naccept = { quorum = 2 }\n";
    sandbox.write("narrative/narrative.toml", config + policy);
    let without = PLAIN.replace("The board meets in May. ", "");
    sandbox.drafts(&[("bo", &without)]);
    sandbox.run(["merge", "1"]).exits_with(3);
    sandbox.drafts(&[("chi", &without)]);
    sandbox.run(["merge", "1"]).succeeds();
    assert_eq!(sandbox.agreed(), without);
    for who in ["bo", "chi"] {
        let fate = sandbox.run(["fate", "1", "--contributor", who]).succeeds();
        fate.says("- to be taken out: The board meets in May.");
    }
}

#[test]
fn what_others_changed_is_not_told_as_left_standing() {
    let sandbox = agreed(PLAIN);
    sandbox.drafts(&[("bo", &PLAIN.replace("Leeds", "York"))]);
    sandbox.run(["merge", "1"]).succeeds();
    sandbox.drafts(&[("ana", &PLAIN.replace("three", "four"))]);
    sandbox.run(["merge", "1"]).succeeds();
    let fate = sandbox.run(["fate", "1", "--contributor", "bo"]).succeeds();
    fate.says("Left as it was, then changed or taken out by others, fold 3")
        .says("- It was founded by three teachers.");
}

#[test]
fn a_label_that_was_told_apart_takes_nobodys_words_away() {
    let base = "It grew fast. It fell.\n\nThe board decides.\n";
    let sandbox = agreed(base);
    let ana = "It grew fast.[^1] It fell.\n\nThe board decides.\n\n[^1]: The census of 2019.\n";
    let bo = "It grew fast. It fell.\n\nThe board decides.[^1]\n\n[^1]: Statutes, part four.\n";
    sandbox.drafts(&[("ana", ana), ("bo", bo)]);
    sandbox.run(["merge", "1"]).succeeds();
    assert!(sandbox.agreed().contains("decides.[^1-"));
    let who = sandbox.run(["who", "1"]).succeeds().stdout;
    assert!(!who.contains("composed"), "{who}");
}
