//! `onetext templates`: the templates that shape releases.

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::{Page, Report, Role, Session};
use crate::narrative::nearest;
use crate::render::templates::{Provenance, Templates, shipped, shipped_names};
use crate::store::{At, Repository, StoreError};

/// List the templates of releases, or copy them out to change them
#[derive(Debug, Args)]
pub struct TemplatesArgs {
    #[command(subcommand)]
    command: TemplatesCommand,
}

#[derive(Debug, Subcommand)]
enum TemplatesCommand {
    /// List every template and whether the narrative has its own
    List,
    /// Copy shipped templates to `templates/` beside the narrative, where they take the shipped ones' place
    Eject(EjectArgs),
}

#[derive(Debug, Args)]
struct EjectArgs {
    /// The templates to copy
    #[arg(required_unless_present = "all")]
    names: Vec<String>,
    /// Copy all
    #[arg(long, conflicts_with = "names")]
    all: bool,
    /// Show what would be copied and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Listed {
    templates: Vec<Entry>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Entry {
    name: String,
    provenance: Provenance,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Ejected {
    written: Vec<String>,
    dry_run: bool,
}

/// Runs the command.
///
/// # Errors
///
/// A template is unknown, or a file of its name is there already.
pub fn run(args: TemplatesArgs, session: &Session) -> Result<Outcome, CommandError> {
    let repository = Repository::open(session.dir())?;
    match args.command {
        TemplatesCommand::List => {
            let templates = Templates::of(&repository.snapshot(At::WorkTree)?)?;
            let entry = |(name, provenance): (&str, Provenance)| Entry {
                name: name.to_owned(),
                provenance,
            };
            session.show(&Listed {
                templates: templates.list().map(entry).collect(),
            })?;
        }
        TemplatesCommand::Eject(args) => session.show(&eject(&args, &repository)?)?,
    }
    Ok(Outcome::Done)
}

fn eject(args: &EjectArgs, repository: &Repository) -> Result<Ejected, CommandError> {
    let names: Vec<String> = if args.all {
        shipped_names().map(str::to_owned).collect()
    } else {
        args.names.clone()
    };
    let mut files = Vec::new();
    for name in &names {
        let text = shipped(name).ok_or_else(|| {
            let error = CommandError::usage(format!("there is no template `{name}`"));
            match nearest(name, shipped_names()) {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error.next("onetext templates list"),
            }
        })?;
        let path = repository.home().join("templates").join(name);
        if path.exists() {
            return Err(StoreError::Exists(path).into());
        }
        files.push((path, text));
    }
    if !args.dry_run {
        for (path, text) in &files {
            repository.write_file(path, text.as_bytes())?;
        }
    }
    let written = files
        .iter()
        .map(|(path, _)| path.display().to_string())
        .collect();
    Ok(Ejected {
        written,
        dry_run: args.dry_run,
    })
}

impl Report for Listed {
    fn print(&self, page: &mut Page) {
        let row = |entry: &Entry| {
            let provenance = match entry.provenance {
                Provenance::Shipped => "shipped",
                Provenance::Own => "own",
            };
            vec![
                (Role::Name, entry.name.clone()),
                (Role::Plain, provenance.to_owned()),
            ]
        };
        page.columns(&self.templates.iter().map(row).collect::<Vec<_>>());
    }
}

impl Report for Ejected {
    fn print(&self, page: &mut Page) {
        let verb = if self.dry_run { "would write" } else { "wrote" };
        for path in &self.written {
            page.line(format!("{verb} `{path}`"));
        }
    }
}
