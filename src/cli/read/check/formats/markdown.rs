//! Text from outside within Markdown, where nothing of it may be more than text.

use std::fmt::Write as _;

use crate::cli::Role;
use crate::cli::terminal::escape::visible;

/// A text as Markdown that is the text and nothing else: every sign that could mean something is a character reference,
/// which CommonMark never takes for structure.
pub fn inert(text: &str) -> String {
    let line = text.split('\n').collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(line.len());
    for sign in visible(&line).chars() {
        if sign.is_ascii() && !sign.is_ascii_alphanumeric() && !matches!(sign, ' ' | ',') {
            // Writing to a string cannot fail.
            let _ = write!(out, "&#{};", u32::from(sign));
        } else {
            out.push(sign);
        }
    }
    out
}

/// A sentence of ours, whose names stand between backticks, with the names in the type of code.
pub fn said(text: &str) -> String {
    let pieces: Vec<&str> = text.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        // What is quoted has a backtick of its own, so that nothing tells names from the rest.
        return inert(text);
    }
    let piece = |(at, piece): (usize, &&str)| match at % 2 {
        0 => inert(piece),
        _ => code(piece),
    };
    pieces.iter().enumerate().map(piece).collect()
}

/// A text in the type of code.
pub fn code(text: &str) -> String {
    format!("<code>{}</code>", inert(text))
}

/// Pieces with their looks: words that came in are underlined, and those that went are struck through.
pub fn looks(pieces: &[(Role, String)]) -> String {
    let piece = |(role, text): &(Role, String)| {
        let marked = |open: &str, close: &str| {
            let bare = text.strip_prefix(open);
            bare.and_then(|bare| bare.strip_suffix(close))
                .unwrap_or(text)
        };
        match role {
            Role::Added => format!("<ins>{}</ins>", inert(marked("{+", "+}"))),
            Role::Removed => format!("<del>{}</del>", inert(marked("[-", "-]"))),
            _ => inert(text),
        }
    };
    pieces.iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_is_a_reference() {
        assert_eq!(inert("a *b* <c>\n# d"), "a &#42;b&#42; &#60;c&#62; &#35; d");
        assert_eq!(said("by `a_b` now"), "by <code>a&#95;b</code> now");
        assert_eq!(said("a ` b"), "a &#96; b");
        assert_eq!(inert("é, 1\u{202e}"), "é, 1&#60;U&#43;202E&#62;");
        let pieces = [
            (Role::Removed, "[-old-]".to_owned()),
            (Role::Added, "new".to_owned()),
        ];
        assert_eq!(looks(&pieces), "<del>old</del><ins>new</ins>");
    }
}
