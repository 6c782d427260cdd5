//! `onetext status`: the board, and the one next command.

mod board;
mod links;
mod members;

use clap::Args;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::opened::Opened;
use crate::cli::{Count, Page, Report, Role, Session};

use board::{Board, Row, State, board};
use members::Members;

/// Drafts of one question that are listed in full on the board.
const LISTED: usize = 3;

/// Show how every question stands, and what to do next
///
/// A `+` marks a draft that no merge has considered as it is now. Where members are asked to agree, each question shows who
/// has answered; one question by itself shows who is to be asked again and what has changed since.
#[derive(Debug, Default, Args)]
pub struct StatusArgs {
    /// The questions, by number, folder or name; all if none is named
    questions: Vec<String>,
    /// Show where drafts are written in the browser: a page of the forge for each question
    #[arg(long)]
    links: bool,
    /// Whose drafts the links are for; by default found from your git identity
    #[arg(long = "as", value_name = "CONTRIBUTOR", requires = "links")]
    contributor: Option<String>,
}

/// Runs the command.
///
/// # Errors
///
/// There is no narrative, it has problems, a question is not there, or the forge of the links is not known.
pub fn run(args: StatusArgs, session: &Session) -> Result<Outcome, CommandError> {
    let opened = Opened::in_work_tree(session)?;
    if args.links {
        let who = args.contributor.as_deref();
        session.show(&links::links(&opened, who, &args.questions)?)?;
    } else {
        session.show(&board(&opened, &args.questions)?)?;
    }
    Ok(Outcome::Done)
}

impl Report for Board {
    fn print(&self, page: &mut Page) {
        page.heading(&self.title).blank();
        match self.questions.as_slice() {
            [] => drop(page.line("no questions yet")),
            [one] => one.print(page),
            several => table(several, page),
        }
        page.blank();
        if !self.uncommitted.is_empty() {
            let files = Count(self.uncommitted.len(), "file", "files");
            page.text(Role::Warning, format!("not committed: {files}"))
                .end();
        }
        if self.errors > 0 {
            let errors = Count(self.errors, "error", "errors");
            page.text(Role::Error, errors).line(" in `onetext check`");
        }
        page.text(Role::Hint, "next:")
            .plain(" ")
            .strong(&self.next)
            .end();
    }
}

fn table(rows: &[Row], page: &mut Page) {
    let asked = rows.iter().any(|row| row.members.is_some());
    let titles = ["question", "state", "agreed", "open", "sources"];
    let members = asked.then_some("members");
    let titles = titles.into_iter().chain(members).chain(["drafts"]);
    let head = titles
        .map(|title| (Role::Faint, title.to_owned()))
        .collect();
    let rows = rows.iter().map(|row| {
        let state = (look(row.state), row.state.words().to_owned());
        let sources = match row.sources() {
            None => (Role::Faint, "-".to_owned()),
            Some(wanting) => (Role::Warning, wanting),
        };
        let mut cells = vec![
            (Role::Name, row.question.clone()),
            state,
            (Role::Plain, row.agreed()),
            (
                Role::Plain,
                row.open_choices
                    .map_or("-".to_owned(), |open| open.to_string()),
            ),
            sources,
        ];
        let members = row.members.as_ref();
        let members = members.map_or("-".to_owned(), Members::cell);
        cells.extend(asked.then_some((Role::Plain, members)));
        cells.push((Role::Plain, row.drafts()));
        cells
    });
    let rows: Vec<_> = [head].into_iter().chain(rows).collect();
    page.columns(&rows);
}

fn look(state: State) -> Role {
    match state {
        State::NoDrafts => Role::Faint,
        State::ToMerge | State::ToDecide | State::ToAgree => Role::Strong,
        State::Merged | State::Agreed | State::NoObjection => Role::Good,
        State::Withdrawn => Role::Warning,
    }
}

impl Row {
    fn agreed(&self) -> String {
        self.agreed_words.map_or("-".to_owned(), |words| {
            Count(words, "word", "words").to_string()
        })
    }

    /// What the sources want; nothing if all is well.
    fn sources(&self) -> Option<String> {
        let (missing, past) = (self.figures_without_source, self.sources_past_review.len());
        let missing = (missing > 0).then(|| format!("{missing} missing"));
        let past = (past > 0).then(|| format!("{past} past review"));
        let wanting: Vec<String> = missing.into_iter().chain(past).collect();
        (!wanting.is_empty()).then(|| wanting.join(", "))
    }

    fn drafts(&self) -> String {
        let new: Vec<&str> = self
            .drafts
            .iter()
            .filter(|draft| draft.new)
            .map(|draft| &*draft.contributor)
            .collect();
        let mark = |new: bool| if new { "+" } else { "" };
        match self.drafts.len() {
            0 => "-".to_owned(),
            1..=LISTED => {
                let each = self.drafts.iter();
                let each = each.map(|draft| {
                    format!("{}{} {}", draft.contributor, mark(draft.new), draft.words)
                });
                each.collect::<Vec<_>>().join(", ")
            }
            many if new.is_empty() => many.to_string(),
            many => format!("{many}, new: {}", new.join(", ")),
        }
    }

    /// One question with a line for each draft.
    fn print(&self, page: &mut Page) {
        page.name(&self.question)
            .plain(": ")
            .text(look(self.state), self.state.words())
            .end();
        page.block("  ", &self.asked).blank();
        let mut rows = vec![vec![
            (Role::Plain, "agreed text".to_owned()),
            (Role::Plain, self.agreed()),
        ]];
        if let Some(open) = self.open_choices {
            let open = Count(open, "choice", "choices").to_string();
            rows.push(vec![(Role::Plain, "open".to_owned()), (Role::Plain, open)]);
        }
        if let Some(wanting) = self.sources() {
            rows.push(vec![
                (Role::Plain, "sources".to_owned()),
                (Role::Warning, wanting),
            ]);
        }
        for draft in &self.drafts {
            let words = Count(draft.words, "word", "words");
            let new = if draft.new { ", new" } else { "" };
            let name = format!("draft by {}", draft.contributor);
            rows.push(vec![
                (Role::Plain, name),
                (Role::Plain, format!("{words}{new}")),
            ]);
        }
        page.columns(&rows);
        if let Some(members) = &self.members {
            members.print(page);
        }
    }
}
