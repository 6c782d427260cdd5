//! A mail: its words, its sender, and what hangs on it; the only file that names `mail-parser`.
//!
//! `mail-parser` buys us MIME with every encoding and character set that mails come in, read without recursion.

use mail_parser::{Message, MessageParser, MimeHeaders as _, PartType};

use super::split::Manner;
use super::{ReadError, Reply, html};

/// Tells whether bytes begin as a mail does: with the names of fields.
pub fn is_mail(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let head = String::from_utf8_lossy(head).to_lowercase();
    let fields = head.lines().take_while(|line| !line.is_empty());
    let known = [
        "from",
        "date",
        "subject",
        "message-id",
        "mime-version",
        "content-type",
        "received",
    ];
    let named = fields.filter_map(|line| line.split_once(':'));
    let from_envelope = head.starts_with("from ");
    let first = head.lines().next().unwrap_or_default();
    let starts = first.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    (starts || from_envelope) && named.filter(|(name, _)| known.contains(name)).count() >= 3
}

/// Reads a mail.
///
/// # Errors
///
/// It has no text.
pub fn read(bytes: &[u8]) -> Result<Reply, ReadError> {
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or(ReadError::NoMail)?;
    let sender = message.from().and_then(|from| from.first());
    let text = text(&message);
    if text.trim().is_empty() {
        return Err(ReadError::NoWords);
    }
    Ok(Reply {
        text,
        manner: Manner::Letter,
        from: sender.and_then(|from| from.address()).map(str::to_owned),
        attachments: attachments(&message),
        changes: Vec::new(),
        comments: Vec::new(),
    })
}

/// The plain text, or the page where there is no text or one that only says that there is a page.
fn text(message: &Message<'_>) -> String {
    let texts = message.text_bodies().filter_map(|part| match &part.body {
        PartType::Text(text) if part.says("delsp", "yes") => Some(unstuffed(&whole(text))),
        PartType::Text(text) if part.says("format", "flowed") => Some(unstuffed(text)),
        PartType::Text(text) => Some(text.to_string()),
        PartType::Html(page) => Some(html::read(page)),
        _ => None,
    });
    let plain = texts.collect::<Vec<_>>().join("\n");
    let pages = message.html_bodies().filter_map(|part| match &part.body {
        PartType::Html(page) => Some(html::read(page)),
        _ => None,
    });
    let page = pages.collect::<Vec<_>>().join("\n");
    if is_stub(&plain, &page) { page } else { plain }
}

/// Whether a text stands only for a page: it has no words, says that it is no page, or has a small part of its words.
fn is_stub(plain: &str, page: &str) -> bool {
    let words = |text: &str| text.split_whitespace().count();
    let count = words(plain);
    let says = count < 40 && plain.to_lowercase().contains("html");
    words(page) > 0 && (says || words(page) > 4 * count)
}

trait Flowed {
    /// Whether the kind of a text has an attribute of a value.
    fn says(&self, name: &str, value: &str) -> bool;
}

impl Flowed for mail_parser::MessagePart<'_> {
    fn says(&self, name: &str, value: &str) -> bool {
        let said = self.content_type().and_then(|kind| kind.attribute(name));
        said.is_some_and(|said| said.eq_ignore_ascii_case(value))
    }
}

/// Puts lines together that `delsp=yes` broke, within words too: a blank at the end of a line says that it goes on.
fn whole(text: &str) -> String {
    let mut out = String::new();
    let mut goes_on = None;
    for line in text.lines() {
        let line = line.trim_end_matches('\r');
        let inner = line.trim_start_matches(['>', ' ']);
        let quotes = &line[..line.len() - inner.len()];
        let depth = quotes.matches('>').count();
        match goes_on {
            Some(above) if above == depth => out.push_str(inner),
            _ => {
                out.push_str(if out.is_empty() { "" } else { "\n" });
                out.push_str(line);
            }
        }
        // The line above a signature ends with a blank and does not go on.
        let broken = line.ends_with(' ') && inner != "-- ";
        goes_on = broken.then_some(depth);
        if broken {
            out.pop();
        }
    }
    out
}

/// Takes away the blank that `format=flowed` puts before lines that begin with `>`, a blank or `From`.
fn unstuffed(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = line.trim_end_matches('\r');
        match line.strip_prefix(' ') {
            // A line that began with the mark of quoting by itself is no quote.
            Some(rest) if rest.starts_with('>') => format!("\\{rest}"),
            Some(rest) => rest.to_owned(),
            None => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn attachments(message: &Message<'_>) -> Vec<String> {
    let named = message.attachments().map(|part| {
        let name = part.attachment_name().map(str::to_owned);
        name.unwrap_or_else(|| match part.content_type() {
            Some(kind) => format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("*")),
            None => "a part without a name".to_owned(),
        })
    });
    named.collect()
}
