//! Templates that shape pages; the only file that names `minijinja`.
//!
//! `minijinja` buys us templates that people who are no programmers can read and change. Contributors supply data, never
//! templates; a page has a budget of steps, and a name that is not there is an error.

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use serde::Serialize;

use crate::narrative::snapshot::Snapshot;

/// Steps that one page may take.
const FUEL: u64 = 5_000_000;

const SHIPPED: [(&str, &str); 11] = [
    ("changes.html", include_str!("../../templates/changes.html")),
    ("page.html", include_str!("../../templates/page.html")),
    ("media.html", include_str!("../../templates/media.html")),
    (
        "government.html",
        include_str!("../../templates/government.html"),
    ),
    ("media.md", include_str!("../../templates/media.md")),
    (
        "government.md",
        include_str!("../../templates/government.md"),
    ),
    ("media.txt", include_str!("../../templates/media.txt")),
    (
        "government.txt",
        include_str!("../../templates/government.txt"),
    ),
    ("page.typ", include_str!("../../templates/page.typ")),
    ("media.typ", include_str!("../../templates/media.typ")),
    (
        "government.typ",
        include_str!("../../templates/government.typ"),
    ),
];

/// Why a page could not be made.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// The template cannot be read or filled in.
    #[error("the template `{name}` fails: {why}")]
    Fails {
        /// The template.
        name: String,
        /// Why, with the line.
        why: String,
    },
    /// A template of the narrative's own is not UTF-8.
    #[error("the template `{0}` is not UTF-8")]
    NotUtf8(String),
    /// Signs that no font of the PDF has.
    #[error("the fonts of the PDF lack {0}")]
    NoGlyph(String),
    /// An edition is to have a PDF, and this program cannot write it.
    #[error("this onetext was built without PDF")]
    NoPdf,
}

/// Where a template comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provenance {
    /// It comes with onetext.
    Shipped,
    /// The narrative has its own.
    Own,
}

/// The templates of a narrative: its own, and the shipped ones for the rest.
#[derive(Clone, Debug)]
pub struct Templates {
    sources: BTreeMap<String, (String, Provenance)>,
}

impl Templates {
    /// The shipped templates, with a narrative's own in their place.
    ///
    /// # Errors
    ///
    /// One of its own is not UTF-8.
    pub fn of(snapshot: &Snapshot) -> Result<Self, TemplateError> {
        let mut sources: BTreeMap<String, (String, Provenance)> = SHIPPED
            .iter()
            .map(|(name, text)| {
                (
                    (*name).to_owned(),
                    ((*text).to_owned(), Provenance::Shipped),
                )
            })
            .collect();
        for (name, file) in &snapshot.templates {
            let text = String::from_utf8(file.bytes.clone());
            let text = text.map_err(|_| TemplateError::NotUtf8(name.clone()))?;
            let own = sources
                .get(name)
                .is_none_or(|(shipped, _)| *shipped != text);
            if own {
                sources.insert(name.clone(), (text, Provenance::Own));
            }
        }
        Ok(Self { sources })
    }

    /// Every template's name and provenance.
    pub fn list(&self) -> impl Iterator<Item = (&str, Provenance)> {
        self.sources
            .iter()
            .map(|(name, (_, provenance))| (name.as_str(), *provenance))
    }

    /// The names of the narrative's own templates for Typst.
    #[cfg(feature = "pdf")]
    pub(super) fn own_typst(&self) -> Vec<&str> {
        let sources = self.sources.iter();
        let own =
            sources.filter(|(name, (_, from))| *from == Provenance::Own && name.ends_with(".typ"));
        own.map(|(name, _)| name.as_str()).collect()
    }

    /// The text of a template of the PDF.
    #[cfg(feature = "pdf")]
    pub(super) fn typst(&self, name: &str) -> Option<&str> {
        let (text, _) = self.sources.get(name).filter(|_| is_typst(name))?;
        Some(text)
    }

    /// Fills in a template.
    pub(super) fn fill(&self, name: &str, data: &impl Serialize) -> Result<String, TemplateError> {
        let fails = |error: minijinja::Error| TemplateError::Fails {
            name: name.to_owned(),
            why: told(&error),
        };
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.set_syntax(whitespace());
        environment.set_auto_escape_callback(|name| {
            if name.ends_with(".html") {
                AutoEscape::Html
            } else {
                AutoEscape::None
            }
        });
        for (name, (text, _)) in self.sources.iter().filter(|(name, _)| is_page(name)) {
            environment.add_template(name, text).map_err(fails)?;
        }
        let template = environment.get_template(name).map_err(fails)?;
        template.render(Value::from(Serde(data))).map_err(fails)
    }
}

/// Whether a template is one that `minijinja` fills in; what else lies in the folder is none of its business.
fn is_page(name: &str) -> bool {
    [".html", ".md", ".txt"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// Whether a template is one of the PDF.
#[cfg(feature = "pdf")]
fn is_typst(name: &str) -> bool {
    name.ends_with(".typ")
}

/// Lines that hold only a tag leave no line behind.
fn whitespace() -> SyntaxConfig {
    let built = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    built.unwrap_or_default()
}

fn told(error: &minijinja::Error) -> String {
    let line = error
        .line()
        .map_or_else(String::new, |line| format!("line {line}: "));
    format!(
        "{line}{}",
        error.detail().unwrap_or("it cannot be filled in")
    )
}

/// The text of a shipped template.
pub fn shipped(name: &str) -> Option<&'static str> {
    SHIPPED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}

/// The names of the shipped templates.
pub fn shipped_names() -> impl Iterator<Item = &'static str> {
    SHIPPED.iter().map(|(name, _)| *name)
}

/// A piece of a page that needs no escaping any more.
pub(super) type Piece = Value;

/// Marks a piece of HTML as finished: it is not escaped again.
pub(super) fn finished(html: String) -> Piece {
    Value::from_safe_string(html)
}
