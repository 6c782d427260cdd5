//! PDF: one file for the screen, the printer, the archive and the screen reader.
//!
//! It is tagged PDF 1.7 that keeps PDF/A-2a and PDF/UA-1 at once, set by the templates that end in `.typ`.

mod data;
mod world;

use std::collections::BTreeSet;

use crate::narrative::config::Audience;

use super::templates::{TemplateError, Templates};
use super::view::View;
use super::{Answer, Release};
use world::Job;

/// How many lines with signs that no font has are named, and how many signs of each.
const NAMED: usize = 5;

/// Writes an edition as PDF; the date is the file's own, and the same input gives the same bytes.
pub fn write(
    release: &Release<'_>,
    view: &View,
    templates: &Templates,
) -> Result<Vec<u8>, TemplateError> {
    let main = match view.audience {
        Audience::Media => "media.typ",
        Audience::Government => "government.typ",
    };
    let edition = data::edition(view);
    let missing = world::missing(&edition);
    if !missing.is_empty() {
        return Err(TemplateError::NoGlyph(places(release.answers, &missing)));
    }
    let (data, date) = (edition.to_string(), release.date);
    world::set(Job { main, data, date }, templates)
}

/// Where signs stand that no font has: file and line, and which they are.
fn places(answers: &[Answer], missing: &BTreeSet<char>) -> String {
    let mut elsewhere = missing.clone();
    let mut places = Vec::new();
    for answer in answers {
        let id = &answer.question;
        let asked = [(format!("`{id}/question.md`"), answer.asked.as_str())];
        let lines = answer.text.iter().flat_map(|text| text.lines()).enumerate();
        let lines = lines.map(|(at, line)| (format!("`{id}/agreed.md`, line {}", at + 1), line));
        for (place, text) in asked.into_iter().chain(lines) {
            let found: BTreeSet<char> =
                text.chars().filter(|sign| missing.contains(sign)).collect();
            if !found.is_empty() {
                elsewhere.retain(|sign| !found.contains(sign));
                places.push(format!("{} in {place}", named(&found)));
            }
        }
    }
    if !elsewhere.is_empty() {
        let rest = "`narrative.toml`, `sources.toml` or `quotes.toml`";
        places.push(format!("{} in {rest}", named(&elsewhere)));
    }
    let more = places.len().saturating_sub(NAMED);
    places.truncate(NAMED);
    if more > 0 {
        places.push(format!("and more in {more} other places"));
    }
    places.join("; ")
}

fn named(signs: &BTreeSet<char>) -> String {
    let name = |sign: &char| format!("`{sign}` (U+{:04X})", u32::from(*sign));
    let mut names: Vec<String> = signs.iter().take(NAMED).map(name).collect();
    if let more @ 1.. = signs.len().saturating_sub(NAMED) {
        names.push(format!("{more} more"));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::*;
    use crate::narrative::snapshot::Snapshot;
    use crate::render::document::{Citations, blocks};

    /// The edition that says one text, whoever it is for.
    fn edition(text: &str) -> Value {
        let body = data::blocks(&blocks(text, "q1", &mut Citations::default()));
        json!({
            "lang": "en", "region": "GB", "headline": "A headline", "opening": "EMBARGOED UNTIL NOON",
            "standfirst": [], "lead": [], "summary": [], "recommendations": [], "footnotes": [], "notes": [],
            "quotes": [], "spokespeople": [], "reading": "", "recommendations-from": 1,
            "answers": [{ "number": 1, "anchor": "q1", "asked": "How big?", "body": body }],
            "contacts": [], "standing": [], "version": "2026.03.0", "date": "3 March 2026",
            "status": "Agreed by nobody.", "changed": [], "licence": null, "draft": false,
        })
    }

    fn pages(main: &'static str, edition: &Value) -> Vec<(String, usize)> {
        let (files, templates) = (BTreeMap::new(), BTreeMap::new());
        let templates = Templates::of(&Snapshot { files, templates }).expect("they are shipped");
        let date = "2026-03-03T09:00:00Z".parse().expect("it is a moment");
        let data = edition.to_string();
        world::pages(&Job { main, data, date }, &templates)
    }

    #[test]
    fn what_people_wrote_is_set_as_it_stands() {
        for text in [
            "#read(\"/etc/passwd\")",
            "#import\"@preview/x:1.0.0\":*",
            "#eval(\"1+1\")",
            "$x^2$",
            "@ref",
            "/*no*/comment//either",
            "=Heading",
            "---and--and...",
            "{{7*7}}{%raw%}",
            "#let(x)=1;#x",
            "a~b",
            "\\u{41}",
            "*x*and_y_and`z`",
            "<label>",
            "\"straight\"",
        ] {
            // Escaped for Markdown, so that all of it reaches Typst.
            let escaped: String = text.chars().fold(String::new(), |mut out, sign| {
                out.extend(sign.is_ascii_punctuation().then_some('\\'));
                out.push(sign);
                out
            });
            let set = &pages("media.typ", &edition(&format!("It says {escaped} so.\n")))[0].0;
            assert!(set.contains(&format!("Itsays{text}so.")), "{text}: {set}");
        }
    }

    #[test]
    fn every_page_says_what_it_is() {
        let long = "Nobody counts it, and everybody asks.\n\n".repeat(120);
        for main in ["media.typ", "government.typ"] {
            let mut edition = edition(&long);
            edition["draft"] = json!(true);
            let drafts = pages(main, &edition);
            assert!(drafts.len() > 2, "{}", drafts.len());
            for (at, (words, _)) in drafts.iter().enumerate() {
                let foot = format!("Page{}of{}", at + 1, drafts.len());
                for said in ["Draft:notagreed", "Version2026.03.0,3March2026", &foot] {
                    assert!(
                        words.contains(said),
                        "{main}, page {at}: no {said} in {words}"
                    );
                }
            }
        }
        let released = pages("media.typ", &edition(&long));
        let all = |said| released.iter().all(|(words, _)| words.contains(said));
        assert!(
            all("EMBARGOEDUNTILNOON") && !released.iter().any(|(words, _)| words.contains("Draft"))
        );
    }

    #[test]
    fn other_scripts_have_their_letters() {
        let text =
            "Μεγαλώνει ἀρχή. Расте, їжак. שלום. ქართული. Հայերեն. Tiếng Việt, Łódź. 3 ≥ 2 → ✓ €.\n";
        let edition = edition(text);
        assert_eq!(world::missing(&edition), [].into());
        let set = pages("government.typ", &edition);
        assert_eq!(set.iter().map(|(_, boxes)| boxes).sum::<usize>(), 0);
        assert!(
            set[0].0.contains("Μεγαλώνειἀρχή.Расте,їжак."),
            "{}",
            set[0].0
        );
    }

    #[test]
    fn what_no_font_has_is_named_with_its_file_and_line() {
        let text = "It is plain.\n\nIt is 小 and 😀, but a\u{200d}b and x\u{fe0f} are fine.\n";
        let missing = world::missing(&edition(text));
        assert_eq!(missing, ['小', '😀'].into());
        let answer = |asked: &str, text: &str| Answer {
            question: "1-size".parse().expect("it is an id"),
            asked: asked.to_owned(),
            text: Some(text.to_owned()),
            status: String::new(),
            passages: Vec::new(),
            notices: Vec::new(),
            agreement: None,
            statements: Vec::new(),
        };
        assert_eq!(
            places(&[answer("How 小?", text)], &missing),
            "`小` (U+5C0F) in `1-size/question.md`; \
             `小` (U+5C0F), `😀` (U+1F600) in `1-size/agreed.md`, line 3"
        );
        assert_eq!(
            places(&[answer("How?", "So.")], &missing),
            "`小` (U+5C0F), `😀` (U+1F600) in `narrative.toml`, `sources.toml` or `quotes.toml`"
        );
        let many = "一二三四五六七\n".repeat(7);
        let told = places(
            &[answer("How?", &many)],
            &many.trim().chars().filter(|sign| *sign != '\n').collect(),
        );
        assert!(
            told.contains("2 more in `1-size/agreed.md`, line 5; and more in 2 other places"),
            "{told}"
        );
    }

    #[test]
    fn what_is_nested_as_deep_as_a_text_may_be_is_set() {
        for mark in ["> ", "- ", "1. "] {
            let deep = format!("{}Down here.\n", mark.repeat(32));
            let set = pages("government.typ", &edition(&deep));
            assert!(
                set.iter().any(|(words, _)| words.contains("Downhere.")),
                "{mark}"
            );
        }
    }
}
