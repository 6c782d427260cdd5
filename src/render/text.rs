//! Plain text of 72 columns, made to be pasted into an e-mail; the only file that names `textwrap`.
//!
//! It buys us line breaking that knows the width of every character.
//!
//! **Invariant:** no line ends in a blank, and none is wider than 72 columns but one that holds a single address of the
//! web, which a break would make useless.

use serde::Serialize;
use textwrap::core::display_width;
use textwrap::{Options, WordSplitter};

use crate::narrative::config::{Audience, Contact, Spokesperson};

use super::document::{Block, Footnote, Ground, Span, mark};
use super::templates::{TemplateError, Templates};
use super::view::{AnswerView, NoteView, QuoteView, View};

/// Columns of a line.
const WIDTH: usize = 72;

#[derive(Serialize)]
struct Page<'a> {
    headline: String,
    opening: String,
    standfirst: String,
    lead: String,
    summary: Vec<String>,
    answers: Vec<Answer>,
    quotes: Vec<String>,
    recommendations: Vec<String>,
    reading: String,
    footnotes: Vec<String>,
    notes: Vec<String>,
    contacts: Vec<String>,
    spokespeople: Vec<String>,
    standing: String,
    version: &'a str,
    this_version: String,
    status: String,
    changed: Vec<String>,
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
    let bullet = |text: &Vec<Span>| filled(&spans(text), "* ", "  ");
    let page = Page {
        headline: filled(&view.headline, "", ""),
        opening: filled(&view.opening, "", ""),
        standfirst: filled(&spans(&view.standfirst), "", ""),
        lead: blocks(&view.lead, 0),
        summary: view.summary.iter().map(bullet).collect(),
        answers: view
            .answers
            .iter()
            .map(|each| answer(each, view.audience))
            .collect(),
        quotes: view.quotes.iter().map(quote).collect(),
        recommendations: recommendations(view),
        reading: filled(&view.reading, "", ""),
        footnotes: view.footnotes.iter().map(footnote).collect(),
        notes: view.notes.iter().map(note).collect(),
        contacts: view.contacts.iter().map(contact).collect(),
        spokespeople: view.spokespeople.iter().map(spokesperson).collect(),
        standing: blocks(&view.standing, 0),
        version: &view.version,
        this_version: this_version(view),
        status: filled(&view.status, "", ""),
        changed: view
            .changed
            .iter()
            .map(|line| filled(line, "* ", "  "))
            .collect(),
        draft: view.draft,
    };
    Ok(trimmed(&templates.fill(name, &page)?))
}

/// A text whose lines end in no blank, with at most two empty lines between its parts.
fn trimmed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && out.ends_with("\n\n\n")) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

fn this_version(view: &View) -> String {
    let licence = view.licence.as_ref();
    let licence = licence.map_or_else(String::new, |licence| format!(" Licence: {licence}."));
    let text = format!("Version {} of {}.{licence}", view.version, view.date);
    filled(&text, "", "")
}

/// Numbered on from the paragraphs.
fn recommendations(view: &View) -> Vec<String> {
    let numbered = (view.recommendations_from..).zip(&view.recommendations);
    let one = |(number, text): (u32, &Vec<Span>)| filled(&spans(text), &format!("{number}. "), "");
    numbered.map(one).collect()
}

fn quote(quote: &QuoteView) -> String {
    let cited = quote.cited.as_ref().map(span).unwrap_or_default();
    let said = format!("{}, {} {cited}", quote.name, quote.role);
    let words = filled(&format!("“{}”", quote.words), "", "");
    let said = filled(said.trim_end(), "- ", "  ");
    let until = quote.until.as_ref();
    let until = until.map(|day| filled(&format!("May be used to {day}."), "  ", "  "));
    [Some(words), Some(said), until]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("\n")
}

fn spokesperson(who: &Spokesperson) -> String {
    let reached = [who.email.clone(), who.phone.clone()];
    let lines = [who.name.clone()].into_iter().chain(who.lines());
    let lines = lines.chain(reached.into_iter().flatten());
    let lines: Vec<String> = lines.map(|line| filled(&line, "", "  ")).collect();
    lines.join("\n")
}

/// Where paragraphs have numbers, questions have none.
fn answer(answer: &AnswerView, audience: Audience) -> Answer {
    let number = match audience {
        Audience::Media => format!("{}. ", answer.number),
        Audience::Government => String::new(),
    };
    let indent = " ".repeat(number.len());
    Answer {
        number: answer.number,
        asked: filled(&answer.asked.replace('\n', " "), &number, &indent),
        body: blocks(&answer.blocks, 0),
    }
}

/// Lines of at most 72 columns; line breaks of the text stay.
fn filled(text: &str, first: &str, rest: &str) -> String {
    let options = Options::new(WIDTH)
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation);
    let lines = text
        .split('\n')
        .map(|line| textwrap::fill(line.trim(), &options));
    broken(&lines.collect::<Vec<_>>().join("\n"))
}

/// Breaks what is too wide though it has no blank to break at; an address stays whole.
fn broken(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let whole = display_width(line) <= WIDTH || line.contains("://");
        let mut width = 0;
        for sign in line.chars() {
            let wide = display_width(sign.encode_utf8(&mut [0; 4]));
            if !whole && width + wide > WIDTH {
                out.push('\n');
                width = 0;
            }
            out.push(sign);
            width += wide;
        }
    }
    out
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
    let late = contact.out_of_hours.as_ref();
    let late = late.map(|late| format!("Out of hours: {late}"));
    let parts = [
        Some(&contact.name),
        contact.email.as_ref(),
        contact.phone.as_ref(),
        contact.url.as_ref(),
        contact.hours.as_ref(),
        late.as_ref(),
    ];
    let lines = parts.into_iter().flatten();
    let lines: Vec<String> = lines.map(|line| filled(line, "", "  ")).collect();
    lines.join("\n")
}

/// Blocks as plain text.
pub fn plain(text: &[Block]) -> String {
    blocks(text, 0)
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
        Block::Paragraph {
            number,
            text,
            ground,
            ..
        } => {
            let number = number.map_or_else(String::new, |number| format!("{number}. "));
            let mark = match ground {
                Some(Ground::Experience) => "[Experience] ",
                Some(Ground::Evidence) | None => "",
            };
            let text = format!("{mark}{}", spans(text));
            filled(&text, &format!("{margin}{number}"), &margin)
        }
        Block::Heading { text, .. } => filled(&spans(text).to_uppercase(), &margin, &margin),
        Block::List { start, items } => list(*start, items, indent),
        Block::Quote(inner) => blocks(inner, indent + 4),
        Block::Code(text) => {
            let line = |line: &str| format!("{margin}    {line}");
            let lines: Vec<String> = text.trim_end().lines().map(line).collect();
            broken(&lines.join("\n"))
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
