//! One change of a proposal as it is shown.

use serde::Serialize;

use crate::cli::prose_diff::{self, Kind, PassageChange, changed_lines, changes};
use crate::cli::{Count, Page, Role};
use crate::diff::words::Lot as WordLot;
use crate::narrative::proposal::{Owner, Ruling};
use crate::narrative::question::Question;
use crate::prose::Prose;

/// What an edit of the agreed text is shown against if it is put together with a draft of its author's.
pub const HER_DRAFT: &str = "her draft as it is here";

/// What becomes of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lot {
    /// It is taken as it stands.
    Taken,
    /// It is an edit of the agreed text, and becomes a draft.
    Draft,
    /// It is put together with what changed here.
    Combined,
    /// It takes the place of what changed here.
    Replaced,
    /// It stands here already.
    Same,
    /// It is left out.
    LeftOut,
}

impl Lot {
    /// Whether something is written.
    pub fn writes(self) -> bool {
        !matches!(self, Self::Same | Self::LeftOut)
    }
}

/// One change of a proposal.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Piece {
    /// The path, from the repository's root.
    pub path: String,
    /// Whose the file is.
    pub owner: Owner,
    /// What becomes of it.
    pub lot: Lot,
    /// Where it goes, if that is elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The question that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The question as it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    /// What it is shown against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<String>,
    /// The words that it has.
    pub words: usize,
    /// The words that came.
    pub added: usize,
    /// The words that went.
    pub removed: usize,
    /// What changed, by passages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<PassageChange>,
    /// What it says, if it is no prose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Whether the file goes.
    pub goes: bool,
}

impl Piece {
    /// A change without its words.
    pub fn of(ruling: &Ruling, lot: Lot) -> Self {
        Self {
            path: ruling.change.path.to_string(),
            owner: ruling.owner.clone(),
            lot,
            to: None,
            question: None,
            asked: None,
            against: None,
            words: 0,
            added: 0,
            removed: 0,
            changes: Vec::new(),
            text: None,
            goes: ruling.change.after.is_none(),
        }
    }

    /// Says which question it answers.
    #[must_use]
    pub fn of_question(mut self, question: &Question) -> Self {
        self.question = Some(question.id.to_string());
        self.asked = Some(question.asked.clone());
        self
    }

    /// Shows it against another text.
    #[must_use]
    pub fn against(mut self, name: &str, (before, after): (&str, &str)) -> Self {
        let (before, after) = (Prose::parse(before), Prose::parse(after));
        self.against = Some(name.to_owned()).filter(|name| !name.is_empty());
        self.words = after.words();
        self.changes = changes(&before, &after);
        (self.added, self.removed) = tally(&self.changes);
        self
    }

    /// Shows a file that is no prose against the one here, by the lines that change.
    #[must_use]
    pub fn by_lines(mut self, (before, after): (&str, &str)) -> Self {
        self.against = Some("the file as it is here".to_owned());
        self.changes = changed_lines(before, after);
        self
    }

    /// Says where it goes.
    #[must_use]
    pub fn goes_to(mut self, path: &str) -> Self {
        self.to = Some(path.to_owned());
        self
    }

    /// Shows what a file says that is no prose.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        self.text = Some(text.to_owned());
        self
    }

    /// Whether taking it in changes anything.
    pub fn changes_something(&self) -> bool {
        self.lot.writes()
    }

    /// Tells it whole.
    pub fn print(&self, page: &mut Page) {
        page.blank();
        match (&self.question, &self.asked) {
            (Some(question), Some(asked)) if self.lot != Lot::LeftOut => {
                page.strong(question)
                    .plain("  ")
                    .line(asked.replace('\n', " "));
                page.hanging((Role::Plain, ""), &[(Role::Faint, self.head())]);
            }
            _ => {
                page.name(&self.path)
                    .faint(format!("  {}", self.head()))
                    .end();
            }
        }
        prose_diff::print(&self.changes, page);
        if let Some(text) = &self.text {
            page.block("  | ", text);
        }
    }

    fn head(&self) -> String {
        let what = match (self.lot, self.goes) {
            (Lot::LeftOut, _) => return "left out, for the reason below".to_owned(),
            (Lot::Same, _) => return format!("`{}` stands here already", self.path),
            (_, true) => return format!("`{}` goes", self.path),
            (Lot::Draft, _) if self.against.as_deref() == Some(HER_DRAFT) => {
                "an edit of the agreed text, put together with her draft".to_owned()
            }
            (Lot::Draft, _) => "an edit of the agreed text, which becomes a draft".to_owned(),
            (Lot::Combined, _) => "a draft, put together with what changed here".to_owned(),
            (Lot::Replaced, _) => "a draft, in the place of the one that changed here".to_owned(),
            (Lot::Taken, _) if self.question.is_none() => {
                return match &self.against {
                    Some(_) => "taken as it stands; what changes in it:".to_owned(),
                    None => "new, and taken as it stands:".to_owned(),
                };
            }
            (Lot::Taken, _) => match &self.against {
                Some(against) => format!("a draft, against {against}"),
                None => "a first draft".to_owned(),
            },
        };
        format!("{what}: {}", self.count())
    }

    /// How many words came and went.
    pub fn count(&self) -> String {
        let words = |count| Count(count, "word", "words");
        match (self.added, self.removed) {
            (0, 0) => "no words changed".to_owned(),
            (added, 0) => format!("{} added", words(added)),
            (0, removed) => format!("{} removed", words(removed)),
            (added, removed) => format!("{} added, {removed} removed", words(added)),
        }
    }
}

/// How many words came and went.
fn tally(changes: &[PassageChange]) -> (usize, usize) {
    let count = |text: Option<&String>| text.map_or(0, |text| Prose::parse(text).words());
    changes.iter().fold((0, 0), |(added, removed), change| {
        let (came, went) = match change.change {
            Kind::Added => (count(change.after.as_ref()), 0),
            Kind::Removed => (0, count(change.before.as_ref())),
            _ => {
                let within = tally(&change.within);
                let of = |lot| {
                    let words = change.words.iter().filter(move |words| words.lot == lot);
                    words
                        .map(|words| words.text.split_whitespace().count())
                        .sum::<usize>()
                };
                (
                    within.0 + of(WordLot::Added),
                    within.1 + of(WordLot::Removed),
                )
            }
        };
        (added + came, removed + went)
    })
}
