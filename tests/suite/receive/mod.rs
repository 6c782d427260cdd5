//! Proposals on their way in: fetched, judged, shown, and taken in as they were shown.

mod broken;
mod bundles;
mod closed;
mod drafts;
mod hostile;
mod onwards;
mod places;
mod remote;
mod round;
mod whose;

use crate::sandbox::{Run, Sandbox};

/// A narrative whose facilitator is ana, with a bare repository beside it that everybody pushes to.
pub fn shared() -> Sandbox {
    shared_of(Sandbox::with_narrative())
}

/// Gives a narrative a bare repository beside it that everybody pushes to.
pub fn shared_of(sandbox: Sandbox) -> Sandbox {
    sandbox.git(["init", "-q", "--bare", "-b", "main", "../hub.git"]);
    sandbox.git(["remote", "add", "origin", "../hub.git"]);
    sandbox.git(["push", "-q", "-u", "origin", "main"]);
    sandbox
}

/// The address of the repository that everybody pushes to, which lets clones leave files there.
pub fn generous(sandbox: &Sandbox) -> String {
    let allow = ["config", "uploadpack.allowFilter", "true"];
    sandbox.git(["-C", "../hub.git"].into_iter().chain(allow));
    format!("file://{}", sandbox.path().join("../hub.git").display())
}

/// Runs git as somebody in her own clone, which is made if need be.
pub fn by(sandbox: &Sandbox, who: &str, arguments: &[&str]) -> String {
    let clone = format!("../{who}");
    if !sandbox.has(&clone) {
        sandbox.git(["clone", "-q", "../hub.git", &clone]);
    }
    let all = ["-C", &clone].into_iter().chain(arguments.iter().copied());
    sandbox.git_call(all).by(who).run().succeeds().stdout
}

/// Lets somebody write files on top of what she has and push them to a ref; nothing takes a file away.
pub fn pushes(sandbox: &Sandbox, who: &str, to: &str, files: &[(&str, Option<&str>)]) -> String {
    by(sandbox, who, &["status"]);
    for (path, text) in files {
        let path = format!("../{who}/{path}");
        match text {
            Some(text) => drop(sandbox.write(&path, text)),
            None => std::fs::remove_file(sandbox.path().join(path)).expect("it was there"),
        }
    }
    by(sandbox, who, &["add", "-A"]);
    by(
        sandbox,
        who,
        &["commit", "-q", "--allow-empty", "-m", "what I think"],
    );
    by(
        sandbox,
        who,
        &["push", "-q", "--force", "origin", &format!("HEAD:{to}")],
    );
    by(sandbox, who, &["rev-parse", "HEAD"]).trim().to_owned()
}

/// Lets somebody propose one draft of the first question, as request 7.
pub fn proposes(sandbox: &Sandbox, who: &str, text: &str) -> String {
    let path = format!("narrative/1-size/drafts/{who}.md");
    pushes(sandbox, who, "refs/pull/7/head", &[(&path, Some(text))])
}

/// Everything that a command could have written: files, refs and objects.
pub fn state(sandbox: &Sandbox) -> (Vec<(String, Vec<u8>)>, String, String) {
    let objects = sandbox.git(["cat-file", "--batch-all-objects", "--batch-check"]);
    (sandbox.files(), sandbox.git(["for-each-ref"]), objects)
}

/// Runs a command that must refuse and leave everything as it was.
#[track_caller]
pub fn refused(sandbox: &Sandbox, arguments: &[&str], code: i32) -> Run {
    let before = state(sandbox);
    let run = sandbox.run(arguments).exits_with(code);
    assert!(before == state(sandbox), "something was written\n{run:?}");
    run
}

#[test]
fn a_draft_is_shown_and_taken_in() {
    let sandbox = shared();
    let proposed = proposes(&sandbox, "bo", "We are small.\n");
    let run = sandbox.run(["receive", "7"]).exits_with(3);
    run.says("proposal 7 by bo")
        .says("by the address alone, which anybody could have written: bo\n  <bo@example.org>")
        .says("1-size  What about size?")
        .says("a first draft: 3 words added")
        .says("+ We are small.")
        .says(&format!(
            "next: onetext receive 7 --as bo --take {}",
            &proposed[..7]
        ));
    assert!(!sandbox.has("narrative/1-size/drafts/bo.md"));
    let run = sandbox
        .run(["receive", "7", "--as", "bo", "--yes"])
        .succeeds();
    run.says("taken in as ").says("next: onetext merge 1");
    assert_eq!(
        sandbox.read("narrative/1-size/drafts/bo.md"),
        "We are small.\n"
    );
    assert_eq!(sandbox.git(["status", "--porcelain"]), "");
    assert_eq!(sandbox.git(["for-each-ref", "refs/onetext"]), "");
    sandbox
        .run(["status"])
        .succeeds()
        .says("next: onetext merge");
    let run = sandbox.run(["merge", "1"]).succeeds();
    run.says("the first agreed text");
    sandbox.run(["receive", "7"]).succeeds().says("nothing new");
}

#[test]
fn the_merge_says_what_it_is_of_and_on_what_the_name_rests() {
    let sandbox = shared();
    let proposed = proposes(&sandbox, "bo", "We are small.\n");
    let arguments = ["receive", "7", "--as", "bo", "--yes"];
    sandbox.run(arguments).succeeds();
    let parents = sandbox.git(["rev-list", "--parents", "-1", "HEAD"]);
    assert!(parents.trim().ends_with(&proposed), "{parents}");
    let message = sandbox.git(["log", "-1", "--format=%B"]);
    assert!(
        message.starts_with("receive 7: 1-size by bo\n"),
        "{message}"
    );
    for line in [
        "Proposal: 7 of origin\n".to_owned(),
        format!("Proposed-commit: {proposed}\n"),
        "Proposed-by: bo (as the facilitator says)\n".to_owned(),
    ] {
        assert!(message.contains(&line), "{message}");
    }
}

#[test]
fn what_is_open_is_listed_and_nothing_is_written() {
    let sandbox = shared();
    proposes(&sandbox, "bo", "We are small.\n");
    let draft = [
        ("narrative/1-size/drafts/chi.md", Some("We are few.\n")),
        (".github/workflows/x.yml", Some("on: push\n")),
    ];
    pushes(&sandbox, "chi", "refs/heads/chi/size", &draft);
    let run = refused(&sandbox, &["receive"], 0);
    run.says("2 proposals at `origin`")
        .says("7         bo?   no errors  1-size +3 -0")
        .says("chi/size  chi?  1 error    .github/workflows/x.yml, 1-size +3 -0")
        .says("next: onetext receive 7");
    let listed = sandbox.run(["--json", "receive"]).succeeds().json();
    assert_eq!(listed["proposals"][0]["changes"][0], "1-size +3 -0");
    assert_eq!(listed["proposals"][0]["proven"], false);
    assert_eq!(listed["next"], "onetext receive 7");
}

#[test]
fn what_is_not_hers_is_refused_path_by_path_and_can_be_left_out() {
    let sandbox = shared();
    let files = [
        ("narrative/1-size/drafts/bo.md", Some("We are small.\n")),
        ("narrative/2-values/drafts/chi.md", Some("None.\n")),
        ("narrative/roster.toml", Some("schema = 1\n")),
        (".gitattributes", Some("* merge=union\n")),
    ];
    let proposed = pushes(&sandbox, "bo", "refs/pull/7/head", &files);
    let run = refused(&sandbox, &["receive", "7", "--as", "bo", "--yes"], 1);
    run.says("narrative/2-values/drafts/chi.md: error proposal-path")
        .says("the file belongs to `chi`, and the proposal is by `bo`")
        .says("narrative/roster.toml: error proposal-path")
        .says(".gitattributes: error proposal-path")
        .says("next: onetext receive 7 --as bo --only-allowed");
    let arguments = ["receive", "7", "--as", "bo", "--only-allowed", "--yes"];
    sandbox.run(arguments).succeeds().says("taken in as");
    assert_eq!(
        sandbox.read("narrative/1-size/drafts/bo.md"),
        "We are small.\n"
    );
    assert!(!sandbox.has("narrative/2-values/drafts") && !sandbox.has(".gitattributes"));
    let changed = sandbox.git(["diff", "--name-only", "HEAD^1", "HEAD"]);
    assert_eq!(changed, "narrative/1-size/drafts/bo.md\n");
    let message = sandbox.git(["log", "-1", "--format=%B"]);
    for path in [
        ".gitattributes",
        "narrative/roster.toml",
        "narrative/2-values/drafts/chi.md",
    ] {
        assert!(
            message.contains(&format!("Left out: {path}\n")),
            "{message}"
        );
    }
    let parents = sandbox.git(["rev-list", "--parents", "-1", "HEAD"]);
    assert!(parents.trim().ends_with(&proposed), "{parents}");
}

#[test]
fn a_dry_run_writes_nothing() {
    let sandbox = shared();
    proposes(&sandbox, "bo", "We are small.\n");
    let run = refused(
        &sandbox,
        &["receive", "7", "--as", "bo", "--yes", "--dry-run"],
        0,
    );
    run.says("it would be taken in; nothing is written")
        .says("next: onetext receive 7 --as bo");
}

/// Lets bo propose other words in the place of her last ones, and not on top of them.
fn amends(sandbox: &Sandbox, text: &str) -> String {
    by(sandbox, "bo", &["reset", "-q", "--hard", "HEAD^"]);
    proposes(sandbox, "bo", text)
}

#[test]
fn what_moved_is_refused_with_both_ids() {
    let ways: [fn(&Sandbox, &str) -> String; 2] =
        [|sandbox, text| proposes(sandbox, "bo", text), amends];
    for moves in ways {
        let sandbox = shared();
        let old = proposes(&sandbox, "bo", "We are small.\n");
        sandbox.run(["receive", "7"]).exits_with(3);
        let new = moves(&sandbox, "We are tiny.\n");
        let review = format!("review {}..{}", &old[..7], &new[..7]);
        let (files, refs, _) = state(&sandbox);
        let run = sandbox.run(["receive", "7", "--as", "bo", "--take", &old[..7]]);
        run.exits_with(3)
            .warns(&format!("the proposal changed: {review}"))
            .warns("next: onetext receive 7 --as bo");
        let (files_now, refs_now, _) = state(&sandbox);
        assert!(
            files == files_now && refs == refs_now,
            "something was written"
        );
        let run = sandbox.run(["receive", "7", "--as", "bo"]).exits_with(3);
        run.says(&format!("changed since you looked at it: {review}"));
        let run = sandbox.run(["receive", "7", "--as", "bo", "--take", &new]);
        run.succeeds().says("taken in as");
        assert_eq!(
            sandbox.read("narrative/1-size/drafts/bo.md"),
            "We are tiny.\n"
        );
    }
}

#[test]
fn all_takes_in_what_nothing_speaks_against_and_tells_the_rest() {
    let sandbox = shared();
    proposes(&sandbox, "bo", "We are small.\n");
    let files = [("narrative/1-size/drafts/bo.md", Some("We are few.\n"))];
    pushes(&sandbox, "chi", "refs/pull/8/head", &files);
    let run = sandbox.run(["receive", "--all", "--yes"]).exits_with(1);
    run.says("2 proposals at `origin`")
        .says("7: 1-size by bo\nnot taken in yet")
        .says("8: 1 change by chi\nnot taken in")
        .says("next: onetext receive 7 --as bo --take");
}
