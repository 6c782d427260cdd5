//! What is said of a release as a whole: its manifest, as the published schema has it, and how it is cited.

use serde_json::Value;

use super::keys::keyed;
use crate::sandbox::Sandbox;

/// The schema that is published.
fn schema() -> Value {
    serde_json::from_str(include_str!(
        "../../../templates/schema/manifest.schema.json"
    ))
    .expect("it is JSON")
}

fn released(sandbox: &Sandbox) -> Value {
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    let text = sandbox.read("dist/2026.03.0/manifest.json");
    serde_json::from_str(&text).expect("it is JSON")
}

#[test]
fn the_manifest_is_as_its_schema_says() {
    let validator = jsonschema::validator_for(&schema()).expect("it is a schema");
    let sandbox = keyed("");
    let manifest = released(&sandbox);
    let errors: Vec<String> = validator
        .iter_errors(&manifest)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    for (key, wrong) in [
        ("version", "1.0"),
        ("commit", "abc"),
        ("schema", "1"),
        ("colour", "red"),
    ] {
        let mut other = manifest.clone();
        other[key] = wrong.into();
        assert!(!validator.is_valid(&other), "{key}");
    }
}

#[test]
fn ids_are_those_of_git_and_words_have_their_authors() {
    let sandbox = keyed("");
    sandbox
        .onetext(["draft", "1", "--as", "ana", "--stdin"])
        .given("Another text altogether.\n")
        .run()
        .succeeds();
    let manifest = {
        sandbox
            .run(["release", "v2026.03.0", "--draft", "--no-tag"])
            .succeeds();
        let text = sandbox.read("dist/2026.03.0-draft.1/manifest.json");
        serde_json::from_str::<Value>(&text).expect("it is JSON")
    };
    let of = |what: &str| sandbox.git(["rev-parse", what]).trim().to_owned();
    assert_eq!(manifest["commit"], of("HEAD"));
    assert_eq!(
        manifest["swhid"]["directory"],
        format!("swh:1:dir:{}", of("HEAD^{tree}"))
    );
    assert_eq!(
        manifest["swhid"]["revision"],
        format!("swh:1:rev:{}", of("HEAD"))
    );
    let question = &manifest["questions"][0];
    assert_eq!(question["agreed"], of("HEAD:narrative/1-big/agreed.md"));
    // Her draft says other things by now; the words that stand are hers all the same.
    assert_eq!(question["passages"][0]["words"], "first-worded");
    assert_eq!(question["passages"][0]["contributors"][0], "ana");
    assert_eq!(question["passages"][0]["fold"], 1);
}

#[test]
fn a_release_says_how_it_is_cited() {
    let sandbox = keyed("");
    let own = sandbox.read("narrative/roster.toml").replace(
        "id = \"ana\"\nname = \"ana\"",
        "id = \"ana\"\nname = \"Ana: \\\"A\\\"\"",
    );
    sandbox.write("narrative/roster.toml", own);
    sandbox.commit("a name with signs in it");
    sandbox.commit("what is released");
    released(&sandbox);
    let text = sandbox.read("dist/2026.03.0/CITATION.cff");
    let commit = sandbox.git(["rev-parse", "HEAD"]);
    for line in [
        "cff-version: 1.2.0",
        "version: \"2026.03.0\"",
        "date-released: \"2026-03-01\"",
        "  - name: \"Ana: \\\"A\\\"\"",
        &format!("    value: \"swh:1:rev:{}\"", commit.trim()),
    ] {
        assert!(text.lines().any(|own| own == line), "{line}\n{text}");
    }
}
