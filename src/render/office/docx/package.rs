//! The parts around the text of a DOCX file: types, relations, properties, header and footer.

use super::{FIRST_LIST, List, NAMESPACES, Writer};
use crate::render::office::archive::{Parts, pack};
use crate::render::office::story::Story;
use crate::render::office::xml::{Xml, filled};

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The relations of the text to the other parts; the ids are those of the section's header and footer.
const TO_PARTS: [(&str, &str, &str); 6] = [
    ("rId1", "styles", "styles.xml"),
    ("rId2", "numbering", "numbering.xml"),
    ("rId3", "settings", "settings.xml"),
    ("rId4", "footnotes", "footnotes.xml"),
    ("rId5", "header", "header1.xml"),
    ("rId6", "footer", "footer1.xml"),
];

pub(super) fn packed(story: &Story, body: Writer<'_>, notes: Writer<'_>) -> Vec<u8> {
    let language = [("language", story.language.as_str())];
    let mut parts = Parts::from([
        (
            "[Content_Types].xml",
            include_str!("../parts/content-types.xml").to_owned(),
        ),
        (
            "_rels/.rels",
            include_str!("../parts/docx-relations.xml").to_owned(),
        ),
        (
            "docProps/app.xml",
            include_str!("../parts/docx-app.xml").to_owned(),
        ),
        (
            "word/settings.xml",
            filled(include_str!("../parts/docx-settings.xml"), &language),
        ),
        (
            "word/styles.xml",
            filled(include_str!("../parts/docx-styles.xml"), &language),
        ),
    ]);
    parts.insert(
        "docProps/core.xml",
        story.properties(include_str!("../parts/docx-core.xml")),
    );
    parts.insert("word/header1.xml", header(story));
    parts.insert("word/footer1.xml", footer(story));
    parts.insert("word/numbering.xml", numbering(&notes.lists));
    parts.insert("word/_rels/document.xml.rels", relations(&body, &TO_PARTS));
    parts.insert("word/_rels/footnotes.xml.rels", relations(&notes, &[]));
    parts.insert("word/document.xml", body.xml.finish());
    parts.insert("word/footnotes.xml", notes.xml.finish());
    pack(&parts)
}

fn relations(writer: &Writer<'_>, to_parts: &[(&str, &str, &str)]) -> String {
    let mut xml = Xml::document();
    xml.open("Relationships", &[("xmlns", RELATIONS)]);
    for (id, kind, target) in to_parts {
        let kind = format!("{OFFICE}/{kind}");
        let attributes = [("Id", *id), ("Type", kind.as_str()), ("Target", *target)];
        xml.empty("Relationship", &attributes);
    }
    for (url, number) in &writer.links {
        let id = format!("link{number}");
        let kind = format!("{OFFICE}/hyperlink");
        let attributes = [
            ("Id", id.as_str()),
            ("Type", kind.as_str()),
            ("Target", url.as_str()),
            ("TargetMode", "External"),
        ];
        xml.empty("Relationship", &attributes);
    }
    xml.finish()
}

/// Every numbered list has numbers of its own.
fn numbering(lists: &[List]) -> String {
    let mut xml = Xml::document();
    xml.open("w:numbering", &NAMESPACES)
        .raw(include_str!("../parts/docx-numbering.xml"));
    for (at, list) in lists.iter().enumerate() {
        let (id, level) = ((FIRST_LIST + at).to_string(), list.level.to_string());
        let start = list.start.to_string();
        xml.open("w:num", &[("w:numId", &id)])
            .empty("w:abstractNumId", &[("w:val", "2")])
            .open("w:lvlOverride", &[("w:ilvl", &level)])
            .empty("w:startOverride", &[("w:val", &start)])
            .close()
            .close();
    }
    xml.finish()
}

fn header(story: &Story) -> String {
    let mut xml = Xml::document();
    xml.open("w:hdr", &NAMESPACES);
    if let Some(warning) = story.warning {
        line(&mut xml, "Warning", warning);
        xml.close();
    }
    line(&mut xml, "Header", &story.header);
    xml.finish()
}

fn footer(story: &Story) -> String {
    let mut xml = Xml::document();
    xml.open("w:ftr", &NAMESPACES);
    line(&mut xml, "Footer", &story.footer);
    xml.raw("<w:r><w:tab/></w:r>");
    for (words, field) in [("Page ", " PAGE "), (" of ", " NUMPAGES ")] {
        run(&mut xml, words);
        xml.open("w:fldSimple", &[("w:instr", field)]);
        run(&mut xml, "1");
        xml.close();
    }
    xml.finish()
}

/// Opens a paragraph of a style with its first words.
fn line(xml: &mut Xml, style: &str, text: &str) {
    xml.open("w:p", &[]).open("w:pPr", &[]);
    xml.empty("w:pStyle", &[("w:val", style)]).close();
    run(xml, text);
}

fn run(xml: &mut Xml, text: &str) {
    xml.open("w:r", &[])
        .open("w:t", &[("xml:space", "preserve")])
        .text(text)
        .close()
        .close();
}
