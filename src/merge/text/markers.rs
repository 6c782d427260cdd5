//! A merge as a text with git's conflict markers, each on a line of its own.

use super::{TextMerge, TextPart};

/// How conflicts are marked.
#[derive(Clone, Copy, Debug)]
pub struct Markers<'a> {
    /// What each side is called, in the order of the sides.
    pub names: &'a [String],
    /// How many signs a marker has.
    pub size: usize,
}

impl TextMerge {
    /// The text with markers where a conflict is open.
    pub fn marked(&self, markers: Markers<'_>) -> String {
        let mut out = String::new();
        let mut line_was_ended = false;
        for part in &self.parts {
            match part {
                TextPart::Text(text) if line_was_ended => out.push_str(next_line(text)),
                TextPart::Text(text) => out.push_str(text),
                TextPart::Conflict { sides, .. } => {
                    markers.write(&mut out, sides, self.line_end());
                }
            }
            line_was_ended = is_within_line(part);
        }
        out
    }

    fn line_end(&self) -> &'static str {
        let windows = self.parts.iter().any(|part| match part {
            TextPart::Text(text) => text.contains("\r\n"),
            TextPart::Conflict { base, sides } => {
                sides.iter().chain([base]).any(|side| side.contains("\r\n"))
            }
        });
        if windows { "\r\n" } else { "\n" }
    }
}

/// Whether a conflict ends before its line does.
fn is_within_line(part: &TextPart) -> bool {
    match part {
        TextPart::Text(_) => false,
        TextPart::Conflict { sides, .. } => !sides.iter().any(|side| side.ends_with('\n')),
    }
}

/// What follows a line end that was put in.
fn next_line(text: &str) -> &str {
    let rest = text.trim_start_matches([' ', '\t']);
    let ended = rest.strip_prefix("\r\n").or(rest.strip_prefix('\n'));
    ended.unwrap_or(rest)
}

impl Markers<'_> {
    fn write(&self, out: &mut String, sides: &[String], end: &str) {
        let within = !out.is_empty() && !out.ends_with('\n');
        if within {
            out.truncate(out.trim_end_matches([' ', '\t']).len());
            out.push_str(end);
        }
        let marker = |sign: &str| sign.repeat(self.size);
        let name = |name: Option<&String>| name.map(|name| format!(" {name}")).unwrap_or_default();
        for (at, side) in sides.iter().enumerate() {
            let first = marker("<") + &name(self.names.first());
            out.push_str(&if at == 0 { first } else { marker("=") });
            out.push_str(end);
            let blanks: &[char] = if within { &[' ', '\t'] } else { &[] };
            let side = side.trim_start_matches(blanks);
            out.push_str(side);
            if !side.is_empty() && !side.ends_with('\n') {
                out.push_str(end);
            }
        }
        out.push_str(&(marker(">") + &name(self.names.last()) + end));
    }
}

#[cfg(test)]
mod tests {
    use super::super::merge_texts;
    use super::*;

    fn marked(base: &str, sides: [&str; 2]) -> String {
        let names = ["ana", "bo"].map(str::to_owned);
        let markers = Markers {
            names: &names,
            size: 7,
        };
        merge_texts(base, &sides).marked(markers)
    }

    #[test]
    fn a_sentence_within_a_line_has_lines_of_its_own() {
        let found = marked(
            "One. Two.\n\nEnd.\n",
            ["One. Too.\n\nEnd.\n", "One. To.\n\nEnd.\n"],
        );
        let conflict = "<<<<<<< ana\nToo.\n=======\nTo.\n>>>>>>> bo\n";
        assert_eq!(found, format!("One.\n{conflict}\nEnd.\n"));
    }

    #[test]
    fn an_item_keeps_its_indentation() {
        let found = marked(
            "- a\n  - b\n  - c\n",
            ["- a\n  - x\n  - c\n", "- a\n  - y\n  - c\n"],
        );
        let conflict = "<<<<<<< ana\n  - x\n=======\n  - y\n>>>>>>> bo\n";
        assert_eq!(found, format!("- a\n{conflict}  - c\n"));
    }

    #[test]
    fn line_ends_are_those_of_the_file() {
        let found = marked("a\r\nb\r\n", ["a\r\nc\r\n", "a\r\nd\r\n"]);
        assert_eq!(found.matches('\n').count(), found.matches("\r\n").count());
    }
}
