//! What a committee takes as written evidence: one document that can be read aloud, short, summary first, numbered.
//!
//! The sources are the guides of the UK House of Commons to written evidence and of GOV.UK to publishing: paragraphs are
//! numbered, a summary comes first, 3,000 words at most, no PDF alone, sentences of about 25 words.

use super::super::passage::{Place, passages};
use super::Declared;
use crate::narrative::config::Format;
use crate::narrative::finding::Finding;
use crate::narrative::question::{Question, Text};
use crate::prose::Prose;
use crate::prose::markdown::{Block, BlockKind, Inline, parse};

/// Words of a submission, unless the edition says otherwise.
const WORDS: usize = 3_000;

/// Words of a sentence that is still about 25 words long.
const SENTENCE: usize = 35;

/// Looks at an edition for government.
pub fn check(declared: &Declared<'_>) -> Vec<Finding> {
    let edition = declared.edition;
    let mut findings = Vec::new();
    findings.extend(words(declared));
    findings.extend(formats(declared));
    findings.extend(submitter(declared));
    findings.extend(summary(declared));
    let points = edition.summary.iter().map(|text| ("summary", text));
    let asked = edition
        .recommendations
        .iter()
        .map(|text| ("recommendations", text));
    for (key, text) in points.chain(asked) {
        findings.extend(declared.figures(key, text));
    }
    for question in declared.questions() {
        if let Some(text) = &question.agreed {
            findings.extend(of_text(question, text));
        }
    }
    findings
}

fn words(declared: &Declared<'_>) -> Option<Finding> {
    let edition = declared.edition;
    let most = edition.most_words.unwrap_or(WORDS);
    let agreed = declared.questions().into_iter();
    let answers = agreed.filter_map(|question| Some(question.agreed.as_ref()?.text.as_str()));
    let own = edition.submitter.iter().chain(&edition.summary);
    let own = own.chain(&edition.recommendations).map(String::as_str);
    let count: usize = answers
        .chain(own)
        .map(|text| Prose::parse(text).words())
        .sum();
    let message = format!(
        "edition `{}` has {count} words, and {most} are allowed",
        declared.name
    );
    let finding = declared.error("too-many-words", "most-words", message);
    let mend =
        "leave questions out with `questions`, or set `most-words` if the committee takes more";
    (count > most).then(|| finding.mend(mend))
}

/// A page or a text document can be searched, quoted and read aloud everywhere; what is data is for programs.
fn formats(declared: &Declared<'_>) -> Option<Finding> {
    let formats = &declared.edition.formats;
    let is_read = |format: &Format| {
        matches!(
            format,
            Format::Html | Format::Docx | Format::Odt | Format::Markdown
        )
    };
    let message = format!(
        "edition `{}` has no format that everybody can search, quote and have read aloud",
        declared.name
    );
    let finding = declared.error("pdf-alone", "formats", message);
    let alone = !formats.is_empty() && !formats.iter().any(is_read);
    alone.then(|| finding.mend("add `\"html\"` to `formats`: a PDF alone is not accepted"))
}

fn submitter(declared: &Declared<'_>) -> Option<Finding> {
    let message = format!("edition `{}` does not say who submits it", declared.name);
    let finding = declared.warning("submitter-missing", "", message);
    let missing = declared.edition.submitter.is_none();
    missing.then(|| finding.mend("add `submitter`: who submits it, and with what mandate"))
}

/// Without bullets of its own an edition takes the first sentences of its answers.
fn summary(declared: &Declared<'_>) -> Option<Finding> {
    let begins = |question: &Question| {
        let text = question
            .agreed
            .as_ref()
            .map(|text| Prose::parse(&text.text));
        text.is_some_and(|text| text.units().iter().any(|unit| unit.is_sentence()))
    };
    let answers = declared.questions();
    let none = declared.edition.summary.is_empty()
        && answers.iter().any(|question| question.agreed.is_some())
        && !answers.into_iter().any(begins);
    let message = format!("edition `{}` has nothing to summarise first", declared.name);
    let finding = declared.error("summary-missing", "summary", message);
    none.then(|| finding.mend("add `summary`: a bullet for each main point"))
}

fn of_text(question: &Question, text: &Text) -> Vec<Finding> {
    let path = format!("{}/agreed.md", question.id);
    let prose = Prose::parse(&text.text);
    let mut findings = Vec::new();
    for passage in passages(&prose) {
        let words = passage.unit.words().len();
        let inside = matches!(passage.place, Place::Paragraph | Place::Inner);
        if inside && passage.unit.is_sentence() && words > SENTENCE {
            let message = format!("the sentence has {words} words, and about 25 are easy to read");
            let finding = Finding::warning("sentence-length", &path, message);
            findings.push(finding.at_line(passage.line).mend("make it two sentences"));
        }
    }
    for block in parse(&text.text) {
        let line = block.lines.start + 1;
        let found = of_block(&block).into_iter();
        findings.extend(found.map(|(rule, message, mend)| {
            Finding::warning(rule, &path, message)
                .at_line(line)
                .mend(mend)
        }));
    }
    findings
}

/// What does not fit into one document of numbered paragraphs.
fn of_block(block: &Block) -> Vec<(&'static str, String, &'static str)> {
    match &block.kind {
        BlockKind::List(list) if list.start.is_some() => vec![(
            "numbered-list",
            "the numbers of the list stand among the numbers of the paragraphs".to_owned(),
            "make it a list with bullets",
        )],
        BlockKind::Paragraph(text) => {
            let outside = outside(text).into_iter();
            let said = |url: String| {
                let message = format!("`{url}` lies outside the one document");
                (
                    "outside-link",
                    message,
                    "give its whole address, or say it in the text",
                )
            };
            outside.map(said).collect()
        }
        _ => Vec::new(),
    }
}

/// The addresses in some text that mean a file beside it.
fn outside(text: &[Inline]) -> Vec<String> {
    let mut found = Vec::new();
    for inline in text {
        match inline {
            Inline::Link { url, text, .. } => {
                found.extend(beside(url));
                found.extend(outside(text));
            }
            Inline::Image { url, .. } => found.extend(beside(url)),
            Inline::Emphasis(text) | Inline::Strong(text) | Inline::Struck(text) => {
                found.extend(outside(text));
            }
            _ => {}
        }
    }
    found
}

fn beside(url: &str) -> Option<String> {
    let elsewhere = url.contains(':') || url.starts_with('#');
    (!elsewhere).then(|| url.to_owned())
}
