//! The sentences of a paragraph, each with an anchor of its own.

use std::collections::BTreeMap;

use crate::prose::sentence::sentences;
use crate::prose::unit::Unit;

use super::{Passage, Span, plain};

/// Names the passages of a text: the part `q1` gives `q1-3f9a2c1b`.
///
/// **Invariant:** no anchor is given twice.
#[derive(Debug, Default)]
pub(super) struct Anchors(BTreeMap<String, usize>);

impl Anchors {
    /// Parts a paragraph's text at its sentences and names them.
    pub fn passages(&mut self, part: &str, text: Vec<Span>) -> (Vec<Span>, Vec<Passage>) {
        let flat: String = text.iter().map(flat).collect();
        let found = sentences(&flat);
        let cuts: Vec<usize> = found
            .iter()
            .flat_map(|range| [range.start, range.end])
            .collect();
        let (starts, spans): (Vec<usize>, Vec<Span>) = parted(text, &cuts).into_iter().unzip();
        let mut passages = Vec::new();
        for range in found {
            let first = starts.partition_point(|start| *start < range.start);
            let end = starts.partition_point(|start| *start < range.end);
            if first < end {
                let anchor = self.anchor(part, &plain(&spans[first..end]));
                let spans = first..end;
                passages.push(Passage { anchor, spans });
            }
        }
        (spans, passages)
    }

    fn anchor(&mut self, part: &str, words: &str) -> String {
        let anchor = format!("{part}-{:08x}", Unit::sentence(words).id() >> 32);
        let given = self.0.entry(anchor.clone()).or_default();
        *given += 1;
        match given {
            1 => anchor,
            again => format!("{anchor}-{again}"),
        }
    }
}

/// A span as the Markdown that it may have been, so that sentences end where they end in the source.
fn flat(span: &Span) -> String {
    let all = |spans: &[Span]| spans.iter().map(flat).collect::<String>();
    match span {
        Span::Text(text) => text.clone(),
        Span::Code(text) => format!("`{text}`"),
        Span::Emphasis(text) => format!("*{}*", all(text)),
        Span::Strong(text) => format!("**{}**", all(text)),
        Span::Struck(text) => format!("~~{}~~", all(text)),
        Span::Link { text, .. } => format!("[{}](u)", plain(text)),
        Span::Citation(sources) => "[@q]".repeat(sources.len()),
        Span::Footnote(..) => "[^a]".to_owned(),
        Span::Break => " ".to_owned(),
    }
}

/// The spans with the places where they begin; plain text is parted at the cuts, all else stays whole.
fn parted(text: Vec<Span>, cuts: &[usize]) -> Vec<(usize, Span)> {
    let mut out = Vec::new();
    let mut start = 0;
    for span in text {
        let end = start + flat(&span).len();
        let Span::Text(words) = span else {
            out.push((start, span));
            start = end;
            continue;
        };
        let inside = cuts
            .iter()
            .copied()
            .filter(|cut| start < *cut && *cut < end);
        let mut at = start;
        for cut in inside.chain([end]) {
            if at < cut {
                out.push((at, Span::Text(words[at - start..cut - start].to_owned())));
            }
            at = cut;
        }
        start = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::document::{Citations, spans};

    fn passages(text: &str) -> Vec<(String, String)> {
        let text = spans(text, &mut Citations::default());
        let (text, passages) = Anchors::default().passages("q1", text);
        let said = |passage: Passage| (passage.anchor, plain(&text[passage.spans]));
        passages.into_iter().map(said).collect()
    }

    #[test]
    fn each_sentence_is_a_passage_of_whole_spans() {
        let words =
            |text| -> Vec<String> { passages(text).into_iter().map(|(_, words)| words).collect() };
        assert_eq!(
            words("It is *small*. It grows [@a]. So [we. Say](u)!"),
            ["It is small.", "It grows.", "So we. Say!"]
        );
        assert_eq!(
            words("*It is small. It grows.* So be it."),
            ["It is small. It grows.", "So be it."]
        );
        assert_eq!(words("No full stop"), ["No full stop"]);
    }

    #[test]
    fn an_anchor_stays_with_its_words() {
        let one = passages("It is small. It grows.");
        let other = passages("At last.\nIt **grows** [@a]. It is\nsmall.");
        assert_eq!(one[0].0, other[2].0);
        assert_eq!(one[1].0, other[1].0);
        let twice = passages("So. So.");
        assert_eq!(twice[1].0, format!("{}-2", twice[0].0));
    }
}
