//! How decisions are told.

use crate::cli::agreeing::again;
use crate::cli::{Count, Page, Report, Role};

use super::{Decided, Did};

impl Report for Decided {
    fn print(&self, page: &mut Page) {
        let decided = Count(self.decided, "decision", "decisions");
        let open = Count(self.open, "choice", "choices");
        page.strong(&self.question).plain(": ");
        match self.did {
            Did::Folded => page.line(format!("folded, {open} open")),
            Did::WouldFold => page.line(format!(
                "this is what the text would be; {open} open, nothing is written"
            )),
            Did::WroteSheet => page.line(format!("{open} to decide")),
            Did::Kept => page.line(format!(
                "{decided} kept, {open} open, nothing committed yet"
            )),
            Did::TookBackDecision => {
                page.line(format!("the last decision is taken back, {decided} kept"))
            }
            Did::TookBackFold => page.line("the last fold is taken back"),
            Did::WouldTakeBack => page.line(format!(
                "the last decision would be taken back, {decided} kept; nothing is written"
            )),
            Did::NothingOpen => page.line("no choices are open"),
        };
        again::print(&self.asked_again, page);
        if let Some(text) = &self.text {
            page.blank().block("", text);
        }
        if let Some(next) = &self.next {
            page.text(Role::Hint, "next:").plain(" ").line(next);
        }
    }
}
