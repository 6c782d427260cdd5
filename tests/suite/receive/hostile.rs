//! Proposals by people who mean harm: nothing of theirs is run, kept or written.

use super::{by, proposes, pushes, refused, shared};
use crate::sandbox::Sandbox;
use crate::trust::inert::{booby_trapped, unmarked};

const ALL: [&str; 5] = ["receive", "7", "--as", "bo", "--yes"];

/// Lets bo propose a tree with one more entry at its root, written byte by byte.
fn proposes_entry(sandbox: &Sandbox, mode: &str, name: &[u8], id: &str) {
    let listed = by(sandbox, "bo", &["ls-tree", "HEAD"]);
    let mut entries: Vec<(String, Vec<u8>, String)> = Vec::new();
    for line in listed.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mode = words[0].trim_start_matches('0').to_owned();
        entries.push((mode, words[3].as_bytes().to_vec(), words[2].to_owned()));
    }
    entries.push((mode.to_owned(), name.to_vec(), id.to_owned()));
    entries.sort_by(|one, other| one.1.cmp(&other.1));
    let mut tree = Vec::new();
    for (mode, name, id) in entries {
        tree.extend(mode.bytes().chain([b' ']).chain(name).chain([0]));
        let digits = (0..20).map(|at| u8::from_str_radix(&id[at * 2..at * 2 + 2], 16));
        tree.extend(digits.map(|byte| byte.expect("ids are digits")));
    }
    let write = [
        "-C",
        "../bo",
        "hash-object",
        "-t",
        "tree",
        "-w",
        "--literally",
        "--stdin",
    ];
    let tree = sandbox.git_call(write).given(tree).run().succeeds().stdout;
    let commit = ["commit-tree", tree.trim(), "-p", "HEAD", "-m", "harmless"];
    let commit = by(sandbox, "bo", &commit);
    let to = format!("{}:refs/pull/7/head", commit.trim());
    by(sandbox, "bo", &["push", "-q", "--force", "origin", &to]);
}

fn some_blob(sandbox: &Sandbox) -> String {
    by(sandbox, "bo", &["status"]);
    let call = ["-C", "../bo", "hash-object", "-w", "--stdin"];
    let stored = sandbox.git_call(call).given("We are small.\n").run();
    stored.succeeds().stdout.trim().to_owned()
}

#[test]
fn names_that_git_itself_forbids_do_not_come_in() {
    let sandbox = shared();
    let blob = some_blob(&sandbox);
    for name in [".git", "..", ".GIT", "git~1", ".git\u{200c}"] {
        proposes_entry(&sandbox, "100644", name.as_bytes(), &blob);
        let run = refused(&sandbox, &ALL, 5);
        run.warns("what came from `origin` is not sound")
            .warns("next: git fsck");
    }
}

#[test]
fn names_that_mean_something_elsewhere_are_refused_and_spelt_out() {
    let sandbox = shared();
    let blob = some_blob(&sandbox);
    let long = "a".repeat(300);
    let cases: [(&[u8], &str); 8] = [
        (b"a\nb.md", "a<U+000A>b.md: error"),
        (b"\x1b[31m.md", "<U+001B>[31m.md: error"),
        (b"-rf.md", "-rf.md: error"),
        (b":(glob)*.md", ":(glob)*.md: error"),
        (b"\"q\".md", "\"q\".md: error"),
        (b"a\\b.md", "a\\b.md: error"),
        (b"\xff.md", "<0xFF>.md: error"),
        (long.as_bytes(), "a name of more than 255 bytes"),
    ];
    for (name, told) in cases {
        proposes_entry(&sandbox, "100644", name, &blob);
        refused(&sandbox, &ALL, 1).says(told);
        let arguments = [&ALL[..], &["--only-allowed"]].concat();
        refused(&sandbox, &arguments, 1);
    }
}

#[test]
fn links_and_submodules_are_refused_unread() {
    let sandbox = shared();
    by(&sandbox, "bo", &["status"]);
    sandbox.write("../bo/narrative/1-size/drafts/x", "");
    let link = sandbox.path().join("../bo/narrative/1-size/drafts/bo.md");
    std::fs::remove_file(link.with_file_name("x")).expect("it was there");
    std::os::unix::fs::symlink("/etc/passwd", &link).expect("a link can be made");
    let head = by(&sandbox, "bo", &["rev-parse", "HEAD"]);
    let module = format!("160000,{},narrative/2-values/drafts", head.trim());
    by(
        &sandbox,
        "bo",
        &["update-index", "--add", "--cacheinfo", &module],
    );
    by(&sandbox, "bo", &["add", "narrative/1-size"]);
    by(&sandbox, "bo", &["commit", "-q", "-m", "links"]);
    by(
        &sandbox,
        "bo",
        &["push", "-q", "origin", "HEAD:refs/pull/7/head"],
    );
    let run = refused(&sandbox, &ALL, 1);
    run.says("it is a link (mode 120000), and only regular files are read")
        .says("it is a submodule (mode 160000)");
}

#[test]
fn names_that_differ_in_case_alone_are_refused() {
    let sandbox = shared();
    let files = [
        ("narrative/1-size/drafts/bo.md", Some("We are small.\n")),
        ("narrative/1-size/drafts/BO.md", Some("We are large.\n")),
    ];
    pushes(&sandbox, "bo", "refs/pull/7/head", &files);
    let run = refused(&sandbox, &ALL, 1);
    run.says("the path is the same as `narrative/1-size/drafts/BO.md` but for upper and");
}

#[test]
fn what_would_change_how_git_works_is_refused_and_has_no_say() {
    let sandbox = shared();
    let marker = sandbox.path().join("../marker").display().to_string();
    let config = format!("[core]\n\tfsmonitor = \"touch {marker}\"\n\tbare = true\n");
    let files = [
        (
            ".gitattributes",
            Some("* merge=union filter=x export-ignore -diff\n"),
        ),
        (".mailmap", Some("ana <ana@example.org> <bo@example.org>\n")),
        (
            ".gitmodules",
            Some("[submodule \"x\"]\n\tpath = x\n\turl = https://example.org/x\n"),
        ),
        ("inner/HEAD", Some("ref: refs/heads/main\n")),
        ("inner/config", Some(config.as_str())),
        ("inner/objects/x", Some("")),
        ("inner/refs/x", Some("")),
        ("narrative/1-size/drafts/bo.md", Some("We are small.\n")),
    ];
    pushes(&sandbox, "bo", "refs/pull/7/head", &files);
    let run = refused(&sandbox, &ALL, 1);
    for (path, _) in &files[..5] {
        run.clone().says(&format!("{path}: error proposal-path"));
    }
    let arguments = [&ALL[..], &["--only-allowed"]].concat();
    sandbox.run(arguments).succeeds();
    let changed = sandbox.git(["diff", "--name-only", "HEAD^1", "HEAD"]);
    assert_eq!(changed, "narrative/1-size/drafts/bo.md\n");
    assert!(!sandbox.has("../marker") && !sandbox.has(".mailmap"));
}

#[test]
fn nothing_that_a_repository_names_is_run() {
    let sandbox = shared();
    proposes(&sandbox, "bo", "We are small.\n");
    booby_trapped(&sandbox);
    sandbox.run(["receive"]).succeeds();
    sandbox.run(ALL).succeeds().says("taken in as");
    unmarked(&sandbox);
}

#[test]
fn too_many_files_and_too_many_bytes_are_refused_unread() {
    let sandbox = shared();
    let large = "We are small. ".repeat(40_000);
    pushes(
        &sandbox,
        "bo",
        "refs/pull/7/head",
        &[("narrative/1-size/drafts/bo.md", Some(&large))],
    );
    refused(&sandbox, &ALL, 1)
        .says("error proposal-size")
        .says("bytes, and 262144 are allowed");
    // Words that do not pack: a number after another, each by a step that never repeats.
    let mut seed: u64 = 7;
    let noise: String = (0..400_000)
        .map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            format!("{:08x}", seed >> 32)
        })
        .collect();
    // And a few bytes that stand for many.
    let swells = "a".repeat(3_000_000);
    let arguments = [&ALL[..], &["--at-most", "1"]].concat();
    for heavy in [&noise, &swells] {
        pushes(
            &sandbox,
            "bo",
            "refs/pull/7/head",
            &[("heavy.txt", Some(heavy))],
        );
        let run = refused(&sandbox, &arguments, 2);
        run.warns("more than 1 MiB came in or had to be unpacked, and was given up")
            .warns("`--at-most MIB`");
    }
    let names: Vec<String> = (0..300).map(|at| format!("many/{at}.txt")).collect();
    let files: Vec<(&str, Option<&str>)> = names.iter().map(|name| (&**name, Some(""))).collect();
    pushes(&sandbox, "chi", "refs/pull/8/head", &files);
    let run = refused(
        &sandbox,
        &["receive", "8", "--as", "chi", "--only-allowed", "--yes"],
        1,
    );
    run.says("300 files are changed");
}

#[test]
fn her_own_draft_may_go_and_is_shown_as_going() {
    let sandbox = shared();
    let draft = "narrative/1-size/drafts/bo.md";
    sandbox.write(draft, "We are small.\n");
    sandbox.commit("a draft by bo");
    sandbox.git(["push", "-q", "origin", "main"]);
    pushes(&sandbox, "bo", "refs/pull/7/head", &[(draft, None)]);
    let run = sandbox.run(["receive", "7", "--as", "bo"]).exits_with(3);
    run.says(&format!("`{draft}` goes"))
        .says("warning proposal-removal");
    sandbox.run(ALL).succeeds();
    assert!(!sandbox.has(draft));
    assert_eq!(sandbox.git(["status", "--porcelain"]), "");
}

/// Lets bo propose files as a branch of her own that is request 7.
fn bo_proposes(sandbox: &Sandbox, files: &[(&str, &str)]) {
    let files: Vec<(&str, Option<&str>)> = files
        .iter()
        .map(|(path, text)| (*path, Some(*text)))
        .collect();
    pushes(sandbox, "bo", "refs/pull/7/head", &files);
}

#[test]
fn words_that_are_stored_elsewhere_are_no_draft() {
    let sandbox = shared();
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n";
    bo_proposes(&sandbox, &[("narrative/1-size/drafts/bo.md", pointer)]);
    refused(&sandbox, &ALL, 1).says("error proposal-pointer");
}

#[test]
fn a_delegate_says_what_she_says_herself() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("narrative/1-size/agreed.md", "We are small.\n");
    let roster = sandbox.read("narrative/roster.toml");
    let speaks =
        |who: &str| format!("\n[[delegates]]\ncontributor = \"{who}\"\nmember = \"beta\"\n");
    sandbox.write(
        "narrative/roster.toml",
        roster + &speaks("bo") + &speaks("chi"),
    );
    sandbox.commit("who speaks for beta");
    let sandbox = super::shared_of(sandbox);
    let text = sandbox.git(["rev-parse", "HEAD:narrative/1-size/agreed.md"]);
    let position = format!(
        "schema = 1\nposition = \"agree\"\nmember = \"beta\"\nspoke = \"chi\"\non = \"2026-03-01\"\ntext = \"{}\"\n",
        text.trim()
    );
    bo_proposes(
        &sandbox,
        &[("narrative/1-size/positions/beta.toml", &position)],
    );
    refused(&sandbox, &ALL, 1).says("error proposal-speaker");
}

#[test]
fn what_a_facilitator_proposes_is_shown_to_the_last_line() {
    let sandbox = shared();
    let workflow = ".github/workflows/x.yml";
    let roster = sandbox.read("narrative/roster.toml");
    let files = [
        (workflow, Some("on: push\njobs: {}\n")),
        (
            "narrative/roster.toml",
            Some(&*roster.replace("bo@example.org", "eve@example.org")),
        ),
    ];
    pushes(&sandbox, "ana", "refs/pull/7/head", &files);
    let run = sandbox.run(["receive", "7", "--as", "ana"]).exits_with(3);
    run.says(".github/workflows/x.yml  new, and taken as it stands:\n  | on: push\n  | jobs: {}")
        .says("narrative/roster.toml  taken as it stands; what changes in it:\n")
        .says("~ emails = [\"[-bo-]{+eve+}@example.org\"]");
    let png = std::path::Path::new("../ana/.github/x.png");
    std::fs::write(sandbox.path().join(png), [0x89, 0x50, 0xff, 0x00]).expect("it can be written");
    pushes(&sandbox, "ana", "refs/pull/7/head", &[]);
    refused(&sandbox, &["receive", "7", "--as", "ana", "--yes"], 1).says("error not-utf8");
}

#[test]
fn what_is_taken_was_seen_and_named() {
    let sandbox = shared();
    let proposed = proposes(&sandbox, "bo", "We are small.\n");
    for nothing in ["", "a", &proposed[..6], "HEAD"] {
        refused(
            &sandbox,
            &["receive", "7", "--as", "bo", "--take", nothing],
            2,
        );
    }
    let take = ["receive", "7", "--as", "bo", "--take", &proposed[..7]];
    sandbox.run(take).succeeds();
}

#[test]
fn a_branch_with_the_name_of_an_option_is_not_offered() {
    let sandbox = shared();
    let draft = [("narrative/1-size/drafts/bo.md", Some("We are small.\n"))];
    pushes(&sandbox, "bo", "refs/heads/--all", &draft);
    let run = sandbox.run(["receive"]).succeeds();
    assert!(!run.stdout.contains("--all"), "{}", run.stdout);
}

#[test]
fn what_is_left_out_of_an_edit_of_the_agreed_text_bars_nothing_else() {
    let sandbox = shared();
    sandbox.write("narrative/1-size/drafts/ana.md", "We are small.\n");
    sandbox.commit("a draft by ana");
    sandbox.run(["merge", "1"]).succeeds();
    sandbox.git(["push", "-q", "origin", "main"]);
    bo_proposes(
        &sandbox,
        &[
            ("narrative/1-size/agreed.md", "We are \u{202e}small.\n"),
            ("narrative/2-values/drafts/bo.md", "We share.\n"),
        ],
    );
    let run = refused(&sandbox, &ALL, 1);
    run.says("next: onetext receive 7 --as bo --only-allowed");
    sandbox
        .run([&ALL[..], &["--only-allowed"]].concat())
        .succeeds();
    assert!(sandbox.has("narrative/2-values/drafts/bo.md"));
    assert!(!sandbox.has("narrative/1-size/drafts/bo.md"));
}

#[test]
fn a_mail_is_no_bundle() {
    let sandbox = shared();
    sandbox.write("my reply.eml", "From: bo\n\n1. We are small.\n");
    let run = sandbox.run(["receive", "my reply.eml"]).exits_with(2);
    run.warns("`my reply.eml` is no file of `onetext propose --bundle`")
        .warns("next: onetext import 'my reply.eml'");
}
