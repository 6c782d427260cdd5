//! The people of an edition as a word processor knows them: whom to ask, who speaks, who said what.

use crate::narrative::config::{Contact, Spokesperson};
use crate::render::document::{Span, is_safe};
use crate::render::view::QuoteView;

use super::story::{Piece, Style, plain, styled};

/// Whom a reader may ask.
pub fn contact(contact: &Contact) -> Piece {
    let late = contact.out_of_hours.as_ref();
    let late = late.map(|late| format!("Out of hours: {late}"));
    let parts = [
        Some(Span::Text(contact.name.clone())),
        contact.email.as_ref().map(|to| link("mailto:", to)),
        contact.phone.clone().map(Span::Text),
        contact.url.as_ref().map(|to| match is_safe(to) {
            true => link("", to),
            false => Span::Text(to.clone()),
        }),
        contact.hours.clone().map(Span::Text),
        late.map(Span::Text),
    ];
    lines(parts.into_iter().flatten())
}

/// Who speaks to the media.
pub fn spokesperson(who: &Spokesperson) -> Piece {
    let name = Span::Strong(plain(&who.name));
    let told = who.lines().into_iter().map(Span::Text);
    let email = who.email.as_ref().map(|to| link("mailto:", to));
    let phone = who.phone.clone().map(Span::Text);
    lines([name].into_iter().chain(told).chain(email).chain(phone))
}

/// The words that somebody may be quoted with, and who says them.
pub fn quote(quote: &QuoteView) -> [Piece; 2] {
    let mut by = vec![
        Span::Strong(plain(&quote.name)),
        Span::Text(format!(", {}", quote.role)),
    ];
    by.extend(quote.cited.clone());
    if let Some(until) = &quote.until {
        by.push(Span::Text(format!(" May be used to {until}.")));
    }
    let words = plain(&format!("\u{201c}{}\u{201d}", quote.words));
    [styled(Style::Quote, words), styled(Style::Body, by)]
}

fn link(scheme: &str, to: &str) -> Span {
    Span::Link {
        url: format!("{scheme}{to}"),
        text: plain(to),
    }
}

/// Parts that stand below each other.
fn lines(parts: impl Iterator<Item = Span>) -> Piece {
    let mut text = Vec::new();
    for part in parts {
        if !text.is_empty() {
            text.push(Span::Break);
        }
        text.push(part);
    }
    styled(Style::Body, text)
}
