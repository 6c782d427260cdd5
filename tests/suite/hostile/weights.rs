//! Proposals that are too much: refused by what their trees say, before anything of them is read.

use super::{DRAFTS, Entry, blob, check, object, planted, proposes, refused, tree};
use crate::proposals::{checked, narrative, proposed};

#[test]
fn ten_thousand_files_are_not_looked_at_one_by_one() {
    let sandbox = narrative();
    let id = blob(&sandbox, "x\n");
    let names: Vec<String> = (0..9_000).map(|at| format!("c{at:05}.md")).collect();
    let files: Vec<Entry<'_>> = names
        .iter()
        .map(|name| Entry {
            mode: "100644",
            name: name.as_bytes(),
            id: &id,
        })
        .collect();
    let drafts = Entry {
        mode: "40000",
        name: b"drafts",
        id: &tree(&sandbox, &files),
    };
    proposes(&sandbox, &planted(&sandbox, &DRAFTS[..2], &drafts));
    let run = refused(&sandbox, "bo");
    run.says("9000 files are changed, and 200 are allowed")
        .says("1 error, no warnings");
}

#[test]
fn folders_in_folders_without_end_are_given_up() {
    let sandbox = narrative();
    let mut id = blob(&sandbox, "x\n");
    for (level, mode) in (0..10).map(|level| (level, if level == 0 { "100644" } else { "40000" })) {
        let names: Vec<String> = (0..10).map(|at| format!("{level}-{at}")).collect();
        let entries: Vec<Entry<'_>> = names
            .iter()
            .map(|name| Entry {
                mode,
                name: name.as_bytes(),
                id: &id,
            })
            .collect();
        id = tree(&sandbox, &entries);
    }
    let drafts = Entry {
        mode: "40000",
        name: b"drafts",
        id: &id,
    };
    proposes(&sandbox, &planted(&sandbox, &DRAFTS[..2], &drafts));
    for who in ["bo", "ana"] {
        refused(&sandbox, who).says("files are changed, and 200 are allowed");
    }
    for _ in 0..100 {
        id = tree(
            &sandbox,
            &[Entry {
                mode: "40000",
                name: b"deep",
                id: &id,
            }],
        );
    }
    let drafts = Entry {
        mode: "40000",
        name: b"drafts",
        id: &id,
    };
    proposes(&sandbox, &planted(&sandbox, &DRAFTS[..2], &drafts));
    refused(&sandbox, "bo").says("more than");
}

#[test]
fn a_large_file_is_refused_by_its_length() {
    let sandbox = narrative();
    let id = object(&sandbox, "blob", vec![b'a'; 64 * 1024 * 1024]);
    let draft = Entry {
        mode: "100644",
        name: b"bo.md",
        id: &id,
    };
    proposes(&sandbox, &planted(&sandbox, &DRAFTS, &draft));
    refused(&sandbox, "bo").says("67108864 bytes, and 262144 are allowed");
}

#[test]
fn a_file_that_points_elsewhere_is_no_draft() {
    let sandbox = narrative();
    let pointer = "version https://git-lfs.github.com/spec/v1\n\
                   oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 5000000000\n";
    proposed(&sandbox, &[("narrative/1-size/drafts/bo.md", pointer)]);
    refused(&sandbox, "bo")
        .says("error proposal-pointer")
        .says("Git LFS");
}

#[test]
fn ones_own_draft_may_go_and_anothers_may_not() {
    let sandbox = narrative();
    for who in ["bo", "chi"] {
        let path = format!("narrative/1-size/drafts/{who}.md");
        sandbox.write(&path, format!("Words of {who}.\n"));
    }
    sandbox.commit("drafts");
    sandbox.git(["switch", "-q", "-c", "proposal"]);
    sandbox.git(["rm", "-q", "narrative/1-size/drafts/bo.md"]);
    sandbox.commit("my own goes");
    checked(&sandbox, "bo")
        .succeeds()
        .says("warning proposal-removal")
        .says("the draft of `bo` goes; its words stay in the history");
    // Under another question it is another draft: of both it is said what becomes of them.
    sandbox.git(["switch", "-q", "-c", "renamed", "main"]);
    let folder = sandbox.path().join("narrative/2-values/drafts");
    std::fs::create_dir(folder).expect("it can be made");
    let [from, to] =
        ["1-size", "2-values"].map(|folder| format!("narrative/{folder}/drafts/bo.md"));
    sandbox.git(["mv", &from, &to]);
    sandbox.commit("mine goes elsewhere");
    let run = checked(&sandbox, "bo").succeeds();
    run.says("warning proposal-removal")
        .says(&format!("{from}    removed  belongs to `bo`"))
        .says(&format!("{to}  new      belongs to `bo`"));
    sandbox.git(["switch", "-q", "proposal"]);
    sandbox.git([
        "mv",
        "narrative/1-size/drafts/chi.md",
        "narrative/1-size/drafts/bo.md",
    ]);
    sandbox.commit("another's becomes mine");
    refused(&sandbox, "bo")
        .says("refused  narrative/1-size/drafts/chi.md  removed  belongs to `chi`")
        .says("it is moved to\n  `narrative/1-size/drafts/bo.md`");
}

#[test]
fn a_missing_object_is_told_with_a_mend() {
    let sandbox = narrative();
    let draft = Entry {
        mode: "100644",
        name: b"bo.md",
        id: &"12".repeat(20),
    };
    proposes(&sandbox, &planted(&sandbox, &DRAFTS, &draft));
    sandbox
        .run(check("bo"))
        .exits_with(5)
        .warns("is not in this clone")
        .warns("next: git fsck");
}
