//! Clones and files that are not whole, and states in which nothing can be taken in.

use super::{by, generous, proposes, refused, shared};
use crate::sandbox::{Run, Sandbox};

const ALL: [&str; 5] = ["receive", "7", "--as", "bo", "--yes"];

/// Runs it in another clone, as ana.
fn receives_in(sandbox: &Sandbox, clone: &str) -> Run {
    let arguments = [&["-C", clone][..], &ALL].concat();
    sandbox.run(arguments)
}

fn ready() -> Sandbox {
    let sandbox = shared();
    proposes(&sandbox, "bo", "We are small.\n");
    sandbox
}

#[test]
fn the_branch_is_not_ready() {
    let sandbox = ready();
    sandbox.write("narrative/1-size/question.md", "What now?\n");
    refused(&sandbox, &ALL, 2).warns("not committed: `narrative/1-size/question.md`");
    sandbox.git(["checkout", "-q", "."]);
    sandbox.write(".git/index.lock", "");
    refused(&sandbox, &ALL, 2)
        .warns("index.lock")
        .warns("delete");
    std::fs::remove_file(sandbox.path().join(".git/index.lock")).expect("it was there");
    sandbox.git(["checkout", "-q", "--detach"]);
    refused(&sandbox, &ALL, 2)
        .warns("detached")
        .warns("next: git switch");
    sandbox.git(["switch", "-q", "main"]);
    sandbox.write(".git/MERGE_HEAD", sandbox.git(["rev-parse", "HEAD"]));
    refused(&sandbox, &ALL, 2).warns("git is in the middle of a merge");
    std::fs::remove_file(sandbox.path().join(".git/MERGE_HEAD")).expect("it was there");
    sandbox.git(["symbolic-ref", "HEAD", "refs/heads/new"]);
    refused(&sandbox, &ALL, 2).warns("the branch `new` has no commit yet");
    sandbox.git(["symbolic-ref", "HEAD", "refs/heads/main"]);
    sandbox.run(ALL).succeeds();
}

#[test]
fn a_work_tree_beside_the_clone_works_and_a_bare_one_is_refused() {
    let sandbox = ready();
    sandbox.git(["worktree", "add", "-q", "-b", "beside", "../beside"]);
    receives_in(&sandbox, "../beside")
        .succeeds()
        .says("taken in as");
    assert!(sandbox.has("../beside/narrative/1-size/drafts/bo.md"));
    assert!(!sandbox.has("narrative/1-size/drafts/bo.md"));
    receives_in(&sandbox, "../hub.git")
        .exits_with(2)
        .warns("there is no narrative in");
}

#[test]
fn repositories_that_cannot_be_read_say_which_kind_they_are() {
    let sandbox = ready();
    sandbox.git(["init", "-q", "--object-format=sha256", "../wide"]);
    sandbox.write("../wide/narrative/narrative.toml", "schema = 1\n");
    receives_in(&sandbox, "../wide")
        .exits_with(2)
        .warns("uses SHA-256 ids");
    let hub = generous(&sandbox);
    let filter = ["clone", "-q", "--filter=blob:none", "--no-checkout"];
    sandbox.git(filter.into_iter().chain([hub.as_str(), "../partial"]));
    sandbox.write("../partial/narrative/narrative.toml", "schema = 1\n");
    let run = receives_in(&sandbox, "../partial").exits_with(5);
    run.warns("a partial one lacks files");
}

#[test]
fn a_shallow_clone_gets_what_it_needs_with_the_proposal() {
    let sandbox = ready();
    sandbox.write("notes.txt", "x\n");
    sandbox.commit("more");
    sandbox.git(["push", "-q", "origin", "main"]);
    let hub = format!("file://{}", sandbox.path().join("../hub.git").display());
    sandbox.git(["clone", "-q", "--depth", "1", &hub, "../shallow"]);
    let run = receives_in(&sandbox, "../shallow").succeeds();
    run.says("(1 change, 1 commit,").says("taken in as");
    sandbox.git(["-C", "../shallow", "fsck", "--strict"]);
}

#[test]
fn missing_and_broken_objects_are_told_apart_from_faults_of_ours() {
    let sandbox = ready();
    let blob = sandbox.git(["rev-parse", "HEAD:narrative/1-size/question.md"]);
    let (folder, name) = blob.trim().split_at(2);
    let object = sandbox.path().join(format!(".git/objects/{folder}/{name}"));
    let whole = std::fs::read(&object).expect("objects are loose");
    std::fs::remove_file(&object).expect("it was there");
    sandbox.run(ALL).exits_with(5).warns("next: git fsck");
    let mut altered = whole.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 0xff;
    std::fs::write(&object, &altered).expect("it can be written");
    sandbox.run(ALL).exits_with(5).warns("next: git fsck");
    std::fs::remove_file(&object).expect("it was there");
    std::fs::write(&object, &whole).expect("it can be written");
    sandbox.run(ALL).succeeds();
}

/// Lets bo put what she has on top of the others' into a file.
fn bundles(sandbox: &Sandbox) {
    by(sandbox, "bo", &["switch", "-q", "-c", "bo/size"]);
    by(
        sandbox,
        "bo",
        &[
            "bundle",
            "create",
            "-q",
            "../size.bundle",
            "origin/main..bo/size",
        ],
    );
}

#[test]
fn a_file_that_is_no_whole_bundle_is_refused() {
    let sandbox = ready();
    bundles(&sandbox);
    let whole = std::fs::read(sandbox.path().join("../size.bundle")).expect("it was made");
    let arguments = ["receive", "../cut.bundle", "--as", "bo", "--yes"];
    sandbox.write("../cut.bundle", &whole[..whole.len() - 40]);
    refused(&sandbox, &arguments, 5).warns("is not sound");
    sandbox.write("../cut.bundle", &whole[..20]);
    refused(&sandbox, &arguments, 2).warns("has no branch");
    for other in [&whole[..10], b"We are small.\n"] {
        sandbox.write("../cut.bundle", other);
        refused(&sandbox, &arguments, 2).warns("is no file of `onetext propose --bundle`");
    }
    let mut altered = whole.clone();
    let middle = altered.len() - 60;
    altered[middle] ^= 0xff;
    sandbox.write("../cut.bundle", &altered);
    refused(&sandbox, &arguments, 5).warns("is not sound");
}

#[test]
fn a_bundle_on_commits_that_are_not_here_says_so() {
    let sandbox = shared();
    sandbox.git(["clone", "-q", "../hub.git", "../old"]);
    sandbox.write("notes.txt", "x\n");
    sandbox.commit("more");
    sandbox.git(["push", "-q", "origin", "main"]);
    proposes(&sandbox, "bo", "We are small.\n");
    bundles(&sandbox);
    let arguments = [
        "-C",
        "../old",
        "receive",
        "../size.bundle",
        "--as",
        "bo",
        "--yes",
    ];
    let run = sandbox.run(arguments).exits_with(2);
    run.warns("lacks these prerequisite commits")
        .warns("`git pull` first");
}

#[test]
fn what_was_replaced_here_is_taken_as_it_is() {
    let sandbox = ready();
    let real = by(&sandbox, "bo", &["rev-parse", "HEAD"]);
    sandbox.git(["fetch", "-q", "origin", "refs/pull/7/head"]);
    let head = sandbox.git(["rev-parse", "HEAD"]);
    sandbox.git(["replace", real.trim(), head.trim()]);
    sandbox.run(ALL).succeeds().says("+ We are small.");
    assert_eq!(
        sandbox.read("narrative/1-size/drafts/bo.md"),
        "We are small.\n"
    );
}
