//! Where a contributor writes her drafts in the browser: a page of the forge for each question.

use serde::Serialize;

use crate::cli::error::CommandError;
use crate::cli::opened::Opened;
use crate::cli::{Page, Report, Role};
use crate::narrative::forge::Forge;
use crate::narrative::question::Question;
use crate::narrative::roster::Contributor;
use crate::store::CommitId;

/// The pages for one contributor.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Links {
    contributor: String,
    /// The branch that the pages are of.
    branch: String,
    questions: Vec<Link>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Link {
    question: String,
    asked: String,
    path: String,
    does: Does,
    link: String,
}

/// What a page does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Does {
    /// It begins a draft.
    New,
    /// It changes the one that is there.
    Edit,
}

/// Finds the pages for somebody, or for whoever is at work.
///
/// # Errors
///
/// The contributor is unknown, a question is not there, or the forge is not known.
pub fn links(
    opened: &Opened,
    typed: Option<&str>,
    questions: &[String],
) -> Result<Links, CommandError> {
    let who = contributor(opened, typed)?;
    let repository = &opened.repository;
    let remote = match repository.upstream()? {
        Some(upstream) => Some(upstream),
        None => repository.remote(None)?,
    };
    let address = remote
        .as_deref()
        .map(|remote| repository.remote_address(remote));
    let address = address.transpose()?.unwrap_or_default();
    let forge = Forge::of(&address, &opened.narrative.config.forge);
    let fetched = remote
        .as_deref()
        .map(|remote| repository.main_as_fetched(remote));
    let (branch, main) = match fetched.transpose()?.flatten() {
        Some((branch, main)) => (branch, Some(main)),
        None => ("main".to_owned(), repository.head().ok()),
    };
    let place = Place {
        opened,
        who,
        forge: forge.ok_or_else(unknown_forge)?,
        branch: &branch,
        main,
    };
    let questions = opened.questions(questions)?.into_iter();
    let questions = questions.map(|question| place.page(question));
    Ok(Links {
        questions: questions.collect::<Result<_, _>>()?,
        contributor: who.id.to_string(),
        branch: branch.clone(),
    })
}

/// Whose drafts, and where they would be.
struct Place<'a> {
    opened: &'a Opened,
    who: &'a Contributor,
    forge: Forge,
    branch: &'a str,
    main: Option<CommitId>,
}

impl Place<'_> {
    fn page(&self, question: &Question) -> Result<Link, CommandError> {
        let repository = &self.opened.repository;
        let path = repository.shown(&format!("{}/drafts/{}.md", question.id, self.who.id));
        let main = self.main.as_ref();
        let there = main.map(|main| repository.blob_at(main, &path));
        let (does, link) = match there.transpose()?.flatten() {
            Some(_) => (Does::Edit, self.forge.edit_file(self.branch, &path)),
            None => (Does::New, self.forge.new_file(self.branch, &path)),
        };
        Ok(Link {
            question: question.id.to_string(),
            asked: question.asked.clone(),
            path,
            does,
            link: link.ok_or_else(unknown_forge)?,
        })
    }
}

fn contributor<'a>(
    opened: &'a Opened,
    typed: Option<&str>,
) -> Result<&'a Contributor, CommandError> {
    if let Some(typed) = typed {
        return Ok(opened.narrative.contributor(typed)?);
    }
    let own = opened.repository.identity()?;
    opened.contributor_of(&own).ok_or_else(|| {
        let message = format!("the roster does not know your address `{}`", own.email);
        CommandError::usage(message)
            .hint("say whose drafts are meant with `--as CONTRIBUTOR`")
            .next("onetext roster")
    })
}

fn unknown_forge() -> CommandError {
    CommandError::usage("which forge the narrative is on is not known, so there are no links to it")
        .hint(
            "say so in `narrative.toml`: `[forge]`, `kind = \"github\"`, `\"gitlab\"` or `\"forgejo\"`, and `url = \
             \"https://…\"` if the remote's address does not lead to the pages",
        )
        .next("git remote --verbose")
}

impl Report for Links {
    fn print(&self, page: &mut Page) {
        for link in &self.questions {
            page.name(&link.question).plain(": ");
            page.line(match link.does {
                Does::New => format!("`{}` begins a draft here", self.contributor),
                Does::Edit => format!("`{}` changes her draft here", self.contributor),
            });
            page.plain("  ").strong(&link.link).end();
        }
        page.text(Role::Hint, "next:")
            .plain(" ")
            .line("write there, and let the forge propose the change");
    }
}
