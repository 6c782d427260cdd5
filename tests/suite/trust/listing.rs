//! What is said of a release as a whole: its manifest, as the published schema has it, and how it is cited.

use serde_json::{Value, json};

use super::keys::keyed;
use crate::release::settled;
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

/// What the Citation File Format 1.2.0 says of the keys that a release writes: which there must be and what they hold.
fn cff_schema() -> Value {
    let text = json!({ "type": "string", "minLength": 1 });
    let spdx = json!({ "type": "string", "pattern": "^[A-Za-z0-9.+-]+$" });
    let date = "^[0-9]{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$";
    let swh = "^swh:1:(snp|rel|rev|dir|cnt):[0-9a-f]{40}$";
    let entity = json!({
        "type": "object", "required": ["name"], "additionalProperties": false, "properties": { "name": text },
    });
    let identifier = json!({
        "type": "object", "required": ["type", "value"], "additionalProperties": false,
        "properties": {
            "type": { "const": "swh" }, "value": { "type": "string", "pattern": swh }, "description": text,
        },
    });
    json!({
        "type": "object",
        "required": ["authors", "cff-version", "message", "title"],
        "additionalProperties": false,
        "properties": {
            "cff-version": { "const": "1.2.0" },
            "message": text, "title": text, "version": text, "commit": text, "license": spdx,
            "type": { "enum": ["dataset", "software"] },
            "date-released": { "type": "string", "pattern": date },
            "authors": { "type": "array", "minItems": 1, "uniqueItems": true, "items": entity },
            "identifiers": { "type": "array", "minItems": 1, "uniqueItems": true, "items": identifier },
        },
    })
}

/// Reads as much YAML as a release writes: keys with values, and lists of such.
fn yaml(text: &str) -> Value {
    let value = |typed: &str| match typed.starts_with('"') {
        true => serde_json::from_str(typed).expect("what is quoted is quoted as in JSON"),
        false => json!(typed),
    };
    let mut out = serde_json::Map::new();
    let mut list = String::new();
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let (key, typed) = line.trim_start().split_once(':').expect("a line has a key");
        let typed = typed.trim();
        match (indent, key.strip_prefix("- ")) {
            (0, _) if typed.is_empty() => {
                list = key.to_owned();
                out.insert(list.clone(), json!([]));
            }
            (0, _) => {
                let twice = out.insert(key.to_owned(), value(typed));
                assert!(twice.is_none(), "{key} stands twice");
            }
            (2, Some(key)) => out[&list]
                .as_array_mut()
                .expect("a list")
                .push(json!({ key: value(typed) })),
            (4, None) => {
                let last = out[&list].as_array_mut().and_then(|list| list.last_mut());
                last.expect("an entry was begun")[key] = value(typed);
            }
            _ => panic!("{line}: no release writes that"),
        }
    }
    out.into()
}

#[test]
fn the_citation_keeps_to_its_format() {
    let validator = jsonschema::validator_for(&cff_schema()).expect("it is a schema");
    for title in ["Co-ops: \"small\" #1 \\ ✓", "- yes", "2026"] {
        let sandbox = settled();
        let config = sandbox.read("narrative/narrative.toml");
        let quoted = toml_text(title);
        let config = config.lines().map(|line| match line.starts_with("title") {
            true => format!("title = {quoted}\nlicence = \"CC-BY-4.0\""),
            false => line.to_owned(),
        });
        let config: Vec<String> = config.filter(|line| !line.starts_with("licence")).collect();
        sandbox.write("narrative/narrative.toml", config.join("\n") + "\n");
        sandbox.commit("a title");
        sandbox
            .run(["release", "v2026.03.0", "--draft", "--no-tag"])
            .succeeds();
        let cff = yaml(&sandbox.read("dist/2026.03.0-draft.1/CITATION.cff"));
        let wrong: Vec<String> = validator
            .iter_errors(&cff)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(wrong, Vec::<String>::new(), "{cff}");
        assert_eq!(cff["title"], title);
        for key in ["authors", "cff-version", "message", "title"] {
            let mut less = cff.clone();
            less.as_object_mut().expect("a map").remove(key);
            assert!(!validator.is_valid(&less), "{key} may be missing");
        }
    }
}

/// A text as TOML has it.
fn toml_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
