//! Whose draft an edit becomes, and on which text.

use super::{by, proposes, pushes, refused, shared};
use crate::sandbox::Sandbox;

const AGREED: &str = "narrative/1-size/agreed.md";
const BO: &str = "narrative/1-size/drafts/bo.md";

/// An agreed text of three sentences, by ana alone, that everybody has.
fn agreed() -> Sandbox {
    let sandbox = shared();
    let text = "We are small. About a hundred firms take part. Nobody counts them.\n";
    sandbox.write("narrative/1-size/drafts/ana.md", text);
    sandbox.commit("a draft by ana");
    sandbox.run(["merge", "1"]).succeeds();
    sandbox.git(["push", "-q", "origin", "main"]);
    sandbox
}

#[test]
fn an_edit_of_the_agreed_text_becomes_her_draft() {
    let sandbox = agreed();
    let text = "We are small. About two hundred firms take part. Nobody counts them.\n";
    pushes(&sandbox, "bo", "refs/pull/7/head", &[(AGREED, Some(text))]);
    let run = sandbox
        .run(["receive", "7", "--as", "bo", "--yes"])
        .succeeds();
    run.says("an edit of the agreed text, which becomes a draft: 1 word added, 1 removed")
        .says("~ About [-a-] {+two+} hundred firms take part.")
        .says("warning proposal-agreed")
        .says("next: onetext merge 1");
    assert_eq!(sandbox.read(BO), text);
    assert!(sandbox.read(AGREED).contains("About a hundred"));
    let message = sandbox.git(["log", "-1", "--format=%B"]);
    let taken = format!("Taken as a draft: {AGREED} as {BO}\n");
    assert!(message.contains(&taken), "{message}");
    sandbox
        .run(["merge", "1"])
        .succeeds()
        .says("1 passage changed, no choices open");
    assert_eq!(sandbox.read(AGREED), text);
}

#[test]
fn an_edit_of_an_older_agreed_text_wants_only_what_she_changed() {
    let sandbox = agreed();
    by(&sandbox, "bo", &["status"]);
    let newer = "We are tiny. About a hundred firms take part. Nobody counts them.\n";
    sandbox.write("narrative/1-size/drafts/ana.md", newer);
    sandbox.commit("a second draft by ana");
    sandbox.run(["merge", "1"]).succeeds();
    assert_eq!(sandbox.read(AGREED), newer);
    let text = "We are small. About a hundred firms take part. Nobody has counted them.\n";
    pushes(&sandbox, "bo", "refs/pull/7/head", &[(AGREED, Some(text))]);
    sandbox
        .run(["receive", "7", "--as", "bo", "--yes"])
        .succeeds();
    sandbox
        .run(["merge", "1"])
        .succeeds()
        .says("1 passage changed, no choices open");
    let expected = "We are tiny. About a hundred firms take part. Nobody has counted them.\n";
    assert_eq!(sandbox.read(AGREED), expected);
}

#[test]
fn a_draft_that_changed_here_too_is_put_together_if_asked() {
    let sandbox = agreed();
    let first = "We are small. About a hundred firms take part. Nobody counts them.\n";
    sandbox.write(BO, first);
    sandbox.commit("a draft by bo");
    sandbox.git(["push", "-q", "origin", "main"]);
    by(&sandbox, "bo", &["status"]);
    sandbox.write(BO, first.replace("small", "tiny"));
    sandbox.commit("bo changed it by mail");
    proposes(&sandbox, "bo", &first.replace("counts", "has counted"));
    let run = refused(&sandbox, &["receive", "7", "--as", "bo", "--yes"], 1);
    run.says("the draft of `bo` changed here meanwhile, in other passages")
        .says("`onetext receive 7 --combine` puts both together");
    let run = sandbox.run(["receive", "7", "--as", "bo", "--combine", "--yes"]);
    run.succeeds().says("put together with what changed here");
    let both = "We are tiny. About a hundred firms take part. Nobody has counted them.\n";
    assert_eq!(sandbox.read(BO), both);
}

#[test]
fn a_draft_that_changed_here_in_the_same_passage_is_refused() {
    let sandbox = shared();
    sandbox.write(BO, "We are small.\n");
    sandbox.commit("a draft by bo");
    sandbox.git(["push", "-q", "origin", "main"]);
    by(&sandbox, "bo", &["status"]);
    sandbox.write(BO, "We are tiny.\n");
    sandbox.commit("bo changed it by mail");
    proposes(&sandbox, "bo", "We are few.\n");
    let arguments = ["receive", "7", "--as", "bo", "--combine", "--yes"];
    refused(&sandbox, &arguments, 1).says("changed here meanwhile, in the same passages");
    assert_eq!(sandbox.read(BO), "We are tiny.\n");
}

#[test]
fn an_edit_of_the_agreed_text_does_not_push_an_unfolded_draft_aside() {
    let sandbox = agreed();
    let own = "We are small. About a hundred firms take part. Nobody counts them. Some try.\n";
    sandbox.write(BO, own);
    sandbox.commit("a draft by bo");
    let text = "We are tiny. About a hundred firms take part. Nobody counts them.\n";
    pushes(&sandbox, "bo", "refs/pull/7/head", &[(AGREED, Some(text))]);
    let run = refused(&sandbox, &["receive", "7", "--as", "bo", "--yes"], 1);
    run.says("`bo` has a draft that is not folded yet");
    let arguments = ["receive", "7", "--as", "bo", "--combine", "--yes"];
    sandbox.run(arguments).succeeds();
    assert_eq!(sandbox.read(BO), own.replace("small", "tiny"));
}
