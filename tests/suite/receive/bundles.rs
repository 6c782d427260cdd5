//! Files of `onetext propose --bundle`: a branch in one is a proposal, however many there are.

use super::{by, proposes, refused, shared, state};
use crate::sandbox::{Run, Sandbox};

#[test]
fn a_bundle_is_a_proposal() {
    let sandbox = shared();
    let proposed = proposes(&sandbox, "bo", "We are small.\n");
    by(&sandbox, "bo", &["switch", "-q", "-c", "bo/size"]);
    let bundle = [
        "bundle",
        "create",
        "-q",
        "../size.bundle",
        "origin/main..bo/size",
    ];
    by(&sandbox, "bo", &bundle);
    let arguments = ["receive", "../size.bundle", "--as", "bo"];
    sandbox.run(arguments).exits_with(3).says("+ We are small.");
    let run = sandbox.run(["receive", "../size.bundle", "--as", "bo", "--yes"]);
    run.succeeds().says("next: onetext merge 1");
    let parents = sandbox.git(["rev-list", "--parents", "-1", "HEAD"]);
    assert!(parents.trim().ends_with(&proposed), "{parents}");
}

/// Lets bo write her drafts of some questions in a clone of hers and put all of them into one file.
fn bundled(texts: &[(&str, &str)]) -> Sandbox {
    let sandbox = shared();
    by(&sandbox, "bo", &["status"]);
    for (question, text) in texts {
        sandbox.write(&format!("../bo/narrative/{question}/drafts/bo.md"), text);
    }
    let call = sandbox.onetext(["-C", "../bo", "propose", "--bundle", "../bo.bundle"]);
    let run = call.by("bo").run().succeeds();
    run.says("it is taken in with `onetext receive ../bo.bundle`");
    sandbox
}

/// Two drafts that nothing speaks against.
const TWO: [(&str, &str); 2] = [
    ("1-size", "We are small.\n"),
    ("2-values", "We value rest.\n"),
];

/// The drafts of bo that are here.
fn here(sandbox: &Sandbox) -> Vec<String> {
    let files = sandbox.files().into_iter().map(|(path, _)| path);
    files
        .filter(|path| path.ends_with("drafts/bo.md"))
        .collect()
}

#[test]
fn each_branch_of_a_bundle_is_shown_and_all_are_taken_in() {
    let sandbox = bundled(&TWO);
    let run = sandbox.run(["receive", "../bo.bundle"]).exits_with(3);
    let run = run
        .says("2 proposals at `../bo.bundle`")
        .says("proposal bo/1-size by bo (1 change, 1 commit")
        .says("+ We are small.")
        .says("proposal bo/2-values by bo")
        .says("+ We value rest.")
        .says("not taken in yet: say whose it is")
        .says("\nnext: onetext receive ../bo.bundle --as bo --take ");
    assert_eq!(here(&sandbox), [""; 0]);
    let run = sandbox.run(told_next(&run)).succeeds();
    run.says("+ We value rest.")
        .says("taken in as")
        .says("next: onetext merge\n");
    let drafts = [
        "narrative/1-size/drafts/bo.md",
        "narrative/2-values/drafts/bo.md",
    ];
    assert_eq!(here(&sandbox), drafts);
    assert_eq!(sandbox.git(["for-each-ref", "refs/onetext"]), "");
    let run = sandbox.run(["receive", "../bo.bundle", "--as", "bo"]);
    run.succeeds()
        .says("nothing new: all of it stands here already");
}

/// The arguments of the command that is to come next.
fn told_next(run: &Run) -> Vec<String> {
    let next = run.stdout.lines().last().expect("something was said");
    let words = next
        .strip_prefix("next: onetext ")
        .expect("a command comes next");
    words.split(' ').map(str::to_owned).collect()
}

#[test]
fn what_somebody_else_put_into_a_bundle_is_not_taken_as_hers() {
    let sandbox = bundled(&TWO);
    let other = "narrative/3-drivers/drafts/bo.md";
    by(&sandbox, "mal", &["status"]);
    sandbox.write(&format!("../mal/{other}"), "Ask me alone.\n");
    by(&sandbox, "mal", &["switch", "-q", "-c", "bo/3-drivers"]);
    by(&sandbox, "mal", &["add", "-A"]);
    by(&sandbox, "mal", &["commit", "-q", "-m", "what bo thinks"]);
    let foreign = by(&sandbox, "mal", &["rev-parse", "HEAD"]);
    let fetch = [
        "fetch",
        "-q",
        "../bo.bundle",
        "refs/heads/bo/*:refs/heads/bo/*",
    ];
    by(&sandbox, "mal", &fetch);
    let bundle = [
        "bundle",
        "create",
        "-q",
        "../all.bundle",
        "--branches=bo/*",
        "^origin/main",
    ];
    by(&sandbox, "mal", &bundle);
    let receive = |more: &[&str]| {
        let arguments = ["receive", "../all.bundle", "--as", "bo"];
        sandbox.run(arguments.iter().chain(more))
    };
    let run = receive(&["--yes"]).exits_with(3);
    run.says("hers as you say; written by mal <mal@example.org>")
        .says("not taken in yet: it waits for your word")
        .says(&format!("--take {}", &foreign[..7]));
    assert_eq!(here(&sandbox).len(), 2);
}

#[test]
fn what_is_refused_is_not_kept_along_with_what_is_taken() {
    let bad = "<script>alert(1)</script>\n";
    let sandbox = bundled(&[TWO[0], ("2-values", bad)]);
    sandbox
        .run(["receive", "../bo.bundle", "--as", "bo", "--yes"])
        .exits_with(1);
    let heads = sandbox.git(["bundle", "list-heads", "../bo.bundle"]);
    let kept: Vec<bool> = heads
        .lines()
        .map(|line| sandbox.try_git(&["cat-file", "-e", &line[..40]]))
        .collect();
    assert_eq!(kept, [true, false], "{heads}");
}

#[test]
fn one_branch_of_a_bundle_is_taken_by_its_commit() {
    let sandbox = bundled(&TWO);
    let heads = sandbox.git(["bundle", "list-heads", "../bo.bundle"]);
    let second = heads.lines().find(|line| line.ends_with("bo/2-values"));
    let second = &second.expect("it is in the file")[..7];
    let take = ["receive", "../bo.bundle", "--as", "bo", "--take"];
    let take = |commit| [&take[..], &[commit]].concat();
    let run = refused(&sandbox, &take("1234567"), 2);
    run.warns("no branch of `../bo.bundle` is the commit 1234567")
        .warns("`bo/2-values`: ");
    sandbox
        .run(take(second))
        .succeeds()
        .says("next: onetext merge 2");
    assert_eq!(here(&sandbox), ["narrative/2-values/drafts/bo.md"]);
    let run = sandbox.run(["receive", "../bo.bundle", "--as", "bo", "--yes"]);
    run.succeeds().says("next: onetext merge 1");
}

#[test]
fn what_speaks_against_a_branch_of_a_bundle_keeps_no_other_out() {
    let bad = "<script>alert(1)</script>\n";
    let sandbox = bundled(&[TWO[0], ("2-values", bad)]);
    let dry = ["receive", "../bo.bundle", "--as", "bo", "--dry-run"];
    let before = state(&sandbox);
    let run = sandbox.run(dry).exits_with(1);
    run.says("it would be taken in; nothing is written");
    assert!(before == state(&sandbox), "something was written");
    let run = sandbox.run(["receive", "../bo.bundle", "--as", "bo", "--yes", "--json"]);
    let run = run.exits_with(1);
    let told: serde_json::Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    let states = ["taken", "refused"];
    for (at, state) in states.into_iter().enumerate() {
        assert_eq!(told["proposals"][at]["state"], state, "{told}");
    }
    assert_eq!(here(&sandbox), ["narrative/1-size/drafts/bo.md"]);
}

/// Lets bo put her drafts, as they are now, into the file; there is no remote that could say what the others have.
fn bundles_again(sandbox: &Sandbox) {
    let file = sandbox.path().join("../bo.bundle");
    if file.exists() {
        std::fs::remove_file(file).expect("it was written");
    }
    let propose = ["-C", "../bo", "propose", "--bundle", "../bo.bundle"];
    sandbox.onetext(propose).by("bo").run().succeeds();
}

#[test]
fn drafts_that_were_committed_one_by_one_stand_on_what_the_others_have() {
    let sandbox = shared();
    by(&sandbox, "bo", &["remote", "remove", "origin"]);
    for (question, text) in TWO {
        sandbox.write(&format!("../bo/narrative/{question}/drafts/bo.md"), text);
        let save = ["-C", "../bo", "draft", &question[..1], "--save"];
        sandbox.onetext(save).by("bo").run().succeeds();
    }
    bundles_again(&sandbox);
    let receive = ["receive", "../bo.bundle", "--as", "bo", "--yes"];
    sandbox.run(receive).succeeds();
    assert_eq!(here(&sandbox).len(), 2);
    // She knows nothing of that, and thinks better of one of them.
    let draft = "narrative/1-size/drafts/bo.md";
    sandbox.write(&format!("../bo/{draft}"), "We are tiny.\n");
    bundles_again(&sandbox);
    let run = refused(&sandbox, &receive, 1);
    run.says("receive ../bo.bundle --replace` lets this one take its place");
    let run = sandbox.run(receive.iter().chain(&["--replace"])).succeeds();
    run.says("a draft, in the place of the one that changed here")
        .says("[-small-] {+tiny+}");
    assert_eq!(sandbox.read(draft), "We are tiny.\n");
    let message = sandbox.git(["log", "-1", "--format=%b"]);
    let told = format!("In the place of what changed here: {draft}\n");
    assert!(message.contains(&told), "{message}");
}

#[test]
fn a_draft_that_the_facilitator_wrote_down_is_what_her_next_one_stands_on() {
    let sandbox = shared();
    let draft = "narrative/1-size/drafts/bo.md";
    sandbox.write(draft, "We are small.\n");
    let save = ["draft", "1", "--save", "--as", "bo"];
    sandbox.run(save).succeeds();
    sandbox.git(["push", "-q", "origin", "main"]);
    by(&sandbox, "bo", &["remote", "remove", "origin"]);
    sandbox.write(&format!("../bo/{draft}"), "We are tiny.\n");
    bundles_again(&sandbox);
    let run = sandbox.run(["receive", "../bo.bundle", "--as", "bo", "--yes"]);
    run.succeeds();
    assert_eq!(sandbox.read(draft), "We are tiny.\n");
}
