//! What changed between two versions, as a page: what went and came is marked by words and lines, not by colour alone.

pub mod numbers;
mod words;

use serde::Serialize;

use crate::prose::unit::{Mark, Opaque};
use crate::release::redline::{
    Block, Class, Motion, Passage, PositionChange, QuestionRedline, Redline, Shape, SupersededQuote,
};

use super::html::escaped;
use super::templates::{Piece, TemplateError, Templates, finished};
use super::view::NoteView;
use numbers::Numbers;
use words::Words;

#[derive(Serialize)]
struct Page<'a> {
    language: &'a str,
    title: &'a str,
    before: &'a str,
    after: &'a str,
    draft: bool,
    questions: Vec<Question<'a>>,
    sources: Vec<Source>,
    superseded: Vec<Superseded>,
    quotes: Vec<Quote<'a>>,
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

#[derive(Serialize)]
struct Source {
    number: usize,
    title: String,
    url: Option<String>,
    as_of: String,
}

/// An approved quote that rests on a sentence which changed.
#[derive(Serialize)]
struct Quote<'a> {
    words: &'a str,
    told: String,
    now: Option<&'a str>,
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
    let numbers = Numbers::of(redline.references());
    let superseded = redline.superseded.iter().map(|one| Superseded {
        number: one
            .question
            .split('-')
            .next()
            .unwrap_or_default()
            .to_owned(),
        was: one.was.clone(),
        now: one.now.clone(),
    });
    let page = Page {
        language,
        title,
        before: &redline.before,
        after: &redline.after,
        draft: redline.after.contains("-draft."),
        questions: redline
            .questions
            .iter()
            .map(|each| question(each, &numbers))
            .collect(),
        sources: numbers
            .list(&redline.sources)
            .into_iter()
            .map(source)
            .collect(),
        superseded: superseded.collect(),
        quotes: redline.quotes.iter().map(quote).collect(),
    };
    templates.fill("changes.html", &page)
}

fn source(note: NoteView) -> Source {
    Source {
        number: note.number,
        title: note.title,
        url: note.url,
        as_of: note.as_of,
    }
}

fn quote(quote: &SupersededQuote) -> Quote<'_> {
    Quote {
        words: &quote.words,
        told: quote.told(),
        now: quote.rests_on.now.as_deref(),
    }
}

fn question<'a>(question: &'a QuestionRedline, numbers: &Numbers) -> Question<'a> {
    let words = Words {
        numbers,
        question: question.id.number(),
    };
    let blocks: String = question
        .blocks
        .iter()
        .map(|each| block(each, words))
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

fn block(block: &Block, words: Words<'_>) -> String {
    let text: Vec<String> = block
        .passages
        .iter()
        .map(|each| passage(each, words))
        .collect();
    let text = format!("{}{}", begins(block, words), text.join(" "));
    let stays = block.passages.iter().all(|each| each.class.is_none());
    match &block.shape {
        Shape::Lines(Opaque::Rule) if stays => "<hr>\n".to_owned(),
        Shape::Lines(_) => format!("<div class=\"lines\">{text}</div>\n"),
        Shape::Text(Mark::Heading(_)) => format!("<h3>{text}</h3>\n"),
        Shape::Text(Mark::Item { .. }) => format!("<p class=\"item\">{text}</p>\n"),
        Shape::Text(Mark::Quote) => format!("<blockquote><p>{text}</p></blockquote>\n"),
        Shape::Text(_) => format!("<p>{text}</p>\n"),
    }
}

/// What stands before the words of a block: that it was of another kind, whether its task is done, which footnote it is.
fn begins(block: &Block, words: Words<'_>) -> String {
    let (mut out, mut task) = (String::new(), "");
    if let (Some(was), Shape::Text(is)) = (&block.was, &block.shape) {
        let (was, is) = (escaped(&was.name()), escaped(&is.name()));
        out += &format!(
            "<span class=\"change marking\"><span class=\"label\">marking: now {is}, was {was}</span></span> "
        );
    }
    if let Shape::Text(Mark::Item {
        task: Some(done), ..
    }) = &block.shape
    {
        task = if *done { "[done] " } else { "[open] " };
    }
    let note = block.note().map(|to| words.note(&to));
    out + task + &note.unwrap_or_default()
}

fn passage(passage: &Passage, words: Words<'_>) -> String {
    let anchor = format!("q{}", words.question);
    let words: String = passage.runs.iter().map(|run| words.run(run)).collect();
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
