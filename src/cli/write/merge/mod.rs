//! `onetext merge`: folds what is clean and lists what must be chosen.

mod print;

use clap::Args;
use serde::Serialize;

use crate::cli::Session;
use crate::cli::agreeing::again;
use crate::cli::deciding::earlier::posed;
use crate::cli::error::{CommandError, Outcome};
use crate::cli::fold::{Later, Planned, Standing, commit, header, standing};
use crate::cli::opened::Opened;
use crate::cli::prose_diff::{Kind, changes};
use crate::collate::Row;
use crate::merge::choice::decision::{Earlier, Posed};
use crate::merge::choice::sheet;
use crate::merge::{NoteKind, Origin, Part};
use crate::narrative::id::MemberId;
use crate::narrative::question::Question;
use crate::prose::Prose;
use crate::provenance::account::of_merge;
use crate::provenance::table::Table;

/// Fold the drafts into the agreed texts and list the choices left
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The questions, by number, folder or name; all if none is named
    questions: Vec<String>,
    /// Show what would be done and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Merged {
    questions: Vec<OneMerged>,
    dry_run: bool,
    next: Option<String>,
}

/// What became of one question.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct OneMerged {
    question: String,
    state: State,
    commit: Option<String>,
    drafts: usize,
    changed: usize,
    composed: Vec<String>,
    notes: Vec<String>,
    choices: Vec<Open>,
    /// The members that stand somewhere on words that the fold changes.
    asked_again: Vec<MemberId>,
}

#[derive(Serialize, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum State {
    NoDrafts,
    FirstRound,
    NothingNew,
    /// The drafts agree, and are the first agreed text.
    Begun,
    Folded,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Open {
    id: String,
    asks: &'static str,
    now: String,
    alternatives: Vec<String>,
    earlier: Option<Earlier>,
}

/// Runs the command.
///
/// # Errors
///
/// The narrative cannot be read, or a fold cannot be committed.
pub fn run(args: MergeArgs, session: &Session) -> Result<Outcome, CommandError> {
    let opened = Opened::at_head(session)?;
    opened.repository.check_writable()?;
    let mut at = opened;
    let names: Vec<String> = at
        .questions(&args.questions)?
        .iter()
        .map(|question| question.id.to_string())
        .collect();
    let mut questions = Vec::new();
    let progress = session.progress(names.len());
    for name in &names {
        progress.doing(name);
        let one = one(&at, at.question(name)?, &args)?;
        if one.commit.is_some() {
            let head = at.repository.head()?;
            at = Opened::at(at.repository, head)?;
        }
        questions.push(one);
        progress.step();
    }
    drop(progress);
    let open = questions
        .iter()
        .find(|one| one.state == State::FirstRound || !one.choices.is_empty());
    let outcome = if open.is_some() {
        Outcome::DecisionNeeded
    } else {
        Outcome::Done
    };
    let next = open.map(|one| format!("onetext decide {}", one.question));
    session.show(&Merged {
        questions,
        dry_run: args.dry_run,
        next,
    })?;
    Ok(outcome)
}

fn one(opened: &Opened, question: &Question, args: &MergeArgs) -> Result<OneMerged, CommandError> {
    let table = opened.table(question)?;
    let mut out = OneMerged::unchanged(question, &table);
    let planned = match standing(&opened.narrative.config.merge, question, &table) {
        Standing::Empty => {
            out.state = State::NoDrafts;
            return Ok(out);
        }
        Standing::First(rows) if !agree(&rows, table.seats.len()) => {
            out.state = State::FirstRound;
            out.choices = rows.iter().map(passage).collect();
            return Ok(out);
        }
        Standing::First(_) => {
            out.state = State::Begun;
            out.changed = table.seats[0].draft.passages().count();
            first(opened, question, &table)?
        }
        Standing::Later(later) => {
            let posed = posed(question, later.merge.choices());
            out.choices = posed.into_iter().map(open).collect();
            // Other rules, or a draft that was taken back, may let through what waited.
            let text = later.text(&[])?;
            if !table.has_news() && text == later.agreed.source() {
                return Ok(out);
            }
            out.state = State::Folded;
            out.changed = changed(&later.agreed, &Prose::parse(&text));
            out.describe(&later);
            later_fold(opened, question, (&table, &later))?
        }
    };
    out.asked_again = again::asked_again(opened, question, &planned)?;
    if !args.dry_run {
        out.commit = Some(commit(opened, question, &planned)?.as_str().to_owned());
    }
    Ok(out)
}

/// A fold of what is clean in a merge.
fn later_fold(
    opened: &Opened,
    question: &Question,
    (table, later): (&Table, &Later),
) -> Result<Planned, CommandError> {
    let text = later.text(&[])?;
    let header = header(opened, question, Some(&text))?;
    let subject = format!("fold {} of {}", header.number, question.id);
    let fold = of_merge(header, table, &later.merge, &[]);
    Ok(Planned {
        text: Some(text),
        fold,
        subject,
    })
}

/// How many passages a reader finds changed; what moved counts once.
fn changed(before: &Prose, after: &Prose) -> usize {
    let changes = changes(before, after).into_iter();
    changes
        .filter(|change| change.change != Kind::MovedAway)
        .count()
}

impl OneMerged {
    fn unchanged(question: &Question, table: &Table) -> Self {
        Self {
            question: question.id.to_string(),
            state: State::NothingNew,
            commit: None,
            drafts: table.seats.len(),
            changed: 0,
            composed: Vec::new(),
            notes: Vec::new(),
            choices: Vec::new(),
            asked_again: Vec::new(),
        }
    }
}

/// Whether everybody says everything in the same words.
fn agree(rows: &[Row], people: usize) -> bool {
    rows.iter()
        .all(|row| row.variants.len() == 1 && row.variants[0].who.len() == people)
}

/// The first fold of drafts that are all the same, or of a single one.
fn first(opened: &Opened, question: &Question, table: &Table) -> Result<Planned, CommandError> {
    let text = table.seats[0].draft.source().to_owned();
    let header = header(opened, question, Some(&text))?;
    let subject = format!(
        "fold {} of {}: the first agreed text",
        header.number, question.id
    );
    let fold = of_merge(header, table, &crate::merge::Merge::default(), &[]);
    Ok(Planned {
        text: Some(text),
        fold,
        subject,
    })
}

fn passage(row: &Row) -> Open {
    let who = |people: &crate::merge::People| people.iter().cloned().collect::<Vec<_>>().join(", ");
    Open {
        id: row.variants[0].id.clone(),
        asks: "take this passage?",
        now: String::new(),
        alternatives: row
            .variants
            .iter()
            .map(|v| format!("({}): {}", who(&v.who), v.unit.text()))
            .collect(),
        earlier: None,
    }
}

fn open(Posed { choice, earlier }: Posed<'_>) -> Open {
    Open {
        id: choice.id.clone(),
        asks: sheet::asked(choice),
        now: sheet::stands(choice),
        alternatives: sheet::options(choice),
        earlier,
    }
}

impl OneMerged {
    fn describe(&mut self, later: &Later) {
        for part in &later.merge.parts {
            if let Part::Unit(unit, Origin::Composed(who)) = part {
                let who: Vec<&str> = who.iter().map(String::as_str).collect();
                let passage = sheet::on_one_line(unit.text());
                self.composed
                    .push(format!("{passage} ({})", who.join(", ")));
            }
        }
        self.notes = later
            .merge
            .notes
            .iter()
            .map(|note| {
                let who: Vec<&str> = note.who.iter().map(String::as_str).collect();
                let what = what(note.kind);
                let passage = sheet::on_one_line(&note.passage);
                format!("{what} ({}): {passage}", who.join(", "))
            })
            .collect();
    }
}

/// What a note tells.
fn what(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Deleted => "deleted",
        NoteKind::OrderChosen => "the order of these additions was chosen by their text",
        NoteKind::MoveDropped => "stays where it was, since its new place is contested",
        NoteKind::StructureContested => "the kind of this block is contested, so it stays",
        NoteKind::SurfaceDropped => {
            "a change of typography alone was dropped, since others changed this too"
        }
        NoteKind::MoveProposed => "stays where it was, since too few have asked to move it yet",
        NoteKind::StructureProposed => {
            "this block stays as it is, since too few have asked to change it yet"
        }
        NoteKind::Unreferenced => "nothing refers to this footnote any more",
        NoteKind::ContextGone => "context gone: what stood before this addition was deleted",
    }
}
