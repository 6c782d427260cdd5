//! The one printer: all text that a person sees goes through a [`Page`], which spells out what would not show.
//!
//! ```
//! use onetext::cli::{Page, Role};
//! let mut page = Page::new(80);
//! page.text(Role::Plain, "by ").plain("a\u{1b}na").end();
//! assert_eq!(page.as_str(), "by a<U+001B>na\n");
//! ```

use std::fmt::Display;

use super::escape::visible;
use super::style::Role;

/// Text being laid out, with styles as escape sequences that the stream strips where they are not wanted.
///
/// **Invariant:** no character from outside reaches the page but through [`visible`].
#[derive(Clone, Debug)]
pub struct Page {
    text: String,
    width: usize,
}

impl Page {
    /// Starts an empty page of so many columns.
    pub fn new(width: usize) -> Self {
        Self {
            text: String::new(),
            width,
        }
    }

    /// Writes on in the look of a role.
    pub fn text(&mut self, role: Role, text: impl Display) -> &mut Self {
        let style = role.style();
        let shown = visible(&text.to_string());
        self.text.push_str(&format!("{style}{shown}{style:#}"));
        self
    }

    /// Writes on in running text.
    pub fn plain(&mut self, text: impl Display) -> &mut Self {
        self.text(Role::Plain, text)
    }

    /// Writes on in what matters most.
    pub fn strong(&mut self, text: impl Display) -> &mut Self {
        self.text(Role::Strong, text)
    }

    /// Writes on in what can be skipped.
    pub fn faint(&mut self, text: impl Display) -> &mut Self {
        self.text(Role::Faint, text)
    }

    /// Writes on the name of a contributor, a question, a path.
    pub fn name(&mut self, text: impl Display) -> &mut Self {
        self.text(Role::Name, text)
    }

    /// Ends the line.
    pub fn end(&mut self) -> &mut Self {
        self.text.push('\n');
        self
    }

    /// Writes one whole line.
    pub fn line(&mut self, text: impl Display) -> &mut Self {
        self.plain(text).end()
    }

    /// Writes the head of a part.
    pub fn heading(&mut self, text: impl Display) -> &mut Self {
        self.text(Role::Heading, text).end()
    }

    /// Leaves a line empty, unless one is or nothing stands above it.
    pub fn blank(&mut self) -> &mut Self {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
        self
    }

    /// Writes text of any length in lines that fit, each after the same margin; its own line breaks stay.
    pub fn block(&mut self, margin: &str, text: &str) -> &mut Self {
        let room = self.width.saturating_sub(margin.chars().count()).max(20);
        for line in text.lines() {
            for piece in filled(&visible(line), room) {
                self.text.push_str(&visible(margin));
                self.text.push_str(&piece);
                self.text.push('\n');
            }
        }
        self
    }

    /// Writes a head and, in lines that fit, pieces that each have their look; further lines stand under the first piece.
    pub fn hanging(&mut self, head: (Role, &str), pieces: &[(Role, String)]) -> &mut Self {
        let indent = visible(head.1).chars().count();
        let room = self.width.saturating_sub(indent).max(20);
        self.text(head.0, head.1);
        for (at, line) in laid_out(pieces, room).into_iter().enumerate() {
            if at > 0 {
                self.end().plain(" ".repeat(indent));
            }
            for (role, text) in line {
                self.text(role, text);
            }
        }
        self.end()
    }

    /// Writes rows whose columns stand under each other, each cell in the look of its role.
    pub fn columns(&mut self, rows: &[Vec<(Role, String)>]) -> &mut Self {
        let mut widths: Vec<usize> = Vec::new();
        for row in rows {
            widths.resize(widths.len().max(row.len()), 0);
            for (width, (_, cell)) in widths.iter_mut().zip(row) {
                *width = (*width).max(visible(cell).chars().count());
            }
        }
        for row in rows {
            let last = row.len().saturating_sub(1);
            for (index, (role, cell)) in row.iter().enumerate() {
                let gap = widths[index] - visible(cell).chars().count() + 2;
                let gap = if index == last { 0 } else { gap };
                self.text(*role, cell).plain(" ".repeat(gap));
            }
            self.end();
        }
        self
    }

    /// The text so far, without styles.
    pub fn bare(&self) -> String {
        let mut pieces = self.text.split('\u{1b}');
        let first = pieces.next().unwrap_or_default().to_owned();
        // What a sequence ends with is no part of it: nothing from outside begins one.
        let after = pieces.filter_map(|piece| Some(piece.split_once('m')?.1));
        first + &after.collect::<String>()
    }

    /// The text so far, styles and all.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Breaks pieces of text at spaces into lines of at most so many characters; their own line breaks stay.
fn laid_out(pieces: &[(Role, String)], room: usize) -> Vec<Vec<(Role, String)>> {
    let mut lines: Vec<Vec<(Role, String)>> = vec![Vec::new()];
    let mut word: Vec<(Role, String)> = Vec::new();
    let length = |pieces: &[(Role, String)]| -> usize {
        let long = |(_, text): &(Role, String)| visible(text).chars().count();
        pieces.iter().map(long).sum()
    };
    let signs = pieces
        .iter()
        .flat_map(|(role, text)| text.chars().map(|sign| (*role, sign)));
    for (role, sign) in signs.chain([(Role::Plain, '\n')]) {
        if sign != ' ' && sign != '\n' {
            push(&mut word, role, sign);
            continue;
        }
        let line = lines.last_mut().expect("there is always a line");
        let used = length(line);
        if used > 0 && used + length(&word) > room {
            // The blank at the end of a full line goes.
            if let Some((_, text)) = line.last_mut() {
                text.truncate(text.trim_end_matches(' ').len());
            }
            lines.push(std::mem::take(&mut word));
        } else {
            for (role, text) in word.drain(..) {
                text.chars().for_each(|sign| push(line, role, sign));
            }
        }
        let line = lines.last_mut().expect("there is always a line");
        match sign {
            ' ' => push(line, role, ' '),
            _ => lines.push(Vec::new()),
        }
    }
    lines.pop();
    lines
}

/// Adds a sign to the last piece if it has the same look.
fn push(pieces: &mut Vec<(Role, String)>, role: Role, sign: char) {
    match pieces.last_mut() {
        Some((last, text)) if *last == role => text.push(sign),
        _ => pieces.push((role, sign.to_string())),
    }
}

/// Breaks a line at spaces into pieces of at most so many characters; a longer word stands alone.
fn filled(line: &str, room: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0;
    for word in line.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > room {
            pieces.push(String::new());
            used = 0;
        }
        let piece = pieces.last_mut().expect("there is always a piece");
        if used > 0 {
            piece.push(' ');
            used += 1;
        }
        piece.push_str(word);
        used += length;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Page, Role};

    #[test]
    fn fills_blocks_and_keeps_their_lines() {
        let mut page = Page::new(24);
        page.block("> ", "one two three four five six\n\nend");
        assert_eq!(
            page.as_str(),
            "> one two three four\n> five six\n> \n> end\n"
        );
    }

    #[test]
    fn hangs_pieces_under_the_first() {
        let mut page = Page::new(24);
        let plain = |text: &str| (Role::Plain, text.to_owned());
        page.hanging(
            (Role::Plain, "~ "),
            &[
                plain("one two "),
                plain("three-"),
                plain("four five six\nend"),
            ],
        );
        assert_eq!(page.as_str(), "~ one two three-four\n  five six\n  end\n");
    }

    #[test]
    fn stands_columns_under_each_other() {
        let row = |left: &str, right: &str| {
            vec![
                (Role::Plain, left.to_owned()),
                (Role::Plain, right.to_owned()),
            ]
        };
        let mut page = Page::new(80);
        page.columns(&[row("size", "2 drafts"), row("values", "")]);
        assert_eq!(page.as_str(), "size    2 drafts\nvalues  \n");
    }

    #[test]
    fn is_bare_without_its_looks() {
        let mut page = Page::new(80);
        page.strong("a\u{1b}[1mb").plain(" c").end();
        assert_eq!(page.bare(), "a<U+001B>[1mb c\n");
    }

    #[test]
    fn leaves_at_most_one_line_empty() {
        let mut page = Page::new(80);
        page.blank().line("a").blank().blank().line("b");
        assert_eq!(page.as_str(), "a\n\nb\n");
    }
}
