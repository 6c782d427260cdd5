//! The parts around the text of an ODT file: manifest, properties, styles, header and footer.

use super::Writer;
use crate::render::office::archive::{Parts, pack_behind};
use crate::render::office::story::Story;
use crate::render::office::xml::{Xml, filled};

/// What programs know the file by.
const KIND: &str = "application/vnd.oasis.opendocument.text";

pub(super) fn packed(story: &Story, writer: Writer<'_>) -> Vec<u8> {
    let parts = Parts::from([
        (
            "META-INF/manifest.xml",
            include_str!("../parts/odt-manifest.xml").to_owned(),
        ),
        ("content.xml", content(writer)),
        (
            "meta.xml",
            story.properties(include_str!("../parts/odt-meta.xml")),
        ),
        ("styles.xml", styles(story)),
    ]);
    pack_behind("mimetype", KIND, &parts)
}

fn content(writer: Writer<'_>) -> String {
    let regions = writer.changes.regions.finish();
    let changes = if regions.trim().is_empty() {
        String::new()
    } else {
        format!(
            "<text:tracked-changes text:track-changes=\"false\">{regions}</text:tracked-changes>"
        )
    };
    let head = include_str!("../parts/odt-content.xml").trim_end();
    let body = writer.xml.finish();
    format!("{head}{changes}{body}</office:text></office:body></office:document-content>\n")
}

fn styles(story: &Story) -> String {
    let (language, script, country) = language(&story.language);
    let values = [
        ("language", language),
        ("script", script),
        ("country", country),
    ];
    let head = filled(include_str!("../parts/odt-styles.xml").trim_end(), &values);
    let page = page(story);
    format!("{head}{page}</office:master-styles></office:document-styles>\n")
}

/// Language, script and country of a BCP 47 tag; `none` for what it does not say.
fn language(tag: &str) -> (&str, &str, &str) {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or("none");
    let mut script = "none";
    let mut country = "none";
    for part in parts {
        match part.len() {
            4 if script == "none" && country == "none" => script = part,
            2 | 3 if country == "none" => country = part,
            _ => break,
        }
    }
    (language, script, country)
}

/// The page with its header and footer.
fn page(story: &Story) -> String {
    let mut xml = Xml::part();
    let page = [
        ("style:name", "Standard"),
        ("style:page-layout-name", "Page"),
    ];
    xml.open("style:master-page", &page)
        .open("style:header", &[]);
    if let Some(warning) = story.warning {
        line(&mut xml, "Warning", warning);
        xml.close();
    }
    line(&mut xml, "Header", &story.header);
    xml.close().close().open("style:footer", &[]);
    line(&mut xml, "Footer", &story.footer);
    xml.empty("text:tab", &[])
        .text("Page ")
        .open("text:page-number", &[("text:select-page", "current")])
        .text("1")
        .close()
        .text(" of ")
        .leaf("text:page-count", "1");
    xml.finish()
}

/// Opens a paragraph of a style with its words.
fn line(xml: &mut Xml, style: &str, text: &str) {
    xml.open("text:p", &[("text:style-name", style)]).text(text);
}
