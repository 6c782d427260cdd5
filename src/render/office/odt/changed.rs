//! Tracked changes in an ODT file: what was added stands in the text between two marks, what was removed beside it.

use super::{Writer, style_name};
use crate::prose::seen::{Marking, Reference};
use crate::render::office::story::{Changed, Lot, Style, Words, uri};
use crate::render::office::xml::Xml;

/// The changes of a file so far.
#[derive(Debug)]
pub(super) struct Changes {
    /// Who changed what when, and what was removed.
    pub(super) regions: Xml,
    count: usize,
    /// Additions that end where the next paragraph begins.
    ending: Vec<String>,
    /// Paragraphs that were removed as a whole before the next one.
    gone: Vec<Changed>,
    /// Elements to be closed with a paragraph that goes on, since its end was removed.
    going_on: Option<u8>,
}

/// A paragraph that was removed, or a part of one.
type Removed<'a> = (Style, &'a [Words]);

impl Default for Changes {
    fn default() -> Self {
        Self {
            regions: Xml::part(),
            count: 0,
            ending: Vec::new(),
            gone: Vec::new(),
            going_on: None,
        }
    }
}

impl Writer<'_> {
    pub(super) fn changed(&mut self, changed: &Changed) {
        let gone = |words: &Words| words.lot.is_gone();
        let all_gone = changed.end.is_gone() && changed.text.iter().all(gone);
        if all_gone && self.changes.going_on.is_none() {
            self.changes.gone.push(changed.clone());
            return;
        }
        let around = match self.changes.going_on.take() {
            Some(around) => around,
            None => self.begin(changed.style),
        };
        let mut note = changed.was.as_ref().map(|was| was.told.clone());
        for words in &changed.text {
            self.stretch(words, &mut note);
        }
        match changed.end {
            Lot::Kept => self.end(around),
            lot if lot.is_gone() => {
                let end = [(changed.style, &[][..]), (changed.style, &[])];
                let id = self.removed(lot, &end);
                self.point("text:change", &id);
                self.changes.going_on = Some(around);
            }
            lot => {
                let id = self.added(lot);
                self.point("text:change-start", &id);
                self.changes.ending.push(id);
                self.end(around);
            }
        }
    }

    /// Begins a paragraph and the lists around it; gives how many elements are around it.
    fn begin(&mut self, style: Style) -> u8 {
        let (list, level) = match style {
            Style::Bullet(level) => ("Bullets", level),
            Style::Step(level) => ("Steps", level),
            _ => ("", 0),
        };
        self.steps = match style {
            Style::Step(_) => self.steps + 1,
            Style::Bullet(_) => self.steps,
            _ => 0,
        };
        let number = matches!(style, Style::Step(_)).then_some(self.steps);
        for depth in 1..=level {
            self.list_item(list, number.filter(|_| depth == level));
        }
        self.start(style);
        level * 2
    }

    fn end(&mut self, around: u8) {
        for _ in 0..=around {
            self.xml.close();
        }
    }

    /// Words with what became of them. What is set otherwise, and what a paragraph was, is told in a note at words that
    /// stay: the format has no place for how they were set.
    fn stretch(&mut self, words: &Words, paragraph: &mut Option<String>) {
        let lot = words.lot;
        if lot.is_gone() {
            let id = self.removed(lot, &[(Style::Body, std::slice::from_ref(words))]);
            return self.point("text:change", &id);
        }
        let id = match (lot.is_new(), noted(words, paragraph)) {
            (true, _) => Some(self.added(lot)),
            (false, note) => note.map(|note| self.set_otherwise(&note)),
        };
        if let Some(id) = &id {
            self.point("text:change-start", id);
        }
        self.words(words);
        if let Some(id) = &id {
            self.point("text:change-end", id);
        }
    }

    fn words(&mut self, words: &Words) {
        let mut open = 0;
        if let Some(url) = &words.face.link {
            let style = match words.face.refers {
                Some(_) => "Citation",
                None => "Internet_20_link",
            };
            self.link(&uri(url), style);
            open += 1;
        }
        let marks = words.face.marks.iter().map(|mark| match mark {
            Marking::Strong => "Strong_20_Emphasis",
            Marking::Emphasis => "Emphasis",
            Marking::Struck => "Struck",
            Marking::Code => "Source_20_Text",
        });
        let raised = matches!(words.face.refers, Some(Reference::Footnote(_)));
        for style in marks.chain(raised.then_some("Superscript")) {
            self.face(style);
            open += 1;
        }
        self.typed(&words.text);
        for _ in 0..open {
            self.xml.close();
        }
    }

    /// Begins a paragraph with what is left of the changes before it. What is removed ends with the beginning of what
    /// follows, so it must be told the style of that.
    pub(super) fn pending(&mut self, style: Style) {
        for id in std::mem::take(&mut self.changes.ending) {
            self.point("text:change-end", &id);
        }
        let gone = std::mem::take(&mut self.changes.gone);
        let together = |a: &Changed, b: &Changed| a.end == b.end;
        for run in gone.chunk_by(together) {
            let mut paragraphs: Vec<Removed<'_>> = run
                .iter()
                .map(|changed| (changed.style, changed.text.as_slice()))
                .collect();
            paragraphs.push((style, &[]));
            let id = self.removed(run[0].end, &paragraphs);
            self.point("text:change", &id);
        }
    }

    fn point(&mut self, name: &'static str, id: &str) {
        self.xml.empty(name, &[("text:change-id", id)]);
    }

    fn added(&mut self, lot: Lot) -> String {
        let id = self.region("text:insertion", lot);
        self.changes.regions.close().close().close();
        id
    }

    fn set_otherwise(&mut self, note: &str) -> String {
        let id = self.region("text:format-change", Lot::Kept);
        self.changes.regions.leaf("text:p", note);
        self.changes.regions.close().close().close();
        id
    }

    /// Puts paragraphs aside as removed; the first and the last are parts of those that stand around them.
    fn removed(&mut self, lot: Lot, paragraphs: &[Removed<'_>]) -> String {
        let id = self.region("text:deletion", lot);
        self.changes.regions.close();
        std::mem::swap(&mut self.xml, &mut self.changes.regions);
        for (style, text) in paragraphs {
            let style = [("text:style-name", style_name(*style))];
            self.xml.open("text:p", &style);
            text.iter().for_each(|words| self.words(words));
            self.xml.close();
        }
        self.xml.close().close();
        std::mem::swap(&mut self.xml, &mut self.changes.regions);
        id
    }

    /// Opens a region with who and when; what is told of that is still open.
    fn region(&mut self, name: &'static str, lot: Lot) -> String {
        self.changes.count += 1;
        let id = format!("change{}", self.changes.count);
        let attributes = [("xml:id", &*id), ("text:id", &*id)];
        let regions = &mut self.changes.regions;
        regions
            .open("text:changed-region", &attributes)
            .open(name, &[])
            .open("office:change-info", &[])
            .leaf("dc:creator", &self.story.author_of(lot))
            .leaf("dc:date", &self.story.date.to_string());
        id
    }
}

/// What is to be told of words that stay.
fn noted(words: &Words, paragraph: &mut Option<String>) -> Option<String> {
    let words = words.was.as_ref().map(|was| {
        let (is, was) = (words.face.words(), was.words());
        format!("now {is}, was {was}")
    });
    let all: Vec<String> = paragraph.take().into_iter().chain(words).collect();
    (!all.is_empty()).then(|| all.join("; "))
}
