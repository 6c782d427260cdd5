//! Whose drafts they become, what is asked first, and where the rest is kept.

use super::{asked, plain};

const REPLY: &str = "I could not do all.\n\n1. We are forty.\n\n2. Fairness.\n";

#[test]
fn a_sender_is_only_a_suggestion() {
    let sandbox = asked();
    sandbox.write("reply.eml", plain(REPLY));
    let before = sandbox.files();
    sandbox
        .run(["import", "reply.eml", "--yes"])
        .exits_with(3)
        .says("an address of ana")
        .says("- say whose words these are: `--as ana`, if they are ana's")
        .says("next: onetext import reply.eml --yes --as ana");
    sandbox
        .run(["import", "reply.eml", "--as", "ana"])
        .exits_with(3)
        .says("nothing is saved yet")
        .says("next: onetext import reply.eml --as ana --yes");
    sandbox
        .run(["import", "reply.eml", "--as", "ana", "--dry-run"])
        .succeeds()
        .says("2 drafts would be saved and committed");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn drafts_are_one_commit_of_their_contributor_and_the_rest_is_in_its_message() {
    let sandbox = asked();
    sandbox.write("reply.eml", plain(REPLY));
    sandbox
        .run([
            "import",
            "reply.eml",
            "--as",
            "bo",
            "--yes",
            "--rest",
            "rest.txt",
        ])
        .succeeds()
        .says("2 drafts saved and committed")
        .says("kept in the message of the commit");
    assert_eq!(
        sandbox.read("narrative/1-big/drafts/bo.md"),
        "We are forty.\n"
    );
    let log = sandbox.git(["log", "-1", "--format=%an <%ae> %cn%n%B"]);
    assert!(
        log.starts_with("bo <bo@example.org> ana\nimport: 2 drafts by bo from reply.eml\n"),
        "{log}"
    );
    assert!(
        log.contains("    line 1, no question stands before it:\n    \n    I could not do all."),
        "{log}"
    );
    assert!(sandbox.read("rest.txt").contains("I could not do all."));
    sandbox
        .run(["import", "reply.eml", "--as", "bo", "--yes"])
        .succeeds()
        .says("nothing new");
}

#[test]
fn another_draft_is_replaced_only_when_that_is_said() {
    let sandbox = asked();
    sandbox.write("narrative/1-big/drafts/ana.md", "We are thirty.\n");
    sandbox.commit("a draft by ana");
    sandbox.write("reply.eml", plain(REPLY));
    let import = ["import", "reply.eml", "--as", "ana", "--yes"];
    sandbox
        .run(import)
        .exits_with(3)
        .says("another draft is there")
        .says("[-thirty-] {+forty+}")
        .says("--replace");
    assert_eq!(
        sandbox.read("narrative/1-big/drafts/ana.md"),
        "We are thirty.\n"
    );
    sandbox
        .run(import.into_iter().chain(["--replace"]))
        .succeeds();
    assert_eq!(
        sandbox.read("narrative/1-big/drafts/ana.md"),
        "We are forty.\n"
    );
}

#[test]
fn what_is_no_reply_is_refused_and_nothing_is_written() {
    let sandbox = asked();
    let refusals: [(&str, &[u8], &str); 5] = [
        ("a.pdf", b"%PDF-1.7", "a PDF is not read"),
        ("a.txt", b"1. caf\xe9\n", "byte 0xe9 at offset 6"),
        ("b.txt", "1. It is \u{202e}12.\n".as_bytes(), "U+202E"),
        (
            "c.docx",
            b"PK\x03\x04 nothing",
            "it is no document that can be read",
        ),
        ("d.eml", b"From: a@example.org\r\n\r\n", "it has no words"),
    ];
    for (name, bytes, told) in refusals {
        sandbox.write(name, bytes);
        let before = sandbox.files();
        sandbox
            .run(["import", name, "--as", "ana", "--yes"])
            .exits_with(2)
            .warns(told);
        assert_eq!(sandbox.files(), before);
    }
    sandbox.write("e.txt", "Nothing numbered.\n");
    sandbox
        .run(["import", "e.txt", "--yes"])
        .exits_with(1)
        .says("no question was found");
}

#[test]
fn what_is_left_out_is_shown_whole_and_kept_as_far_as_it_is_hers() {
    let sandbox = asked();
    let quoted =
        "> Thank you for all of this, dear Ana, and for the many years that you have been with us";
    let text = format!(
        "Hi Eve,\n\n2. Fairness.\n\nBest wishes\nAna\n\n--\nAna of Alpha\n\n\
        On 3 May 2024, Eve wrote:\n{quoted}\n> Eve\n"
    );
    sandbox.write("reply.eml", plain(&text));
    let kept = ["greeting, line 1:", "Hi Eve,", "closing, lines 5–6:"];
    // A telephone number and another's mail are not for everybody to read.
    let shown = [
        "quoted words, lines 12–13:",
        "Thank you for all of this, dear Ana, and for the many years",
        "been with us",
        "who wrote what is quoted, line 11:",
        "signature, lines 8–9:",
        "Ana of Alpha",
    ];
    let mut run = sandbox
        .run(["import", "reply.eml", "--as", "ana", "--yes"])
        .succeeds();
    let log = sandbox.git(["log", "-1", "--format=%B"]);
    for words in kept {
        run = run.says(words);
        assert!(log.contains(words), "{words}: {log}");
    }
    for words in shown {
        run = run.says(words);
        assert!(!log.contains(words), "{words}: {log}");
    }
}
