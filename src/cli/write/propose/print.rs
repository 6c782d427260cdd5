//! What was proposed, for people.

use crate::cli::{Count, Page, Report, Role};

use super::{Did, Proposed, Row};

impl Report for Proposed {
    fn print(&self, page: &mut Page) {
        for row in &self.drafts {
            self.row(row, page);
        }
        let would = |row: &Row| {
            matches!(
                row.did,
                Did::WouldPropose | Did::WouldUpdate | Did::WouldWrite
            )
        };
        let commands: Vec<&String> = self
            .commands
            .iter()
            .chain(self.drafts.iter().filter_map(|row| row.command.as_ref()))
            .collect();
        if !commands.is_empty() {
            page.line("git would be told:");
            for command in commands {
                page.plain("  ").line(command);
            }
        }
        for note in &self.notes {
            page.text(Role::Warning, "note:").plain(" ").line(note);
        }
        if !self.drafts.iter().any(would) {
            page.line("Your branch and your files are as they were.");
        }
        if !self.next.is_empty() {
            page.text(Role::Hint, "next:").plain(" ").line(&self.next);
        }
    }
}

impl Proposed {
    fn row(&self, row: &Row, page: &mut Page) {
        let words = Count(row.words, "word", "words");
        let (to, branch) = (&self.to, &row.branch);
        let did = match row.did {
            Did::Proposed => format!("proposed to `{to}` as `{branch}` ({words})"),
            Did::Updated => format!("proposed to `{to}` again as `{branch}` ({words})"),
            Did::Unchanged => format!("proposed to `{to}` already as it is, as `{branch}`"),
            Did::There => "there already as it is: nothing to propose".to_owned(),
            Did::Written => format!("written to `{to}` as `{branch}` ({words})"),
            Did::WouldPropose => format!("would be proposed to `{to}` as `{branch}` ({words})"),
            Did::WouldUpdate => {
                format!("would be proposed to `{to}` again as `{branch}` ({words})")
            }
            Did::WouldWrite => format!("would be written to `{to}` as `{branch}` ({words})"),
        };
        page.plain("`").name(&row.path).line(format!("` {did}"));
        if let Some(link) = &row.link {
            page.plain("  ").strong(link).end();
        }
    }
}
