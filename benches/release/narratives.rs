//! Narratives to measure by: the one of this repository, and larger ones of its shape.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use onetext::narrative::config::{Audience, Edition, Format};
use onetext::narrative::snapshot::{File, Snapshot};
use onetext::narrative::{self, Narrative};
use onetext::provenance::origin::Origins;
use onetext::provenance::voices::voices;
use onetext::render::templates::Templates;
use onetext::render::{Answer, Release, RenderedFile, render};
use onetext::store::blob_id;

/// What lets a thousand questions have their sources in one file.
const ROOM: &str = "\n[limits]\nfile-bytes = 100000000\n";

/// The files of a narrative, by path below its folder.
pub type Files = BTreeMap<String, String>;

/// A narrative that is read and ready to be rendered.
pub struct Case {
    narrative: Narrative,
    answers: Vec<Answer>,
    templates: Templates,
}

impl Case {
    /// The narrative of so many questions.
    pub fn of(questions: usize) -> Self {
        let file = |(path, text): (String, String)| {
            let (blob, bytes) = (blob_id(text.as_bytes()), text.into_bytes());
            (path, File { blob, bytes })
        };
        let snapshot = Snapshot {
            files: files(questions).into_iter().map(file).collect(),
            templates: BTreeMap::new(),
        };
        let narrative = narrative::read(&snapshot).expect("it is a narrative");
        let questions = narrative.questions.iter();
        let answers = questions.map(|question| Answer {
            question: question.id.clone(),
            asked: question.asked.clone(),
            text: question.agreed.as_ref().map(|agreed| agreed.text.clone()),
            status: "draft".to_owned(),
            passages: voices(question, &Origins::default()),
            notices: Vec::new(),
            agreement: None,
            statements: Vec::new(),
        });
        Self {
            answers: answers.collect(),
            templates: Templates::of(&snapshot).expect("they are shipped"),
            narrative,
        }
    }

    /// Writes the edition for an audience in some formats.
    pub fn render(&self, audience: Audience, formats: &[Format]) -> Vec<RenderedFile> {
        let config = &self.narrative.config;
        let mut editions = config.editions.iter();
        let edition = editions.find(|(_, edition)| edition.audience == audience);
        let (name, edition) = edition.expect("there is one for each audience");
        let edition = Edition {
            formats: formats.to_vec(),
            ..edition.clone()
        };
        let release = Release {
            title: &config.title,
            language: &config.language,
            standing: config.standing.as_deref(),
            licence: config.licence.as_deref(),
            contacts: &config.contacts,
            spokespeople: &config.spokespeople,
            quotes: &[],
            version: "2026.03.0-draft.1",
            date: "2026-03-03T09:00:00Z".parse().expect("it is a moment"),
            draft: true,
            status: "Draft: not agreed.",
            changed: &[],
            name,
            edition: &edition,
            answers: &self.answers,
            sources: &self.narrative.sources,
            roster: &self.narrative.roster,
        };
        render(&release, &self.templates).expect("it is rendered")
    }
}

/// The files of a narrative of so many questions: those of this repository's, over and over in other words.
pub fn files(questions: usize) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("narrative");
    let read = |path: PathBuf| std::fs::read_to_string(path).expect("it is a file of ours");
    let entries = std::fs::read_dir(&root).expect("it is there");
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.join("agreed.md").is_file())
        .collect();
    folders.sort();
    let mut files = Files::new();
    for at in 0..questions {
        let (copy, folder) = (at / folders.len(), &folders[at % folders.len()]);
        for name in ["question.md", "agreed.md"] {
            let text = reworded(&read(folder.join(name)), copy);
            files.insert(format!("{}-q/{name}", at + 1), text);
        }
    }
    let sources = read(root.join("sources.toml"));
    let copies = 0..questions.div_ceil(folders.len());
    files.insert("sources.toml".to_owned(), copied(&sources, copies));
    files.insert("roster.toml".to_owned(), "schema = 1\n".to_owned());
    let config = read(root.join("narrative.toml")) + ROOM;
    files.insert("narrative.toml".to_owned(), config);
    files
}

/// The sources of every copy under names of its own.
fn copied(sources: &str, copies: std::ops::Range<usize>) -> String {
    let (head, list) = sources.split_once("[[sources]]").expect("there are some");
    let mut out = head.to_owned();
    for copy in copies {
        for line in format!("[[sources]]{list}\n").lines() {
            match line
                .strip_prefix("id = \"")
                .and_then(|id| id.strip_suffix('"'))
            {
                Some(id) if copy > 0 => out.push_str(&format!("id = \"{id}-{copy}\"")),
                _ => out.push_str(line),
            }
            out.push('\n');
        }
    }
    out
}

/// A text in other words of the same length, which cites the sources of its copy.
///
/// Letters are moved on in the alphabet, so that nothing which was laid out once can be used again.
fn reworded(text: &str, copy: usize) -> String {
    if copy == 0 {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut place = 0;
    for (at, part) in text.split_inclusive(['[', ']']).enumerate() {
        if at > 0 && part.starts_with('@') {
            let ids = part.strip_suffix(']').unwrap_or(part).split("; ");
            let ids: Vec<String> = ids.map(|id| format!("{id}-{copy}")).collect();
            out.push_str(&format!("{}]", ids.join("; ")));
            continue;
        }
        for sign in part.chars() {
            place = if sign == ' ' { 0 } else { place + 1 };
            out.push(moved(sign, copy + copy / 26 * place));
        }
    }
    out
}

fn moved(sign: char, by: usize) -> char {
    let mut letters = 'a'..='z';
    match letters.clone().position(|letter| letter == sign) {
        Some(at) => letters.nth((at + by) % 26).unwrap_or(sign),
        None => sign,
    }
}
