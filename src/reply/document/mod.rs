//! Documents of word processors, as Markdown.
//!
//! Headings, lists with their numbers, emphasis, links, tables and footnotes are taken over. Tracked changes are read as the
//! user says, and comments never go into the text; both are told with who made them.

mod docx;
mod odt;
mod package;
mod pen;
mod xml;

use super::split::Manner;
use super::{ReadError, Reply, Tracking};
use package::Package;
use pen::Pen;

/// Reads a document.
///
/// # Errors
///
/// It is none that can be read, or a part of it is too large.
pub fn read(bytes: &[u8], tracking: Tracking) -> Result<Reply, ReadError> {
    let mut package = Package::open(bytes)?;
    let mut pen = Pen::new(tracking);
    if package.has("word/document.xml") {
        docx::read(&mut package, &mut pen)?;
    } else if package.has("content.xml") {
        odt::read(&mut package, &mut pen)?;
    } else {
        return Err(ReadError::Unknown(
            "an archive that is no `.docx` and no `.odt`",
        ));
    }
    let attachments = std::mem::take(&mut pen.unread);
    let (text, changes, comments) = pen.done();
    Ok(Reply {
        text,
        manner: Manner::Paper,
        from: None,
        attachments,
        changes,
        comments,
    })
}
