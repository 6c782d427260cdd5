//! A narrative whose roster has keys, and tags signed with them.

use std::fmt::Write as _;

use ssh_key::private::{Ed25519Keypair, KeypairData};
use ssh_key::{HashAlg, LineEnding, PrivateKey};

use crate::release::settled;
use crate::sandbox::Sandbox;

/// The version that is signed.
pub const VERSION: &str = "v2026.03.0";

/// Somebody's key, always the same.
pub fn key(who: &str) -> PrivateKey {
    let mut seed = [7; 32];
    for (place, byte) in seed.iter_mut().zip(who.bytes()) {
        *place = byte;
    }
    let pair = Ed25519Keypair::from_seed(&seed);
    PrivateKey::new(KeypairData::from(pair), who).expect("a seed is a key")
}

/// Somebody's public key, as `ssh-keygen` writes it.
pub fn public(who: &str) -> String {
    let key = key(who).public_key().to_openssh();
    key.expect("a key can be written")
}

/// A roster of ana and dee, who are facilitators, and of bo, who is none; `more` goes to ana's key.
pub fn roster(more: &str) -> String {
    let mut out = "schema = 1\n".to_owned();
    for (who, facilitator) in [("ana", true), ("bo", false), ("dee", true)] {
        let _ = write!(
            out,
            "\n[[contributors]]\nid = \"{who}\"\nname = \"{who}\"\nemails = [\"{who}@example.org\"]\n\
             facilitator = {facilitator}\n\n[[contributors.keys]]\nssh = \"{}\"\n{}\n",
            public(who),
            if who == "ana" { more } else { "" }
        );
    }
    out
}

/// A narrative that is ready for release, whose roster has keys; `more` goes to ana's key.
pub fn keyed(more: &str) -> Sandbox {
    let sandbox = settled();
    sandbox.write("narrative/roster.toml", roster(more));
    sandbox.commit("keys");
    sandbox.commit("what is released");
    sandbox
}

/// A release signed by somebody, with ana as its tagger.
pub fn released(sandbox: &Sandbox, by: &str) {
    sandbox.run(["release", VERSION, "--unsigned"]).succeeds();
    let payload = sandbox.git(["cat-file", "tag", VERSION]);
    publish(sandbox, &payload, &armor(by, "git", &payload));
}

/// A signature by somebody for a purpose.
pub fn armor(by: &str, purpose: &str, payload: &str) -> String {
    let signature = key(by).sign(purpose, HashAlg::Sha512, payload.as_bytes());
    let signature = signature.expect("a key signs");
    signature.to_pem(LineEnding::LF).expect("it can be written")
}

/// Makes a tag object, and the ref and the files that lead to it.
pub fn publish(sandbox: &Sandbox, payload: &str, armor: &str) {
    point(
        sandbox,
        VERSION,
        &store(sandbox, &format!("{payload}{armor}")),
    );
    let folder = format!("dist/{}", VERSION.trim_start_matches('v'));
    sandbox.write(&format!("{folder}/release.tag"), payload);
    sandbox.write(&format!("{folder}/release.tag.sig"), armor);
}

/// Stores a tag object and gives its id.
pub fn store(sandbox: &Sandbox, object: &str) -> String {
    let call = sandbox.git_call(["hash-object", "-t", "tag", "-w", "--stdin"]);
    call.given(object).run().succeeds().stdout.trim().to_owned()
}

/// Moves a tag's ref.
pub fn point(sandbox: &Sandbox, name: &str, id: &str) {
    sandbox.git(["update-ref", &format!("refs/tags/{name}"), id]);
}
