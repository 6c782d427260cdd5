//! What servers do to those who push, by accident or not: told for what it is, and nothing is left behind.

use crate::sandbox::{Run, Sandbox};
use crate::servers::{Daemon, Server, WEB};

use super::{DRAFT, with_draft};

fn propose(sandbox: &Sandbox) -> Run {
    sandbox
        .onetext(["propose", "1", "--timeout", "20"])
        .by("bo")
        .run()
}

/// Proposes, and insists that neither here nor there a ref or a file has changed.
fn in_vain(sandbox: &Sandbox, server: &Server<'_>, arguments: &[&str]) -> Run {
    let all = || {
        let refs = sandbox.git(["for-each-ref", "--format=%(refname) %(objectname)"]);
        (refs, server.refs(), sandbox.files())
    };
    let before = all();
    let run = sandbox.onetext(arguments).by("bo").within(60).run();
    assert_eq!(all(), before);
    run
}

#[test]
fn a_refusal_is_told_in_the_servers_words() {
    let sandbox = with_draft();
    let server = Server::of(&sandbox);
    server.hook(
        "pre-receive",
        "#!/bin/sh\necho 'Sign the agreement first.'\nexit 1\n",
    );
    in_vain(&sandbox, &server, &["propose", "1"])
        .exits_with(4)
        .warns("refused the proposal: pre-receive hook declined")
        .warns("it says: Sign the agreement first.")
        .warns("--bundle FILE");
    server.hook("pre-receive", "#!/bin/sh\n");
    propose(&sandbox).succeeds();
}

#[test]
fn what_the_server_prints_is_a_strangers_word() {
    let noise = "printf '\\033[2J\\033]0;owned\\007Merge request:\\n' >&2\n\
                 echo https://git.example.org.evil.example/co-ops/story/pulls/1 >&2\n\
                 echo https://git.example.org@evil.example/co-ops/story/pulls/1 >&2\n";
    for (hook, code) in [("post-receive", 0), ("pre-receive", 4)] {
        let sandbox = with_draft();
        let server = Server::forgejo(&sandbox);
        server.set("receive.advertisePushOptions", "false");
        server.hook(hook, &format!("#!/bin/sh\n{noise}exit {code}\n"));
        for form in ["--color=never", "--json"] {
            let run = sandbox
                .onetext(["propose", "1", form])
                .by("bo")
                .run()
                .exits_with(code);
            let all = run.stdout + &run.stderr;
            assert!(!all.contains("evil.example"), "{all}");
            assert!(!all.contains('\u{1b}') && !all.contains("owned"), "{all}");
            assert_eq!(all.contains("(a link to another host)"), code != 0, "{all}");
            assert_eq!(all.contains("Merge request:"), code != 0, "{all}");
            if code == 0 && form == "--color=never" {
                assert!(
                    all.contains(&format!("{WEB}/compare/main...bo/1-size")),
                    "{all}"
                );
            }
        }
    }
}

#[test]
fn a_server_that_says_nothing_is_given_up() {
    let sandbox = with_draft();
    let server = Server::of(&sandbox);
    let silent = Daemon::silent();
    let address = format!("git://127.0.0.1:{}/story.git", silent.port);
    sandbox.git(["remote", "set-url", "origin", &address]);
    in_vain(&sandbox, &server, &["propose", "1", "--timeout", "1"])
        .exits_with(2)
        .warns("did not come to an end")
        .warns("your draft is where it was");
}

#[test]
fn a_server_that_stops_in_the_middle_of_a_push_is_given_up() {
    let sandbox = with_draft();
    let server = Server::of(&sandbox);
    server.hook("pre-receive", "#!/bin/sh\nsleep 6\nexit 1\n");
    in_vain(&sandbox, &server, &["propose", "1", "--timeout", "2"])
        .exits_with(2)
        .warns("did not come to an end");
}

#[test]
fn a_server_that_breaks_off_is_told() {
    let sandbox = with_draft();
    let server = Server::of(&sandbox);
    let daemon = server.behind_daemon();
    server.hook("pre-receive", "#!/bin/sh\nkill -9 $PPID\n");
    in_vain(&sandbox, &server, &["propose", "1"])
        .exits_with(2)
        .warns("could not be asked")
        .warns("your draft is where it was");
    server.hook("pre-receive", "#!/bin/sh\n");
    propose(&sandbox).succeeds();
    drop(daemon);
}

#[test]
fn a_server_that_is_not_there_is_told() {
    let sandbox = with_draft();
    let server = Server::of(&sandbox);
    let gone = sandbox.path().with_file_name("gone.git");
    sandbox.git(["remote", "set-url", "origin", &gone.display().to_string()]);
    in_vain(&sandbox, &server, &["propose", "1"])
        .exits_with(2)
        .warns("could not be asked");
}

#[test]
fn a_server_that_is_up_to_date_changes_nothing() {
    let sandbox = with_draft();
    let server = Server::of(&sandbox);
    propose(&sandbox).succeeds();
    let before = server.refs();
    propose(&sandbox).succeeds().says("already as it is");
    // The push went through, and the program was ended before it could note that.
    let proposed = "refs/onetext/proposed/bo/1-size";
    sandbox.git(["update-ref", "refs/onetext/proposing/bo/1-size", proposed]);
    sandbox.git(["update-ref", "-d", proposed]);
    propose(&sandbox).succeeds().says("already as it is");
    assert_eq!(server.refs(), before);
    assert!(sandbox.try_git(&["rev-parse", "--verify", "-q", proposed]));
    assert_eq!(sandbox.git(["for-each-ref", "refs/onetext/proposing"]), "");
}

#[test]
fn what_somebody_else_put_there_is_not_overwritten_unseen() {
    let sandbox = with_draft();
    let server = Server::of(&sandbox);
    propose(&sandbox).succeeds();
    let other = server.git([
        "commit-tree",
        "bo/1-size^{tree}",
        "-p",
        "bo/1-size",
        "-m",
        "other",
    ]);
    server.git(["update-ref", "refs/heads/bo/1-size", other.trim()]);
    sandbox.write(DRAFT, "We are very small.\n");
    in_vain(&sandbox, &server, &["propose", "1"])
        .exits_with(3)
        .warns("not what you proposed from here")
        .warns("git fetch origin bo/1-size")
        .warns("onetext propose 1 --replace");
    let replaced = sandbox
        .onetext(["propose", "1", "--replace"])
        .by("bo")
        .run();
    replaced.succeeds();
    let text = server.git(["show", &format!("bo/1-size:{DRAFT}")]);
    assert_eq!(text, "We are very small.\n");
}

#[test]
fn what_comes_in_between_is_not_overwritten_either() {
    let sandbox = with_draft();
    let server = Server::of(&sandbox);
    // Somebody pushes the same branch between the question and the push.
    server.hook(
        "pre-receive",
        "#!/bin/sh\nunset GIT_QUARANTINE_PATH\ngit update-ref refs/heads/bo/1-size main\n",
    );
    let run = propose(&sandbox);
    assert!([3, 4].contains(&run.code), "{run:?}");
    let there = server.git(["rev-parse", "bo/1-size"]);
    assert_eq!(there, server.git(["rev-parse", "main"]));
}

#[test]
fn hooks_and_programs_of_the_repository_are_left_alone_unless_asked_for() {
    let sandbox = with_draft();
    let _server = Server::of(&sandbox);
    let marker = sandbox.path().with_file_name("marker");
    let script = format!("#!/bin/sh\necho ran >>'{}'\n", marker.display());
    for hook in ["pre-push", "reference-transaction", "post-commit"] {
        sandbox.write(&format!(".git/hooks/{hook}"), &script);
        let path = sandbox.path().join(format!(".git/hooks/{hook}"));
        std::process::Command::new("chmod")
            .arg("+x")
            .arg(path)
            .status()
            .expect("it can be set");
    }
    propose(&sandbox).succeeds();
    assert!(!marker.exists());
    sandbox.write(DRAFT, "We are very small.\n");
    sandbox
        .onetext(["propose", "1", "--hooks"])
        .by("bo")
        .run()
        .succeeds();
    assert!(marker.exists());
}
