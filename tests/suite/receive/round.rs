//! The whole round, in three clones: two contributors propose, the facilitator receives, merges, decides and releases.

use super::{by, shared_of};
use crate::release::settled;
use crate::sandbox::{Run, Sandbox};

/// Runs `onetext` as somebody in her own clone.
fn runs(sandbox: &Sandbox, who: &str, arguments: &[&str]) -> Run {
    let clone = format!("../{who}");
    let all = ["-C", &clone].into_iter().chain(arguments.iter().copied());
    sandbox.onetext(all).by(who).run()
}

/// A narrative with one agreed answer, of which bo and chi have clones.
fn started() -> Sandbox {
    let sandbox = settled();
    for who in ["bo", "chi"] {
        let address = format!("{who}@example.org");
        let add = ["roster", "add", who, "--email", &address];
        sandbox.run(add).succeeds();
    }
    sandbox.write(".gitignore", "dist\n");
    sandbox.commit("people");
    shared_of(sandbox)
}

/// Bo proposes a draft of her own, and chi edits the agreed text where she found it.
fn propose(sandbox: &Sandbox) {
    by(sandbox, "bo", &["status"]);
    sandbox.write(
        "../bo.md",
        "It is tiny, and it grows.\n\nNobody counts it.\n",
    );
    runs(sandbox, "bo", &["draft", "1", "../bo.md"]).succeeds();
    let check = ["check", "--proposal", "origin/main", "--as", "bo"];
    runs(sandbox, "bo", &check).succeeds();
    runs(sandbox, "bo", &["propose", "1"]).succeeds();
    by(sandbox, "chi", &["switch", "-q", "-c", "patch-1"]);
    let text = "It is quite small, and it grows.\n\nNobody has counted it.\n";
    sandbox.write("../chi/narrative/1-big/agreed.md", text);
    by(
        sandbox,
        "chi",
        &["commit", "-q", "-a", "-m", "Update agreed.md"],
    );
    by(
        sandbox,
        "chi",
        &["push", "-q", "origin", "HEAD:refs/pull/1/head"],
    );
}

/// What is open is listed, shown, and taken in, one after the other.
fn receive(sandbox: &Sandbox) {
    let run = sandbox.run(["receive"]).succeeds();
    run.says("1         chi?  no errors  1-big +3 -1")
        .says("bo/1-big  bo?   no errors  1-big +1 -1");
    for (proposal, who) in [("1", "chi"), ("bo/1-big", "bo")] {
        let shown = sandbox.run(["receive", proposal]).exits_with(3);
        shown.says("~ It is");
        let taken = sandbox.run(["receive", proposal, "--as", who, "--yes"]);
        taken.succeeds().says("next: onetext merge 1");
    }
    let run = sandbox.run(["receive"]).succeeds();
    run.says("no proposals at `origin`");
}

/// What the drafts want differently is decided on a sheet, for bo's wording.
fn decide(sandbox: &Sandbox) {
    let sheet = ["decide", "1", "--sheet", "../sheet.md"];
    sandbox.run(sheet).exits_with(3);
    let mut sheet = sandbox.read("../sheet.md");
    for letter in ["A", "B"] {
        sheet = sheet.replace(
            &format!("- [ ] {letter} (bo)"),
            &format!("- [x] {letter} (bo)"),
        );
    }
    sandbox.write("../sheet.md", sheet);
    let decided = ["decide", "1", "--from", "../sheet.md"];
    sandbox.run(decided).succeeds();
}

#[test]
fn words_come_in_and_go_out() {
    let sandbox = started();
    propose(&sandbox);
    receive(&sandbox);
    let run = sandbox.run(["merge", "1"]).exits_with(3);
    run.says("1 passage changed, 1 choice open");
    decide(&sandbox);
    let agreed = "It is tiny, and it grows.\n\nNobody has counted it.\n";
    assert_eq!(sandbox.read("narrative/1-big/agreed.md"), agreed);
    let release = ["release", "v2026.03.0", "--unsigned"];
    sandbox.run(release).succeeds();
    let verify = ["verify", "v2026.03.0", "--unsigned"];
    sandbox.run(verify).succeeds().says("byte for byte");
    sandbox.git(["push", "-q", "origin", "main", "v2026.03.0"]);
    by(&sandbox, "chi", &["switch", "-q", "main"]);
    by(&sandbox, "chi", &["pull", "-q"]);
    let fate = runs(&sandbox, "chi", &["fate", "1", "--contributor", "chi"]);
    fate.succeeds()
        .says("- Nobody has counted it.")
        .says("instead: It is tiny, and it grows.");
}
