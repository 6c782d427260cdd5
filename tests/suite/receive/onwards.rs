//! After a proposal was taken in: the contributor goes on by the one command that she is told, and proposes again.

use super::{by, shared};
use crate::sandbox::{Run, Sandbox};

const DRAFT: &str = "narrative/1-size/drafts/bo.md";

fn runs(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    let all = ["-C", "../bo"].into_iter().chain(arguments.iter().copied());
    sandbox.onetext(all).by("bo").run()
}

fn drafts(sandbox: &Sandbox, text: &str) {
    sandbox.write("../bo.md", text);
    runs(sandbox, &["draft", "1", "../bo.md"]).succeeds();
}

/// Ana takes in what bo proposes and writes besides, and everybody can fetch it.
fn taken_in(sandbox: &Sandbox) {
    let receive = ["receive", "bo/1-size", "--as", "bo", "--yes"];
    sandbox.run(receive).succeeds();
    let notes = sandbox.git(["rev-list", "--count", "HEAD"]);
    sandbox.write("notes.txt", notes);
    sandbox.commit("more");
    sandbox.git(["push", "-q", "origin", "main"]);
}

/// Runs what bo is told as her next step, which is expected to be that.
fn follows(sandbox: &Sandbox, run: &Run, expected: &str) {
    let next = run
        .stdout
        .lines()
        .find_map(|line| line.strip_prefix("next: "));
    assert_eq!(next, Some(expected), "{run:?}");
    let alias = format!("alias.told=!{expected}");
    let told = ["-C", "../bo", "-c", &alias, "told"];
    sandbox.git_call(told).by("bo").run().succeeds();
}

/// All that is here is there and the other way round.
fn is_even(sandbox: &Sandbox) {
    by(sandbox, "bo", &["fetch", "-q"]);
    assert_eq!(by(sandbox, "bo", &["status", "--porcelain"]), "");
    let here = by(sandbox, "bo", &["rev-parse", "HEAD"]);
    assert_eq!(here, by(sandbox, "bo", &["rev-parse", "origin/main"]));
}

#[test]
fn a_draft_that_was_committed_once_or_more_often() {
    for texts in [&["We are small.\n"][..], &["We are.\n", "We are small.\n"]] {
        let sandbox = shared();
        by(&sandbox, "bo", &["status"]);
        for text in texts {
            drafts(&sandbox, text);
        }
        sandbox.days_pass(1);
        runs(&sandbox, &["propose", "1"]).succeeds();
        taken_in(&sandbox);
        let pull = ["-C", "../bo", "pull", "-q"];
        assert_ne!(sandbox.git_call(pull).by("bo").run().code, 0);
        let status = runs(&sandbox, &["status"]).succeeds();
        follows(&sandbox, &status, "git reset --keep origin/main");
        is_even(&sandbox);
        // The second round.
        drafts(&sandbox, "We are very small.\n");
        sandbox.days_pass(1);
        runs(&sandbox, &["propose", "1"]).succeeds();
        taken_in(&sandbox);
        let proposed = runs(&sandbox, &["propose", "1"]).succeeds();
        let told = "git fetch origin && git reset --keep origin/main";
        follows(&sandbox, &proposed, told);
        is_even(&sandbox);
        assert_eq!(
            sandbox.read(&format!("../bo/{DRAFT}")),
            "We are very small.\n"
        );
    }
}

#[test]
fn a_draft_that_was_edited_again_meanwhile() {
    let sandbox = shared();
    by(&sandbox, "bo", &["status"]);
    for text in ["We are.\n", "We are small.\n"] {
        drafts(&sandbox, text);
    }
    runs(&sandbox, &["propose", "1"]).succeeds();
    drafts(&sandbox, "We are very small.\n");
    taken_in(&sandbox);
    by(&sandbox, "bo", &["fetch", "-q"]);
    let status = runs(&sandbox, &["status"]).succeeds();
    let told = "git pull --rebase --strategy-option=theirs";
    follows(&sandbox, &status, told);
    assert_eq!(
        sandbox.read(&format!("../bo/{DRAFT}")),
        "We are very small.\n"
    );
    assert!(sandbox.has("../bo/notes.txt"));
    runs(&sandbox, &["propose", "1"]).succeeds();
    taken_in(&sandbox);
    assert_eq!(sandbox.read(DRAFT), "We are very small.\n");
    by(&sandbox, "bo", &["fetch", "-q"]);
    let status = runs(&sandbox, &["status"]).succeeds();
    follows(&sandbox, &status, "git reset --keep origin/main");
    is_even(&sandbox);
}

#[test]
fn a_draft_that_was_never_committed() {
    let sandbox = shared();
    by(&sandbox, "bo", &["status"]);
    sandbox.write(&format!("../bo/{DRAFT}"), "We are small.\n");
    runs(&sandbox, &["propose", "1"]).succeeds();
    taken_in(&sandbox);
    let proposed = runs(&sandbox, &["propose", "1"]).succeeds();
    follows(&sandbox, &proposed, &format!("git add {DRAFT} && git pull"));
    is_even(&sandbox);
}

#[test]
fn who_has_nothing_of_her_own_pulls() {
    let sandbox = shared();
    by(&sandbox, "bo", &["status"]);
    sandbox.write("notes.txt", "x\n");
    sandbox.commit("more");
    sandbox.git(["push", "-q", "origin", "main"]);
    by(&sandbox, "bo", &["fetch", "-q"]);
    let status = runs(&sandbox, &["status"]).succeeds();
    follows(&sandbox, &status, "git pull");
    is_even(&sandbox);
}
