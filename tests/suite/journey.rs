//! The main job as its users do it: a message, three drafts, a first agreed text, a second round.

use crate::sandbox::Sandbox;

const MESSAGE: &str = "Hello all, a journalist calls tomorrow.\n\n\
    1. How big is the movement?\n\
    2. What are its values,\n   and why?\n\nPlease send what you think.\n";

/// A narrative made from the message, with three people on the roster.
fn asked() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("message.txt", MESSAGE);
    sandbox
        .run(["init", "--from", "message.txt"])
        .succeeds()
        .says("2 questions");
    for who in ["ana", "bo", "chi"] {
        let address = format!("{who}@example.org");
        sandbox
            .run(["roster", "add", who, "--name", who, "--email", &address])
            .succeeds();
    }
    sandbox
}

fn draft(sandbox: &Sandbox, who: &str, text: &str) {
    sandbox
        .onetext(["draft", "1", "--stdin"])
        .by(who)
        .given(text)
        .run()
        .succeeds();
}

/// Three drafts and the first agreed text, chosen by a sheet.
fn agreed() -> Sandbox {
    let sandbox = asked();
    draft(
        &sandbox,
        "ana",
        "We are small. There are about forty co-ops. They grow.\n",
    );
    draft(
        &sandbox,
        "bo",
        "We are small. There are about fifty co-ops. We share.\n",
    );
    draft(&sandbox, "chi", "We are small. They grow.\n");
    let sheet = sandbox
        .run(["decide", "1", "--sheet", "-"])
        .exits_with(3)
        .stdout;
    let filled: Vec<String> = sheet.lines().map(filled).collect();
    let sheet = sandbox.path().with_file_name("sheet.txt");
    std::fs::write(&sheet, filled.join("\n")).expect("the sheet can be written");
    let sheet = sheet.to_str().expect("its path is UTF-8");
    sandbox.run(["decide", "1", "--from", sheet]).succeeds();
    sandbox
}

/// Fills in a line of the sheet: forty, not fifty; what bo shares is for later.
fn filled(line: &str) -> String {
    if line.ends_with("fifty co-ops.") {
        let id = line.split(' ').nth(1).expect("an id follows");
        format!("decline {id} because the count is forty")
    } else if line.ends_with("We share.") {
        line.replacen("open", "park", 1)
    } else {
        line.replacen("open", "take", 1)
    }
}

fn agreed_text(sandbox: &Sandbox) -> String {
    let questions = sandbox.git(["ls-files", "narrative/1-*/agreed.md"]);
    sandbox.read(questions.trim())
}

#[test]
fn a_message_becomes_questions_and_a_background() {
    let sandbox = asked();
    let questions = sandbox.git(["ls-files", "narrative/*/question.md"]);
    assert_eq!(questions.lines().count(), 2, "{questions}");
    assert!(
        sandbox
            .read(questions.lines().nth(1).unwrap())
            .contains("What are its values,")
    );
    assert!(
        sandbox
            .read("narrative/background.md")
            .contains("a journalist calls tomorrow")
    );
    assert!(sandbox.git(["status", "--short", "narrative"]).is_empty());
    let before = sandbox.files();
    sandbox.run(["init", "--from", "message.txt"]).exits_with(2);
    assert_eq!(before, sandbox.files());
}

#[test]
fn the_drafts_stand_side_by_side() {
    let sandbox = asked();
    draft(&sandbox, "ana", "We are small.\n");
    draft(&sandbox, "bo", "We are small. We share.\n");
    sandbox
        .run(["compare", "1"])
        .succeeds()
        .says("Said by all: 1")
        .says("Said by one: 1");
    let report = sandbox.run(["compare", "1", "--json"]).succeeds().json();
    assert_eq!(
        report["said-by-all"][0]["wordings"][0]["text"],
        "We are small."
    );
    assert_eq!(
        report["said-by-one"][0]["wordings"][0]["contributors"][0],
        "bo"
    );
}

#[test]
fn the_first_text_is_chosen_and_what_was_declined_is_on_the_record() {
    let sandbox = agreed();
    let text = agreed_text(&sandbox);
    assert_eq!(
        text,
        "We are small. There are about forty co-ops. They grow.\n"
    );
    let record = sandbox.git(["ls-files", "narrative/1-*/record.toml"]);
    assert!(
        sandbox
            .read(record.trim())
            .contains("reason = \"the count is forty\"")
    );
    sandbox.run(["merge", "1"]).succeeds().says("nothing new");
    assert!(
        sandbox
            .git(["log", "-1", "--format=%B"])
            .contains("Considered: bo ")
    );
}

#[test]
fn a_second_round_merges_edits_and_asks_only_where_they_differ() {
    let sandbox = agreed();
    sandbox.days_pass(3);
    draft(
        &sandbox,
        "ana",
        "We are small. There are about forty co-ops. They grow every year.\n",
    );
    draft(
        &sandbox,
        "chi",
        "We are rather small. There are about forty co-ops. They grow.\n",
    );
    sandbox.run(["merge", "1"]).succeeds();
    let merged = "We are rather small. There are about forty co-ops. They grow every year.\n";
    assert_eq!(agreed_text(&sandbox), merged);
    draft(&sandbox, "ana", &merged.replace("rather", "still"));
    draft(&sandbox, "chi", &merged.replace("rather", "very"));
    sandbox
        .run(["merge", "1"])
        .exits_with(3)
        .says("1 choice open")
        .says("next: onetext decide");
    assert_eq!(agreed_text(&sandbox), merged, "no marker stands in a text");
    assert!(!sandbox.has(".git/index.lock"));
}

#[test]
fn the_order_of_arrival_does_not_matter() {
    let texts = [
        ("ana", "We are small. We grow.\n"),
        ("bo", "We are small. We grow. We share.\n"),
    ];
    let sheet = |order: [usize; 2]| {
        let sandbox = asked();
        for at in order {
            draft(&sandbox, texts[at].0, texts[at].1);
        }
        sandbox
            .run(["decide", "1", "--sheet", "-"])
            .exits_with(3)
            .stdout
    };
    assert_eq!(sheet([0, 1]), sheet([1, 0]));
}

#[test]
fn merge_file_speaks_as_git_does() {
    let sandbox = Sandbox::new();
    sandbox
        .write("base", "One. Two. Three.\n")
        .write("ours", "One. Two! Three.\n");
    sandbox
        .write("theirs", "One. Two. Three more.\n")
        .write("other", "One. Two or so. Three.\n");
    let clean = sandbox
        .run(["merge-file", "base", "ours", "theirs"])
        .succeeds();
    assert_eq!(clean.stdout, "One. Two! Three more.\n");
    sandbox
        .run(["merge-file", "base", "ours", "other"])
        .exits_with(1)
        .says("<<<<<<<");
    assert!(sandbox.run(["merge-file", "base", "ours", "none"]).code >= 128);
}

#[test]
fn a_draft_is_written_in_an_editor() {
    let sandbox = asked();
    let call = sandbox
        .onetext(["draft", "1"])
        .by("bo")
        .with("EDITOR", "sh -c 'echo We grow. >> \"$1\"' -");
    call.run().succeeds();
    let draft = sandbox.git(["ls-files", "narrative/1-*/drafts/bo.md"]);
    assert_eq!(sandbox.read(draft.trim()), "We grow.\n");
}
