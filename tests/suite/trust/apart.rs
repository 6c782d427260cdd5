//! A folder of released files and a public key, without the repository.

use super::keys::{VERSION, keyed, public, released};
use crate::sandbox::{Run, Sandbox};

/// A folder with a release that ana signed and her public key, and nothing else.
fn folder() -> Sandbox {
    let source = keyed("");
    released(&source, "ana");
    let sandbox = Sandbox::new();
    for (name, bytes) in source.files() {
        if let Some(name) = name.strip_prefix("dist/2026.03.0/") {
            sandbox.write(&format!("files/{name}"), bytes);
        }
    }
    sandbox.write("ana.pub", public("ana"));
    sandbox.write("bo.pub", public("bo"));
    sandbox
}

fn verified(sandbox: &Sandbox, key: &str) -> Run {
    sandbox.run(["verify", VERSION, "files", "--key", key])
}

#[test]
fn the_right_key_proves_the_files() {
    let sandbox = folder();
    let run = verified(&sandbox, "ana.pub").succeeds();
    run.says("same media.html")
        .says("is release 2026.03.0, byte for byte")
        .says("Not checked: whether the signer was a facilitator");
    let line = format!("ana@example.org namespaces=\"git\" {}", public("ana"));
    sandbox.write("allowed_signers", line);
    verified(&sandbox, "allowed_signers").succeeds();
    verified(&sandbox, &public("ana")).succeeds();
}

#[test]
fn a_list_of_signers_is_kept_to() {
    let sandbox = folder();
    let listed = |options: &str| {
        let line = format!("ana@example.org {options} {}\n", public("ana"));
        sandbox.write("allowed_signers", line);
        verified(&sandbox, "allowed_signers")
    };
    let expired = listed("valid-before=\"20200101\"").exits_with(5);
    expired
        .says("which your list of signers allows before 2020-01-01, and the tag is of 2026-03-01");
    let early = listed("valid-after=\"20300101\"").exits_with(5);
    early.says("which your list of signers allows from 2030-01-01 on");
    let other = listed("namespaces=\"file\"").exits_with(5);
    other.says("which your list of signers allows for `file`, not for git");
    listed("cert-authority")
        .exits_with(2)
        .warns("no public key");
    // One line that lets her sign is enough.
    let lines = ["valid-before=\"20200101\"", "namespaces=\"git\""];
    let lines = lines.map(|options| format!("ana@example.org {options} {}\n", public("ana")));
    sandbox.write("allowed_signers", lines.concat());
    verified(&sandbox, "allowed_signers").succeeds();
}

#[test]
fn without_a_key_the_files_are_whole_and_no_more() {
    let sandbox = folder();
    let run = sandbox.run(["verify", VERSION, "files"]).exits_with(1);
    run.says("is whole, but whose release it is could not be checked")
        .says("name a facilitator's with `--key`");
}

#[test]
fn the_wrong_key_or_none_at_all_is_told() {
    let sandbox = folder();
    verified(&sandbox, "bo.pub")
        .exits_with(5)
        .says("which is not the one that you named");
    sandbox.write("empty.pub", "nothing\n");
    verified(&sandbox, "empty.pub")
        .exits_with(2)
        .warns("no public key");
    verified(&sandbox, "missing.pub")
        .exits_with(2)
        .warns("missing.pub");
    std::fs::remove_file(sandbox.path().join("files/release.tag.sig")).expect("it is there");
    verified(&sandbox, "ana.pub")
        .exits_with(5)
        .says("the tag is not signed");
}

#[test]
fn whatever_was_altered_is_told() {
    let sandbox = folder();
    let alter = |name: &str, from: &str, to: &str| {
        let path = format!("files/{name}");
        let text = sandbox.read(&path);
        assert!(text.contains(from), "{text}");
        sandbox.write(&path, text.replacen(from, to, 1));
        let run = verified(&sandbox, "ana.pub").exits_with(5);
        sandbox.write(&path, text);
        run
    };
    alter("media.md", "small", "tall").says("differs media.md");
    alter("SHA256SUMS", "  media.md", "  medea.md").says("differs SHA256SUMS");
    alter("manifest.json", "settled", "agreed")
        .says("differs manifest.json")
        .says("and the tag says");
    alter("release.tag", "Settled", "Agreed").says("the signature does not fit");
    alter("release.tag", "tag v2026.03.0", "tag v2026.03.9").says("calls itself `v2026.03.9`");
    verified(&sandbox, "ana.pub").succeeds();
    sandbox
        .run(["verify", "v2026.03.1", "files", "--key", "ana.pub"])
        .exits_with(5)
        .says("these files are of version 2026.03.0");
    std::fs::remove_file(sandbox.path().join("files/media.txt")).expect("it is there");
    sandbox.write("files/more.txt", "more\n");
    let run = verified(&sandbox, "ana.pub").exits_with(5);
    run.says("missing media.txt").says("extra more.txt");
}

#[test]
fn people_without_the_tool_are_told_how() {
    let sandbox = folder();
    let text = sandbox.read("files/VERIFY.txt");
    for program in [
        "sha256sum",
        "shasum",
        "certutil",
        "ssh-keygen -Y verify",
        "gpg --verify",
    ] {
        assert!(text.contains(program), "{program}");
    }
    assert!(
        text.contains("onetext verify v2026.03.0 . --key KEYFILE"),
        "{text}"
    );
    assert!(text.lines().all(|line| line.len() <= 78), "{text}");
}
