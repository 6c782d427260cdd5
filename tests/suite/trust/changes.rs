//! What changed between two releases: classed, marked on a page, and told in the release itself.

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
