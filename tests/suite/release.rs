//! Releases: gated, written whole, tagged once, verified byte for byte.

use crate::sandbox::Sandbox;

const CONTACT: &str = "[[contacts]]\nname = \"Press desk\"\nemail = \"press@example.org\"\n";

/// A narrative with one settled answer and everything that a release needs.
pub fn settled() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("m.txt", "Please answer:\n1. How big is it?\n");
    sandbox.run(["init", ".", "--from", "m.txt"]).succeeds();
    let config = sandbox
        .read("narrative/narrative.toml")
        .replace("[editions.media]", &format!("{CONTACT}\n[editions.media]"));
    sandbox.write("narrative/narrative.toml", config);
    sandbox.commit("a contact");
    sandbox
        .run(["roster", "add", "ana", "--email", "ana@example.org"])
        .succeeds();
    draft(
        &sandbox,
        "It is small, and it grows.\n\nNobody counts it.\n",
    );
    sandbox.run(["merge", "1"]).succeeds();
    sandbox
}

/// Releases what is settled, in a folder that git passes over.
pub fn released(sandbox: Sandbox) -> Sandbox {
    sandbox.write(".gitignore", "dist\npreview\n");
    sandbox.commit("what is made is not kept");
    let release = ["release", "v2026.03.0", "--unsigned"];
    sandbox.run(release).succeeds();
    sandbox
}

pub fn draft(sandbox: &Sandbox, text: &str) {
    sandbox
        .onetext(["draft", "1", "--as", "ana", "--stdin"])
        .given(text)
        .run()
        .succeeds();
}

#[test]
fn a_settled_narrative_is_released_and_verified() {
    let sandbox = settled();
    sandbox
        .run(["release", "v2026.03.0"])
        .exits_with(4)
        .warns("git knows no key of yours")
        .warns("`--unsigned`");
    assert!(!sandbox.has("dist"));
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds()
        .says("tagged `v2026.03.0`")
        .says("not signed");
    assert!(sandbox.has("dist/2026.03.0/media.html"));
    let page = sandbox.read("dist/2026.03.0/media.html");
    assert!(page.contains("no member has been asked to agree"), "{page}");
    assert!(!page.contains("Draft"), "{page}");
    sandbox
        .run(["verify", "2026.03.0"])
        .exits_with(5)
        .says("the tag is not signed: anybody could have made it");
    sandbox
        .run(["verify", "2026.03.0", "--unsigned"])
        .succeeds()
        .says("byte for byte")
        .says("note: the tag is not signed");
    assert_eq!(sandbox.git(["cat-file", "-t", "v2026.03.0"]).trim(), "tag");
}

#[test]
fn a_release_is_never_made_twice() {
    let sandbox = settled();
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    let again = sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .exits_with(2);
    again
        .warns("a tag is never moved")
        .warns("next: onetext release v2026.03.1");
}

#[test]
fn what_is_open_holds_a_release_back_but_not_a_draft() {
    let sandbox = settled();
    draft(&sandbox, "It is tiny, and it grows.\n\nNobody counts it.\n");
    let held = sandbox.run(["release", "v2026.03.0"]).exits_with(1);
    held.says("drafts not considered yet: 1")
        .says("onetext merge 1");
    assert!(!sandbox.has("dist"));
    sandbox
        .run(["release", "v2026.03.0", "--draft"])
        .succeeds()
        .says("v2026.03.0-draft.1");
    sandbox
        .run(["release", "v2026.03.0", "--draft"])
        .succeeds()
        .says("v2026.03.0-draft.2");
    for name in [
        "media-draft.html",
        "media-draft.md",
        "government-draft.html",
    ] {
        let text = sandbox.read(&format!("dist/2026.03.0-draft.1/{name}"));
        assert!(text.contains("Draft: not agreed"), "{name}");
    }
    assert!(
        sandbox
            .read("dist/2026.03.0-draft.1/media-draft.txt")
            .contains("DRAFT: NOT AGREED")
    );
}

#[test]
fn verification_names_what_differs() {
    let sandbox = settled();
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    sandbox.write("dist/2026.03.0/media.md", "forged\n");
    sandbox.write("dist/2026.03.0/extra.txt", "more\n");
    std::fs::remove_file(sandbox.path().join("dist/2026.03.0/media.txt")).expect("it is there");
    let run = sandbox.run(["verify", "v2026.03.0"]).exits_with(5);
    run.says("differs media.md")
        .says("extra extra.txt")
        .says("missing media.txt")
        .says("same media.html");
}

#[test]
fn a_tag_without_an_object_is_no_release() {
    let sandbox = settled();
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    sandbox.git(["tag", "v2026.03.1"]);
    sandbox
        .run(["verify", "v2026.03.1", "dist/2026.03.0"])
        .exits_with(5)
        .warns("is lightweight");
    let object = sandbox.git(["rev-parse", "v2026.03.0"]);
    sandbox.git(["update-ref", "refs/tags/v2026.03.2", object.trim()]);
    let run = sandbox
        .run(["verify", "v2026.03.2", "dist/2026.03.0"])
        .exits_with(5);
    run.says("calls itself `v2026.03.0`");
}

#[test]
fn what_is_not_committed_is_not_released() {
    let sandbox = settled();
    sandbox.write("narrative/1-big/agreed.md", "Something else.\n");
    sandbox
        .run(["release", "v2026.03.0"])
        .exits_with(2)
        .warns("not committed");
    assert!(!sandbox.has("dist"));
}

/// A release is made of the last commit, moves no branch and leaves the index alone: nothing of this is in its way.
#[test]
fn a_release_needs_a_commit_and_no_more() {
    type Bring = fn(&Sandbox);
    let states: [(&str, Bring); 4] = [
        (".", |sandbox| {
            sandbox.git(["checkout", "-q", "--detach"]);
        }),
        (".", |sandbox| {
            sandbox.write(".git/MERGE_HEAD", sandbox.git(["rev-parse", "HEAD"]));
        }),
        (".", |sandbox| {
            sandbox.write(".git/index.lock", "");
        }),
        ("../beside", |sandbox| {
            sandbox.git(["worktree", "add", "-q", "-b", "beside", "../beside"]);
        }),
    ];
    for (place, brought_about) in states {
        let sandbox = settled();
        brought_about(&sandbox);
        let before = sandbox.git(["for-each-ref", "refs/heads"]);
        let release = ["-C", place, "release", "v2026.03.0", "--unsigned"];
        sandbox.run(release).succeeds();
        assert!(sandbox.has(&format!("{place}/dist/2026.03.0/media.md")));
        let verify = ["-C", place, "verify", "v2026.03.0", "--unsigned"];
        sandbox.run(verify).succeeds();
        let ids = sandbox.git(["rev-parse", "HEAD", "v2026.03.0^{commit}"]);
        let ids: Vec<&str> = ids.lines().collect();
        assert_eq!(ids[0], ids[1]);
        assert_eq!(sandbox.git(["for-each-ref", "refs/heads"]), before);
    }
}

#[test]
fn what_is_not_on_the_main_branch_is_not_released_detached_either() {
    let sandbox = settled();
    sandbox.git(["checkout", "-q", "--detach"]);
    sandbox.commit("on no branch");
    let run = sandbox.run(["release", "v2026.03.0", "--unsigned"]);
    run.exits_with(4).warns("is not on the main branch");
    assert!(!sandbox.has("dist"));
    assert_eq!(sandbox.git(["tag"]), "");
}

#[test]
fn a_folder_with_something_else_is_not_replaced() {
    let sandbox = settled();
    sandbox.write("out/mine.txt", "mine\n");
    sandbox
        .run(["release", "v2026.03.0", "--out", "out"])
        .exits_with(2)
        .warns("holds no release");
    assert_eq!(sandbox.read("out/mine.txt"), "mine\n");
    assert_eq!(sandbox.git(["tag"]).trim(), "");
}

#[test]
fn sources_past_their_review_hold_a_release_back() {
    let sandbox = settled();
    sandbox.write(
        "narrative/sources.toml",
        "schema = 1\n[[sources]]\nid = \"s\"\nsays = \"x\"\nas-of = \"2026\"\ntitle = \"T\"\nurl = \"https://example.org\"\nreview = \"2026-04-01\"\n",
    );
    sandbox.commit("a source");
    draft(
        &sandbox,
        "It has 12 firms [@s], and it grows.\n\nNobody counts it.\n",
    );
    sandbox.run(["merge", "1"]).succeeds();
    let late = sandbox
        .days_pass(3650)
        .run(["release", "v2026.03.0"])
        .exits_with(1);
    late.says("source `s` is past its review date");
}

#[test]
fn changes_are_told_in_passages_and_words() {
    let sandbox = settled();
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    draft(&sandbox, "It is tiny, and it grows.\n\nNobody counts it.\n");
    sandbox.run(["merge", "1"]).succeeds();
    sandbox
        .run(["release", "v2026.03.1", "--unsigned"])
        .succeeds();
    let run = sandbox.run(["changes"]).succeeds();
    run.says("v2026.03.0 to v2026.03.1")
        .says("It is [-small-] {+tiny+}, and it grows.");
    let json = sandbox
        .run(["changes", "2026.03.0..2026.03.1", "--json"])
        .json();
    assert_eq!(json["questions"][0]["changes"][0]["change"], "reworded");
    assert!(
        sandbox
            .read("dist/2026.03.1/media.md")
            .contains("1 passage changed since 2026.03.0")
    );
}

/// A draft release of a text with two footnotes, one of them used twice.
fn with_footnotes() -> Sandbox {
    let sandbox = settled();
    draft(
        &sandbox,
        "It is small[^one], and it grows. Nobody counts it[^two].\n\n\
         Again[^one].\n\n[^two]: We asked.\n\n[^one]: Twelve firms.\n\n    At the last count.\n",
    );
    sandbox.run(["merge", "1"]).exits_with(0);
    sandbox.run(["release", "v2026.03.0", "--draft"]).succeeds();
    sandbox
}

#[test]
fn footnotes_are_linked_there_and_back() {
    let sandbox = with_footnotes();
    let html = sandbox.read("dist/2026.03.0-draft.1/media-draft.html");
    for part in [
        "<a id=\"footnote-1-1\" href=\"#footnote-1\" aria-label=\"Footnote a\">[a]</a>",
        "<a id=\"footnote-1-2\" href=\"#footnote-1\"",
        "<li id=\"footnote-1\"><span class=\"n\">[a]</span>\nTwelve firms.",
        "<a href=\"#footnote-1-2\" aria-label=\"Back to use 2 of footnote a\">",
        "\">Again",
        "<li id=\"footnote-2\">",
    ] {
        assert!(html.contains(part), "no {part} in\n{html}");
    }
}

#[test]
fn footnotes_stand_in_every_format() {
    let sandbox = with_footnotes();
    let read = |name: &str| sandbox.read(&format!("dist/2026.03.0-draft.1/{name}"));
    let text = read("media-draft.txt");
    assert!(
        text.contains("It is small (note a), and it grows."),
        "{text}"
    );
    assert!(
        text.contains("FOOTNOTES\n\na. Twelve firms.\n\n   At the last count.\nb. We asked."),
        "{text}"
    );
    let markdown = read("government-draft.md");
    assert!(
        markdown.contains("\n[^a]: Twelve firms.\n    \n    At the last count.\n"),
        "{markdown}"
    );
    assert!(
        markdown.contains("- It is small[^a], and it grows."),
        "{markdown}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&read("government-draft.json")).expect("it is JSON");
    assert_eq!(json["footnotes"][1]["mark"], "b");
    assert_eq!(json["footnotes"][1]["part"], "q1");
    assert_eq!(json["footnotes"][1]["label"], "two");
    assert_eq!(json["footnotes"][1]["text"], "We asked.");
}

#[test]
fn hostile_words_are_inert_in_every_format() {
    let sandbox = settled();
    draft(
        &sandbox,
        "It is <script>alert(1)</script> {{7*7}} {% raw %} [here](javascript:alert(1)), and </script> it grows.\n\n<img src=x onerror=alert(1)>\n",
    );
    sandbox.run(["merge", "1"]).exits_with(0);
    sandbox.run(["release", "v2026.03.0", "--draft"]).succeeds();
    let html = sandbox.read("dist/2026.03.0-draft.1/media-draft.html");
    assert!(
        html.matches("<script").count() == 1
            && !html.contains("<img")
            && !html.contains("javascript:"),
        "{html}"
    );
    assert!(
        html.contains("&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} {% raw %}"),
        "{html}"
    );
    for name in ["media-draft.md", "government-draft.md"] {
        let text = sandbox.read(&format!("dist/2026.03.0-draft.1/{name}"));
        assert!(
            !text.contains("<script>") && !text.contains("javascript:"),
            "{text}"
        );
        assert!(text.contains("{{7\\*7}}"), "{text}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&sandbox.read("dist/2026.03.0-draft.1/media-draft.json"))
            .expect("it is JSON");
    assert!(
        json["answers"][0]["long"]
            .as_str()
            .expect("a text")
            .contains("{{7*7}}")
    );
}

#[test]
fn templates_can_be_copied_out_and_changed() {
    let sandbox = settled();
    sandbox
        .run(["templates", "list"])
        .succeeds()
        .says("media.txt")
        .says("shipped");
    sandbox.run(["templates", "eject", "media.txt"]).succeeds();
    sandbox
        .run(["templates", "eject", "media.txt"])
        .exits_with(2)
        .warns("nothing is overwritten");
    let own = sandbox
        .read("templates/media.txt")
        .replace("ENDS", "THE END");
    sandbox.write("templates/media.txt", own);
    // What is no page is not read as one.
    sandbox.write("templates/forge/check.yml", "if: ${{ !cancelled() }}\n");
    sandbox.commit("our template");
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    assert!(sandbox.read("dist/2026.03.0/media.txt").contains("THE END"));
    sandbox
        .run(["verify", "v2026.03.0", "--unsigned"])
        .succeeds();
    sandbox.write("templates/media.txt", "{{ nobody.knows }}\n");
    sandbox.commit("a broken template");
    sandbox
        .run(["release", "v2026.03.1"])
        .exits_with(1)
        .warns("the template `media.txt` fails");
    sandbox
        .run(["templates", "eject", "meda.txt"])
        .exits_with(2)
        .warns("did you mean `media.txt`?");
}

#[cfg(not(feature = "pdf"))]
#[test]
fn a_program_without_pdf_says_how_to_get_it() {
    let sandbox = settled();
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    assert!(!sandbox.has("dist/2026.03.0/media.pdf"));
    // Another program, which has it, knows by this why its own files are not these.
    let manifest = sandbox.read("dist/2026.03.0/manifest.json");
    assert!(manifest.contains("without PDF"), "{manifest}");
    let config = sandbox.read("narrative/narrative.toml");
    let config = config.replace(
        "audience = \"media\"",
        "audience = \"media\"\nformats = [\"pdf\"]",
    );
    sandbox.write("narrative/narrative.toml", config);
    sandbox.commit("a PDF, please");
    sandbox
        .run(["release", "v2026.03.1"])
        .exits_with(2)
        .warns("this onetext was built without PDF")
        .warns("build it with its default features");
}

/// Whoever lost the files, or lets a forge attach them, gets the released bytes and no others.
#[test]
fn a_release_is_made_again_from_its_tag() {
    let sandbox = settled();
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    let released = |folder: &str| {
        let files = sandbox.files().into_iter();
        let within = files.filter_map(|(name, bytes)| {
            let name = name.strip_prefix(folder)?.to_owned();
            Some((name, bytes))
        });
        within.collect::<Vec<_>>()
    };
    let first = released("dist/2026.03.0/");
    assert!(first.len() > 10);
    draft(&sandbox, "It is large.\n");
    sandbox
        .days_pass(9)
        .run(["release", "v2026.03.0", "--again", "--out", "again"])
        .succeeds()
        .says("next: onetext verify v2026.03.0 ");
    assert_eq!(released("again/"), first);
    let media = ["release", "v2026.03.0", "--again", "--edition", "media"];
    sandbox
        .run(media)
        .exits_with(5)
        .warns("do not come out as they were released");
    sandbox
        .run(["release", "v2026.04.0", "--again"])
        .exits_with(2)
        .warns("there is no release `v2026.04.0`");
}
