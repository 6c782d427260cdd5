//! The sizes that a text may have, looked at before anything is parsed.
//!
//! Counting is by lines and is generous: what it lets pass is small enough for any parser, and what it refuses
//! nobody writes by hand.

use crate::narrative::config::Limits;
use crate::narrative::finding::Finding;

/// Looks at a file's size.
///
/// # Errors
///
/// The file has more bytes than it may.
pub fn bytes(path: &str, size: usize, most: usize) -> Result<(), Finding> {
    let what = Excess {
        what: "bytes",
        found: size,
        most,
    };
    what.finding(path, "file-bytes").map_or(Ok(()), Err)
}

/// Looks at the lengths of lines, at nesting, at tables and at footnotes.
pub fn shape(path: &str, text: &str, limits: &Limits) -> Vec<Finding> {
    let lines = text.split('\n').enumerate();
    let mut findings: Vec<Finding> = lines
        .filter_map(|(index, line)| Some(line_finding(path, line, limits)?.at_line(index + 1)))
        .take(10)
        .collect();
    let footnotes = Excess {
        what: "footnotes",
        found: text.split('\n').filter(|line| is_footnote(line)).count(),
        most: limits.footnotes,
    };
    let references = Excess {
        what: "footnote references",
        found: text.matches("[^").count() / 2,
        most: limits.footnotes,
    };
    findings.extend(tables(path, text, limits));
    findings.extend(footnotes.finding(path, "footnotes"));
    findings.extend(references.finding(path, "footnotes"));
    findings
}

/// Looks at the cells of each table: a row of two letters has as many as the widest.
fn tables(path: &str, text: &str, limits: &Limits) -> Option<Finding> {
    let mut table: Option<(usize, usize, usize)> = None;
    for (index, line) in text.split('\n').enumerate() {
        table = match (columns(line), table) {
            _ if line.trim_matches([' ', '\t', '>']).is_empty() => None,
            (0, Some((at, columns, rows))) => Some((at, columns, rows + 1)),
            (0, None) => None,
            (columns, _) => Some((index, columns, 1)),
        };
        let (at, columns, rows) = table.unwrap_or_default();
        if columns * rows > limits.table_cells {
            let cells = Excess {
                what: "table cells and more",
                found: columns * rows,
                most: limits.table_cells,
            };
            let finding = cells.finding(path, "table-cells");
            return finding.map(|finding| finding.at_line(at + 1));
        }
    }
    None
}

struct Excess {
    what: &'static str,
    found: usize,
    most: usize,
}

impl Excess {
    fn finding(&self, path: &str, key: &str) -> Option<Finding> {
        let Self { what, found, most } = self;
        (found > most).then(|| {
            Finding::error(
                "too-large",
                path,
                format!("{found} {what}, and {most} are allowed"),
            )
            .mend(format!(
                "make it smaller, or raise `limits.{key}` in `narrative.toml`"
            ))
        })
    }
}

fn line_finding(path: &str, line: &str, limits: &Limits) -> Option<Finding> {
    let characters = Excess {
        what: "characters in a line",
        found: if line.len() > limits.line_characters {
            line.chars().count()
        } else {
            0
        },
        most: limits.line_characters,
    };
    let nesting = Excess {
        what: "levels of quotes and lists",
        found: depth(line),
        most: limits.nesting,
    };
    let columns = Excess {
        what: "table columns",
        found: columns(line),
        most: limits.table_columns,
    };
    characters
        .finding(path, "line-characters")
        .or_else(|| nesting.finding(path, "nesting"))
        .or_else(|| columns.finding(path, "table-columns"))
}

/// How deep the quotes and lists at the start of a line may be: markers, and the indentation before them.
fn depth(line: &str) -> usize {
    let mut rest = line.trim_start();
    let indent = (line.len() - rest.len()) / 2;
    let mut markers = 0;
    while let Some(after) = after_marker(rest) {
        markers += 1;
        rest = after.trim_start();
    }
    if markers == 0 { 0 } else { indent + markers }
}

fn after_marker(rest: &str) -> Option<&str> {
    if let Some(after) = rest.strip_prefix('>') {
        return Some(after);
    }
    let after = match rest.strip_prefix(['-', '*', '+']) {
        Some(after) => after,
        None => {
            let after = rest.trim_start_matches(|mark: char| mark.is_ascii_digit());
            let digits = rest.len() - after.len();
            after.strip_prefix(['.', ')']).filter(|_| digits > 0)?
        }
    };
    (after.is_empty() || after.starts_with([' ', '\t'])).then_some(after)
}

fn columns(line: &str) -> usize {
    let line = line.trim_matches([' ', '\t', '>']);
    let is_delimiter = line.contains('-')
        && line
            .chars()
            .all(|mark| matches!(mark, '|' | '-' | ':' | ' ' | '\t'));
    if is_delimiter {
        line.trim_matches('|').split('|').count()
    } else {
        0
    }
}

fn is_footnote(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '>']);
    line.starts_with("[^") && line.contains("]:")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusals(text: &str) -> Vec<String> {
        let findings = shape("t.md", text, &Limits::default());
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn ordinary_texts_pass() {
        let text = "- a\n  - b\n    1. c\n\n> q\n\n| a | b |\n|---|---|\n\n        code\n\n- - -\n";
        assert_eq!(refusals(text), [""; 0]);
    }

    #[test]
    fn what_would_blow_up_is_refused_with_its_line() {
        let quotes = format!("a\n\n{}\n", ">".repeat(5_000));
        let list: String = (0..40)
            .map(|deep| format!("{}- a\n", "  ".repeat(deep)))
            .collect();
        let table = format!("|{}\n|{}\n", "a|".repeat(60), "-|".repeat(60));
        let notes: String = (0..501).map(|note| format!("[^{note}]: a\n")).collect();
        let nesting = "levels of quotes and lists, and 32 are allowed";
        let expected = [
            format!("t.md:3: 5000 {nesting}"),
            format!("t.md:33: 33 {nesting}"),
            "t.md:2: 60 table columns, and 50 are allowed".to_owned(),
            "t.md: 501 footnotes, and 500 are allowed".to_owned(),
            "t.md:1: 10001 characters in a line, and 10000 are allowed".to_owned(),
            "t.md:2: 10050 table cells and more, and 10000 are allowed".to_owned(),
        ];
        let short = format!(
            "|{}\n|{}\n{}",
            "a|".repeat(50),
            "-|".repeat(50),
            "b\n".repeat(5_000)
        );
        let texts = [quotes, list, table, notes, "a".repeat(10_001), short];
        for (text, expected) in texts.iter().zip(expected) {
            assert_eq!(refusals(text)[0], expected);
        }
    }
}
