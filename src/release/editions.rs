//! What stands in the way of printing an edition: an embargo that lasts, quotes that nobody approved.

use crate::narrative::Narrative;
use crate::narrative::config::Audience;
use crate::narrative::quotes::{Clearance, Quote};
use crate::narrative::time::{Day, Moment};

use super::gate::Obstacle;

/// Whether a release is for everybody at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publicity {
    /// A tag is made, which everybody sees who fetches it.
    Tagged,
    /// Only files are made, to be handed to those who keep an embargo.
    FilesOnly,
}

/// Everything that keeps the editions from being printed at a moment.
pub fn obstacles(narrative: &Narrative, publicity: Publicity, now: Moment) -> Vec<Obstacle> {
    let mut out = Vec::new();
    if publicity == Publicity::Tagged {
        out.extend(embargoes(narrative, now));
    }
    let printed = narrative.config.editions.values();
    if printed
        .into_iter()
        .any(|edition| edition.audience == Audience::Media)
    {
        let quotes = narrative.quotes.quotes.iter();
        out.extend(quotes.filter_map(|quote| of_quote(quote, now.day())));
    }
    out
}

fn embargoes(narrative: &Narrative, now: Moment) -> Vec<Obstacle> {
    let lasting = narrative
        .config
        .editions
        .iter()
        .filter_map(|(name, edition)| {
            let embargo = edition.embargo.as_ref()?;
            embargo.ends().ok().filter(|end| *end > now)?;
            let until = embargo.words().ok()?;
            Some(Obstacle {
                question: None,
                missing: format!(
                    "edition `{name}` is under embargo until {until}, and a tag is public"
                ),
                mend: "wait until then, or make the files alone with `--no-tag`".to_owned(),
            })
        });
    lasting.collect()
}

/// Changed words are an error of `check` already; what only time or nobody's word is missing from is told here.
fn of_quote(quote: &Quote, today: Day) -> Option<Obstacle> {
    let clearance = quote.clearance(today);
    matches!(clearance, Clearance::Unapproved | Clearance::Expired).then(|| Obstacle {
        question: None,
        missing: format!(
            "the quote `{}` of {} {}",
            quote.id,
            quote.name,
            clearance.words()
        ),
        mend: format!("onetext approve {}", quote.id),
    })
}
