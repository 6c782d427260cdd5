//! The lines of a reply, each with how deep it is quoted.

/// A line of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the text as it was read, from 1.
    pub number: usize,
    /// How often it is quoted: 0 for the sender's own words.
    pub quote: usize,
    /// What stands behind the marks of quoting.
    pub text: String,
}

impl Line {
    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Parts a text into lines, and the marks of quoting (`> > `) from them.
pub fn lines(text: &str) -> Vec<Line> {
    text.lines()
        .zip(1..)
        .map(|(line, number)| {
            let (quote, rest) = quoted(line);
            Line {
                number,
                quote,
                text: rest.trim_end().to_owned(),
            }
        })
        .collect()
}

fn quoted(line: &str) -> (usize, &str) {
    let mut depth = 0;
    let mut rest = line;
    while let Some(after) = rest.trim_start().strip_prefix('>') {
        rest = after.strip_prefix(' ').unwrap_or(after);
        depth += 1;
    }
    (depth, rest)
}
