//! A snapshot of files into a narrative, with everything that is wrong at once.
//!
//! ```
//! use onetext::narrative::{read, snapshot::Snapshot};
//! let problems = read(&Snapshot::default()).unwrap_err();
//! assert_eq!(problems.to_string(), "narrative.toml: the file is missing");
//! ```

pub mod limits;
pub mod nearest;
pub mod place;
pub mod text;
pub mod toml;

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use self::place::{Part, Place};
use super::Narrative;
use super::config::{Config, Limits};
use super::finding::{Finding, Problems};
use super::id::{ContributorId, MemberId, QuestionId};
use super::position::Position;
use super::question::{Question, Text};
use super::quotes::Quotes;
use super::record::Record;
use super::roster::Roster;
use super::snapshot::{File, Snapshot};
use super::sources::Sources;

/// Bytes that a record may have: the tool writes it, and it only grows.
const RECORD_BYTES: usize = 16 * 1024 * 1024;

/// Reads a narrative.
///
/// # Errors
///
/// Everything in any file that keeps the narrative from being used.
pub fn read(snapshot: &Snapshot) -> Result<Narrative, Problems> {
    let (narrative, findings) = read_what_can_be(snapshot);
    Problems::unless(findings, narrative)
}

/// Reads as much of a narrative as can be, along with what is wrong; nothing if `narrative.toml` cannot be read.
pub fn read_what_can_be(snapshot: &Snapshot) -> (Option<Narrative>, Vec<Finding>) {
    let mut reader = Reader {
        snapshot,
        limits: Limits::default(),
        findings: Vec::new(),
    };
    let config: Option<Config> = reader.required("narrative.toml");
    if let Some(config) = &config {
        reader.limits = config.limits.clone();
    }
    let roster = reader.value("roster.toml", reader.limits.file_bytes);
    let sources = reader.value("sources.toml", reader.limits.file_bytes);
    let quotes: Option<Quotes> = reader.value("quotes.toml", reader.limits.file_bytes);
    let background = reader.text("background.md").map(|text| text.text);
    let questions = reader.questions();
    let narrative = config.map(|config| Narrative {
        config,
        roster: roster.unwrap_or(Roster {
            schema: 1,
            ..Roster::default()
        }),
        sources: sources.unwrap_or(Sources {
            schema: 1,
            ..Sources::default()
        }),
        quotes: quotes.unwrap_or_default(),
        background,
        questions,
    });
    (narrative, reader.findings)
}

struct Reader<'a> {
    snapshot: &'a Snapshot,
    limits: Limits,
    findings: Vec<Finding>,
}

/// The files of one question that are there.
#[derive(Default)]
struct Files {
    drafts: Vec<ContributorId>,
    positions: Vec<MemberId>,
}

impl<'a> Reader<'a> {
    fn file(&self, path: &str) -> Option<&'a File> {
        self.snapshot.files.get(path)
    }

    fn required<T: DeserializeOwned>(&mut self, path: &str) -> Option<T> {
        if self.file(path).is_none() {
            self.missing(path);
        }
        self.value(path, self.limits.file_bytes)
    }

    fn missing(&mut self, path: &str) {
        let finding = Finding::error("missing-file", path, "the file is missing");
        self.findings
            .push(finding.mend("write it, or restore it with git"));
    }

    fn value<T: DeserializeOwned>(&mut self, path: &str, most: usize) -> Option<T> {
        let file = self.file(path)?;
        let value = limits::bytes(path, file.bytes.len(), most)
            .and_then(|()| text::decode(path, &file.bytes))
            .and_then(|text| toml::parse(path, &text));
        value.map_err(|finding| self.findings.push(finding)).ok()
    }

    fn text(&mut self, path: &str) -> Option<Text> {
        let file = self.file(path)?;
        let text = text::text(path, file, &self.limits);
        text.map_err(|findings| self.findings.extend(findings)).ok()
    }

    fn questions(&mut self) -> Vec<Question> {
        let folders = self.folders();
        self.numbers(&folders);
        folders
            .into_iter()
            .filter_map(|(id, files)| self.question(id, files))
            .collect()
    }

    fn folders(&mut self) -> BTreeMap<QuestionId, Files> {
        let mut folders: BTreeMap<QuestionId, Files> = BTreeMap::new();
        for path in self.snapshot.files.keys() {
            match Place::of(path) {
                Place::Question(question, part) => {
                    let files = folders.entry(question).or_default();
                    match part {
                        Part::Draft(contributor) => files.drafts.push(contributor),
                        Part::Position(member) => files.positions.push(member),
                        Part::Asked | Part::Agreed | Part::Record => {}
                    }
                }
                Place::Unknown(why) => self.findings.push(stranger(path, &why)),
                _ => {}
            }
        }
        folders
    }

    fn numbers(&mut self, folders: &BTreeMap<QuestionId, Files>) {
        let ids: Vec<&QuestionId> = folders.keys().collect();
        for pair in ids
            .windows(2)
            .filter(|pair| pair[0].number() == pair[1].number())
        {
            let message = format!("`{}` has the number of `{}`", pair[1], pair[0]);
            let finding = Finding::error("duplicate-question", &pair[1].to_string(), message);
            self.findings
                .push(finding.mend("give one of the two folders another number"));
        }
    }

    fn question(&mut self, id: QuestionId, files: Files) -> Option<Question> {
        let asked = self.asked(&id);
        let drafts = files.drafts.into_iter().filter_map(|contributor| {
            let text = self.text(&format!("{id}/drafts/{contributor}.md"))?;
            Some((contributor, text))
        });
        let drafts = drafts.collect();
        let agreed = self.text(&format!("{id}/agreed.md"));
        let record: Option<Record> = self.value(&format!("{id}/record.toml"), RECORD_BYTES);
        let positions = files.positions.into_iter().filter_map(|member| {
            let path = Position::path(&id, &member);
            let position = self.value(&path, self.limits.file_bytes)?;
            Some((member, position))
        });
        let positions = positions.collect();
        let (asked, guidance) = asked?;
        Some(Question {
            id,
            asked,
            guidance,
            drafts,
            agreed,
            record: record.unwrap_or_default(),
            positions,
        })
    }

    fn asked(&mut self, id: &QuestionId) -> Option<(String, Option<String>)> {
        let path = format!("{id}/question.md");
        if self.file(&path).is_none() {
            self.missing(&path);
        }
        let text = self.text(&path)?.text;
        let (asked, guidance) = split_at_rule(&text);
        if asked.is_empty() {
            let finding = Finding::error("empty-question", &path, "no question is asked");
            self.findings
                .push(finding.mend("write the question above the line `---`"));
            return None;
        }
        Some((asked.to_owned(), guidance.map(ToOwned::to_owned)))
    }
}

/// Parts the question as asked from the guidance below the first line `---`.
fn split_at_rule(text: &str) -> (&str, Option<&str>) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim() == "---" {
            let guidance = text[at + line.len()..].trim();
            return (
                text[..at].trim(),
                Some(guidance).filter(|text| !text.is_empty()),
            );
        }
        at += line.len();
    }
    (text.trim(), None)
}

fn stranger(path: &str, why: &str) -> Finding {
    Finding::error(
        "unknown-file",
        path,
        format!("the file has no place here: {why}"),
    )
    .mend("take it out of the narrative's folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(files: &[(&str, &str)]) -> Snapshot {
        let file = |&(path, text): &(&str, &str)| {
            let blob = "0".repeat(40).parse().unwrap();
            let bytes = text.as_bytes().to_vec();
            (path.to_owned(), File { blob, bytes })
        };
        Snapshot {
            files: files.iter().map(file).collect(),
            templates: BTreeMap::new(),
        }
    }

    #[test]
    fn a_narrative_is_read_whole() {
        let narrative = read(&snapshot(&[
            ("narrative.toml", "schema = 1\ntitle = \"T\"\n"),
            ("roster.toml", "schema = 1\n"),
            ("1-size/question.md", "How big?\n\n---\n\nIn figures.\n"),
            ("1-size/drafts/ana.md", "Small.\r\n"),
            ("2-values/question.md", "Which?\n"),
            ("2-values/.question.md.swp", "\0"),
        ]))
        .unwrap();
        let size = &narrative.questions[0];
        assert_eq!(size.asked, "How big?");
        assert_eq!(size.guidance.as_deref(), Some("In figures."));
        assert_eq!(size.drafts.values().next().unwrap().text, "Small.\n");
        assert_eq!(narrative.questions[1].guidance, None);
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let problems = read(&snapshot(&[
            ("narrative.toml", "schema = 1\ntitel = \"T\"\n"),
            ("roster.toml", "schema = 3\n"),
            ("1-size/question.md", "---\n"),
            ("1-sums/question.md", "How much?\n"),
            ("1-sums/drafts/Ana.md", "Small.\n"),
            ("2-values/drafts/ana.md", "\u{7}\n"),
            ("notes.txt", ""),
        ]))
        .unwrap_err();
        let said: Vec<String> = problems
            .findings()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            said,
            [
                "1-size/question.md: no question is asked",
                "1-sums: `1-sums` has the number of `1-size`",
                "1-sums/drafts/Ana.md: the file has no place here: \
                 `Ana` is not a name of 1 to 40 characters from `a-z`, `0-9` and `-`",
                "2-values/drafts/ana.md:1:1: the text has control characters: U+0007",
                "2-values/question.md: the file is missing",
                "narrative.toml:2:1: unknown key `titel`",
                "notes.txt: the file has no place here: a narrative has no such file",
                "roster.toml:1: schema 3 is not known; this onetext reads schema 1",
            ]
        );
    }
}
