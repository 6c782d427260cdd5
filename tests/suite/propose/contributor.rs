//! Whoever proposes need not know git: where she stands, and what she has, does not matter and does not change.

use crate::sandbox::Sandbox;
use crate::servers::Server;

use super::{DRAFT, with_draft};

/// Where the user is and what she has: her branch, her commits, her index and her files.
fn place(sandbox: &Sandbox) -> (String, String, Vec<(String, Vec<u8>)>) {
    let heads = sandbox.git([
        "for-each-ref",
        "--format=%(refname) %(objectname)",
        "refs/heads",
    ]);
    let head = sandbox.git(["rev-parse", "--abbrev-ref", "HEAD"]) + &heads;
    (
        head,
        sandbox.git(["status", "--porcelain"]),
        sandbox.files(),
    )
}

fn save(sandbox: &Sandbox) {
    let saved = sandbox.onetext(["draft", "1", "--save"]).by("bo").run();
    saved.succeeds();
}

/// Where a draft can be, and where its writer can stand.
const BEGINNINGS: [fn(&Sandbox); 5] = [
    |_| (),
    save,
    |sandbox| {
        sandbox.git(["switch", "-q", "-c", "bo/1-size"]);
        save(sandbox);
    },
    |sandbox| drop(sandbox.git(["add", DRAFT])),
    |sandbox| drop(sandbox.git(["switch", "-q", "--detach"])),
];

#[test]
fn it_does_not_matter_where_the_draft_is() {
    for begin in BEGINNINGS {
        let sandbox = with_draft();
        let server = Server::of(&sandbox);
        begin(&sandbox);
        // Work of other kinds lies about.
        sandbox.write("narrative/2-values/drafts/chi.md", "Not hers.\n");
        sandbox.write("notes.txt", "Buy bread.\n");
        let before = place(&sandbox);
        let propose = || sandbox.onetext(["propose"]).by("bo").run().succeeds();
        propose();
        assert_eq!(place(&sandbox), before);
        let changed = server.git(["diff", "--name-only", "main", "bo/1-size"]);
        assert_eq!(changed, format!("{DRAFT}\n"));
        let count = ["rev-list", "--count", "main..bo/1-size"];
        assert_eq!(server.git(count), "1\n");
        sandbox.write(DRAFT, "We are very small.\n");
        propose().says("again");
        assert_eq!(server.git(count), "1\n");
    }
}

#[test]
fn what_is_proposed_stands_on_what_the_remote_has_now() {
    let sandbox = with_draft();
    let server = Server::of(&sandbox);
    let newer = server.git(["commit-tree", "main^{tree}", "-p", "main", "-m", "newer"]);
    server.git(["update-ref", "refs/heads/main", newer.trim()]);
    sandbox.onetext(["propose"]).by("bo").run().succeeds();
    assert_eq!(server.git(["rev-parse", "bo/1-size^"]), newer);
}

#[test]
fn each_draft_is_a_proposal_of_its_own() {
    let sandbox = with_draft();
    let server = Server::of(&sandbox);
    sandbox.write("narrative/2-values/drafts/bo.md", "We share.\n");
    sandbox.write("narrative/3-drivers/drafts/chi.md", "Not hers.\n");
    let run = sandbox.onetext(["propose", "--json"]).by("bo").run();
    let report = run.succeeds().json();
    let drafts = report["drafts"].as_array().expect("there are drafts");
    let branches: Vec<_> = drafts
        .iter()
        .map(|draft| draft["branch"].as_str())
        .collect();
    assert_eq!(branches, [Some("bo/1-size"), Some("bo/2-values")]);
    for (branch, path) in [
        ("bo/1-size", DRAFT),
        ("bo/2-values", "narrative/2-values/drafts/bo.md"),
    ] {
        assert_eq!(
            server.git(["diff", "--name-only", "main", branch]),
            format!("{path}\n")
        );
    }
}

#[test]
fn what_was_taken_in_is_not_proposed_again() {
    let sandbox = with_draft();
    let server = Server::of(&sandbox);
    sandbox.onetext(["propose"]).by("bo").run().succeeds();
    server.git(["update-ref", "refs/heads/main", "bo/1-size"]);
    server.git(["branch", "-q", "-D", "bo/1-size"]);
    let run = sandbox.onetext(["propose"]).by("bo").run();
    run.succeeds().says("there already as it is");
    sandbox.write(DRAFT, "We are very small.\n");
    sandbox
        .onetext(["propose"])
        .by("bo")
        .run()
        .succeeds()
        .says("proposed to `origin` as");
    assert_eq!(
        server.git(["rev-list", "--count", "main..bo/1-size"]),
        "1\n"
    );
}

#[test]
fn a_dry_run_shows_the_commands_and_writes_nothing() {
    let sandbox = with_draft();
    let server = Server::gitlab(&sandbox);
    let before = (
        server.refs(),
        sandbox.git(["for-each-ref"]),
        sandbox.files(),
    );
    let dry = || {
        sandbox
            .onetext(["propose", "1", "--dry-run"])
            .by("bo")
            .run()
            .succeeds()
    };
    dry().says(
        "git push --porcelain --no-follow-tags --recurse-submodules=no \
         --force-with-lease=refs/heads/bo/1-size: -o merge_request.create -o merge_request.target=main \
         -o 'merge_request.title=Question 1 (size): draft by bo' \
         -o 'merge_request.description=What about size?' \
         -- origin refs/onetext/proposing/bo/1-size:refs/heads/bo/1-size",
    );
    let after = (
        server.refs(),
        sandbox.git(["for-each-ref"]),
        sandbox.files(),
    );
    assert_eq!(before, after);
    let newer = server.git(["commit-tree", "main^{tree}", "-p", "main", "-m", "newer"]);
    server.git(["update-ref", "refs/heads/main", newer.trim()]);
    dry().says("--refmap= -- origin refs/heads/main");
    assert!(!sandbox.try_git(&["cat-file", "-e", newer.trim()]));
}

#[test]
fn a_bundle_needs_no_remote() {
    let sandbox = with_draft();
    let dry = sandbox
        .onetext(["propose", "--bundle", "bo.bundle", "--dry-run"])
        .by("bo")
        .run();
    dry.succeeds()
        .says("git bundle create --quiet bo.bundle refs/onetext/proposing/bo/1-size ^");
    assert!(!sandbox.has("bo.bundle"));
    let propose = || {
        sandbox
            .onetext(["propose", "--bundle", "bo.bundle"])
            .by("bo")
            .run()
    };
    propose().succeeds().says("next: send `bo.bundle`");
    let heads = sandbox.git(["bundle", "list-heads", "bo.bundle"]);
    assert!(heads.ends_with(" refs/heads/bo/1-size\n"), "{heads}");
    assert_eq!(sandbox.git(["for-each-ref", "refs/onetext"]), "");
    sandbox.git(["fetch", "-q", "bo.bundle", "bo/1-size:refs/heads/bo/1-size"]);
    let changed = sandbox.git(["diff", "--name-only", "main", "bo/1-size"]);
    assert_eq!(changed, format!("{DRAFT}\n"));
    propose()
        .exits_with(2)
        .warns("`bo.bundle` is there already");
}

#[test]
fn a_bundle_of_a_committed_draft_stands_on_what_was_before() {
    let sandbox = with_draft();
    let main = sandbox.git(["rev-parse", "main"]);
    sandbox
        .onetext(["draft", "1", "--save"])
        .by("bo")
        .run()
        .succeeds();
    sandbox
        .onetext(["propose", "--bundle", "bo.bundle"])
        .by("bo")
        .run()
        .succeeds();
    let verified = sandbox.git(["bundle", "verify", "bo.bundle"]);
    assert!(verified.contains(main.trim()), "{verified}");
}

/// Proposes in vain: with an exit code, what is said, and the command that mends it; nothing is written.
fn refused(sandbox: &Sandbox, arguments: &[&str], (code, says, next): (i32, &str, &str)) {
    let before = (sandbox.git(["for-each-ref"]), sandbox.files());
    let run = sandbox.onetext(arguments).by("bo").run();
    run.exits_with(code).warns(says).warns(next);
    assert_eq!((sandbox.git(["for-each-ref"]), sandbox.files()), before);
}

#[test]
fn what_is_missing_is_said_before_anything_is_written() {
    let sandbox = with_draft();
    let add = "git remote add origin URL";
    refused(&sandbox, &["propose"], (2, "no remote to propose to", add));
    let server = Server::of(&sandbox);
    let told = (2, "drafts/bo.md` to propose", "onetext draft 2");
    refused(&sandbox, &["propose", "2"], told);
    let told = (2, "`chi` has no draft", "onetext draft 1");
    refused(&sandbox, &["propose", "--as", "chi"], told);
    let told = (2, "no contributor `dee`", "onetext roster add");
    refused(&sandbox, &["propose", "--as", "dee"], told);
    let told = (2, "there is no remote `there`", "git remote");
    refused(&sandbox, &["propose", "--remote", "there"], told);
    server.git(["update-ref", "-d", "refs/heads/main"]);
    let told = (2, "no main branch to propose to", "git push origin HEAD");
    refused(&sandbox, &["propose"], told);
}

#[test]
fn who_is_unknown_is_told_how_to_become_known() {
    let sandbox = with_draft();
    let _server = Server::of(&sandbox);
    let run = sandbox.onetext(["propose"]).by("eve").run().exits_with(2);
    run.warns("ask the facilitator to add `eve@example.org` to the roster");
    let nobody = sandbox.onetext(["propose"]).without("GIT_AUTHOR_EMAIL");
    let run = nobody.without("GIT_COMMITTER_EMAIL").run().exits_with(2);
    run.warns("git config --global user.email");
}

#[test]
fn nothing_is_proposed_in_the_middle_of_a_merge() {
    let sandbox = with_draft();
    let _server = Server::of(&sandbox);
    sandbox.git(["switch", "-q", "-c", "side"]);
    sandbox.commit("a draft");
    sandbox.git(["switch", "-q", "main"]);
    sandbox.write(DRAFT, "We differ.\n").commit("another");
    assert!(!sandbox.try_git(&["merge", "side"]));
    sandbox.write(DRAFT, "We are in the middle of it.\n");
    let told = (2, "in the middle of a merge", "git status");
    refused(&sandbox, &["propose"], told);
}
