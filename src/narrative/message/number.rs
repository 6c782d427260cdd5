//! Lines that may begin a numbered question.

/// A line that begins with a number in some manner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered<'a> {
    /// The line's index in the message, from 0.
    pub index: usize,
    /// The number.
    pub number: u32,
    /// What follows the number on the line.
    pub rest: &'a str,
    manner: Manner<'a>,
    indent: usize,
}

/// How the number is set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Manner<'a> {
    before: &'a str,
    after: Option<char>,
}

impl Numbered<'_> {
    /// Whether two lines may be of one list: the same manner, and not further to the right.
    pub fn is_like(&self, first: &Self) -> bool {
        self.manner == first.manner && self.indent <= first.indent + 1
    }

    /// How the number is set off: what stands before it, and the sign behind it.
    pub fn manner(&self) -> (&str, Option<char>) {
        (self.manner.before, self.manner.after)
    }

    /// How far to the right it stands.
    pub fn indent(&self) -> usize {
        self.indent
    }
}

/// Takes away the marks with which mail programs quote: `> > `.
pub fn unquoted(line: &str) -> &str {
    let mut rest = line;
    while let Some(after) = rest.trim_start().strip_prefix('>') {
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    rest
}

/// Reads a line as the beginning of a numbered question, if it may be one.
pub fn numbered(index: usize, line: &str) -> Option<Numbered<'_>> {
    let line = unquoted(line);
    let start = line.trim_start();
    let indent = line.len() - start.len();
    let digits = start.find(|mark: char| mark.is_ascii_digit())?;
    let (before, from_number) = start.split_at(digits);
    if !is_introduction(before) {
        return None;
    }
    let length = from_number.find(|mark: char| !mark.is_ascii_digit());
    let (number, rest) = from_number.split_at(length.unwrap_or(from_number.len()));
    let (after, rest) = set_off(rest)?;
    let bare = after.is_none() && before.is_empty();
    if bare && !begins_a_sentence(rest) {
        return None;
    }
    Some(Numbered {
        index,
        number: number.parse().ok().filter(|_| number.len() <= 3)?,
        rest: balanced(before, rest),
        manner: Manner {
            before: before.trim(),
            after,
        },
        indent,
    })
}

fn is_introduction(before: &str) -> bool {
    let word = before
        .trim_start_matches(['#', '*', '_', ' ', '(', '['])
        .trim_end();
    matches!(word.to_ascii_lowercase().as_str(), "" | "q" | "question")
}

/// Parts the sign after a number from the text; a number within a text has neither sign nor gap.
fn set_off(rest: &str) -> Option<(Option<char>, &str)> {
    let unescaped = rest.strip_prefix('\\').unwrap_or(rest);
    let unmarked = unescaped.trim_start_matches(['*', '_']);
    let sign = unmarked
        .chars()
        .next()
        .filter(|mark| matches!(mark, '.' | ')' | ':' | ']'));
    let after = match sign {
        Some(sign) => &unmarked[sign.len_utf8()..],
        None => unmarked,
    };
    let text = after.trim_start_matches(['*', '_']);
    let apart = text.is_empty() || text.starts_with(char::is_whitespace);
    apart.then(|| (sign, text.trim_start()))
}

fn begins_a_sentence(rest: &str) -> bool {
    let first = rest.chars().find(|mark| mark.is_alphanumeric());
    first.is_none_or(char::is_uppercase)
}

/// Takes away the end of the emphasis that began before the number: `**Q1: How?**`.
fn balanced<'a>(before: &str, rest: &'a str) -> &'a str {
    let marks = before.trim_start_matches(['#', ' ']);
    let open = marks.len() - marks.trim_start_matches(['*', '_']).len();
    let text = rest.trim_end();
    let end = &marks[..open];
    if open > 0 && text.matches(end).count() % 2 == 1 {
        text.strip_suffix(end).unwrap_or(text)
    } else {
        text
    }
}
