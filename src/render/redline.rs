//! What changed between two versions, as a page: what went and came is marked by words and lines, not by colour alone.

use serde::Serialize;

use crate::prose::unit::{Mark, Opaque};
use crate::release::redline::{
    Block, Class, Lot, Motion, Passage, PositionChange, QuestionRedline, Redline, Run, Shape,
};

use super::html::escaped;
use super::templates::{Piece, TemplateError, Templates, finished};

#[derive(Serialize)]
struct Page<'a> {
    language: &'a str,
    title: &'a str,
    before: &'a str,
    after: &'a str,
    draft: bool,
    questions: Vec<Question<'a>>,
    superseded: Vec<Superseded>,
}

#[derive(Serialize)]
struct Question<'a> {
    number: u32,
    asked: &'a str,
    whole: Option<&'static str>,
    body: Piece,
    positions: Vec<String>,
}

#[derive(Serialize)]
struct Superseded {
    number: String,
    was: String,
    now: Option<String>,
}

/// Writes a redline as one HTML file.
///
/// # Errors
///
/// The template cannot be read or filled in.
pub fn redline(
    redline: &Redline,
    (title, language): (&str, &str),
    templates: &Templates,
) -> Result<String, TemplateError> {
    let superseded = redline.superseded().into_iter().map(|one| Superseded {
        number: one
            .question
            .split('-')
            .next()
            .unwrap_or_default()
            .to_owned(),
        was: one.was,
        now: one.now,
    });
    let page = Page {
        language,
        title,
        before: &redline.before,
        after: &redline.after,
        draft: redline.after.contains("-draft."),
        questions: redline.questions.iter().map(question).collect(),
        superseded: superseded.collect(),
    };
    templates.fill("changes.html", &page)
}

fn question(question: &QuestionRedline) -> Question<'_> {
    let anchor = format!("q{}", question.id.number());
    let blocks: String = question
        .blocks
        .iter()
        .map(|each| block(each, &anchor))
        .collect();
    Question {
        number: question.id.number(),
        asked: &question.asked,
        whole: question.class.map(|class| match class {
            Class::New => "first answer",
            _ => "the answer is gone",
        }),
        body: finished(blocks),
        positions: question
            .positions
            .iter()
            .map(PositionChange::told)
            .collect(),
    }
}

fn block(block: &Block, anchor: &str) -> String {
    let text: Vec<String> = block
        .passages
        .iter()
        .map(|each| passage(each, anchor))
        .collect();
    let text = text.join(" ");
    match &block.shape {
        Shape::Lines(Opaque::Rule) => "<hr>\n".to_owned(),
        Shape::Lines(_) => format!("<div class=\"lines\">{text}</div>\n"),
        Shape::Text(Mark::Heading(_)) => format!("<h3>{text}</h3>\n"),
        Shape::Text(Mark::Item { .. }) => format!("<p class=\"item\">{text}</p>\n"),
        Shape::Text(Mark::Quote) => format!("<blockquote><p>{text}</p></blockquote>\n"),
        Shape::Text(_) => format!("<p>{text}</p>\n"),
    }
}

fn passage(passage: &Passage, anchor: &str) -> String {
    let words: String = passage.runs.iter().map(run).collect();
    let Some(class) = passage.class else {
        return words;
    };
    let (id, told) = match passage.motion {
        None => (String::new(), String::new()),
        Some(Motion::Away(number)) => (
            format!(" id=\"{anchor}-from-{number}\""),
            format!(", <a href=\"#{anchor}-to-{number}\">see where it stands now</a>"),
        ),
        Some(Motion::Here(number)) => (
            format!(" id=\"{anchor}-to-{number}\""),
            format!(", <a href=\"#{anchor}-from-{number}\">see where it stood</a>"),
        ),
    };
    let word = class.word();
    let kind = match class {
        Class::Position => "position",
        _ => word,
    };
    format!(
        "<span class=\"change {kind}\"{id}><span class=\"label\">{word}{told}</span> {words}</span>"
    )
}

/// Words with their lot, which is said in words to those who do not see lines.
fn run(run: &Run) -> String {
    let text = escaped(&run.text);
    match run.lot {
        Lot::Kept => text,
        Lot::Removed => format!(
            "<del><span class=\"said\">[removed: </span>{text}<span class=\"said\">]</span></del>"
        ),
        Lot::Added => format!(
            "<ins><span class=\"said\">[new: </span>{text}<span class=\"said\">]</span></ins>"
        ),
    }
}
