//! Where notes and links lead, which texts say at their end: each answer gets what it refers to.

use std::collections::{BTreeMap, BTreeSet};

use crate::reply::line::Line;

use super::{Mark, Rest, Split, Why};

/// What a footnote says or where a link leads, and the lines on which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    label: String,
    from: usize,
    to: usize,
    text: String,
}

/// Takes definitions out of the sender's own lines.
pub fn take(lines: &[Line], marks: &mut [Mark]) -> Vec<Definition> {
    let mut out: Vec<Definition> = Vec::new();
    let mut open = false;
    for (line, mark) in lines.iter().zip(marks) {
        let own = *mark == Mark::Own && line.quote == 0 && !line.is_blank();
        let label = label(&line.text).filter(|_| own);
        let goes_on = open && own && (label.is_none() || line.text.starts_with(' '));
        match (label, out.last_mut()) {
            (_, Some(last)) if goes_on => {
                last.to = line.number;
                last.text.push('\n');
                last.text.push_str(&line.text);
            }
            (Some(label), _) => out.push(Definition {
                label,
                from: line.number,
                to: line.number,
                text: line.text.trim_start().to_owned(),
            }),
            _ => {
                open = false;
                continue;
            }
        }
        open = out.last().is_some_and(|last| last.label.starts_with('^'));
        *mark = Mark::Definition;
    }
    out
}

/// What a line defines, in small letters: `^1` for `[^1]: Counted in May.`
fn label(line: &str) -> Option<String> {
    let text = line.trim_start();
    let (label, rest) = text.strip_prefix('[')?.split_once("]:")?;
    let leads = rest
        .split_whitespace()
        .next()
        .is_some_and(|to| to.contains([':', '/']));
    let sound =
        line.len() - text.len() < 4 && !label.trim().is_empty() && !label.contains(['[', ']']);
    let note = label.len() > 1 && label.starts_with('^') && !rest.trim().is_empty();
    (sound && (note || leads)).then(|| label.to_lowercase())
}

/// The labels that a text refers to.
fn references(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split('[').skip(1);
    parts.filter_map(|part| Some(part.split_once(']')?.0.to_lowercase()))
}

/// Puts each definition below the texts that refer to it; what nothing refers to could not be placed.
pub fn give(definitions: &[Definition], split: &mut Split) {
    let mut of: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, definition) in definitions.iter().enumerate() {
        of.entry(&definition.label).or_insert(at);
    }
    let mut given = BTreeSet::new();
    let answers = split.answers.iter_mut().map(|answer| &mut answer.text);
    let rest = split.rest.iter_mut().map(|rest| &mut rest.text);
    for text in answers.chain(rest) {
        let mut wanted = BTreeSet::new();
        let mut due: Vec<String> = references(text).collect();
        while let Some(label) = due.pop() {
            if let Some(&at) = of.get(label.as_str())
                && wanted.insert(at)
            {
                due.extend(references(&definitions[at].text));
            }
        }
        for at in &wanted {
            text.push_str("\n\n");
            text.push_str(&definitions[*at].text);
        }
        given.extend(wanted);
    }
    let left = (0..definitions.len()).filter(|at| !given.contains(at));
    split.rest.extend(left.map(|at| Rest {
        from: definitions[at].from,
        to: definitions[at].to,
        text: definitions[at].text.clone(),
        why: Why::NowhereReferred,
    }));
    split.rest.sort_by_key(|rest| rest.from);
}
