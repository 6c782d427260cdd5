//! What an answer becomes on a page, held against what it is: a text that is made to blow up is refused.

use crate::cli::error::{CommandError, Kind};
use crate::narrative::Narrative;
use crate::narrative::question::Question;
use crate::render::{HEAVIEST, weight};

/// Refuses answers that become more on a page than they may.
///
/// # Errors
///
/// An answer is refused, with what it is, what it becomes and how to allow it.
pub fn check(narrative: &Narrative) -> Result<(), CommandError> {
    let limits = &narrative.config.limits;
    let heavy = |question: &Question| {
        let input = question.agreed.as_ref()?.text.as_str();
        if input.len() * HEAVIEST <= limits.output_bytes && !input.contains('|') {
            return None;
        }
        let output = weight(input);
        let most = input.len() * limits.output_times + limits.output_bytes;
        (output > most).then(|| {
            let (id, input) = (&question.id, input.len());
            format!("`{id}`: its {input} bytes become {output} on a page, and {most} are allowed")
        })
    };
    let heavy: Vec<String> = narrative.questions.iter().filter_map(heavy).collect();
    if heavy.is_empty() {
        return Ok(());
    }
    let error = CommandError::new(Kind::Findings, "an answer becomes too much on a page");
    let error = heavy.into_iter().fold(error, CommandError::detail);
    Err(error.hint(
        "cite less often, or raise `limits.output-times` or `limits.output-bytes` in `narrative.toml`",
    ))
}
