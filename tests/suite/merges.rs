//! Merges as folders: `base.md`, a draft per contributor, what the text is while nothing is decided, and why.

use std::collections::BTreeMap;
use std::path::Path;

use onetext::merge::{Voice, merge};
use onetext::prose::Prose;

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a case is text")
}

#[test]
fn every_case_merges_as_expected() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/merges");
    let mut seen = 0;
    for case in std::fs::read_dir(cases).expect("there are cases") {
        let case = case.expect("a case can be read").path();
        let mut drafts = BTreeMap::new();
        for file in std::fs::read_dir(&case).expect("a case is a folder") {
            let path = file.expect("a file can be read").path();
            let name = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if !["base", "expected", "why"].contains(&name.as_str()) {
                drafts.insert(name, Prose::parse(&read(&path)));
            }
        }
        let base = Prose::parse(&read(&case.join("base.md")));
        let voices: Vec<Voice<'_>> = drafts
            .iter()
            .map(|(who, draft)| Voice::new(who, &base, draft))
            .collect();
        let merged = merge(&base, &voices);
        assert_eq!(
            merged.text(&base),
            read(&case.join("expected.md")),
            "{}",
            case.display()
        );
        let choices = format!("choices: {}\n", merged.choices().count());
        assert!(
            read(&case.join("why.md")).starts_with(&choices),
            "{}: {choices}",
            case.display()
        );
        seen += 1;
    }
    assert!(seen >= 9, "only {seen} cases");
}
