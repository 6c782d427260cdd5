//! What answers become on their pages, held against what they may: a text that is made to blow up is refused, and so is an
//! edition whose PDF, which is laid out in memory as a whole, would need more than a machine has.

use crate::narrative::Narrative;
use crate::narrative::check::line_of_edition;
use crate::narrative::config::{Edition, Format, Limits};
use crate::narrative::finding::{Finding, Problems};
use crate::narrative::question::Question;
use crate::narrative::snapshot::Snapshot;
use crate::render::{HEAVIEST, formats_of, weight};

/// Refuses a narrative whose answers become more on their pages than they may.
///
/// # Errors
///
/// An answer or an edition is refused, with what it is, what it becomes and how to allow it.
pub fn check(narrative: &Narrative, snapshot: &Snapshot) -> Result<(), Problems> {
    Problems::unless(findings(narrative, snapshot), Some(()))
}

/// Every answer, and every edition with a PDF, that becomes too much.
pub fn findings(narrative: &Narrative, snapshot: &Snapshot) -> Vec<Finding> {
    let limits = &narrative.config.limits;
    let answers = narrative.questions.iter();
    let heavy = answers.filter_map(|question| answer(question, limits));
    let editions = narrative.config.editions.iter();
    let large = editions.filter_map(|(name, edition)| {
        let finding = pdf(narrative, name, edition)?;
        let line = line_of_edition(snapshot, name, "formats");
        Some(Finding { line, ..finding })
    });
    heavy.chain(large).collect()
}

fn answer(question: &Question, limits: &Limits) -> Option<Finding> {
    let input = agreed(question);
    let small = heaviest(input).is_some_and(|most| most <= limits.output_bytes);
    if small {
        return None;
    }
    let (input, output) = (input.len(), weight(input));
    let most = input * limits.output_times + limits.output_bytes;
    let message = format!("its {input} bytes become {output} on a page, and {most} are allowed");
    let finding = Finding::error("page-bytes", &format!("{}/agreed.md", question.id), message);
    let mend = "cite less often, or raise `limits.output-times` or `limits.output-bytes` in `narrative.toml`";
    (output > most).then(|| finding.mend(mend))
}

fn pdf(narrative: &Narrative, name: &str, edition: &Edition) -> Option<Finding> {
    if !formats_of(edition).contains(&Format::Pdf) {
        return None;
    }
    let (texts, most) = (texts(narrative, edition), narrative.config.limits.pdf_bytes);
    let small = texts.iter().copied().map(heaviest).sum::<Option<usize>>();
    if small.is_some_and(|total| total <= most) {
        return None;
    }
    let total: usize = texts.iter().copied().map(weight).sum();
    let message = format!(
        "the answers of edition `{name}` become {total} bytes on the pages of its PDF, and {most} are allowed"
    );
    let finding = Finding::error("pdf-bytes", "narrative.toml", message);
    let mend = "leave `\"pdf\"` out of its `formats`, name fewer `questions`, or raise `limits.pdf-bytes` if the \
                machine has about 150 times as much memory";
    (total > most).then(|| finding.mend(mend))
}

/// The texts of an edition.
fn texts<'a>(narrative: &'a Narrative, edition: &Edition) -> Vec<&'a str> {
    let named = &edition.questions;
    let questions = narrative.questions.iter();
    questions
        .filter(|question| named.is_empty() || named.contains(&question.id.number()))
        .map(agreed)
        .collect()
}

fn agreed(question: &Question) -> &str {
    let text = question.agreed.as_ref();
    text.map_or("", |text| text.text.as_str())
}

/// What a text becomes at most, if that can be told without a look at it.
fn heaviest(text: &str) -> Option<usize> {
    (!text.contains('|')).then_some(text.len() * HEAVIEST)
}
