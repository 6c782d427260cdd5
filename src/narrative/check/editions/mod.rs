//! What each edition's readers require.

mod government;
mod media;
mod quotes;

use super::passage::passages;
use super::{Files, Standing, Subject, figure, lengths, line_of_edition, on};
use crate::narrative::Narrative;
use crate::narrative::config::{Audience, Edition};
use crate::narrative::finding::Finding;
use crate::narrative::question::Question;
use crate::narrative::time::Day;
use crate::prose::Prose;

/// Characters of a title that a committee and a news desk take.
const TITLE: usize = 65;

/// One edition, and where it is declared.
struct Declared<'a> {
    narrative: &'a Narrative,
    name: &'a str,
    edition: &'a Edition,
    files: &'a Files<'a>,
    today: Day,
}

/// Looks at every edition, and at the quotes that they print.
pub fn check(narrative: &Narrative, files: &Files<'_>, today: Day) -> Vec<Finding> {
    let editions = narrative.config.editions.iter();
    let mut findings: Vec<Finding> = editions
        .flat_map(|(name, edition)| {
            let declared = Declared {
                narrative,
                name,
                edition,
                files,
                today,
            };
            declared.findings()
        })
        .collect();
    findings.extend(quotes::check(narrative, files, today));
    findings
}

impl<'a> Declared<'a> {
    fn findings(&self) -> Vec<Finding> {
        let mut findings = self.unknown_questions();
        findings.extend(self.title());
        match self.edition.audience {
            Audience::Government => findings.extend(government::check(self)),
            Audience::Media => findings.extend(media::check(self)),
        }
        findings
    }

    /// An error on the line of a key of the edition, or of its head if the key is not there.
    fn error(&self, rule: &'static str, key: &str, message: String) -> Finding {
        let finding = Finding::error(rule, "narrative.toml", message);
        on(finding, self.line(key))
    }

    /// A warning on the line of a key of the edition, or of its head if the key is not there.
    fn warning(&self, rule: &'static str, key: &str, message: String) -> Finding {
        let finding = Finding::warning(rule, "narrative.toml", message);
        on(finding, self.line(key))
    }

    fn line(&self, key: &str) -> Option<usize> {
        let below = format!("[editions.{}.{key}]", self.name);
        let table = self.files.entry("narrative.toml", &below, "");
        table.or_else(|| line_of_edition(self.files.0, self.name, key))
    }

    /// The questions that it answers, in its order.
    fn questions(&self) -> Vec<&'a Question> {
        self.narrative.questions_of(self.edition)
    }

    fn title(&self) -> Option<Finding> {
        let own = self.edition.headline.as_ref();
        let title = own.unwrap_or(&self.narrative.config.title);
        let length = title.chars().count();
        let message = format!(
            "the title of edition `{}` has {length} characters, and {TITLE} are allowed",
            self.name
        );
        let finding = self.error("title-length", "headline", message);
        (length > TITLE).then(|| finding.mend("give the edition a shorter `headline`"))
    }

    fn unknown_questions(&self) -> Vec<Finding> {
        let is_there = |number: &u32| {
            let mut questions = self.narrative.questions.iter();
            questions.any(|question| question.id.number() == *number)
        };
        let unknown = self.edition.questions.iter();
        let finding = |number: &u32| {
            let message = format!(
                "edition `{}` names question {number}, which is not there",
                self.name
            );
            self.error("unknown-question", "questions", message)
                .mend("take the number out of `questions`")
        };
        let unknown = unknown.filter(|number| !is_there(number));
        unknown.map(finding).collect()
    }

    /// Figures without a source in a text of the edition itself, and citations of sources that are not there.
    fn figures(&self, key: &str, text: &str) -> Vec<Finding> {
        let subject = Subject {
            path: "narrative.toml".to_owned(),
            text,
            standing: Standing::Agreed,
            sources: &self.narrative.sources,
        };
        let prose = Prose::parse(text);
        let passages = passages(&prose);
        let mut findings = figure::unsourced(&subject, &passages);
        findings.extend(super::sources::unknown(&subject, &passages));
        let here = |finding: Finding| on(finding, self.line(key));
        findings.into_iter().map(here).collect()
    }
}
