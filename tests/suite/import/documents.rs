//! Documents of word processors: questions in headings and lists, tracked changes, comments, notes, and archives that
//! mean no good.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::asked;

pub fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .expect("it is in memory");
        archive.write_all(text.as_bytes()).expect("it is in memory");
    }
    archive.finish().expect("it is in memory").into_inner()
}

/// The names of the elements of a `.docx`.
pub const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                 xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// A paragraph of a `.docx`.
pub fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// The main part of a `.docx`.
pub fn document(body: &str) -> String {
    format!("<w:document {W}><w:body>{body}</w:body></w:document>")
}

/// A document with two numbered headings, a list, a link, a footnote, two tracked changes and a comment.
#[expect(clippy::too_many_lines, reason = "a document, part by part")]
pub fn docx() -> Vec<u8> {
    let paragraph = |style: &str, runs: &str| format!("<w:p><w:pPr>{style}</w:pPr>{runs}</w:p>");
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let heading =
        "<w:pStyle w:val=\"H\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";
    let item = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr>";
    let body = [
        paragraph("", &run("Our answers")),
        paragraph(heading, &run("Size")),
        paragraph(
            "",
            &format!(
                "{}<w:r><w:rPr><w:b/></w:rPr><w:t>forty</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r>{}\
                 <w:del w:id=\"1\" w:author=\"Chi\"><w:r><w:delText>people</w:delText></w:r></w:del>\
                 <w:ins w:id=\"2\" w:author=\"Dee\"><w:r><w:t>members</w:t></w:r></w:ins>{}",
                run("We are "),
                run(" "),
                run(".")
            ),
        ),
        paragraph(heading, &run("Values")),
        paragraph(
            item,
            &format!(
                "<w:commentRangeStart w:id=\"7\"/>{}<w:commentRangeEnd w:id=\"7\"/>",
                run("fair &amp; open")
            ),
        ),
        paragraph(item, &format!("<w:hyperlink r:id=\"r1\">{}</w:hyperlink>", run("ours"))),
    ]
    .concat();
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/></w:lvl>\
         </w:abstractNum><w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/></w:lvl>\
         </w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\">\
         <w:abstractNumId w:val=\"1\"/></w:num></w:numbering>"
    );
    let styles = format!(
        "<w:styles {W}><w:style w:styleId=\"H\"><w:name w:val=\"heading 1\"/></w:style></w:styles>"
    );
    let notes = format!(
        "<w:footnotes {W}><w:footnote w:id=\"2\"><w:p>{}</w:p></w:footnote></w:footnotes>",
        run("Counted in May.")
    );
    let comments = format!(
        "<w:comments {W}><w:comment w:id=\"7\" w:author=\"Eve\"><w:p>{}</w:p></w:comment></w:comments>",
        run("Really?")
    );
    archive(&[
        (
            "word/document.xml",
            &format!("<w:document {W}><w:body>{body}</w:body></w:document>"),
        ),
        ("word/numbering.xml", &numbering),
        ("word/styles.xml", &styles),
        ("word/footnotes.xml", &notes),
        ("word/comments.xml", &comments),
        (
            "word/_rels/document.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Target=\"https://example.org\"/></Relationships>",
        ),
    ])
}

/// A document with a numbered question, a numbered heading, a link, a footnote, two tracked changes and a comment.
pub fn odt() -> Vec<u8> {
    let content = "<o:document-content xmlns:o=\"o\"><o:automatic-styles>\
        <s:style s:name=\"T1\"><s:text-properties f:font-weight=\"bold\"/></s:style>\
        <t:list-style s:name=\"L1\"><t:list-level-style-number t:level=\"1\" s:num-format=\"1\"/></t:list-style>\
        </o:automatic-styles><o:body><o:text><t:tracked-changes>\
        <t:changed-region t:id=\"c1\"><t:insertion><o:change-info><d:creator>Dee</d:creator></o:change-info></t:insertion></t:changed-region>\
        <t:changed-region t:id=\"c2\"><t:deletion><o:change-info><d:creator>Chi</d:creator></o:change-info><t:p>people</t:p></t:deletion></t:changed-region>\
        </t:tracked-changes>\
        <t:p>Our answers</t:p>\
        <t:list t:style-name=\"L1\"><t:list-item><t:p>How big is the tech worker cooperative movement in your experience?</t:p></t:list-item></t:list>\
        <t:p>We are <t:span t:style-name=\"T1\">forty</t:span><t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>Counted in May.</t:p></t:note-body></t:note><t:s/><t:change t:change-id=\"c2\"/><t:change-start t:change-id=\"c1\"/>members<t:change-end t:change-id=\"c1\"/>.</t:p>\
        <t:h t:outline-level=\"2\">2. Values</t:h>\
        <t:p><o:annotation o:name=\"7\"><d:creator>Eve</d:creator><t:p>Really?</t:p></o:annotation>fair &amp; open<o:annotation-end o:name=\"7\"/> <t:a x:href=\"https://example.org\">ours</t:a></t:p>\
        </o:text></o:body></o:document-content>";
    archive(&[("content.xml", content)])
}

#[test]
fn a_docx_is_parted_and_its_changes_and_comments_are_told() {
    let sandbox = asked();
    sandbox.write("a.docx", docx());
    let before = sandbox.files();
    sandbox
        .run(["import", "a.docx", "--as", "bo", "--yes"])
        .exits_with(3)
        .says("We are **forty**[^1] people.")
        .says("  - fair & open\n  - [ours](https://example.org)")
        .says("Chi deleted: people")
        .says("Dee inserted: members")
        .says("Eve on “fair & open”: Really?")
        .says("--tracked accepted` or `--tracked original`");
    assert_eq!(sandbox.files(), before);
    sandbox
        .run([
            "import",
            "a.docx",
            "--as",
            "bo",
            "--yes",
            "--tracked",
            "accepted",
        ])
        .succeeds();
    assert_eq!(
        sandbox.read("narrative/1-big/drafts/bo.md"),
        "We are **forty**[^1] members.\n\n[^1]: Counted in May.\n"
    );
    let log = sandbox.git(["log", "-1", "--format=%B"]);
    for kept in [
        "Our answers",
        "Eve on “fair & open”: Really?",
        "Dee inserted “members”",
    ] {
        assert!(log.contains(kept), "{kept}: {log}");
    }
}

#[test]
fn an_odt_is_parted_and_its_changes_and_comments_are_told() {
    let sandbox = asked();
    sandbox.write("a.odt", odt());
    sandbox
        .run(["import", "a.odt", "--as", "bo", "--dry-run"])
        .succeeds()
        .says("We are **forty**[^1] people.")
        .says("fair & open [ours](https://example.org)")
        .says("Chi deleted: people")
        .says("Dee inserted: members")
        .says("Eve on “fair & open”: Really?")
        .says("Our answers");
    sandbox
        .run([
            "import",
            "a.odt",
            "--as",
            "bo",
            "--yes",
            "--tracked",
            "original",
        ])
        .succeeds();
    assert_eq!(
        sandbox.read("narrative/1-big/drafts/bo.md"),
        "We are **forty**[^1] people.\n\n[^1]: Counted in May.\n"
    );
}

/// A document with an answer of two paragraphs that Dee parted, struck words and a picture.
fn parted_by_dee() -> [(&'static str, Vec<u8>); 2] {
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let document = format!(
        "<w:document {W}><w:body><w:p><w:pPr><w:rPr><w:ins w:author=\"Dee\"/></w:rPr></w:pPr>{}</w:p>\
         <w:p>{}<w:r><w:rPr><w:strike/></w:rPr><w:t>Not.</w:t></w:r>\
         <w:r><w:drawing><w:docPr descr=\"A chart\"/></w:drawing></w:r></w:p></w:body></w:document>",
        run("1. We are forty."),
        run(" We grow. ")
    );
    let content = "<o:document-content><o:body><o:text><t:tracked-changes>\
        <t:changed-region t:id=\"c1\"><t:insertion><o:change-info><d:creator>Dee</d:creator></o:change-info></t:insertion></t:changed-region>\
        </t:tracked-changes><t:p>1. We are forty.<t:change-start t:change-id=\"c1\"/></t:p>\
        <t:p><t:change-end t:change-id=\"c1\"/> We grow. ~~Not.~~<g:frame><g:image/><v:desc>A chart</v:desc></g:frame></t:p>\
        </o:text></o:body></o:document-content>";
    [
        ("a.docx", archive(&[("word/document.xml", &document)])),
        ("a.odt", archive(&[("content.xml", content)])),
    ]
}

#[test]
fn the_tracked_end_of_a_paragraph_struck_words_and_pictures_are_told() {
    for (name, bytes) in parted_by_dee() {
        let sandbox = asked();
        sandbox.write(name, bytes);
        for (read, gap) in [("original", " "), ("accepted", "\n\n")] {
            let arguments = ["import", name, "--as", "bo", "--yes", "--replace"];
            let run = sandbox.run(arguments.into_iter().chain(["--tracked", read]));
            run.succeeds()
                .says("Dee inserted: ¶")
                .says("Attachments and pictures, which are not read\n  a picture: A chart");
            assert_eq!(
                sandbox.read("narrative/1-big/drafts/bo.md"),
                format!("We are forty.{gap}We grow. ~~Not.~~\n")
            );
        }
    }
}

#[test]
fn archives_that_mean_no_good_are_refused() {
    let sandbox = asked();
    let bomb = format!("<w>{}</w>", " ".repeat(17 * 1024 * 1024));
    let deep = format!("{}{}", "<w>".repeat(5_000), "</w>".repeat(5_000));
    let entities = "<!DOCTYPE w [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><w>&a;</w>";
    let refusals = [
        (bomb.as_str(), "bytes, and 16777216 are allowed"),
        (deep.as_str(), "too deep within each other"),
        (entities, "a document type"),
        ("<w>&nothing;</w>", "which is nothing"),
        ("<w>", "ends too early"),
    ];
    for (text, told) in refusals {
        sandbox.write("a.docx", archive(&[("word/document.xml", text)]));
        sandbox
            .run(["import", "a.docx", "--as", "bo"])
            .exits_with(2)
            .warns(told);
    }
    sandbox.write("a.zip", archive(&[("a.txt", "1. Small.")]));
    sandbox
        .run(["import", "a.zip", "--as", "bo"])
        .exits_with(2)
        .warns("no `.docx` and no `.odt`");
}
