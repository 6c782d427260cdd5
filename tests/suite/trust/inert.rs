//! Nothing that a repository's configuration names is ever run, and nothing that rewrites its history is believed.

use super::keys::{VERSION, keyed, released};
use crate::agreement::asked_under;
use crate::sandbox::Sandbox;

/// Hooks that git runs by itself, one or another of them with each thing that it does.
const HOOKS: [&str; 12] = [
    "applypatch-msg",
    "commit-msg",
    "post-checkout",
    "post-commit",
    "post-index-change",
    "post-merge",
    "post-rewrite",
    "pre-commit",
    "pre-merge-commit",
    "pre-push",
    "prepare-commit-msg",
    "reference-transaction",
];

/// Settings that name a program.
const PROGRAMS: [&str; 17] = [
    "core.askPass",
    "core.editor",
    "core.fsmonitor",
    "core.pager",
    "core.sshCommand",
    "credential.helper",
    "diff.evil.command",
    "diff.evil.textconv",
    "diff.external",
    "filter.evil.clean",
    "filter.evil.smudge",
    "gpg.openpgp.program",
    "gpg.program",
    "gpg.ssh.defaultKeyCommand",
    "gpg.ssh.program",
    "merge.evil.driver",
    "sequence.editor",
];

/// Plants everything that a hostile repository can hold: hooks and programs that leave the file `marker` behind when they
/// are run, and attributes that would have them run on every file.
pub fn booby_trapped(sandbox: &Sandbox) {
    let marker = sandbox.path().join("../marker");
    let script = format!("#!/bin/sh\ntouch '{}'\ncat\n", marker.display());
    let hooks = HOOKS.map(|hook| format!(".git/hooks/{hook}"));
    for name in hooks.iter().map(String::as_str).chain([TRAP]) {
        sandbox.write(name, &script);
        make_executable(sandbox, name);
    }
    let trap = sandbox.path().join(TRAP).display().to_string();
    for key in PROGRAMS {
        sandbox.git(["config", key, &trap]);
    }
    sandbox.git(["config", "gpg.ssh.allowedSignersFile", "allowed"]);
    sandbox.write(
        ".git/info/attributes",
        "* merge=evil filter=evil diff=evil\n",
    );
    forget_marker(sandbox);
}

const TRAP: &str = ".git/trap";

/// Takes the marker away that the test's own calls of git have left.
pub fn forget_marker(sandbox: &Sandbox) {
    std::fs::remove_file(sandbox.path().join("../marker")).ok();
}

/// Insists that nothing was run.
#[track_caller]
pub fn unmarked(sandbox: &Sandbox) {
    assert!(!sandbox.has("../marker"), "a trap was run");
}

#[cfg(unix)]
fn make_executable(sandbox: &Sandbox, name: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(sandbox.path().join(name), mode).expect("it is there");
}

#[cfg(not(unix))]
fn make_executable(_sandbox: &Sandbox, _name: &str) {}

/// Traps that would not shut prove nothing.
#[test]
fn git_itself_runs_what_a_repository_names() {
    let sandbox = keyed("");
    booby_trapped(&sandbox);
    let calls: [&[&str]; 4] = [
        &["status"],
        &["diff", "HEAD^"],
        &[
            "-c",
            "core.fsmonitor=false",
            "update-ref",
            "refs/heads/new",
            "HEAD",
        ],
        &["commit", "-q", "-S", "--allow-empty", "-m", "signed"],
    ];
    for call in calls {
        // What the trap came to is git's own business.
        sandbox.try_git(call);
        assert!(sandbox.has("../marker"), "{call:?}");
        forget_marker(&sandbox);
    }
}

#[test]
fn programs_and_hooks_of_the_repository_are_never_run() {
    let sandbox = keyed("");
    released(&sandbox, "ana");
    booby_trapped(&sandbox);
    sandbox.run(["verify", VERSION]).succeeds();
    sandbox
        .run(["release", "v2026.03.1", "--unsigned"])
        .succeeds();
    // There is no key but in the repository's own command, which is not asked.
    sandbox.run(["release", "v2026.03.2"]).exits_with(4);
    sandbox.git(["config", "user.signingkey", "key::ssh-ed25519 AAAA"]);
    sandbox.git(["config", "gpg.format", "ssh"]);
    sandbox
        .onetext(["release", "v2026.03.2"])
        .with("SSH_AUTH_SOCK", "/nowhere")
        .run()
        .exits_with(4)
        .warns("the tag could not be signed");
    unmarked(&sandbox);
    assert!(!sandbox.try_git(&["rev-parse", "--verify", "-q", "refs/tags/v2026.03.2"]));
}

/// A narrative with a release, in which drafts, mails, quotes and members wait for the facilitator.
fn under_way() -> Sandbox {
    let sandbox = asked_under("facilitator");
    let release = ["release", VERSION, "--unsigned"];
    sandbox.run(release).succeeds();
    let quote =
        "id = \"say\"\nwords = \"We all have a say.\"\nname = \"Ana\"\nrole = \"developer\"\n";
    let quotes = format!("schema = 1\n\n[[quotes]]\n{quote}");
    sandbox.write("narrative/quotes.toml", quotes);
    sandbox.commit("a quote that waits for its owner");
    sandbox.write(
        "../reply.eml",
        "From: chi <chi@example.org>\n\n1. We are few.\n",
    );
    sandbox.write("../questions.txt", "1. How big is it?\n");
    sandbox
}

/// Every command that writes, in an order in which each has something to do, with its exit code.
const WRITING: [(&[&str], i32); 15] = [
    (&["draft", "1", "--as", "ana", "--stdin"], 0),
    (&["draft", "2", "--as", "chi"], 2),
    (&["import", "../reply.eml", "--as", "chi", "--yes"], 0),
    (&["merge"], 3),
    (&["decide", "1", "--sheet", "../sheet.md"], 3),
    (&["decide", "1", "--from", "../sheet.md"], 3),
    (&["decide", "1", "--undo"], 0),
    (&["position", "3", "agree", "--for", "alpha"], 0),
    (&["approve", "say"], 0),
    (&["roster", "add", "dee"], 0),
    (&["withdraw", "2", "--reason", "It is no longer true."], 0),
    (&["supersede", "1", "--reason", "We counted again."], 2),
    (&["release", "v2026.04.0", "--draft", "--unsigned"], 0),
    (&["init", "other", "--from", "../questions.txt"], 0),
    (&["templates", "eject", "media.txt"], 0),
];

/// Every command that reads.
const READING: [(&[&str], i32); 8] = [
    (&["status"], 0),
    (&["check"], 0),
    (&["diff", "1", "ana"], 0),
    (&["who", "1"], 0),
    (&["fate", "1"], 0),
    (&["answer", "3"], 0),
    (&["changes", VERSION], 0),
    (&["verify", VERSION, "--unsigned"], 0),
];

#[test]
fn no_command_runs_what_the_repository_names() {
    let sandbox = under_way();
    booby_trapped(&sandbox);
    for (command, code) in WRITING.into_iter().chain(READING) {
        let call = sandbox
            .onetext(command)
            .given("It is tiny, and it grows.\n");
        let run = call.run();
        assert_eq!(run.code, code, "{command:?}: {run:?}");
        assert!(!sandbox.has("../marker"), "{command:?} runs a trap");
    }
}

#[test]
fn a_mailmap_changes_nobodys_identity() {
    let sandbox = keyed("");
    sandbox.write(".mailmap", "ana <ana@example.org> <bo@example.org>\n");
    sandbox.git(["config", "mailmap.file", ".mailmap"]);
    sandbox.git(["config", "log.mailmap", "true"]);
    released(&sandbox, "bo");
    let run = sandbox.run(["verify", VERSION]).exits_with(5);
    run.says("signed by `bo`, not by a facilitator");
}

#[test]
fn replaced_commits_and_grafts_are_not_believed() {
    let sandbox = keyed("");
    let before = sandbox.git(["rev-parse", "HEAD^"]);
    sandbox.write(".git/info/exclude", "dist\n");
    released(&sandbox, "bo");
    let honest = sandbox.run(["verify", VERSION]).exits_with(5).stdout;
    let own = super::keys::roster("").replace("facilitator = false", "facilitator = true");
    sandbox.git(["switch", "-q", "-c", "fake", "HEAD^"]);
    sandbox.write("narrative/roster.toml", own);
    sandbox.commit("bo is one");
    let fake = sandbox.git(["rev-parse", "HEAD"]);
    sandbox.git(["switch", "-q", "main"]);
    sandbox.git(["replace", before.trim(), fake.trim()]);
    let shown = sandbox.git(["show", &format!("{}:narrative/roster.toml", before.trim())]);
    assert!(
        !shown.contains("facilitator = false"),
        "git itself believes it"
    );
    assert_eq!(
        sandbox.run(["verify", VERSION]).exits_with(5).stdout,
        honest
    );
    sandbox.git(["replace", "-d", before.trim()]);
    let head = sandbox.git(["rev-parse", "HEAD"]);
    let graft = format!("{} {}\n", head.trim(), fake.trim());
    sandbox.write(".git/info/grafts", graft);
    assert_eq!(
        sandbox.run(["verify", VERSION]).exits_with(5).stdout,
        honest
    );
}
