//! Typst with nothing around it: no disk, no network, no package, no clock, no font but those in the binary. The only
//! file that names its crates.
//!
//! Typst buys us paged, tagged PDF of a standard, in process and with the same bytes each time. It reads the templates
//! and one file of data, `edition.json`; whatever else a template asks for is not there.

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::Duration;

use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{self, Bytes, Datetime, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_kit::fonts::{FontStore, embedded};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::narrative::time::Moment;
use crate::parallel::{NotDone, within};
use crate::render::templates::{TemplateError, Templates};

/// The name under which templates find the data.
const DATA: &str = "edition.json";

/// How long the smallest edition may take with templates that are not ours: many times what it takes.
const PATIENCE: Duration = Duration::from_secs(10);

/// How much longer for each so many bytes of data.
const SHARE: Duration = Duration::from_secs(1);
const BYTES: usize = 20_000;

/// What is said where Typst says nothing.
const UNSET: &str = "it cannot be set";

static FONTS: LazyLock<FontStore> = LazyLock::new(|| {
    let mut fonts = FontStore::new();
    fonts.extend(embedded());
    fonts
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// What is to be set.
pub struct Job {
    /// The template that begins.
    pub main: &'static str,
    /// The edition, as JSON.
    pub data: String,
    /// The file's date.
    pub date: Moment,
}

/// Sets a job as PDF. Templates of the narrative's own get as long as an edition of this size could ever need.
///
/// # Errors
///
/// A template fails or does not end, or what it makes would break the standards of the file.
pub fn set(job: Job, templates: &Templates) -> Result<Vec<u8>, TemplateError> {
    if templates.own_typst().is_empty() {
        return made(&job, templates);
    }
    let patience = PATIENCE + SHARE * u32::try_from(job.data.len() / BYTES).unwrap_or(u32::MAX);
    set_within(job, templates, patience)
}

/// Sets a job aside, since Typst has no budget of steps and a loop in a template cannot be seen from outside.
fn set_within(
    job: Job,
    templates: &Templates,
    patience: Duration,
) -> Result<Vec<u8>, TemplateError> {
    let (main, own) = (job.main, templates.clone());
    let work = move || made(&job, &own);
    let (name, why) = match within(patience, work) {
        Ok(made) => return made,
        Err(NotDone::Failed(why)) => (main, why),
        Err(NotDone::Late) => {
            let own = templates.own_typst();
            let seconds = patience.as_secs();
            let why =
                format!("it was not done after {seconds} s: look for a loop that does not end");
            (own.first().map_or(main, |name| name), why)
        }
    };
    let name = name.to_owned();
    Err(TemplateError::Fails { name, why })
}

fn made(job: &Job, templates: &Templates) -> Result<Vec<u8>, TemplateError> {
    let desk = Desk::new(job, templates);
    let document = typst::compile::<PagedDocument>(&desk).output;
    // What Typst remembers is more than the document, and of no use for the file nor for another edition.
    typst::comemo::evict(0);
    let pdf = document.and_then(|document| typst_pdf::pdf(&document, &options(job)));
    typst::comemo::evict(0);
    pdf.map_err(|errors| desk.told(job.main, &errors))
}

fn options(job: &Job) -> PdfOptions {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]);
    PdfOptions {
        // The same content has the same id wherever and whenever it is set.
        ident: Smart::Custom(job.data.clone()),
        creator: Smart::Custom(Some(format!("onetext {}", env!("CARGO_PKG_VERSION")))),
        timestamp: timestamp(job.date),
        standards: standards.expect("the two standards go together"),
        ..PdfOptions::default()
    }
}

fn timestamp(date: Moment) -> Option<Timestamp> {
    let (year, [month, day, hour, minute, second]) = date.fields();
    Datetime::from_ymd_hms(year.into(), month, day, hour, minute, second).map(Timestamp::new_utc)
}

/// The signs of an edition that no font has; empty if it can be set.
pub fn missing(edition: &Value) -> BTreeSet<char> {
    let has = |sign: char| {
        let infos = (0..).map_while(|at| FONTS.book().info(at));
        infos
            .into_iter()
            .any(|info| info.coverage.contains(sign.into()))
    };
    let signs: BTreeSet<char> = edition
        .to_string()
        .chars()
        .filter(|sign| is_seen(*sign))
        .collect();
    signs.into_iter().filter(|sign| !has(*sign)).collect()
}

/// Whether a sign is drawn: ASCII always is, and joiners, selectors and marks of direction never are.
fn is_seen(sign: char) -> bool {
    let hidden = matches!(sign,
        '\u{AD}' | '\u{34F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}');
    !sign.is_ascii() && !sign.is_control() && !hidden
}

/// All that Typst can see.
struct Desk<'a> {
    main: FileId,
    data: Bytes,
    templates: &'a Templates,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        FONTS.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let text = name(id).and_then(|name| self.templates.typst(name));
        let text = text.ok_or_else(|| not_there(id))?;
        Ok(Source::new(id, text.to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if name(id) == Some(DATA) {
            Ok(self.data.clone())
        } else {
            Err(not_there(id))
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.font(index)
    }

    fn today(&self, _: Option<foundations::Duration>) -> Option<Datetime> {
        None
    }
}

impl<'a> Desk<'a> {
    fn new(job: &Job, templates: &'a Templates) -> Self {
        Self {
            main: file_id(job.main),
            data: Bytes::from_string(job.data.clone()),
            templates,
        }
    }

    /// What Typst found wrong, with the template and the line.
    fn told(&self, main: &str, errors: &[SourceDiagnostic]) -> TemplateError {
        let Some(error) = errors.first() else {
            return TemplateError::Fails {
                name: main.to_owned(),
                why: UNSET.to_owned(),
            };
        };
        let id = error.span.id();
        let line = || {
            let start = self.range(error.span)?.start;
            self.source(id?).ok()?.lines().byte_to_line(start)
        };
        let line = line().map_or_else(String::new, |line| format!("line {}: ", line + 1));
        TemplateError::Fails {
            name: id.and_then(name).unwrap_or(main).to_owned(),
            why: format!("{line}{}", error.message),
        }
    }
}

fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("the names of templates are paths");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The name of a file of the project, which no file of a package has.
fn name(id: FileId) -> Option<&'static str> {
    let path = id.get();
    matches!(path.root(), VirtualRoot::Project).then(|| path.vpath().get_without_slash())
}

fn not_there(id: FileId) -> FileError {
    FileError::Other(Some(
        format!(
            "a template reads other templates and `{DATA}`, and nothing else: {:?}",
            id.get()
        )
        .into(),
    ))
}

/// The words of each page, without the space between them, and how many signs have no shape.
#[cfg(test)]
pub(super) fn pages(job: &Job, templates: &Templates) -> Vec<(String, usize)> {
    use typst::layout::{Frame, FrameItem};

    fn read(frame: &Frame, found: &mut (String, usize)) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => read(&group.frame, found),
                FrameItem::Text(text) => {
                    found
                        .0
                        .extend(text.text.chars().filter(|sign| !sign.is_whitespace()));
                    found.1 += text.glyphs.iter().filter(|glyph| glyph.id == 0).count();
                }
                _ => {}
            }
        }
    }

    let desk = Desk::new(job, templates);
    let document = typst::compile::<PagedDocument>(&desk).output;
    let document = document.expect("the shipped templates set it");
    let page = |page: &typst_layout::Page| {
        let mut found = (String::new(), 0);
        read(&page.frame, &mut found);
        found
    };
    document.pages().iter().map(page).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrative::snapshot::Snapshot;

    #[test]
    fn a_template_that_does_not_end_is_told_by_name() {
        let file = crate::narrative::snapshot::File {
            blob: "0000000000000000000000000000000000000000"
                .parse()
                .expect("it is an id"),
            bytes: b"Nothing".to_vec(),
        };
        let snapshot = Snapshot {
            templates: [("page.typ".to_owned(), file)].into(),
            ..Snapshot::default()
        };
        let templates = Templates::of(&snapshot).expect("they can be read");
        let job = || Job {
            main: "page.typ",
            data: "{}".to_owned(),
            date: "2026-03-03T09:00:00Z".parse().expect("it is a moment"),
        };
        let late = set_within(job(), &templates, Duration::ZERO).expect_err("no time is left");
        let told = "the template `page.typ` fails: it was not done after 0 s: look for a loop";
        assert!(late.to_string().starts_with(told), "{late}");
        let title = set(job(), &templates).expect_err("it has no title");
        assert!(!title.to_string().contains("not done"), "{title}");
    }
}
