//! An edition as a story: its parts in the order in which a reader meets them.

use crate::narrative::config::Audience;
use crate::render::document::{Block, Ground, Span};
use crate::render::view::{AnswerView, NoteView, View};

use super::people::{contact, quote, spokesperson};
use super::story::{Piece, Story, Style, cited, headed, line, plain, styled};

/// Tells an edition.
pub fn edition(view: &View) -> Story {
    let mut pieces = vec![line(Style::Opening, &opening(view))];
    pieces.push(line(Style::Title, &view.headline));
    if !view.standfirst.is_empty() {
        pieces.push(styled(Style::Subtitle, view.standfirst.clone()));
    }
    pieces.extend(view.lead.iter().cloned().map(Piece::Block));
    pieces.push(line(Style::Status, &view.status));
    pieces.extend(listed("Executive summary", &view.summary));
    if !view.reading.is_empty() {
        pieces.push(line(Style::Body, &view.reading));
    }
    for answer in &view.answers {
        pieces.push(asked(view, answer));
        pieces.extend(answer.blocks.iter().map(grounded));
    }
    pieces.extend(headed(
        "Quotes",
        view.quotes.iter().flat_map(quote).collect(),
    ));
    if view.audience == Audience::Media {
        pieces.push(line(Style::Ends, "ENDS"));
    }
    pieces.extend(headed("Recommendations", recommendations(view)));
    pieces.extend(sources(view));
    pieces.extend(closing(view));
    Story {
        language: view.language.clone(),
        title: view.headline.clone(),
        author: view.author.clone(),
        date: view.moment,
        warning: view.draft.then_some("Draft: not agreed"),
        header: view.headline.clone(),
        footer: format!("Version {} of {}", view.version, view.date),
        pieces,
        footnotes: view.footnotes.clone(),
    }
}

fn opening(view: &View) -> String {
    match (view.audience, view.draft) {
        (Audience::Media, _) => view.opening.clone(),
        (Audience::Government, true) => "DRAFT EVIDENCE".to_owned(),
        (Audience::Government, false) => "WRITTEN EVIDENCE".to_owned(),
    }
}

fn asked(view: &View, answer: &AnswerView) -> Piece {
    let asked = answer.asked.replace('\n', " ");
    let text = match view.audience {
        Audience::Media => format!("{}. {asked}", answer.number),
        Audience::Government => asked,
    };
    Piece::Line {
        style: Style::Heading(1),
        anchor: Some(answer.anchor.clone()),
        text: vec![Span::Text(text)],
    }
}

/// A block of an answer; what rests on experience alone says so.
fn grounded(block: &Block) -> Piece {
    let mut block = block.clone();
    if let Block::Paragraph {
        ground: Some(Ground::Experience),
        text,
        ..
    } = &mut block
    {
        text.insert(0, Span::Strong(plain("Experience: ")));
    }
    Piece::Block(block)
}

/// What is asked of the reader, numbered on from the paragraphs.
fn recommendations(view: &View) -> Vec<Piece> {
    let numbered = |(number, text): (u32, &Vec<Span>)| {
        Piece::Block(Block::Paragraph {
            anchor: format!("recommendation-{number}"),
            number: Some(number),
            passages: Vec::new(),
            ground: None,
            text: text.clone(),
        })
    };
    let points = (view.recommendations_from..).zip(&view.recommendations);
    points.map(numbered).collect()
}

fn sources(view: &View) -> Vec<Piece> {
    let title = match view.audience {
        Audience::Media => "Notes to editors",
        Audience::Government => "Sources",
    };
    let notes = view.notes.iter().map(source);
    headed(title, notes.collect())
}

pub(super) fn source(note: &NoteView) -> Piece {
    let title = vec![Span::Text(note.title.clone())];
    let mut text = match &note.url {
        Some(url) => vec![Span::Link {
            url: url.clone(),
            text: title,
        }],
        None => title,
    };
    let as_of = Some(&note.as_of).filter(|as_of| !as_of.is_empty());
    let as_of = as_of.map_or_else(String::new, |as_of| format!(" ({as_of})"));
    text.push(Span::Text(format!("{as_of}.")));
    if let Some(caveat) = &note.caveat {
        text.push(Span::Text(format!(" {caveat}")));
    }
    text.extend(back(note));
    Piece::Line {
        style: Style::Source,
        anchor: Some(format!("source-{}", note.number)),
        text,
    }
}

/// Links from a source to where it is cited.
fn back(note: &NoteView) -> impl Iterator<Item = Span> {
    let (number, uses) = (note.number, note.uses);
    (1..=uses).flat_map(move |at| {
        let arrow = match uses {
            1 => "↩".to_owned(),
            _ => format!("↩{at}"),
        };
        let link = Span::Link {
            url: format!("#{}", cited(number, at)),
            text: plain(&arrow),
        };
        [Span::Text(" ".to_owned()), link]
    })
}

/// Contacts, who speaks, what changed, how to check.
fn closing(view: &View) -> Vec<Piece> {
    let mut out = headed("Contact", view.contacts.iter().map(contact).collect());
    let speakers = view.spokespeople.iter().map(spokesperson);
    out.extend(headed("Who speaks", speakers.collect()));
    let standing = view.standing.iter().cloned().map(Piece::Block);
    out.extend(headed("About", standing.collect()));
    let changed = view.changed.iter().map(|line| plain(line));
    out.extend(listed("What changed", &changed.collect::<Vec<_>>()));
    let licence = view.licence.as_ref();
    let licence = licence.map_or_else(String::new, |name| format!(" Licence: {name}."));
    let version = format!("Version {} of {}.{licence}", view.version, view.date);
    let check = vec![
        Span::Text("To check this file, compare its SHA-256 with the one in ".to_owned()),
        Span::Code("SHA256SUMS".to_owned()),
        Span::Text(", or run ".to_owned()),
        Span::Code(format!("onetext verify {}", view.version)),
        Span::Text(" in the narrative’s repository.".to_owned()),
    ];
    let version = vec![line(Style::Body, &version), styled(Style::Body, check)];
    out.extend(headed("This version", version));
    out
}

fn listed(title: &str, points: &[Vec<Span>]) -> Vec<Piece> {
    let point = |text: &Vec<Span>| styled(Style::Bullet(1), text.clone());
    headed(title, points.iter().map(point).collect())
}
