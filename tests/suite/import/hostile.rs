//! Letters and documents that mean harm: by their weight, or by signs that move the cursor.

#![expect(
    clippy::disallowed_types,
    reason = "how long it takes is what is tested"
)]

use std::time::{Duration, Instant};

use onetext::reply::line::lines;
use onetext::reply::split::{Asked, Manner, split};
use onetext::reply::{ReadError, Tracking, read};

use super::asked;
use super::documents::{W, archive, document, paragraph};

/// The longest that any reply may take here, where nothing is compiled for speed.
const LONGEST: Duration = Duration::from_secs(20);

#[test]
fn many_numbers_are_parted_in_little_time() {
    let asked: Vec<Asked> = super::QUESTIONS
        .lines()
        .filter(|line| line.starts_with(|sign: char| sign.is_ascii_digit()))
        .zip(1..)
        .map(|(line, number)| Asked {
            number,
            name: format!("q{number}"),
            text: line[2..].to_owned(),
        })
        .collect();
    assert_eq!(asked.len(), 8);
    let many = [
        "1.\n".repeat(80_000),
        "2 A\n\n".repeat(50_000),
        "1. How\n".repeat(35_000),
        "# q1\n\n2 A\n\n".repeat(20_000),
        format!("> {}\n\nA\n\n", asked[0].text).repeat(1_000),
    ];
    for text in many {
        let begun = Instant::now();
        let split = split(&lines(&text), &asked, None, Manner::Letter);
        assert!(begun.elapsed() < LONGEST, "{:?}", &text[..9]);
        assert!(!(split.answers.is_empty() && split.rest.is_empty()));
    }
}

#[test]
fn all_parts_of_a_document_share_one_limit() {
    let empty = format!("<w {W}>{}</w>", "<a/>".repeat(200_000));
    let parts = ["numbering", "footnotes", "endnotes", "styles"];
    let names = parts.map(|part| format!("word/{part}.xml"));
    let body = document(&paragraph("1. a"));
    let mut all: Vec<(&str, &str)> = vec![("word/document.xml", &body)];
    all.extend(names.iter().map(|name| (name.as_str(), empty.as_str())));
    let broken = read("a.docx", &archive(&all), Tracking::Original);
    let told = ReadError::Broken("it has too many elements".to_owned());
    assert_eq!(broken.unwrap_err(), told);
    let many: String = (0..300).map(|at| format!(" a{at}=\"\"")).collect();
    let broken = read(
        "a.docx",
        &archive(&[("word/document.xml", &format!("<w{many}/>"))]),
        Tracking::Original,
    );
    let told = ReadError::Broken("an element of it has too many attributes".to_owned());
    assert_eq!(broken.unwrap_err(), told);
}

#[test]
fn comments_that_are_all_open_at_once_cost_little() {
    let ids = 0..3_000;
    let comment = |id| {
        format!(
            "<w:comment w:id=\"{id}\" w:author=\"x\">{}</w:comment>",
            paragraph("c")
        )
    };
    let comments: String = ids.clone().map(comment).collect();
    let open: String = ids
        .map(|id| format!("<w:commentRangeStart w:id=\"{id}\"/>"))
        .collect();
    let words = "<w:r><w:t>a </w:t></w:r>".repeat(3_000);
    let body = document(&format!(
        "<w:p>{open}<w:r><w:t>1. </w:t></w:r>{words}</w:p>"
    ));
    let comments = format!("<w:comments {W}>{comments}</w:comments>");
    let bytes = archive(&[
        ("word/document.xml", &body),
        ("word/comments.xml", &comments),
    ]);
    let begun = Instant::now();
    let reply = read("a.docx", &bytes, Tracking::Original).unwrap();
    assert!(begun.elapsed() < LONGEST);
    assert_eq!(reply.comments.len(), 3_000);
    assert!(reply.comments[0].about.starts_with("1. a a"));
    assert!(reply.comments[0].about.ends_with('…'));
}

#[test]
fn no_sign_that_moves_the_cursor_stands_in_the_message_of_the_commit() {
    let sandbox = asked();
    let comments = format!(
        "<w:comments {W}><w:comment w:id=\"1\" w:author=\"Bo\u{1b}[31m\">{}</w:comment></w:comments>",
        paragraph("red\u{1b}[31m \u{202e}turned")
    );
    let body = document(
        "<w:p><w:commentRangeStart w:id=\"1\"/><w:r><w:t>1. Small.</w:t></w:r><w:commentRangeEnd w:id=\"1\"/>\
         <w:del w:author=\"Chi\u{202e}\"><w:r><w:delText>\u{1b}[2J</w:delText></w:r></w:del></w:p>",
    );
    let bytes = archive(&[
        ("word/document.xml", &body),
        ("word/comments.xml", &comments),
    ]);
    let name = "a\u{202e}b.docx";
    sandbox.write(name, bytes);
    let run = [
        "import",
        name,
        "--as",
        "bo",
        "--yes",
        "--tracked",
        "accepted",
    ];
    sandbox.run(run).succeeds();
    let log = sandbox.git(["log", "-1", "--format=%B"]);
    assert!(log.contains("from a<U+202E>b.docx"), "{log}");
    assert!(
        log.contains("Bo<U+001B>[31m on “1. Small.”: red<U+001B>[31m <U+202E>turned"),
        "{log}"
    );
    assert!(log.contains("Chi<U+202E> deleted “<U+001B>[2J”"), "{log}");
    assert!(!log.contains(['\u{1b}', '\u{202e}']), "{log}");
}
