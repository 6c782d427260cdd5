//! No word of a reply is lost, and no bytes break the readers.

use std::collections::BTreeMap;

use onetext::reply::line::lines;
use onetext::reply::split::{Asked, Manner, split};
use onetext::reply::{Tracking, read};
use proptest::prelude::*;

/// Lines that replies are made of.
const LINES: [&str; 34] = [
    "",
    "",
    "",
    "We are forty people.",
    "Fairness, above all",
    "1. How big is the movement?",
    "2. Which values do you share?",
    "3. Why do people join in the end?",
    "1. We are small.",
    "2) Fairness.",
    "3. Friends",
    "2",
    "9. Other matters",
    "> 1. How big is",
    "> the movement?",
    "> > 2. Which values do you share?",
    "> 3. Why do people join in the end?",
    "the movement?",
    "## 2. Values",
    "# Size",
    "## 7. Else",
    "Hi all,",
    "Many thanks,",
    "Ana",
    "-- ",
    "Sent from my iPhone",
    "On 12 Feb 2026, Eve <eve@example.org> wrote:",
    "-----Original Message-----",
    "From: Eve <eve@example.org>",
    "Sent: 12 February 2026",
    "> As somebody says, things grow.",
    "[^2]: Counted in May.",
    "PS: one thing more",
    "On 3 May 2024 the Guardian wrote:",
];

fn asked() -> Vec<Asked> {
    let questions = [
        (1, "size", "How big is the movement?"),
        (2, "values", "Which values do you share?"),
        (3, "drivers", "Why do people join in the end?"),
    ];
    let asked = questions.map(|(number, name, text)| Asked {
        number,
        name: name.to_owned(),
        text: text.to_owned(),
    });
    asked.into()
}

/// How often each word stands in texts.
fn words<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for word in texts.flat_map(|text| text.split(|sign: char| !sign.is_alphanumeric())) {
        if !word.is_empty() {
            *words.entry(word.to_owned()).or_insert(0) += 1;
        }
    }
    words
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_stands_in_an_answer_in_the_rest_or_in_what_was_left_out(
        picks in prop::collection::vec(0..LINES.len(), 0..40),
        paper in any::<bool>(),
    ) {
        let text: Vec<&str> = picks.into_iter().map(|pick| LINES[pick]).collect();
        let text = text.join("\n");
        let manner = if paper { Manner::Paper } else { Manner::Letter };
        let split = split(&lines(&text), &asked(), Some("Hi all, this is urgent."), manner);
        let answers = split.answers.iter().map(|answer| answer.text.as_str());
        let rest = split.rest.iter().map(|rest| rest.text.as_str());
        let left_out = split.left_out.iter().map(|left| left.text.as_str());
        prop_assert_eq!(words(answers.chain(rest).chain(left_out)), words([text.as_str()].into_iter()));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), head in 0..4_usize) {
        let heads: [(&str, &[u8]); 4] = [
            ("a.eml", b"From: a@b\r\nDate: x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"),
            ("a.docx", b"PK\x03\x04"),
            ("a.html", b"<html><ul><li><blockquote><a href="),
            ("a.txt", b""),
        ];
        let (name, head) = heads[head];
        let bytes = [head, &bytes].concat();
        if let Ok(reply) = read(name, &bytes, Tracking::Original) {
            prop_assert!(!reply.text.trim().is_empty());
            split(&lines(&reply.text), &asked(), None, reply.manner);
        }
    }
}

#[test]
fn documents_with_any_bytes_changed_are_read_or_refused() {
    let mut told = 0;
    for document in [super::documents::docx(), super::documents::odt()] {
        for at in (0..document.len()).step_by(7) {
            let mut bytes = document.clone();
            bytes[at] ^= 1 << (at % 8);
            told += usize::from(read("a", &bytes, Tracking::Accepted).is_err());
        }
    }
    assert!(told > 0, "an archive knows when its bytes changed");
}
