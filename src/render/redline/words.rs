//! The words of a redline as HTML: set as in a release, each lot said in words to those who do not see lines.

use crate::prose::seen::{Face, Marking, Reference};
use crate::release::redline::{Lot, Run};
use crate::render::document::is_safe;
use crate::render::html::escaped;

use super::numbers::Numbers;

/// What the words of a question are written with.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// The numbers of what it refers to.
    pub numbers: &'a Numbers,
    /// The question's own number.
    pub question: u32,
}

impl Words<'_> {
    /// Some words with their lot.
    pub fn run(&self, run: &Run) -> String {
        let text = self.set(&run.text, &run.face);
        match (run.lot, &run.was) {
            (Lot::Kept, None) => text,
            (Lot::Kept, Some(was)) => {
                let how = format!("now {}, was {}", shown(&run.face), shown(was));
                format!(
                    "<span class=\"reset\">{}</span>",
                    said(&escaped(&how), &text)
                )
            }
            (Lot::Removed, _) => format!("<del>{}</del>", said("removed", &text)),
            (Lot::Added, _) => format!("<ins>{}</ins>", said("new", &text)),
        }
    }

    /// The mark before the text of a footnote.
    pub fn note(&self, to: &Reference) -> String {
        let mark = self.mark(to).unwrap_or_default();
        format!("<span class=\"cite\">[{mark}]</span> ")
    }

    fn set(&self, text: &str, face: &Face) -> String {
        if let Some(to) = &face.refers {
            let mark = self.mark(to).unwrap_or_default();
            return match to {
                Reference::Source(_) => {
                    format!("<span class=\"cite\"><a href=\"#source-{mark}\">[{mark}]</a></span>")
                }
                Reference::Footnote(_) => format!("<span class=\"cite\">[{mark}]</span>"),
            };
        }
        let mut out = escaped(text).replace('\n', "<br>");
        for mark in face.marks.iter().rev() {
            let name = match mark {
                Marking::Strong => "strong",
                Marking::Emphasis => "em",
                Marking::Struck => "s",
                Marking::Code => "code",
            };
            out = format!("<{name}>{out}</{name}>");
        }
        match &face.link {
            Some(url) if is_safe(url) => format!("<a href=\"{}\">{out}</a>", escaped(url)),
            _ => out,
        }
    }

    fn mark(&self, to: &Reference) -> Option<String> {
        match to {
            Reference::Source(id) => Some(self.numbers.source(id)?.to_string()),
            Reference::Footnote(label) => self.numbers.note(self.question, label),
        }
    }
}

/// How words are set, in words; an address that no link may lead to is none.
fn shown(face: &Face) -> String {
    let link = face.link.clone().filter(|url| is_safe(url));
    Face {
        link,
        ..face.clone()
    }
    .words()
}

fn said(what: &str, text: &str) -> String {
    format!("<span class=\"said\">[{what}: </span>{text}<span class=\"said\">]</span>")
}
