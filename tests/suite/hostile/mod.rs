//! What strangers bring: words, trees, claims and repositories that mean harm. Each is told and stays without effect.

mod claims;
mod limits;
mod places;
mod pushed;
mod trees;
mod weights;
mod words;

use crate::proposals::narrative;
use crate::sandbox::{Run, Sandbox};
use crate::trust::inert::{booby_trapped, forget_marker, unmarked};

/// The folder of bo's drafts.
const DRAFTS: [&str; 3] = ["narrative", "1-size", "drafts"];

/// What a tree says of one name.
struct Entry<'a> {
    mode: &'a str,
    name: &'a [u8],
    id: &'a str,
}

/// An object with just these bytes, which git may hold to be broken.
fn object(sandbox: &Sandbox, kind: &str, bytes: Vec<u8>) -> String {
    let write = sandbox.git_call(["hash-object", "-t", kind, "-w", "--stdin", "--literally"]);
    write.given(bytes).run().succeeds().stdout.trim().to_owned()
}

/// A tree with just these entries.
fn tree(sandbox: &Sandbox, entries: &[Entry<'_>]) -> String {
    let mut bytes = Vec::new();
    for Entry { mode, name, id } in entries {
        bytes.extend_from_slice(mode.as_bytes());
        bytes.push(b' ');
        bytes.extend_from_slice(name);
        bytes.push(0);
        let digit = |at: usize| u8::from_str_radix(&id[at..at + 2], 16).expect("ids are digits");
        bytes.extend((0..id.len()).step_by(2).map(digit));
    }
    object(sandbox, "tree", bytes)
}

/// The tree at a path of `main` once more, with an entry besides or instead.
fn planted(sandbox: &Sandbox, folders: &[&str], entry: &Entry<'_>) -> String {
    plant(sandbox, "main:", folders, entry)
}

/// The tree at a path of `main` once more, with a folder of drafts in which a name is twice.
fn twice(sandbox: &Sandbox, folders: &[&str], name: &[u8]) -> String {
    let [one, two] = ["one\n", "two\n"].map(|text| blob(sandbox, text));
    let twice = [&one, &two].map(|id| Entry {
        mode: "100644",
        name,
        id,
    });
    let entry = Entry {
        mode: "40000",
        name: b"drafts",
        id: &tree(sandbox, &twice),
    };
    planted(sandbox, folders, &entry)
}

fn plant(sandbox: &Sandbox, at: &str, folders: &[&str], entry: &Entry<'_>) -> String {
    let listed = match sandbox.try_git(&["rev-parse", "-q", "--verify", at]) {
        true => sandbox.git(["ls-tree", "-z", at]),
        false => String::new(),
    };
    let parts = |line: &str| {
        let (head, name) = line.split_once('\t')?;
        let mut words = head.split(' ');
        let mode = words.next()?.trim_start_matches('0').to_owned();
        Some((mode, name.as_bytes().to_vec(), words.nth(1)?.to_owned()))
    };
    let mut entries: Vec<_> = listed.split('\0').filter_map(parts).collect();
    let new = match folders {
        [] => (
            entry.mode.to_owned(),
            entry.name.to_vec(),
            entry.id.to_owned(),
        ),
        [folder, below @ ..] => {
            let slash = if at.ends_with(':') { "" } else { "/" };
            let below = plant(sandbox, &format!("{at}{slash}{folder}"), below, entry);
            ("40000".to_owned(), folder.as_bytes().to_vec(), below)
        }
    };
    entries.retain(|(_, name, _)| *name != new.1);
    entries.push(new);
    entries.sort_by(|left, right| left.1.cmp(&right.1));
    let borrowed: Vec<Entry<'_>> = entries
        .iter()
        .map(|(mode, name, id)| Entry { mode, name, id })
        .collect();
    tree(sandbox, &borrowed)
}

/// Lets the branch `proposal` propose a tree.
fn proposes(sandbox: &Sandbox, tree: &str) {
    let commit = committed(sandbox, tree);
    sandbox.git(["update-ref", "refs/heads/proposal", &commit]);
}

/// A commit of a tree, on top of `main`.
fn committed(sandbox: &Sandbox, tree: &str) -> String {
    let parent = sandbox.git(["rev-parse", "main"]);
    let commit = format!(
        "tree {tree}\nparent {}\nauthor bo <bo@example.org> 1772366400 +0000\n\
         committer bo <bo@example.org> 1772366400 +0000\n\nhostile\n",
        parent.trim()
    );
    object(sandbox, "commit", commit.into_bytes())
}

/// The words of a small file.
fn blob(sandbox: &Sandbox, text: &str) -> String {
    object(sandbox, "blob", text.as_bytes().to_vec())
}

/// The arguments that check the proposal as somebody's.
fn check(who: &str) -> [&str; 7] {
    [
        "check",
        "--proposal",
        "main",
        "--at",
        "proposal",
        "--as",
        who,
    ]
}

/// Insists that the proposal is refused, and that nothing is written, in the folder or beside it.
#[track_caller]
fn refused(sandbox: &Sandbox, who: &str) -> Run {
    let state = || {
        let refs = sandbox.git(["for-each-ref"]);
        forget_marker(sandbox);
        let above = sandbox.path().join("..");
        let beside = std::fs::read_dir(above).expect("it can be listed").count();
        (sandbox.files(), refs, beside)
    };
    let before = state();
    let run = sandbox.onetext(check(who)).within(60).run().exits_with(1);
    unmarked(sandbox);
    assert_eq!(state(), before, "something was written");
    assert!(!run.stdout.contains('\u{1b}'), "{run:?}");
    run
}

/// A narrative whose `.git` has traps.
fn trapped() -> Sandbox {
    let sandbox = narrative();
    booby_trapped(&sandbox);
    sandbox
}
