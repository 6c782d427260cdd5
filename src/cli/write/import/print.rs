//! An import, as people read it.

use serde::Serialize;

use crate::cli::prose_diff;
use crate::cli::{Count, Listing, Page, Report, Role};
use crate::reply::Change;
use crate::reply::split::{Kind, KnownBy, LeftOut, Rest, Why};

use super::plan::{Draft, Fate, Imported, State};

/// How many characters of what was left out are told.
const TOLD: usize = 60;

/// The end of an import that was shown before it was asked about.
#[derive(Serialize)]
#[serde(transparent)]
pub struct End<'a>(pub &'a Imported);

impl Report for End<'_> {
    fn print(&self, page: &mut Page) {
        self.0.print_end(page);
    }
}

impl Report for Imported {
    fn print(&self, page: &mut Page) {
        self.print_head(page);
        for draft in &self.drafts {
            draft.print(page);
        }
        if !self.rest.is_empty() {
            page.blank().heading("Could not be placed");
            self.rest.iter().for_each(|rest| print_rest(rest, page));
        }
        self.print_beside(page);
        print_left_out(&self.left_out, page);
        self.print_end(page);
    }
}

impl Imported {
    fn print_head(&self, page: &mut Page) {
        page.plain("`").name(&self.file).plain("`");
        if let Some(from) = &self.from {
            page.plain(format!(", a mail that says to come from {from}"));
            let known = self.from_contributor.as_deref();
            match known {
                Some(who) => page.plain(format!(", an address of {who}")),
                None => page.plain(", an address that the roster does not know"),
            };
        }
        page.end();
        let all = self.drafts.len() + self.unanswered.len();
        let answered = Count(self.drafts.len(), "question", "questions");
        page.plain(format!("answers {answered} of {all}"));
        if let Some(who) = &self.contributor {
            page.plain(", as ").name(who);
        }
        page.end();
        if !self.unanswered.is_empty() && !self.drafts.is_empty() {
            page.faint(format!("no answer to {}", Listing(&self.unanswered)))
                .end();
        }
    }

    /// What stands beside the text.
    fn print_beside(&self, page: &mut Page) {
        if let Some(read) = self.changes_read_as {
            page.blank();
            page.heading(format!(
                "Tracked changes (what is shown is the {read} text)"
            ));
            for change in &self.changes {
                let (did, role) = match change.change {
                    Change::Inserted => ("inserted", Role::Added),
                    Change::Deleted => ("deleted", Role::Removed),
                };
                let head = format!("  {} {did}: ", change.author);
                page.hanging((Role::Plain, &head), &[(role, change.words.clone())]);
            }
        }
        if !self.comments.is_empty() {
            page.blank().heading("Comments, which are in no draft");
            for comment in &self.comments {
                let head = format!("  {} on “{}”: ", comment.author, shortened(&comment.about));
                page.hanging(
                    (Role::Plain, &head),
                    &[(Role::Plain, comment.words.clone())],
                );
            }
        }
        if !self.attachments.is_empty() {
            page.blank()
                .heading("Attachments and pictures, which are not read");
            for name in &self.attachments {
                page.line(format!("  {name}"));
            }
        }
    }

    fn print_end(&self, page: &mut Page) {
        page.blank();
        let count = self
            .drafts
            .iter()
            .filter(|draft| draft.fate != Fate::Same)
            .count();
        let drafts = Count(count, "draft", "drafts");
        match self.state {
            State::NothingPlaced => page.line(
                "nothing was saved: no question was found; number the answers as the questions are",
            ),
            State::NothingNew => page.line("nothing new: these drafts are there already"),
            State::WouldSave => page.line(format!("{drafts} would be saved and committed")),
            State::Needs | State::Waiting => page.line("nothing is saved yet"),
            State::Asking | State::Saving => page,
            State::Saved => page.line(format!("{drafts} saved and committed")),
        };
        let left = self.left_out.iter().any(|left| is_kept(left.kind));
        if self.state == State::Saved && (left || !self.rest.is_empty()) {
            page.line("what is in no draft is kept in the message of the commit: `git show`");
        }
        for need in &self.needs {
            page.line(format!("- {need}"));
        }
        if let Some(next) = self.next.as_ref().filter(|_| self.state != State::Asking) {
            page.text(Role::Hint, "next:").plain(" ").line(next);
        }
    }
}

impl Draft {
    fn print(&self, page: &mut Page) {
        let words = Count(self.words, "word", "words");
        let fate = match self.fate {
            Fate::New => "a new draft",
            Fate::Same => "as it is already",
            Fate::Replaces => "another draft is there",
            Fate::Unknown => "a draft",
        };
        page.blank().strong(&self.question);
        page.line(format!(": {fate}, {words}; {}", self.places()));
        if self.fate == Fate::Replaces {
            match self.changes.is_empty() {
                true => page.line("  only wrapping and spacing differ"),
                false => {
                    prose_diff::print(&self.changes, page);
                    page
                }
            };
        } else {
            page.block("  ", self.text.trim_end());
        }
    }

    fn places(&self) -> String {
        let places: Vec<String> = self
            .pieces
            .iter()
            .map(|piece| {
                let by = match piece.known_by {
                    KnownBy::Number => "number",
                    KnownBy::Wording => "words",
                    KnownBy::Heading => "heading",
                };
                format!("{} by its {by}", place(piece.from, piece.to))
            })
            .collect();
        let joined = if places.len() > 1 { ", joined" } else { "" };
        format!("{}{joined}", Listing(&places))
    }
}

/// Where words stand: `line 3`, `lines 3–7`.
pub fn place(from: usize, to: usize) -> String {
    match from == to {
        true => format!("line {from}"),
        false => format!("lines {from}–{to}"),
    }
}

/// Why words could not be placed.
pub fn why(why: Why) -> String {
    match why {
        Why::BeforeAnyQuestion => "no question stands before it".to_owned(),
        Why::AfterAllQuestions => "it stands below all the questions, and names none".to_owned(),
        Why::InTheOriginal => "it stands in the message that is answered".to_owned(),
        Why::Postscript => "it stands below the end of the letter".to_owned(),
        Why::NowhereReferred => "nothing that was placed refers to it".to_owned(),
        Why::UnknownNumber(number) => format!("there is no question {number}"),
        Why::DoubtfulNumber(number) => format!(
            "it begins with {number}, out of order or more than once: answer {number}, or a list?"
        ),
    }
}

fn print_rest(rest: &Rest, page: &mut Page) {
    page.line(format!(
        "  {} ({}):",
        place(rest.from, rest.to),
        why(rest.why)
    ));
    page.block("    ", &rest.text);
}

/// Tells what was left out: the places of what the narrative has itself, and all else as it stands.
fn print_left_out(left_out: &[LeftOut], page: &mut Page) {
    if left_out.is_empty() {
        return;
    }
    page.blank().heading("Left out");
    let mut kinds: Vec<Kind> = left_out.iter().map(|left| left.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let all = left_out.iter().filter(|left| left.kind == kind);
        if is_told(kind) {
            for left in all {
                let place = place(left.from, left.to);
                page.line(format!("  {}, {place}:", name(kind)));
                page.block("    ", &left.text);
            }
        } else {
            let places: Vec<String> = all.map(|left| place(left.from, left.to)).collect();
            page.line(format!("  {}: {}", name(kind), places.join(", ")));
        }
    }
}

/// Whether words of a kind are shown: all that are not those of the narrative.
pub fn is_told(kind: Kind) -> bool {
    !matches!(kind, Kind::Question | Kind::Background)
}

/// Whether words of a kind are kept with the drafts. A signature has telephone numbers, a quoted mail is somebody else's: they
/// are shown to who imports, and are not for a history that everybody can read.
pub fn is_kept(kind: Kind) -> bool {
    matches!(kind, Kind::Greeting | Kind::Closing)
}

/// What words of a kind are called.
pub fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Greeting => "greeting",
        Kind::Quote => "quoted words",
        Kind::Question => "numbers and words of questions",
        Kind::Background => "words around the questions",
        Kind::Attribution => "who wrote what is quoted",
        Kind::Header => "head of the message that is answered",
        Kind::Closing => "closing",
        Kind::Signature => "signature",
    }
}

fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= TOLD {
        return text;
    }
    let begin: String = text.chars().take(TOLD).collect();
    format!("{}…", begin.trim_end())
}
