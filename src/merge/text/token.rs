//! Lines as words, for the places where several versions meet.

/// So many equal signs in a row draw a line, however long.
const RULE: usize = 3;

/// A word, a sign or a break, and the blanks before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// Blanks and soft line ends before it.
    pub blank: &'a str,
    /// Its text; of a break, all blanks of the break.
    pub text: &'a str,
    /// What it is when compared: quotation marks are alike, and so are breaks of one kind and drawn lines.
    pub key: &'a str,
    /// Whether it ends a line for good.
    pub is_break: bool,
}

impl Token<'_> {
    /// Whether it is a sign that can end a sentence.
    pub fn is_stop(&self) -> bool {
        [".", "!", "?"].contains(&self.text)
    }

    /// Whether a sentence or line ends with it, before this next token.
    pub fn ends_sentence(&self, next: Option<&Self>) -> bool {
        let parted = next.is_none_or(|next| !next.blank.is_empty());
        self.is_break || (parted && self.is_stop())
    }
}

/// Splits a text: every byte is in exactly one token.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let (mut at, mut fenced) = (0, false);
    while at < text.len() {
        let rest = &text[at..];
        let blank = &rest[..rest.len() - rest.trim_start().len()];
        let after = &rest[blank.len()..];
        let ends = blank.bytes().filter(|sign| *sign == b'\n').count();
        fenced ^= (at == 0 || ends > 0) && after.starts_with("```");
        let hard = after.is_empty() || ends > 1;
        let hard = hard || (ends == 1 && (fenced || is_block_start(after)));
        let blank = if hard && !blank.is_empty() {
            let (end, indent) = at_line_start(blank, after);
            out.push(line_break(end));
            indent
        } else {
            blank
        };
        at = text.len() - after.len();
        let length = length(after);
        if length > 0 {
            out.push(word(blank, &after[..length]));
        }
        at += length;
    }
    out
}

/// Divides blanks into what ends a line and what indents the next, which belongs to that one.
fn at_line_start<'a>(blank: &'a str, after: &str) -> (&'a str, &'a str) {
    let end = blank.rfind('\n').filter(|_| !after.is_empty());
    blank.split_at(end.map_or(blank.len(), |at| at + 1))
}

fn line_break(text: &str) -> Token<'_> {
    let key = match text.matches('\n').count() {
        0 => " ",
        1 => "\n",
        _ => "\n\n",
    };
    Token {
        blank: "",
        text,
        key,
        is_break: true,
    }
}

fn word<'a>(blank: &'a str, text: &'a str) -> Token<'a> {
    let key = match text {
        "“" | "”" => "\"",
        "‘" | "’" => "'",
        ruled if ruled.len() > RULE && self::ruled(ruled).is_some() => &ruled[..RULE],
        other => other,
    };
    Token {
        blank,
        text,
        key,
        is_break: false,
    }
}

/// The length of the token that a text starts with, in bytes.
fn length(text: &str) -> usize {
    let Some(first) = text.chars().next() else {
        return 0;
    };
    if !is_word(first) {
        return ruled(text).unwrap_or(first.len_utf8());
    }
    let mut end = 0;
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let joins = "'’".contains(sign) && signs.peek().is_some_and(|(_, next)| is_word(*next));
        if is_word(sign) {
            end = at + sign.len_utf8();
        } else if !joins {
            break;
        }
    }
    end
}

/// The length of a line drawn with signs at the start: below a heading, in a table.
fn ruled(text: &str) -> Option<usize> {
    let sign = text.chars().next().filter(|sign| "-=~^".contains(*sign))?;
    let length = text.len() - text.trim_start_matches(sign).len();
    (length >= RULE).then_some(length)
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

/// Whether the line that a text starts with starts a block or a row of its own, so that it is never joined with the line before.
fn is_block_start(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default().trim_start();
    let rest = |sign: &str| line.strip_prefix(sign);
    let bullet = ["-", "*", "+"].iter().filter_map(|sign| rest(sign));
    let digits = line.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let numbered = digits.len() < line.len() && line.len() - digits.len() < 4;
    bullet
        .into_iter()
        .any(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '-', '*']))
        || line.starts_with(['#', '>', '|', '<', ':', '='])
        || (line.starts_with('[') && !line.starts_with("[@"))
        || (numbered && (digits.starts_with(". ") || digits.starts_with(") ")))
}
