//! Whether what people are quoted with is theirs, approved, sourced and short.

use super::super::passage::passages;
use super::super::{Files, figure, on};
use crate::narrative::Narrative;
use crate::narrative::finding::{Finding, Severity};
use crate::narrative::quotes::{Clearance, Quote};
use crate::narrative::time::Day;
use crate::prose::Prose;

/// Sentences of a quote that makes one point.
const SENTENCES: usize = 2;

/// Words of a quote that makes one point.
const WORDS: usize = 45;

/// Looks at every quote.
pub fn check(narrative: &Narrative, files: &Files<'_>, today: Day) -> Vec<Finding> {
    let mut findings = Vec::new();
    let quotes = &narrative.quotes.quotes;
    for (at, quote) in quotes.iter().enumerate() {
        let twice = quotes[..at]
            .iter()
            .filter(|other| other.id == quote.id)
            .count();
        let line = files.line("quotes.toml", ("id", &quote.id), twice);
        let mut found = Vec::new();
        if twice > 0 {
            let message = format!("the quote `{}` is here twice", quote.id);
            found.push(error("duplicate-id", message).mend("give one of the two another id"));
        }
        found.extend(clearance(quote, today));
        found.extend(editions(quote, narrative));
        found.extend(points(quote));
        found.extend(sources(quote, narrative));
        findings.extend(found.into_iter().map(|finding| on(finding, line)));
    }
    findings
}

fn error(rule: &'static str, message: String) -> Finding {
    Finding::error(rule, "quotes.toml", message)
}

fn clearance(quote: &Quote, today: Day) -> Option<Finding> {
    let clearance = quote.clearance(today);
    let severity = match clearance {
        Clearance::Approved => return None,
        Clearance::Unapproved | Clearance::Expired => Severity::Warning,
        Clearance::WordsChanged | Clearance::SpeakerChanged => Severity::Error,
    };
    let message = format!("the quote `{}` {}", quote.id, clearance.words());
    let mend = format!(
        "let {} approve the words as they stand: `onetext approve {}`",
        quote.name, quote.id
    );
    Some(Finding {
        severity,
        ..error("quote-approval", message).mend(mend)
    })
}

fn editions(quote: &Quote, narrative: &Narrative) -> Vec<Finding> {
    let named = quote
        .approved
        .iter()
        .flat_map(|approval| &approval.editions);
    let unknown = named.filter(|name| !narrative.config.editions.contains_key(*name));
    let finding = |name: &String| {
        let message = format!(
            "the quote `{}` is for edition `{name}`, which is not there",
            quote.id
        );
        let known: Vec<&str> = narrative
            .config
            .editions
            .keys()
            .map(String::as_str)
            .collect();
        error("unknown-edition", message).mend(format!("the editions are {}", known.join(", ")))
    };
    unknown.map(finding).collect()
}

/// A quote that makes two points is cut to one by somebody else.
fn points(quote: &Quote) -> Option<Finding> {
    let prose = Prose::parse(&quote.words);
    let sentences = prose
        .units()
        .iter()
        .filter(|unit| unit.is_sentence())
        .count();
    let words = prose.words();
    let message = format!(
        "the quote `{}` has {sentences} sentences and {words} words; one point has at most {SENTENCES} and {WORDS}",
        quote.id
    );
    let finding = Finding::warning("quote-points", "quotes.toml", message);
    let many = sentences > SENTENCES || words > WORDS;
    many.then(|| finding.mend("make one point, or make it two quotes"))
}

fn sources(quote: &Quote, narrative: &Narrative) -> Vec<Finding> {
    let unknown = quote
        .sources
        .iter()
        .filter(|id| narrative.sources.get(id).is_none());
    let mut findings: Vec<Finding> = unknown
        .map(|id| {
            let message = format!("the quote `{}` cites `{id}`, which is no source", quote.id);
            error("citation-unknown", message).mend(format!("add a source with `id = \"{id}\"`"))
        })
        .collect();
    let prose = Prose::parse(&quote.words);
    if quote.sources.is_empty() && passages(&prose).iter().any(figure::has_figure) {
        let message = format!("the quote `{}` has a figure without a source", quote.id);
        let mend = "name its source: `sources = [\"id\"]`, with `id` in `sources.toml`";
        findings.push(error("figure-unsourced", message).mend(mend));
    }
    findings
}
