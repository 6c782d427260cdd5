//! git with onetext as its external diff: prose for readers, patches for programs.

use super::sandbox::{Run, Sandbox};

const NAME: &str = "it's a \"list\" of ours.md";
const ONE: &str = "# Fund\n\nIt was founded in 1998 by three teachers who still run the library.\n";
const TWO: &str = "# Fund\n\nIt was founded in 1998. Its three teachers still run the library.\n";
const DIVIDED: &str = "1998 [-by-]{+. Its+} three teachers [-who-] still run";

/// A repository with the drivers and a text of which a second version stands on disk.
fn changed(before: &str, after: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.git(["init", "-q", "-b", "main"]);
    sandbox.git(["config", "core.autocrlf", "false"]);
    sandbox.run(["git", "install"]).succeeds();
    sandbox.write(NAME, before).commit("base");
    sandbox.write(NAME, after);
    sandbox
}

/// Runs git as if its output went to its pager.
fn looked_at(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    let call = sandbox.git_call(arguments).with("GIT_PAGER_IN_USE", "true");
    call.with("TERM", "xterm").run().succeeds()
}

#[test]
fn a_reader_sees_passages_and_words() {
    let sandbox = changed(ONE, TWO);
    let shown = looked_at(&sandbox, &["-c", "color.ui=false", "diff"]);
    let shown = shown
        .says(NAME)
        .says(DIVIDED)
        .says("(one sentence became two)");
    assert!(!shown.stdout.contains("@@"), "{shown:?}");
    sandbox.commit("divided");
    for command in [&["log", "-p"][..], &["show"]] {
        let with = [&["-c", "color.ui=false"], command, &["--ext-diff"]].concat();
        looked_at(&sandbox, &with).says(DIVIDED);
        let without = looked_at(&sandbox, command).says("@@ ");
        assert!(!without.stdout.contains("{+"), "{without:?}");
    }
}

#[test]
fn colours_are_as_git_wants_them() {
    let sandbox = changed(ONE, TWO);
    let coloured = |settings: &[&str]| {
        let shown = looked_at(&sandbox, &[settings, &["diff"]].concat());
        shown.stdout.contains('\u{1b}')
    };
    assert!(coloured(&[]));
    assert!(coloured(&["-c", "color.ui=always"]));
    assert!(!coloured(&["-c", "color.ui=false"]));
    assert!(!coloured(&["-c", "color.pager=false"]));
    assert!(coloured(&[
        "-c",
        "color.pager=false",
        "-c",
        "color.diff=always"
    ]));
}

/// What the versions of a file are in each test of patches.
const VERSIONS: [(&str, &str); 6] = [
    (ONE, TWO),
    ("- apples\r\n- bread\r\n", "- apples\r\n- brown bread\r\n"),
    ("No end of line", "No end of the line"),
    ("", "It is new.\n"),
    ("It is old.\n", ""),
    ("- one\n- two\0\n", "- one\n- three\0\n"),
];

#[test]
fn a_program_gets_the_patch_that_git_would_print() {
    for (before, after) in VERSIONS {
        let sandbox = changed(before, after);
        let git = ["diff", "--full-index", "--binary", "--no-ext-diff"];
        let patch = sandbox.git(["diff"]);
        assert_eq!(patch, sandbox.git(git), "{before:?} {after:?}");
        sandbox.write(NAME, before);
        sandbox.git_call(["apply"]).given(patch).run().succeeds();
        assert_eq!(sandbox.read(NAME), after);
    }
}

#[test]
fn a_patch_applies_whatever_the_name_and_the_line_ends() {
    let sandbox = changed(ONE, ONE);
    sandbox.git(["config", "core.autocrlf", "true"]);
    sandbox
        .write("größe.md", "Eins.\r\nZwei.\r\n")
        .commit("a name");
    let after = "Eins.\r\nDrei.\r\n";
    sandbox.write("größe.md", after);
    let patch = sandbox.git(["diff"]);
    assert!(patch.contains("-Zwei.\n+Drei.\n"), "{patch}");
    sandbox.git(["checkout", "-q", "größe.md"]);
    sandbox.git_call(["apply"]).given(patch).run().succeeds();
    assert_eq!(sandbox.read("größe.md"), after);
}

#[test]
fn files_that_come_go_and_get_other_names_are_told() {
    let rest = "\nGrants are decided twice a year.\n\nThe list is open to all who ask for it.\n";
    let [one, two] = [ONE, TWO].map(|text| format!("{text}{rest}{rest}"));
    let sandbox = changed(&one, &one);
    sandbox
        .write("old.md", "An old text.\n")
        .commit("two files");
    sandbox.git(["mv", NAME, "a new name.md"]);
    sandbox.write("a new name.md", &two);
    sandbox.git(["rm", "-q", "old.md"]);
    sandbox.write("new.md", "A new text.\n");
    sandbox.git(["update-index", "--add", "--chmod=+x", "new.md"]);
    sandbox.git(["add", "-A"]);
    let cached = ["-c", "color.ui=false", "diff", "--cached", "-M20%"];
    looked_at(&sandbox, &cached)
        .says("a new name.md\n")
        .says(&format!("renamed from `{NAME}`"))
        .says(DIVIDED)
        .says("new.md (new)\n+ A new text.")
        .says("old.md (deleted)\n- An old text.");
    let patch = sandbox.git(cached);
    let git = ["--full-index", "--no-ext-diff"];
    assert_eq!(patch, sandbox.git([&cached[..], &git].concat()));
    sandbox.git(["reset", "-q", "--hard"]);
    sandbox
        .git_call(["apply", "--index"])
        .given(patch)
        .run()
        .succeeds();
    assert_eq!(sandbox.read("a new name.md"), two);
    assert!(!sandbox.has("old.md"));
}

#[test]
fn parts_are_added_and_patches_are_mailed_as_ever() {
    let sandbox = changed(ONE, TWO);
    sandbox
        .git_call(["add", "-p"])
        .given("y\n")
        .run()
        .succeeds();
    assert_eq!(sandbox.git(["show", &format!(":{NAME}")]), TWO);
    sandbox.git(["commit", "-q", "-m", "divided"]);
    let mail = sandbox.git(["format-patch", "--stdout", "-1"]);
    assert!(mail.contains("\n@@ "), "{mail}");
    sandbox.git(["reset", "-q", "--hard", "HEAD~1"]);
    sandbox.git_call(["am", "-q"]).given(mail).run().succeeds();
    assert_eq!(sandbox.read(NAME), TWO);
    // What one picks by parts is picked from a patch, also when git's pager is in use.
    for (command, left) in [("stash", TWO), ("checkout", TWO), ("reset", ONE)] {
        sandbox.write(NAME, ONE);
        if command == "reset" {
            sandbox.git(["add", "-A"]);
        }
        let call = sandbox.git_call([command, "-p"]).given("y\n");
        let run = call.with("GIT_PAGER_IN_USE", "true").run().succeeds();
        assert!(run.stdout.contains("@@ "), "{command}: {run:?}");
        assert_eq!(sandbox.read(NAME), left, "{command}");
        let staged = sandbox.git(["diff", "--cached", "--no-ext-diff"]);
        assert_eq!(staged, "", "{command}");
    }
}

#[test]
fn what_is_no_text_and_what_is_unmerged_is_said() {
    let sandbox = changed(ONE, TWO);
    sandbox.write(NAME, b"caf\xe9\n");
    looked_at(&sandbox, &["diff"]).says("not compared: a version is no text in UTF-8");
    sandbox.write(NAME, ONE.replace('\n', "\r\n"));
    looked_at(&sandbox, &["diff"]).says("no difference but the line ends");
    sandbox.write(NAME, ONE.replace("three", "t\u{200b}hr\u{1b}[31mee"));
    let shown = looked_at(&sandbox, &["-c", "color.ui=false", "diff"]);
    let shown = shown.says("<U+200B>").says("<U+001B>");
    assert!(!shown.stdout.contains('\u{1b}'), "{shown:?}");
    sandbox.write(NAME, ONE);
    sandbox.git(["checkout", "-q", "-b", "side"]);
    sandbox.write(NAME, TWO).commit("two");
    sandbox.git(["checkout", "-q", "main"]);
    sandbox
        .write(NAME, ONE.replace("three", "four"))
        .commit("four");
    sandbox.git(["config", "merge.onetext.driver", "false"]);
    assert!(!sandbox.try_git(&["merge", "-q", "side"]));
    looked_at(&sandbox, &["diff", "HEAD"]);
}

#[test]
fn a_linked_work_tree_has_the_drivers_too() {
    let sandbox = changed("- apples\n- bread\n", "- green apples\n- bread\n");
    sandbox.commit("green");
    sandbox.git(["worktree", "add", "-q", "-b", "side", "beside it", "HEAD~1"]);
    let path = format!("beside it/{NAME}");
    sandbox.write(&path, "- apples\n- brown bread\n");
    fn beside<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
        [&["-C", "beside it"], arguments].concat()
    }
    looked_at(&sandbox, &beside(&["-c", "color.ui=false", "diff"])).says("{+brown+} bread");
    sandbox.git(beside(&["commit", "-q", "-a", "-m", "brown"]));
    sandbox.git(beside(&["merge", "-q", "-m", "both", "main"]));
    assert_eq!(sandbox.read(&path), "- green apples\n- brown bread\n");
}

#[test]
fn two_files_are_compared_without_git() {
    let sandbox = Sandbox::new();
    sandbox.write("a.md", ONE).write("b.md", TWO);
    sandbox
        .run(["diff-file", "a.md", "b.md"])
        .succeeds()
        .says(DIVIDED);
    sandbox
        .run(["diff-file", "a.md", "a.md"])
        .succeeds()
        .says("no difference");
    let report = sandbox.run(["diff-file", "--json", "a.md", "b.md"]).json();
    assert_eq!(report["changes"][0]["change"], "divided");
    sandbox
        .run(["diff-file", "a.md", "none.md"])
        .exits_with(2)
        .warns("none.md");
    let three = ["diff-file", "a.md", "b.md", "b.md"];
    sandbox.run(three).exits_with(2).warns("diff-file OLD NEW");
}
