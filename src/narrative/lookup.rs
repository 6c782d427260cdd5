//! Questions, members and contributors by what people call them.

use super::Narrative;
use super::id::{ContributorId, MemberId, QuestionId};
use super::question::Question;
use super::read::nearest::nearest;
use super::roster::{Contributor, Member};

/// Why nothing goes by a name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    /// No question does.
    #[error("there is no question `{asked}`")]
    Question {
        /// What was asked for.
        asked: String,
        /// What may have been meant.
        meant: Option<String>,
        /// Every question.
        known: Vec<QuestionId>,
    },
    /// No contributor does.
    #[error("there is no contributor `{asked}` in `roster.toml`")]
    Contributor {
        /// What was asked for.
        asked: String,
        /// Who may have been meant.
        meant: Option<String>,
        /// Everybody.
        known: Vec<ContributorId>,
    },
    /// No member does.
    #[error("there is no member `{asked}` in `roster.toml`")]
    Member {
        /// What was asked for.
        asked: String,
        /// Which may have been meant.
        meant: Option<String>,
        /// Every member.
        known: Vec<MemberId>,
    },
}

impl Narrative {
    /// Finds a question by its number, its short name or its folder: `3`, `drivers`, `3-drivers`.
    ///
    /// # Errors
    ///
    /// No question goes by that name; the error knows which may have been meant.
    pub fn question(&self, asked: &str) -> Result<&Question, LookupError> {
        let plain = asked.trim_end_matches('/').to_lowercase();
        let number = plain.trim_start_matches(['q', '#']).parse::<u32>().ok();
        let found = self.questions.iter().find(|question| {
            let id = &question.id;
            Some(id.number()) == number || id.name() == plain || id.to_string() == plain
        });
        found.ok_or_else(|| self.no_question(asked, &plain))
    }

    fn no_question(&self, asked: &str, plain: &str) -> LookupError {
        let known: Vec<QuestionId> = self
            .questions
            .iter()
            .map(|question| question.id.clone())
            .collect();
        let folders: Vec<String> = known.iter().map(ToString::to_string).collect();
        let names = known.iter().map(QuestionId::name);
        let meant = nearest(plain, names.chain(folders.iter().map(String::as_str)));
        LookupError::Question {
            asked: asked.to_owned(),
            meant: meant.map(ToOwned::to_owned),
            known,
        }
    }

    /// Finds a contributor by her id.
    ///
    /// # Errors
    ///
    /// Nobody has that id; the error knows who may have been meant.
    pub fn contributor(&self, asked: &str) -> Result<&Contributor, LookupError> {
        let mut all = self.roster.contributors.iter();
        let found = all.find(|contributor| contributor.id.as_str() == asked);
        found.ok_or_else(|| self.no_contributor(asked))
    }

    /// Finds a member by its id.
    ///
    /// # Errors
    ///
    /// None has that id; the error knows which may have been meant.
    pub fn member(&self, asked: &str) -> Result<&Member, LookupError> {
        let mut all = self.roster.members.iter();
        let found = all.find(|member| member.id.as_str() == asked);
        found.ok_or_else(|| {
            let known = self.roster.members.iter().map(|member| member.id.clone());
            let known: Vec<MemberId> = known.collect();
            let meant = nearest(asked, known.iter().map(MemberId::as_str));
            LookupError::Member {
                asked: asked.to_owned(),
                meant: meant.map(ToOwned::to_owned),
                known,
            }
        })
    }

    fn no_contributor(&self, asked: &str) -> LookupError {
        let all = self.roster.contributors.iter();
        let known: Vec<ContributorId> = all.map(|contributor| contributor.id.clone()).collect();
        let meant = nearest(asked, known.iter().map(ContributorId::as_str)).map(ToOwned::to_owned);
        LookupError::Contributor {
            asked: asked.to_owned(),
            meant,
            known,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrative::read;
    use crate::narrative::snapshot::{File, Snapshot};

    fn narrative() -> Narrative {
        let file = |(path, text): (&str, &str)| {
            let blob = "0".repeat(40).parse().unwrap();
            let bytes = text.as_bytes().to_vec();
            (path.to_owned(), File { blob, bytes })
        };
        let roster = "schema = 1\n[[contributors]]\nid = \"ana\"\nname = \"Ana\"\n";
        let files = [
            ("narrative.toml", "schema = 1\ntitle = \"T\"\n"),
            ("roster.toml", roster),
            ("1-size/question.md", "How big?\n"),
            ("3-drivers/question.md", "Why?\n"),
        ];
        let files = files.into_iter().map(file).collect();
        let templates = std::collections::BTreeMap::new();
        read(&Snapshot { files, templates }).unwrap()
    }

    #[test]
    fn a_question_has_several_names() {
        let narrative = narrative();
        for name in ["3", "drivers", "3-drivers", "3-drivers/", "Q3", "Drivers"] {
            assert_eq!(narrative.question(name).unwrap().id.number(), 3, "{name}");
        }
    }

    #[test]
    fn what_may_have_been_meant_is_known() {
        let narrative = narrative();
        let meant = |asked| match narrative.question(asked).unwrap_err() {
            LookupError::Question { meant, .. } => meant,
            other => panic!("{other}"),
        };
        assert_eq!(meant("drivres").as_deref(), Some("drivers"));
        assert_eq!(meant("9"), None);
        assert_eq!(
            narrative.contributor("anna").unwrap_err(),
            LookupError::Contributor {
                asked: "anna".to_owned(),
                meant: Some("ana".to_owned()),
                known: vec!["ana".parse().unwrap()],
            }
        );
    }
}
