//! Editions: what each audience gets, in every format, and what keeps one from being printed.

use crate::sandbox::Sandbox;

/// A narrative with an answer, everything that both audiences expect, and a quote by ana.
pub fn narrative() -> Sandbox {
    let sandbox = Sandbox::with_narrative();
    sandbox.git(["rm", "-rq", "narrative/2-values", "narrative/3-drivers"]);
    sandbox.write(
        "narrative/narrative.toml",
        "schema = 1\ntitle = \"Tech co-ops\"\nlicence = \"CC-BY-4.0\"\nstanding = \"We are a network.\"\n\n\
         [[contacts]]\nname = \"Press desk\"\nemail = \"press@example.org\"\nhours = \"9 to 17\"\n\
         out-of-hours = \"+44 0000 000000\"\n\n\
         [[spokespeople]]\nname = \"Bo Example\"\nrole = \"member of beta\"\nphone = \"+44 1111 111111\"\n\
         languages = [\"English\", \"Welsh\"]\nhours = \"reachable after noon\"\n\n\
         [editions.media]\naudience = \"media\"\nheadline = \"Small firms, owned by their workers\"\n\
         standfirst = \"What is known.\"\nlead = \"Tech co-ops are owned by those who work in them.\"\n\n\
         [editions.government]\naudience = \"government\"\nheadline = \"Evidence on tech co-ops\"\n\
         formats = [\"html\", \"docx\", \"odt\", \"text\", \"markdown\", \"json\"]\n\
         submitter = \"The network submits this.\"\nrecommendations = [\"Count them.\", \"Ask them.\"]\n",
    );
    sandbox.write(
        "narrative/sources.toml",
        "schema = 1\n[[sources]]\nid = \"list\"\nsays = \"S\"\nas-of = \"2026\"\ntitle = \"The list\"\n\
         url = \"https://example.org/list\"\ncaveat = \"Self-listed.\"\n",
    );
    sandbox.write(
        "narrative/quotes.toml",
        "schema = 1\n\n[[quotes]]\nid = \"say\"\nwords = \"I’ve had a say from day one.\"\nname = \"Ana Example\"\n\
         role = \"developer at alpha\"\n",
    );
    sandbox.write(
        "narrative/1-size/drafts/ana.md",
        "Tech co-ops are few: the list has 171 entries [@list]. It grows.\n\nWe know each other well.\n",
    );
    sandbox.commit("a draft");
    sandbox.run(["merge", "1"]).succeeds();
    sandbox
}

fn approved() -> Sandbox {
    let sandbox = narrative();
    sandbox
        .run(["approve", "say", "--until", "2026-12-31"])
        .succeeds()
        .says("is approved");
    sandbox
}

fn released(sandbox: &Sandbox, name: &str) -> String {
    sandbox.read(&format!("dist/2026.03.0/{name}"))
}

#[test]
fn the_media_get_a_press_release_in_order() {
    let sandbox = approved();
    sandbox.run(["check"]).succeeds().says("no findings");
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    let parts = [
        "FOR IMMEDIATE RELEASE",
        "Small firms, owned by their workers",
        "What is known.",
        "Tech co-ops are owned by those who work in them.",
        "What about size?",
        "the list has 171 entries [1]",
        "QUOTES",
        "“I’ve had a say from day one.”\n- Ana Example, developer at alpha\n  May be used to 31 December 2026.",
        "ENDS",
        "NOTES TO EDITORS",
        "[1] The list (2026). Self-listed.",
        "Out of hours: +44 0000 000000",
        "WHO SPEAKS",
        "Bo Example\nmember of beta\nSpeaks English, Welsh\nreachable after noon\n+44 1111 111111",
        "We are a network.",
        "Version 2026.03.0 of 1 March 2026. Licence: CC-BY-4.0.",
        "onetext verify 2026.03.0",
    ];
    let text = released(&sandbox, "media.txt");
    let mut at = 0;
    for part in parts {
        let found = text[at..].find(part);
        at += found.unwrap_or_else(|| panic!("no {part:?} after byte {at} of\n{text}"));
    }
    for name in ["media.html", "media.md"] {
        let page = released(&sandbox, name);
        for part in [
            "I’ve had a say from day one.",
            "Speaks English, Welsh",
            "ut of hours: +44 0000",
        ] {
            assert!(page.contains(part), "{name}: no {part:?} in\n{page}");
        }
    }
}

#[test]
fn government_gets_numbered_paragraphs_with_evidence_apart_from_experience() {
    let sandbox = approved();
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    let text = released(&sandbox, "government.txt");
    for part in [
        "1. The network submits this.",
        "2. Tech co-ops are few: the list has 171 entries [1]. It grows.",
        "3. [Experience] We know each other well.",
        "4. Count them.",
        "5. Ask them.",
        "Paragraphs that cite a source are evidence.",
    ] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    assert!(
        !text.contains("say from day one"),
        "a submission quotes nobody"
    );
    let page = released(&sandbox, "government.html");
    assert!(
        page.contains("<strong class=\"ground\">Experience</strong> "),
        "{page}"
    );
    let summary = page.find("Executive summary").expect("there is one");
    assert!(
        summary
            < page
                .find("What about size?</h2>")
                .expect("there is a heading")
    );
    let data: serde_json::Value =
        serde_json::from_str(&released(&sandbox, "government.json")).expect("it is JSON");
    let evidence = |at: usize| data["answers"][0]["passages"][at]["evidence"].clone();
    assert_eq!([evidence(0), evidence(1)], [true, false]);
}

#[test]
fn passages_have_anchors_that_stay_with_their_words() {
    let sandbox = narrative();
    sandbox.run(["release", "v2026.03.0", "--draft"]).succeeds();
    let anchor = |page: &str| {
        let at = page
            .find(">It grows.</span>")
            .expect("the passage is there");
        let start = page[..at].rfind("id=\"").expect("it has an anchor") + 4;
        page[start..at - 1].to_owned()
    };
    let before = anchor(&sandbox.read("dist/2026.03.0-draft.1/media-draft.html"));
    sandbox.write(
        "narrative/1-size/drafts/bo.md",
        "Nobody counts them all.\n\nIt grows.\n",
    );
    sandbox.write(
        "narrative/1-size/agreed.md",
        "Nobody counts them all.\n\nSo it is. It\ngrows.\n",
    );
    sandbox.commit("another text");
    sandbox.run(["release", "v2026.03.0", "--draft"]).succeeds();
    let after = anchor(&sandbox.read("dist/2026.03.0-draft.2/media-draft.html"));
    assert!(before.starts_with("q1-"), "{before}");
    assert_eq!(before, after);
}

const EMBARGO: &str = "09:00 on Wednesday 3 June 2026, London time (Europe/London, UTC+01:00)";

fn under_embargo() -> Sandbox {
    let sandbox = approved();
    let config = sandbox.read("narrative/narrative.toml").replace(
        "[editions.government]",
        "[editions.media.embargo]\ndate = \"2026-06-03\"\ntime = \"09:00\"\nzone = \"Europe/London\"\n\n\
         [editions.government]",
    );
    sandbox.write("narrative/narrative.toml", config);
    sandbox.commit("an embargo");
    sandbox
}

#[test]
fn an_embargo_is_shown_and_keeps_a_tag_from_being_made() {
    let sandbox = under_embargo();
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .exits_with(1)
        .says(&format!("under embargo until {EMBARGO}"))
        .says("--no-tag");
    assert!(!sandbox.has("dist"));
    sandbox
        .run(["release", "v2026.03.0", "--no-tag"])
        .succeeds();
    let page = released(&sandbox, "media.md");
    assert!(
        page.contains(&format!("EMBARGOED UNTIL {EMBARGO}")),
        "{page}"
    );
    let data: serde_json::Value =
        serde_json::from_str(&released(&sandbox, "media.json")).expect("it is JSON");
    assert_eq!(data["embargo"]["until"], "2026-06-03T08:00:00Z");
}

#[test]
fn an_embargo_that_has_passed_or_has_no_zone_is_found() {
    let sandbox = under_embargo();
    let later = sandbox.days_pass(100);
    later
        .run(["check"])
        .succeeds()
        .says("warning embargo-past")
        .says("has passed: 09:00 on Wednesday 3 June 2026");
    later
        .run(["release", "v2026.06.0", "--unsigned"])
        .succeeds();
    let page = sandbox.read("dist/2026.06.0/media.html");
    assert!(page.contains("FOR IMMEDIATE RELEASE"), "{page}");
    let config = sandbox.read("narrative/narrative.toml");
    sandbox.write(
        "narrative/narrative.toml",
        config.replace("zone = ", "# zone = "),
    );
    sandbox
        .run(["check"])
        .exits_with(1)
        .says("error embargo")
        .says("the embargo names no time zone");
}

#[test]
fn a_changed_or_expired_quote_keeps_a_release_from_being_made() {
    let sandbox = narrative();
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .exits_with(1)
        .says("the quote `say` of Ana Example is approved by nobody")
        .says("onetext approve say");
    sandbox
        .run(["approve", "say", "--until", "2026-03-31"])
        .succeeds();
    let text = sandbox.read("narrative/quotes.toml");
    sandbox.write("narrative/quotes.toml", text.replace("day one", "day two"));
    sandbox.commit("one word more or less");
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .exits_with(1)
        .says("has other words than those that were approved");
    sandbox.run(["release", "v2026.03.0", "--draft"]).succeeds();
    let page = sandbox.read("dist/2026.03.0-draft.1/media-draft.txt");
    assert!(
        !page.contains("day two"),
        "what nobody approved is not printed: {page}"
    );
    sandbox.write("narrative/quotes.toml", text);
    sandbox.commit("as it was");
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    sandbox
        .days_pass(31)
        .run(["release", "v2026.04.0", "--unsigned"])
        .exits_with(1)
        .says("was approved to a day that has passed");
}

#[test]
fn an_approval_is_a_commit_that_says_who_and_what() {
    let sandbox = narrative();
    sandbox
        .run(["approve"])
        .succeeds()
        .says("say is approved by nobody");
    let before = sandbox.files();
    sandbox
        .run(["approve", "say", "--dry-run"])
        .succeeds()
        .says("nothing is written");
    assert_eq!(sandbox.files(), before);
    sandbox
        .run(["approve", "sya"])
        .exits_with(2)
        .warns("did you mean `say`?");
    sandbox
        .run(["approve", "say", "--edition", "press"])
        .exits_with(2)
        .warns("the editions are government, media");
    sandbox
        .run(["approve", "say", "--until", "2026-02-28"])
        .exits_with(2)
        .warns("has passed already");
    sandbox
        .run(["approve", "say", "--by", "Alpha's board"])
        .succeeds();
    let said = sandbox.run(["approve", "--json"]).json();
    assert_eq!(said["quotes"][0]["clearance"], "approved");
    assert_eq!(said["quotes"][0]["approved"]["by"], "Alpha's board");
    assert_eq!(
        said["quotes"][0]["approved"]["as"],
        "Ana Example, developer at alpha"
    );
    let log = sandbox.git(["log", "-1", "--format=%s"]);
    assert_eq!(log.trim(), "quotes: say is approved");
}

#[test]
fn what_readers_require_is_found_with_its_line() {
    let sandbox = narrative();
    let config = sandbox
        .read("narrative/narrative.toml")
        .replace("out-of-hours", "# out-of-hours")
        .replace("lead = \"", "lead = \"All 12 of them agree. ")
        .replace("[\"Count them.\"", "[\"Count the 40.\"")
        .replace(
            "formats = [\"html\", \"docx\", \"odt\", \"text\", \"markdown\", \"json\"]",
            "most-words = 5\nformats = [\"json\"]",
        );
    sandbox.write("narrative/narrative.toml", config);
    sandbox.write(
        "narrative/1-size/agreed.md",
        format!(
            "It is small.\n\n1. One\n2. Two\n\nSee [there](notes.md). {}end.\n",
            "word ".repeat(40)
        ),
    );
    let quotes = sandbox.read("narrative/quotes.toml");
    let quotes = quotes.replace("day one.", "day one. It is 12 years. That is all. I say.");
    sandbox.write("narrative/quotes.toml", quotes);
    let run = sandbox.run(["check"]).exits_with(1);
    for said in [
        "narrative/narrative.toml:19: warning contact-out-of-hours",
        "narrative/narrative.toml:23: error figure-unsourced",
        "narrative/narrative.toml:28: error too-many-words",
        "narrative/narrative.toml:29: error pdf-alone",
        "narrative/narrative.toml:31: error figure-unsourced",
        "narrative/1-size/agreed.md:1: warning first-sentence-leans",
        "narrative/1-size/agreed.md:3: warning numbered-list",
        "narrative/1-size/agreed.md:6: warning outside-link",
        "narrative/1-size/agreed.md:6: warning sentence-length",
        "narrative/quotes.toml:4: error figure-unsourced",
        "narrative/quotes.toml:4: warning quote-approval",
        "narrative/quotes.toml:4: warning quote-points",
    ] {
        assert!(run.stdout.contains(said), "no {said:?} in\n{}", run.stdout);
    }
}

#[test]
fn plain_text_fits_into_an_e_mail() {
    let sandbox = approved();
    let address = format!("https://example.org/{}", "a".repeat(80));
    sandbox.write(
        "narrative/1-size/agreed.md",
        format!(
            "Tech co-ops are few. See [the list]({address}) and {}.\n\n| a | b |\n| --- | --- |\n| {} | c |\n\n\
             ```\n{}\n```\n\n- {}\n\n> {}\n",
            "word".repeat(30),
            "cell ".repeat(30),
            "code ".repeat(30),
            "item ".repeat(30),
            "quote ".repeat(30),
        ),
    );
    sandbox.commit("a wide text");
    sandbox.run(["release", "v2026.03.0", "--draft"]).succeeds();
    for name in ["media-draft.txt", "government-draft.txt"] {
        let text = sandbox.read(&format!("dist/2026.03.0-draft.1/{name}"));
        for line in text.lines() {
            let alone = line.trim() == format!("({address})");
            assert!(alone || line.chars().count() <= 72, "{name}: {line:?}");
            assert_eq!(line.trim_end(), line, "{name}");
        }
        assert!(!text.contains("\n\n\n\n"), "{name}:\n{text}");
    }
}

#[test]
fn json_keeps_to_its_schema_and_html_says_the_same_as_data() {
    let sandbox = approved();
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    let schema: serde_json::Value =
        serde_json::from_str(&released(&sandbox, "edition.schema.json")).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    for edition in ["media", "government"] {
        let data: serde_json::Value =
            serde_json::from_str(&released(&sandbox, &format!("{edition}.json")))
                .expect("it is JSON");
        let wrong: Vec<String> = validator
            .iter_errors(&data)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{edition}: {wrong:#?}");
        let mut forged = data.clone();
        forged["draft"] = serde_json::json!("no");
        assert!(
            !validator.is_valid(&forged),
            "the schema insists on nothing"
        );
        let page = released(&sandbox, &format!("{edition}.html"));
        let linked = linked(&page);
        let [article, questions] = [&linked["@graph"][0], &linked["@graph"][1]];
        assert_eq!(article["@type"], "Article");
        assert_eq!(article["headline"], data["headline"]);
        assert_eq!(article["version"], "2026.03.0");
        assert_eq!(article["creditText"], data["status"]);
        assert_eq!(questions["@type"], "FAQPage");
        assert_eq!(questions["mainEntity"][0]["name"], "What about size?");
        assert_eq!(
            questions["mainEntity"][0]["acceptedAnswer"]["text"],
            "Tech co-ops are few: the list has 171 entries. It grows.\nWe know each other well."
        );
    }
}

/// The data of a page; it must be the only script element.
fn linked(page: &str) -> serde_json::Value {
    let scripts: Vec<&str> = page.split("<script").skip(1).collect();
    let [script] = scripts.as_slice() else {
        panic!("{} script elements in\n{page}", scripts.len());
    };
    let data = script.strip_prefix(" type=\"application/ld+json\">");
    let data = data.expect("it is data").split("</script>").next();
    serde_json::from_str(data.expect("it ends")).expect("it is JSON")
}
