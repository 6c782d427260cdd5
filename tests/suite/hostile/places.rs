//! Repositories in odd states: each works or says why not, and a proposal is judged from its commits wherever that can be.

use crate::proposals::{checked, narrative, proposed};
use crate::sandbox::{Run, Sandbox};

const DRAFT: (&str, &str) = ("narrative/1-size/drafts/bo.md", "We are tiny.\n");

fn with_draft() -> Sandbox {
    let sandbox = narrative();
    proposed(&sandbox, &[DRAFT]);
    sandbox
}

#[test]
fn what_is_under_way_in_the_folder_is_no_part_of_a_proposal() {
    let sandbox = with_draft();
    let head = sandbox.git(["rev-parse", "HEAD"]);
    sandbox.git(["checkout", "-q", "--detach"]);
    checked(&sandbox, "bo").succeeds();
    sandbox.write(".git/MERGE_HEAD", head);
    checked(&sandbox, "bo").succeeds();
    sandbox.write("narrative/roster.toml", "not yet\n");
    checked(&sandbox, "bo").succeeds();
    std::fs::write(sandbox.path().join(".git/index.lock"), "").expect("it can be written");
    sandbox
        .run(["check", "--proposal", "main", "--as", "bo"])
        .succeeds()
        .says("1 file, by `bo`");
}

#[test]
fn a_work_tree_beside_is_as_good_as_the_first() {
    let sandbox = with_draft();
    sandbox.git(["worktree", "add", "-q", "--detach", "../beside", "proposal"]);
    sandbox
        .run([
            "-C",
            "../beside",
            "check",
            "--proposal",
            "main",
            "--as",
            "bo",
        ])
        .succeeds()
        .says("1 file, by `bo`");
}

/// Checks in a repository that was made without a narrative in its history, which is laid beside it.
fn elsewhere(make: &[&str]) -> Run {
    let sandbox = Sandbox::new();
    sandbox.git(make);
    sandbox.write(
        "odd/narrative/narrative.toml",
        "schema = 1\ntitle = \"T\"\n",
    );
    sandbox.run(["-C", "odd", "check", "--proposal", "main", "--as", "bo"])
}

#[test]
fn repositories_that_cannot_be_read_say_which_they_are() {
    elsewhere(&["init", "-q", "-b", "main", "odd"])
        .exits_with(2)
        .warns("there is no revision `main`");
    elsewhere(&["init", "-q", "--bare", "odd"])
        .exits_with(2)
        .warns("is a bare repository")
        .warns("clone it, and work in the clone");
    elsewhere(&["init", "-q", "--object-format=sha256", "odd"])
        .exits_with(2)
        .warns("uses SHA-256 ids, which onetext cannot read yet");
}

#[cfg(unix)]
#[test]
fn a_repository_of_somebody_else_is_not_trusted() {
    let sandbox = with_draft();
    let git = sandbox.path().join(".git");
    let given =
        [git.clone(), sandbox.path()].map(|path| std::os::unix::fs::chown(path, Some(4711), None));
    let run = sandbox.run(["check", "--proposal", "main", "--as", "bo"]);
    if given.iter().all(Result::is_ok) {
        run.exits_with(4)
            .warns("belongs to another user, so git does not trust it")
            .warns("next: git config --global --add safe.directory");
        let config = std::fs::read_to_string(git.join("config")).expect("it is there");
        assert!(!config.contains("safe"), "{config}");
    } else {
        // Only root can give a folder away; then nothing was given.
        run.succeeds();
    }
}

#[test]
fn a_shallow_clone_says_how_to_get_the_rest() {
    let sandbox = with_draft();
    let url = format!("file://{}", sandbox.path().display());
    sandbox.git([
        "clone",
        "-q",
        "--depth",
        "1",
        "--no-single-branch",
        &url,
        "../shallow",
    ]);
    sandbox
        .run([
            "-C",
            "../shallow",
            "check",
            "--proposal",
            "origin/main",
            "--as",
            "bo",
        ])
        .exits_with(5)
        .warns("git fetch --unshallow");
}
