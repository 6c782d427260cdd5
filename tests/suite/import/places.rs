//! Lists, tables, notes and what else says in documents and pages where words belong.

use super::documents::{W, archive, document, paragraph};
use super::{asked, drafts, parted};

fn item(list: usize, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>\
         <w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

fn cell(text: &str) -> String {
    format!("<w:tc>{}</w:tc>", paragraph(text))
}

fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let body = document(body);
    archive(&[&[("word/document.xml", body.as_str())], parts].concat())
}

fn odt(styles: &str, body: &str) -> Vec<u8> {
    let content = format!(
        "<o:document-content><o:automatic-styles>{styles}</o:automatic-styles><o:body><o:text>{body}</o:text>\
         </o:body></o:document-content>"
    );
    archive(&[("content.xml", &content)])
}

#[test]
fn lists_begin_with_the_number_that_they_say() {
    let levels = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"3\"/>\
        <w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum>";
    let numbering = format!(
        "<w:numbering {W}>{levels}<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\">\
         <w:startOverride w:val=\"6\"/></w:lvlOverride></w:num></w:numbering>"
    );
    let body = [
        item(1, "Free."),
        item(1, "None."),
        item(2, "Both."),
        item(2, "All."),
    ]
    .concat();
    let bytes = docx(&body, &[("word/numbering.xml", &numbering)]);
    assert_eq!(
        drafts("a.docx", &bytes),
        "3: Free. | 4: None. | 6: Both. | 7: All."
    );
    let styles = "<t:list-style s:name=\"L\"><t:list-level-style-number t:level=\"1\" s:num-format=\"1\" \
        t:start-value=\"3\"/></t:list-style>";
    let body = "<t:list t:style-name=\"L\"><t:list-item><t:p>Free.</t:p></t:list-item><t:list-item><t:p>None.</t:p>\
        </t:list-item></t:list>";
    assert_eq!(drafts("a.odt", &odt(styles, body)), "3: Free. | 4: None.");
    let page = b"<ol start=3><li>Free.<li>None.<li value=7>All.</ol>";
    assert_eq!(drafts("a.html", page), "3: Free. | 4: None. | 7: All.");
}

#[test]
fn answers_below_quoted_lists_that_go_on_are_placed() {
    let question = |number: usize| &super::QUESTIONS.lines().nth(3 + number).unwrap()[2..];
    let part = |number: usize, question: &str, answer: &str| {
        format!(
            "<blockquote><ol start={number}><li>{question}</li></ol></blockquote><div>{answer}</div>"
        )
    };
    // The third is known by nothing but its number.
    let page = [
        part(1, question(1), "Small."),
        part(2, question(2), "Fair."),
        part(3, "Drivers?", "Free."),
    ];
    let page = page.concat();
    assert_eq!(
        drafts("a.html", page.as_bytes()),
        "1: Small. | 2: Fair. | 3: Free."
    );
}

#[test]
fn a_table_of_questions_and_answers_is_parted() {
    let question = |number: usize| super::QUESTIONS.lines().nth(3 + number).unwrap();
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let long = format!("<w:tc>{}{}</w:tc>", paragraph("Small."), paragraph("Very."));
    let body = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(&[cell(question(1)), long]),
        row(&[cell(&question(2)[2..]), cell("Fair.")])
    );
    assert_eq!(
        drafts("a.docx", &docx(&body, &[])),
        "1: Small.\n\nVery. | 2: Fair."
    );
    let page = "<head><style>p{}</style><body><p>Hi,</p><table><tr><td>1</td><td>Small.</td></tr><tr><td>2</td>\
        <td>Fair pay.</td></tr></table>";
    assert_eq!(
        drafts("a.html", page.as_bytes()),
        "1: Small. | 2: Fair pay."
    );
}

#[test]
fn no_row_and_no_cell_of_a_table_is_lost() {
    let wrapped = |inner: &str| format!("<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>");
    let row = |cells: &str| format!("<w:tr>{cells}</w:tr>");
    let body = format!(
        "{}<w:tbl>{}{}{}</w:tbl>",
        paragraph("1. See:"),
        row(&(cell("what") + &cell("how many"))),
        wrapped(&row(&(cell("a|b") + &cell("nine")))),
        row(&(wrapped(&cell("c")) + &cell("ten")))
    );
    assert_eq!(
        drafts("a.docx", &docx(&body, &[])),
        "1: See:\n\n| what | how many |\n| --- | --- |\n| a\\|b | nine |\n| c | ten |"
    );
}

/// Reads a document with and without its changes, and gives both answers and what is told of the changes.
fn both(name: &str, bytes: Vec<u8>) -> [String; 3] {
    let sandbox = asked();
    sandbox.write(name, bytes);
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().trim().to_owned();
    let mut told = String::new();
    let [original, accepted] = ["original", "accepted"].map(|which| {
        let run = [
            "import",
            name,
            "--as",
            "bo",
            "--dry-run",
            "--json",
            "--tracked",
            which,
        ];
        let json = sandbox.run(run).json();
        let changes = json["changes"].as_array().expect("a list").iter();
        let changes = changes.map(|it| format!("{} {}", text(&it["change"]), text(&it["words"])));
        told = changes.collect::<Vec<_>>().join(", ");
        text(&json["drafts"][0]["text"])
    });
    [original, accepted, told]
}

#[test]
fn changes_in_notes_are_told_and_not_applied_unseen() {
    let notes = format!(
        "<w:footnotes {W}><w:footnote w:id=\"1\"><w:p><w:r><w:t>It is </w:t></w:r>\
         <w:del w:author=\"Bo\"><w:r><w:delText>40</w:delText></w:r></w:del>\
         <w:ins w:author=\"Bo\"><w:r><w:t>400</w:t></w:r></w:ins></w:p></w:footnote></w:footnotes>"
    );
    let body =
        "<w:p><w:r><w:t>1. Small.</w:t></w:r><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>";
    assert_eq!(
        both("a.docx", docx(body, &[("word/footnotes.xml", &notes)])),
        [
            "Small.[^1]\n\n[^1]: It is 40",
            "Small.[^1]\n\n[^1]: It is 400",
            "deleted 40, inserted 400"
        ]
    );
}

#[test]
fn changes_of_rows_are_told_and_not_applied_unseen() {
    let rows = format!(
        "<w:tr>{}{}</w:tr><w:tr><w:trPr><w:ins w:author=\"Bo\"/></w:trPr>{}{}</w:tr><w:tr>{}{}</w:tr>",
        cell("a"),
        cell("b"),
        cell("new"),
        cell("row"),
        cell("c"),
        cell("d")
    );
    let body = format!("{}<w:tbl>{rows}</w:tbl>", paragraph("1. See:"));
    let [original, accepted, told] = both("a.docx", docx(&body, &[]));
    assert_eq!(original, "See:\n\n| a | b |\n| --- | --- |\n| c | d |");
    assert_eq!(
        accepted,
        "See:\n\n| a | b |\n| --- | --- |\n| new | row |\n| c | d |"
    );
    assert_eq!(told, "inserted new¶row¶");
}

#[test]
fn a_deletion_of_several_paragraphs_is_read_as_they_stood() {
    let region = |id: &str, change: &str| {
        format!("<t:changed-region t:id=\"{id}\">{change}</t:changed-region>")
    };
    let changes = region("c1", "<t:insertion/>")
        + &region(
            "c2",
            "<t:deletion><t:p> people.</t:p><t:p>We grow</t:p></t:deletion>",
        );
    let body = format!(
        "<t:tracked-changes>{changes}</t:tracked-changes><t:p>1. Small<t:note><t:note-body><t:p>Old\
         <t:change-start t:change-id=\"c1\"/> new<t:change-end t:change-id=\"c1\"/><o:annotation><d:creator>Chi\
         </d:creator><t:p>really?</t:p></o:annotation></t:p></t:note-body></t:note><t:change t:change-id=\"c2\"/>.</t:p>"
    );
    assert_eq!(
        both("a.odt", odt("", &body)),
        [
            "Small[^1] people.\n\nWe grow.\n\n[^1]: Old",
            "Small[^1].\n\n[^1]: Old new",
            "inserted new, deleted people.¶We grow"
        ]
    );
}

#[test]
fn signs_of_fonts_and_what_stands_on_every_page_are_told() {
    let sign = |code: &str| format!("<w:sym w:font=\"Wingdings\" w:char=\"{code}\"/>");
    let body = format!(
        "<w:p><w:r><w:t>1. Done </w:t>{}{}</w:r></w:p>",
        sign("F0FC"),
        sign("F021")
    );
    let foot = format!("<w:ftr {W}>{}</w:ftr>", paragraph("Words by Ana"));
    let sandbox = asked();
    sandbox.write("a.docx", docx(&body, &[("word/footer1.xml", &foot)]));
    sandbox
        .run(["import", "a.docx", "--as", "bo", "--yes"])
        .succeeds()
        .says("a sign of the font Wingdings")
        .says("the foot of the pages: Words by Ana");
    assert_eq!(
        sandbox.read("narrative/1-big/drafts/bo.md"),
        "Done \u{2713}\u{fffd}\n"
    );
    let log = sandbox.git(["log", "-1", "--format=%B"]);
    assert!(log.contains("Words by Ana"), "{log}");
}

#[test]
fn a_page_keeps_its_words_without_the_end_of_its_head_and_struck_words_stay_struck() {
    let page =
        b"<html><head><title>t</title><body><p>1. We <s>hate</s> <del>fear</del> like it.</p>";
    let (placed, rest) = parted("a.html", page);
    assert_eq!(
        (placed.as_str(), rest.as_str()),
        ("1: We ~~hate~~ ~~fear~~ like it.", "")
    );
}
