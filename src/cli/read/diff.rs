//! `onetext diff`: what differs between two texts of a question, in passages and words.

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::opened::Opened;
use crate::cli::prose_diff::{PassageChange, changes, only_layout, print};
use crate::cli::{Page, Report, Session};
use crate::narrative::question::Question;
use crate::prose::Prose;
use crate::store::Repository;

/// Show what differs between a draft and the agreed text, two drafts, or revisions of either
///
/// Passages come first, then the words within them; `>` and `<` mark what moved. Wrapping is no difference.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The question, by number, folder or name
    question: String,
    /// Contributors: of one, her draft against the agreed text; of two, the second's draft against the first's; of none,
    /// every draft against the agreed text
    #[arg(num_args = 0..=2)]
    contributors: Vec<String>,
    /// Compare with the text as it was at this commit, branch or release
    #[arg(long, value_name = "REV")]
    from: Option<String>,
    /// Compare with the text as it is at this commit, branch or release; the files on disk if not given
    #[arg(long, value_name = "REV", requires = "from")]
    to: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Differences {
    question: String,
    comparisons: Vec<Comparison>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Comparison {
    before: String,
    after: String,
    only_layout: bool,
    changes: Vec<PassageChange>,
}

/// A text and what it is called.
struct Named {
    name: String,
    text: Prose,
}

/// Runs the command.
///
/// # Errors
///
/// A question, contributor or revision is not there, or a text cannot be read.
pub fn run(args: DiffArgs, session: &Session) -> Result<Outcome, CommandError> {
    let now = match &args.to {
        Some(revision) => at(session, revision)?,
        None => Opened::in_work_tree(session)?,
    };
    let question = now.question(&args.question)?;
    let pairs = match &args.from {
        Some(revision) => {
            let old = at(session, revision)?;
            let before = old.question(&args.question)?;
            let later = args.to.as_deref().unwrap_or("now");
            vec![(
                text(&old, before, args.contributors.first(), revision)?,
                text(&now, question, args.contributors.first(), later)?,
            )]
        }
        None => pairs(&now, question, &args.contributors)?,
    };
    let comparisons = pairs
        .into_iter()
        .map(|(before, after)| compared(&before, &after))
        .collect();
    session.show(&Differences {
        question: question.id.to_string(),
        comparisons,
    })?;
    Ok(Outcome::Done)
}

fn at(session: &Session, revision: &str) -> Result<Opened, CommandError> {
    let repository = Repository::open(session.dir())?;
    let commit = repository.resolve(revision)?;
    Opened::at(repository, commit)
}

fn pairs(
    opened: &Opened,
    question: &Question,
    who: &[String],
) -> Result<Vec<(Named, Named)>, CommandError> {
    let draft = |who: &String| text(opened, question, Some(who), "");
    let agreed = || text(opened, question, None, "");
    match who {
        [] => {
            let drafts = question.drafts.keys().map(ToString::to_string);
            drafts.map(|who| Ok((agreed()?, draft(&who)?))).collect()
        }
        [one] => Ok(vec![(agreed()?, draft(one)?)]),
        [first, second, ..] => Ok(vec![(draft(first)?, draft(second)?)]),
    }
}

/// A contributor's draft, or the agreed text, which may be empty.
fn text(
    opened: &Opened,
    question: &Question,
    who: Option<&String>,
    at: &str,
) -> Result<Named, CommandError> {
    let suffix = if at.is_empty() {
        String::new()
    } else {
        format!(" at {at}")
    };
    Ok(match who {
        Some(who) => {
            let who = opened.drafter(question, who)?;
            let text = Prose::parse(&question.drafts[&who].text);
            Named {
                name: format!("{who}'s draft{suffix}"),
                text,
            }
        }
        None => {
            let text = question.agreed.as_ref().map_or("", |text| &text.text);
            Named {
                name: format!("the agreed text{suffix}"),
                text: Prose::parse(text),
            }
        }
    })
}

fn compared(before: &Named, after: &Named) -> Comparison {
    Comparison {
        only_layout: only_layout(&before.text, &after.text),
        changes: changes(&before.text, &after.text),
        before: before.name.clone(),
        after: after.name.clone(),
    }
}

impl Report for Differences {
    fn print(&self, page: &mut Page) {
        page.heading(&self.question);
        if self.comparisons.is_empty() {
            page.line("There are no drafts yet.");
        }
        for comparison in &self.comparisons {
            page.blank()
                .strong(format!(
                    "from {} to {}",
                    comparison.before, comparison.after
                ))
                .end();
            match (comparison.changes.is_empty(), comparison.only_layout) {
                (true, true) => page.line("  no difference but wrapping or spacing"),
                (true, false) => page.line("  no difference"),
                _ => page,
            };
            print(&comparison.changes, page);
        }
    }
}
