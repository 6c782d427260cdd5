//! What became of drafts, as people read it.

use std::collections::BTreeMap;

use crate::cli::{Count, Listing, Page, Report, Role};
use crate::narrative::time::Day;

use super::{Draft, Fate, Fates, Passage};

impl Report for Fates {
    fn print(&self, page: &mut Page) {
        let drafts = Count(self.drafts.len(), "draft", "drafts");
        match (&self.contributor, self.drafts.is_empty()) {
            (Some(who), true) => drop(page.line(format!("{who} has no draft here yet"))),
            (None, true) => drop(page.line("nobody has written yet")),
            (Some(who), false) => drop(page.heading(format!("What became of {drafts} by {who}"))),
            (None, false) => drop(page.heading(format!("What became of {drafts}"))),
        }
        self.drafts.iter().for_each(|draft| draft.print(page));
        if let Some(next) = &self.next {
            page.blank().text(Role::Hint, "next:").plain(" ").line(next);
        }
    }
}

impl Draft {
    fn print(&self, page: &mut Page) {
        page.blank()
            .strong(&self.question)
            .plain(": the draft by ")
            .name(&self.contributor)
            .end();
        let (before, now) = self.passages.iter().partition(|passage| passage.earlier);
        groups(now, page);
        let before: Vec<&Passage> = before;
        if !before.is_empty() {
            page.blank()
                .line("What only earlier versions of this draft said:");
            groups(before, page);
        }
        if let Some(next) = &self.next {
            page.blank().text(Role::Hint, "next:").plain(" ").line(next);
        }
    }
}

/// Passages by what became of them and when; what was not touched is only counted.
fn groups(passages: Vec<&Passage>, page: &mut Page) {
    let mut groups: BTreeMap<_, Vec<&Passage>> = BTreeMap::new();
    for passage in passages {
        let key = (passage.fate, passage.head(), passage.fold);
        groups.entry(key).or_default().push(passage);
    }
    for ((fate, head, _), passages) in groups {
        page.blank().text(fate.role(), head);
        if let Some(point) = passages[0].point() {
            page.faint(format!(", {point}"));
        }
        page.plain(format!(" ({})", passages.len())).end();
        if fate != Fate::Left {
            passages.iter().for_each(|passage| passage.print(page));
        }
    }
}

impl Passage {
    fn print(&self, page: &mut Page) {
        let role = if self.deletes {
            Role::Removed
        } else {
            Role::Plain
        };
        let mut pieces = vec![(role, self.passage.clone())];
        if self.deletes {
            pieces.insert(0, (Role::Plain, "to be taken out: ".to_owned()));
        }
        page.hanging((Role::Plain, "- "), &pieces);
        if let Some(note) = self.note() {
            page.hanging((Role::Plain, "    "), &[(Role::Faint, note)]);
        }
        if let Some(reads) = &self.reads {
            let head = match self.fate {
                Fate::Declined => "    instead: ",
                _ => "    reads: ",
            };
            page.hanging((Role::Faint, head), &[(Role::Plain, reads.clone())]);
        }
    }

    /// The head of what it is told under.
    fn head(&self) -> &'static str {
        match self.fate {
            Fate::Taken if self.deletes => "Taken out",
            Fate::Replaced if self.deletes => "Taken out, and it came back",
            fate => fate.head(),
        }
    }

    /// In which fold it became so, and on which day; if there is no fold, it was by hand.
    fn point(&self) -> Option<String> {
        let day = self.day.map(Day::long);
        match (self.fold, day) {
            (Some(fold), Some(day)) => Some(format!("fold {fold}, {day}")),
            (None, Some(day)) => Some(format!("by hand, {day}")),
            _ => None,
        }
    }

    fn note(&self) -> Option<String> {
        match self.fate {
            Fate::Open => Some(self.choice.as_ref().map_or_else(
                || "the next merge reads it".to_owned(),
                |choice| format!("waits for a decision at choice {choice}"),
            )),
            Fate::Declined => {
                let none = || "no reason is on the record".to_owned();
                Some(
                    self.reason
                        .as_ref()
                        .map_or_else(none, |reason| format!("because {reason}")),
                )
            }
            Fate::Duplicate if self.same_as.is_empty() => Some("nobody's draft had it".to_owned()),
            Fate::Duplicate => Some(format!("first worded by {}", Listing(&self.same_as))),
            _ => None,
        }
    }
}

impl Fate {
    /// The head under which passages of this fate are told.
    fn head(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Parked => "Put aside for a later fold",
            Self::Declined => "Declined",
            Self::Merged => "Merged: said in other words",
            Self::Duplicate => "Somebody else's same words stand",
            Self::Replaced => "Taken, then changed or taken out",
            Self::Withdrawn => "Taken back before it was decided",
            Self::Taken => "Taken: it stands",
            Self::Overtaken => "Left as it was, then changed or taken out by others",
            Self::Left => "Left as the agreed text has it",
        }
    }

    fn role(self) -> Role {
        match self {
            Self::Open | Self::Parked => Role::Warning,
            Self::Declined => Role::Error,
            Self::Left | Self::Overtaken | Self::Withdrawn => Role::Faint,
            _ => Role::Good,
        }
    }
}
