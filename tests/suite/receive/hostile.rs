//! Proposals by people who mean harm: nothing of theirs is run, kept or written.

use super::{by, pushes, refused, shared};

#[test]
fn links_and_submodules_are_refused_unread() {
    let sandbox = shared();
    by(&sandbox, "bo", &["status"]);
    sandbox.write("../bo/narrative/1-size/drafts/x", "");
    let link = sandbox.path().join("../bo/narrative/1-size/drafts/bo.md");
    std::fs::remove_file(link.with_file_name("x")).expect("it was there");
    std::os::unix::fs::symlink("/etc/passwd", &link).expect("a link can be made");
    let head = by(&sandbox, "bo", &["rev-parse", "HEAD"]);
    let module = format!("160000,{},narrative/2-values/drafts", head.trim());
    by(
        &sandbox,
        "bo",
        &["update-index", "--add", "--cacheinfo", &module],
    );
    by(&sandbox, "bo", &["add", "narrative/1-size"]);
    by(&sandbox, "bo", &["commit", "-q", "-m", "links"]);
    by(
        &sandbox,
        "bo",
        &["push", "-q", "origin", "HEAD:refs/pull/7/head"],
    );
    let run = refused(&sandbox, &["receive", "7", "--as", "bo", "--yes"], 1);
    run.says("it is a link (mode 120000), and only regular files are read")
        .says("it is a submodule (mode 160000)");
}

#[test]
fn a_stranger_has_no_rights() {
    let sandbox = shared();
    let files = [("narrative/1-size/drafts/bo.md", Some("We are large.\n"))];
    pushes(&sandbox, "mallory", "refs/pull/7/head", &files);
    let run = refused(&sandbox, &["receive", "7", "--yes"], 1);
    run.says(
        "nobody on the roster has the address of its commits: mallory\n  <mallory@example.org>",
    )
    .says("next: onetext receive 7 --as CONTRIBUTOR");
    // An address that anybody could have written suggests, and gives no right.
    pushes(&sandbox, "bo", "refs/pull/8/head", &files);
    sandbox
        .run(["receive", "8", "--yes"])
        .exits_with(3)
        .says("not taken in yet");
    assert!(!sandbox.has("narrative/1-size/drafts"));
}
