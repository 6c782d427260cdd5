//! What differences look like: the cases in `tests/diffs/`.

use std::path::Path;

use crate::sandbox::Sandbox;

#[test]
fn every_case_is_shown_as_reviewed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diffs");
    let mut cases = 0;
    for entry in folder.read_dir().expect("there are cases") {
        let case = entry.expect("it can be read").path();
        let read = |file: &str| {
            let text = std::fs::read_to_string(case.join(file));
            text.unwrap_or_else(|error| panic!("{}/{file}: {error}", case.display()))
        };
        let sandbox = Sandbox::new();
        sandbox.write("before.md", read("before.md"));
        sandbox.write("after.md", read("after.md"));
        let shown = sandbox
            .run(["diff-file", "before.md", "after.md"])
            .succeeds();
        let shown = shown
            .stdout
            .split_once('\n')
            .map_or("", |(_, changes)| changes);
        assert_eq!(shown, read("expected.txt"), "{}", case.display());
        assert!(!read("why.md").is_empty(), "{}", case.display());
        cases += 1;
    }
    assert!(cases > 5, "{cases} cases");
}
