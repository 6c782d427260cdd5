//! Two at once, and output that nobody reads.

use std::process::Stdio;

use super::{proposes, shared};
use crate::sandbox::Sandbox;

/// Holds the lock as another onetext would, and says which process it is.
fn held(sandbox: &Sandbox, owner: &str) -> std::fs::File {
    sandbox.write(".git/onetext/lock", owner);
    let path = sandbox.path().join(".git/onetext/lock");
    let file = std::fs::File::options().write(true).open(path);
    let file = file.expect("it was written");
    file.lock().expect("nobody else has it");
    file
}

#[test]
fn two_at_once_are_told_of_each_other() {
    let sandbox = shared();
    proposes(&sandbox, "bo", "We are small.\n");
    sandbox.write("reply.txt", "1. We are small.\n");
    let lock = held(&sandbox, "4711");
    let before = (sandbox.files(), sandbox.git(["for-each-ref", "refs/heads"]));
    for arguments in [
        &["receive", "7", "--as", "bo", "--yes"][..],
        &["roster", "account", "bo", "github.com", "bo", "34"],
        &["import", "reply.txt", "--as", "bo", "--yes"],
        &["propose", "1", "--as", "bo"],
        &["propose", "1", "--as", "bo", "--bundle", "bo.bundle"],
    ] {
        if arguments[0] == "propose" {
            sandbox.write("narrative/1-size/drafts/bo.md", "We are small.\n");
        }
        let run = sandbox.run(arguments).exits_with(2);
        run.warns("another onetext (process 4711) is writing here");
    }
    std::fs::remove_file(sandbox.path().join("narrative/1-size/drafts/bo.md"))
        .expect("it is there");
    std::fs::remove_dir(sandbox.path().join("narrative/1-size/drafts")).expect("it is empty");
    let after = (sandbox.files(), sandbox.git(["for-each-ref", "refs/heads"]));
    assert!(before == after, "something was written");
    drop(lock);
    sandbox
        .run(["receive", "7", "--as", "bo", "--yes"])
        .succeeds();
}

#[test]
fn output_that_nobody_reads_is_no_fault() {
    let sandbox = shared();
    proposes(&sandbox, "bo", "We are small.\n");
    for arguments in [
        &["receive"][..],
        &["receive", "7"],
        &["receive", "7", "--json"],
        &["check", "--proposal", "main"],
        &["receive", "7", "--as", "bo", "--yes"],
        &["status"],
        &["roster", "account", "bo", "github.com", "bo", "34"],
        &["init", ".", "--forge", "gitlab"],
    ] {
        let mut child = sandbox.child(arguments);
        child.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = child.spawn().expect("onetext can be started");
        drop(child.stdout.take());
        let ended = child.wait_with_output().expect("it comes to an end");
        let stderr = String::from_utf8_lossy(&ended.stderr);
        assert!(!stderr.contains("panicked"), "{arguments:?}: {stderr}");
        assert_ne!(ended.status.code(), Some(70), "{arguments:?}: {stderr}");
    }
}

#[test]
fn what_a_killed_program_left_lying_about_is_swept_up() {
    let sandbox = shared();
    let draft = "narrative/1-size/drafts/bo.md";
    sandbox.write(draft, "We are small.\n");
    sandbox.commit("a draft");
    // It was killed between the move of the branch and the rename of the file.
    std::fs::remove_file(sandbox.path().join(draft)).expect("it was written");
    let left = "narrative/1-size/drafts/.onetext-a1b2c3";
    sandbox.write(left, "We are");
    let head = sandbox.git(["rev-parse", "HEAD"]);
    sandbox.write(".git/onetext/pending", format!("{head}{draft}"));
    sandbox.run(["status"]).succeeds();
    assert!(!sandbox.has(left) && !sandbox.has(".git/onetext/pending"));
    assert_eq!(sandbox.read(draft), "We are small.\n");
    assert_eq!(sandbox.git(["status", "--porcelain"]), "");
}
