//! Nothing that a repository's configuration names is ever run, and nothing that rewrites its history is believed.

use super::keys::{VERSION, keyed, released};
use crate::sandbox::Sandbox;

/// Plants everything that a hostile repository can hold; what is run leaves the file `marker` behind.
pub fn booby_trapped(sandbox: &Sandbox) {
    let marker = sandbox.path().join("../marker");
    let script = format!("#!/bin/sh\ntouch '{}'\nexit 0\n", marker.display());
    for name in [
        "trap",
        ".git/hooks/reference-transaction",
        ".git/hooks/post-checkout",
    ] {
        sandbox.write(name, &script);
        make_executable(sandbox, name);
    }
    let trap = sandbox.path().join("trap").display().to_string();
    for key in [
        "gpg.program",
        "gpg.openpgp.program",
        "gpg.ssh.program",
        "gpg.ssh.defaultKeyCommand",
        "core.pager",
        "core.fsmonitor",
        "core.editor",
        "core.sshCommand",
        "diff.external",
        "credential.helper",
    ] {
        sandbox.git(["config", key, &trap]);
    }
    sandbox.git(["config", "alias.tag", &format!("!{trap}")]);
    sandbox.git(["config", "gpg.ssh.allowedSignersFile", "allowed"]);
    std::fs::remove_file(&marker).ok();
}

#[cfg(unix)]
fn make_executable(sandbox: &Sandbox, name: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(sandbox.path().join(name), mode).expect("it is there");
}

#[cfg(not(unix))]
fn make_executable(_sandbox: &Sandbox, _name: &str) {}

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
    assert!(!sandbox.try_git(&["rev-parse", "--verify", "-q", "refs/tags/v2026.03.2"]));
    assert!(!sandbox.has("../marker"));
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
