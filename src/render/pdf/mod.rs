//! PDF: one file for the screen, the printer, the archive and the screen reader.
//!
//! It is tagged PDF 1.7 that keeps PDF/A-2a and PDF/UA-1 at once, set by the templates that end in `.typ`.

mod data;
mod world;

use crate::narrative::config::Audience;
use crate::narrative::time::Moment;

use super::templates::{TemplateError, Templates};
use super::view::View;
use world::Job;

/// Writes an edition as PDF; the date is the file's own, and the same input gives the same bytes.
pub fn write(view: &View, date: Moment, templates: &Templates) -> Result<Vec<u8>, TemplateError> {
    let main = match view.audience {
        Audience::Media => "media.typ",
        Audience::Government => "government.typ",
    };
    let edition = data::edition(view);
    let missing = world::missing(&edition);
    if !missing.is_empty() {
        return Err(TemplateError::NoGlyph(missing.join(", ")));
    }
    let data = edition.to_string();
    world::set(&Job { main, data, date }, templates)
}
