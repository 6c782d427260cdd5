//! Markdown that reads well on any forge, with sources as footnotes whose labels are numbers.

use serde::Serialize;

use crate::narrative::config::{Audience, Contact, Spokesperson};

use super::document::{Block, Footnote, Ground, Span, mark};
use super::templates::{TemplateError, Templates};
use super::view::{AnswerView, NoteView, QuoteView, View};

#[derive(Serialize)]
struct Page<'a> {
    headline: String,
    opening: &'a str,
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
    date: &'a str,
    status: &'a str,
    changed: &'a [String],
    licence: Option<&'a str>,
    draft: bool,
}

#[derive(Serialize)]
struct Answer {
    number: u32,
    asked: String,
    body: String,
    status: String,
}

/// Writes an edition as Markdown.
pub fn write(view: &View, templates: &Templates) -> Result<String, TemplateError> {
    let name = match view.audience {
        Audience::Media => "media.md",
        Audience::Government => "government.md",
    };
    let page = Page {
        headline: escaped(&view.headline),
        opening: &view.opening,
        standfirst: spans(&view.standfirst),
        lead: blocks(&view.lead),
        summary: view.summary.iter().map(|text| spans(text)).collect(),
        answers: view.answers.iter().map(answer).collect(),
        quotes: view.quotes.iter().map(quote).collect(),
        recommendations: recommendations(view),
        reading: escaped(&view.reading),
        footnotes: view.footnotes.iter().map(footnote).collect(),
        notes: view.notes.iter().map(note).collect(),
        contacts: view.contacts.iter().map(contact).collect(),
        spokespeople: view.spokespeople.iter().map(spokesperson).collect(),
        standing: blocks(&view.standing),
        version: &view.version,
        date: &view.date,
        status: &view.status,
        changed: &view.changed,
        licence: view.licence.as_deref(),
        draft: view.draft,
    };
    templates.fill(name, &page)
}

fn footnote(note: &Footnote) -> String {
    let inner = blocks(&note.blocks).replace('\n', "\n    ");
    format!("[^{}]: {inner}", note.mark())
}

fn answer(answer: &AnswerView) -> Answer {
    Answer {
        number: answer.number,
        asked: escaped(&answer.asked.replace('\n', " ")),
        body: blocks(&answer.blocks),
        status: answer.status.clone(),
    }
}

/// Numbered on from the paragraphs.
fn recommendations(view: &View) -> Vec<String> {
    let numbered = (view.recommendations_from..).zip(&view.recommendations);
    let one = |(number, text): (u32, &Vec<Span>)| format!("**{number}.** {}", spans(text));
    numbered.map(one).collect()
}

fn quote(quote: &QuoteView) -> String {
    let cited = quote.cited.as_ref().map(span).unwrap_or_default();
    let until = quote.until.as_ref();
    let until = until.map_or_else(String::new, |day| format!(" (may be used to {day})"));
    format!(
        "> “{}”\n>\n> {}, {}{cited}{until}",
        escaped(&quote.words).replace('\n', "\n> "),
        escaped(&quote.name),
        escaped(&quote.role)
    )
}

fn spokesperson(who: &Spokesperson) -> String {
    let reached = [who.email.clone(), who.phone.clone()];
    let parts = [who.name.clone()].into_iter().chain(who.lines());
    let parts = parts.chain(reached.into_iter().flatten());
    let parts: Vec<String> = parts.map(|part| escaped(&part)).collect();
    parts.join(", ")
}

fn note(note: &NoteView) -> String {
    let url = note
        .url
        .as_ref()
        .map_or_else(String::new, |url| format!(" <{url}>"));
    let caveat = note
        .caveat
        .as_deref()
        .map_or_else(String::new, |text| format!(" {}", escaped(text)));
    format!(
        "[^{}]: {} ({}).{url}{caveat}",
        note.number,
        escaped(&note.title),
        escaped(&note.as_of)
    )
}

fn contact(contact: &Contact) -> String {
    let late = contact.out_of_hours.as_ref();
    let late = late.map(|late| format!("out of hours: {late}"));
    let parts = [
        &contact.email,
        &contact.phone,
        &contact.url,
        &contact.hours,
        &late,
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .map(|part| escaped(part))
        .collect();
    [escaped(&contact.name)]
        .into_iter()
        .chain(parts)
        .collect::<Vec<_>>()
        .join(", ")
}

fn blocks(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect::<Vec<_>>().join("\n\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph {
            number,
            text,
            ground,
            ..
        } => {
            let number = number.map_or_else(String::new, |number| format!("**{number}.** "));
            let mark = match ground {
                Some(Ground::Experience) => "*Experience:* ",
                Some(Ground::Evidence) | None => "",
            };
            format!("{number}{mark}{}", spans(text))
        }
        Block::Heading { level, text } => {
            format!(
                "{} {}",
                "#".repeat(usize::from((level + 2).min(6))),
                spans(text)
            )
        }
        Block::List { start, items } => list(*start, items),
        Block::Quote(inner) => format!("> {}", blocks(inner).replace('\n', "\n> ")),
        Block::Code(text) => format!("```\n{}\n```", text.trim_end().replace("```", "` ` `")),
        Block::Table { header, rows } => table(header, rows),
        Block::Rule => "---".to_owned(),
    }
}

fn list(start: Option<usize>, items: &[Vec<Block>]) -> String {
    let item = |(at, item): (usize, &Vec<Block>)| {
        let marker = start.map_or("- ".to_owned(), |start| format!("{}. ", start + at));
        let indent = " ".repeat(marker.len());
        format!(
            "{marker}{}",
            blocks(item).replace('\n', &format!("\n{indent}"))
        )
    };
    let items = items.iter().enumerate().map(item);
    items.collect::<Vec<_>>().join("\n")
}

fn table(header: &[Vec<Span>], rows: &[Vec<Vec<Span>>]) -> String {
    let row = |cells: &[Vec<Span>]| {
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| spans(cell).replace('|', "\\|"))
            .collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule = format!("|{}", " --- |".repeat(header.len()));
    [row(header), rule]
        .into_iter()
        .chain(rows.iter().map(|cells| row(cells)))
        .collect::<Vec<_>>()
        .join("\n")
}

fn spans(spans: &[Span]) -> String {
    spans.iter().map(span).collect()
}

fn span(span: &Span) -> String {
    match span {
        Span::Text(text) => escaped(text),
        Span::Emphasis(text) => format!("*{}*", spans(text)),
        Span::Strong(text) => format!("**{}**", spans(text)),
        Span::Struck(text) => format!("~~{}~~", spans(text)),
        Span::Code(text) => format!("`{}`", text.replace('`', "'")),
        Span::Link { url, text } => format!("[{}](<{}>)", spans(text), url.replace(['<', '>'], "")),
        Span::Citation(sources) => sources
            .iter()
            .map(|(number, _)| format!("[^{number}]"))
            .collect(),
        Span::Footnote(number, _) => format!("[^{}]", mark(*number)),
        Span::Break => "\\\n".to_owned(),
    }
}

/// A text with everything that Markdown would take for its own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, sign) in text.char_indices() {
        let special = matches!(
            sign,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|'
        );
        let opens = at == 0 && matches!(sign, '#' | '+' | '-' | '=' | ':');
        if special || opens {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}
