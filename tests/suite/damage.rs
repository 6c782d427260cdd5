//! Clones whose objects are damaged or not there: told in time, with the object's name and what mends it.

use std::fs;
use std::path::PathBuf;

use crate::receive::{generous, proposes, shared_of};
use crate::release::{released, settled};
use crate::sandbox::{Run, Sandbox};

/// Seconds after which a command is taken to hang.
const PATIENCE: u64 = 60;

/// A clone with a release, a draft release and a proposal to be received.
fn world() -> Sandbox {
    let sandbox = settled();
    let roster = ["roster", "add", "bo", "--email", "bo@example.org"];
    sandbox.run(roster).succeeds();
    let sandbox = shared_of(released(sandbox));
    proposes(&sandbox, "bo", "We are small.\n");
    sandbox
}

/// Everything that reads objects.
const READING: [&[&str]; 9] = [
    &["status"],
    &["diff", "1"],
    &["who", "1"],
    &["check"],
    &["changes", "v2026.03.0..HEAD"],
    &["merge"],
    &[
        "release",
        "v2026.04.0",
        "--draft",
        "--no-tag",
        "--out",
        "preview",
    ],
    &["verify", "v2026.03.0", "--unsigned"],
    &["receive", "7"],
];

fn id(sandbox: &Sandbox, revision: &str) -> String {
    sandbox.git(["rev-parse", revision]).trim().to_owned()
}

fn file_of(sandbox: &Sandbox, id: &str) -> PathBuf {
    let (folder, name) = id.split_at(2);
    sandbox.path().join(format!(".git/objects/{folder}/{name}"))
}

fn alter(sandbox: &Sandbox, id: &str, how: impl Fn(&mut Vec<u8>)) {
    let path = file_of(sandbox, id);
    let mut bytes = fs::read(&path).expect("it is in a file of its own");
    how(&mut bytes);
    fs::remove_file(&path).expect("it was there");
    fs::write(&path, bytes).expect("it can be written");
}

fn run(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    sandbox.onetext(arguments).within(PATIENCE).run()
}

/// Runs all that reads; each comes to an end, and each that fails names the object and what to do. Gives how many failed.
#[track_caller]
fn told(sandbox: &Sandbox, name: &str, next: &str) -> usize {
    // The ids of refs are told without a look at what they lead to.
    let refs = ["for-each-ref", "--format=%(refname) %(objectname)"];
    let state = || (sandbox.files(), sandbox.git(refs));
    let before = state();
    let mut failed = 0;
    for arguments in READING {
        let run = run(sandbox, arguments);
        assert_ne!(run.code, -1, "{arguments:?} does not end");
        if run.code == 5 {
            failed += 1;
            assert!(run.stderr.contains(name), "{arguments:?}: {run:?}");
            assert!(run.stderr.contains(next), "{arguments:?}: {run:?}");
        } else {
            assert!([0, 3].contains(&run.code), "{arguments:?}: {run:?}");
        }
        let _ = fs::remove_dir_all(sandbox.path().join("preview"));
    }
    assert!(state() == before, "something was written");
    failed
}

const FILES: [&str; 4] = [
    "HEAD",
    "HEAD^{tree}",
    "HEAD:narrative",
    "HEAD:narrative/1-big/agreed.md",
];

#[test]
fn a_file_that_was_cut_off_is_told_in_time() {
    for revision in FILES {
        let sandbox = world();
        let id = id(&sandbox, revision);
        alter(&sandbox, &id, |bytes| bytes.truncate(bytes.len() - 10));
        let failed = told(&sandbox, &id, "next: git fsck");
        assert!(failed > 4, "{revision}: {failed}");
    }
}

#[test]
fn an_older_commit_that_was_cut_off_is_told_too() {
    let sandbox = world();
    let id = id(&sandbox, "HEAD~2");
    alter(&sandbox, &id, |bytes| bytes.truncate(bytes.len() - 10));
    assert!(told(&sandbox, &id, "next: git fsck") > 3);
    let back = run(&sandbox, &["diff", "1", "HEAD~3..HEAD"]);
    assert_ne!(back.code, -1, "{back:?}");
}

#[test]
fn a_file_that_is_empty_or_altered_is_told() {
    let altered: [fn(&mut Vec<u8>); 2] = [Vec::clear, |bytes| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x10;
    }];
    for how in altered {
        for revision in FILES {
            let sandbox = world();
            let id = id(&sandbox, revision);
            alter(&sandbox, &id, how);
            assert!(told(&sandbox, &id, "next: git fsck") > 4, "{revision}");
        }
    }
}

#[test]
fn the_object_of_a_tag_that_was_cut_off_is_told() {
    let sandbox = world();
    let id = id(&sandbox, "v2026.03.0");
    alter(&sandbox, &id, |bytes| bytes.truncate(bytes.len() - 10));
    assert!(told(&sandbox, &id, "next: git fsck") > 0);
}

#[test]
fn a_text_that_is_not_there_is_told() {
    let sandbox = world();
    let id = id(&sandbox, "HEAD:narrative/1-big/agreed.md");
    fs::remove_file(file_of(&sandbox, &id)).expect("it was there");
    assert!(told(&sandbox, &id, "next: git fsck") > 4);
}

#[test]
fn a_pack_that_was_cut_off_is_told_by_its_name() {
    let sandbox = world();
    sandbox.git(["repack", "-a", "-d", "-q"]);
    let packs = fs::read_dir(sandbox.path().join(".git/objects/pack")).expect("it can be listed");
    let mut packs = packs.map(|entry| entry.expect("it can be read").path());
    let pack = packs.find(|path| path.extension().is_some_and(|end| end == "pack"));
    let pack = pack.expect("there is a pack");
    let whole = fs::read(&pack).expect("it can be read");
    fs::remove_file(&pack).expect("it was there");
    fs::write(&pack, &whole[..whole.len() / 2]).expect("it can be written");
    let name = pack.file_name().expect("it has a name").to_string_lossy();
    assert!(told(&sandbox, &name, "next: git fsck") > 4);
}

#[test]
fn a_shallow_clone_is_told_how_to_get_the_rest() {
    let sandbox = world();
    let hub = format!("file://{}", sandbox.path().join("../hub.git").display());
    sandbox.git(["clone", "-q", "--depth", "1", &hub, "../shallow"]);
    let status = run(&sandbox, &["-C", "../shallow", "who", "1"]).exits_with(5);
    status
        .warns("is not in this clone")
        .warns("next: git fetch --unshallow");
    sandbox.git(["-C", "../shallow", "fetch", "-q", "--unshallow"]);
    run(&sandbox, &["-C", "../shallow", "who", "1"]).succeeds();
}

#[test]
fn a_partial_clone_is_told_how_to_get_the_rest() {
    let sandbox = world();
    for size in ["smaller", "larger"] {
        let text = format!("It is {size}, and it grows.\n\nNobody counts it.\n");
        sandbox.write("narrative/1-big/agreed.md", text);
        sandbox.commit("an edit");
    }
    sandbox.git(["push", "-q", "origin", "main"]);
    let hub = generous(&sandbox);
    sandbox.git(["clone", "-q", "--filter=blob:none", &hub, "../partial"]);
    // What is checked out is there, and what was before is not.
    let who = run(&sandbox, &["-C", "../partial", "who", "1"]).exits_with(5);
    who.warns("is not in this clone")
        .warns("next: git fetch --refetch --no-filter");
    sandbox.git([
        "-C",
        "../partial",
        "fetch",
        "-q",
        "--refetch",
        "--no-filter",
    ]);
    run(&sandbox, &["-C", "../partial", "who", "1"]).succeeds();
}

#[test]
fn objects_that_are_borrowed_are_looked_at_too() {
    let sandbox = world();
    sandbox.git(["clone", "-q", "--shared", ".", "../borrower"]);
    let id = id(&sandbox, "HEAD:narrative/1-big/agreed.md");
    alter(&sandbox, &id, |bytes| bytes.truncate(bytes.len() - 10));
    let run = run(&sandbox, &["-C", "../borrower", "status"]).exits_with(5);
    run.warns(&id).warns("its file was cut off");
}
