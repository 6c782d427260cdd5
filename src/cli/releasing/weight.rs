//! What answers become on their pages, held against what they may: a text that is made to blow up is refused, and so is an
//! edition whose PDF, which is laid out in memory as a whole, would need more than a machine has.

use crate::narrative::Narrative;
use crate::narrative::check::line_of_edition;
use crate::narrative::config::{Edition, Format, Limits};
use crate::narrative::finding::{Finding, Problems};
use crate::narrative::question::Question;
use crate::narrative::snapshot::Snapshot;
use crate::render::{HEAVIEST, Weight, formats_of};

const MEGABYTE: usize = 1_000_000;

/// Refuses to make some editions whose answers become more on their pages than they may.
///
/// # Errors
///
/// An answer or an edition is refused, with what it is, what it becomes and how to allow it.
pub fn check(
    narrative: &Narrative,
    snapshot: &Snapshot,
    editions: &[(&str, &Edition)],
) -> Result<(), Problems> {
    let findings = of(narrative, snapshot, editions);
    Problems::unless(findings, Some(()))
}

/// Every answer, and every edition with a PDF, that becomes too much.
pub fn findings(narrative: &Narrative, snapshot: &Snapshot) -> Vec<Finding> {
    let editions = narrative.config.editions.iter();
    let editions: Vec<(&str, &Edition)> = editions
        .map(|(name, edition)| (name.as_str(), edition))
        .collect();
    of(narrative, snapshot, &editions)
}

fn of(narrative: &Narrative, snapshot: &Snapshot, editions: &[(&str, &Edition)]) -> Vec<Finding> {
    let limits = &narrative.config.limits;
    let answers = narrative.questions.iter();
    let heavy = answers.filter_map(|question| answer(question, limits));
    let large = editions.iter().filter_map(|(name, edition)| {
        let finding = pdf(narrative, name, edition)?;
        let line = line_of_edition(snapshot, name, "formats");
        Some(Finding { line, ..finding })
    });
    heavy.chain(large).collect()
}

fn answer(question: &Question, limits: &Limits) -> Option<Finding> {
    let input = agreed(question);
    if input.len() * HEAVIEST <= limits.output_bytes && !input.contains('|') {
        return None;
    }
    let (input, output) = (input.len(), Weight::of(input).bytes());
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
    let most = narrative.config.limits.pdf_megabytes;
    // Those that were withdrawn are counted, too.
    let questions = narrative.questions_of(edition).into_iter();
    let weights = questions.map(|question| Weight::of(agreed(question)));
    let memory = weights.sum::<Weight>().memory() / MEGABYTE;
    let message =
        format!("the PDF of edition `{name}` takes {memory} MB of memory, and {most} are allowed");
    let finding = Finding::error("pdf-memory", "narrative.toml", message);
    let mend = "leave `\"pdf\"` out of its `formats`, name fewer `questions`, or raise `limits.pdf-megabytes`";
    (memory > most).then(|| finding.mend(mend))
}

fn agreed(question: &Question) -> &str {
    let text = question.agreed.as_ref();
    text.map_or("", |text| text.text.as_str())
}
