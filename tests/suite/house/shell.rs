//! What every command has in common: exit codes of misuse, colours, JSON, errors with a mend.

use std::process::Stdio;

use crate::sandbox::Sandbox;

#[test]
fn misuse_exits_with_2_and_merge_file_with_129() {
    let sandbox = Sandbox::new();
    sandbox
        .run(["--no-such-flag"])
        .exits_with(2)
        .warns("error:");
    sandbox
        .run(["completion"])
        .exits_with(2)
        .warns("'completions'");
    sandbox
        .run(["merge-file", "--no-such-flag"])
        .exits_with(129);
}

#[test]
fn colours_are_for_terminals_unless_asked_for() {
    let sandbox = Sandbox::new();
    let coloured = |arguments: [&str; 2]| {
        let run = sandbox.run([arguments[0], arguments[1], "man", "--out", "/dev/null/x"]);
        run.exits_with(2).stderr.contains('\u{1b}')
    };
    assert!(coloured(["--color", "always"]));
    assert!(!coloured(["--color", "auto"]));
    assert!(!coloured(["--color", "never"]));
    sandbox
        .run(["--no-color", "--color", "always", "man"])
        .exits_with(2);
}

#[test]
fn an_error_names_the_path_and_its_cause() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(["man", "--out", "/dev/null/x"]).exits_with(2);
    assert!(
        run.stderr
            .starts_with("error: cannot use `/dev/null/x`\n  caused by: "),
        "{run:?}"
    );
}

#[test]
fn an_error_is_data_too() {
    let sandbox = Sandbox::new();
    let run = sandbox
        .run(["--json", "man", "--out", "/dev/null/x"])
        .exits_with(2);
    let error: serde_json::Value = serde_json::from_str(&run.stderr).unwrap();
    assert_eq!(error["error"]["kind"], "usage");
    assert_eq!(error["error"]["message"], "cannot use `/dev/null/x`");
}

#[test]
fn names_from_outside_are_spelt_out() {
    let sandbox = Sandbox::new();
    let run = sandbox
        .run(["man", "--out", "/dev/null/\u{1b}[31m\u{202e}x"])
        .exits_with(2);
    assert!(run.stderr.contains("<U+001B>[31m<U+202E>x"), "{run:?}");
}

#[test]
fn a_reader_who_goes_away_is_no_failure() {
    let sandbox = Sandbox::new();
    let mut child = sandbox
        .child(["man"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}
