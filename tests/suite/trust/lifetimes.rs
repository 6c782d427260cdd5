//! Keys that nobody has, that hold no more, or that were made for something else.

use super::keys::{VERSION, armor, keyed, public, publish, released, roster};
use crate::sandbox::Sandbox;

/// What `verify` says of a release that ana signed, her key's entry having some more lines.
fn told(more: &str) -> String {
    let sandbox = keyed(more);
    released(&sandbox, "ana");
    sandbox.run(["verify", VERSION]).exits_with(5).stdout
}

#[test]
fn a_key_that_nobody_has_is_told_by_its_fingerprint() {
    let sandbox = keyed("");
    released(&sandbox, "eve");
    let run = sandbox.run(["verify", VERSION]).exits_with(5);
    run.says("bad signed by the key SHA256:")
        .says("which is nobody's in the roster");
}

#[test]
fn a_key_holds_on_its_days_only() {
    let expired = told("until = \"2026-02-28\"");
    assert!(
        expired.contains(
            "the key of `ana` expired: it holds until 2026-02-28, and the tag is of 2026-03-01"
        ),
        "{expired}"
    );
    let early = told("from = \"2026-03-02\"");
    assert!(
        early.contains("the key of `ana` holds from 2026-03-02 on"),
        "{early}"
    );
    let revoked = told("revoked = \"2026-02-01\"");
    assert!(
        revoked.contains("the key of `ana` is revoked since 2026-02-01"),
        "{revoked}"
    );
}

#[test]
fn what_was_revoked_since_counts_too() {
    let sandbox = keyed("");
    released(&sandbox, "ana");
    sandbox.run(["verify", VERSION]).succeeds();
    sandbox.write("narrative/roster.toml", roster("revoked = \"2026-04-01\""));
    sandbox.commit("ana's key was lost in April");
    sandbox.run(["verify", VERSION]).succeeds();
    sandbox.write("narrative/roster.toml", roster("revoked = \"2026-02-15\""));
    sandbox.commit("it was in February");
    let run = sandbox.run(["verify", VERSION]).exits_with(5);
    run.says("the key of `ana` is revoked since 2026-02-15, and the tag is of 2026-03-01");
}

#[test]
fn a_signature_for_another_purpose_is_no_signature_of_a_tag() {
    let sandbox = keyed("");
    sandbox.run(["release", VERSION, "--unsigned"]).succeeds();
    let payload = sandbox.git(["cat-file", "tag", VERSION]);
    publish(&sandbox, &payload, &armor("ana", "file", &payload));
    let run = sandbox.run(["verify", VERSION]).exits_with(5);
    run.says("the signature was made for `file`, not for git");
}

#[test]
fn keys_are_added_and_checked() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("ana.pub", public("ana"));
    let added = sandbox.run(["roster", "key", "ana", "ana.pub", "--until", "2027-12-31"]);
    added.succeeds().says("added");
    let text = sandbox.read("narrative/roster.toml");
    assert!(
        text.contains("[[contributors.keys]]\nssh = \"ssh-ed25519 AAAA"),
        "{text}"
    );
    assert!(text.contains("until = \"2027-12-31\""), "{text}");
    sandbox
        .run(["roster", "key", "ana", "nothing"])
        .exits_with(2)
        .warns("no SSH public key");
    sandbox
        .run(["roster", "key", "eve", "ana.pub"])
        .exits_with(2)
        .warns("not on the roster");
    std::fs::remove_file(sandbox.path().join("ana.pub")).expect("it is there");
    sandbox.run(["check"]).succeeds();
    let id = "id = \"bo\"\nname = \"bo\"\n";
    let same = format!("[[contributors.keys]]\nssh = \"{}\"\n", public("ana"));
    let broken = "[[contributors.keys]]\nssh = \"ssh-ed25519\"\n";
    assert!(text.contains(id), "{text}");
    let chi = text
        .find("[[contributors]]\nid = \"chi\"")
        .expect("she is there");
    let (head, tail) = text.split_at(chi);
    sandbox.write(
        "narrative/roster.toml",
        format!("{head}{same}\n{broken}\n{tail}"),
    );
    let run = sandbox.run(["check"]).exits_with(1);
    run.says("key 1 of `bo` is a key of `ana` already")
        .says("key 2 of `bo` is no SSH public key on one line");
}

#[test]
fn a_day_that_cannot_be_believed_hides_nothing() {
    let sandbox = keyed("until = \"2026-02-20\"");
    released(&sandbox, "ana");
    let payload = sandbox.git(["cat-file", "tag", VERSION]);
    let (head, rest) = payload.split_once("\ntagger ").expect("it has a tagger");
    let (tagger, rest) = rest.split_once("> ").expect("she has an address");
    let (_, rest) = rest.split_once(' ').expect("it has a moment");
    let dated = |seconds: i64| {
        let payload = format!("{head}\ntagger {tagger}> {seconds} {rest}");
        let payload = payload
            .split("-----BEGIN")
            .next()
            .unwrap_or_default()
            .to_owned();
        publish(&sandbox, &payload, &armor("ana", "git", &payload));
        sandbox.run(["verify", VERSION]).exits_with(5).stdout
    };
    // The commit is of 1 March 2026.
    for (seconds, said) in [
        (
            0,
            "the tag says that it is of 1970-01-01, but its commit was made on 2026-03-01",
        ),
        (
            1_771_502_400,
            "the tag says that it is of 2026-02-19, but its commit was made on 2026-03-01",
        ),
        (
            4_291_747_200,
            "the tag says that it is of 2106-01-01, which is yet to come",
        ),
    ] {
        let told = dated(seconds);
        assert!(told.contains(said), "{told}");
    }
}
