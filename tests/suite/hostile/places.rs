//! Repositories in odd states: each works or says why not, and a proposal is judged from its commits wherever that can be.

use crate::proposals::{checked, narrative, proposed};
use crate::release::settled;
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

const CHECK: [&str; 5] = ["check", "--proposal", "main", "--as", "bo"];

/// All that needs a repository.
const COMMANDS: [&[&str]; 5] = [
    &CHECK,
    &["status"],
    &["merge"],
    &["release", "v2026.03.0", "--unsigned"],
    &["verify", "v2026.03.0"],
];

/// What a command says in a repository that was made without a narrative in its history, which is laid beside it.
fn elsewhere(make: &[&str], command: &[&str]) -> Run {
    let sandbox = Sandbox::new();
    sandbox.git(make);
    sandbox.write(
        "odd/narrative/narrative.toml",
        "schema = 1\ntitle = \"T\"\n",
    );
    let before = sandbox.files();
    let run = sandbox
        .run([&["-C", "odd"], command].concat())
        .exits_with(2);
    assert_eq!(sandbox.files(), before);
    run
}

#[test]
fn repositories_that_cannot_be_read_say_which_they_are() {
    elsewhere(&["init", "-q", "-b", "main", "odd"], &CHECK).warns("there is no revision `main`");
    for command in COMMANDS {
        elsewhere(&["init", "-q", "--bare", "odd"], command)
            .warns("is a bare repository")
            .warns("clone it, and work in the clone");
        elsewhere(&["init", "-q", "--object-format=sha256", "odd"], command)
            .warns("uses SHA-256 ids, which onetext cannot read yet");
    }
}

#[test]
fn all_can_be_done_in_a_work_tree_beside_the_first() {
    let sandbox = settled();
    sandbox.git(["worktree", "add", "-q", "-b", "beside", "../beside"]);
    let main = (sandbox.files(), sandbox.git(["rev-parse", "main"]));
    let beside = |command: &[&str]| sandbox.run([&["-C", "../beside"], command].concat());
    let text = "It is tiny, and it grows.\n\nNobody counts it.\n";
    sandbox.write("../beside/narrative/1-big/drafts/ana.md", text);
    beside(&["draft", "1", "--as", "ana", "--save"]).succeeds();
    beside(&["merge"]).succeeds();
    assert_eq!(sandbox.read("../beside/narrative/1-big/agreed.md"), text);
    assert_eq!((sandbox.files(), sandbox.git(["rev-parse", "main"])), main);
    // What is on no main branch is not released from there either.
    let release = ["release", "v2026.03.0", "--unsigned"];
    beside(&release)
        .exits_with(4)
        .warns("is not on the main branch");
    sandbox.git(["merge", "-q", "beside"]);
    beside(&release).succeeds();
    beside(&["verify", "v2026.03.0", "--unsigned"]).succeeds();
    assert!(!sandbox.has("dist"));
}

#[cfg(unix)]
#[test]
fn a_repository_of_somebody_else_is_not_trusted() {
    let sandbox = with_draft();
    let git = sandbox.path().join(".git");
    let given =
        [git.clone(), sandbox.path()].map(|path| std::os::unix::fs::chown(path, Some(4711), None));
    if given.iter().any(Result::is_err) {
        // Only root can give a folder away; then nothing was given.
        sandbox.run(CHECK).succeeds();
        return;
    }
    let before = sandbox.files();
    for command in COMMANDS {
        sandbox
            .run(command)
            .exits_with(4)
            .warns("belongs to another user, so git does not trust it")
            .warns("next: git config --global --add safe.directory");
    }
    assert_eq!(sandbox.files(), before);
    let config = std::fs::read_to_string(git.join("config")).expect("it is there");
    assert!(!config.contains("safe"), "{config}");
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
