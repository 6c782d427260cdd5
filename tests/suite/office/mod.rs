//! Office files: what a word processor finds in them, the same bytes twice, nothing that computes.

pub mod reader;
mod redlines;

use crate::sandbox::Sandbox;
use reader::{Changes, Office};

const RELEASE: &str = "dist/2026.03.0-draft.1";

/// A text with one of each thing that a text can have.
const TEXT: &str = "\
It is small[^one], and it grows [@s]. Nobody *counts* it.

## Where

- one
- two
  1. inner

> As they say.

| what | how many |
| --- | --- |
| firms | **12** |

    cargo  run

Again[^one][^two], see [here](https://example.org/a?b=c&d=[e]).

[^one]: Twelve `firms`[^nested].

[^nested]: Or so.

[^two]: We asked.
";

/// A draft release of a text, in an edition for each audience.
fn released(text: &str) -> Sandbox {
    let sandbox = Sandbox::with_narrative();
    sandbox.write(
        "narrative/narrative.toml",
        "schema = 1\ntitle = \"Tech <co-ops>\"\nlanguage = \"en-GB\"\n\
         [editions.government]\naudience = \"government\"\nquestions = [1]\n\
         [editions.media]\naudience = \"media\"\nquestions = [1]\n\
         formats = [\"docx\", \"odt\"]\n",
    );
    sandbox.write(
        "narrative/sources.toml",
        "schema = 1\n[[sources]]\nid = \"s\"\nsays = \"x\"\nas-of = \"2026\"\ntitle = \"T & T\"\n\
         url = \"https://example.org\"\nreview = \"2027-04-01\"\n",
    );
    sandbox.write("narrative/1-size/agreed.md", text);
    sandbox.commit("a text");
    sandbox.run(["release", "v2026.03.0", "--draft"]).succeeds();
    sandbox
}

fn office(sandbox: &Sandbox, name: &str) -> Office {
    Office::open(&bytes(sandbox, &format!("{RELEASE}/{name}")))
}

fn bytes(sandbox: &Sandbox, path: &str) -> Vec<u8> {
    std::fs::read(sandbox.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The paragraphs of both formats, which must read alike.
fn told(sandbox: &Sandbox, edition: &str) -> Vec<String> {
    let read = |ending: &str| {
        let file = office(sandbox, &format!("{edition}-draft.{ending}"));
        file.paragraphs(Changes::Accepted)
    };
    let (docx, odt) = (read("docx"), read("odt"));
    let words = |told: &[String]| -> Vec<String> {
        let words = told
            .iter()
            .map(|line| line.split_once(": ").map(|(_, words)| words));
        words.flatten().map(str::to_owned).collect()
    };
    assert_eq!(words(&docx), words(&odt));
    docx
}

#[test]
fn an_edition_has_real_styles() {
    let sandbox = released(TEXT);
    let told = told(&sandbox, "media");
    let expected = [
        "Opening: DRAFT, NOT FOR PUBLICATION",
        "Title: Tech <co-ops>",
        "Heading1: 1. What about size?",
        // Between the marks of two footnotes stands a comma of its own.
        "BodyText: It is small,, and it grows[1]. Nobody counts it.",
        "Heading3: Where",
        "ListBullet: one",
        "ListBullet: two",
        "ListNumber: inner",
        "Quote: As they say.",
        "TableCell: what",
        "TableCell: how many",
        "TableCell: firms",
        "TableCell: 12",
        "CodeBlock: cargo  run",
        "Ends: ENDS",
        "Heading1: Notes to editors",
        "Source: T & T (2026). ↩",
        "Heading1: This version",
    ];
    for line in expected {
        assert!(
            told.iter().any(|told| told == line),
            "no {line} in {told:#?}"
        );
    }
}

#[test]
fn footnotes_are_footnotes_and_a_second_use_is_a_field() {
    let sandbox = released(TEXT);
    let docx = office(&sandbox, "government-draft.docx");
    let body = docx.part("word/document.xml");
    for number in 1..=3 {
        let anchor = format!("<w:footnoteReference w:id=\"{number}\"/>");
        assert_eq!(body.matches(&anchor).count(), 1, "{anchor}");
        let note = format!("<w:footnote w:id=\"{number}\">");
        assert!(docx.part("word/footnotes.xml").contains(&note), "{note}");
    }
    assert!(body.contains("NOTEREF footnote_1 "), "{body}");
    assert!(body.contains("<w:numFmt w:val=\"lowerLetter\"/>"), "{body}");
    let odt = office(&sandbox, "government-draft.odt");
    let body = odt.part("content.xml");
    assert_eq!(body.matches("<text:note ").count(), 3, "{body}");
    assert!(
        body.contains("text:ref-name=\"footnote-1\">a</text:note-ref>"),
        "{body}"
    );
    assert!(odt.part("styles.xml").contains("style:num-format=\"a\""));
}

#[test]
fn paragraphs_for_government_are_numbered_by_the_word_processor() {
    let sandbox = released("One.\n\nTwo.\n");
    let docx = office(&sandbox, "government-draft.docx");
    let body = docx.part("word/document.xml");
    assert_eq!(
        body.matches("<w:pStyle w:val=\"NumberedParagraph\"/>")
            .count(),
        2
    );
    let odt = office(&sandbox, "government-draft.odt");
    let numbered =
        "<text:list text:style-name=\"Numbered\"><text:list-item text:start-value=\"2\">";
    assert!(odt.part("content.xml").contains(numbered));
}

#[test]
fn properties_and_every_page_say_what_it_is() {
    let sandbox = released("One.\n");
    let docx = office(&sandbox, "media-draft.docx");
    let odt = office(&sandbox, "media-draft.odt");
    for (header, footer) in [
        (docx.part("word/header1.xml"), docx.part("word/footer1.xml")),
        (odt.part("styles.xml"), odt.part("styles.xml")),
    ] {
        assert!(header.contains("Draft: not agreed"), "{header}");
        assert!(
            footer.contains("Version 2026.03.0-draft.1 of 1 March 2026"),
            "{footer}"
        );
    }
    for properties in [docx.part("docProps/core.xml"), odt.part("meta.xml")] {
        assert!(
            properties.contains("<dc:title>Tech &lt;co-ops&gt;</dc:title>"),
            "{properties}"
        );
        assert!(
            properties.contains("<dc:language>en-GB</dc:language>"),
            "{properties}"
        );
        assert!(properties.contains("2026-03-01T"), "{properties}");
    }
    assert!(
        docx.part("word/styles.xml")
            .contains("w:lang w:val=\"en-GB\"")
    );
    assert!(odt.part("styles.xml").contains("fo:language=\"en\""));
    assert!(odt.part("styles.xml").contains("fo:country=\"GB\""));
}

#[test]
fn entries_are_sorted_and_odt_says_first_what_it_is() {
    let sandbox = released("One.\n");
    let docx = office(&sandbox, "media-draft.docx");
    assert!(docx.names.is_sorted(), "{:?}", docx.names);
    let odt = office(&sandbox, "media-draft.odt");
    assert_eq!(odt.names[0], "mimetype");
    assert!(odt.names[1..].is_sorted(), "{:?}", odt.names);
    let start = bytes(&sandbox, &format!("{RELEASE}/media-draft.odt"));
    assert_eq!(
        &start[30..77],
        b"mimetypeapplication/vnd.oasis.opendocument.text"
    );
}

#[test]
fn the_same_bytes_come_out_anywhere_and_they_verify() {
    let (here, there) = (released(TEXT), Sandbox::new());
    there.git(["clone", "-q", &here.path().to_string_lossy(), "."]);
    let release = [
        "release",
        "v2026.03.0",
        "--draft",
        "--no-tag",
        "--out",
        "out",
    ];
    for (sandbox, zone) in [(&here, "Pacific/Kiritimati"), (&there, "America/Adak")] {
        let call = sandbox
            .onetext(release)
            .with("TZ", zone)
            .with("LC_ALL", "C");
        call.run().succeeds();
    }
    for name in [
        "media-draft.docx",
        "media-draft.odt",
        "government-draft.docx",
        "government-draft.odt",
    ] {
        let path = format!("out/{name}");
        assert_eq!(bytes(&here, &path), bytes(&there, &path), "{name}");
        let sums = here.read(&format!("{RELEASE}/SHA256SUMS"));
        assert!(sums.contains(name), "{sums}");
    }
    here.run(["verify", "v2026.03.0-draft.1", "--unsigned"])
        .succeeds()
        .says("same media-draft.docx")
        .says("same government-draft.odt");
}

#[test]
fn what_looks_like_a_field_or_like_xml_is_literal() {
    let hostile = "=HYPERLINK(\"http://evil.example\") ]]> &lt;w:p/&gt; &amp;amp; <w:t>x</w:t> {author} </text:p> \
                   {{7*7}} {% raw %} {% include \"/etc/passwd\" %}.";
    let sandbox = released(&format!("{hostile}\n"));
    let told = told(&sandbox, "media").join("\n");
    let literal = "=HYPERLINK(\"http://evil.example\") ]]> <w:p/> &amp; <w:t>x</w:t> {author} </text:p> \
         {{7*7}} {% raw %} {% include \"/etc/passwd\" %}.";
    assert!(told.contains(literal), "{told}");
    for name in ["media-draft.docx", "media-draft.odt"] {
        let file = office(&sandbox, name);
        for part in &file.names {
            let text = file.part(part).to_lowercase();
            for active in [
                "vba",
                "macro",
                "script:",
                "<w:object",
                "<w:instrtext",
                "ddeauto",
            ] {
                assert!(!text.contains(active), "{name}: {part}: {active}");
            }
        }
    }
}

#[test]
fn addresses_that_run_are_no_links_and_their_words_stay() {
    let sandbox = released(
        "See [one](javascript:alert(1)), [two](JAVASCRIPT&colon;x), [three](data:text/html,x), [four](vbscript:x), \
         [five](<java\tscript:x>), [six](java&#10;script:x) and [here](https://example.org/h).\n",
    );
    let told = told(&sandbox, "media").join("\n");
    let words = "See one, two, three, four, five, six and here.";
    assert!(told.contains(words), "{told}");
    for (name, part, link) in [
        (
            "media-draft.docx",
            "word/_rels/document.xml.rels",
            "Target=\"",
        ),
        ("media-draft.odt", "content.xml", "xlink:href=\""),
    ] {
        let file = office(&sandbox, name);
        let links: Vec<&str> = file.part(part).split(link).skip(1).collect();
        assert!(
            links
                .iter()
                .any(|link| link.starts_with("https://example.org/h\"")),
            "{links:?}"
        );
        for active in ["javascript", "vbscript", "data:", "java"] {
            let runs = |link: &&str| link.to_lowercase().starts_with(active);
            assert!(!links.iter().any(runs), "{name}: {links:?}");
        }
    }
}

#[test]
fn controls_are_refused_before_they_are_written() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("narrative/1-size/agreed.md", "It is \u{b}small.\n");
    sandbox.commit("a text");
    let run = sandbox.run(["release", "v2026.03.0", "--draft"]);
    run.exits_with(1).warns("U+000B");
}

#[test]
fn a_source_leads_back_to_where_it_is_cited() {
    let sandbox = released(
        "It is small [@s], and it grows [@s].\n\nNobody counts it[^a].\n\n[^a]: So they say [@s].\n",
    );
    for edition in ["media", "government"] {
        let docx = office(&sandbox, &format!("{edition}-draft.docx"));
        let parts = docx.part("word/document.xml").to_owned() + docx.part("word/footnotes.xml");
        let odt = office(&sandbox, &format!("{edition}-draft.odt"));
        let content = odt.part("content.xml");
        for at in 1..=3 {
            for (text, link, place) in [
                (
                    parts.as_str(),
                    format!("w:anchor=\"cite_1_{at}\""),
                    format!("w:name=\"cite_1_{at}\""),
                ),
                (
                    content,
                    format!("xlink:href=\"#cite-1-{at}\""),
                    format!("text:name=\"cite-1-{at}\""),
                ),
            ] {
                assert_eq!(text.matches(&link).count(), 1, "{edition}: {link}");
                assert_eq!(text.matches(&place).count(), 1, "{edition}: {place}");
            }
        }
    }
}
