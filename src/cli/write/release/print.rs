//! How a release is told.

use crate::cli::{Count, Page, Report, Role};

use super::Released;
use super::tagging::Signed;

impl Report for Released {
    fn print(&self, page: &mut Page) {
        if self.refused {
            let things = Count(self.obstacles.len(), "thing stands", "things stand");
            page.text(Role::Error, "not released")
                .line(format!(": {things} in the way of {}", self.version));
        } else {
            for file in &self.files {
                page.plain("  ")
                    .name(&file.name)
                    .faint(format!("  {} bytes", file.bytes))
                    .end();
            }
            let files = Count(self.files.len(), "file", "files");
            match &self.folder {
                Some(folder) => page
                    .strong(&self.version)
                    .line(format!(": {files} in `{folder}`")),
                None => page
                    .strong(&self.version)
                    .line(format!(": {files}, nothing is written")),
            };
            self.print_tag(page);
            if !self.obstacles.is_empty() {
                page.blank().line("A draft, because:");
            }
        }
        for obstacle in &self.obstacles {
            let question = obstacle
                .question
                .as_ref()
                .map_or(String::new(), |question| format!("{question}: "));
            page.plain("  ")
                .text(Role::Warning, question)
                .line(&obstacle.missing);
            page.plain("    ").faint(&obstacle.mend).end();
        }
        if let Some(next) = &self.next {
            page.text(Role::Hint, "next:").plain(" ").line(next);
        }
    }
}

impl Released {
    fn print_tag(&self, page: &mut Page) {
        let Some(tag) = &self.tag else {
            return;
        };
        page.line(format!("tagged `{tag}`"));
        match &self.signature {
            Some(Signed::By { who, key, notes }) => {
                let who = who
                    .as_deref()
                    .unwrap_or("a key that the roster does not have");
                page.plain("signed by ")
                    .name(who)
                    .faint(format!("  {key}"))
                    .end();
                for note in notes {
                    page.text(Role::Warning, "note: ").line(note);
                }
            }
            Some(Signed::Not) => {
                page.text(Role::Warning, "not signed")
                    .line(": nobody can tell from it whose release it is");
            }
            None => {}
        }
    }
}
