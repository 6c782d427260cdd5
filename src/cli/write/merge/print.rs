//! How a merge is told.

use crate::cli::agreeing::again;
use crate::cli::{Count, Page, Report, Role};

use super::{Merged, OneMerged, Open, State};

impl Report for Merged {
    fn print(&self, page: &mut Page) {
        if self.dry_run {
            page.line("This is what would be done; nothing is written.");
        }
        self.questions.iter().for_each(|one| one.print(page));
        if let Some(next) = &self.next {
            page.blank().text(Role::Hint, "next:").plain(" ").line(next);
        }
    }
}

impl OneMerged {
    fn print(&self, page: &mut Page) {
        page.strong(&self.question).plain(": ");
        let drafts = Count(self.drafts, "draft", "drafts");
        let choices = Count(self.choices.len(), "choice", "choices");
        match self.state {
            State::NoDrafts => page.line("no drafts yet"),
            State::FirstRound => {
                let passages = Count(self.choices.len(), "passage", "passages");
                page.line(format!("first round, {drafts}: {passages} to choose from"))
            }
            State::NothingNew if self.choices.is_empty() => page.line("nothing new"),
            State::NothingNew => page.line(format!("nothing new, {choices} open")),
            State::Begun => {
                let passages = Count(self.changed, "passage", "passages");
                page.line(format!("the first agreed text, of {drafts}: {passages}"))
            }
            State::Folded => {
                let changed = Count(self.changed, "passage changed", "passages changed");
                page.line(format!("folded {drafts}: {changed}, {choices} open"))
            }
        };
        for text in &self.composed {
            page.faint("  composed, nobody wrote it so: ").line(text);
        }
        for note in &self.notes {
            page.faint("  note: ").line(note);
        }
        again::print(&self.asked_again, page);
        if self.state != State::FirstRound {
            self.choices.iter().for_each(|choice| choice.print(page));
        }
    }
}

impl Open {
    fn print(&self, page: &mut Page) {
        page.plain("  ")
            .text(Role::Warning, &self.id)
            .plain(" ")
            .line(self.asks);
        if !self.now.is_empty() {
            page.block("    now: ", &self.now);
        }
        for text in &self.alternatives {
            page.block("    ", text);
        }
        if let Some(earlier) = &self.earlier {
            page.block("    decided before: ", &earlier.told());
        }
    }
}
