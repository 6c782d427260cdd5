//! What GitLab's pipeline holds a proposal to: what would come in, whatever the branch has become since.

use std::path::Path;
use std::process::Command;

use crate::receive::{by, shared_of};
use crate::sandbox::{Run, Sandbox};

/// Runs the script of the job `check` in bo's clone, as GitLab would for a request of hers.
fn pipeline(sandbox: &Sandbox, base: &str) -> Run {
    let file = include_str!("../../../templates/forge/gitlab-ci.yml");
    let (_, script) = file
        .split_once("  script:\n    - |\n")
        .expect("it has a script");
    let (script, rest) = script.split_once("    # What").expect("it goes on");
    let end = "exit \"$found\"";
    assert!(rest.contains(end), "{rest}");
    // The preview in between is of a narrative that has editions.
    let script = format!("{script}\n{end}\n");
    let program = Path::new(env!("CARGO_BIN_EXE_onetext"));
    let folder = program.parent().expect("it is in a folder").display();
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .args(["-e", "-c", &script])
        .current_dir(sandbox.path().join("../bo"))
        .env_clear()
        .env("PATH", format!("{folder}:{path}"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("SOURCE_DATE_EPOCH", "1772366400")
        .env("CI_MERGE_REQUEST_IID", "7")
        .env("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main")
        .env("CI_MERGE_REQUEST_DIFF_BASE_SHA", base)
        .env("CI_MERGE_REQUEST_PROJECT_PATH", "co-ops/story")
        .env("CI_PROJECT_PATH", "co-ops/story")
        .env("CI_SERVER_HOST", "github.com")
        .env("GITLAB_USER_LOGIN", "bo")
        .env("GITLAB_USER_ID", "34")
        .output();
    Run::from(output.expect("there is a shell"))
}

fn report(sandbox: &Sandbox) -> String {
    sandbox.read("../bo/code-quality.json")
}

/// Bo's clone with a draft of hers on the branch as it was, and the branch as it is now.
fn moved() -> (Sandbox, String) {
    let sandbox = shared_of(super::narrative());
    let base = by(&sandbox, "bo", &["rev-parse", "HEAD"]).trim().to_owned();
    sandbox.write("../bo/narrative/1-size/drafts/bo.md", "We are small.\n");
    by(&sandbox, "bo", &["add", "-A"]);
    by(&sandbox, "bo", &["commit", "-q", "-m", "what I think"]);
    let roster = sandbox.read("narrative/roster.toml");
    sandbox.write("narrative/roster.toml", format!("{roster}\n# Looked at.\n"));
    sandbox.commit("the roster was looked at");
    sandbox.git(["push", "-q", "origin", "main"]);
    (sandbox, base)
}

#[test]
fn what_moved_on_the_branch_is_not_the_proposals() {
    let (sandbox, base) = moved();
    pipeline(&sandbox, &base).succeeds();
    assert_eq!(report(&sandbox).trim(), "[]");
}

#[test]
fn a_merge_that_puts_back_what_was_changed_is_seen() {
    let (sandbox, base) = moved();
    by(&sandbox, "bo", &["fetch", "-q"]);
    let merge = ["merge", "-q", "--no-edit", "--strategy=ours", "origin/main"];
    by(&sandbox, "bo", &merge);
    // Nothing but the draft differs from where the proposal was begun.
    let changed = by(&sandbox, "bo", &["diff", "--name-only", &base, "HEAD"]);
    assert_eq!(changed, "narrative/1-size/drafts/bo.md\n");
    pipeline(&sandbox, &base).exits_with(1);
    let report = report(&sandbox);
    assert!(report.contains("narrative/roster.toml"), "{report}");
}
