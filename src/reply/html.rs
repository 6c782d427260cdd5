//! A mail that is a web page, as Markdown; the only file that names `html5gum`.
//!
//! `html5gum` buys us a tokenizer that reads every page as browsers do, broken ones too, in one pass and without a tree.
//! Nothing of a page is kept but its words, their emphasis, lists, headings, links and what is quoted.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use super::sheet::{Look, Sheet, target};

/// Elements whose content nobody sees.
const UNSEEN: [&str; 5] = ["head", "style", "script", "title", "template"];

/// How deep lists and quotes are written; what is deeper is written as if it were not.
const DEEPEST: usize = 16;

/// Reads a page.
pub fn read(page: &str) -> String {
    let mut reader = Reader::default();
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(page, emitter) {
        match token {
            Ok(Token::StartTag(tag)) => reader.start(&tag),
            Ok(Token::EndTag(tag)) => reader.end(&String::from_utf8_lossy(&tag.name)),
            Ok(Token::String(text)) => reader.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    reader.sheet.text()
}

#[derive(Default)]
struct Reader {
    sheet: Sheet,
    look: Look,
    /// The element that is open whose content nobody sees.
    unseen: Option<&'static str>,
    quote: usize,
    /// The lists that are open; those with numbers say how many items they have.
    lists: Vec<Option<usize>>,
    /// How many elements are open in which line ends are as they stand.
    set: usize,
}

impl Reader {
    fn text(&mut self, text: &str) {
        if self.unseen.is_some() {
            return;
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 && self.set > 0 {
                self.sheet.end_line();
            } else if at > 0 {
                self.sheet.words(" ", &self.look);
            }
            self.sheet.words(line, &self.look);
        }
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name);
        if self.unseen.is_some() {
            return;
        }
        self.unseen = UNSEEN.into_iter().find(|unseen| **unseen == *name);
        match &*name {
            "b" | "strong" => self.look.bold += 1,
            "i" | "em" => self.look.italic += 1,
            "a" => self.look.link = address(tag),
            "br" => self.line_break(),
            "p" | "hr" | "table" => self.sheet.end_paragraph(),
            "div" | "tr" => self.sheet.end_line(),
            "td" | "th" => self.sheet.words(" ", &self.look),
            "pre" => self.set += 1,
            "blockquote" => self.quoted(self.quote + 1),
            "ul" => self.open_list(None),
            "ol" => self.open_list(Some(0)),
            "li" => self.item(),
            _ => {
                if let Some(level) = level(&name) {
                    self.sheet.end_paragraph();
                    self.sheet.begin(0, &format!("{} ", "#".repeat(level)));
                }
            }
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(unseen) = self.unseen {
            self.unseen = (name != unseen).then_some(unseen);
            return;
        }
        match name {
            "b" | "strong" => self.look.bold = self.look.bold.saturating_sub(1),
            "i" | "em" => self.look.italic = self.look.italic.saturating_sub(1),
            "a" => self.look.link = None,
            "p" | "table" => self.sheet.end_paragraph(),
            "div" | "tr" | "li" => self.sheet.end_line(),
            "pre" => {
                self.set = self.set.saturating_sub(1);
                self.sheet.end_paragraph();
            }
            "blockquote" => self.quoted(self.quote.saturating_sub(1)),
            "ul" | "ol" => self.close_list(),
            _ if level(name).is_some() => {
                self.sheet.end_paragraph();
                self.sheet.flush_left();
            }
            _ => {}
        }
    }

    /// Ends a line; an empty one ends a paragraph.
    fn line_break(&mut self) {
        if self.sheet.is_at_start() {
            self.sheet.end_paragraph();
        } else {
            self.sheet.end_line();
        }
    }

    fn quoted(&mut self, depth: usize) {
        self.quote = depth;
        self.sheet.end_paragraph();
        self.sheet.quote(depth.min(DEEPEST));
    }

    fn open_list(&mut self, numbers: Option<usize>) {
        if self.lists.is_empty() {
            self.sheet.end_paragraph();
        }
        self.lists.push(numbers);
    }

    fn close_list(&mut self) {
        self.lists.pop();
        if self.lists.is_empty() {
            self.sheet.flush_left();
            self.sheet.end_paragraph();
        }
    }

    fn item(&mut self) {
        let depth = self.lists.len().clamp(1, DEEPEST) - 1;
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{number}. ")
            }
            _ => "- ".to_owned(),
        };
        self.sheet.begin(depth * 3, &mark);
    }
}

fn level(name: &str) -> Option<usize> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Where a link leads, if that is a place that texts may name.
fn address(tag: &StartTag<()>) -> Option<String> {
    let (_, to) = tag
        .attributes
        .iter()
        .find(|(name, _)| ***name == b"href"[..])?;
    target(&String::from_utf8_lossy(to))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_page_becomes_markdown() {
        let page = "<html><head><style>p{}</style><title>t</title></head><body><p>Hi&nbsp;all,</p>\
            <div>We are <b>small</b>,<br>and <i>glad</i>.</div><div><br></div>\
            <ul><li>one</li><li>two</ul>See <a href=\"https://example.org/a\">this</a>.\
            <script>alert(1)</script><a href='javascript:x'>no</a></body>";
        assert_eq!(
            read(page),
            "Hi all,\n\nWe are **small**,\nand *glad*.\n\n- one\n- two\n\n\
             See [this](https://example.org/a).no\n"
        );
    }

    #[test]
    fn quotes_and_headings_are_told() {
        let page = "<div>Small.</div><blockquote type=cite><div>1 How big<br>is it?</div>\
            <blockquote>Why?</blockquote></blockquote><h2>Values</h2>Fair.";
        assert_eq!(
            read(page),
            "Small.\n\n> 1 How big\n> is it?\n\n> > Why?\n\n## Values\n\nFair.\n"
        );
    }
}
