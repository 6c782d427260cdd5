//! Decision sheets: the open choices as a Markdown page that can be printed, filled in at a meeting and read back.
//!
//! **Invariant:** a sheet that was written and not filled in reads back as no decision.

use std::fmt::Write as _;

use crate::prose::token::{OFFSET, fnv};
use crate::prose::unit::Shared;

use super::decision::{Decision, Posed, Verdict, letter, number};
use super::rows::rows;
use super::{Choice, ChoiceKind, spelled};

/// Why a sheet cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct SheetError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
}

/// Writes choices as a sheet.
pub fn write(title: &str, choices: &[Posed<'_>]) -> String {
    let mut out = format!(
        "# {title}\n\nTick one box of each choice: `[x]`. Two ticks at additions take both. No tick leaves it open.\n\
         A reason is needed where the text is kept.\n"
    );
    for Posed { choice, earlier } in choices {
        let _ = write!(out, "\n## Choice `{}`: {}\n\n", choice.id, asked(choice));
        if !choice.now.is_empty() {
            let _ = write!(out, "Now: {}\n\n", stands(choice));
        }
        if !choice.was.is_empty() {
            let _ = write!(
                out,
                "When it was proposed, the text read: {}\n\n",
                one_line(&choice.was)
            );
        }
        if let Some(earlier) = earlier {
            let _ = write!(out, "Decided before: {}\n\n", earlier.told());
        }
        out.push_str("- [ ] keep the text as it stands\n");
        for line in options(choice) {
            let _ = writeln!(out, "- [ ] {line}");
        }
        out.push_str("- [ ] park\n- [ ] other:\n\nReason:\n");
    }
    out
}

/// What a choice asks, in a few words.
pub fn asked(choice: &Choice) -> &'static str {
    match choice.kind {
        ChoiceKind::Wording => "which wording?",
        ChoiceKind::Deletion => "keep, change or delete?",
        ChoiceKind::Passage => "which version of this passage?",
        ChoiceKind::Addition => "which addition?",
        ChoiceKind::Late if choice.now.is_empty() => "take up this passage?",
        ChoiceKind::Proposal if choice.now.is_empty() => "add this? Too few have asked for it yet",
        ChoiceKind::Proposal => "make this change? Too few have asked for it yet",
        ChoiceKind::Late => "a proposal for words that have changed since: take it?",
    }
}

/// What stands; of a table the rows that are disputed.
pub fn stands(choice: &Choice) -> String {
    rows(choice).map_or_else(|| one_line(&choice.now), |(now, _)| now)
}

/// The alternatives, a line each: `A (ana, eve): …`; of a table the rows in which it differs from what stands.
pub fn options(choice: &Choice) -> Vec<String> {
    let rows = rows(choice).map(|(_, versions)| versions);
    let everybody = choice.people();
    let option = |(at, alternative): (usize, &crate::merge::Alternative)| {
        let who: Vec<&str> = alternative.who.iter().map(String::as_str).collect();
        let text = match rows.as_ref().and_then(|rows| rows.get(at)) {
            Some(rows) => rows.clone(),
            None if alternative.units.is_empty() => "*delete*".to_owned(),
            None => one_line(&alternative.units),
        };
        let who = who.join(", ");
        let who = match alternative.composed {
            true if alternative.who == everybody => format!("composed of {who}"),
            true => format!("with all that {who} would have"),
            false => who,
        };
        format!("{} ({who}): {text}", letter(at))
    };
    choice.alternatives.iter().enumerate().map(option).collect()
}

/// Some units on one line; blocks are divided by ` ¶ `.
pub fn one_line(units: &[Shared]) -> String {
    on_one_line(&spelled(units))
}

/// A text on one line; lines, but for those that a hard break ends, are divided by ` ¶ `.
pub fn on_one_line(text: &str) -> String {
    text.replace("\\\n", " ").replace('\n', " ¶ ")
}

/// The mark of a choice's options, by which a changed sheet is noticed.
fn print(text: &str) -> u64 {
    fnv(
        OFFSET,
        text.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .as_bytes(),
    )
}

/// Reads the decisions on a sheet.
///
/// # Errors
///
/// A choice is unknown, an option's text was changed, two boxes are ticked where one can stand, or a decision does not
/// fit its choice.
pub fn read(text: &str, choices: &[&Choice]) -> Result<Vec<Decision>, SheetError> {
    let mut out = Vec::new();
    let mut current: Option<Open<'_>> = None;
    for (at, line) in text.lines().enumerate() {
        let wrong = |what: String| SheetError { line: at + 1, what };
        if let Some(heading) = line.strip_prefix("## Choice `") {
            out.extend(current.take().map(Open::close).transpose()?.flatten());
            let id = heading.split('`').next().unwrap_or("");
            let found = choices.iter().find(|choice| choice.id == id);
            let choice = found.ok_or_else(|| wrong(format!("there is no open choice `{id}`")))?;
            current = Some(Open {
                choice,
                options: options(choice),
                line: at + 1,
                ticks: Vec::new(),
                other: String::new(),
                reason: String::new(),
                part: Part::Boxes,
            });
        } else if let Some(open) = &mut current {
            open.line(line).map_err(wrong)?;
        }
    }
    out.extend(current.map(Open::close).transpose()?.flatten());
    Ok(out)
}

/// A choice while its part of the sheet is read.
struct Open<'a> {
    choice: &'a Choice,
    options: Vec<String>,
    line: usize,
    ticks: Vec<Tick>,
    other: String,
    reason: String,
    part: Part,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Boxes,
    Other,
    Reason,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tick {
    Keep,
    Take(usize),
    Park,
    Other,
}

impl Open<'_> {
    fn line(&mut self, line: &str) -> Result<(), String> {
        let boxed = line
            .strip_prefix("- [")
            .and_then(|rest| rest.split_once(']'));
        if let Some((tick, option)) = boxed {
            self.part = Part::Boxes;
            let ticked = match tick.trim() {
                "" => false,
                "x" | "X" => true,
                other => return Err(format!("`[{other}]` is neither `[ ]` nor `[x]`")),
            };
            let tick = self.boxed(option.trim())?;
            self.ticks.extend(ticked.then_some(tick));
            return Ok(());
        }
        if let Some(reason) = line.strip_prefix("Reason:") {
            self.part = Part::Reason;
            self.reason = reason.trim().to_owned();
            return Ok(());
        }
        let target = match self.part {
            Part::Boxes => return Ok(()),
            Part::Other => &mut self.other,
            Part::Reason => &mut self.reason,
        };
        if !line.trim().is_empty() {
            target.push(' ');
            target.push_str(line.trim());
        }
        Ok(())
    }

    /// What a box stands for, ticked or not.
    fn boxed(&mut self, option: &str) -> Result<Tick, String> {
        Ok(if let Some(text) = option.strip_prefix("other:") {
            self.part = Part::Other;
            self.other = text.trim().to_owned();
            Tick::Other
        } else if option == "keep the text as it stands" {
            Tick::Keep
        } else if option == "park" {
            Tick::Park
        } else {
            let name = option.split_whitespace().next().unwrap_or("");
            let at = number(name).filter(|at| *at < self.choice.alternatives.len());
            let at =
                at.ok_or_else(|| format!("choice `{}` has no option `{name}`", self.choice.id))?;
            if print(&self.options[at]) != print(option) {
                return Err(format!(
                    "the text of option {name} was changed; write another wording after `other:`"
                ));
            }
            Tick::Take(at)
        })
    }

    fn close(self) -> Result<Option<Decision>, SheetError> {
        let takes: Option<Vec<usize>> = self
            .ticks
            .iter()
            .map(|tick| {
                if let Tick::Take(at) = tick {
                    Some(*at)
                } else {
                    None
                }
            })
            .collect();
        let verdict = match (self.ticks.as_slice(), takes) {
            ([], _) => return Ok(None),
            ([Tick::Keep], _) => Verdict::Keep,
            ([Tick::Park], _) => Verdict::Park,
            ([Tick::Other], _) => Verdict::Own(self.other.trim().to_owned()),
            ([Tick::Take(at)], _) => Verdict::Take(*at),
            (_, Some(several)) if self.choice.now.is_empty() => Verdict::Several(several),
            _ => {
                let what = format!("choice `{}` has more than one tick", self.choice.id);
                return Err(SheetError {
                    line: self.line,
                    what,
                });
            }
        };
        let reason = Some(self.reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        let decision = Decision {
            choice: self.choice.id.clone(),
            verdict,
            reason,
        };
        let fits = decision.units(self.choice);
        fits.map_err(|error| SheetError {
            line: self.line,
            what: error.to_string(),
        })?;
        Ok(Some(decision))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge::{Voice, merge};
    use crate::prose::Prose;

    fn sheet(fill: impl Fn(&str) -> String) -> Result<Vec<Decision>, SheetError> {
        let base = Prose::parse("The board must approve all grants. It meets weekly.\n");
        let ana = Prose::parse("The board may approve all grants. It meets weekly.\n");
        let bo = Prose::parse("The board should approve all grants. It meets weekly.\n");
        let merged = merge(
            &base,
            &[Voice::new("ana", &base, &ana), Voice::new("bo", &base, &bo)],
        );
        let choices: Vec<&Choice> = merged.choices().collect();
        let posed: Vec<Posed<'_>> = choices
            .iter()
            .map(|&choice| Posed {
                choice,
                earlier: None,
            })
            .collect();
        read(&fill(&write("Size", &posed)), &choices)
    }

    #[test]
    fn an_empty_sheet_decides_nothing() {
        assert_eq!(sheet(str::to_owned), Ok(Vec::new()));
    }

    #[test]
    fn a_tick_decides() {
        let decided = sheet(|sheet| sheet.replace("- [ ] B", "- [x] B")).unwrap();
        assert_eq!(decided[0].verdict, Verdict::Take(1));
        let own = sheet(|sheet| {
            sheet.replace("- [ ] other:", "- [x] other: The board can approve grants.")
        })
        .unwrap();
        assert_eq!(
            own[0].verdict,
            Verdict::Own("The board can approve grants.".to_owned())
        );
    }

    #[test]
    fn keeping_needs_a_reason_and_options_keep_their_words() {
        let kept = sheet(|sheet| sheet.replace("- [ ] keep", "- [x] keep")).unwrap_err();
        assert!(kept.what.contains("give a reason"), "{kept}");
        let changed = sheet(|sheet| sheet.replace("may approve", "might approve")).unwrap_err();
        assert!(changed.what.contains("option A was changed"), "{changed}");
        let two = sheet(|sheet| {
            sheet
                .replace("- [ ] A", "- [x] A")
                .replace("- [ ] B", "- [x] B")
        })
        .unwrap_err();
        assert!(two.what.contains("more than one tick"), "{two}");
    }
}
