//! What earlier commits hold: one walk tells it of every file.

use onetext::narrative::id::BlobId;
use onetext::store::{Repository, blob_id};

use crate::sandbox::Sandbox;

/// Makes the next commit, in which one question's folder has these files and no others.
fn commit(sandbox: &Sandbox, files: &[(&str, &str)]) {
    sandbox.git(["rm", "-r", "-q", "--ignore-unmatch", "narrative/1-size"]);
    for (path, text) in files {
        sandbox.write(&format!("narrative/1-size{path}"), text);
    }
    sandbox.commit("a step");
}

#[test]
fn one_walk_tells_what_became_of_every_file() {
    let sandbox = Sandbox::with_narrative();
    let (agreed, bo) = ("/agreed.md", "/drafts/bo.md");
    commit(&sandbox, &[(agreed, "one")]);
    commit(&sandbox, &[(agreed, "one"), (bo, "by bo")]);
    commit(&sandbox, &[(agreed, "two"), (bo, "by bo")]);
    // Both are gone, and there is a file where the folder was.
    commit(&sandbox, &[("", "no folder")]);
    commit(&sandbox, &[(agreed, "two"), ("/other.md", "x")]);
    commit(&sandbox, &[(agreed, "three"), (bo, "by bo")]);
    commit(&sandbox, &[(agreed, "four"), (bo, "by bo, again")]);

    let repository = Repository::open(&sandbox.path()).expect("it is a narrative");
    let id = |text: &str| blob_id(text.as_bytes());
    let versions = |path| -> Vec<BlobId> {
        let found = repository.versions_from(None, path).expect("it is read");
        found.into_iter().map(|(blob, ..)| blob).collect()
    };
    assert_eq!(
        versions("1-size/agreed.md"),
        ["one", "two", "two", "three", "four"].map(id)
    );
    assert_eq!(versions("1-size"), [id("no folder")]);
    assert_eq!(versions("nothing.md"), []);
    let begun = |path, other| {
        let found = repository.blob_when_introduced(path, other);
        found.expect("it is read")
    };
    let (agreed, bo) = ("1-size/agreed.md", "1-size/drafts/bo.md");
    assert_eq!(begun(bo, agreed), Some(id("three")));
    assert_eq!(begun(bo, "1-size"), None, "it is a folder then");
    assert_eq!(begun("1-size/other.md", agreed), None, "it is gone");

    // What a commit added is seen by the same repository, and an earlier end is told from a later one.
    let before = repository.head().expect("there is one");
    commit(&sandbox, &[("/agreed.md", "five")]);
    assert_eq!(versions(agreed).last(), Some(&id("five")));
    let until = repository.versions_from(Some(&before), agreed);
    let last = until.expect("it is read").pop();
    assert_eq!(last.map(|(blob, ..)| blob), Some(id("four")));
}
