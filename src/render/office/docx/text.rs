//! Runs of text in a DOCX part: faces, links, citations, footnotes.

use super::{Part, Writer, bookmark_name};
use crate::prose::seen::{self, Marking, Reference};
use crate::render::document::{Span, mark};
use crate::render::office::story::{Lot, cited, tight, uri};

/// How words look.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Face {
    bold: bool,
    italic: bool,
    struck: bool,
    code: bool,
    link: bool,
    cited: bool,
    raised: bool,
    pub(super) removed: bool,
}

impl Face {
    pub(super) fn bold() -> Self {
        Self {
            bold: true,
            ..Self::default()
        }
    }

    /// The face of words with a lot.
    pub(super) fn of(self, lot: Lot) -> Self {
        Self {
            removed: lot.is_gone(),
            ..self
        }
    }

    /// The face of words of a redline.
    pub(super) fn set(face: &seen::Face) -> Self {
        let has = |mark| face.marks.contains(&mark);
        Self {
            bold: has(Marking::Strong),
            italic: has(Marking::Emphasis),
            struck: has(Marking::Struck),
            code: has(Marking::Code),
            link: face.link.is_some(),
            cited: matches!(face.refers, Some(Reference::Source(_))),
            raised: matches!(face.refers, Some(Reference::Footnote(_))),
            removed: false,
        }
    }
}

impl Writer<'_> {
    pub(super) fn spans(&mut self, spans: &[Span], face: Face) {
        let spans = tight(spans);
        for (at, span) in spans.iter().enumerate() {
            let follows = at > 0 && matches!(spans[at - 1], Span::Footnote(..));
            if follows && matches!(span, Span::Footnote(..)) {
                // Two marks side by side would read as one.
                let face = Face {
                    raised: true,
                    ..face
                };
                self.run(",", face);
            }
            self.span(span, face);
        }
    }

    fn span(&mut self, span: &Span, face: Face) {
        match span {
            Span::Text(text) => self.run(text, face),
            Span::Code(text) => self.run(text, Face { code: true, ..face }),
            Span::Emphasis(text) => {
                let italic = true;
                self.spans(text, Face { italic, ..face });
            }
            Span::Strong(text) => self.spans(text, Face { bold: true, ..face }),
            Span::Struck(text) => {
                let struck = true;
                self.spans(text, Face { struck, ..face });
            }
            Span::Link { url, text } => self.link(url, text, face),
            Span::Citation(sources) => {
                for (number, at) in sources {
                    self.bookmark(&cited(*number, *at));
                    let target = bookmark_name(&format!("source-{number}"));
                    self.xml.open("w:hyperlink", &[("w:anchor", &target)]);
                    let face = Face {
                        cited: true,
                        ..face
                    };
                    self.run(&format!("[{number}]"), face);
                    self.xml.close();
                }
            }
            Span::Footnote(number, use_) => self.note(*number, *use_),
            Span::Break => self.run("\n", face),
        }
    }

    fn link(&mut self, url: &str, text: &[Span], face: Face) {
        let face = Face { link: true, ..face };
        self.open_link(url);
        self.spans(text, face);
        self.xml.close();
    }

    pub(super) fn open_link(&mut self, url: &str) {
        if let Some(anchor) = url.strip_prefix('#') {
            let anchor = bookmark_name(anchor);
            self.xml.open("w:hyperlink", &[("w:anchor", &anchor)]);
        } else {
            let next = self.links.len() + 1;
            let number = *self.links.entry(uri(url)).or_insert(next);
            let id = format!("link{number}");
            self.xml.open("w:hyperlink", &[("r:id", &id)]);
        }
    }

    /// The mark of a footnote; at its first use in a text the footnote itself, and with it those that only it refers to.
    fn note(&mut self, number: usize, use_: usize) {
        if self.place == Part::Footnotes || use_ > 1 {
            self.reference(number);
            return;
        }
        let together = self.story.together(number);
        for number in together.clone() {
            if number > together.start {
                self.run(
                    ",",
                    Face {
                        raised: true,
                        ..Face::default()
                    },
                );
            }
            let id = self.id();
            let name = format!("footnote_{number}");
            let number = number.to_string();
            self.xml
                .empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
            self.xml
                .open("w:r", &[])
                .raw("<w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>")
                .empty("w:footnoteReference", &[("w:id", &number)])
                .close()
                .empty("w:bookmarkEnd", &[("w:id", &id)]);
        }
    }

    /// A further use of a footnote: a field, so that it follows the footnote's mark.
    fn reference(&mut self, number: usize) {
        let field = format!(" NOTEREF footnote_{number} \\f \\h ");
        self.xml.open("w:fldSimple", &[("w:instr", &field)]);
        self.xml
            .open("w:r", &[])
            .raw("<w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>")
            .leaf("w:t", &mark(number))
            .close()
            .close();
    }

    pub(super) fn run(&mut self, text: &str, face: Face) {
        self.run_before(text, face, None);
    }

    /// A run with how it was set before, if that was otherwise.
    pub(super) fn run_before(&mut self, text: &str, face: Face, was: Option<Face>) {
        if text.is_empty() {
            return;
        }
        self.xml.open("w:r", &[]).open("w:rPr", &[]);
        self.look(face);
        self.run_was(was);
        self.xml.close();
        self.typed(text, face);
        self.xml.close();
    }

    /// What the properties of a run say of its face.
    pub(super) fn look(&mut self, face: Face) {
        let style = match face {
            Face { cited: true, .. } => Some("Citation"),
            Face { link: true, .. } => Some("Hyperlink"),
            Face { code: true, .. } => Some("CodeText"),
            _ => None,
        };
        if let Some(style) = style {
            self.xml.empty("w:rStyle", &[("w:val", style)]);
        }
        for (set, name) in [
            (face.bold, "w:b"),
            (face.italic, "w:i"),
            (face.struck, "w:strike"),
        ] {
            if set {
                self.xml.empty(name, &[]);
            }
        }
        if face.raised {
            self.xml.empty("w:vertAlign", &[("w:val", "superscript")]);
        }
    }

    /// The text of a run, its line ends and tabs as what they are.
    fn typed(&mut self, text: &str, face: Face) {
        let name = if face.removed { "w:delText" } else { "w:t" };
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.xml.empty("w:br", &[]);
            }
            for (at, part) in line.split('\t').enumerate() {
                if at > 0 {
                    self.xml.empty("w:tab", &[]);
                }
                if !part.is_empty() {
                    self.xml
                        .open(name, &[("xml:space", "preserve")])
                        .text(part)
                        .close();
                }
            }
        }
    }
}
