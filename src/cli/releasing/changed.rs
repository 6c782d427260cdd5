//! What changed since the release before, in lines for readers.

use crate::cli::Count;
use crate::cli::error::CommandError;
use crate::release::redline::{CLASSES, Class, QuestionRedline, Redline};
use crate::render::redline;
use crate::render::templates::Templates;

use super::Plan;

/// A line a question, with what kinds of changes they are.
pub fn lines(plan: &Plan<'_>) -> Vec<String> {
    let Some(found) = found(plan) else {
        return Vec::new();
    };
    let questions = found.questions.iter();
    questions.map(|one| line(one, &found.before)).collect()
}

/// The page that shows every change, if there was a release before.
///
/// # Errors
///
/// The template fails.
pub fn page(
    plan: &Plan<'_>,
    templates: &Templates,
) -> Result<Option<(String, Vec<u8>)>, CommandError> {
    let Some(found) = found(plan) else {
        return Ok(None);
    };
    let config = &plan.narrative.config;
    let page = redline(&found, (&config.title, &config.language), templates)?;
    let draft = plan.version.draft().map_or("", |_| "-draft");
    Ok(Some((format!("changes{draft}.html"), page.into_bytes())))
}

fn found(plan: &Plan<'_>) -> Option<Redline> {
    let (before, version) = plan.before.as_ref()?;
    let (was, is) = (version.to_string(), plan.version.to_string());
    Some(Redline::new((&was, before), (&is, plan.narrative)))
}

fn line(question: &QuestionRedline, was: &str) -> String {
    let number = question.id.number();
    match question.class {
        Some(Class::New) => return format!("Question {number}: first answer."),
        Some(_) => return format!("Question {number}: the answer is gone."),
        None => {}
    }
    let counts = CLASSES.map(|class| (question.count(class), class.word()));
    let total: usize = counts.iter().map(|(count, _)| count).sum();
    let kinds: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    if total == 0 {
        return format!("Question {number}: members' positions changed since {was}.");
    }
    format!(
        "Question {number}: {} changed since {was}: {}.",
        Count(total, "passage", "passages"),
        kinds.join(", ")
    )
}
