//! What of a proposal may be taken, and what its words are held to.

use super::{checked, narrative, proposed};

const BO: &str = "narrative/1-size/drafts/bo.md";

#[test]
fn ones_own_words_may_be_taken() {
    let sandbox = narrative();
    proposed(&sandbox, &[(BO, "We are tiny.\n")]);
    let run = checked(&sandbox, "bo").succeeds();
    run.says("1 file, by `bo`, known by the word of who runs this")
        .says("allowed  narrative/1-size/drafts/bo.md  new  belongs to `bo`")
        .says("no findings");
}

#[test]
fn what_belongs_to_others_is_told_path_by_path_and_the_rest_is_allowed() {
    let sandbox = narrative();
    let files = [
        (".github/workflows/check.yml", "on: push\n"),
        ("narrative/1-size/drafts/chi.md", "Not mine.\n"),
        ("narrative/1-size/positions/alpha.toml", "schema = 1\n"),
        ("narrative/narrative.toml", "schema = 1\ntitle = \"Mine\"\n"),
        ("narrative/roster.toml", "schema = 1\n"),
        ("templates/media/page.html", "x"),
        (BO, "We are tiny.\n"),
    ];
    proposed(&sandbox, &files);
    let run = checked(&sandbox, "bo").exits_with(1);
    let owners = [
        "the facilitators",
        "`chi`",
        "the member `alpha`",
        "the facilitators",
        "the facilitators",
        "the facilitators",
    ];
    for ((path, _), owner) in files.iter().zip(owners) {
        let line = run
            .stdout
            .lines()
            .find(|line| line.starts_with("refused") && line.contains(path));
        let line = line.unwrap_or_else(|| panic!("{path} is not refused in\n{}", run.stdout));
        assert!(line.ends_with(&format!("belongs to {owner}")), "{line}");
        assert!(
            run.stdout.contains(&format!("{path}: error proposal-path")),
            "{path}"
        );
    }
    run.says("allowed  narrative/1-size/drafts/bo.md")
        .says("6 errors, no warnings");
    let own = checked(&sandbox, "ana");
    own.says("allowed  narrative/roster.toml")
        .says("allowed  .github/workflows/check.yml");
}

#[test]
fn the_words_are_held_to_the_rules_of_the_narrative() {
    let sandbox = narrative();
    sandbox.write("narrative/2-values/drafts/chi.md", "See [@none].\n");
    sandbox.commit("a fault that was there before");
    let text = "We are 12 [@lst]. See [it](javascript:alert(1)).\n";
    proposed(&sandbox, &[(BO, text)]);
    let run = checked(&sandbox, "bo").exits_with(1);
    assert!(!run.stdout.contains("chi.md"), "{}", run.stdout);
    run.says("narrative/1-size/drafts/bo.md:1: error citation-unknown")
        .says("narrative/1-size/drafts/bo.md:1: error unsafe-link");
}

#[test]
fn an_edit_of_the_agreed_text_is_taken_as_a_draft() {
    let sandbox = narrative();
    proposed(
        &sandbox,
        &[(
            "narrative/1-size/agreed.md",
            "We are tiny [@x]. We are many.\n",
        )],
    );
    let run = checked(&sandbox, "bo").exits_with(1);
    run.says("taken as a draft  narrative/1-size/agreed.md  changed")
        .says("mend: next time write into `narrative/1-size/drafts/bo.md`")
        .says("narrative/1-size/agreed.md:1: error citation-unknown");
    let report = sandbox
        .run(["check", "--proposal", "main", "--as", "bo", "--json"])
        .json();
    let words = &report["proposal"]["words"][0];
    assert_eq!(words["path"], "narrative/1-size/agreed.md");
    assert_eq!(words["changes"][0]["change"], "reworded");
    assert_eq!(report["proposal"]["author"], "bo");
    assert_eq!(report["proposal"]["known-by"], "word");
}

#[test]
fn a_delegate_says_only_what_she_says_herself() {
    let sandbox = narrative();
    let text = sandbox.git(["rev-parse", "HEAD:narrative/1-size/agreed.md"]);
    let position = |spoke: &str| {
        format!(
            "schema = 1\nmember = \"beta\"\nposition = \"agree\"\ntext = \"{}\"\non = \"2026-03-01\"\nspoke = \"{spoke}\"\n",
            text.trim()
        )
    };
    let path = "narrative/1-size/positions/beta.toml";
    proposed(&sandbox, &[(path, &position("bo"))]);
    checked(&sandbox, "bo").succeeds();
    checked(&sandbox, "chi")
        .exits_with(1)
        .says("the file belongs to the member `beta`, and the proposal is by `chi`");
    sandbox.write(path, position("chi")).commit("for another");
    checked(&sandbox, "bo")
        .exits_with(1)
        .says("`chi` is to have spoken, and the proposal is by `bo`");
}

#[test]
fn rights_are_those_of_the_base_and_not_of_the_proposal() {
    let sandbox = narrative();
    let roster = sandbox
        .read("narrative/roster.toml")
        .replace("facilitator = false", "facilitator = true");
    proposed(&sandbox, &[("narrative/roster.toml", &roster)]);
    checked(&sandbox, "bo")
        .exits_with(1)
        .says("narrative/roster.toml: error proposal-path");
}

#[test]
fn only_what_the_proposal_changes_is_judged_when_the_base_has_moved() {
    let sandbox = narrative();
    proposed(&sandbox, &[(BO, "We are tiny.\n")]);
    sandbox.git(["switch", "-q", "main"]);
    sandbox.write(
        "narrative/narrative.toml",
        "schema = 1\ntitle = \"Moved\"\n",
    );
    sandbox.commit("the base moves");
    let check = |at: &str| sandbox.run(["check", "--proposal", "main", "--as", "bo", "--at", at]);
    check("proposal").succeeds().says("1 file, by `bo`");
    sandbox.git(["merge", "-q", "--no-edit", "proposal"]);
    sandbox.git(["branch", "-q", "merged"]);
    sandbox.git(["reset", "-q", "--hard", "HEAD~1"]);
    check("merged").succeeds().says("1 file, by `bo`");
}

#[test]
fn a_proposal_with_a_history_of_its_own_is_refused() {
    let sandbox = narrative();
    sandbox.git(["switch", "-q", "--orphan", "proposal"]);
    sandbox.write("narrative/narrative.toml", "schema = 1\ntitle = \"Mine\"\n");
    sandbox.commit("from nowhere");
    sandbox
        .run(["check", "--proposal", "main", "--as", "bo"])
        .exits_with(1)
        .warns("have no commit in common")
        .warns("git fetch --unshallow");
}
