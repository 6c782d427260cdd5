//! Markup that a reader would not get, or not as it was meant.

use super::Subject;
use super::link::is_safe;
use crate::narrative::finding::Finding;
use crate::narrative::read::text::code_point;
use crate::prose::markdown::{Block, BlockKind, Inline, parse};

/// Looks at links, images, headings, raw HTML and characters that nobody sees.
pub fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let blocks = parse(subject.text);
    let mut walk = Walk {
        subject,
        heading: 0,
        line: 1,
        findings: invisible(subject),
    };
    walk.blocks(&blocks);
    walk.findings
}

struct Walk<'a> {
    subject: &'a Subject<'a>,
    /// The level of the heading above, 0 if there is none.
    heading: u8,
    /// The line on which the block begins, from 1.
    line: usize,
    findings: Vec<Finding>,
}

impl Walk<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.line = block.lines.start + 1;
            self.block(&block.kind);
        }
    }

    fn block(&mut self, kind: &BlockKind) {
        match kind {
            BlockKind::Paragraph(text) => self.inlines(text),
            BlockKind::Heading { level, text } => {
                self.heading(*level);
                self.inlines(text);
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
            BlockKind::Quote(blocks) | BlockKind::Footnote { blocks, .. } => self.blocks(blocks),
            BlockKind::Table(table) => {
                let rows = table.rows.iter().flatten();
                table
                    .header
                    .iter()
                    .chain(rows)
                    .for_each(|cell| self.inlines(cell));
            }
            BlockKind::Html(html) => self.html(html),
            BlockKind::Code { .. } | BlockKind::Rule => {}
        }
    }

    fn heading(&mut self, level: u8) {
        if self.heading > 0 && level > self.heading + 1 {
            let message = format!(
                "a heading of level {level} follows one of level {}",
                self.heading
            );
            let mend = format!("make it level {}", self.heading + 1);
            self.note(self.subject.finding("heading-jump", message).mend(mend));
        }
        self.heading = level;
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Link { url, text, .. } => {
                    self.link(url);
                    self.words(url, text);
                    self.inlines(text);
                }
                Inline::Image { url, alt, .. } => self.image(url, alt),
                Inline::Html(html) => self.html(html),
                Inline::Emphasis(text) | Inline::Strong(text) | Inline::Struck(text) => {
                    self.inlines(text);
                }
                Inline::SoftBreak | Inline::HardBreak => self.line += 1,
                _ => {}
            }
        }
    }

    fn link(&mut self, url: &str) {
        if !is_safe(url) {
            let message = format!("`{url}` is no address of the web or of mail");
            let finding = Finding::error("unsafe-link", &self.subject.path, message);
            self.note(finding.mend("use an `https:` or `mailto:` address"));
        }
    }

    fn words(&mut self, url: &str, text: &[Inline]) {
        if text.is_empty() {
            let message = format!("the link to `{url}` has no words");
            let finding = self.subject.finding("link-without-words", message);
            self.note(finding.mend("say where it leads: `[where it leads](…)`"));
        }
    }

    fn image(&mut self, url: &str, alt: &[Inline]) {
        self.link(url);
        if alt.is_empty() {
            let message = format!("the image `{url}` has no words for those who do not see it");
            let finding = self.subject.finding("image-without-alt", message);
            self.note(finding.mend("say what it shows: `![what it shows](…)`"));
        }
    }

    fn html(&mut self, html: &str) {
        let shown: String = html
            .lines()
            .next()
            .unwrap_or("")
            .trim()
            .chars()
            .take(40)
            .collect();
        let finding = if is_active(html) {
            let message = format!("HTML that would do something is shown as text: `{shown}`");
            Finding::error("active-html", &self.subject.path, message)
        } else {
            let message = format!("raw HTML is shown as text: `{shown}`");
            self.subject.finding("raw-html", message)
        };
        self.note(finding.mend("say it in Markdown, or put it between backticks"));
    }

    fn note(&mut self, finding: Finding) {
        self.findings.push(finding.at_line(self.line));
    }
}

/// Elements that run, load or send something, or change the page around them.
const ACTIVE: [&str; 17] = [
    "applet", "audio", "base", "embed", "form", "frame", "frameset", "iframe", "link", "math",
    "meta", "object", "script", "style", "svg", "template", "video",
];

/// Whether HTML would do something on a page that let it: it has such an element, or an attribute that listens, `onload`.
fn is_active(html: &str) -> bool {
    let ends = |sign: char| sign.is_ascii_whitespace() || matches!(sign, '/' | '>');
    let html = html.to_ascii_lowercase();
    let seen = match html.strip_prefix("<!--") {
        Some(comment) => comment.split_once("-->").map_or("", |(_, rest)| rest),
        None => &html,
    };
    seen.split('<').skip(1).any(|tag| {
        let mut parts = tag.trim_start_matches('/').split(ends);
        let name = parts.next().unwrap_or_default();
        ACTIVE.contains(&name) || parts.any(|part| part.starts_with("on") && part.contains('='))
    })
}

/// Characters that take no room: one that differs in them alone looks the same and is not.
fn invisible(subject: &Subject<'_>) -> Vec<Finding> {
    let is_invisible = |mark: char| matches!(mark, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}');
    let lines = subject.text.lines().enumerate();
    let found = lines.filter_map(|(index, line)| {
        let at = line.chars().position(is_invisible)?;
        let mark = line.chars().nth(at)?;
        let message = format!(
            "the line has a character that nobody sees: {}",
            code_point(mark)
        );
        let finding = Finding::warning("invisible-character", &subject.path, message);
        Some(
            finding
                .at_line(index + 1)
                .at_column(at + 1)
                .mend("take it out"),
        )
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrative::check::Standing;
    use crate::narrative::sources::Sources;

    fn found(text: &str) -> Vec<String> {
        let sources = Sources::default();
        let subject = Subject {
            path: "a.md".to_owned(),
            text,
            standing: Standing::Agreed,
            sources: &sources,
        };
        check(&subject)
            .iter()
            .map(|finding| format!("{} {finding}", finding.rule))
            .collect()
    }

    #[test]
    fn sound_markup_is_left_alone() {
        let text = "# A\n\n## B\n\n[x](https://example.org) ![y](z.png) `<b>` <https://example.org>\n\n# C\n";
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn each_fault_is_found_on_its_line() {
        let text = "# A\n\n### B\n\nSee\n[x](JAVASCRIPT&colon;alert) or\n<data:text/html,x>.\n\n![](z.png) a<b>c</b>\n\n\
                    <script>\n</script>\n\nsoft\u{ad}hyphen\n";
        assert_eq!(
            found(text),
            [
                "invisible-character a.md:14:5: the line has a character that nobody sees: U+00AD",
                "heading-jump a.md:3: a heading of level 3 follows one of level 1",
                "unsafe-link a.md:6: `JAVASCRIPT:alert` is no address of the web or of mail",
                "unsafe-link a.md:7: `data:text/html,x` is no address of the web or of mail",
                "image-without-alt a.md:9: the image `z.png` has no words for those who do not see it",
                "raw-html a.md:9: raw HTML is shown as text: `<b>`",
                "raw-html a.md:9: raw HTML is shown as text: `</b>`",
                "active-html a.md:11: HTML that would do something is shown as text: `<script>`",
            ]
        );
    }

    #[test]
    fn what_would_do_something_is_an_error_wherever_it_stands() {
        for html in [
            "<script>",
            "</SCRIPT>",
            "<img src=x onerror=\"y()\">",
            "<b/onclick=y>",
            "<p>\n<svg onload=y>",
            "<iframe src=x>",
            "<style>",
            "<!-- so --> <script>",
        ] {
            assert!(is_active(html), "{html}");
        }
        for html in [
            "<b>",
            "<br/>",
            "<!-- on=1 <script> -->",
            "<a href=x once>",
            "<scripture>",
        ] {
            assert!(!is_active(html), "{html}");
        }
    }
}
