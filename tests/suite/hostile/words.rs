//! Hostile words are inert in every format, and `check` says that they are there.

use crate::editions::narrative;
use crate::sandbox::Sandbox;

const DRAFT: &str = "dist/2026.03.0-draft.1";

/// A draft release whose one answer is the text.
fn saying(text: &str) -> Sandbox {
    let sandbox = narrative();
    sandbox.write("narrative/1-size/agreed.md", text);
    sandbox.commit("what a stranger wrote");
    sandbox.run(["release", "v2026.03.0", "--draft"]).succeeds();
    sandbox
}

fn file(sandbox: &Sandbox, name: &str) -> String {
    sandbox.read(&format!("{DRAFT}/{name}"))
}

/// The body of a page without what the template itself brings.
fn main(sandbox: &Sandbox) -> String {
    let page = file(sandbox, "media-draft.html");
    let start = page.find("<main").expect("there is a main part");
    let end = page.find("</main>").expect("it ends");
    page[start..end].to_owned()
}

/// The whole agreed text, as the JSON has it.
fn long(sandbox: &Sandbox) -> String {
    let data: serde_json::Value =
        serde_json::from_str(&file(sandbox, "media-draft.json")).expect("it is JSON");
    data["answers"][0]["long"]
        .as_str()
        .expect("a text")
        .to_owned()
}

/// The tags of a page, each from its name to its end.
fn tags(page: &str) -> Vec<&str> {
    let starts = page.split('<').skip(1);
    starts.filter_map(|part| part.split('>').next()).collect()
}

/// Insists that no page of a release does anything, wherever on it a stranger's words stand.
#[track_caller]
fn inactive(sandbox: &Sandbox) {
    let files = sandbox.files().into_iter();
    let pages: Vec<(String, Vec<u8>)> = files
        .filter(|(name, _)| name.starts_with("dist/") && name.ends_with(".html"))
        .collect();
    assert!(pages.len() > 1, "each edition has a page");
    for (name, bytes) in pages {
        let page = String::from_utf8(bytes).expect("a page is UTF-8");
        let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'";
        assert!(page.contains(policy), "{name}");
        for tag in tags(&page) {
            let mut parts = tag.split_ascii_whitespace();
            let element = parts.next().unwrap_or_default().to_ascii_lowercase();
            let active = [
                "base", "embed", "form", "frame", "iframe", "link", "object", "svg",
            ];
            assert!(!active.contains(&element.as_str()), "{name}: <{tag}>");
            let data = tag == "script type=\"application/ld+json\"";
            assert!(element != "script" || data, "{name}: <{tag}>");
            for attribute in parts.map(str::to_ascii_lowercase) {
                let acts = attribute.starts_with("on") && attribute.contains('=');
                assert!(!acts && !attribute.contains("script:"), "{name}: <{tag}>");
            }
        }
    }
}

#[test]
fn active_content_is_shown_as_text() {
    let text = "It is <script>alert(1)</script> and <svg onload=alert(2)> so.\n\n\
                <iframe src=\"https://example.org\"></iframe>\n\n<img src=x onerror=alert(3)>\n";
    let sandbox = saying(text);
    inactive(&sandbox);
    let page = main(&sandbox);
    for tag in ["<svg", "<img"] {
        assert!(!page.contains(tag), "{tag} in\n{page}");
    }
    assert!(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
        "{page}"
    );
    let markdown = file(&sandbox, "media-draft.md");
    for tag in ["<script", "<svg", "\n\n<iframe", "\n\n<img"] {
        assert!(
            !markdown.replace("\\<", "").contains(tag),
            "{tag} in\n{markdown}"
        );
    }
    assert!(file(&sandbox, "media-draft.txt").contains("<script>alert(1)</script>"));
    assert_eq!(long(&sandbox), text);
    let run = sandbox.run(["check"]).exits_with(1);
    run.says("agreed.md:1: error active-html")
        .says("agreed.md:3: error active-html")
        .says("agreed.md:5: error active-html");
}

#[test]
fn addresses_that_run_are_dropped_and_their_words_stay() {
    let text = "See [one](javascript:alert(1)), [two](JAVASCRIPT&colon;alert(2)), [three](data:text/html,x), \
                [four](vbscript:x), [five](<java\tscript:x>), <javascript:alert(6)>, [seven](//example.org) and \
                [eight](java&#10;script:x).\n";
    let sandbox = saying(text);
    let page = main(&sandbox);
    let start = page.find("class=\"question\"").expect("the answer");
    let answer = &page[start..];
    for word in [
        "one", "two", "three", "four", "five", "alert(6)", "seven", "eight",
    ] {
        assert!(answer.contains(word), "{word} in\n{answer}");
    }
    let links: Vec<&str> = answer.split("href=\"").skip(1).collect();
    for link in links {
        let safe = link.starts_with('#') || link.starts_with("https://");
        assert!(safe, "{}", &link[..link.len().min(40)]);
    }
    inactive(&sandbox);
    let markdown = file(&sandbox, "media-draft.md").to_lowercase();
    for scheme in ["java", "data", "vbscript", "//example.org"] {
        for start in ["](", "](<", "<"] {
            assert!(
                !markdown.contains(&format!("{start}{scheme}")),
                "{markdown}"
            );
        }
    }
    sandbox
        .run(["check"])
        .exits_with(1)
        .says("error unsafe-link");
}

#[test]
fn templates_and_typesetters_words_are_literal() {
    let text = "It is {{7*7}} {% raw %} {% include \"/etc/passwd\" %} here.\n\n\
                So #read(\"/etc/passwd\") #import \"@preview/x:1.0.0\" #eval(1) \\$x\\$ */ \\\\u{41} @ref ends.\n\n\
                Cells like =HYPERLINK(\"https://example.org\") and ]]> and &amp;lt; stay.\n";
    let sandbox = saying(text);
    let (page, plain) = (main(&sandbox), file(&sandbox, "media-draft.txt"));
    assert!(
        page.contains("{{7*7}} {% raw %} {% include &quot;/etc/passwd&quot; %}"),
        "{page}"
    );
    for words in [
        "{{7*7}} {% raw %} {% include \"/etc/passwd\" %}",
        "#read(\"/etc/passwd\")",
        "$x$ */",
        "=HYPERLINK(",
        "]]> and &lt;",
    ] {
        let flat = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(words), "no {words:?} in\n{plain}");
    }
    assert!(page.contains("]]&gt; and &amp;lt; stay"), "{page}");
    assert_eq!(long(&sandbox), text);
}

#[test]
fn no_title_ends_the_data_of_a_page() {
    let sandbox = narrative();
    let config = sandbox.read("narrative/narrative.toml");
    let title = "</script><script>alert(1)</script>";
    let config = config.replace("Small firms, owned by their workers", title);
    sandbox.write("narrative/narrative.toml", config);
    sandbox.write(
        "narrative/1-size/agreed.md",
        "So </script> and <!-- it is.\n",
    );
    sandbox.commit("a title");
    sandbox.run(["release", "v2026.03.0", "--draft"]).succeeds();
    let page = file(&sandbox, "media-draft.html");
    let scripts: Vec<&str> = page.split("<script").skip(1).collect();
    assert_eq!(scripts.len(), 1, "{page}");
    let data = scripts[0].split_once('>').expect("it opens").1;
    let data = data.split("</script>").next().expect("it ends");
    let data: serde_json::Value = serde_json::from_str(data).expect("it is JSON");
    assert_eq!(data["@graph"][0]["headline"], title);
    assert_eq!(page.matches("</script>").count(), 1);
}

#[test]
fn pages_that_not_everybody_can_read_are_not_released() {
    let sandbox = narrative();
    sandbox.write(
        "narrative/1-size/agreed.md",
        "Tech co-ops are few.\n\n# One\n\n### Three\n\n![](chart.png) and [](https://example.org).\n",
    );
    sandbox.commit("a picture");
    let run = sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .exits_with(1);
    run.says("a heading of level 3 follows one of level 1")
        .says("has no words for those who do not see it")
        .says("the link to `https://example.org` has no words");
    let config = sandbox.read("narrative/narrative.toml");
    sandbox.write(
        "narrative/narrative.toml",
        format!("language = \"\"\n{config}"),
    );
    sandbox
        .run(["check"])
        .exits_with(1)
        .says("error language-missing");
}

/// Editors and file systems spell a letter with an accent in two ways, and end lines in four; no writer ever sees it.
#[test]
fn what_nobody_can_see_is_no_change() {
    let sandbox = Sandbox::with_narrative();
    let agreed = "We are few in the caf\u{e9}.\n\nWe last.\n";
    sandbox.write("narrative/1-size/drafts/ana.md", agreed);
    sandbox.commit("a draft");
    sandbox.run(["merge", "1"]).succeeds();
    let theirs = "We are few in the cafe\u{301}.\r\n\u{85}We last.\r";
    sandbox.write("narrative/1-size/drafts/bo.md", theirs);
    sandbox.commit("the same in other bytes");
    sandbox
        .run(["diff", "1", "bo"])
        .succeeds()
        .says("no difference");
    sandbox
        .run(["merge", "1"])
        .succeeds()
        .says("no passages changed");
    assert_eq!(sandbox.read("narrative/1-size/agreed.md"), agreed);
}

/// A difference that no eye finds is named by its sign, whichever way it goes.
#[test]
fn what_nobody_can_see_and_is_another_sign_is_named() {
    for (sign, name) in [
        ("\u{ad}", "U+00AD"),
        ("\u{200b}", "U+200B"),
        ("\u{200d}", "U+200D"),
        ("\u{2060}", "U+2060"),
    ] {
        let plain = "We are a cooperative.\n".to_owned();
        let hidden = plain.replace("coop", &format!("co{sign}op"));
        for (agreed, draft, told) in [(&plain, &hidden, "added"), (&hidden, &plain, "removed")] {
            let sandbox = Sandbox::with_narrative();
            sandbox.write("narrative/1-size/agreed.md", agreed);
            sandbox.drafts(&[("bo", draft)]);
            let run = sandbox.run(["diff", "1", "bo"]).succeeds();
            let run = run.says(&format!("{name} {told}"));
            assert!(!run.stdout.contains(sign), "{run:?}");
        }
    }
}

#[test]
fn a_key_without_end_is_refused_at_once() {
    let key = "k".repeat(1_000_000);
    let draft = "narrative/1-size/drafts/bo.md";
    for (path, text) in [
        (draft, format!("---\n{key}: x\n---\n\nWe are small.\n")),
        ("narrative/roster.toml", format!("schema = 1\n{key} = 1\n")),
        (
            "narrative/roster.toml",
            format!("schema = 1\n[{}x]\n", "k.".repeat(500_000)),
        ),
    ] {
        let sandbox = Sandbox::with_narrative();
        sandbox.write(path, text);
        sandbox.commit("a key");
        for command in ["check", "status", "merge"] {
            let run = sandbox.onetext([command]).within(10).run().exits_with(1);
            let told = format!("{}{}", run.stdout, run.stderr);
            assert!(told.contains(path) && told.len() < 2_000, "{told:.2000}");
        }
    }
}

#[test]
fn front_matter_is_refused_with_its_line() {
    let sandbox = Sandbox::with_narrative();
    let alias_bomb = "---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n\nWe are small.\n";
    sandbox.write("narrative/1-size/drafts/bo.md", alias_bomb);
    sandbox.commit("a draft");
    for command in ["check", "merge"] {
        let run = sandbox.run([command]).exits_with(1);
        let told = format!("{}{}", run.stdout, run.stderr);
        assert!(told.contains("narrative/1-size/drafts/bo.md:1"), "{told}");
        assert!(told.contains("front matter"), "{told}");
    }
}
