//! XML that is well-formed by construction: what is opened is closed, and every text is escaped.
//!
//! **Invariant:** a text is never markup. Characters that XML 1.0 cannot hold become U+FFFD, so that a file opens whatever
//! somebody typed.

/// A document that is being written.
#[derive(Clone, Debug)]
pub struct Xml {
    out: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// Begins a document.
    pub fn document() -> Self {
        Self {
            out: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned(),
            open: Vec::new(),
        }
    }

    /// Begins a part of a document.
    pub fn part() -> Self {
        Self {
            out: String::new(),
            open: Vec::new(),
        }
    }

    /// Opens an element.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) -> &mut Self {
        self.start(name, attributes);
        self.out.push('>');
        self.open.push(name);
        self
    }

    /// Closes the element that was opened last.
    pub fn close(&mut self) -> &mut Self {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        self
    }

    /// Writes an element without content.
    pub fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) -> &mut Self {
        self.start(name, attributes);
        self.out.push_str("/>");
        self
    }

    /// Writes an element that holds only a text.
    pub fn leaf(&mut self, name: &'static str, text: &str) -> &mut Self {
        self.open(name, &[]).text(text).close()
    }

    /// Writes a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        escape(text, &mut self.out);
        self
    }

    /// Puts what was written elsewhere here.
    pub fn raw(&mut self, part: &str) -> &mut Self {
        self.out.push_str(part);
        self
    }

    /// What was written, with everything closed.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            escape(value, &mut self.out);
            self.out.push('"');
        }
    }
}

/// Fills in the places of a part that is the same in every file: `{name}` becomes the escaped value.
pub fn filled(part: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(part.to_owned(), |part, (name, value)| {
        let mut escaped = String::new();
        escape(value, &mut escaped);
        part.replace(&format!("{{{name}}}"), &escaped)
    })
}

fn escape(text: &str, out: &mut String) {
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(sign),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            sign if sign.is_control() => out.push('\u{fffd}'),
            sign => out.push(sign),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let mut xml = Xml::document();
        xml.open("a", &[("b", "\"<&\n")])
            .text("]]> &amp; <x> \0\u{b}")
            .empty("c", &[]);
        let written = xml.finish();
        assert!(
            written.ends_with(
                "<a b=\"&quot;&lt;&amp;\n\">]]&gt; &amp;amp; &lt;x&gt; \u{fffd}\u{fffd}<c/></a>"
            ),
            "{written}"
        );
    }

    #[test]
    fn places_are_filled_with_escaped_values() {
        assert_eq!(
            filled("<a>{x}</a>", &[("x", "<{y}>")]),
            "<a>&lt;{y}&gt;</a>"
        );
    }
}
