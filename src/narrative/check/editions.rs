//! What each edition's readers require.

use super::{Files, on};
use crate::narrative::Narrative;
use crate::narrative::config::{Audience, Edition};
use crate::narrative::finding::Finding;

/// Characters of a title that a committee takes.
const TITLE: usize = 65;

/// Looks at every edition.
pub fn check(narrative: &Narrative, files: &Files<'_>) -> Vec<Finding> {
    let editions = narrative.config.editions.iter();
    editions
        .flat_map(|(name, edition)| of_edition(narrative, (name, edition), files))
        .collect()
}

fn of_edition(
    narrative: &Narrative,
    (name, edition): (&str, &Edition),
    files: &Files<'_>,
) -> Vec<Finding> {
    let mut findings = unknown_questions(narrative, name, edition);
    match edition.audience {
        Audience::Government => findings.extend(title(narrative, name, edition)),
        Audience::Media => findings.extend(contact(narrative, name)),
    }
    let header = format!("[editions.{name}]");
    let line = files.find("narrative.toml", |line| line.trim() == header, 0);
    findings
        .into_iter()
        .map(|finding| on(finding, line))
        .collect()
}

fn unknown_questions(narrative: &Narrative, name: &str, edition: &Edition) -> Vec<Finding> {
    let is_there = |number: &u32| {
        narrative
            .questions
            .iter()
            .any(|question| question.id.number() == *number)
    };
    let unknown = edition.questions.iter().filter(|number| !is_there(number));
    let finding = |number: &u32| {
        let message = format!("edition `{name}` names question {number}, which is not there");
        Finding::error("unknown-question", "narrative.toml", message)
            .mend("take the number out of `questions`")
    };
    unknown.map(finding).collect()
}

fn title(narrative: &Narrative, name: &str, edition: &Edition) -> Option<Finding> {
    let title = edition.headline.as_ref().unwrap_or(&narrative.config.title);
    let length = title.chars().count();
    let message =
        format!("the title of edition `{name}` has {length} characters, and {TITLE} are allowed");
    let finding = Finding::error("title-length", "narrative.toml", message);
    (length > TITLE).then(|| finding.mend("give the edition a shorter `headline`"))
}

fn contact(narrative: &Narrative, name: &str) -> Option<Finding> {
    let reached = |contact: &crate::narrative::config::Contact| {
        contact.email.is_some() || contact.phone.is_some() || contact.url.is_some()
    };
    let message = format!("edition `{name}` has nobody whom a journalist may ask");
    let finding = Finding::error("contact-missing", "narrative.toml", message);
    let mend = "add a `[[contacts]]` with a `name` and an `email`, `phone` or `url`";
    (!narrative.config.contacts.iter().any(reached)).then(|| finding.mend(mend))
}
