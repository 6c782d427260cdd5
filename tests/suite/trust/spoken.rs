//! What is told as ours: `answer` and `quote` look at signatures before they speak.

use super::keys::{VERSION, armor, keyed, point, released, store};
use crate::release::draft;
use crate::sandbox::Sandbox;

/// What somebody wants to be taken for ours.
const LIE: &str = "It is very large, and it grows.";

/// A signed release, and after it one whose text is a lie; gives the bytes of its tag, which nobody signed.
fn lied() -> (Sandbox, String) {
    let sandbox = keyed("");
    released(&sandbox, "ana");
    draft(&sandbox, &format!("{LIE}\n\nNobody counts it.\n"));
    sandbox.run(["merge", "1"]).succeeds();
    sandbox
        .run(["release", "v2026.04.0", "--unsigned"])
        .succeeds();
    let payload = sandbox.git(["cat-file", "tag", "v2026.04.0"]);
    (sandbox, payload)
}

fn sign(sandbox: &Sandbox, by: &str, payload: &str) {
    let id = store(sandbox, &format!("{payload}{}", armor(by, "git", payload)));
    point(sandbox, "v2026.04.0", &id);
}

#[test]
fn what_a_facilitator_signed_is_told_with_her_name() {
    let (sandbox, payload) = lied();
    sign(&sandbox, "ana", &payload);
    let answer = sandbox.run(["answer", "1"]).succeeds();
    answer.says(LIE).says("Signed by ana.");
    let quote = sandbox.run(["quote", LIE]).succeeds();
    let quote = quote.says("word for word ours");
    assert!(!quote.stdout.contains("note:"), "{}", quote.stdout);
}

#[test]
fn what_somebody_else_signed_is_never_told_as_ours() {
    let (sandbox, payload) = lied();
    sign(&sandbox, "bo", &payload);
    let left_out = "left out: `v2026.04.0` is not known to be ours: signed by `bo`, not by a";
    let answer = sandbox.run(["answer", "1"]).succeeds();
    let answer = answer.says(left_out).says("Release v2026.03.0 of");
    assert!(!answer.stdout.contains(LIE), "{}", answer.stdout);

    let quote = sandbox.run(["quote", LIE]).exits_with(5);
    quote
        .says("altered: not our words")
        .says(left_out)
        .says("These words stand there.");
    let json = sandbox.run(["quote", LIE, "--json"]).exits_with(5).json();
    assert_eq!(json["left-out"][0]["release"], "v2026.04.0");
    assert_eq!(json["left-out"][0]["forged"], true);
    assert_eq!(json["left-out"][0]["has-the-words"], true);
    assert_eq!(json["latest"], VERSION);

    // The words of the good release are ours all the same, and what was left out is said.
    let ours = sandbox
        .run(["answer", "1", "--length", "one", "--json"])
        .json();
    let ours = ours["markdown"]
        .as_str()
        .expect("there is an answer")
        .to_owned();
    let quote = sandbox.run(["quote", &ours]).succeeds();
    quote.says("word for word ours").says(left_out);
}

#[test]
fn among_signed_releases_one_that_nobody_signed_is_left_out() {
    let (sandbox, _) = lied();
    let left_out = "left out: `v2026.04.0` is not known to be ours: the tag is not signed";
    let answer = sandbox.run(["answer", "1"]).succeeds();
    answer.says(left_out).says("Release v2026.03.0 of");
    let quote = sandbox.run(["quote", LIE]).exits_with(1);
    quote.says("altered: not our words").says(left_out);
}

#[test]
fn where_nobody_signs_that_is_said() {
    let (sandbox, _) = lied();
    sandbox.git(["update-ref", "-d", &format!("refs/tags/{VERSION}")]);
    let unsigned = "note: `v2026.04.0` is not signed: nobody can tell from it whose release it is";
    sandbox.run(["answer", "1"]).succeeds().says(unsigned);
    let quote = sandbox.run(["quote", LIE]).succeeds();
    quote
        .says("word for word in a release that no signature proves to be ours")
        .says(unsigned);
    let json = sandbox.run(["quote", LIE, "--json"]).json();
    assert_eq!(json["places"][0]["signature"], "nobody");
}

#[test]
fn with_nothing_but_forgeries_there_is_nothing_to_tell() {
    let (sandbox, payload) = lied();
    sign(&sandbox, "bo", &payload);
    sandbox.git(["update-ref", "-d", &format!("refs/tags/{VERSION}")]);
    sandbox
        .run(["quote", LIE])
        .exits_with(5)
        .warns("no release that is known to be ours")
        .warns("signed by `bo`, not by a facilitator")
        .warns("onetext verify v2026.04.0");
    let answer = sandbox.run(["answer", "1"]).succeeds();
    answer
        .says("Draft: not agreed.")
        .says("left out: `v2026.04.0`");

    // A tag without an object, and an old one under a new name.
    let commit = sandbox.git(["rev-parse", "HEAD"]);
    point(&sandbox, "v2026.04.0", commit.trim());
    sandbox
        .run(["quote", LIE])
        .exits_with(5)
        .warns("lightweight");
}

#[test]
fn a_forged_release_is_not_compared_as_ours() {
    let (sandbox, payload) = lied();
    let range = format!("{VERSION}..v2026.04.0");
    // Among signed releases one that nobody signed is compared when it is named, and said.
    let unsigned = "`v2026.04.0` is not known to be ours: the tag is not signed";
    sandbox.run(["changes", &range]).succeeds().says(unsigned);
    let page = sandbox.run(["changes", &range, "--html"]).succeeds();
    page.warns(unsigned);

    sign(&sandbox, "bo", &payload);
    let forged = "`v2026.04.0` is not known to be ours: signed by `bo`, not by a";
    for form in [&["--html"][..], &["--json"], &["--format", "docx"], &[]] {
        let call = [&["changes", &range][..], form].concat();
        let run = sandbox.run(call).exits_with(5);
        let run = run.warns("is not known to be ours: signed by `bo`");
        assert!(!run.stdout.contains(LIE), "{run:?}");
    }
    sandbox
        .run(["changes", "refs/tags/v2026.04.0"])
        .exits_with(5);
    sandbox
        .run(["changes", &range])
        .exits_with(5)
        .warns("onetext verify v2026.04.0");

    // The last releases are those that are ours, and what was left out is said.
    let last = sandbox.run(["changes"]).succeeds();
    last.says(&format!("{VERSION} to HEAD")).says(forged);
    let json = sandbox.run(["changes", "--json"]).succeeds().json();
    assert_eq!(json["left-out"][0]["forged"], true);

    // A commit is no release: whoever names it knows what she compares.
    let commit = sandbox.git(["rev-parse", "v2026.04.0^{commit}"]);
    let range = format!("{VERSION}..{}", commit.trim());
    sandbox.run(["changes", &range]).succeeds();

    sign(&sandbox, "ana", &payload);
    let signed = sandbox.run(["changes"]).succeeds();
    let signed = signed.says(&format!("{VERSION} to v2026.04.0"));
    assert!(!signed.stdout.contains("note:"), "{signed:?}");
}
