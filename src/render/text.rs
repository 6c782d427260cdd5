//! Plain text of 72 columns, made to be pasted into an e-mail; the only file that names `textwrap`.
//!
//! It buys us line breaking that knows the width of every character.

use serde::Serialize;
use textwrap::{Options, WordSplitter};

use crate::narrative::config::{Audience, Contact};

use super::document::{Block, Footnote, Span, mark};
use super::templates::{TemplateError, Templates};
use super::view::{AnswerView, NoteView, View};

/// Columns of a line.
const WIDTH: usize = 72;

#[derive(Serialize)]
struct Page<'a> {
    headline: String,
    opening: &'a str,
    standfirst: String,
    lead: String,
    summary: Vec<String>,
    answers: Vec<Answer>,
    recommendations: Vec<String>,
    footnotes: Vec<String>,
    notes: Vec<String>,
    contacts: Vec<String>,
    standing: String,
    version: &'a str,
    date: &'a str,
    status: String,
    changed: Vec<String>,
    licence: Option<&'a str>,
    draft: bool,
}

#[derive(Serialize)]
struct Answer {
    number: u32,
    asked: String,
    body: String,
}

/// Writes an edition as plain text.
pub fn write(view: &View, templates: &Templates) -> Result<String, TemplateError> {
    let name = match view.audience {
        Audience::Media => "media.txt",
        Audience::Government => "government.txt",
    };
    let page = Page {
        headline: filled(&view.headline, "", ""),
        opening: &view.opening,
        standfirst: filled(&spans(&view.standfirst), "", ""),
        lead: blocks(&view.lead, 0),
        summary: view
            .summary
            .iter()
            .map(|text| filled(&spans(text), "* ", "  "))
            .collect(),
        answers: view.answers.iter().map(answer).collect(),
        recommendations: view
            .recommendations
            .iter()
            .map(|text| filled(&spans(text), "* ", "  "))
            .collect(),
        footnotes: view.footnotes.iter().map(footnote).collect(),
        notes: view.notes.iter().map(note).collect(),
        contacts: view.contacts.iter().map(contact).collect(),
        standing: blocks(&view.standing, 0),
        version: &view.version,
        date: &view.date,
        status: filled(&view.status, "", ""),
        changed: view
            .changed
            .iter()
            .map(|line| filled(line, "* ", "  "))
            .collect(),
        licence: view.licence.as_deref(),
        draft: view.draft,
    };
    templates.fill(name, &page)
}

fn answer(answer: &AnswerView) -> Answer {
    let number = format!("{}. ", answer.number);
    let indent = " ".repeat(number.len());
    Answer {
        number: answer.number,
        asked: filled(&answer.asked.replace('\n', " "), &number, &indent),
        body: blocks(&answer.blocks, 0),
    }
}

fn filled(text: &str, first: &str, rest: &str) -> String {
    let options = Options::new(WIDTH)
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation);
    let lines = text
        .split('\n')
        .map(|line| textwrap::fill(line.trim(), &options));
    lines.collect::<Vec<_>>().join("\n")
}

fn footnote(note: &Footnote) -> String {
    let label = format!("{}. ", note.mark());
    let inner = blocks(&note.blocks, label.len());
    format!("{label}{}", inner.trim_start())
}

fn note(note: &NoteView) -> String {
    let label = format!("[{}] ", note.number);
    let indent = " ".repeat(label.len());
    let caveat = note
        .caveat
        .as_deref()
        .map_or_else(String::new, |text| format!(" {text}"));
    let text = filled(
        &format!("{} ({}).{caveat}", note.title, note.as_of),
        &label,
        &indent,
    );
    match &note.url {
        Some(url) => format!("{text}\n{indent}{url}"),
        None => text,
    }
}

fn contact(contact: &Contact) -> String {
    let parts = [
        Some(&contact.name),
        contact.email.as_ref(),
        contact.phone.as_ref(),
        contact.url.as_ref(),
        contact.hours.as_ref(),
    ];
    let lines: Vec<String> = parts
        .into_iter()
        .flatten()
        .map(|part| filled(part, "", ""))
        .collect();
    lines.join("\n")
}

fn blocks(blocks: &[Block], indent: usize) -> String {
    blocks
        .iter()
        .map(|each| block(each, indent))
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn block(block: &Block, indent: usize) -> String {
    let margin = " ".repeat(indent);
    match block {
        Block::Paragraph { number, text, .. } => {
            let number = number.map_or_else(String::new, |number| format!("{number}. "));
            filled(&spans(text), &format!("{margin}{number}"), &margin)
        }
        Block::Heading { text, .. } => filled(&spans(text).to_uppercase(), &margin, &margin),
        Block::List { start, items } => list(*start, items, indent),
        Block::Quote(inner) => blocks(inner, indent + 4),
        Block::Code(text) => {
            let line = |line: &str| format!("{margin}    {line}");
            text.trim_end()
                .lines()
                .map(line)
                .collect::<Vec<_>>()
                .join("\n")
        }
        Block::Table { header, rows } => {
            let row = |cells: &Vec<Vec<Span>>| {
                let cells: Vec<String> = cells.iter().map(|cell| spans(cell)).collect();
                filled(&cells.join(" | "), &margin, &format!("{margin}    "))
            };
            std::iter::once(header)
                .chain(rows)
                .map(row)
                .collect::<Vec<_>>()
                .join("\n")
        }
        Block::Rule => format!("{margin}* * *"),
    }
}

fn list(start: Option<usize>, items: &[Vec<Block>], indent: usize) -> String {
    let margin = " ".repeat(indent);
    let item = |(at, item): (usize, &Vec<Block>)| {
        let marker = start.map_or("* ".to_owned(), |start| format!("{}. ", start + at));
        let inner = blocks(item, indent + marker.len());
        format!("{margin}{marker}{}", inner.trim_start())
    };
    items
        .iter()
        .enumerate()
        .map(item)
        .collect::<Vec<_>>()
        .join("\n")
}

fn spans(spans: &[Span]) -> String {
    spans.iter().map(span).collect()
}

fn span(span: &Span) -> String {
    match span {
        Span::Text(text) | Span::Code(text) => text.clone(),
        Span::Emphasis(text) | Span::Strong(text) | Span::Struck(text) => spans(text),
        Span::Link { url, text } => {
            let text = spans(text);
            if text == *url {
                text
            } else {
                format!("{text} ({url})")
            }
        }
        Span::Citation(sources) => sources
            .iter()
            .map(|(number, _)| format!(" [{number}]"))
            .collect::<String>()
            .trim_start()
            .to_owned(),
        Span::Footnote(number, _) => format!(" (note {})", mark(*number)),
        Span::Break => "\n".to_owned(),
    }
}
