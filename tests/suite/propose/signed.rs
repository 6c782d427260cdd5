//! Proposals of those whose git settings say that their commits are signed.

use std::path::PathBuf;

use super::{DRAFT, with_draft};
use crate::receive::{proposes, shared, state};
use crate::sandbox::{Call, Run, Sandbox};
use crate::servers::Server;
use crate::trust::inert::{booby_trapped, unmarked};

const SIGNS: &str = "for last; do :; done\n\
                     echo signed >>\"$(dirname \"$0\")/count\"\n\
                     [ \"$(wc -l <\"$(dirname \"$0\")/count\")\" -le LIMIT ] || \
                     { echo 'the card is not there' >&2; exit 1; }\n\
                     printf -- '-----BEGIN SSH SIGNATURE-----\\nAAAA\\n-----END SSH SIGNATURE-----\\n' >\"$last.sig\"\n";

/// Settings of a user's own, with a program that signs so many times and then fails.
fn settings(sandbox: &Sandbox, limit: u32) -> PathBuf {
    let program = sandbox.path().with_file_name("sign");
    let script = format!("#!/bin/sh\n{}", SIGNS.replace("LIMIT", &limit.to_string()));
    std::fs::write(&program, script).expect("it can be written");
    let run = std::process::Command::new("chmod")
        .arg("+x")
        .arg(&program)
        .status();
    assert!(run.expect("there is chmod").success());
    let settings = sandbox.path().with_file_name("settings");
    let text = format!(
        "[commit]\n\tgpgsign = true\n[gpg]\n\tformat = ssh\n[user]\n\tsigningkey = key::ssh-ed25519 AAAA\n\
         [gpg \"ssh\"]\n\tprogram = {}\n",
        program.display()
    );
    std::fs::write(&settings, text).expect("it can be written");
    settings
}

fn with(call: Call, settings: &std::path::Path) -> Run {
    call.with("GIT_CONFIG_GLOBAL", &settings.display().to_string())
        .run()
}

#[test]
fn a_proposal_is_signed_as_the_users_settings_say() {
    let sandbox = with_draft();
    let server = Server::of(&sandbox);
    let settings = settings(&sandbox, 9);
    let propose = |more: &[&str]| {
        let call = sandbox.onetext([&["propose", "1"], more].concat());
        with(call.by("bo"), &settings)
    };
    let signed = "it would be signed, as `commit.gpgsign` in your git settings says";
    propose(&["--dry-run"]).succeeds().says(signed);
    propose(&["--dry-run", "--bundle", "bo.bundle"])
        .succeeds()
        .says(signed);
    propose(&[]).succeeds();
    let commit = server.git(["cat-file", "commit", "bo/1-size"]);
    assert!(
        commit.contains("\ngpgsig -----BEGIN SSH SIGNATURE-----"),
        "{commit}"
    );
    assert!(commit.contains("author bo <bo@example.org>"), "{commit}");
    assert!(commit.ends_with("\n\ndraft: 1-size by bo\n"), "{commit}");
    let changed = server.git(["diff", "--name-only", "main", "bo/1-size"]);
    assert_eq!(changed.trim(), DRAFT);
    propose(&[]).succeeds().says("already as it is");
}

#[test]
fn what_cannot_be_signed_is_not_pushed_and_nothing_else_is_either() {
    for limit in [0, 1] {
        let sandbox = with_draft();
        sandbox.write("narrative/2-values/drafts/bo.md", "Fairness.\n");
        let server = Server::of(&sandbox);
        let settings = settings(&sandbox, limit);
        let before = (
            server.refs(),
            sandbox.git(["for-each-ref"]),
            sandbox.files(),
        );
        let run = with(sandbox.onetext(["propose"]).by("bo"), &settings).exits_with(4);
        run.warns("the commit could not be signed: ")
            .warns("the card is not there")
            .warns("nothing was pushed")
            .warns("git config commit.gpgsign false");
        let after = (
            server.refs(),
            sandbox.git(["for-each-ref"]),
            sandbox.files(),
        );
        assert_eq!(after, before);
        sandbox.git(["config", "commit.gpgsign", "false"]);
        with(sandbox.onetext(["propose"]).by("bo"), &settings).succeeds();
    }
}

/// The repository may ask for signatures, and the programs that it names make none.
#[test]
fn no_program_of_the_repository_signs_a_commit() {
    let unknown = "git knows no key of yours to sign the commit with";
    let failed = "the commit could not be signed";
    let cases = [
        ("openpgp", None, failed),
        ("ssh", None, unknown),
        ("ssh", Some("key::ssh-ed25519 AAAA"), failed),
    ];
    for (format, key, told) in cases {
        let refuses = |sandbox: &Sandbox, command: &[&str], who: &str| {
            booby_trapped(sandbox);
            sandbox.git(["config", "commit.gpgsign", "true"]);
            sandbox.git(["config", "gpg.format", format]);
            if let Some(key) = key {
                sandbox.git(["config", "user.signingkey", key]);
            }
            let (files, refs, _) = state(sandbox);
            let call = sandbox.onetext(command).by(who);
            let call = call
                .with("GNUPGHOME", "/nowhere")
                .with("SSH_AUTH_SOCK", "/nowhere");
            call.run().exits_with(4).warns(told);
            unmarked(sandbox);
            let (files_now, refs_now, _) = state(sandbox);
            assert_eq!(refs, refs_now);
            assert!(files == files_now, "a file was written");
        };
        let sandbox = with_draft();
        let server = Server::of(&sandbox);
        let before = server.refs();
        refuses(&sandbox, &["propose"], "bo");
        assert_eq!(server.refs(), before);
        let sandbox = shared();
        proposes(&sandbox, "bo", "We are small.\n");
        // What was looked at is remembered.
        sandbox.run(["receive", "7"]).exits_with(3);
        refuses(&sandbox, &["receive", "7", "--as", "bo", "--yes"], "ana");
    }
}

#[test]
fn the_merge_that_takes_a_proposal_in_is_signed_too() {
    let sandbox = shared();
    proposes(&sandbox, "bo", "We are small.\n");
    let settings = settings(&sandbox, 1);
    let receive = ["receive", "7", "--as", "bo", "--yes"];
    let dry = [&receive[..], &["--dry-run"]].concat();
    with(sandbox.onetext(dry), &settings)
        .succeeds()
        .says("signed, as `commit.gpgsign` in your git settings says");
    with(sandbox.onetext(receive), &settings).succeeds();
    let commit = sandbox.git(["cat-file", "commit", "HEAD"]);
    assert!(
        commit.contains("\ngpgsig -----BEGIN SSH SIGNATURE-----"),
        "{commit}"
    );
    assert_eq!(sandbox.git(["status", "--porcelain"]), "");
    // The program signs once only.
    proposes(&sandbox, "chi", "We are few.\n");
    let before = (sandbox.git(["rev-parse", "HEAD"]), sandbox.files());
    let chi = ["receive", "7", "--as", "chi", "--yes"];
    with(sandbox.onetext(chi), &settings)
        .exits_with(4)
        .warns("the commit could not be signed");
    assert_eq!(
        (sandbox.git(["rev-parse", "HEAD"]), sandbox.files()),
        before
    );
}
