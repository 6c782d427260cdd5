//! The drafts side by side for people: everything of a few drafts, and of many what matters most.

use std::cmp::Reverse;

use crate::cli::prose_diff::{Lot, worded};
use crate::cli::terminal::count::Few;
use crate::cli::{Count, Page, Report, Role};

use super::{Compared, Extent, Likeness, Passage, Wording};

/// So many drafts can be shown whole.
pub const A_FEW: usize = 5;
/// Of more drafts, so many names are told where they stand together.
const NAMES: usize = 3;
/// Of more drafts, so many passages of a kind are shown.
const PASSAGES: usize = 10;
/// Of more drafts, so many wordings besides the first are shown.
const WORDINGS: usize = 3;

/// How much is shown, of how many drafts.
#[derive(Clone, Copy)]
struct Measure {
    extent: Extent,
    drafts: usize,
}

impl Measure {
    fn of_all(self, most: usize) -> usize {
        match self.extent {
            Extent::Glance => most,
            Extent::All => usize::MAX - 1,
        }
    }

    /// Names, and of many drafts their number first.
    fn people(self, names: &[String]) -> String {
        let told = Few(names, self.of_all(NAMES));
        match (self.drafts <= A_FEW, names.len() == self.drafts) {
            (true, _) => told.to_string(),
            (_, true) => format!("all {}", names.len()),
            _ if names.len() == 1 => told.to_string(),
            _ => format!("{} of {}: {told}", names.len(), self.drafts),
        }
    }
}

impl Report for Compared {
    fn print(&self, page: &mut Page) {
        page.heading(&self.question);
        page.block("", &self.asked).blank();
        self.print_drafts(page);
        let groups = [
            ("Said by all", &self.said_by_all),
            (
                "Said with variants (a suggestion, to be confirmed)",
                &self.said_with_variants,
            ),
            ("Said by several", &self.said_by_several),
            ("Said by one", &self.said_by_one),
        ];
        let measure = self.measure();
        for (title, passages) in groups {
            if !passages.is_empty() {
                page.blank().heading(format!("{title}: {}", passages.len()));
                print_group(passages, measure, page);
            }
        }
    }
}

impl Compared {
    fn measure(&self) -> Measure {
        Measure {
            extent: self.extent,
            drafts: self.drafts.len(),
        }
    }

    /// Who wrote how much; of many drafts a glance at the whole stands below.
    fn print_drafts(&self, page: &mut Page) {
        let words = |words| Count(words, "word", "words");
        if self.drafts.len() <= A_FEW {
            let drafted: Vec<String> = self
                .drafts
                .iter()
                .map(|draft| format!("{} ({})", draft.contributor, words(draft.words)))
                .collect();
            page.line(drafted.join(", "));
            return;
        }
        let names: Vec<&str> = self
            .drafts
            .iter()
            .map(|draft| draft.contributor.as_str())
            .collect();
        let all = self.drafts.iter().map(|draft| draft.words).sum();
        let told = Few(&names, self.measure().of_all(3 * NAMES));
        page.block(
            "",
            &format!("{} drafts, {}: {told}", names.len(), words(all)),
        );
        page.blank();
        let row = |passages: &[Passage], what: &str| {
            let number = format!("{:>5}", passages.len());
            vec![(Role::Strong, number), (Role::Plain, what.to_owned())]
        };
        page.columns(&[
            row(&self.said_by_all, "said by all in the same words"),
            row(&self.said_with_variants, "said with variants"),
            row(&self.said_by_several, "said by several in the same words"),
            row(&self.said_by_one, "said by one"),
        ]);
    }
}

/// Writes the passages of a kind, those of the most people first.
fn print_group(passages: &[Passage], measure: Measure, page: &mut Page) {
    let mut sorted: Vec<&Passage> = passages.iter().collect();
    sorted.sort_by_key(|passage| Reverse(passage.people()));
    let shown = measure.of_all(PASSAGES).min(sorted.len());
    for passage in &sorted[..shown] {
        passage.print(measure, page);
    }
    let left = sorted.len() - shown;
    if left > 0 {
        let more = Count(left, "more passage", "more passages");
        page.faint(format!("and {more} (`--all` shows them)")).end();
    }
}

impl Passage {
    fn print(&self, measure: Measure, page: &mut Page) {
        let (first, others) = self
            .wordings
            .split_first()
            .expect("a passage has a wording");
        page.plain("- ")
            .name(measure.people(&first.contributors))
            .end();
        page.block("  ", &first.text);
        let mut sorted: Vec<&Wording> = others.iter().collect();
        sorted.sort_by_key(|other| {
            (
                other.differs_in.is_empty(),
                Reverse(other.contributors.len()),
            )
        });
        let shown = measure.of_all(WORDINGS).min(sorted.len());
        sorted[..shown]
            .iter()
            .for_each(|other| other.print(measure, page));
        let left = &sorted[shown..];
        if !left.is_empty() {
            let people = left.iter().map(|other| other.contributors.len()).sum();
            let more = Count(left.len(), "more wording", "more wordings");
            let people = Count(people, "person", "people");
            page.faint(format!("  ~ {more} of {people}")).end();
        }
    }
}

impl Wording {
    fn print(&self, measure: Measure, page: &mut Page) {
        page.plain("  ~ ")
            .name(measure.people(&self.contributors))
            .plain(" ");
        let contrasts: Vec<String> = self.differs_in.iter().map(ToString::to_string).collect();
        if contrasts.is_empty() {
            page.faint(format!("({})", self.likeness.name())).end();
        } else {
            let differs = contrasts.join("; ");
            page.text(
                Role::Warning,
                format!("(same topic, differs in: {differs})"),
            )
            .end();
        }
        let kept = self.words.iter().any(|words| words.lot == Lot::Kept);
        if kept {
            page.hanging((Role::Plain, "    "), &worded(&self.words));
        } else {
            page.block("    ", &self.text);
        }
    }
}

impl Likeness {
    fn name(self) -> &'static str {
        match self {
            Self::Identical => "the same words",
            Self::NearIdentical => "nearly the same words",
            Self::Reworded => "perhaps the same in other words",
        }
    }
}
