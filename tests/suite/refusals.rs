//! What cannot be done is refused: it says why and how to mend it, and nothing is written.

use crate::receive::state;
use crate::sandbox::{Run, Sandbox};

/// A narrative with one draft by bo, ready to be merged.
fn ready() -> Sandbox {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("narrative/1-size/drafts/bo.md", "We are small.\n");
    sandbox.commit("a draft by bo");
    sandbox
}

/// Runs `merge size`, and insists that it fails and leaves files and commits as they were.
#[track_caller]
fn refused(sandbox: &Sandbox, code: i32) -> Run {
    let before = (sandbox.files(), sandbox.git(["rev-list", "--all"]));
    let run = sandbox.run(["merge", "size"]).exits_with(code);
    assert_eq!(
        before,
        (sandbox.files(), sandbox.git(["rev-list", "--all"])),
        "something was written"
    );
    assert!(run.stderr.starts_with("error: "), "{run:?}");
    run
}

#[test]
fn what_is_ready_is_not_refused() {
    ready().run(["merge", "size"]).succeeds();
}

#[test]
fn there_is_no_narrative() {
    let run = Sandbox::new().run(["merge"]).exits_with(2);
    run.warns("there is no narrative in")
        .warns("next: onetext init --from MESSAGE");
}

#[test]
fn there_is_no_such_question() {
    let sandbox = ready();
    sandbox
        .run(["merge", "sise"])
        .exits_with(2)
        .warns("`sise`")
        .warns("`size`");
    sandbox.run(["merge", "9"]).exits_with(2).warns("`9`");
}

#[test]
fn nobody_said_who_is_writing() {
    let sandbox = ready();
    let call = sandbox.onetext(["merge", "size"]);
    let call = call.without("GIT_AUTHOR_NAME").without("GIT_AUTHOR_EMAIL");
    let run = call
        .without("GIT_COMMITTER_NAME")
        .without("GIT_COMMITTER_EMAIL")
        .run();
    run.exits_with(2)
        .warns("git does not know who you are")
        .warns("user.name")
        .warns("user.email");
}

#[test]
fn the_head_is_detached() {
    let sandbox = ready();
    sandbox.git(["checkout", "-q", "--detach"]);
    refused(&sandbox, 2)
        .warns("detached")
        .warns("next: git switch");
}

#[test]
fn the_branch_has_no_commit_yet() {
    let sandbox = ready();
    sandbox.git(["symbolic-ref", "HEAD", "refs/heads/new"]);
    refused(&sandbox, 2)
        .warns("the branch `new` has no commit yet")
        .warns("next: git commit");
}

#[test]
fn something_is_not_committed() {
    let sandbox = ready();
    sandbox.write("narrative/1-size/drafts/bo.md", "We are growing.\n");
    refused(&sandbox, 2)
        .warns("`narrative/1-size/drafts/bo.md`")
        .warns("next: git status");
}

#[test]
fn another_git_holds_the_index() {
    let sandbox = ready();
    sandbox.write(".git/index.lock", "");
    refused(&sandbox, 2).warns("index.lock");
}

#[test]
fn a_merge_is_under_way() {
    let sandbox = ready();
    let head = sandbox.git(["rev-parse", "HEAD"]);
    sandbox.write(".git/MERGE_HEAD", head);
    refused(&sandbox, 2).warns("in the middle of a merge");
}

#[test]
fn a_draft_is_not_utf_8() {
    let cases: [(&[u8], &str); 6] = [
        (
            b"So.\ngr\xfc\xdfe\n",
            ":2: the text is not UTF-8: byte 0xfc at offset 6",
        ),
        (
            b"A half \xed\xa0\x80.\n",
            ":1: the text is not UTF-8: byte 0xed at offset 7",
        ),
        (
            b"Cut off \xe2\x82",
            ":1: the text is not UTF-8: byte 0xe2 at offset 8",
        ),
        (b"\xff\xfeS\0o\0\n\0", ":1: the text is UTF-16, not UTF-8"),
        (b"\xfe\xff\0S\0o\0\n", ":1: the text is UTF-16, not UTF-8"),
        (
            b"It is\0small.\n",
            ":1:6: the text has control characters: U+0000",
        ),
    ];
    let sandbox = ready();
    for (bytes, told) in cases {
        sandbox
            .write("narrative/1-size/drafts/chi.md", bytes)
            .commit("in another encoding");
        refused(&sandbox, 1).warns(&format!("narrative/1-size/drafts/chi.md{told}"));
    }
    sandbox
        .write("narrative/1-size/drafts/chi.md", "\u{feff}We are small.\n")
        .commit("with a mark of its order of bytes");
    sandbox.run(["merge", "size"]).succeeds();
    assert_eq!(sandbox.agreed(), "We are small.\n");
}

/// An id is the name of a file and is read by people: no letter may stand for another.
#[test]
fn an_id_looks_like_anothers() {
    let sandbox = ready();
    for (id, told) in [
        (
            "\u{430}na",
            "is not a name of 1 to 40 characters from `a-z`, `0-9` and `-`",
        ),
        ("b0", "is easily taken for `bo`"),
    ] {
        let before = state(&sandbox);
        sandbox.run(["roster", "add", id]).exits_with(2).warns(told);
        assert!(before == state(&sandbox), "something was written");
    }
}

#[test]
fn the_roster_has_an_unknown_key() {
    let sandbox = ready();
    let roster = sandbox
        .read("narrative/roster.toml")
        .replace("emails", "email");
    sandbox
        .write("narrative/roster.toml", roster)
        .commit("a slip");
    refused(&sandbox, 1)
        .warns("roster.toml:")
        .warns("`email`")
        .warns("`emails`");
}

#[cfg(unix)]
#[test]
fn a_draft_is_a_link() {
    let sandbox = ready();
    let link = sandbox.path().join("narrative/1-size/drafts/chi.md");
    std::os::unix::fs::symlink("/etc/passwd", link).unwrap();
    sandbox.commit("a link");
    let run = refused(&sandbox, 1).warns("`narrative/1-size/drafts/chi.md` is a link");
    assert!(!run.stderr.contains("root:"), "{run:?}");
}

#[test]
fn a_commit_that_was_cut_off_is_finished_by_the_next_command() {
    let sandbox = ready();
    sandbox.run(["merge", "size"]).succeeds();
    let head = sandbox.git(["rev-parse", "HEAD"]);
    let (agreed, record) = ("narrative/1-size/agreed.md", "narrative/1-size/record.toml");
    let whole = sandbox.read(record);
    sandbox.write(record, "");
    std::fs::remove_file(sandbox.path().join(agreed)).expect("it is there");
    sandbox.write(
        ".git/onetext/pending",
        format!("{head}{agreed}\n{record}\n"),
    );
    sandbox
        .run(["merge", "size"])
        .succeeds()
        .says("nothing new");
    assert_eq!(sandbox.read(agreed), "We are small.\n");
    assert_eq!(sandbox.read(record), whole);
    assert_eq!(sandbox.git(["status", "--porcelain"]), "");
    assert!(!sandbox.has(".git/onetext/pending"));
}
