//! How it is told whether words are ours.

use crate::cli::prose_diff::worded;
use crate::cli::{Count, Listing, Page, Report, Role};

use super::{Place, Quoted, Verdict, Whole};

impl Verdict {
    fn said(&self) -> (Role, &'static str) {
        match self {
            Self::Verbatim => (Role::Good, "word for word ours"),
            Self::Superseded => (Role::Warning, "superseded: ours once, and not any more"),
            Self::DraftOnly => (Role::Warning, "from a draft: nobody agreed to it"),
            Self::Altered => (Role::Error, "altered: not our words"),
            Self::NeverOurs => (Role::Error, "never ours"),
        }
    }
}

impl Report for Quoted {
    fn print(&self, page: &mut Page) {
        let (role, said) = match (self.verdict, &self.warnings[..]) {
            (Verdict::Verbatim, [_, ..]) => (
                Role::Warning,
                "word for word in a release that no signature proves to be ours",
            ),
            (verdict, _) => verdict.said(),
        };
        page.text(role, said).end();
        for (part, releases) in grouped(&self.places) {
            page.plain("  ")
                .name(part)
                .line(format!(" in {}", Listing(&releases)));
        }
        if let Some(Whole { release, text }) = &self.part_of {
            page.line(format!("  In {release} they are a part of this:"))
                .block("    ", text);
        }
        if !self.forgiven.is_empty() {
            let words: Vec<&str> = self.forgiven.iter().map(|one| one.words()).collect();
            page.line(format!(
                "  Forgiven, since no word differs: {}.",
                words.join(", ")
            ));
        }
        self.print_near(page);
        let releases = Count(self.releases, "release", "releases");
        let told = format!("Looked through {releases}; the latest is {}.", self.latest);
        page.blank().faint(told).end();
        for warning in &self.warnings {
            page.text(Role::Warning, "note: ").line(warning);
        }
        self.print_left_out(page);
    }
}

impl Quoted {
    fn print_near(&self, page: &mut Page) {
        let Some(near) = &self.near else {
            return;
        };
        let Place {
            release,
            part,
            date,
            ..
        } = &near.place;
        let head = format!(
            "The nearest words, in {part} of {release} ({}):",
            date.long()
        );
        page.blank().line(head).block("  ", &near.ours);
        page.line("The difference, from our words to those that were asked about:");
        page.hanging((Role::Plain, "  "), &worded(&near.words));
    }

    fn print_left_out(&self, page: &mut Page) {
        for aside in &self.left_out {
            aside.tag.print(page);
            if aside.has_the_words {
                page.line("  These words stand there.");
            }
        }
    }
}

/// The parts in which words stand, each with its releases, oldest first.
fn grouped(places: &[Place]) -> Vec<(&str, Vec<String>)> {
    let mut out: Vec<(&str, Vec<String>)> = Vec::new();
    for place in places.iter().rev() {
        let said = format!("{} of {}", place.release, place.date.long());
        match out.iter_mut().find(|(part, _)| *part == place.part) {
            Some((_, releases)) => releases.push(said),
            None => out.push((&place.part, vec![said])),
        }
    }
    out
}
