//! Agreed texts as files: one neutral document model, then one file per format.
//!
//! A release goes through one parse into a [`view::View`]; formats differ only in how they write it. Templates shape pages
//! and editions; they get data and finished pieces, and what a contributor wrote reaches them escaped for the format.
//!
//! To add a format: its file here, one line in [`render`], a golden folder in `tests/releases`.
//!
//! **Invariant:** the same input and templates give the same bytes.

mod beside;
pub mod document;
mod html;
pub mod json;
pub mod lengths;
mod markdown;
pub mod office;
#[cfg(feature = "pdf")]
mod pdf;
mod redline;
pub mod templates;
mod text;
pub mod view;
mod weight;

use std::collections::BTreeSet;

use crate::agreement::Statement;
use crate::narrative::config::{Audience, Contact, Edition, Format, Spokesperson};
use crate::narrative::id::QuestionId;
use crate::narrative::quotes::Quote;
use crate::narrative::roster::Roster;
use crate::narrative::sources::Sources;
use crate::narrative::time::Moment;
use crate::provenance::voices::Passage;

use document::Citations;
pub use redline::redline;
use templates::{TemplateError, Templates};
use view::View;
pub use weight::{HEAVIEST, Weight};

/// Everything that one edition of a release is made of.
#[derive(Clone, Debug)]
pub struct Release<'a> {
    /// How contributors wish to be named.
    pub roster: &'a Roster,
    /// The narrative's title.
    pub title: &'a str,
    /// The language of the texts, as in BCP 47.
    pub language: &'a str,
    /// The paragraph that says who speaks.
    pub standing: Option<&'a str>,
    /// The licence of the texts.
    pub licence: Option<&'a str>,
    /// Whom a reader may ask.
    pub contacts: &'a [Contact],
    /// Who speaks to the media.
    pub spokespeople: &'a [Spokesperson],
    /// What people may be quoted with in this edition on the release's day.
    pub quotes: &'a [&'a Quote],
    /// The version, as readers see it.
    pub version: &'a str,
    /// The release's date.
    pub date: Moment,
    /// Whether every page says that it is a draft.
    pub draft: bool,
    /// What stands behind the texts.
    pub status: &'a str,
    /// What changed since the last release, a line each.
    pub changed: &'a [String],
    /// The edition's name.
    pub name: &'a str,
    /// What the edition is.
    pub edition: &'a Edition,
    /// The answers in order.
    pub answers: &'a [Answer],
    /// What is cited.
    pub sources: &'a Sources,
}

/// One question and its answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Number and short name.
    pub question: QuestionId,
    /// The question as asked.
    pub asked: String,
    /// The agreed text, in Markdown.
    pub text: Option<String>,
    /// How it stands, in a word.
    pub status: String,
    /// Whose words it is.
    pub passages: Vec<Passage>,
    /// What became of its earlier releases, or of itself, a sentence each.
    pub notices: Vec<String>,
    /// What members say of it, in a sentence; nothing if they were not asked.
    pub agreement: Option<String>,
    /// What members want to stand beside it.
    pub statements: Vec<Statement>,
}

/// An answer as plain text with the numbers of its sources, and the ids of these in order.
pub fn plain_text(text: &str) -> (String, Vec<String>) {
    let mut citations = Citations::default();
    let blocks = document::blocks(text, "", &mut citations);
    let cited = citations.order().iter().map(|(id, _)| id.clone());
    (text::plain(&blocks), cited.collect())
}

/// A file of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The formats of an edition that names none.
pub fn formats(audience: Audience) -> &'static [Format] {
    match audience {
        Audience::Media => &[
            Format::Html,
            Format::Pdf,
            Format::Docx,
            Format::Text,
            Format::Markdown,
            Format::Json,
        ],
        Audience::Government => &[
            Format::Html,
            Format::Pdf,
            Format::Odt,
            Format::Docx,
            Format::Markdown,
            Format::Json,
        ],
    }
}

/// Writes one edition in all its formats.
///
/// # Errors
///
/// A template cannot be read or filled in.
pub fn render(
    release: &Release<'_>,
    templates: &Templates,
) -> Result<Vec<RenderedFile>, TemplateError> {
    let view = View::new(release);
    formats_of(release.edition)
        .into_iter()
        .map(|format| file(format, release, &view, templates))
        .collect()
}

/// The formats that an edition is written in.
pub fn formats_of(edition: &Edition) -> BTreeSet<Format> {
    let named = edition.formats.iter().copied();
    let usual = formats(edition.audience).iter().copied();
    match edition.formats.is_empty() {
        true => usual.filter(|format| is_offered(*format)).collect(),
        false => named.collect(),
    }
}

/// Whether this program can write a format.
pub fn is_offered(format: Format) -> bool {
    format != Format::Pdf || cfg!(feature = "pdf")
}

fn file(
    format: Format,
    release: &Release<'_>,
    view: &View,
    templates: &Templates,
) -> Result<RenderedFile, TemplateError> {
    let (ending, bytes) = match format {
        Format::Html => ("html", html::write(view, templates)?.into_bytes()),
        Format::Pdf => ("pdf", pdf(release, view, templates)?),
        Format::Docx => ("docx", office::docx(view)),
        Format::Odt => ("odt", office::odt(view)),
        Format::Markdown => ("md", markdown::write(view, templates)?.into_bytes()),
        Format::Text => ("txt", text::write(view, templates)?.into_bytes()),
        Format::Json => ("json", json::write(release, view).into_bytes()),
    };
    let draft = if release.draft { "-draft" } else { "" };
    Ok(RenderedFile {
        name: format!("{}{draft}.{ending}", release.name),
        bytes,
    })
}

#[cfg(feature = "pdf")]
fn pdf(
    release: &Release<'_>,
    view: &View,
    templates: &Templates,
) -> Result<Vec<u8>, TemplateError> {
    pdf::write(release, view, templates)
}

#[cfg(not(feature = "pdf"))]
fn pdf(_: &Release<'_>, _: &View, _: &Templates) -> Result<Vec<u8>, TemplateError> {
    Err(TemplateError::NoPdf)
}
