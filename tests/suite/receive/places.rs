//! Where proposals come from, and what keeps one from being taken in here.

use super::{proposes, refused, shared};

#[test]
fn a_bundle_is_a_proposal() {
    let sandbox = shared();
    let proposed = proposes(&sandbox, "bo", "We are small.\n");
    super::by(&sandbox, "bo", &["switch", "-q", "-c", "bo/size"]);
    let bundle = [
        "bundle",
        "create",
        "-q",
        "../size.bundle",
        "origin/main..bo/size",
    ];
    super::by(&sandbox, "bo", &bundle);
    let arguments = ["receive", "../size.bundle", "--as", "bo"];
    sandbox.run(arguments).exits_with(3).says("+ We are small.");
    let run = sandbox.run(["receive", "../size.bundle", "--as", "bo", "--yes"]);
    run.succeeds().says("next: onetext merge 1");
    let parents = sandbox.git(["rev-list", "--parents", "-1", "HEAD"]);
    assert!(parents.trim().ends_with(&proposed), "{parents}");
}

#[test]
fn there_is_no_such_proposal() {
    let sandbox = shared();
    proposes(&sandbox, "bo", "We are small.\n");
    refused(&sandbox, &["receive", "8"], 2).warns("`origin` has no proposal `8`");
    refused(&sandbox, &["receive", "bo/size"], 2).warns("next: onetext receive");
    let arguments = ["receive", "7", "--remote=--upload-pack=touch"];
    refused(&sandbox, &arguments, 2).warns("there is no remote `--upload-pack=touch` here");
    sandbox.git(["remote", "remove", "origin"]);
    refused(&sandbox, &["receive"], 2).warns("there is no remote to fetch proposals from");
}
