//! Trees that no file system should ever see.

use super::{DRAFTS, Entry, blob, planted, proposes, refused, trapped, tree, twice};
use crate::proposals::{narrative, proposed};
use crate::sandbox::Sandbox;
use crate::trust::inert::unmarked;

/// Proposes an entry in bo's folder of drafts and gives what is said.
fn said(sandbox: &Sandbox, mode: &str, name: &[u8], id: &str) -> String {
    let entry = Entry { mode, name, id };
    proposes(sandbox, &planted(sandbox, &DRAFTS, &entry));
    refused(sandbox, "bo").stdout
}

#[test]
fn links_are_refused_by_their_mode_and_never_followed() {
    let sandbox = narrative();
    let secret = sandbox.path().join("../secret.md");
    std::fs::write(&secret, "Words that nobody proposed.\n").expect("it can be written");
    let target = blob(&sandbox, &secret.to_string_lossy());
    let text = said(&sandbox, "120000", b"bo.md", &target);
    assert!(text.contains("it is a link (mode 120000)"), "{text}");
    assert!(!text.contains("nobody proposed"), "{text}");
    let folder = Entry {
        mode: "120000",
        name: b"drafts",
        id: &blob(&sandbox, "/etc"),
    };
    proposes(&sandbox, &planted(&sandbox, &DRAFTS[..2], &folder));
    let run = refused(&sandbox, "bo");
    run.says("narrative/1-size/drafts: error proposal-mode");
}

#[cfg(unix)]
#[test]
fn a_narrative_that_is_a_link_is_not_read() {
    let config = "schema = 1\ntitle = \"Elsewhere\"\n";
    let linked = |folder: &str| {
        let sandbox = Sandbox::new();
        sandbox.git(["init", "-q"]);
        sandbox.write(&format!("{folder}/narrative.toml"), config);
        let link = sandbox.path().join("narrative");
        std::os::unix::fs::symlink(folder, link).expect("a link can be made");
        sandbox.run(["check"])
    };
    linked("within")
        .exits_with(1)
        .warns("`narrative/` is a link, and only folders are read");
    linked("../beyond")
        .exits_with(2)
        .warns("is not in a git repository");
}

#[test]
fn names_that_are_gits_or_a_disks_are_refused() {
    let sandbox = narrative();
    let words = blob(&sandbox, "x\n");
    let folder = tree(
        &sandbox,
        &[Entry {
            mode: "100644",
            name: b"config",
            id: &words,
        }],
    );
    let names: [&[u8]; 13] = [
        b"..",
        b".",
        b".git",
        b".GIT",
        b"git~1",
        b"bo.md.",
        b"bo.md ",
        b"con.md",
        b"a\\b.md",
        b"aux",
        ".git\u{200c}".as_bytes(),
        b".git::$INDEX_ALLOCATION",
        // An `a` of another alphabet.
        "\u{430}na.md".as_bytes(),
    ];
    for name in names {
        let shown = String::from_utf8_lossy(name);
        for (mode, id) in [("100644", &words), ("40000", &folder)] {
            let text = said(&sandbox, mode, name, id);
            assert!(text.contains("error proposal-name"), "{shown}: {text}");
        }
    }
    assert!(!sandbox.has("narrative/config") && !sandbox.has("../config"));
}

#[test]
fn names_are_shown_escaped() {
    let sandbox = narrative();
    let words = blob(&sandbox, "x\n");
    let long = [b'a'; 300];
    let names: [(&[u8], &str); 7] = [
        (b"b\no.md", "b<U+000A>o.md"),
        (b"\x1b[31mbo.md", "<U+001B>[31mbo.md"),
        (b"-rf", "drafts/-rf"),
        (b":(glob)**", ":(glob)**"),
        (b"\"bo\".md", "\"bo\".md"),
        (b"\xff\xfe.md", "<0xFF><0xFE>.md"),
        (&long, "aaaaaaaa"),
    ];
    for (name, shown) in names {
        let text = said(&sandbox, "100644", name, &words);
        assert!(
            text.contains("error proposal-name") && text.contains(shown),
            "{shown}: {text}"
        );
    }
}

#[test]
fn names_that_differ_in_case_alone_are_refused_with_both() {
    let sandbox = narrative();
    sandbox
        .write("narrative/1-size/drafts/bo.md", "We are small.\n")
        .commit("bo's");
    let words = blob(&sandbox, "x\n");
    let text = said(&sandbox, "100644", b"Bo.md", &words);
    assert!(
        text.contains("narrative/1-size/drafts/Bo.md: error proposal-case"),
        "{text}"
    );
    assert!(
        text.contains("the same as `narrative/1-size/drafts/bo.md`"),
        "{text}"
    );
}

#[test]
fn a_name_that_is_there_twice_is_refused() {
    let sandbox = narrative();
    proposes(&sandbox, &twice(&sandbox, &DRAFTS[..2], b"bo.md"));
    refused(&sandbox, "bo").warns("`narrative/1-size/drafts/bo.md` is twice in its folder");
}

#[test]
fn submodules_are_refused_and_nothing_is_fetched() {
    let sandbox = trapped();
    let commit = sandbox.git(["rev-parse", "main"]);
    let text = said(&sandbox, "160000", b"bo.md", commit.trim());
    assert!(text.contains("it is a submodule (mode 160000)"), "{text}");
    let text = said(&sandbox, "160000", b"bo\r", commit.trim());
    assert!(text.contains("bo<U+000D>"), "{text}");
    let modules = "[submodule \"x\\r\"]\n\tpath = x\n\turl = ext::touch ../marker\n";
    let entry = Entry {
        mode: "100644",
        name: b".gitmodules",
        id: &blob(&sandbox, modules),
    };
    proposes(&sandbox, &planted(&sandbox, &[], &entry));
    refused(&sandbox, "bo").says(".gitmodules: error proposal-path");
}

#[test]
fn a_repository_within_is_refused_and_its_traps_stay_shut() {
    let sandbox = trapped();
    let config = "[core]\n\tbare = true\n\tfsmonitor = touch ../marker\n\thooksPath = hooks\n";
    let files = [
        ("narrative/1-size/drafts/HEAD", "ref: refs/heads/main\n"),
        ("narrative/1-size/drafts/config", config),
        (
            "narrative/1-size/drafts/hooks/post-checkout",
            "touch ../marker\n",
        ),
        ("narrative/1-size/drafts/objects/x", ""),
        ("narrative/1-size/drafts/refs/x", ""),
    ];
    let quiet = narrative();
    proposed(&quiet, &files);
    let run = refused(&quiet, "bo");
    for (path, _) in files {
        assert!(
            run.stdout.contains(&format!("{path}: error proposal-path")),
            "{path}"
        );
    }
    // On disk, git and its kind take such a folder for a repository.
    for (path, text) in files {
        sandbox.write(&path.replace("1-size/drafts/", ""), text);
    }
    sandbox
        .run(["check"])
        .exits_with(2)
        .warns("is a bare repository");
    sandbox.run(["-C", "narrative", "status"]).exits_with(2);
    unmarked(&sandbox);
}
