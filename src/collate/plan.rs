//! The first agreed text, chosen passage by passage: a list to be edited, in the manner of an interactive rebase.
//!
//! One line per wording. Lines go from top to bottom as the text will; moving a line moves the passage. What is left
//! `open`, or whose line is taken out, stays open: nothing is lost by it.
//!
//! **Invariant:** reading what was written gives the same steps.

use std::collections::BTreeMap;

use crate::prose::unit::{Mark, Shared, Unit};

use super::{Grade, Row, Variant};

/// One line of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A new block starts.
    Block(Mark),
    /// The passage stands as it is.
    Take(String),
    /// The passage is said by one that stands, in other words.
    Like(String),
    /// The passage is declined, for this reason.
    Decline(String, String),
    /// The passage is put aside.
    Park(String),
    /// The passage stays open.
    Open(String),
    /// The facilitator's own wording stands.
    Own(String),
}

/// Why a plan cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct PlanError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

/// The plan that the rows suggest: what all say in the same words stands, the rest is open.
pub fn suggest(rows: &[Row], people: usize) -> Vec<Step> {
    let mut out = Vec::new();
    for row in rows {
        let block = row.variants[0].mark.clone();
        out.extend(block.map(Step::Block));
        for variant in &row.variants {
            let all = variant.grade == Grade::Centre && variant.who.len() == people;
            let id = variant.id.clone();
            out.push(if all { Step::Take(id) } else { Step::Open(id) });
        }
    }
    out
}

const HELP: &str = "\
# Choose which passages stand, and in which order: lines go from top to bottom as the text will.
#   take ID      the passage stands as it is
#   like ID      it is said by one that stands, in other words
#   decline ID because REASON
#   park ID      put it aside for a later fold
#   open ID      decide nothing yet (a line taken out means the same)
#   own TEXT     a wording of your own; it is marked as yours
#   paragraph, item, number, quote, heading 2: a new block starts; `item 2` stands within an item, `item to-do` and
#   `item done` are tasks
# What follows an ID is for reading only. Lines that start with # are passed over.
";

/// Writes a plan as the list that people edit.
pub fn write(title: &str, steps: &[Step], rows: &[Row]) -> String {
    let known = known(rows);
    let mut out = format!("# {}\n{HELP}", title.replace('\n', " "));
    for step in steps {
        let line = match step {
            Step::Block(mark) => format!("\n{}", block_name(mark)),
            Step::Take(id) => described("take", id, &known),
            Step::Like(id) => described("like", id, &known),
            Step::Park(id) => described("park", id, &known),
            Step::Open(id) => described("open", id, &known),
            Step::Decline(id, reason) => format!("decline {id} because {reason}"),
            Step::Own(text) => format!("own {text}"),
        };
        out.push_str(&line);
        out.push('\n');
    }
    out
}

fn described(verb: &str, id: &str, known: &BTreeMap<&str, &Variant>) -> String {
    let Some(variant) = known.get(id) else {
        return format!("{verb} {id}");
    };
    let who: Vec<&str> = variant.who.iter().map(String::as_str).collect();
    let contrasts: Vec<String> = variant.contrasts.iter().map(ToString::to_string).collect();
    let note = match (variant.grade, contrasts.is_empty()) {
        (Grade::Centre, _) => String::new(),
        (Grade::Near, true) => " (nearly the same as the line above)".to_owned(),
        (Grade::Reworded, true) => " (perhaps the same as above)".to_owned(),
        (_, false) => format!(
            " (same topic as above, differs in: {})",
            contrasts.join("; ")
        ),
    };
    let text = variant.unit.text().replace('\n', " ");
    format!("{verb} {id} {}{note}: {text}", who.join(","))
}

/// Reads an edited list.
///
/// # Errors
///
/// A line has no known verb, an id that is not among the rows, an id that another line has, or no reason.
pub fn read(text: &str, rows: &[Row]) -> Result<Vec<Step>, PlanError> {
    let known = known(rows);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut out = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |what: String| PlanError { line: at + 1, what };
        let step = step(line).map_err(wrong)?;
        if let Some(id) = step.id() {
            if !known.contains_key(id) {
                return Err(wrong(format!("there is no passage `{id}`")));
            }
            if let Some(first) = seen.insert(id.to_owned(), at + 1) {
                return Err(wrong(format!(
                    "the passage `{id}` stands on line {first} already"
                )));
            }
        }
        out.push(step);
    }
    Ok(out)
}

fn known(rows: &[Row]) -> BTreeMap<&str, &Variant> {
    rows.iter()
        .flat_map(|row| &row.variants)
        .map(|variant| (variant.id.as_str(), variant))
        .collect()
}

impl Step {
    /// The passage that the line speaks of.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Take(id)
            | Self::Like(id)
            | Self::Decline(id, _)
            | Self::Park(id)
            | Self::Open(id) => Some(id),
            Self::Block(_) | Self::Own(_) => None,
        }
    }
}

fn step(line: &str) -> Result<Step, String> {
    let (verb, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let id = rest.split_whitespace().next().unwrap_or("").to_owned();
    match verb {
        "take" | "t" => Ok(Step::Take(id)),
        "like" | "l" => Ok(Step::Like(id)),
        "park" | "p" => Ok(Step::Park(id)),
        "open" | "o" => Ok(Step::Open(id)),
        "decline" | "d" => {
            let reason = rest
                .split_once(" because ")
                .map_or("", |(_, reason)| reason)
                .trim();
            if reason.is_empty() {
                return Err(format!(
                    "`decline {id}` needs a reason: `decline {id} because …`"
                ));
            }
            Ok(Step::Decline(id, reason.to_owned()))
        }
        "own" if !rest.is_empty() => Ok(Step::Own(rest.to_owned())),
        "own" => Err("`own` needs a wording after it".to_owned()),
        _ => block(verb, rest).map(Step::Block),
    }
}

/// What an item of a numbered list is called.
const NUMBER: &str = "number";

fn block_name(mark: &Mark) -> String {
    match mark {
        Mark::Heading(level) => format!("heading {level}"),
        Mark::Item {
            depth,
            ordered,
            task,
        } => {
            let name = if *ordered { NUMBER } else { "item" };
            let deeper = if *depth > 1 {
                format!(" {depth}")
            } else {
                String::new()
            };
            let task = task.map_or("", |done| if done { " done" } else { " to-do" });
            format!("{name}{deeper}{task}")
        }
        Mark::Quote => "quote".to_owned(),
        Mark::Footnote(label) => format!("footnote {label}"),
        Mark::Paragraph => "paragraph".to_owned(),
        Mark::Continuation(depth) => format!("paragraph {depth}"),
    }
}

/// An item with what stands after its name: how deep it is, if not 1, and whether it is a task that is done.
fn item(name: &str, rest: &str) -> Result<Mark, String> {
    let (mut depth, mut task) = (1, None);
    for word in rest.split_whitespace() {
        match (word, word.parse()) {
            ("done", _) => task = Some(true),
            ("to-do", _) => task = Some(false),
            (_, Ok(typed @ 1..)) => depth = typed,
            _ => {
                return Err(format!(
                    "`{word}` is no depth of an item, `done` or `to-do`"
                ));
            }
        }
    }
    Ok(Mark::Item {
        depth,
        ordered: name == NUMBER,
        task,
    })
}

fn block(name: &str, rest: &str) -> Result<Mark, String> {
    match name {
        "paragraph" | "para" if rest.is_empty() => Ok(Mark::Paragraph),
        "paragraph" | "para" => match rest.parse() {
            Ok(depth @ 1..) => Ok(Mark::Continuation(depth)),
            _ => Err("`paragraph` may have the depth of the item that it goes on in".to_owned()),
        },
        "item" | NUMBER => item(name, rest),
        "quote" => Ok(Mark::Quote),
        "footnote" if !rest.is_empty() => Ok(Mark::Footnote(rest.to_owned())),
        "heading" => match rest.parse() {
            Ok(level @ 1..=6) => Ok(Mark::Heading(level)),
            _ => Err("`heading` needs a level from 1 to 6".to_owned()),
        },
        _ => Err(format!(
            "`{name}` is not one of take, like, decline, park, open, own, paragraph, item, number, quote, heading"
        )),
    }
}

/// The wordings that a plan confirms to be said by one that stands, each with the id of that one.
///
/// A wording of a row of which none stands is said by the last passage above it that does.
pub fn confirmed(steps: &[Step], rows: &[Row]) -> BTreeMap<String, String> {
    let mut row_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        row_of.extend(row.variants.iter().map(|variant| (&*variant.id, at)));
    }
    let mut out = BTreeMap::new();
    let mut last: Option<&String> = None;
    for step in steps {
        if let Step::Take(id) = step {
            last = Some(id);
        }
        let Step::Like(id) = step else { continue };
        let row = row_of.get(&**id);
        let beside = steps.iter().find_map(|step| match step {
            Step::Take(taken) if row_of.get(&**taken) == row => Some(taken),
            _ => None,
        });
        if let Some(stands) = beside.or(last) {
            out.insert(id.clone(), stands.clone());
        }
    }
    out
}

/// The units that a plan lets stand.
pub fn units(steps: &[Step], rows: &[Row]) -> Vec<Shared> {
    let known = known(rows);
    let mut out = Vec::new();
    for step in steps {
        match step {
            Step::Block(mark) => out.push(Unit::mark(mark.clone())),
            Step::Take(id) => {
                out.extend(known.get(id.as_str()).map(|variant| variant.unit.clone()));
            }
            Step::Own(text) => out.extend(own(text)),
            Step::Like(_) | Step::Decline(..) | Step::Park(_) | Step::Open(_) => {}
        }
    }
    crate::prose::write::close(&out)
}

/// The passages of a wording of the facilitator's own.
pub fn own(text: &str) -> Vec<Shared> {
    crate::prose::sentence::sentences(text)
        .into_iter()
        .map(|range| Unit::sentence(&text[range]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::{Draft, collate};
    use crate::prose::Prose;

    fn rows() -> Vec<Row> {
        let ana = Prose::parse("It is small. It grows fast.\n\n- One item here.\n");
        let bo = Prose::parse("It is small. Nobody knows its size.\n");
        collate(&[Draft::new("ana", &ana), Draft::new("bo", &bo)])
    }

    #[test]
    fn a_plan_reads_back_as_it_was_written() {
        let rows = rows();
        let steps = suggest(&rows, 2);
        assert_eq!(read(&write("Q", &steps, &rows), &rows).unwrap(), steps);
        assert!(steps.contains(&Step::Take(rows[0].variants[0].id.clone())));
    }

    #[test]
    fn lists_within_lists_and_tasks_stay_what_they_are() {
        let text = "- One.\n\n  More on it.\n\n  - [x] Two.\n  - [ ] Three.\n\n1. Four.\n";
        let ana = Prose::parse(text);
        let bo = Prose::parse("Something else entirely.\n");
        let rows = collate(&[Draft::new("ana", &ana), Draft::new("bo", &bo)]);
        let steps = suggest(&rows, 2);
        let read = read(&write("Q", &steps, &rows), &rows).unwrap();
        assert_eq!(read, steps);
        for mark in ana.units().iter().filter_map(|unit| unit.as_mark()) {
            assert!(read.contains(&Step::Block(mark.clone())), "{mark:?}");
        }
        assert!(block("item", "deep").is_err());
    }

    #[test]
    fn a_suggestion_counts_when_it_is_confirmed() {
        let ana = Prose::parse("About forty firms take part.\n");
        let bo = Prose::parse("About forty companies take part.\n");
        let rows = collate(&[Draft::new("ana", &ana), Draft::new("bo", &bo)]);
        let [centre, other] = &rows[0].variants[..] else {
            panic!("the wordings stand in one row: {rows:?}");
        };
        let take = Step::Take(centre.id.clone());
        let said = |other| confirmed(&[take.clone(), other], &rows);
        assert!(said(Step::Open(other.id.clone())).is_empty());
        let confirmed = said(Step::Like(other.id.clone()));
        assert_eq!(confirmed.get(&other.id), Some(&centre.id));
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        let rows = rows();
        let error = |text: &str| read(text, &rows).unwrap_err().to_string();
        assert_eq!(
            error("take 00000000"),
            "line 1: there is no passage `00000000`"
        );
        let id = &rows[0].variants[0].id;
        assert_eq!(
            error(&format!("# x\ndecline {id}")),
            format!("line 2: `decline {id}` needs a reason: `decline {id} because …`")
        );
        assert!(error("tkae x").starts_with("line 1: `tkae` is not one of take"));
    }
}
