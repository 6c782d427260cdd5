//! How it is told what changed.

use crate::cli::prose_diff::print;
use crate::cli::{Page, Report, Role};
use crate::release::redline::SupersededQuote;

use super::{Changes, Kind, QuestionChanges};

impl Report for Changes {
    fn print(&self, page: &mut Page) {
        page.heading(format!("{} to {}", self.before, self.after));
        if self.questions.is_empty() {
            page.line("No agreed text and no position changed.");
        }
        for question in &self.questions {
            page.blank()
                .strong(&question.question)
                .line(format!(": {}", question.told()));
            print(&question.changes, page);
            for change in &question.positions {
                page.text(Role::Warning, "  member: ").line(change.told());
            }
        }
        self.print_superseded(page);
        if !self.quotes.is_empty() {
            page.blank().heading("Approved quotes that rest on them");
        }
        self.quotes.iter().for_each(|quote| rests(quote, page));
        if !(self.warnings.is_empty() && self.left_out.is_empty()) {
            page.blank();
        }
        for warning in &self.warnings {
            page.hanging((Role::Warning, "note: "), &[(Role::Plain, warning.clone())]);
        }
        self.left_out.iter().for_each(|tag| tag.print(page));
    }
}

impl Changes {
    fn print_superseded(&self, page: &mut Page) {
        if !self.superseded.is_empty() {
            page.blank()
                .heading("Sentences that may not be quoted any more");
        }
        for one in &self.superseded {
            let number = one.question.split('-').next().unwrap_or_default();
            let label = format!("  {number}. ");
            page.hanging(
                (Role::Faint, &label),
                &[(Role::Plain, format!("“{}”", one.was))],
            );
        }
    }
}

/// Whose quote it is, for whom and until when it was approved, and what reads in place of its ground.
fn rests(quote: &SupersededQuote, page: &mut Page) {
    let number = quote
        .rests_on
        .question
        .split('-')
        .next()
        .unwrap_or_default();
    let label = format!("  {number}. ");
    let told = format!("“{}”, {}", quote.words, quote.told());
    page.hanging((Role::Warning, &label), &[(Role::Plain, told)]);
    let now = match &quote.rests_on.now {
        Some(now) => format!("The answer reads now: “{now}”"),
        None => "The answer says it no more.".to_owned(),
    };
    page.hanging((Role::Faint, "     "), &[(Role::Faint, now)]);
}

impl QuestionChanges {
    fn told(&self) -> String {
        match self.kind {
            Kind::New => return "first answer".to_owned(),
            Kind::Removed => return "the answer is gone".to_owned(),
            Kind::Changed => {}
        }
        let counts: Vec<String> = self
            .classes
            .iter()
            .map(|counted| format!("{} {}", counted.count, counted.class.word()))
            .collect();
        match counts.is_empty() {
            true => "positions only".to_owned(),
            false => counts.join(", "),
        }
    }
}
