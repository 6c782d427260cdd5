//! Each forge gets proposals as it wants them.

use crate::sandbox::Sandbox;
use crate::servers::{Server, WEB};

use super::{DRAFT, with_draft};

fn propose(sandbox: &Sandbox) -> crate::sandbox::Run {
    sandbox.onetext(["propose", "1"]).by("bo").run()
}

/// The files that a commit of the server changes, with its author.
fn told(server: &Server<'_>, revision: &str) -> String {
    server.git(["show", "--format=%an <%ae>%n%s", "--name-only", revision])
}

const ONE_DRAFT: &str =
    "bo <bo@example.org>\ndraft: 1-size by bo\n\nnarrative/1-size/drafts/bo.md\n";

#[test]
fn forgejo_gets_a_pull_request_without_a_branch() {
    let sandbox = with_draft();
    let server = Server::forgejo(&sandbox);
    let daemon = server.behind_daemon();
    let main = server.git(["rev-parse", "main"]);
    propose(&sandbox)
        .succeeds()
        .says("proposed to `origin` as `bo/1-size` (3 words)")
        .says(&format!("{WEB}/pulls/1"));
    assert_eq!(told(&server, "refs/pull/1/head"), ONE_DRAFT);
    assert_eq!(server.git(["rev-parse", "refs/pull/1/head^"]), main);
    assert_eq!(server.file("title-1"), "Question 1 (size): draft by bo\n");
    propose(&sandbox)
        .succeeds()
        .says("proposed to `origin` already as it is");

    sandbox.write(DRAFT, "We are very small.\n");
    propose(&sandbox)
        .succeeds()
        .says("proposed to `origin` again as `bo/1-size` (4 words)")
        .says(&format!("{WEB}/pulls/1"));
    assert_eq!(told(&server, "refs/pull/1/head"), ONE_DRAFT);
    assert_eq!(server.git(["rev-parse", "refs/pull/1/head^"]), main);
    assert_eq!(server.file("topics"), "bo/1-size\n");
    assert!(
        !server.refs().contains("refs/heads/bo"),
        "{}",
        server.refs()
    );
    drop(daemon);
}

#[test]
fn forgejo_says_who_may_not_propose_and_what_is_there() {
    let sandbox = with_draft();
    let server = Server::forgejo(&sandbox);
    server.write("barred", "bo@example.org\n");
    propose(&sandbox)
        .exits_with(4)
        .warns("you may not propose here");
    server.write("barred", "");
    propose(&sandbox).succeeds();
    // On another computer nothing is known of it.
    sandbox.git(["update-ref", "-d", "refs/onetext/proposed/bo/1-size"]);
    sandbox.write(DRAFT, "We are tiny.\n");
    propose(&sandbox)
        .exits_with(4)
        .warns("refused the proposal: non-fast-forward")
        .warns("onetext propose 1 --replace");
    let replaced = sandbox
        .onetext(["propose", "1", "--replace"])
        .by("bo")
        .run();
    replaced.succeeds().says("/pulls/1");
    assert_eq!(
        server.git(["show", &format!("refs/pull/1/head:{DRAFT}")]),
        "We are tiny.\n"
    );
}

#[test]
fn gitlab_opens_a_merge_request_for_a_branch() {
    let sandbox = with_draft();
    let server = Server::gitlab(&sandbox);
    let daemon = server.behind_daemon();
    propose(&sandbox)
        .succeeds()
        .says(&format!("{WEB}/-/merge_requests/1"))
        .says("next: onetext status");
    assert_eq!(told(&server, "bo/1-size"), ONE_DRAFT);
    assert_eq!(server.file("title-1"), "Question 1 (size): draft by bo\n");
    sandbox.write(DRAFT, "We are very small.\n");
    propose(&sandbox)
        .succeeds()
        .says(&format!("{WEB}/-/merge_requests/1"));
    assert_eq!(
        server.git(["rev-list", "--count", "main..bo/1-size"]),
        "1\n"
    );
    assert_eq!(server.file("requests"), "bo/1-size\n");
    drop(daemon);
}

#[test]
fn github_gets_a_branch_and_people_a_page() {
    let sandbox = with_draft();
    let server = Server::github(&sandbox);
    let page = format!(
        "{WEB}/compare/main...bo/1-size?quick_pull=1&title=Question%201%20%28size%29%3A%20draft%20by%20bo\
         &body=What%20about%20size%3F"
    );
    propose(&sandbox)
        .succeeds()
        .says(&page)
        .says("next: open the page above");
    assert_eq!(told(&server, "bo/1-size"), ONE_DRAFT);
    let run = sandbox.onetext(["propose", "1", "--json"]).by("bo").run();
    let report = run.succeeds().json();
    assert_eq!(report["drafts"][0]["did"], "unchanged");
    sandbox.write(DRAFT, "We are very small.\n");
    propose(&sandbox).succeeds().says("again").says(&page);
}

#[test]
fn a_fork_is_pushed_to_and_the_page_is_that_of_the_upstream() {
    let sandbox = with_draft();
    let upstream = Server::github(&sandbox);
    sandbox.git(["remote", "rename", "origin", "upstream"]);
    let main = upstream.git(["rev-parse", "main"]);
    let fork = Server::called(&sandbox, "fork");
    sandbox.git(["remote", "rename", "fork", "origin"]);
    // What only the fork has is no part of the proposal.
    let extra = fork.git(["commit-tree", "main^{tree}", "-p", "main", "-m", "extra"]);
    fork.git(["update-ref", "refs/heads/main", extra.trim()]);
    propose(&sandbox).succeeds();
    assert_eq!(fork.git(["rev-parse", "bo/1-size^"]), main);
    assert!(!upstream.refs().contains("bo/1-size"));
}

#[test]
fn another_server_gets_a_branch() {
    let sandbox = with_draft();
    let server = Server::of(&sandbox);
    propose(&sandbox)
        .succeeds()
        .says("proposed to `origin` as `bo/1-size`")
        .says("Your branch and your files are as they were.");
    assert_eq!(told(&server, "bo/1-size"), ONE_DRAFT);
}

#[test]
fn a_server_that_takes_no_options_is_asked_again_without() {
    for kind in ["gitlab", "forgejo"] {
        let sandbox = with_draft();
        let server = match kind {
            "gitlab" => Server::gitlab(&sandbox),
            _ => Server::forgejo(&sandbox),
        };
        server.set("receive.advertisePushOptions", "false");
        propose(&sandbox)
            .succeeds()
            .says("the remote takes no push options")
            .says(WEB)
            .says("next: open the page above");
        assert_eq!(told(&server, "bo/1-size"), ONE_DRAFT);
    }
}
