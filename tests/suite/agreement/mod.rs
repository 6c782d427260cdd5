//! Agreement to exact words: who may speak, what an edit makes stale, the gate, and what releases say of it.

mod files;
mod journey;
mod notices;
mod people;

use crate::sandbox::{Run, Sandbox};

const CONFIG: &str = "schema = 1\ntitle = \"Tech co-ops\"\n\n[agreement]\nrule = \"large\"\n\n\
                      [[contacts]]\nname = \"Press desk\"\nemail = \"press@example.org\"\n\n\
                      [editions.media]\naudience = \"media\"\n\n\
                      [editions.government]\naudience = \"government\"\n";

/// Three agreed texts and three members under the rule `large`; ana speaks for alpha and bo for beta.
fn asked() -> Sandbox {
    asked_under("large")
}

/// The same under another rule.
pub fn asked_under(rule: &str) -> Sandbox {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("narrative/narrative.toml", CONFIG.replace("large", rule));
    for (question, text) in [
        ("1-size", "It's small, and it grows.\n\nNobody counts it.\n"),
        ("2-values", "We share what we earn.\n"),
        ("3-drivers", "We own our work.\n\nEverybody wants that.\n"),
    ] {
        sandbox.write(&format!("narrative/{question}/drafts/bo.md"), text);
    }
    sandbox.commit("what there is to agree to");
    sandbox.run(["merge"]).succeeds();
    delegate(&sandbox, "ana", "alpha");
    delegate(&sandbox, "bo", "beta");
    sandbox
}

fn delegate(sandbox: &Sandbox, who: &str, member: &str) {
    let arguments = ["roster", "delegate", who, "--for", member];
    sandbox.run(arguments).succeeds();
}

/// What somebody says for the member that she speaks for.
fn says(sandbox: &Sandbox, who: &str, arguments: &[&str]) -> Run {
    let arguments = ["position"].iter().chain(arguments);
    sandbox.onetext(arguments).by(who).run()
}

/// Ana and bo agree to some answers.
fn both_agree(sandbox: &Sandbox, questions: &[&str]) {
    for question in questions {
        says(sandbox, "bo", &[question, "agree"]).succeeds();
        says(sandbox, "ana", &[question, "agree"]).succeeds();
    }
}

/// Insists that the output has some words, wherever its lines end.
#[track_caller]
fn tells(run: &Run, words: &str) {
    let said = unwrapped(&run.stdout);
    assert!(said.contains(words), "no {words:?} in {said}");
}

fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn edit(sandbox: &Sandbox, question: &str, text: &str) {
    sandbox.write(&format!("narrative/{question}/agreed.md"), text);
    sandbox.commit("an edit");
}

/// Insists that released files have some words, wherever their lines end.
#[track_caller]
fn every(sandbox: &Sandbox, folder: &str, words: &str) {
    for name in [
        "media.html",
        "media.md",
        "media.txt",
        "media.json",
        "government.html",
        "government.md",
        "government.json",
    ] {
        let text = unwrapped(&sandbox.read(&format!("dist/{folder}/{name}")));
        assert!(text.contains(words), "no {words:?} in {name}: {text}");
    }
}
