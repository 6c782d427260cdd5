//! Which file of a narrative a path is.

use crate::narrative::id::{ContributorId, MemberId, QuestionId};

/// What a path in the narrative's folder stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// `narrative.toml`.
    Config,
    /// `roster.toml`.
    Roster,
    /// `sources.toml`.
    Sources,
    /// `quotes.toml`.
    Quotes,
    /// `background.md`.
    Background,
    /// A file in a question's folder.
    Question(QuestionId, Part),
    /// What an editor or a file manager leaves behind; it is not read.
    Leftover,
    /// No file that a narrative has, and why.
    Unknown(String),
}

/// Which file of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// `question.md`.
    Asked,
    /// `drafts/<contributor>.md`.
    Draft(ContributorId),
    /// `agreed.md`.
    Agreed,
    /// `record.toml`.
    Record,
    /// `positions/<member>.toml`.
    Position(MemberId),
}

impl Place {
    /// Tells which file `path`, relative to the narrative's folder, is.
    pub fn of(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').collect();
        if parts.last().is_some_and(|name| is_leftover(name)) {
            return Self::Leftover;
        }
        match parts[..] {
            ["narrative.toml"] => Self::Config,
            ["roster.toml"] => Self::Roster,
            ["sources.toml"] => Self::Sources,
            ["quotes.toml"] => Self::Quotes,
            ["background.md"] => Self::Background,
            [folder, ref rest @ ..] if !rest.is_empty() => of_question(folder, rest),
            _ => Self::Unknown("a narrative has no such file".to_owned()),
        }
    }
}

fn is_leftover(name: &str) -> bool {
    name.ends_with('~')
        || name == ".DS_Store"
        || name.starts_with(".#")
        || (name.starts_with('.')
            && [".swp", ".swo", ".swx"]
                .iter()
                .any(|end| name.ends_with(end)))
}

fn of_question(folder: &str, rest: &[&str]) -> Place {
    let question = match folder.parse() {
        Ok(question) => question,
        Err(why) => return Place::Unknown(format!("{why}")),
    };
    let part = match rest {
        ["question.md"] => Ok(Part::Asked),
        ["agreed.md"] => Ok(Part::Agreed),
        ["record.toml"] => Ok(Part::Record),
        ["drafts", name] => draft(name),
        ["positions", name] => position(name),
        _ => Err("a question has no such file".to_owned()),
    };
    part.map_or_else(Place::Unknown, |part| Place::Question(question, part))
}

fn draft(name: &str) -> Result<Part, String> {
    let id = name
        .strip_suffix(".md")
        .ok_or_else(|| "a draft's name is its contributor's id and `.md`".to_owned())?;
    id.parse().map(Part::Draft).map_err(|why| format!("{why}"))
}

fn position(name: &str) -> Result<Part, String> {
    let id = name
        .strip_suffix(".toml")
        .ok_or_else(|| "a position's name is its member's id and `.toml`".to_owned())?;
    id.parse()
        .map(Part::Position)
        .map_err(|why| format!("{why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_paths_are_places() {
        assert_eq!(Place::of("narrative.toml"), Place::Config);
        let ana = Part::Draft("ana".parse().unwrap());
        let size = "1-size".parse().unwrap();
        assert_eq!(
            Place::of("1-size/drafts/ana.md"),
            Place::Question(size, ana)
        );
        let alpha = Part::Position("alpha".parse().unwrap());
        assert_eq!(
            Place::of("1-size/positions/alpha.toml"),
            Place::Question("1-size".parse().unwrap(), alpha)
        );
        assert_eq!(Place::of("1-size/drafts/.ana.md.swp"), Place::Leftover);
        for path in [
            "1-size",
            "1-size/drafts/Ana.md",
            "1-size/drafts/ana.txt",
            "1-size/positions/alpha.md",
            "1-size/positions/al/pha.toml",
            ".gitattributes",
        ] {
            assert!(matches!(Place::of(path), Place::Unknown(_)), "{path}");
        }
    }
}
