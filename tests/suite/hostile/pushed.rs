//! What came past every check, by a push to the main branch or by a hand in the folder: it is refused by all that reads it.

use super::{Entry, blob, committed, planted, tree, twice};
use crate::receive::refused;
use crate::release::{released, settled};
use crate::sandbox::Sandbox;
use crate::trust::inert::unmarked;
use crate::trust::keys::{VERSION, point, store};

const DRAFTS: [&str; 3] = ["narrative", "1-big", "drafts"];

const VERIFY: [&str; 3] = ["verify", VERSION, "--unsigned"];

/// All that reads the last commit.
const READING: [&[&str]; 3] = [
    &["status"],
    &["merge"],
    &["release", "v2026.04.0", "--unsigned"],
];

const LINK: &str = "a link or a submodule (mode 120000), and only regular files are read";
const MODULE: &str = "a link or a submodule (mode 160000), and only regular files are read";
const GITS: &str = "a name that git keeps for itself";
const END: &str = "a name that ends in a dot or a blank";
const SIGNS: &str = "a name with characters other than letters, digits, `-`, `_` and `.`";

/// What no narrative has, each with the path that is shown and the reason.
const ENTRIES: [(&str, &[u8], &str, &str); 21] = [
    ("120000", b"chi.md", "chi.md", LINK),
    ("160000", b"chi.md", "chi.md", MODULE),
    ("160000", b"inner", "inner", MODULE),
    ("160000", b"chi\r", "chi<U+000D>", SIGNS),
    ("40000", b"..", "..", END),
    ("100644", b"..", "..", END),
    ("100644", b"chi.md.", "chi.md.", END),
    ("100644", b"chi.md ", "chi.md ", END),
    ("40000", b".git", ".git", GITS),
    ("40000", b".GIT", ".GIT", GITS),
    ("100644", b".gitmodules", ".gitmodules", GITS),
    ("100644", ".git\u{200c}".as_bytes(), ".git<U+200C>", GITS),
    ("40000", b"git~1", "git~1", SIGNS),
    ("100644", b"a\\b.md", "a\\b.md", SIGNS),
    ("100644", b"chi\n.md", "chi<U+000A>.md", SIGNS),
    ("100644", b"\x1b[31m.md", "<U+001B>[31m.md", SIGNS),
    ("100644", b":(glob)**", ":(glob)**", SIGNS),
    ("100644", b"\"chi\".md", "\"chi\".md", SIGNS),
    ("100644", "\u{430}na.md".as_bytes(), "\u{430}na.md", SIGNS),
    ("100644", b"\xff.md", "\u{fffd}.md", SIGNS),
    (
        "100644",
        &[b'a'; 300],
        "aaaa",
        "a name of more than 100 bytes",
    ),
];

/// Puts a commit with one more entry among the drafts on the main branch, behind the back of every check, and gives its id.
fn pushed(sandbox: &Sandbox, mode: &str, name: &[u8]) -> String {
    let words = blob(sandbox, "It is large.\n");
    let file = |name: &'static [u8], id| Entry {
        mode: "100644",
        name,
        id,
    };
    let id = match mode {
        "120000" => blob(sandbox, "/etc/passwd"),
        "160000" => sandbox.git(["rev-parse", "main"]).trim().to_owned(),
        "40000" => tree(sandbox, &[file(b"config", &words)]),
        _ => words,
    };
    let entry = Entry {
        mode,
        name,
        id: &id,
    };
    let commit = committed(sandbox, &planted(sandbox, &DRAFTS, &entry));
    sandbox.git(["update-ref", "refs/heads/main", &commit]);
    commit
}

#[test]
fn what_was_pushed_to_the_main_branch_is_refused() {
    let sandbox = released(settled());
    let clean = sandbox.git(["rev-parse", "main"]);
    for (mode, name, shown, reason) in ENTRIES {
        pushed(&sandbox, mode, name);
        for command in READING {
            let run = refused(&sandbox, command, 1);
            let run = run.warns(&format!("`narrative/1-big/drafts/{shown}"));
            let run = run.warns(reason).warns("hint: ");
            assert!(!run.stderr.contains("root:"), "{run:?}");
        }
        // What was released before is as good as it was.
        sandbox.run(VERIFY).succeeds();
        sandbox.git(["update-ref", "refs/heads/main", clean.trim()]);
    }
}

/// A tag of such a commit can be made by hand only.
#[test]
fn what_was_tagged_by_hand_is_refused() {
    let sandbox = released(settled());
    let clean = sandbox.git(["rev-parse", "main"]);
    let payload = sandbox.git(["cat-file", "tag", VERSION]);
    let commit = pushed(&sandbox, "120000", b"chi.md");
    sandbox.git(["update-ref", "refs/heads/main", clean.trim()]);
    let tag = store(&sandbox, &payload.replace(clean.trim(), &commit));
    point(&sandbox, VERSION, &tag);
    refused(&sandbox, &VERIFY, 1)
        .warns("`narrative/1-big/drafts/chi.md`")
        .warns(LINK);
}

#[test]
fn names_on_the_main_branch_that_a_disk_takes_for_one_are_refused_with_both() {
    let sandbox = released(settled());
    pushed(&sandbox, "100644", b"Ana.md");
    for command in READING {
        refused(&sandbox, command, 1)
            .warns("`narrative/1-big/drafts/ana.md`")
            .warns("`narrative/1-big/drafts/Ana.md`")
            .warns("but for upper and lower case");
    }
}

#[test]
fn a_name_that_is_on_the_main_branch_twice_is_refused() {
    let sandbox = released(settled());
    let commit = committed(&sandbox, &twice(&sandbox, &DRAFTS[..2], b"ana.md"));
    sandbox.git(["update-ref", "refs/heads/main", &commit]);
    for command in READING {
        refused(&sandbox, command, 1)
            .warns("`narrative/1-big/drafts/ana.md`")
            .warns("twice");
    }
}

/// What is no part of the narrative is not read, and nothing of it is fetched.
#[test]
fn submodules_beside_the_narrative_have_no_say() {
    let sandbox = released(settled());
    let modules = "[submodule \"x\\r\"]\n\tpath = x\n\turl = ext::touch ../marker\n";
    let head = sandbox.git(["rev-parse", "main"]);
    for (mode, name, id) in [
        ("100644", &b".gitmodules"[..], blob(&sandbox, modules)),
        ("160000", b"x", head.trim().to_owned()),
    ] {
        let entry = Entry {
            mode,
            name,
            id: &id,
        };
        let commit = committed(&sandbox, &planted(&sandbox, &[], &entry));
        sandbox.git(["update-ref", "refs/heads/main", &commit]);
    }
    sandbox.run(["status"]).succeeds();
    sandbox.run(["merge"]).succeeds();
    sandbox.run(VERIFY).succeeds();
    unmarked(&sandbox);
    assert!(!sandbox.has("x"));
}

/// What somebody does in the folder of a narrative.
#[cfg(unix)]
type Lay = fn(&Sandbox);

#[cfg(unix)]
const LYING: [(&str, Lay, &str); 6] = [
    (
        "1-big/drafts/chi.md",
        |sandbox| link(sandbox, "/etc/passwd", "chi.md"),
        LINK_OR_SPECIAL,
    ),
    (
        "1-big/drafts",
        |sandbox| moved_away(sandbox),
        LINK_OR_SPECIAL,
    ),
    (
        "1-big/drafts/chi<U+000A>.md",
        |sandbox| lies(sandbox, "chi\n.md"),
        SIGNS,
    ),
    (
        "1-big/drafts/<U+001B>[31m.md",
        |sandbox| lies(sandbox, "\u{1b}[31m.md"),
        SIGNS,
    ),
    (
        "1-big/drafts/chi.md ",
        |sandbox| lies(sandbox, "chi.md "),
        END,
    ),
    (
        "1-big/drafts/ana.md",
        |sandbox| lies(sandbox, "Ana.md"),
        "`narrative/1-big/drafts/Ana.md` but for upper and lower case",
    ),
];

#[cfg(unix)]
const LINK_OR_SPECIAL: &str = "a link or a special file, and only regular files are read";

#[cfg(unix)]
fn lies(sandbox: &Sandbox, name: &str) {
    sandbox.write(&format!("narrative/1-big/drafts/{name}"), "x\n");
}

#[cfg(unix)]
fn link(sandbox: &Sandbox, to: &str, name: &str) {
    let link = sandbox.path().join("narrative/1-big/drafts").join(name);
    std::os::unix::fs::symlink(to, link).expect("a link can be made");
}

/// The folder of drafts lies elsewhere, and a link leads to it.
#[cfg(unix)]
fn moved_away(sandbox: &Sandbox) {
    let drafts = sandbox.path().join("narrative/1-big/drafts");
    std::fs::rename(&drafts, sandbox.path().join("../elsewhere")).expect("it can go");
    std::os::unix::fs::symlink("../../../elsewhere", &drafts).expect("a link can be made");
}

#[cfg(unix)]
#[test]
fn what_lies_in_the_folder_is_refused() {
    for (path, lay, reason) in LYING {
        let sandbox = released(settled());
        lay(&sandbox);
        for command in READING.iter().chain([&&["check"][..]]) {
            let run = refused(&sandbox, command, 1);
            let run = run.warns(&format!("`narrative/{path}`")).warns(reason);
            assert!(!run.stderr.contains("root:"), "{run:?}");
        }
        // A release is read from its tag.
        sandbox.run(VERIFY).succeeds();
    }
}
