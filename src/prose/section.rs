//! Parts of a text that can be read on their own, because nothing before or after them changes what they are.
//!
//! **Invariant:** the blocks of the sections, one after the other, are the blocks of the text.

use std::ops::Range;

use super::block::marker_length;

/// Divides lines into sections, each with the blank lines after it.
///
/// A section starts where a line after a blank one can neither continue a list or a footnote, since it is not indented
/// and bears no list marker, nor stand inside code or HTML that goes on over blank lines. Once such code or HTML may have
/// begun, the rest of the text is one section.
pub fn sections(lines: &[&str]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut closed = true;
    for at in 1..lines.len() {
        closed = closed && !may_go_on(lines[at - 1]);
        if closed && is_blank(lines[at - 1]) && starts_afresh(lines[at]) {
            out.push(start..at);
            start = at;
        }
    }
    if start < lines.len() {
        out.push(start..lines.len());
    }
    out
}

fn is_blank(line: &str) -> bool {
    line.trim_matches([' ', '\t']).is_empty()
}

fn starts_afresh(line: &str) -> bool {
    let Some(first) = line.chars().next() else {
        return false;
    };
    let known = first.is_alphanumeric() || "#>[|(\"'“‘„«".contains(first);
    known && marker_length(line) == 0
}

/// Whether a line may begin fenced code, or HTML that blank lines do not end.
fn may_go_on(line: &str) -> bool {
    const TAGS: [&str; 4] = ["script", "pre", "style", "textarea"];
    let goes_on = |after: &str| {
        let is_tag = |tag: &&str| {
            after
                .get(..tag.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(tag))
        };
        after.starts_with(['!', '?']) || TAGS.iter().any(is_tag)
    };
    let hinted = line.bytes().any(|byte| matches!(byte, b'`' | b'~' | b'<'));
    let fenced = || line.contains("```") || line.contains("~~~");
    let mut tags = line.match_indices('<').map(|(at, _)| &line[at + 1..]);
    hinted && (fenced() || tags.any(goes_on))
}
