//! `onetext compare`: all drafts of a question side by side.

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::opened::Opened;
use crate::cli::{Count, Page, Report, Role, Session};
use crate::collate::{Contrast, Draft, Grade, Row, Variant, collate};
use crate::prose::Prose;

/// Set the drafts of a question side by side
///
/// Shows what all say, what is said in several wordings, and what one says. That two wordings mean the same is a
/// suggestion by their words alone; negations, numbers and modal verbs that differ are named.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The question, by number, folder or name
    question: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Compared {
    question: String,
    asked: String,
    drafts: Vec<Drafted>,
    said_by_all: Vec<Passage>,
    said_with_variants: Vec<Passage>,
    said_by_several: Vec<Passage>,
    said_by_one: Vec<Passage>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Drafted {
    contributor: String,
    words: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Passage {
    wordings: Vec<Wording>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Wording {
    id: String,
    text: String,
    contributors: Vec<String>,
    likeness: &'static str,
    differs_in: Vec<Contrast>,
}

/// Runs the command.
///
/// # Errors
///
/// There is no such question, or the narrative cannot be read.
pub fn run(args: CompareArgs, session: &Session) -> Result<Outcome, CommandError> {
    let opened = Opened::in_work_tree(session)?;
    let question = opened.question(&args.question)?;
    if question.drafts.is_empty() {
        let error = CommandError::usage(format!("question `{}` has no drafts yet", question.id));
        return Err(error.next(format!("onetext draft {}", question.id.number())));
    }
    let texts: Vec<(String, Prose)> = question
        .drafts
        .iter()
        .map(|(who, text)| (who.to_string(), Prose::parse(&text.text)))
        .collect();
    let drafts: Vec<Draft<'_>> = texts
        .iter()
        .map(|(who, text)| Draft::new(who, text))
        .collect();
    let mut report = Compared {
        question: question.id.to_string(),
        asked: question.asked.clone(),
        drafts: texts
            .iter()
            .map(|(who, text)| Drafted {
                contributor: who.clone(),
                words: text.words(),
            })
            .collect(),
        said_by_all: Vec::new(),
        said_with_variants: Vec::new(),
        said_by_several: Vec::new(),
        said_by_one: Vec::new(),
    };
    for row in collate(&drafts) {
        report.place(&row, drafts.len());
    }
    session.show(&report)?;
    Ok(Outcome::Done)
}

impl Compared {
    fn place(&mut self, row: &Row, people: usize) {
        let passage = Passage {
            wordings: row.variants.iter().map(wording).collect(),
        };
        let group = match row.variants.as_slice() {
            [only] if only.who.len() == people && people > 1 => &mut self.said_by_all,
            [only] if only.who.len() == 1 => &mut self.said_by_one,
            [_] => &mut self.said_by_several,
            _ => &mut self.said_with_variants,
        };
        group.push(passage);
    }
}

fn wording(variant: &Variant) -> Wording {
    Wording {
        id: variant.id.clone(),
        text: variant.unit.text().to_owned(),
        contributors: variant.who.iter().cloned().collect(),
        likeness: match variant.grade {
            Grade::Centre => "same",
            Grade::Near => "nearly the same",
            Grade::Suggested => "suggested by its words",
        },
        differs_in: variant.contrasts.clone(),
    }
}

impl Report for Compared {
    fn print(&self, page: &mut Page) {
        page.heading(&self.question);
        page.block("", &self.asked).blank();
        let drafts: Vec<String> = self
            .drafts
            .iter()
            .map(|draft| {
                format!(
                    "{} ({})",
                    draft.contributor,
                    Count(draft.words, "word", "words")
                )
            })
            .collect();
        page.line(drafts.join(", "));
        let groups = [
            ("Said by all", &self.said_by_all),
            (
                "Said with variants (a suggestion, to be confirmed)",
                &self.said_with_variants,
            ),
            ("Said by several", &self.said_by_several),
            ("Said by one", &self.said_by_one),
        ];
        for (title, passages) in groups
            .into_iter()
            .filter(|(_, passages)| !passages.is_empty())
        {
            page.blank().heading(format!("{title}: {}", passages.len()));
            passages.iter().for_each(|passage| passage.print(page));
        }
    }
}

impl Passage {
    fn print(&self, page: &mut Page) {
        for (at, wording) in self.wordings.iter().enumerate() {
            let contrasts: Vec<String> =
                wording.differs_in.iter().map(ToString::to_string).collect();
            page.plain(if at == 0 { "- " } else { "  ~ " })
                .name(wording.contributors.join(", "));
            if at > 0 {
                page.faint(format!(" {}", wording.likeness));
            }
            if !contrasts.is_empty() {
                page.text(
                    Role::Warning,
                    format!(" differs in {}", contrasts.join(" and ")),
                );
            }
            page.end()
                .block(if at == 0 { "  " } else { "    " }, &wording.text);
        }
    }
}
