//! The page of a run: what was found, worst first, and what the proposal changes in the words.

use crate::cli::Count;
use crate::cli::prose_diff::pieces;
use crate::cli::read::check::Checked;
use crate::cli::read::check::proposal::{Difference, Fate, Proposed};
use crate::narrative::{Finding, Severity};

use super::markdown::{code, inert, looks, said};

/// Bytes that the page of a step may have.
///
/// Source: GitHub's documentation of job summaries.
pub const MOST: usize = 1024 * 1024;

/// Bytes that are kept for saying what was left out.
const LAST_WORDS: usize = 1024;

/// A page that is being written and never gets longer than it may.
struct Sheet {
    text: String,
    room: usize,
    state: State,
}

#[derive(PartialEq, Eq)]
enum State {
    Open,
    /// It has said what it leaves out, and takes nothing more.
    Ended,
}

/// Writes the page within so many bytes; it ends after a whole finding or passage, with how many are left out.
pub fn page(found: &Checked, room: usize) -> String {
    let mut sheet = Sheet {
        text: String::new(),
        room: room.saturating_sub(LAST_WORDS),
        state: State::Open,
    };
    sheet.add(&format!("## onetext check: {}\n\n", inert(&found.count())));
    if let Some(proposal) = &found.proposal {
        sheet.add(&head(proposal));
    }
    let findings = super::worst_first(&found.findings);
    let left = sheet.all(findings.iter().map(|found| finding(found)));
    sheet.leave_out(left, ("finding", "findings"));
    if let Some(proposal) = &found.proposal {
        files(proposal, &mut sheet);
        let changed = proposal.words.iter().filter(|one| !one.changes.is_empty());
        changed.for_each(|one| words(one, &mut sheet));
    }
    sheet.text
}

fn head(proposal: &Proposed) -> String {
    let [commit, base] = [&proposal.commit, &proposal.base].map(|id| code(&id[..7]));
    format!(
        "Proposal {commit} on {base}, {}.\n\n<sub>{}</sub>\n\n",
        said(&proposal.author()),
        inert(&proposal.claim())
    )
}

fn finding(finding: &Finding) -> String {
    let weight = match finding.severity {
        Severity::Error => "**error**",
        Severity::Warning => "warning",
    };
    let (place, rule) = (code(&finding.place()), code(finding.rule));
    let mend = match finding.mend.as_str() {
        "" => String::new(),
        mend => format!("<br><em>mend:</em> {}", said(mend)),
    };
    format!(
        "- {weight} {rule} {place}<br>{}{mend}\n",
        said(&finding.message)
    )
}

fn files(proposal: &Proposed, sheet: &mut Sheet) {
    sheet.add("\n### Files\n\n");
    let fate = |fate: &Fate| {
        let owner = said(&fate.owner.to_string());
        let (path, change) = (code(&fate.path), fate.change);
        format!("- {}: {path}, {change}, belongs to {owner}\n", fate.verdict)
    };
    let left = sheet.all(proposal.changes.iter().map(fate));
    sheet.leave_out(left + proposal.more, ("file", "files"));
}

/// What changed in the words of one file.
fn words(one: &Difference, sheet: &mut Sheet) {
    let told = one.changes.iter().flat_map(pieces);
    let lines = told.map(|(depth, sign, pieces)| {
        let margin = "  ".repeat(depth);
        format!(
            "{margin}- {} {}\n",
            inert(&sign.to_string()),
            looks(&pieces)
        )
    });
    if sheet.add(&format!("\n### Words of {}\n\n", code(&one.path))) {
        let left = sheet.all(lines);
        sheet.leave_out(left, ("passage", "passages"));
    }
}

impl Sheet {
    /// Adds a part, if there is room for it as a whole.
    fn add(&mut self, part: &str) -> bool {
        let fits = self.state == State::Open && self.text.len() + part.len() <= self.room;
        if fits {
            self.text.push_str(part);
        }
        fits
    }

    /// Adds parts as long as there is room, and tells how many are left.
    fn all(&mut self, parts: impl Iterator<Item = String>) -> usize {
        let mut left = 0;
        for part in parts {
            if left > 0 || !self.add(&part) {
                left += 1;
            }
        }
        left
    }

    /// Says how many were left out; nothing more is added then.
    fn leave_out(&mut self, left: usize, (one, many): (&'static str, &'static str)) {
        if left > 0 && self.state == State::Open {
            let count = Count(left, one, many);
            self.text.push_str(&format!("\n{count} more left out.\n"));
            self.state = State::Ended;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_comes_first_and_what_is_left_out_is_counted() {
        let warning = |at: usize| Finding::warning("raw-html", "a.md", "`<b>`").at_line(at);
        let mut findings: Vec<Finding> = (1..20_000).map(warning).collect();
        findings.push(Finding::error("unsafe-link", "z.md", "a link"));
        let page = page(&Checked::of(findings), MOST);
        assert!(
            page.len() <= MOST && page.len() > MOST - 2 * LAST_WORDS,
            "{}",
            page.len()
        );
        let told: Vec<&str> = page.lines().filter(|line| line.starts_with("- ")).collect();
        assert!(told[0].contains("unsafe&#45;link"), "{}", told[0]);
        assert!(
            told.iter().all(|line| line.contains("<br>")),
            "a finding is cut"
        );
        let last = format!("\n\n{} findings more left out.\n", 20_000 - told.len());
        assert!(page.ends_with(&last), "{}", &page[page.len() - 200..]);
    }

    #[test]
    fn without_room_nothing_is_written_beyond_it() {
        let found = Checked::of(vec![Finding::error("unsafe-link", "z.md", "a link")]);
        assert!(page(&found, 2000).contains("<code>z&#46;md</code>"));
        assert!(page(&found, 0).len() < LAST_WORDS);
    }
}
