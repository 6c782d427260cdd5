//! HTML: one file that asks nothing of anybody.

mod linked;

use std::fmt::Write as _;

use serde::Serialize;

use crate::narrative::config::{Audience, Contact, Spokesperson};

use super::document::{Block, Footnote, Ground, Passage, Span, mark};
use super::templates::{Piece, TemplateError, Templates, finished};
use super::view::{AnswerView, NoteView, QuoteView, View};

#[derive(Serialize)]
struct Page<'a> {
    language: &'a str,
    headline: &'a str,
    opening: &'a str,
    standfirst: Piece,
    lead: Piece,
    summary: Vec<Piece>,
    answers: Vec<Answer<'a>>,
    quotes: Vec<Quote<'a>>,
    recommendations: Vec<Piece>,
    recommendations_from: u32,
    reading: &'a str,
    footnotes: Vec<FootnotePiece>,
    notes: Vec<Note<'a>>,
    contacts: &'a [Contact],
    spokespeople: Vec<Spokes<'a>>,
    standing: Piece,
    version: &'a str,
    date: &'a str,
    day: &'a str,
    status: &'a str,
    changed: &'a [String],
    licence: Option<&'a str>,
    draft: bool,
    numbered: bool,
    linked: Piece,
}

#[derive(Serialize)]
struct Quote<'a> {
    words: &'a str,
    name: &'a str,
    role: &'a str,
    cited: Piece,
    until: Option<&'a str>,
}

#[derive(Serialize)]
struct Spokes<'a> {
    name: &'a str,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    lines: Vec<String>,
}

#[derive(Serialize)]
struct Answer<'a> {
    number: u32,
    anchor: &'a str,
    asked: &'a str,
    body: Piece,
    status: &'a str,
}

#[derive(Serialize)]
struct FootnotePiece {
    number: usize,
    mark: String,
    body: Piece,
    uses: Vec<usize>,
}

#[derive(Serialize)]
struct Note<'a> {
    number: usize,
    title: &'a str,
    url: Option<&'a str>,
    as_of: &'a str,
    caveat: Option<&'a str>,
    uses: Vec<usize>,
}

/// Writes an edition as one HTML file.
pub fn write(view: &View, templates: &Templates) -> Result<String, TemplateError> {
    let name = match view.audience {
        Audience::Media => "media.html",
        Audience::Government => "government.html",
    };
    let page = Page {
        language: &view.language,
        headline: &view.headline,
        opening: &view.opening,
        standfirst: finished(spans(&view.standfirst)),
        lead: finished(blocks(&view.lead)),
        summary: lines(&view.summary),
        answers: view.answers.iter().map(answer).collect(),
        quotes: view.quotes.iter().map(quote).collect(),
        recommendations: lines(&view.recommendations),
        recommendations_from: view.recommendations_from,
        reading: &view.reading,
        footnotes: view.footnotes.iter().map(footnote).collect(),
        notes: view.notes.iter().map(note).collect(),
        contacts: &view.contacts,
        spokespeople: view.spokespeople.iter().map(spokesperson).collect(),
        standing: finished(blocks(&view.standing)),
        version: &view.version,
        date: &view.date,
        day: &view.day,
        status: &view.status,
        changed: &view.changed,
        licence: view.licence.as_deref(),
        draft: view.draft,
        numbered: view.audience == Audience::Government,
        linked: finished(linked::write(view)),
    };
    templates.fill(name, &page)
}

fn lines(texts: &[Vec<Span>]) -> Vec<Piece> {
    texts.iter().map(|text| finished(spans(text))).collect()
}

fn quote(quote: &QuoteView) -> Quote<'_> {
    Quote {
        words: &quote.words,
        name: &quote.name,
        role: &quote.role,
        cited: finished(quote.cited.as_ref().map(span).unwrap_or_default()),
        until: quote.until.as_deref(),
    }
}

fn spokesperson(who: &Spokesperson) -> Spokes<'_> {
    Spokes {
        name: &who.name,
        email: who.email.as_deref(),
        phone: who.phone.as_deref(),
        lines: who.lines(),
    }
}

fn answer(answer: &AnswerView) -> Answer<'_> {
    Answer {
        number: answer.number,
        anchor: &answer.anchor,
        asked: &answer.asked,
        body: finished(blocks(&answer.blocks)),
        status: &answer.status,
    }
}

fn footnote(note: &Footnote) -> FootnotePiece {
    FootnotePiece {
        number: note.number,
        mark: note.mark(),
        body: finished(item_text(&note.blocks)),
        uses: (1..=note.uses).collect(),
    }
}

fn note(note: &NoteView) -> Note<'_> {
    Note {
        number: note.number,
        title: &note.title,
        url: note.url.as_deref(),
        as_of: &note.as_of,
        caveat: note.caveat.as_deref(),
        uses: (1..=note.uses).collect(),
    }
}

fn blocks(blocks: &[Block]) -> String {
    let mut out = String::new();
    blocks.iter().for_each(|each| block(&mut out, each));
    out
}

fn block(out: &mut String, block: &Block) {
    // Writing to a string cannot fail.
    let _ = match block {
        Block::Paragraph {
            anchor,
            number,
            text,
            passages,
            ground,
        } => {
            let words = passage_spans(text, passages);
            let mark = ground.map_or("", ground_mark);
            match number {
                None => writeln!(out, "<p id=\"{anchor}\">{words}</p>"),
                Some(number) => writeln!(
                    out,
                    "<p id=\"{anchor}\" class=\"numbered\"><a class=\"number\" href=\"#{anchor}\">{number}.</a> \
                     <span>{mark}{words}</span></p>"
                ),
            }
        }
        Block::Heading { level, text } => {
            let level = (level + 2).min(6);
            writeln!(out, "<h{level}>{}</h{level}>", spans(text))
        }
        Block::List { start, items } => writeln!(out, "{}", list(*start, items)),
        Block::Quote(inner) => writeln!(out, "<blockquote>\n{}</blockquote>", blocks(inner)),
        Block::Code(text) => writeln!(out, "<pre><code>{}</code></pre>", escaped(text)),
        Block::Table { header, rows } => writeln!(out, "{}", table(header, rows)),
        Block::Rule => writeln!(out, "<hr>"),
    };
}

/// What stands before a paragraph that is not evidence.
fn ground_mark(ground: Ground) -> &'static str {
    match ground {
        Ground::Evidence => "",
        Ground::Experience => "<strong class=\"ground\">Experience</strong> ",
    }
}

/// A paragraph's text with an anchor at each of its passages.
fn passage_spans(text: &[Span], passages: &[Passage]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for passage in passages {
        out.push_str(&spans(&text[at..passage.spans.start]));
        let words = spans(&text[passage.spans.clone()]);
        // Writing to a string cannot fail.
        let _ = write!(out, "<span id=\"{}\">{words}</span>", passage.anchor);
        at = passage.spans.end;
    }
    out + &spans(&text[at..])
}

fn list(start: Option<usize>, items: &[Vec<Block>]) -> String {
    let (open, close) = match start {
        None => ("<ul>".to_owned(), "</ul>"),
        Some(1) => ("<ol>".to_owned(), "</ol>"),
        Some(start) => (format!("<ol start=\"{start}\">"), "</ol>"),
    };
    let items: Vec<String> = items
        .iter()
        .map(|item| format!("<li>{}</li>\n", item_text(item)))
        .collect();
    format!("{open}\n{}{close}", items.concat())
}

/// An item whose only block is a paragraph needs no paragraph of its own.
fn item_text(item: &[Block]) -> String {
    match item {
        [Block::Paragraph { text, passages, .. }, rest @ ..] => {
            let first = passage_spans(text, passages);
            if rest.is_empty() {
                return first;
            }
            format!("{first}\n{}", blocks(rest))
        }
        other => blocks(other),
    }
}

fn table(header: &[Vec<Span>], rows: &[Vec<Vec<Span>>]) -> String {
    let cells = |cells: &[Vec<Span>], open: &str, close: &str| -> String {
        cells
            .iter()
            .map(|cell| format!("{open}{}{close}", spans(cell)))
            .collect()
    };
    let rows: String = rows
        .iter()
        .map(|row| format!("<tr>{}</tr>\n", cells(row, "<td>", "</td>")))
        .collect();
    format!(
        "<div class=\"table\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>",
        cells(header, "<th scope=\"col\">", "</th>")
    )
}

/// Text as HTML; the mark of a source or a footnote stands close to the word before it.
fn spans(spans: &[Span]) -> String {
    let mut out = String::new();
    for each in spans {
        if matches!(each, Span::Citation(_) | Span::Footnote(..)) {
            out.truncate(out.trim_end().len());
        }
        out.push_str(&span(each));
    }
    out
}

fn span(span: &Span) -> String {
    match span {
        Span::Text(text) => escaped(text),
        Span::Emphasis(text) => format!("<em>{}</em>", spans(text)),
        Span::Strong(text) => format!("<strong>{}</strong>", spans(text)),
        Span::Struck(text) => format!("<s>{}</s>", spans(text)),
        Span::Code(text) => format!("<code>{}</code>", escaped(text)),
        Span::Link { url, text } => format!("<a href=\"{}\">{}</a>", escaped(url), spans(text)),
        Span::Citation(sources) => sources
            .iter()
            .map(|(number, use_)| {
                format!(
                    "<sup class=\"cite\"><a id=\"cite-{number}-{use_}\" href=\"#note-{number}\" \
                     aria-label=\"Note {number}\">[{number}]</a></sup>"
                )
            })
            .collect(),
        Span::Footnote(number, use_) => {
            let mark = mark(*number);
            format!(
                "<sup class=\"cite\"><a id=\"footnote-{number}-{use_}\" href=\"#footnote-{number}\" \
                 aria-label=\"Footnote {mark}\">[{mark}]</a></sup>"
            )
        }
        Span::Break => "<br>\n".to_owned(),
    }
}

/// A text with everything that HTML would take for its own.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(sign),
        }
    }
    out
}
