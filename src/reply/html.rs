//! A mail that is a web page, as Markdown; the only file that names `html5gum`.
//!
//! `html5gum` buys us a tokenizer that reads every page as browsers do, broken ones too, in one pass and without a tree.
//! Nothing of a page is kept but its words, their emphasis, lists, headings, links, tables and what is quoted.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use super::sheet::{Look, Sheet, target};
use super::table::Table;

/// Elements whose content nobody sees. A head is none of them: its end need not be written, and all that it may hold is
/// unseen by itself.
const UNSEEN: [&str; 4] = ["style", "script", "title", "template"];

/// How deep lists, quotes and tables are written; what is deeper is written as if it were not.
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
    while !reader.tables.is_empty() {
        reader.close_table();
    }
    reader.sheet.text()
}

/// A table that is open, and what goes on behind its open cell.
#[derive(Default)]
struct Open {
    table: Table,
    outside: Option<(usize, Vec<Option<usize>>)>,
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
    tables: Vec<Open>,
    /// How many tables are open that are too deep to be written.
    too_deep: usize,
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
            "s" | "del" | "strike" => self.look.struck += 1,
            "a" => self.look.link = address(tag),
            "br" => self.line_break(),
            "p" | "hr" => self.sheet.end_paragraph(),
            "div" => self.sheet.end_line(),
            "table" => self.open_table(),
            "tr" => self.row(),
            "td" | "th" => self.cell(),
            "pre" => self.set += 1,
            "blockquote" => self.quoted(self.quote + 1),
            "ul" => self.open_list(None),
            "ol" => self.open_list(Some(number(tag, b"start").unwrap_or(1))),
            "li" => self.item(number(tag, b"value")),
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
            "s" | "del" | "strike" => self.look.struck = self.look.struck.saturating_sub(1),
            "a" => self.look.link = None,
            "p" => self.sheet.end_paragraph(),
            "div" | "li" => self.sheet.end_line(),
            "td" | "th" | "tr" => self.close_cell(),
            "table" => self.close_table(),
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

    fn item(&mut self, value: Option<usize>) {
        let depth = self.lists.len().clamp(1, DEEPEST) - 1;
        let mark = match self.lists.last_mut() {
            Some(Some(next)) => {
                let number = value.unwrap_or(*next);
                *next = number.saturating_add(1);
                format!("{number}. ")
            }
            _ => "- ".to_owned(),
        };
        self.sheet.begin(depth * 3, &mark);
    }

    fn open_table(&mut self) {
        self.sheet.end_paragraph();
        match self.tables.len() < DEEPEST {
            true => self.tables.push(Open::default()),
            false => self.too_deep += 1,
        }
    }

    fn row(&mut self) {
        self.close_cell();
        if let Some(open) = self.tables.last_mut().filter(|_| self.too_deep == 0) {
            open.table.begin_row();
        }
    }

    fn cell(&mut self) {
        self.close_cell();
        if let Some(open) = self.tables.last_mut().filter(|_| self.too_deep == 0) {
            let lists = std::mem::take(&mut self.lists);
            open.outside = Some((std::mem::take(&mut self.quote), lists));
            self.sheet.begin_part();
        }
    }

    /// Ends the cell that is open; in a table that is not written only a line.
    fn close_cell(&mut self) {
        self.sheet.end_line();
        let open = self.tables.last_mut().filter(|_| self.too_deep == 0);
        if let Some(open) = open
            && let Some((quote, lists)) = open.outside.take()
        {
            let text = self.sheet.end_part();
            open.table.cell(text);
            self.quote = quote;
            self.lists = lists;
        }
    }

    fn close_table(&mut self) {
        self.close_cell();
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if let Some(open) = self.tables.pop() {
            open.table.write(&mut self.sheet);
        }
    }
}

fn level(name: &str) -> Option<usize> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Where a link leads, if that is a place that texts may name.
fn address(tag: &StartTag<()>) -> Option<String> {
    target(&attribute(tag, b"href")?)
}

/// A number that an attribute says.
fn number(tag: &StartTag<()>, name: &[u8]) -> Option<usize> {
    attribute(tag, name)?.trim().parse().ok()
}

fn attribute(tag: &StartTag<()>, name: &[u8]) -> Option<String> {
    let mut attributes = tag.attributes.iter();
    let (_, value) = attributes.find(|(key, _)| ***key == *name)?;
    Some(String::from_utf8_lossy(value).into_owned())
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

    #[test]
    fn lists_begin_where_they_say_and_heads_end_where_they_do() {
        let page = "<html><head><title>t</title><style>p{}</style><body><ol start=3><li>a<li>b\
            <li value=7>c</ol>We <s>hate</s> like it.";
        assert_eq!(read(page), "3. a\n4. b\n7. c\n\nWe ~~hate~~ like it.\n");
    }

    #[test]
    fn tables_are_tables_and_layout_is_none() {
        let page = "<blockquote><table><tr><th>year<th>firms<tr><td>2024<td>a|b</table></blockquote>\
            <table><tr><td><p>Hi,</p><table><tr><td>1</td><td>Small.</td></tr></table>Bye</td></tr></table>";
        assert_eq!(
            read(page),
            "> | year | firms |\n> | --- | --- |\n> | 2024 | a\\|b |\n\nHi,\n\n1. Small.\n\nBye\n"
        );
        assert!(read(&"<table><tr><td>a".repeat(100_000)).contains('a'));
    }
}
