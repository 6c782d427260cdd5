//! How changes of prose are shown to people; without colours they read as well: `[-old-] {+new+}`.

use std::fmt::Write as _;

use crate::cli::{Count, Page, Role};
use crate::diff::signs::unseen;

use super::{Kind, Lot, PassageChange, SignChange, Words};

/// Characters of a passage by which a longer run is known.
const SHORT: usize = 60;

/// Pieces of a line, each with its look.
pub type Spans = Vec<(Role, String)>;

/// Writes changes in lines that fit, under the headings that they stand under.
pub fn print(changes: &[PassageChange], page: &mut Page) {
    let mut under: Option<&String> = None;
    for change in changes {
        let heading = change.under.as_ref();
        if let Some(heading) = heading.filter(|&heading| under != Some(heading)) {
            page.faint(format!("  under “{}”", shortened(heading)))
                .end();
        }
        under = heading.or(under);
        change.print_below(page, "");
    }
}

/// The lines of a change, for other pages than the terminal's: how deep each stands, its sign, and its pieces.
pub fn pieces(change: &PassageChange) -> Vec<(usize, char, Spans)> {
    let (sign, role) = change.sign();
    let mut out = vec![(0, sign, change.spans(role))];
    for within in change.within.iter().flat_map(pieces) {
        out.push((within.0 + 1, within.1, within.2));
    }
    out
}

impl PassageChange {
    fn print_below(&self, page: &mut Page, margin: &str) {
        let (sign, role) = self.sign();
        let head = match role {
            // A sign that is struck through is no sign.
            Role::Removed => Role::Error,
            role => role,
        };
        page.hanging((head, &format!("{margin}{sign} ")), &self.spans(role));
        let margin = format!("{margin}  ");
        for change in &self.within {
            change.print_below(page, &margin);
        }
    }

    fn sign(&self) -> (char, Role) {
        match self.change {
            Kind::Reworded | Kind::Divided | Kind::Joined => ('~', Role::Warning),
            Kind::Added => ('+', Role::Added),
            Kind::Removed => ('-', Role::Removed),
            Kind::MovedAway => ('<', Role::Moved),
            Kind::MovedHere => ('>', Role::Moved),
            Kind::Invisible | Kind::Typography => ('"', Role::Warning),
            Kind::Reshaped | Kind::Begins | Kind::GoesOn => ('#', Role::Faint),
        }
    }

    fn spans(&self, role: Role) -> Spans {
        let text = self.after.as_deref().or(self.before.as_deref());
        let text = text.unwrap_or_default();
        match (self.change, self.passages) {
            (Kind::Added | Kind::Removed, _) => vec![(role, lines(text))],
            (Kind::Reworded, _) => match &self.block {
                Some(block) => vec![(Role::Plain, block.clone())],
                None => worded(&self.words),
            },
            (Kind::Divided, count) => {
                self.noted(role, &format!(" (one sentence became {})", number(count)))
            }
            (Kind::Joined, count) => {
                self.noted(role, &format!(" ({} sentences became one)", number(count)))
            }
            (Kind::MovedAway, None) => self.noted(role, " (moved away)"),
            (Kind::MovedHere, None) => self.noted(role, " (moved here)"),
            (Kind::MovedAway, Some(count)) => self.together(count, " (moved away)"),
            (Kind::MovedHere, Some(count)) => self.together(count, " (moved here)"),
            (Kind::Invisible | Kind::Typography, _) => self.retyped(text),
            (Kind::Begins, _) => self.bounded("a new ", " begins with "),
            (Kind::GoesOn, _) => self.bounded("no ", " begins any more with "),
            (Kind::Reshaped, _) => self.reshaped(),
        }
    }

    /// The words, or the whole passage, and what happened to it.
    fn noted(&self, role: Role, note: &str) -> Spans {
        let text = self.after.as_deref().or(self.before.as_deref());
        let mut spans = match self.words.is_empty() {
            true => vec![(role, lines(text.unwrap_or_default()))],
            false => worded(&self.words),
        };
        spans.push((Role::Faint, note.to_owned()));
        spans.extend(
            self.signs
                .iter()
                .map(|sign| (Role::Plain, format!(" {sign}"))),
        );
        spans
    }

    fn together(&self, count: usize, note: &str) -> Spans {
        let count = Count(count, "passage", "passages");
        let what = match &self.block {
            Some(block) => format!("{block} “{}”, {count}", self.short()),
            None => format!("{count} from “{}” on", self.short()),
        };
        vec![(Role::Moved, what), (Role::Faint, note.to_owned())]
    }

    fn bounded(&self, before: &str, after: &str) -> Spans {
        let block = self.block.as_deref().unwrap_or("block");
        vec![
            (Role::Faint, format!("{before}{block}{after}")),
            (Role::Plain, format!("“{}”", self.short())),
        ]
    }

    fn reshaped(&self) -> Spans {
        let name = |block: &Option<String>| block.clone().unwrap_or_default();
        let became = format!("{} became {}: ", name(&self.was_block), name(&self.block));
        vec![
            (Role::Faint, became),
            (Role::Plain, format!("“{}”", self.short())),
        ]
    }

    fn short(&self) -> String {
        let text = self.after.as_deref().or(self.before.as_deref());
        shortened(text.unwrap_or_default())
    }

    fn retyped(&self, text: &str) -> Spans {
        let label = match self.change {
            Kind::Invisible => "invisible change: ",
            _ => "typography: ",
        };
        let signs: Vec<String> = self.signs.iter().map(SignChange::to_string).collect();
        let mut spans = vec![(Role::Warning, format!("{label}{}", signs.join(", ")))];
        if !text.is_empty() {
            spans.push((Role::Plain, format!(" in “{}”", shortened(text))));
        }
        spans
    }
}

fn number(count: Option<usize>) -> String {
    match count {
        Some(2) | None => "two".to_owned(),
        Some(3) => "three".to_owned(),
        Some(count) => count.to_string(),
    }
}

/// The words of a changed passage, each run in the look of its lot: `[-old-] {+new+}`.
pub fn worded(words: &[Words]) -> Spans {
    let mut spans = Vec::new();
    for (at, part) in words.iter().enumerate() {
        if at > 0 && part.spaced {
            spans.push((Role::Plain, " ".to_owned()));
        }
        let text = lines(&part.text);
        spans.push(match part.lot {
            Lot::Kept => (Role::Plain, text),
            Lot::Removed => (Role::Removed, format!("[-{text}-]")),
            Lot::Added => (Role::Added, format!("{{+{text}+}}")),
        });
    }
    spans
}

/// A text with its hard line breaks as signs.
fn lines(text: &str) -> String {
    text.replace("\\\n", " / ")
}

/// The start of a text, on one line, as far as it makes the text known.
fn shortened(text: &str) -> String {
    let line = lines(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(SHORT) else {
        return line;
    };
    let end = line[..end].rfind(' ').unwrap_or(end);
    format!("{} …", &line[..end])
}

/// Signs as they show; those that do not, as code points.
pub fn spelt(signs: &str) -> String {
    let mut out = String::new();
    for sign in signs.chars() {
        let hidden = unseen(sign) || sign.is_control() || combines(sign);
        if hidden || (sign.is_whitespace() && sign != ' ') {
            // Writing to a string cannot fail.
            let _ = write!(out, "U+{:04X}", u32::from(sign));
        } else {
            out.push(sign);
        }
    }
    out
}

fn combines(sign: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&sign)
}

impl std::fmt::Display for SignChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.before.as_str(), self.after.as_str()) {
            ("", after) => write!(f, "{after} added{}", name(after))?,
            (before, "") => write!(f, "{before} removed{}", name(before))?,
            (before, " ") => write!(f, "a blank instead of {before}{}", name(before))?,
            (" ", after) => write!(f, "{after}{} instead of a blank", name(after))?,
            (before, after) => write!(f, "{after} instead of {before}")?,
        }
        match self.times {
            1 => Ok(()),
            times => write!(f, ", {times} times"),
        }
    }
}

/// What a sign that is not seen is called, in brackets.
fn name(sign: &str) -> &'static str {
    match sign {
        "U+00A0" => " (no-break space)",
        "U+00AD" => " (soft hyphen)",
        "U+200B" => " (zero-width space)",
        "U+200C" | "U+200D" => " (zero-width joiner)",
        "U+200E" | "U+200F" | "U+202A" | "U+202B" | "U+202D" | "U+202E" => " (writing direction)",
        "U+2060" | "U+FEFF" => " (zero-width no-break space)",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::changes;
    use super::print;
    use crate::cli::Page;
    use crate::prose::Prose;

    fn shown(before: &str, after: &str) -> String {
        let mut page = Page::new(80);
        let changes = changes(&Prose::parse(before), &Prose::parse(after));
        print(&changes, &mut page);
        let mut pieces = page.as_str().split('\u{1b}');
        let first = pieces.next().unwrap_or_default().to_owned();
        pieces.fold(first, |text, piece| {
            text + piece.split_once('m').map_or("", |(_, rest)| rest)
        })
    }

    #[test]
    fn a_divided_sentence_is_one_change() {
        let one = "It was founded in 1998 by three teachers who still run the library.\n";
        let two = "It was founded in 1998. Its three teachers still run the library.\n";
        assert_eq!(
            shown(one, two),
            "~ It was founded in 1998 [-by-]{+. Its+} three teachers [-who-] still run the\n  \
             library. (one sentence became two)\n"
        );
        assert!(shown(two, one).ends_with("(two sentences became one)\n"));
    }

    #[test]
    fn a_section_moves_once_with_what_changed_in_it() {
        let pay = "## How we pay\n\nAll are paid by the hour. The rate is the same for each.\n";
        let paid = pay.replace("is the same for each", "is the same for all");
        let vote = "## How we vote\n\nEvery member has one vote. Whoever objects says why, at length, \
                    and in writing.\n";
        let moved = shown(&format!("{pay}\n{vote}"), &format!("{vote}\n{paid}"));
        assert_eq!(
            moved,
            "< section “How we pay”, 3 passages (moved away)\n\
             > section “How we pay”, 3 passages (moved here)\n  \
             ~ The rate is the same for [-each-] {+all+}.\n"
        );
    }

    #[test]
    fn what_is_not_seen_is_told() {
        assert_eq!(
            shown("We are a co-op.\n", "We are a co\u{200b}-op.\n"),
            "\" invisible change: U+200B added (zero-width space) in “We are a co<U+200B>-op.”\n"
        );
        assert_eq!(
            shown("One here. Two there.\n", "One here.\u{a0}Two there.\n"),
            "\" invisible change: U+00A0 (no-break space) instead of a blank\n"
        );
        assert_eq!(
            shown("It's on.\n", "It’s on.\n"),
            "\" typography: ’ instead of ' in “It’s on.”\n"
        );
    }

    #[test]
    fn a_paragraph_that_was_divided_is_told() {
        let (one, two) = ("One here. Two there.\n", "One here.\n\nTwo there.\n");
        assert_eq!(
            shown(one, two),
            "# a new paragraph begins with “Two there.”\n"
        );
        assert_eq!(
            shown(two, one),
            "# no paragraph begins any more with “Two there.”\n"
        );
    }

    #[test]
    fn a_heading_and_a_table_are_told_by_their_names() {
        let table = "| year | co-ops |\n| --- | --- |\n| 2024 | 12 |\n| 2025 | 14 |\n";
        let before = format!("## Size\n\nWe are small.\n\n{table}\n### Pay\n\nIt is fair.\n");
        let after = before.replace("14", "15").replace("### Pay", "## Pay");
        assert_eq!(
            shown(&before, &after),
            "  under “Size”\n~ table\n  ~ | 2025 | [-14-] {+15+} |\n\
             # heading 3 became heading 2: “Pay”\n"
        );
    }

    #[test]
    fn where_lines_end_decides_nothing() {
        let (one, two) = ("- one :) Two here.\n", "- one :)\n  Two here.\n");
        assert_eq!(shown(one, two), "");
    }
}
