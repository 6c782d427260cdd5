//! Where proposals come from, and what keeps one from being taken in here.

use super::{by, proposes, refused, shared};
use crate::sandbox::Sandbox;
use crate::servers::Server;

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

/// Lets bo write a draft in a clone of hers and propose it as the forge wants it.
fn bo_proposes(sandbox: &Sandbox) {
    sandbox.git(["clone", "-q", "../origin.git", "../bo"]);
    by(sandbox, "bo", &["status"]);
    sandbox.write("../bo/narrative/1-size/drafts/bo.md", "We are small.\n");
    let call = sandbox.onetext(["-C", "../bo", "propose", "1"]);
    call.by("bo").run().succeeds();
}

#[test]
fn what_forgejo_keeps_as_a_pull_request_is_received_by_its_number() {
    let sandbox = Sandbox::with_narrative();
    let server = Server::forgejo(&sandbox);
    let daemon = server.behind_daemon();
    bo_proposes(&sandbox);
    let run = sandbox.run(["receive"]).succeeds();
    run.says("1         bo?  no errors  1-size +3 -0");
    let run = sandbox.run(["receive", "#1", "--as", "bo", "--yes"]);
    run.succeeds().says("next: onetext merge 1");
    let proposed = server.git(["rev-parse", "refs/pull/1/head"]);
    assert_eq!(sandbox.git(["rev-parse", "HEAD^2"]), proposed);
    drop(daemon);
}

/// What bo proposed is a branch and, by the forge's own doing, a request; it is received as that.
fn is_listed_once(sandbox: &Sandbox, server: &Server<'_>, request: &str) {
    bo_proposes(sandbox);
    server.git(["update-ref", request, "refs/heads/bo/1-size"]);
    let run = sandbox.run(["receive"]).succeeds();
    run.says("1 proposal at `origin`")
        .says("4         bo?  no errors");
    let run = sandbox.run(["receive", "4", "--as", "bo", "--yes"]);
    run.succeeds().says("next: onetext merge 1");
    let run = sandbox.run(["receive"]).succeeds();
    run.says("no proposals at `origin`");
}

#[test]
fn a_branch_and_its_merge_request_are_listed_once() {
    let sandbox = Sandbox::with_narrative();
    let server = Server::gitlab(&sandbox);
    is_listed_once(&sandbox, &server, "refs/merge-requests/4/head");
}

#[test]
fn a_branch_and_its_pull_request_are_listed_once() {
    let sandbox = Sandbox::with_narrative();
    let server = Server::github(&sandbox);
    is_listed_once(&sandbox, &server, "refs/pull/4/head");
}
