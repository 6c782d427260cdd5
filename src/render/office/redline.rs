//! What changed between two releases, as a text with tracked changes: sentences first, words within them.
//!
//! To accept every change gives the new texts, to reject every change the old ones. Words are set as in a release; sources
//! and footnotes have one number for both texts. A change of how words are set is tracked as such; a link that leads
//! elsewhere goes and comes with its words. What moved is removed at one place and added at the other, and whoever is
//! named beside the change says so.

use crate::narrative::sources::Source;
use crate::narrative::time::Moment;

use crate::prose::seen::{Face, Reference};
use crate::release::redline::SupersededQuote;
use crate::render::document::is_safe;
use crate::render::redline::numbers::Numbers;

use super::edition::source;
use super::story::{Changed, Piece, Story, Style, Words, headed, line};
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
    /// What they can cite.
    pub sources: Vec<Source>,
    /// The approved quotes that rest on what changed.
    pub quotes: Vec<SupersededQuote>,
}

/// An answer at two releases.
#[derive(Clone, Debug)]
pub struct Text {
    /// The question's number.
    pub number: u32,
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
    let numbers = Numbers::of(told.iter().flat_map(references));
    let end = match told.is_empty() {
        true => format!("Nothing changed from {before} to {after}."),
        false => accepting(redline),
    };
    for (text, changed) in told {
        pieces.push(line(Style::Heading(1), &text.asked.replace('\n', " ")));
        let numbered = |each| numbered(each, (text.number, &numbers));
        pieces.extend(changed.into_iter().map(numbered).map(Piece::Changed));
    }
    pieces.push(line(Style::Status, &end));
    pieces.extend(quotes(&redline.quotes));
    pieces.extend(cited(redline, &numbers));
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

/// What it gives to accept or reject the changes.
fn accepting(redline: &Redline<'_>) -> String {
    format!(
        "To accept every change gives the texts of {}, to reject every change those of {}.",
        redline.after, redline.before
    )
}

/// The list of the sources that the texts cite.
fn cited(redline: &Redline<'_>, numbers: &Numbers) -> Vec<Piece> {
    let sources = numbers.list(&redline.sources);
    headed("Sources", sources.iter().map(source).collect())
}

/// The approved quotes that rest on a sentence which stands so no more, with what reads in its place.
fn quotes(quotes: &[SupersededQuote]) -> Vec<Piece> {
    let told = |quote: &SupersededQuote| {
        let now = match &quote.rests_on.now {
            Some(now) => format!("The answer reads now: “{now}”"),
            None => "The answer says it no more.".to_owned(),
        };
        let told = format!("“{}”, {}. {now}", quote.words, quote.told());
        line(Style::Bullet(1), &told)
    };
    let title = "Approved quotes that rest on what changed";
    headed(title, quotes.iter().map(told).collect())
}

/// What the paragraphs of a text refer to, in reading order.
fn references((text, changed): &(&Text, Vec<Changed>)) -> Vec<(u32, Reference)> {
    let words = changed.iter().flat_map(|paragraph| &paragraph.text);
    let refers = words.filter_map(|words| words.face.refers.clone());
    refers.map(|to| (text.number, to)).collect()
}

/// A paragraph with the numbers of what it refers to, and without links that nobody should follow.
fn numbered(mut changed: Changed, numbers: (u32, &Numbers)) -> Changed {
    for words in &mut changed.text {
        number(words, numbers);
    }
    changed
}

fn number(words: &mut Words, (question, numbers): (u32, &Numbers)) {
    let safe = |face: &mut Face| face.link = face.link.take().filter(|url| is_safe(url));
    safe(&mut words.face);
    words.was.iter_mut().for_each(safe);
    match &words.face.refers {
        Some(Reference::Source(id)) => {
            let number = numbers.source(id).unwrap_or_default();
            words.text = format!("[{number}]");
            words.face.link = Some(format!("#source-{number}"));
        }
        Some(Reference::Footnote(label)) => {
            words.text = numbers.note(question, label).unwrap_or_default();
        }
        None => {}
    }
}
