//! Bytes into texts: encoding, line ends, and the characters that no text may have.

use std::collections::BTreeSet;

use super::limits;
use crate::narrative::config::Limits;
use crate::narrative::finding::Finding;
use crate::narrative::question::Text;
use crate::narrative::snapshot::File;
use crate::prose::token::composed;

/// How many lines with forbidden characters are told of one file.
const TOLD: usize = 10;

/// Reads a text that people write.
///
/// # Errors
///
/// It is not UTF-8, has control characters, or is beyond a limit; nothing of it was parsed.
pub fn text(path: &str, file: &File, limits: &Limits) -> Result<Text, Vec<Finding>> {
    limits::bytes(path, file.bytes.len(), limits.file_bytes).map_err(|finding| vec![finding])?;
    let text = decode(path, &file.bytes).map_err(|finding| vec![finding])?;
    let mut findings = controls(path, &text);
    findings.extend(limits::shape(path, &text, limits));
    findings.extend(front_matter(path, &text));
    if findings.is_empty() {
        let blob = file.blob.clone();
        Ok(Text { blob, text })
    } else {
        Err(findings)
    }
}

/// Turns bytes into a text with line ends `\n` and without a byte-order mark.
///
/// # Errors
///
/// The bytes are not UTF-8.
pub fn decode(path: &str, bytes: &[u8]) -> Result<String, Finding> {
    let mend = "save it as UTF-8; most editors ask for the encoding when saving";
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let message = "the text is UTF-16, not UTF-8, as its mark at offset 0 says";
        let finding = Finding::error("not-utf8", path, message).at_line(1);
        return Err(finding.mend(mend));
    }
    let mark = "\u{feff}".as_bytes();
    let bytes = bytes.strip_prefix(mark).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|why| {
        let offset = why.valid_up_to();
        let line = bytes[..offset]
            .iter()
            .filter(|&&byte| byte == b'\n')
            .count()
            + 1;
        let byte = bytes[offset];
        let message = format!("the text is not UTF-8: byte 0x{byte:02x} at offset {offset}");
        Finding::error("not-utf8", path, message)
            .at_line(line)
            .mend(mend)
    })?;
    Ok(normal(text))
}

/// A text as it is compared and merged: line ends `\n`, no byte-order mark, and letters as one character wherever there is
/// one (NFC), since editors and file systems differ in both and no writer ever sees it.
pub fn normal(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n");
    composed(&text.replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n")).into_owned()
}

/// Finds front matter: what other tools keep above a text would be taken for a passage of it.
///
/// It stands between two lines `---` at the head of a text and is nothing but entries, `key: value`, with comments and
/// what belongs to an entry. A single line whose key is of several words is read as a heading, as Markdown does.
fn front_matter(path: &str, text: &str) -> Option<Finding> {
    let mut lines = text.strip_prefix("---\n")?.lines().map(str::trim_end);
    let is_end = |line: &&str| matches!(*line, "---" | "...");
    let inside: Vec<&str> = lines.by_ref().take_while(|line| !is_end(line)).collect();
    let closed = text.lines().nth(inside.len() + 1).is_some();
    let is_own = |line: &&&str| !line.is_empty() && !line.starts_with(['#', ' ', '\t', '-']);
    let keys: Option<Vec<&str>> = inside.iter().filter(is_own).map(|line| key(line)).collect();
    let keys = keys.filter(|_| closed)?;
    let is_one_word = |key: &&str| !key.trim().contains(' ');
    (keys.len() > 1 || keys.first().is_some_and(is_one_word)).then(|| {
        let message = "the text begins with front matter, which is not read and would be published";
        Finding::error("front-matter", path, message)
            .at_line(1)
            .mend("take out what stands between the two lines `---`, and the lines themselves")
    })
}

/// The key of an entry, if a line can be one.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line
        .split_once(": ")
        .or(line.strip_suffix(':').map(|key| (key, "")))?;
    let is_sign = |sign: char| {
        sign.is_alphanumeric()
            || matches!(sign, '-' | '_' | '"' | '\'' | ' ' | '&' | '*' | '?' | '!')
    };
    (!key.is_empty() && key.chars().all(is_sign)).then_some(key)
}

/// Finds the characters that no text may have, a finding for each line.
pub fn controls(path: &str, text: &str) -> Vec<Finding> {
    let lines = text.split('\n').enumerate().filter_map(|(index, line)| {
        let column = line.chars().position(is_forbidden)? + 1;
        let message = format!("the text has control characters: {}", code_points(line));
        let finding = Finding::error("control-character", path, message)
            .at_line(index + 1)
            .at_column(column)
            .mend("take them out, or type the passage again");
        Some(finding)
    });
    lines.take(TOLD).collect()
}

/// The forbidden characters of a text, each once, as code points.
pub fn code_points(text: &str) -> String {
    let found: BTreeSet<char> = text.chars().filter(|&mark| is_forbidden(mark)).collect();
    let points: Vec<String> = found.into_iter().map(code_point).collect();
    points.join(", ")
}

/// Writes a character as its code point, for people: `U+202E`.
pub fn code_point(mark: char) -> String {
    format!("U+{:04X}", u32::from(mark))
}

/// Whether a character is one that no text may have: a control, one that turns the direction of writing, or a tag.
pub fn is_forbidden(mark: char) -> bool {
    let allowed = matches!(mark, '\n' | '\t');
    let turns = matches!(mark, '\u{61c}' | '\u{200e}' | '\u{200f}')
        || matches!(mark, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let hidden = matches!(mark, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    !allowed && (mark.is_control() || turns || hidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<String, Vec<String>> {
        let file = File {
            blob: "0".repeat(40).parse().unwrap(),
            bytes: bytes.to_vec(),
        };
        text("t.md", &file, &Limits::default())
            .map(|text| text.text)
            .map_err(|findings| findings.iter().map(ToString::to_string).collect())
    }

    fn refusal(bytes: &[u8]) -> String {
        read(bytes).unwrap_err().join("\n")
    }

    #[test]
    fn line_ends_are_one_and_the_mark_is_gone() {
        let text = "\u{feff}a\r\nb\rc\u{85}d\n";
        assert_eq!(read(text.as_bytes()).unwrap(), "a\nb\nc\nd\n");
    }

    #[test]
    fn letters_are_one_character_where_there_is_one() {
        assert_eq!(read("cafe\u{301}\n".as_bytes()).unwrap(), "caf\u{e9}\n");
    }

    #[test]
    fn front_matter_is_refused_and_a_rule_is_none() {
        let told = refusal(b"---\ntitle: &a [x]\nb: *a\n---\nWe are small.\n");
        assert!(
            told.starts_with("t.md:1: the text begins with front matter"),
            "{told}"
        );
        for block in [
            "# a comment\n\ntitle: x\n",
            "my key: x\nlist:\n  - a\n- b\n",
            "&a key: x\nb: *a\n",
            "\"title\": >\n  long\n",
        ] {
            let told = refusal(format!("---\n{block}---\nWe are small.\n").as_bytes());
            assert!(told.contains("front matter"), "{block}: {told}");
        }
        for text in [
            "---\nWe are small: ten.\nAnd we are many.\n---\n",
            "---\nWe are small.\n---\n",
            "---\nWe say: no.\n---\n",
            "---\na: b\n",
        ] {
            assert_eq!(read(text.as_bytes()).unwrap(), text);
        }
    }

    #[test]
    fn other_encodings_are_refused_with_the_place() {
        assert_eq!(
            refusal(b"one\ncaf\xe9\n"),
            "t.md:2: the text is not UTF-8: byte 0xe9 at offset 7"
        );
        assert_eq!(
            refusal(b"\xed\xa0\x80"),
            "t.md:1: the text is not UTF-8: byte 0xed at offset 0"
        );
        for bytes in [b"\xff\xfea\0", b"\xfe\xff\0a"] {
            assert_eq!(
                refusal(bytes),
                "t.md:1: the text is UTF-16, not UTF-8, as its mark at offset 0 says"
            );
        }
    }

    #[test]
    fn controls_are_refused_with_their_code_points() {
        assert_eq!(
            refusal("It is \u{202e}12\u{202c}.\n".as_bytes()),
            "t.md:1:7: the text has control characters: U+202C, U+202E"
        );
        assert_eq!(
            refusal(b"a\0b\n\x1b[31m\n"),
            "t.md:1:2: the text has control characters: U+0000\n\
             t.md:2:1: the text has control characters: U+001B"
        );
    }
}
