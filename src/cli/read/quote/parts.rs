//! What a release says, part by part, and who is behind it.

use crate::cli::released::{LeftOut, Released};
use crate::narrative::Narrative;
use crate::narrative::config::Edition;
use crate::narrative::time::Day;
use crate::release::quotation::found;
use crate::render::document::plain_words as plain;
use crate::store::Repository;

use super::{Aside, Part, Place};

/// Everything that a release says.
pub fn parts(release: &Released) -> Vec<Part> {
    let part = |(part, text)| Part {
        place: Place {
            release: release.version.tag(),
            date: release.at.day(),
            draft: release.is_draft(),
            signature: release.signature.clone(),
            part,
        },
        text,
    };
    let said = said(&release.narrative, Some(release.at.day()));
    said.into_iter().map(part).collect()
}

/// What a narrative says, each part with its name; quotes as far as they were approved on a day.
fn said(narrative: &Narrative, on: Option<Day>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for question in &narrative.questions {
        let name = format!("answer {}", question.id.number());
        let agreed = question.agreed.as_ref();
        out.extend(agreed.map(|text| (name, plain(&text.text))));
    }
    for (name, edition) in &narrative.config.editions {
        let cleared = on.map(|day| narrative.quotes.cleared(name, day));
        for quote in cleared.into_iter().flatten() {
            out.push((format!("quote of {}", quote.said_by()), quote.words.clone()));
        }
        for (key, text) in texts(edition) {
            out.push((format!("{key} of {name}"), plain(text)));
        }
    }
    let standing = narrative.config.standing.as_ref();
    out.extend(standing.map(|text| ("standing paragraph".to_owned(), plain(text))));
    out
}

/// The texts of an edition itself, each with its name.
fn texts(edition: &Edition) -> impl Iterator<Item = (&'static str, &String)> {
    let texts = [
        ("headline", &edition.headline),
        ("standfirst", &edition.standfirst),
        ("lead", &edition.lead),
        ("submitter", &edition.submitter),
    ];
    let lists = [
        ("summary", &edition.summary),
        ("recommendations", &edition.recommendations),
    ];
    let texts = texts
        .into_iter()
        .filter_map(|(key, text)| Some((key, text.as_ref()?)));
    let lists = lists.into_iter();
    texts.chain(lists.flat_map(|(key, texts)| texts.iter().map(move |text| (key, text))))
}

impl Aside {
    /// Looks for the words in what a tag leads to that is not taken for ours.
    pub fn of(tag: LeftOut, quote: &str, repository: &Repository) -> Self {
        let narrative = tag.narrative(repository);
        let said = narrative.map_or_else(Vec::new, |narrative| said(&narrative, None));
        let has_the_words = said.iter().any(|(_, text)| found(text, quote).is_some());
        Self { tag, has_the_words }
    }
}
