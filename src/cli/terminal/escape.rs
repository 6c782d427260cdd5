//! Makes text from strangers safe to show: what could move the cursor, reorder a line or hide is spelt out.
//!
//! ```
//! use onetext::cli::terminal::escape::visible;
//! assert_eq!(visible("1\u{202e}23"), "1<U+202E>23");
//! ```

use std::fmt::Write as _;

/// Spells out every character that does not show as itself; a line break is one.
pub fn visible(text: &str) -> String {
    spelt_out(text, |out, character| {
        write!(out, "<U+{:04X}>", u32::from(character))
    })
}

/// Does the same within JSON text, in JSON's own spelling; its line breaks are layout and stay.
pub fn json(text: &str) -> String {
    spelt_out(text, |out, character| {
        if character == '\n' {
            return out.write_char('\n');
        }
        let mut units = [0; 2];
        character
            .encode_utf16(&mut units)
            .iter()
            .try_for_each(|unit| write!(out, "\\u{unit:04x}"))
    })
}

fn spelt_out(text: &str, spell: impl Fn(&mut String, char) -> std::fmt::Result) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if hides(character) {
            // Writing to a string cannot fail.
            let _ = spell(&mut out, character);
        } else {
            out.push(character);
        }
    }
    out
}

/// Tells whether a character is a control, reorders its neighbours, or has no width.
fn hides(character: char) -> bool {
    (character.is_control() && character != '\t')
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::{json, visible};

    #[test]
    fn spells_out_escapes_and_bidi_controls() {
        assert_eq!(visible("a\u{1b}[31mb"), "a<U+001B>[31mb");
        assert_eq!(visible("two\nlines\r"), "two<U+000A>lines<U+000D>");
        assert_eq!(
            visible("zero\u{200b}width \u{feff}"),
            "zero<U+200B>width <U+FEFF>"
        );
        assert_eq!(visible("Größe, 大きさ, –"), "Größe, 大きさ, –");
    }

    #[test]
    fn spells_json_as_json() {
        let text = json("{\n  \"a\": \"\u{202e}\u{9b}\u{e0041}\"\n}");
        assert_eq!(text, "{\n  \"a\": \"\\u202e\\u009b\\udb40\\udc41\"\n}");
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["a"], "\u{202e}\u{9b}\u{e0041}");
    }
}
