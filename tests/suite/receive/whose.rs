//! Whose a proposal is: what proves it, what only suggests it, and what says nothing.

use super::{by, proposes, pushes, refused, shared, shared_of};
use crate::sandbox::Sandbox;
use crate::trust::keys::{armor, roster};

const BO: &str = "narrative/1-size/drafts/bo.md";

/// A narrative whose roster has keys.
fn keyed() -> Sandbox {
    let sandbox = shared();
    sandbox.write("narrative/roster.toml", roster(""));
    sandbox.commit("keys");
    sandbox.git(["push", "-q", "origin", "main"]);
    sandbox
}

/// Lets bo's clone sign its newest commit by somebody's key, and propose that.
fn signs(sandbox: &Sandbox, key: &str, alter: impl Fn(String) -> String) {
    let commit = by(sandbox, "bo", &["cat-file", "commit", "HEAD"]);
    let signature = armor(key, "git", &commit);
    let folded = signature.trim_end().replace('\n', "\n ");
    let (head, words) = commit.split_once("\n\n").expect("a commit has words");
    let signed = alter(format!("{head}\ngpgsig {folded}\n\n{words}"));
    let write = [
        "-C",
        "../bo",
        "hash-object",
        "-t",
        "commit",
        "-w",
        "--stdin",
    ];
    let signed = sandbox
        .git_call(write)
        .given(signed)
        .run()
        .succeeds()
        .stdout;
    let to = format!("{}:refs/pull/7/head", signed.trim());
    by(sandbox, "bo", &["push", "-q", "--force", "origin", &to]);
}

#[test]
fn a_signature_by_a_key_of_the_roster_proves_it() {
    let sandbox = keyed();
    proposes(&sandbox, "bo", "We are small.\n");
    signs(&sandbox, "bo", |commit| commit);
    let run = sandbox.run(["receive", "7"]).exits_with(3);
    run.says("proved by a signature: the key")
        .says("hers on the roster");
    sandbox
        .run(["receive", "--all", "--yes"])
        .succeeds()
        .says("7: 1-size by bo\ntaken in as");
    assert_eq!(sandbox.read(BO), "We are small.\n");
    let message = sandbox.git(["log", "-1", "--format=%B"]);
    assert!(
        message.contains("Proposed-by: bo (signed by SHA256:"),
        "{message}"
    );
}

#[test]
fn a_signature_counts_more_than_any_address() {
    let sandbox = keyed();
    pushes(
        &sandbox,
        "bo",
        "refs/pull/7/head",
        &[(BO, Some("We are small.\n"))],
    );
    signs(&sandbox, "dee", |commit| commit);
    sandbox
        .run(["receive", "7"])
        .exits_with(3)
        .says("proposal 7 by dee");
    let run = refused(&sandbox, &["receive", "7", "--as", "bo", "--yes"], 2);
    run.warns("the proposal is signed by `dee`, not by `bo`");
}

#[test]
fn a_signature_that_does_not_hold_is_refused_and_a_strangers_proves_nothing() {
    let sandbox = keyed();
    proposes(&sandbox, "bo", "We are small.\n");
    signs(&sandbox, "bo", |commit| {
        commit.replace("what I think", "what they think")
    });
    let run = refused(&sandbox, &["receive", "7", "--as", "bo", "--yes"], 5);
    run.warns("the signature of the commit")
        .warns("does not hold");
    signs(&sandbox, "mallory", |commit| commit);
    let run = sandbox.run(["receive", "7", "--yes"]).exits_with(3);
    run.says("nobody on the roster has")
        .says("by the address alone");
}

#[test]
fn a_stranger_has_no_rights() {
    let sandbox = shared();
    let files = [(BO, Some("We are large.\n"))];
    pushes(&sandbox, "mallory", "refs/pull/7/head", &files);
    let run = refused(&sandbox, &["receive", "7", "--yes"], 1);
    run.says("nobody on the roster has the address of its commits:")
        .says("mallory <mallory@example.org>")
        .says("next: onetext receive 7 --as CONTRIBUTOR");
    // An address that anybody could have written suggests, and gives no right.
    pushes(&sandbox, "bo", "refs/pull/8/head", &files);
    let run = sandbox.run(["receive", "8", "--yes"]).exits_with(3);
    run.says("not taken in yet: say whose it is with `--as`");
    assert!(!sandbox.has("narrative/1-size/drafts"));
}

#[test]
fn forged_trailers_and_dates_give_no_rights() {
    let sandbox = shared();
    by(&sandbox, "mallory", &["status"]);
    sandbox.write("../mallory/narrative/roster.toml", "schema = 1\n");
    sandbox.write(&format!("../mallory/{BO}"), "We are large.\n");
    by(&sandbox, "mallory", &["add", "-A"]);
    let words =
        "so\n\nCo-authored-by: ana <ana@example.org>\nSigned-off-by: ana <ana@example.org>\n";
    for date in ["@0 +0000", "@4291747200 +0000"] {
        let commit = [
            "-C",
            "../mallory",
            "commit",
            "-q",
            "--allow-empty",
            "-m",
            words,
        ];
        let call = sandbox.git_call(commit).by("mallory");
        let call = call.with("GIT_AUTHOR_DATE", date);
        call.with("GIT_COMMITTER_DATE", date).run().succeeds();
    }
    by(
        &sandbox,
        "mallory",
        &["push", "-q", "origin", "HEAD:refs/pull/7/head"],
    );
    let run = refused(&sandbox, &["receive", "7", "--yes"], 1);
    run.says("proposal 7 by somebody unknown (2 changes, 2 commits,")
        .says("narrative: warning proposal-date")
        .says("the commit says that it is of 1 January 2106, which nothing here relies on");
}

#[test]
fn who_wrote_some_of_it_does_not_answer_for_all() {
    let sandbox = shared();
    proposes(&sandbox, "bo", "We are small.\n");
    by(&sandbox, "bo", &["config", "user.name", "bo"]);
    let commit = ["-C", "../bo", "commit", "-q", "--allow-empty", "-m", "more"];
    sandbox.git_call(commit).by("chi").run().succeeds();
    by(
        &sandbox,
        "bo",
        &["push", "-q", "origin", "HEAD:refs/pull/7/head"],
    );
    let run = refused(&sandbox, &["receive", "7", "--yes"], 1);
    run.says("bo <bo@example.org>, chi <chi@example.org>");
    sandbox
        .run(["receive", "7", "--as", "bo", "--yes"])
        .succeeds();
}

/// Who writes in the browser has the address that the forge gives to her account.
#[test]
fn the_address_of_an_account_suggests_whose_it_is() {
    let sandbox = shared_of(crate::proposals::narrative());
    by(&sandbox, "bo", &["status"]);
    sandbox.write(&format!("../bo/{BO}"), "We are small.\n");
    by(&sandbox, "bo", &["add", "-A"]);
    let commit = ["-C", "../bo", "commit", "-q", "-m", "in the browser"];
    let call = sandbox.git_call(commit).by("bo");
    let address = "34+bo@users.noreply.github.com";
    call.with("GIT_AUTHOR_EMAIL", address).run().succeeds();
    by(
        &sandbox,
        "bo",
        &["push", "-q", "origin", "HEAD:refs/pull/7/head"],
    );
    let run = sandbox.run(["receive", "7", "--yes"]).exits_with(3);
    run.says("proposal 7 by bo")
        .says("not proved: hers by the account `bo`, number 34, on github.com, as the address")
        .says("not taken in yet: say whose it is with `--as`");
    assert!(!sandbox.has(BO));
}

/// Whoever writes a facilitator's address has none of her rights, and is not taken for her.
#[test]
fn the_address_of_a_facilitator_gives_none_of_her_rights() {
    for address in ["ana@example.org", "12+ana@users.noreply.github.com"] {
        let sandbox = shared_of(crate::proposals::narrative());
        by(&sandbox, "mallory", &["status"]);
        sandbox.write("../mallory/narrative/roster.toml", "schema = 1\n");
        let commit = ["-C", "../mallory", "commit", "-q", "-a", "-m", "tidy"];
        let call = sandbox.git_call(commit).by("mallory");
        call.with("GIT_AUTHOR_EMAIL", address).run().succeeds();
        let push = ["push", "-q", "origin", "HEAD:refs/pull/7/head"];
        by(&sandbox, "mallory", &push);
        let run = refused(&sandbox, &["receive", "7", "--yes"], 1);
        run.says("proposal 7 by somebody unknown")
            .says("its address is that of the facilitator `ana`, whose rights no address gives")
            .says("not taken in");
    }
}
