//! An edition as the data that the templates of the PDF read.
//!
//! Typst sets a string of data as it stands: what people wrote never becomes markup on the way.

use serde_json::{Value, json};

use crate::narrative::config::{Audience, Contact, Spokesperson};
use crate::render::document::{Block, Footnote, Ground, Span, plain};
use crate::render::view::{AnswerView, NoteView, QuoteView, View};

/// How deep lists and quotes may stand in each other; what is deeper stands beside the block that holds it, because the
/// setting of nested blocks has a limit, and no page has room for more.
const DEEPEST: usize = 10;

/// An edition as JSON.
pub fn edition(view: &View) -> Value {
    let (language, region) = language(&view.language);
    json!({
        "audience": match view.audience {
            Audience::Media => "media",
            Audience::Government => "government",
        },
        "lang": language,
        "region": region,
        "headline": line(&view.headline),
        "opening": line(&view.opening),
        "standfirst": spans(&view.standfirst),
        "lead": blocks(&view.lead),
        "summary": each(&view.summary, |text| spans(text)),
        "answers": each(&view.answers, answer),
        "quotes": each(&view.quotes, quote),
        "spokespeople": each(&view.spokespeople, spokesperson),
        "reading": view.reading,
        "recommendations-from": view.recommendations_from,
        "recommendations": each(&view.recommendations, |text| spans(text)),
        "footnotes": each(&view.footnotes, footnote),
        "notes": each(&view.notes, note),
        "contacts": each(&view.contacts, contact),
        "standing": blocks(&view.standing),
        "version": view.version,
        "date": view.date,
        "status": view.status,
        "changed": view.changed,
        "licence": view.licence,
        "draft": view.draft,
    })
}

/// Language and region of a BCP 47 tag; the region is absent where the tag has none.
fn language(tag: &str) -> (String, Option<String>) {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let region = parts
        .find(|part| part.len() == 2)
        .map(str::to_ascii_uppercase);
    (language, region)
}

/// A text that may have been wrapped, in one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn each<T>(items: &[T], value: impl Fn(&T) -> Value) -> Value {
    items.iter().map(value).collect()
}

fn answer(answer: &AnswerView) -> Value {
    json!({
        "number": answer.number,
        "anchor": answer.anchor,
        "asked": line(&answer.asked),
        "status": answer.status,
        "body": blocks(&answer.blocks),
    })
}

fn quote(quote: &QuoteView) -> Value {
    let cited: Vec<Span> = quote.cited.iter().cloned().collect();
    json!({
        "words": line(&quote.words),
        "said-by": format!("{}, {}", line(&quote.name), line(&quote.role)),
        "cited": spans(&cited),
        "until": quote.until,
    })
}

fn spokesperson(who: &Spokesperson) -> Value {
    json!({
        "name": who.name,
        "lines": who.lines(),
        "email": who.email,
        "phone": who.phone,
    })
}

fn footnote(note: &Footnote) -> Value {
    // It stands within a text: its paragraphs have no anchors of their own.
    let mut maker = Maker {
        depth: 1,
        heading: 1,
    };
    json!({ "mark": note.mark(), "body": maker.blocks(&note.blocks) })
}

fn note(note: &NoteView) -> Value {
    json!({
        "number": note.number,
        "uses": note.uses,
        "title": line(&note.title),
        "url": note.url,
        "as-of": note.as_of,
        "caveat": note.caveat.as_deref().map(line),
    })
}

fn contact(contact: &Contact) -> Value {
    json!({
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "url": contact.url,
        "hours": contact.hours,
        "out-of-hours": contact.out_of_hours.as_ref().map(|late| format!("Out of hours: {late}")),
    })
}

/// The blocks of a text.
pub(super) fn blocks(blocks: &[Block]) -> Value {
    Maker {
        depth: 0,
        heading: 1,
    }
    .blocks(blocks)
}

/// Where a block stands.
struct Maker {
    depth: usize,
    /// The level of the heading before it: a reader who goes by headings meets no gap.
    heading: u8,
}

impl Maker {
    fn blocks(&mut self, blocks: &[Block]) -> Value {
        blocks.iter().flat_map(|block| self.block(block)).collect()
    }

    fn inner(&mut self, blocks: &[Block]) -> Value {
        self.depth += 1;
        let inner = self.blocks(blocks);
        self.depth -= 1;
        inner
    }

    fn block(&mut self, block: &Block) -> Vec<Value> {
        vec![match block {
            Block::Paragraph {
                anchor,
                number,
                text,
                ground,
                ..
            } => json!({
                "kind": "paragraph",
                "experience": *ground == Some(Ground::Experience),
                // What stands within a block is not counted the same way everywhere.
                "anchor": (self.depth == 0 && !anchor.is_empty()).then_some(anchor),
                "number": number,
                "text": spans(text),
            }),
            Block::Heading { level, text } => {
                self.heading = (level + 1).min(self.heading + 1);
                json!({ "kind": "heading", "level": self.heading, "text": spans(text) })
            }
            Block::List { items, .. } if self.depth == DEEPEST => {
                return items
                    .iter()
                    .flatten()
                    .flat_map(|block| self.block(block))
                    .collect();
            }
            Block::Quote(inner) if self.depth == DEEPEST => {
                return inner.iter().flat_map(|block| self.block(block)).collect();
            }
            Block::List { start, items } => self.list(*start, items),
            Block::Quote(inner) => json!({ "kind": "quote", "blocks": self.inner(inner) }),
            Block::Code(text) => json!({ "kind": "verbatim", "text": text.trim_end() }),
            Block::Table { header, rows } => table(header, rows),
            Block::Rule => json!({ "kind": "rule" }),
        }]
    }

    fn list(&mut self, start: Option<usize>, items: &[Vec<Block>]) -> Value {
        let short = |item: &Vec<Block>| matches!(item.as_slice(), [] | [Block::Paragraph { .. }]);
        let tight = items.iter().all(short);
        let items: Value = items.iter().map(|item| self.inner(item)).collect();
        json!({ "kind": "list", "start": start, "tight": tight, "items": items })
    }
}

fn table(header: &[Vec<Span>], rows: &[Vec<Vec<Span>>]) -> Value {
    let cell = |cell: &Vec<Span>| json!({ "text": spans(cell) });
    // A row has as many cells as the header, or the next row would move up into it.
    let row = |cells: &Vec<Vec<Span>>| -> Value {
        let none = Vec::new();
        let filled = (0..header.len()).map(|at| cell(cells.get(at).unwrap_or(&none)));
        filled.collect()
    };
    json!({
        "kind": "table",
        "header": each(header, |text| cell(text)),
        // A header is set again on the next page, and a link or the mark of a source may stand only once.
        "repeat": !header.iter().any(|cell| is_linked(cell)),
        "rows": each(rows, row),
    })
}

fn is_linked(parts: &[Span]) -> bool {
    parts.iter().any(|part| match part {
        Span::Link { .. } | Span::Citation(_) | Span::Footnote(..) => true,
        Span::Emphasis(text) | Span::Strong(text) | Span::Struck(text) => is_linked(text),
        Span::Text(_) | Span::Code(_) | Span::Break => false,
    })
}

/// Text; the mark of a source or a footnote stands close to the word before it.
fn spans(parts: &[Span]) -> Value {
    let cites = |at: usize| {
        matches!(
            parts.get(at + 1),
            Some(Span::Citation(_) | Span::Footnote(..))
        )
    };
    let value = |(at, part): (usize, &Span)| match part {
        Span::Text(text) if cites(at) => json!({ "kind": "text", "text": text.trim_end() }),
        Span::Text(text) => json!({ "kind": "text", "text": text }),
        Span::Code(text) => json!({ "kind": "code", "text": text }),
        Span::Emphasis(text) => json!({ "kind": "emphasis", "text": spans(text) }),
        Span::Strong(text) => json!({ "kind": "strong", "text": spans(text) }),
        Span::Struck(text) => json!({ "kind": "struck", "text": spans(text) }),
        Span::Link { url, text } => link(url, text),
        Span::Citation(sources) => json!({ "kind": "citation", "sources": sources }),
        Span::Footnote(number, use_) => {
            json!({ "kind": "footnote", "number": number, "use": use_ })
        }
        Span::Break => json!({ "kind": "break" }),
    };
    parts.iter().enumerate().map(value).collect()
}

/// A link to the web, or to an anchor of this file; of any other the words stay, since a PDF travels alone.
fn link(url: &str, text: &[Span]) -> Value {
    let words = if plain(text).trim().is_empty() {
        json!([{ "kind": "text", "text": url }])
    } else {
        spans(text)
    };
    let scheme = url
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    match (url.strip_prefix('#'), scheme.as_deref()) {
        (Some(anchor), _) if !anchor.is_empty() => {
            json!({ "kind": "inner-link", "anchor": anchor, "text": words })
        }
        (_, Some("http" | "https" | "mailto")) => {
            json!({ "kind": "link", "url": url, "text": words })
        }
        _ => json!({ "kind": "words", "text": words }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::document::{Citations, blocks as parsed};

    fn data(text: &str) -> Value {
        blocks(&parsed(text, "q1", &mut Citations::default()))
    }

    #[test]
    fn headings_leave_no_gap() {
        let levels = |text| -> Vec<u64> {
            let data = data(text);
            let levels = data.as_array().into_iter().flatten();
            levels.filter_map(|block| block["level"].as_u64()).collect()
        };
        assert_eq!(levels("### a\n\n###### b\n\n# c\n\n## d\n"), [2, 3, 2, 3]);
    }

    #[test]
    fn a_link_leads_to_the_web_or_into_the_file() {
        let kind = |text| data(text)[0]["text"][0]["kind"].clone();
        assert_eq!(kind("[a](https://example.org)"), "link");
        assert_eq!(kind("[a](#q2)"), "inner-link");
        assert_eq!(kind("[a](notes.md)"), "words");
        assert_eq!(
            data("[](https://example.org)")[0]["text"][0]["text"][0]["text"],
            "https://example.org"
        );
    }

    #[test]
    fn a_row_has_as_many_cells_as_the_header() {
        let table = data("| a | b |\n| --- | --- |\n| one |\n");
        assert_eq!(table[0]["rows"][0].as_array().map(Vec::len), Some(2));
        assert_eq!(table[0]["repeat"], true);
        assert_eq!(data("| a [@s] |\n| --- |\n| b |\n")[0]["repeat"], false);
    }

    #[test]
    fn a_language_may_have_a_region() {
        assert_eq!(language("en-gb"), ("en".to_owned(), Some("GB".to_owned())));
        assert_eq!(
            language("sr-Cyrl-RS"),
            ("sr".to_owned(), Some("RS".to_owned()))
        );
        assert_eq!(language("el"), ("el".to_owned(), None));
    }
}
