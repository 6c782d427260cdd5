//! Where sentences end; the only file that names `sentencex`.
//!
//! `sentencex` buys us abbreviations, initials, decimals and quotes in many languages. Code spans, links, citations
//! and addresses are masked before it looks, so that no boundary falls inside one.

use std::borrow::Cow;
use std::ops::Range;

use super::token::{Class, tokens};

/// Signs without which, and without an address, a text has nothing to mask.
const MASKED: [char; 8] = ['*', '_', '~', '[', ']', '`', '<', '\\'];

/// Finds the sentences of one block's text.
///
/// Returns byte ranges in order, without the white space between them. An empty text has no sentence.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    if !text.contains(['.', '!', '?', '…', '。', '։', '؟', '।']) {
        return trimmed(text, 0..text.len()).into_iter().collect();
    }
    let masked = if text.contains(MASKED) || text.contains("http") {
        Cow::Owned(masked(text))
    } else {
        Cow::Borrowed(text)
    };
    let mut out: Vec<Range<usize>> = Vec::new();
    for boundary in sentencex::get_sentence_boundaries("en", &masked) {
        let Some(range) = trimmed(text, boundary.start_byte..boundary.end_byte) else {
            continue;
        };
        match out.last_mut() {
            Some(last) if belongs(text, last, &range) => last.end = range.end,
            _ => out.push(range),
        }
    }
    out
}

/// Our exceptions: what follows without a word of its own, or in lower case, belongs to the sentence before.
fn belongs(text: &str, last: &Range<usize>, range: &Range<usize>) -> bool {
    let part = &text[range.clone()];
    // Most begin with a word, and need no closer look; `http` may be an address.
    let wordless = !part.starts_with(|sign: char| sign.is_alphanumeric() && sign != 'h')
        && tokens(part).iter().all(|token| token.class != Class::Word);
    let lower = part.starts_with(char::is_lowercase);
    let glued = last.end == range.start && !text[..last.end].ends_with(['。', '！', '？']);
    wordless || lower || glued
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let mut end = range.end - (part.len() - part.trim_end().len());
    if text[..end].ends_with('\\') && text[end..].starts_with('\n') {
        end += 1;
    }
    (start < end).then_some(start..end)
}

/// The text with every atom, and the words of every link, replaced by as many letters.
fn masked(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut link = None;
    for token in tokens(text) {
        let slice = &text[token.range.clone()];
        match token.class {
            Class::Delimiter if slice == "[" => link = link.or(Some(token.range.start)),
            Class::Delimiter if opens(text, &token.range) => bytes[token.range].fill(b'X'),
            Class::Delimiter => bytes[token.range].fill(b' '),
            Class::Atom if slice.starts_with(']') => {
                let start = link.take().unwrap_or(token.range.start);
                bytes[start..token.range.end].fill(b'X');
            }
            Class::Atom if slice == "\\\n" => bytes[token.range].fill(b' '),
            Class::Atom if slice.starts_with("[@") || slice.starts_with("[^") => {
                bytes[token.range].fill(b' ');
            }
            Class::Atom => bytes[token.range].fill(b'X'),
            Class::Word | Class::Punctuation => {}
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn opens(text: &str, range: &Range<usize>) -> bool {
    text[range.end..].starts_with(|sign: char| !sign.is_whitespace())
        && !text[..range.start].ends_with(|sign: char| !sign.is_whitespace() && sign != '(')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn abbreviations_decimals_and_quotes_do_not_end_a_sentence() {
        assert_eq!(
            split("Dr. A. Smith earned 5.4%. He left."),
            ["Dr. A. Smith earned 5.4%.", "He left."]
        );
        assert_eq!(
            split("Some, e.g. Alpha, stay. Others go."),
            ["Some, e.g. Alpha, stay.", "Others go."]
        );
        assert_eq!(
            split("\"It grew.\" That was 2019."),
            ["\"It grew.\"", "That was 2019."]
        );
    }

    #[test]
    fn links_code_and_citations_are_never_divided() {
        let text = "See [Who? What. Then](a.b?c). Run `a. B`. It grew [@q1]. [^1] Then it fell.[@q2] It rose.";
        assert_eq!(
            split(text),
            [
                "See [Who? What. Then](a.b?c).",
                "Run `a. B`.",
                "It grew [@q1]. [^1]",
                "Then it fell.[@q2]",
                "It rose."
            ]
        );
    }

    #[test]
    fn emphasis_does_not_hide_a_boundary() {
        assert_eq!(
            split("**It grew.** Then it fell."),
            ["**It grew.**", "Then it fell."]
        );
        assert_eq!(
            split("It grew. **Then** it fell."),
            ["It grew.", "**Then** it fell."]
        );
        assert_eq!(
            split("It grew. [Then](u) it fell."),
            ["It grew.", "[Then](u) it fell."]
        );
    }
}
