//! Tracked changes: to accept them all gives the new text, to reject them all the old one.

use onetext::prose::Prose;
use onetext::prose::seen::{Known, Seen};
use onetext::prose::unit::{Kind, Mark};
use onetext::render::office::redline::{Redline, Text, docx, odt};

use super::reader::{Changes, Office};
use crate::sandbox::Sandbox;

/// Texts that differ from each other in every way that texts do.
const TEXTS: [&str; 16] = [
    "",
    "It is small. It grows.\n\nNobody counts it.\n",
    "It is tiny, and it grows.\n\nNobody counts it at all.\n",
    "Nobody counts it.\n\nIt is small. It grows.\n",
    "It is small.\n\nIt grows. Nobody counts it.\n",
    "# Size\n\nIt is small. It grows.\n\n- one\n- two\n\nNobody counts it.\n",
    "# How big\n\n1. one\n2. three\n\n> Nobody counts it.\n",
    "It grows. It is small. Nobody counts it.\n",
    "| a | b |\n| --- | --- |\n| 1 | 2 |\n\nIt is *small* [@s]. It grows.\n",
    "| a | b |\n| --- | --- |\n| 1 | 3 |\n\nIt is **small** [@t]. It “grows”.\n",
    "The fund supports local libraries. It is old.\n\nThe board approves all grants. It is new.\n",
    "The board approves most grants. It is new.\n\nThe fund supports local libraries. It is old.\n",
    "It is **small**[^a], says [the list](https://a.example) [@s; @t].\n\n[^a]: A *note*.\n",
    "It is small[^a], says [the **list**](https://b.example) [@t].\n\n- It **grows**.\n- [x] See `it`.\n\n[^a]: A note.\n",
    "- It is small, says [the list][l] [@s].\n- [ ] See it.\n\nIt *grows*.\n\n[l]: https://a.example\n",
    "## It is small, says [the list][l] [@s]\n\n1. It grows.\n\n```\n*a*\nb\n```\n\n[l]: https://b.example\n",
];

fn redline<'a>(before: &str, after: &str) -> Redline<'a> {
    Redline {
        title: "Tech co-ops",
        language: "en",
        before: "v2026.03.0",
        after: "v2026.03.1",
        date: "2026-03-01T12:00:00Z".parse().expect("it is a moment"),
        warning: None,
        sources: Vec::new(),
        quotes: Vec::new(),
        texts: vec![Text {
            number: 1,
            asked: "How big?".to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
        }],
    }
}

/// The paragraphs of a text as a reader sees them; the numbers of sources are left open.
fn paragraphs(text: &str) -> Vec<String> {
    let prose = Prose::parse(text);
    let known = Known::of(&prose);
    let mut out: Vec<String> = Vec::new();
    let mut begun = false;
    for unit in prose.units() {
        match unit.kind() {
            Kind::Mark(mark) => {
                out.push(match mark {
                    Mark::Footnote(label) => format!("{label} "),
                    Mark::Item {
                        task: Some(true), ..
                    } => "[done] ".to_owned(),
                    Mark::Item {
                        task: Some(false), ..
                    } => "[open] ".to_owned(),
                    _ => String::new(),
                });
                begun = false;
            }
            Kind::Opaque(_) => {
                let lines = Seen::lines(unit, &known);
                out.extend(lines.iter().map(|line| line.text().to_owned()));
            }
            Kind::Sentence => {
                let paragraph = out.last_mut().expect("a sentence stands in a paragraph");
                paragraph.push_str(if begun { " " } else { "" });
                paragraph.push_str(Seen::of(unit.text(), &known).text());
                begun = true;
            }
        }
    }
    out.iter().map(|words| unnumbered(words)).collect()
}

/// Words without the marks of footnotes and with the same sign for every source.
fn unnumbered(words: &str) -> String {
    let mut out = words.replace("[^a]", "a");
    for mark in ["[@s]", "[@t]", "[1]", "[2]"] {
        out = out.replace(mark, "[#]");
    }
    out
}

/// The paragraphs between the question and the closing line, without their styles.
fn answer(file: &Office, changes: Changes) -> Vec<String> {
    let words = file.paragraphs(changes);
    let words = words
        .iter()
        .filter_map(|line| line.split_once(": "))
        .map(|(_, words)| words);
    let after = words.skip_while(|words| *words != "How big?").skip(1);
    after
        .take_while(|words| !words.starts_with("To accept every change"))
        .map(unnumbered)
        .collect()
}

#[test]
fn accepted_is_the_new_text_and_rejected_the_old_one() {
    for before in TEXTS {
        for after in TEXTS {
            let redline = redline(before, after);
            for bytes in [docx(&redline), odt(&redline)] {
                let file = Office::open(&bytes);
                let pair = format!("{before:?} to {after:?} in {:?}", file.names[0]);
                if before == after {
                    let told = file.paragraphs(Changes::Accepted).join("\n");
                    assert!(told.contains("Nothing changed"), "{pair}");
                    continue;
                }
                assert_eq!(
                    answer(&file, Changes::Accepted),
                    paragraphs(after),
                    "{pair}"
                );
                assert_eq!(
                    answer(&file, Changes::Rejected),
                    paragraphs(before),
                    "{pair}"
                );
            }
        }
    }
}

#[test]
fn words_change_within_a_sentence_and_a_move_says_so() {
    let file = Office::open(&docx(&redline(TEXTS[1], TEXTS[3])));
    let body = file.part("word/document.xml");
    assert!(
        body.contains("w:author=\"Tech co-ops v2026.03.1 (moved)\""),
        "{body}"
    );
    assert!(body.contains("w:date=\"2026-03-01T12:00:00Z\""), "{body}");
    let file = Office::open(&docx(&redline("It is small.\n", "It is tiny.\n")));
    let body = file.part("word/document.xml");
    for part in [
        "<w:t xml:space=\"preserve\">It is </w:t>",
        "<w:delText xml:space=\"preserve\">small</w:delText>",
        "<w:t xml:space=\"preserve\">tiny</w:t>",
    ] {
        assert!(body.contains(part), "no {part} in {body}");
    }
    let file = Office::open(&odt(&redline("It is small.\n", "It is tiny.\n")));
    let body = file.part("content.xml");
    assert!(
        body.contains("<text:change-start text:change-id=\"change2\"/>"),
        "{body}"
    );
    assert!(
        body.contains("<dc:date>2026-03-01T12:00:00Z</dc:date>"),
        "{body}"
    );
}

#[test]
fn what_is_new_keeps_its_own_style_beside_what_is_gone() {
    let before = "- one\n- Spain comes third.\n\nThey meet once a year.\n";
    let after = "They meet once a year.\n\n- one\n- Portugal is new.\n";
    let redline = redline(before, after);
    let docx = Office::open(&docx(&redline)).paragraphs(Changes::Accepted);
    assert!(
        docx.contains(&"ListBullet: Portugal is new.".to_owned()),
        "{docx:#?}"
    );
    let odt = Office::open(&odt(&redline)).paragraphs(Changes::Accepted);
    assert!(
        odt.contains(&"List_20_Bullet: Portugal is new.".to_owned()),
        "{odt:#?}"
    );
}

#[test]
fn a_redline_is_written_once_and_says_where() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("narrative/1-size/agreed.md", "It is small.\n");
    sandbox.commit("a text");
    sandbox.git(["tag", "-a", "-m", "one", "v2026.03.0"]);
    sandbox.write("narrative/1-size/agreed.md", "It is tiny.\n");
    sandbox.commit("another text");
    sandbox.git(["tag", "-a", "-m", "two", "v2026.03.1"]);
    let before = sandbox.files();
    sandbox
        .run(["changes", "--format", "odt", "--dry-run"])
        .succeeds()
        .says("would write `changes-v2026.03.0-v2026.03.1.odt`");
    assert_eq!(sandbox.files(), before);
    let range = "2026.03.0..2026.03.1";
    for format in ["docx", "odt"] {
        let file = format!("redline.{format}");
        let call = [
            "changes", range, "--format", format, "--out", &file, "--json",
        ];
        let json = sandbox.run(call).json();
        assert_eq!(json["file"], file);
        let bytes = std::fs::read(sandbox.path().join(&file)).expect("it was written");
        assert_eq!(json["bytes"], bytes.len());
        let told = Office::open(&bytes)
            .paragraphs(Changes::Rejected)
            .join("\n");
        assert!(told.contains("It is small."), "{told}");
        sandbox.run(call).exits_with(2);
    }
}

#[test]
fn words_are_set_as_in_a_release_and_a_change_of_that_is_tracked() {
    let before = "It is small, says [the list](https://a.example) [@s].\n\nIt grows.\n";
    let after = "It is **small**, says [the list](https://b.example) [@s].\n\n- It grows.\n";
    let redline = redline(before, after);
    let docx = Office::open(&docx(&redline));
    let body = docx.part("word/document.xml");
    for part in [
        "<w:b/><w:rPrChange w:id=",
        "><w:rPr></w:rPr></w:rPrChange></w:rPr><w:t xml:space=\"preserve\">small</w:t>",
        "<w:pStyle w:val=\"BodyText\"/></w:pPr></w:pPrChange></w:pPr>",
        "<w:hyperlink w:anchor=\"source_1\"><w:r><w:rPr><w:rStyle w:val=\"Citation\"/></w:rPr>",
        "w:author=\"Tech co-ops v2026.03.1 (link)\"",
    ] {
        assert!(body.contains(part), "no {part} in {body}");
    }
    let odt = Office::open(&odt(&redline));
    let body = odt.part("content.xml");
    for part in [
        "<text:format-change>",
        "<text:p>now bold, was plain</text:p>",
        "<text:p>now item, was paragraph</text:p>",
        "<text:span text:style-name=\"Strong_20_Emphasis\">small</text:span>",
        "xlink:href=\"https://a.example\"",
        "xlink:href=\"#source-1\"",
    ] {
        assert!(body.contains(part), "no {part} in {body}");
    }
    for file in [docx, odt] {
        let told = file.paragraphs(Changes::Accepted).join("\n");
        assert!(!told.contains("**") && !told.contains("[@"), "{told}");
        assert!(told.contains("unknown source `s`."), "{told}");
    }
}
