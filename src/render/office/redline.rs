//! What changed between two releases, as a text with tracked changes: sentences first, words within them.
//!
//! To accept every change gives the new texts, to reject every change the old ones. Words stand as they were typed, signs of
//! markup included: a change of a link or of emphasis is a change too. What moved is removed at one place and added at
//! the other, and whoever is named beside the change says so.

use crate::narrative::time::Moment;

use super::story::{Changed, Piece, Story, Style, line};
use super::tell::changed;

/// What a redline is made of.
#[derive(Clone, Debug)]
pub struct Redline<'a> {
    /// The narrative's title.
    pub title: &'a str,
    /// The language of the texts, as in BCP 47.
    pub language: &'a str,
    /// What is compared: `v2026.03.0`.
    pub before: &'a str,
    /// What it is compared with.
    pub after: &'a str,
    /// When the second was released.
    pub date: Moment,
    /// Whether the second is a draft, in words for the head of every page.
    pub warning: Option<&'static str>,
    /// The texts that differ.
    pub texts: Vec<Text>,
}

/// An answer at two releases.
#[derive(Clone, Debug)]
pub struct Text {
    /// The question as it is asked.
    pub asked: String,
    /// The answer as it was; empty if there was none.
    pub before: String,
    /// The answer as it is; empty if there is none.
    pub after: String,
}

/// Writes a redline as DOCX.
pub fn docx(redline: &Redline<'_>) -> Vec<u8> {
    super::docx::write(&story(redline))
}

/// Writes a redline as ODT.
pub fn odt(redline: &Redline<'_>) -> Vec<u8> {
    super::odt::write(&story(redline))
}

fn story(redline: &Redline<'_>) -> Story {
    let (before, after) = (redline.before, redline.after);
    let title = format!("What changed from {before} to {after}");
    let mut pieces = vec![
        line(Style::Opening, "CHANGES"),
        line(Style::Title, redline.title),
        line(Style::Subtitle, &title),
    ];
    let told: Vec<(&Text, Vec<Changed>)> = redline
        .texts
        .iter()
        .map(|text| (text, changed(&text.before, &text.after)))
        .filter(|(_, changed)| changed.iter().any(Changed::is_change))
        .collect();
    let end = match told.is_empty() {
        true => format!("Nothing changed from {before} to {after}."),
        false => format!(
            "To accept every change gives the texts of {after}, to reject every change those of {before}."
        ),
    };
    for (text, changed) in told {
        pieces.push(line(Style::Heading(1), &text.asked.replace('\n', " ")));
        pieces.extend(changed.into_iter().map(Piece::Changed));
    }
    pieces.push(line(Style::Status, &end));
    Story {
        language: redline.language.to_owned(),
        title: format!("{}: {title}", redline.title),
        author: format!("{} {after}", redline.title),
        date: redline.date,
        warning: redline.warning,
        header: redline.title.to_owned(),
        footer: format!("{before} to {after}"),
        pieces,
        footnotes: Vec::new(),
    }
}
