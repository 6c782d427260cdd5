//! git with onetext as its merge driver.

use super::sandbox::Sandbox;

/// A repository in which two branches change neighbouring items, which git alone cannot merge.
fn branches(theirs: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.git(["init", "-q", "-b", "main"]);
    let commit = |text: &str, message: &str| {
        sandbox.write("- a list.md", text);
        sandbox.git(["add", "-A"]);
        sandbox.git(["commit", "-q", "-m", message]);
    };
    commit("- apples\n- bread\n- cheese\n", "base");
    sandbox.git(["checkout", "-q", "-b", "side"]);
    commit(theirs, "theirs");
    sandbox.git(["checkout", "-q", "main"]);
    commit("- green apples\n- bread\n- cheese\n", "ours");
    sandbox
}

const BOTH: &str = "- green apples\n- brown bread\n- cheese\n";

#[test]
fn git_merges_rebases_and_picks_with_onetext() {
    for command in [
        &["merge", "-q", "-m", "merge", "side"][..],
        &["cherry-pick", "side"],
        &["rebase", "-q", "side"],
    ] {
        let sandbox = branches("- apples\n- brown bread\n- cheese\n");
        assert!(!sandbox.try_git(command), "git alone does {command:?}");
        sandbox.git(["reset", "-q", "--hard"]);
        let abort = [command[0], "--abort"];
        sandbox.try_git(&abort);
        sandbox.run(["git", "install"]).succeeds();
        sandbox.run(["git", "install"]).succeeds();
        assert!(sandbox.try_git(command), "{command:?}");
        assert_eq!(sandbox.read("- a list.md"), BOTH, "{command:?}");
        let log = sandbox.git(["log", "-p", "--word-diff"]);
        assert!(log.contains("{+brown+}"), "{log}");
    }
}

#[test]
fn a_conflict_leaves_markers_and_an_unmerged_file() {
    let sandbox = branches("- red apples\n- bread\n- cheese\n");
    sandbox.run(["git", "install"]).succeeds();
    assert!(!sandbox.try_git(&["merge", "side"]));
    let text = sandbox.read("- a list.md");
    for part in [
        "<<<<<<<",
        "- green apples",
        "=======",
        "- red apples",
        ">>>>>>> side",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert!(sandbox.git(["ls-files", "--unmerged"]).contains("a list"));
}

#[test]
fn what_is_no_text_is_a_conflict_and_stays_as_it_was() {
    let sandbox = branches("- apples\n- bread\n");
    sandbox.write("- a list.md", b"- caf\xe9\n");
    sandbox.git(["commit", "-q", "-a", "-m", "latin"]);
    sandbox.run(["git", "install"]).succeeds();
    assert!(!sandbox.try_git(&["merge", "side"]));
    let bytes = std::fs::read(sandbox.path().join("- a list.md")).expect("it is there");
    assert_eq!(bytes, b"- caf\xe9\n");
}

#[test]
fn what_was_set_is_taken_out_and_the_rest_stays() {
    let sandbox = branches("- apples\n");
    sandbox.write(".git/info/attributes", "*.png binary\n");
    let before = sandbox.read(".git/config");
    sandbox
        .run(["git", "install", "--dry-run"])
        .succeeds()
        .says("would set");
    assert_eq!(sandbox.read(".git/config"), before);
    sandbox.run(["git", "install"]).succeeds();
    assert!(
        sandbox
            .read(".git/info/attributes")
            .starts_with("*.png binary\n*.md merge=onetext")
    );
    sandbox.run(["git", "remove"]).succeeds();
    assert_eq!(sandbox.read(".git/info/attributes"), "*.png binary\n");
    assert_eq!(sandbox.read(".git/config"), before);
    sandbox.run(["git", "install"]).succeeds();
    sandbox.git(["config", "diff.onetext.binary", "false"]);
    sandbox.run(["git", "remove"]).succeeds();
    let ours = sandbox.git(["config", "--get-regexp", "onetext"]);
    assert_eq!(ours, "diff.onetext.binary false\n");
}

#[test]
fn a_rebase_and_a_pick_that_meet_leave_a_conflict_to_be_ended() {
    for command in ["rebase", "cherry-pick"] {
        let sandbox = branches("- red apples\n- bread\n- cheese\n");
        sandbox.run(["git", "install"]).succeeds();
        assert!(!sandbox.try_git(&[command, "side"]), "{command}");
        assert!(sandbox.read("- a list.md").contains("<<<<<<<"), "{command}");
        sandbox.write("- a list.md", "- red and green apples\n- bread\n- cheese\n");
        sandbox.git(["add", "-A"]);
        sandbox.git(["-c", "core.editor=true", command, "--continue"]);
        assert_eq!(sandbox.git(["status", "--porcelain"]), "");
        let text = sandbox.git(["show", "HEAD:- a list.md"]);
        assert!(text.starts_with("- red and green"), "{command}: {text}");
    }
}

#[test]
fn line_ends_stay_as_they_are() {
    let sandbox = Sandbox::new();
    sandbox.git(["init", "-q", "-b", "main"]);
    sandbox.run(["git", "install"]).succeeds();
    let commit = |text: &str| {
        sandbox
            .write("it's \"ours\".md", text.replace('\n', "\r\n"))
            .commit("text");
    };
    commit("- apples\n- bread\n- cheese\n");
    sandbox.git(["checkout", "-q", "-b", "side"]);
    commit("- apples\n- brown bread\n- cheese\n");
    sandbox.git(["checkout", "-q", "main"]);
    commit("- green apples\n- bread\n- cheese\n");
    sandbox.git(["merge", "-q", "-m", "merge", "side"]);
    assert_eq!(sandbox.read("it's \"ours\".md"), BOTH.replace('\n', "\r\n"));
}
