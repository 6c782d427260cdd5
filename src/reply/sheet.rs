//! Markdown written piece by piece: what readers of other formats write on.

use crate::narrative::check::link::is_safe;

/// How words look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// How often they are made bold; 0 for not at all.
    pub bold: usize,
    /// How often they are made italic.
    pub italic: usize,
    /// How often they are struck through; 0 for not at all.
    pub struck: usize,
    /// Where they lead.
    pub link: Option<String>,
}

/// A text in the making.
#[derive(Debug, Default)]
pub struct Sheet {
    done: String,
    line: Vec<(Look, String)>,
    /// What stands before the next line alone: the mark of a heading or an item.
    head: String,
    /// How far later lines of an item stand to the right.
    indent: usize,
    quote: usize,
    /// Whether a paragraph ended.
    gap: bool,
    /// Whether the depth of quoting changed.
    apart: bool,
    /// The text that goes on when this one, a cell or a note of it, is done.
    outer: Option<Box<Sheet>>,
}

impl Sheet {
    /// Writes words in a look; white space is one blank.
    pub fn words(&mut self, text: &str, look: &Look) {
        let last = self.line.last();
        let mut ends_blank = last.is_none_or(|(_, text)| text.ends_with(' '));
        let mut words = String::new();
        for sign in text.chars() {
            let blank = sign.is_whitespace();
            if !(blank && ends_blank) {
                words.push(if blank { ' ' } else { sign });
            }
            ends_blank = blank;
        }
        match self.line.last_mut() {
            Some((last, text)) if last == look => text.push_str(&words),
            _ if words.is_empty() => {}
            _ => self.line.push((look.clone(), words)),
        }
    }

    /// Writes signs that mean something in Markdown, as they are.
    pub fn raw(&mut self, text: &str) {
        // No look has a link without an address: these words are told apart from all others by it.
        let look = Look {
            link: Some(String::new()),
            ..Look::default()
        };
        self.line.push((look, text.to_owned()));
    }

    /// Ends the line.
    pub fn end_line(&mut self) {
        let text = self.line.drain(..).collect::<Vec<_>>();
        let text = inline(&text);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let line = if self.head.is_empty() {
            format!("{}{}", " ".repeat(self.indent), guarded(text))
        } else {
            std::mem::take(&mut self.head) + text
        };
        self.put(&line);
    }

    /// Puts a line behind those that are done.
    fn put(&mut self, line: &str) {
        let quotes = "> ".repeat(self.quote);
        if (self.gap || self.apart) && !self.done.is_empty() {
            let within = if self.apart { "" } else { quotes.trim_end() };
            self.done.push_str(within);
            self.done.push('\n');
        }
        self.gap = false;
        self.apart = false;
        self.done.push_str(&quotes);
        self.done.push_str(line);
        self.done.push('\n');
    }

    /// Writes Markdown that is done, line by line.
    pub fn block(&mut self, text: &str) {
        self.end_line();
        for line in text.lines() {
            match line.trim().is_empty() {
                true => self.gap = true,
                false => self.put(line),
            }
        }
    }

    /// Begins a text within this one: a cell, or a note.
    pub fn begin_part(&mut self) {
        let outer = std::mem::take(self);
        self.outer = Some(Box::new(outer));
    }

    /// Ends the text within, and gives it.
    pub fn end_part(&mut self) -> String {
        self.end_line();
        let outer = self.outer.take();
        let part = std::mem::replace(self, outer.map(|outer| *outer).unwrap_or_default());
        part.done.trim_end().to_owned()
    }

    /// Ends the line, and a paragraph with it.
    pub fn end_paragraph(&mut self) {
        self.end_line();
        self.gap = true;
    }

    /// Begins a line with the mark of a heading or an item, behind which later lines stand under each other.
    pub fn begin(&mut self, indent: usize, mark: &str) {
        self.end_line();
        self.head = format!("{}{mark}", " ".repeat(indent));
        self.indent = indent + mark.chars().count();
    }

    /// Lets no line stay empty before the next.
    pub fn tighten(&mut self) {
        self.gap = false;
    }

    /// Lets lines begin at the margin again.
    pub fn flush_left(&mut self) {
        self.end_line();
        self.head.clear();
        self.indent = 0;
    }

    /// Lets what follows be quoted so often.
    pub fn quote(&mut self, depth: usize) {
        if depth != self.quote {
            self.end_line();
            self.apart = true;
            self.quote = depth;
        }
    }

    /// Whether nothing stands in the line yet.
    pub fn is_at_start(&self) -> bool {
        self.line.iter().all(|(_, text)| text.trim().is_empty())
    }

    /// The whole text.
    pub fn text(mut self) -> String {
        self.end_line();
        self.done
    }
}

/// Words with the signs of their looks; blanks stand outside of them.
fn inline(runs: &[(Look, String)]) -> String {
    let mut out = String::new();
    for (look, text) in runs {
        if look.link.as_deref() == Some("") {
            out.push_str(text);
            continue;
        }
        let inner = text.trim();
        let start = text.len() - text.trim_start().len();
        out.push_str(&text[..start]);
        if !inner.is_empty() {
            out.push_str(&dressed(look, inner));
            out.push_str(&text[start + inner.len()..]);
        }
    }
    out
}

/// How many bytes an address may have: longer ones lead nowhere in most browsers.
const LONGEST: usize = 2_000;

/// Where a link leads, if that is a page or an address of mail that a text may name; what leads elsewhere in a letter leads
/// nowhere outside of it.
pub fn target(to: &str) -> Option<String> {
    let to = to.trim();
    (to.len() <= LONGEST && to.contains(':') && is_safe(to)).then(|| to.to_owned())
}

fn dressed(look: &Look, text: &str) -> String {
    let signs = match (look.bold > 0, look.italic > 0) {
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => "",
    };
    if look.struck > 0 {
        let whole = Look {
            struck: 0,
            ..look.clone()
        };
        return format!("~~{}~~", dressed(&whole, text));
    }
    match &look.link {
        Some(to) if to == text || to.strip_prefix("mailto:") == Some(text) => format!("<{text}>"),
        Some(to) => format!("{signs}[{}]({}){signs}", escaped(text), address(to)),
        None => format!("{signs}{}{signs}", escaped(text)),
    }
}

fn address(to: &str) -> String {
    let plain = |sign: char| !matches!(sign, '(' | ')' | '<' | '>' | ' ' | '\\');
    if to.chars().all(plain) {
        return to.to_owned();
    }
    let mut out = String::new();
    for sign in to.chars() {
        match sign {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            ' ' => out.push_str("%20"),
            '\\' => out.push_str("%5C"),
            sign => out.push(sign),
        }
    }
    out
}

/// Escapes what would be read as Markdown, and no more.
fn escaped(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let word = |at: Option<usize>| {
        at.and_then(|at| signs.get(at))
            .is_some_and(|sign| sign.is_alphanumeric())
    };
    let mut out = String::new();
    for (at, &sign) in signs.iter().enumerate() {
        let next = signs.get(at + 1).copied();
        let special = match sign {
            '*' | '`' | '\\' => true,
            '_' => !(word(at.checked_sub(1)) && word(Some(at + 1))),
            ']' => matches!(next, Some('(' | ':')),
            '<' => next.is_some_and(|next| next.is_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => next.is_some_and(|next| next.is_alphabetic() || next == '#'),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}

/// Keeps a line from being read as a heading, an item, a quote or a rule.
fn guarded(text: &str) -> String {
    let digits = text.len()
        - text
            .trim_start_matches(|sign: char| sign.is_ascii_digit())
            .len();
    if digits > 0 && text[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &text[..digits], &text[digits..]);
    }
    let mark = text.split(' ').next().unwrap_or_default();
    let level = !mark.is_empty() && mark.chars().all(|sign| sign == '#');
    let bare = text.chars().all(|sign| matches!(sign, '-' | '=' | ' '));
    let special = level || matches!(mark, "-" | "+") || text.starts_with('>') || bare;
    if special {
        format!("\\{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_become_signs_and_signs_are_kept() {
        let mut sheet = Sheet::default();
        let bold = Look {
            bold: 1,
            ..Look::default()
        };
        sheet.words("3. We are", &Look::default());
        sheet.words(" small ", &bold);
        sheet.words("and 2*3 [@id] snake_case &c.", &Look::default());
        sheet.end_paragraph();
        sheet.begin(0, "- ");
        sheet.words("one\n  item", &Look::default());
        sheet.flush_left();
        assert_eq!(
            sheet.text(),
            "3\\. We are **small** and 2\\*3 [@id] snake_case \\&c.\n\n- one item\n"
        );
    }

    #[test]
    fn quotes_stand_apart() {
        let mut sheet = Sheet::default();
        sheet.words("a", &Look::default());
        sheet.quote(1);
        sheet.words("b", &Look::default());
        sheet.end_paragraph();
        sheet.words("c", &Look::default());
        sheet.quote(0);
        sheet.words("# d", &Look::default());
        assert_eq!(sheet.text(), "a\n\n> b\n>\n> c\n\n\\# d\n");
    }
}
