//! Runs of text in an ODT file: faces, links, citations, footnotes, white space.

use super::{Part, Writer};
use crate::render::document::{Block, Span, mark};
use crate::render::office::story::{Style, cited, tight, uri};

impl Writer<'_> {
    pub(super) fn spans(&mut self, spans: &[Span]) {
        let spans = tight(spans);
        for (at, span) in spans.iter().enumerate() {
            let follows = at > 0 && matches!(spans[at - 1], Span::Footnote(..));
            if follows && matches!(span, Span::Footnote(..)) {
                self.between_marks();
            }
            self.span(span);
        }
    }

    fn span(&mut self, span: &Span) {
        match span {
            Span::Text(text) => self.typed(text),
            Span::Code(text) => {
                self.face("Source_20_Text");
                self.typed(text);
                self.xml.close();
            }
            Span::Emphasis(text) => self.faced("Emphasis", text),
            Span::Strong(text) => self.faced("Strong_20_Emphasis", text),
            Span::Struck(text) => self.faced("Struck", text),
            Span::Link { url, text } => {
                self.link(&uri(url), "Internet_20_link");
                self.spans(text);
                self.xml.close();
            }
            Span::Citation(sources) => {
                for (number, at) in sources {
                    let place = cited(*number, *at);
                    self.xml.empty("text:bookmark", &[("text:name", &place)]);
                    self.link(&format!("#source-{number}"), "Citation");
                    self.typed(&format!("[{number}]"));
                    self.xml.close();
                }
            }
            Span::Footnote(number, use_) => self.note(*number, *use_),
            Span::Break => {
                self.xml.empty("text:line-break", &[]);
            }
        }
    }

    pub(super) fn face(&mut self, style: &str) {
        self.xml.open("text:span", &[("text:style-name", style)]);
    }

    fn faced(&mut self, style: &str, text: &[Span]) {
        self.face(style);
        self.spans(text);
        self.xml.close();
    }

    pub(super) fn link(&mut self, target: &str, style: &str) {
        let attributes = [
            ("xlink:type", "simple"),
            ("xlink:href", target),
            ("text:style-name", style),
            ("text:visited-style-name", style),
        ];
        self.xml.open("text:a", &attributes);
    }

    /// Two marks side by side would read as one.
    fn between_marks(&mut self) {
        self.face("Superscript");
        self.xml.text(",").close();
    }

    /// The mark of a footnote; at its first use in a text the footnote itself, and with it those that only it refers to.
    fn note(&mut self, number: usize, use_: usize) {
        if self.place == Part::Footnote || use_ > 1 {
            self.reference(number);
            return;
        }
        let together = self.story.together(number);
        for number in together.clone() {
            if number > together.start {
                self.between_marks();
            }
            self.footnote(number);
        }
    }

    fn footnote(&mut self, number: usize) {
        let id = format!("footnote-{number}");
        let attributes = [("text:id", &*id), ("text:note-class", "footnote")];
        self.xml
            .open("text:note", &attributes)
            .leaf("text:note-citation", &mark(number))
            .open("text:note-body", &[]);
        self.place = Part::Footnote;
        let story = self.story;
        let blocks = &story.footnotes[number - 1].blocks;
        if !matches!(blocks.first(), Some(Block::Paragraph { .. })) {
            self.paragraph(Style::Footnote, None, &[]);
        }
        blocks
            .iter()
            .for_each(|block| self.block(block, Style::Footnote));
        self.place = Part::Body;
        self.xml.close().close();
    }

    /// A further use of a footnote: a field, so that it follows the footnote's mark.
    fn reference(&mut self, number: usize) {
        let name = format!("footnote-{number}");
        let attributes = [
            ("text:note-class", "footnote"),
            ("text:reference-format", "text"),
            ("text:ref-name", &*name),
        ];
        self.face("Superscript");
        self.xml
            .open("text:note-ref", &attributes)
            .text(&mark(number))
            .close()
            .close();
    }

    /// A text with its line ends, tabs and runs of blanks as what they are: a reader of ODT takes many blanks for one.
    pub(super) fn typed(&mut self, text: &str) {
        let mut blanks = 0;
        let mut plain = String::new();
        for sign in text.chars() {
            if sign == ' ' {
                blanks += 1;
                continue;
            }
            self.blanks(&mut plain, &mut blanks);
            match sign {
                '\n' | '\t' => {
                    self.xml.text(&std::mem::take(&mut plain));
                    let name = if sign == '\n' {
                        "text:line-break"
                    } else {
                        "text:tab"
                    };
                    self.xml.empty(name, &[]);
                }
                sign => plain.push(sign),
            }
        }
        self.blanks(&mut plain, &mut blanks);
        self.xml.text(&plain);
    }

    /// Writes the blanks that were counted: one as it is between words, others by number.
    fn blanks(&mut self, plain: &mut String, blanks: &mut usize) {
        let count = std::mem::take(blanks);
        if count == 1 && !plain.is_empty() {
            plain.push(' ');
        } else if count > 0 {
            self.xml.text(&std::mem::take(plain));
            self.xml.empty("text:s", &[("text:c", &count.to_string())]);
        }
    }
}
