//! How a new narrative is told.

use crate::cli::{Count, Listing, Page, Report, Role};

use super::Made;

impl Report for Made {
    fn print(&self, page: &mut Page) {
        let done = self.commit.is_some();
        if !self.questions.is_empty() {
            let questions = Count(self.questions.len(), "question", "questions");
            let verb = if done { "made" } else { "would make" };
            page.line(format!("{verb} `{}` with {questions}:", self.folder));
        }
        for question in &self.questions {
            page.plain(format!("  {}-", question.number))
                .name(&question.name)
                .end();
            page.block("    ", &question.asked);
        }
        if self.background_words > 0 {
            let words = Count(self.background_words, "word", "words");
            page.line(format!(
                "the {words} around them are kept in `narrative/background.md`"
            ));
        }
        self.print_beside(page);
        if let Some(missing) = &self.missing {
            page.hanging((Role::Warning, "note: "), &[(Role::Plain, missing.clone())]);
        }
        page.text(Role::Hint, "next:").plain(" ").line(&self.next);
    }
}

impl Made {
    /// The files for people and forges, and those that were there before.
    fn print_beside(&self, page: &mut Page) {
        let verb = match self.commit {
            Some(_) => "wrote",
            None => "would write",
        };
        let beside = self
            .files
            .iter()
            .filter(|path| !path.starts_with("narrative/"));
        let beside: Vec<String> = beside.map(|path| format!("`{path}`")).collect();
        if !beside.is_empty() {
            page.block("", &format!("{verb} {}", Listing(&beside)));
        }
        if !self.kept.is_empty() {
            let kept: Vec<String> = self.kept.iter().map(|path| format!("`{path}`")).collect();
            page.block("", &format!("kept as it was: {}", Listing(&kept)));
        }
    }
}
