//! What changed between two releases: classed, marked on a page, and told in the release itself.

use crate::office::reader::{Changes, Office};
use crate::release::{draft, settled};
use crate::sandbox::Sandbox;

const WAS: &str = "Members must pay 20 pounds into the fund each year. It is small, and it grows. \
                   Nobody counts the firms of the network.\n\nThe board meets in Leeds.\n";
const IS: &str = "Members must pay 25 pounds into the fund each year. It is tiny, and it grows. \
                  Everybody counts the firms of the network.\n\nGuests are welcome <at> all times.\n";

fn two_releases() -> Sandbox {
    let sandbox = settled();
    for (text, version) in [(WAS, "v2026.03.0"), (IS, "v2026.03.1")] {
        draft(&sandbox, text);
        sandbox.run(["merge", "1"]).succeeds();
        let release = ["release", version, "--unsigned", "--draft"];
        sandbox.run(release).succeeds();
    }
    sandbox
}

const RANGE: &str = "v2026.03.0-draft.1..v2026.03.1-draft.1";

#[test]
fn each_change_has_its_class() {
    let sandbox = two_releases();
    let json = sandbox.run(["changes", RANGE, "--json"]).succeeds().json();
    let question = &json["questions"][0];
    let class = |class: &str| {
        let classes = question["classes"].as_array().expect("a list");
        let found = classes.iter().find(|counted| counted["class"] == class);
        found.map_or(0, |found| found["count"].as_u64().expect("a number"))
    };
    let counts = ["correction", "wording", "position", "new", "removed"].map(class);
    assert_eq!(counts, [1, 1, 1, 1, 1], "{question}");
    let superseded = json["superseded"].as_array().expect("a list");
    let was: Vec<&str> = superseded
        .iter()
        .filter_map(|one| one["was"].as_str())
        .collect();
    assert!(was.contains(&"It is small, and it grows."), "{was:?}");
    assert!(was.contains(&"The board meets in Leeds."), "{was:?}");
    assert_eq!(was.len(), 4, "{was:?}");
    sandbox
        .run(["changes", RANGE])
        .succeeds()
        .says("1 position change")
        .says("It is [-small-] {+tiny+}, and it grows.")
        .says("Sentences that may not be quoted any more");
}

#[test]
fn a_page_marks_what_went_and_came_in_words_and_lines() {
    let sandbox = two_releases();
    let page = sandbox.run(["changes", RANGE, "--html"]).succeeds().stdout;
    for piece in [
        "<del><span class=\"said\">[removed: </span>small<span class=\"said\">]</span></del>",
        "<ins><span class=\"said\">[new: </span>tiny<span class=\"said\">]</span></ins>",
        "<span class=\"label\">position change</span>",
        "<span class=\"label\">correction</span>",
        "welcome &lt;at&gt; all times",
        "It reads now: “It is tiny, and it grows.”",
        "Draft: not agreed",
    ] {
        assert!(page.contains(piece), "{piece}\n{page}");
    }
    assert!(
        !page.contains("<script") && !page.contains("<at>"),
        "{page}"
    );
    let released = sandbox.read("dist/2026.03.1-draft.1/changes-draft.html");
    assert!(released.contains("[removed: </span>small"), "{released}");
    let text = sandbox.read("dist/2026.03.1-draft.1/media-draft.md");
    assert!(
        text.contains("5 passages changed since 2026.03.0-draft.1"),
        "{text}"
    );
    assert!(!sandbox.has("dist/2026.03.0-draft.1/changes-draft.html"));
}

#[test]
fn words_are_set_as_in_a_release() {
    let sandbox = settled();
    sandbox.write(
        "narrative/sources.toml",
        "schema = 1\n[[sources]]\nid = \"s\"\nsays = \"x\"\nas-of = \"2026\"\ntitle = \"A <list>\"\n\
         url = \"https://example.org\"\n",
    );
    let texts = [
        "It is small, says [the list](https://a.example) [@s].\n\nIt grows.\n",
        "It is **small**, says [the list](https://b.example) [@s].\n\n- It grows.\n",
    ];
    for (text, name) in texts.into_iter().zip(["before", "after"]) {
        sandbox.write("narrative/1-big/agreed.md", text);
        sandbox.commit("a text");
        sandbox.git(["tag", name]);
    }
    let range = "before..after";
    let page = sandbox.run(["changes", range, "--html"]).succeeds().stdout;
    for piece in [
        "<span class=\"label\">marking</span>",
        "<span class=\"said\">[now bold, was plain: </span><strong>small</strong>",
        "[now a link to https://b.example, was a link to https://a.example: </span>\
         <a href=\"https://b.example\">the list</a>",
        "<span class=\"label\">marking: now item, was paragraph</span>",
        "<a href=\"#source-1\">[1]</a>",
        "<li id=\"source-1\">[1] <a href=\"",
        "\">A &lt;list&gt;</a> (2026).</li>",
    ] {
        assert!(page.contains(piece), "{piece}\n{page}");
    }
    assert!(!page.contains("**") && !page.contains("[@"), "{page}");
    assert!(
        !page.contains("<del><") && !page.contains("<ins><"),
        "{page}"
    );
    let json = sandbox.run(["changes", range, "--json"]).succeeds().json();
    let runs = &json["questions"][0]["passages"][0]["runs"];
    assert_eq!(runs[1]["marks"][0], "bold", "{runs}");
    assert_eq!(runs[1]["was"], serde_json::json!({}), "{runs}");
    assert_eq!(json["superseded"], serde_json::json!([]), "{json}");
    keeps_to_its_schema(&json);
}

/// Insists that the report is as its schema says.
fn keeps_to_its_schema(json: &serde_json::Value) {
    let schema = include_str!("../../../templates/schema/changes.schema.json");
    let schema: serde_json::Value = serde_json::from_str(schema).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let wrong: Vec<String> = validator
        .iter_errors(json)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(wrong, Vec::<String>::new(), "{json}");
    let mut other = json.clone();
    other["superseded"] = "nothing".into();
    assert!(!validator.is_valid(&other), "the schema insists on nothing");
}

/// Two releases, and a branch on which people may be quoted with what the first says.
fn quoted() -> Sandbox {
    let sandbox = two_releases();
    sandbox.git(["switch", "-q", "-c", "quotes", "v2026.03.0-draft.1"]);
    let quote = |id: &str, words: &str| {
        format!(
            "\n[[quotes]]\nid = \"{id}\"\nwords = \"{words}\"\nname = \"Ana\"\nrole = \"developer\"\n"
        )
    };
    let quotes = [
        quote("small", "It is small"),
        quote("leeds", "The board meets in Leeds."),
        quote("else", "We are glad to be here."),
        quote("unapproved", "Nobody counts the firms of the network."),
    ];
    sandbox.write(
        "narrative/quotes.toml",
        format!("schema = 1\n{}", quotes.concat()),
    );
    sandbox.commit("quotes");
    for id in ["small", "leeds", "else"] {
        let approve = ["approve", id, "--until", "2026-12-31"];
        sandbox.run(approve).succeeds();
    }
    sandbox.commit("approved");
    sandbox
}

#[test]
fn quotes_that_rest_on_what_changed_are_named() {
    let sandbox = quoted();
    let range = "HEAD..v2026.03.1-draft.1";
    let run = sandbox.run(["changes", range]).succeeds();
    run.says("Approved quotes that rest on them")
        .says("“It is small”, Ana, developer; approved for")
        .says("until 31 December 2026")
        .says("The answer reads now: “It is tiny, and it grows.”")
        .says("The answer says it no more.");
    let page = sandbox.run(["changes", range, "--html"]).succeeds().stdout;
    assert!(page.contains("Approved quotes that rest on them"), "{page}");
    let json = sandbox.run(["changes", range, "--json"]).succeeds().json();
    keeps_to_its_schema(&json);
    let ids: Vec<&str> = json["quotes"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["id"].as_str())
        .collect();
    assert_eq!(ids, ["small", "leeds"], "{json}");
    let document = ["changes", range, "--format", "docx", "--out", "c.docx"];
    sandbox.run(document).succeeds();
    let bytes = std::fs::read(sandbox.path().join("c.docx")).expect("it was written");
    let told = Office::open(&bytes)
        .paragraphs(Changes::Accepted)
        .join("\n");
    assert!(
        told.contains("“It is small”, Ana, developer; approved for"),
        "{told}"
    );
}
