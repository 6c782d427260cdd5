//! Every rule that a narrative is held to, each with a name that never changes.
//!
//! | rule | error | warning |
//! | --- | --- | --- |
//! | `missing-file`, `unknown-file`, `not-utf8`, `control-character`, `too-large`, `toml`, `empty-question`, `duplicate-question` | always: the file cannot be read | |
//! | `unknown-contributor`, `unknown-member`, `duplicate-id`, `confusable-id`, `delegate`, `dates` | always | |
//! | `position-owner`, `position-speaker`, `position-recorder`, `position-day`, `objection-reason` | always | |
//! | `page-bytes`, `pdf-memory` (where pages can be weighed) | always | |
//! | `position-text` (where git is at hand), `source-id`, `record`, `key`, `account` | always | |
//! | `citation-unknown`, `unsafe-link`, `active-html` | always | |
//! | `figure-unsourced`, `raw-html`, `heading-jump`, `image-without-alt`, `link-without-words` | in an agreed text | in a draft |
//! | `language-missing` | always | |
//! | `title-length`, `contact-missing`, `unknown-question`, `embargo`, `too-many-words`, `pdf-alone`, `summary-missing` | in an edition | |
//! | `lead-missing`, `lead-length`, `embargo-past`, `contact-out-of-hours`, `spokesperson-out-of-reach` | | in an edition for the media |
//! | `submitter-missing`, `sentence-length`, `numbered-list`, `outside-link` | | in an edition for government |
//! | `quote-approval` | the words or the speaker changed | nobody approved, or not to this day |
//! | `unknown-edition`, `quote-points` | a quote is for an edition that is not there | it makes more than one point |
//! | `first-sentence-length`, `first-sentence-leans`, `short-answer-length`, `source-overdue`, `invisible-character`, `withdrawn` | | always |
//!
//! ```
//! use onetext::narrative::{check, snapshot::Snapshot};
//! let findings = check(&Snapshot::default(), "2026-03-01".parse().unwrap());
//! assert_eq!(findings[0].rule, "missing-file");
//! ```

mod editions;
mod figure;
mod ids;
mod keys;
mod lengths;
pub mod link;
mod lists;
mod markup;
mod passage;
mod people;
mod sources;

pub use ids::look_alike;
pub use people::{texts_of_positions, unknown_texts};

use std::collections::BTreeSet;

use super::Narrative;
use super::finding::{Finding, Severity};
use super::question::Question;
use super::read::read_what_can_be;
use super::snapshot::Snapshot;
use super::sources::Sources;
use super::time::Day;
use crate::prose::Prose;

/// Holds a narrative to every rule; findings stand by file and line.
///
/// What cannot be read is a finding, and the rest is looked at all the same.
pub fn check(snapshot: &Snapshot, today: Day) -> Vec<Finding> {
    let (narrative, mut findings) = read_what_can_be(snapshot);
    if let Some(narrative) = &narrative {
        let files = Files(snapshot);
        findings.extend(lists::check(narrative, &files));
        findings.extend(people::check(narrative, &files, today));
        findings.extend(keys::check(narrative, &files));
        findings.extend(sources::overdue(narrative, &files, today));
        findings.extend(language(narrative, &files));
        findings.extend(editions::check(narrative, &files, today));
        findings.extend(ids::confusable(narrative, &files));
        for question in &narrative.questions {
            findings.extend(of_question(question, &narrative.sources));
        }
    }
    Finding::sort(&mut findings);
    findings
}

/// Holds one text to the rules for texts.
pub fn check_text(subject: &Subject<'_>) -> Vec<Finding> {
    let prose = Prose::parse(subject.text);
    let passages = passage::passages(&prose);
    let mut findings = sources::unknown(subject, &passages);
    findings.extend(figure::unsourced(subject, &passages));
    findings.extend(markup::check(subject));
    if subject.standing == Standing::Agreed {
        findings.extend(lengths::check(subject, &passages));
    }
    findings
}

/// Screen readers speak a page in the language that it names.
fn language(narrative: &Narrative, files: &Files<'_>) -> Option<Finding> {
    let is_letter = |sign: char| sign.is_ascii_alphanumeric() || sign == '-';
    let tag = &narrative.config.language;
    let fits = tag.len() >= 2 && tag.chars().all(is_letter);
    let message = format!("`{tag}` is no language such as `en-GB`");
    let finding = Finding::error("language-missing", "narrative.toml", message);
    let line = files.line("narrative.toml", ("language", tag), 0);
    (!fits).then(|| on(finding, line).mend("name the language of the texts (BCP 47)"))
}

fn of_question(question: &Question, sources: &Sources) -> Vec<Finding> {
    let drafts = Subject::drafts(question, sources);
    let all = drafts.into_iter().chain(Subject::agreed(question, sources));
    all.flat_map(|subject| check_text(&subject)).collect()
}

/// The ids of the sources that a text cites.
pub fn cited(text: &str) -> BTreeSet<String> {
    let prose = Prose::parse(text);
    let passages = passage::passages(&prose);
    let ids = passages.iter().flat_map(sources::cited);
    ids.map(ToOwned::to_owned).collect()
}

/// A text that is looked at.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// Its file, relative to the narrative's folder.
    pub path: String,
    /// Its words.
    pub text: &'a str,
    /// What it is, which decides how much a finding weighs.
    pub standing: Standing,
    /// What can be cited.
    pub sources: &'a Sources,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// One contributor's: she may still mend it.
    Draft,
    /// What is released.
    Agreed,
}

impl<'a> Subject<'a> {
    /// The agreed text of a question, if there is one.
    pub fn agreed(question: &'a Question, sources: &'a Sources) -> Option<Self> {
        let text = question.agreed.as_ref()?;
        Some(Self {
            path: format!("{}/agreed.md", question.id),
            text: &text.text,
            standing: Standing::Agreed,
            sources,
        })
    }

    /// The drafts of a question, by contributor.
    pub fn drafts(question: &'a Question, sources: &'a Sources) -> Vec<Self> {
        let drafts = question.drafts.iter().map(|(contributor, text)| Self {
            path: format!("{}/drafts/{contributor}.md", question.id),
            text: &text.text,
            standing: Standing::Draft,
            sources,
        });
        drafts.collect()
    }

    /// A finding that is an error in an agreed text and a warning in a draft.
    fn finding(&self, rule: &'static str, message: impl Into<String>) -> Finding {
        let severity = match self.standing {
            Standing::Agreed => Severity::Error,
            Standing::Draft => Severity::Warning,
        };
        Finding {
            severity,
            ..Finding::error(rule, &self.path, message)
        }
    }
}

/// The line, from 1, of a key of an edition in `narrative.toml`; of its head if the key is not there.
pub fn line_of_edition(snapshot: &Snapshot, edition: &str, key: &str) -> Option<usize> {
    let head = format!("[editions.{edition}]");
    Files(snapshot).entry("narrative.toml", &head, key)
}

/// The files as bytes, to find the line of a value that was read from one.
struct Files<'a>(&'a Snapshot);

impl Files<'_> {
    /// The line, from 1, of the `nth` entry `key = "value"` of a TOML file.
    fn line(&self, path: &str, (key, value): (&str, &str), nth: usize) -> Option<usize> {
        let entry = |line: &str| {
            let (left, right) = line.split_once('=')?;
            let right = right.split('#').next().unwrap_or(right).trim();
            let quoted = right.trim_matches(['"', '\'']) == value && right != value;
            (left.trim() == key && quoted).then_some(())
        };
        self.find(path, |line| entry(line).is_some(), nth)
    }

    /// The line, from 1, of a key below a head of a TOML file; of the head itself if the key is not there.
    fn entry(&self, path: &str, head: &str, key: &str) -> Option<usize> {
        let at = self.find(path, |line| line.trim() == head, 0)?;
        let file = self.0.files.get(path)?;
        let text = String::from_utf8_lossy(&file.bytes);
        let below = text.lines().enumerate().skip(at);
        let mut own = below.take_while(|(_, line)| !line.starts_with('['));
        let is_key = |line: &str| {
            line.split_once('=')
                .is_some_and(|(left, _)| left.trim() == key)
        };
        let found = own.find(|(_, line)| is_key(line));
        Some(found.map_or(at, |(index, _)| index + 1))
    }

    /// The line, from 1, of the `nth` line for which `is_it` holds.
    fn find(&self, path: &str, is_it: impl Fn(&str) -> bool, nth: usize) -> Option<usize> {
        let file = self.0.files.get(path)?;
        let text = String::from_utf8_lossy(&file.bytes);
        let mut lines = text.lines().enumerate().filter(|(_, line)| is_it(line));
        lines.nth(nth).map(|(index, _)| index + 1)
    }
}

/// Puts a finding on a line, if the line is known.
fn on(finding: Finding, line: Option<usize>) -> Finding {
    match line {
        Some(line) => finding.at_line(line),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrative::snapshot::File;

    fn said(files: &[(&str, &str)]) -> Vec<String> {
        let file = |&(path, text): &(&str, &str)| {
            let blob = "0".repeat(40).parse().unwrap();
            let bytes = text.as_bytes().to_vec();
            (path.to_owned(), File { blob, bytes })
        };
        let snapshot = Snapshot {
            files: files.iter().map(file).collect(),
            templates: std::collections::BTreeMap::new(),
        };
        let findings = check(&snapshot, "2026-03-01".parse().unwrap());
        let line = |finding: &Finding| format!("{} {:?} {finding}", finding.rule, finding.severity);
        findings.iter().map(line).collect()
    }

    const SOURCES: &str = "schema = 1\n\n[[sources]]\nid = \"list\"\nsays = \"S\"\nas-of = \"2026\"\ntitle = \"T\"\n\
                           url = \"https://example.org\"\nreview = \"2026-02-28\"\n";
    const ROSTER: &str = "schema = 1\n[[contributors]]\nid = \"ana\"\nname = \"Ana\"\n";
    const CONFIG: &str = "schema = 1\ntitle = \"T\"\n";

    fn with(extra: &[(&str, &str)]) -> Vec<String> {
        let mut files = vec![
            ("narrative.toml", CONFIG),
            ("roster.toml", ROSTER),
            ("1-size/question.md", "How big?\n"),
        ];
        files.retain(|(path, _)| extra.iter().all(|(other, _)| other != path));
        files.extend_from_slice(extra);
        said(&files)
    }

    #[test]
    fn a_sound_narrative_has_no_findings() {
        let sources = SOURCES.replace("2026-02-28", "2026-03-01");
        let agreed = "Tech is small: 171 co-ops [@list].\n\nIt grows.\n";
        let found = with(&[("sources.toml", &sources), ("1-size/agreed.md", agreed)]);
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn texts_are_held_to_their_sources() {
        let text = "A first line.\n\nIt is small. It has\n171 co-ops. They grew [@lists].\n";
        let found = with(&[
            ("sources.toml", SOURCES),
            ("1-size/agreed.md", text),
            ("1-size/drafts/anna.md", "It has 171 co-ops.\n"),
        ]);
        assert_eq!(
            found,
            [
                "figure-unsourced Error 1-size/agreed.md:3: a figure without a source: `It has 171 co-ops.`",
                "citation-unknown Error 1-size/agreed.md:4: no source `lists` is in `sources.toml`",
                "unknown-contributor Error 1-size/drafts/anna.md: no contributor `anna` is in `roster.toml`",
                "figure-unsourced Warning 1-size/drafts/anna.md:1: a figure without a source: `It has 171 co-ops.`",
                "source-overdue Warning sources.toml:4: source `list` was to be looked at again by 28 February 2026",
            ]
        );
    }

    #[test]
    fn lists_are_held_to_themselves() {
        let roster = "schema = 1\n[[contributors]]\nid = \"ana\"\nname = \"Ana\"\nmember = \"alhpa\"\n\n\
                      [[contributors]]\nid = \"ana\"\nname = \"Anna\"\n\n[[members]]\nid = \"alpha\"\nname = \"A\"\n";
        assert_eq!(
            with(&[("roster.toml", roster)]),
            [
                "unknown-member Error roster.toml:5: `ana` belongs to `alhpa`, which is no member",
                "duplicate-id Error roster.toml:8: the contributor `ana` is here twice",
            ]
        );
    }

    #[test]
    fn editions_are_held_to_their_readers() {
        let config = format!(
            "schema = 1\ntitle = \"{}\"\n[editions.media]\naudience = \"media\"\n\
             [editions.government]\naudience = \"government\"\nquestions = [1, 7]\n",
            "t".repeat(66)
        );
        assert_eq!(
            with(&[("narrative.toml", &config)]),
            [
                "contact-missing Error narrative.toml:3: edition `media` has nobody whom a journalist may ask",
                "lead-missing Warning narrative.toml:3: edition `media` has no first paragraph that stands alone",
                "title-length Error narrative.toml:3: the title of edition `media` has 66 characters, \
                 and 65 are allowed",
                "submitter-missing Warning narrative.toml:5: edition `government` does not say who submits it",
                "title-length Error narrative.toml:5: the title of edition `government` has 66 characters, \
                 and 65 are allowed",
                "unknown-question Error narrative.toml:7: edition `government` names question 7, which is not there",
            ]
        );
    }
}
