//! `onetext quote`: whether words are ours, and since when, or until when.

use std::io::Read as _;
use std::path::Path;

use clap::Args;
use serde::Serialize;

use crate::cli::error::{CommandError, Outcome};
use crate::cli::prose_diff::{Lot, Words, worded, words};
use crate::cli::released::{self, Released};
use crate::cli::{Count, Listing, Page, Report, Role, Session};
use crate::diff::words::readable;
use crate::narrative::config::Edition;
use crate::narrative::time::Day;
use crate::release::quotation::{Forgiven, Near, found, nearest, taken_out_of};
use crate::render::document::plain_words as plain;
use crate::store::Repository;

/// Tell whether words stand in a release: word for word, altered, superseded, or never
///
/// Reads the releases that are tags of this repository, agreed texts, quotes and the parts of the editions. Typography,
/// wrapping and the case of the first letter are forgiven, and said. Exits with 0 if the latest release has the words.
#[derive(Debug, Args)]
pub struct QuoteArgs {
    /// The words; `-` reads them from standard input
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Quoted {
    quote: String,
    verdict: Verdict,
    /// The differences that change no word.
    forgiven: Vec<Forgiven>,
    /// Where the words stand, newest release first.
    places: Vec<Place>,
    /// The sentences that the words are a part of, where they stand last; nothing if they are whole sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    part_of: Option<Whole>,
    latest: String,
    /// The nearest words of ours, if the quote is not word for word in the latest release.
    #[serde(skip_serializing_if = "Option::is_none")]
    near: Option<Altered>,
    releases: usize,
}

/// What is to be said of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Verdict {
    /// The latest release has them.
    Verbatim,
    /// An older release has them, and the latest has not.
    Superseded,
    /// Only drafts have them.
    DraftOnly,
    /// A release has words that are nearly these.
    Altered,
    /// No release has them, or anything near.
    NeverOurs,
}

#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Place {
    release: String,
    date: Day,
    draft: bool,
    /// `answer 3`, `quote of Ana, developer at Alpha`, `lead of media`.
    part: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Altered {
    #[serde(flatten)]
    place: Place,
    ours: String,
    /// From our words to those that were asked about.
    words: Vec<Words>,
}

/// What words were taken out of.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Whole {
    release: String,
    text: String,
}

/// Words of one part of a release.
struct Part {
    place: Place,
    text: String,
}

/// Runs the command.
///
/// # Errors
///
/// There is no release, or one cannot be read.
pub fn run(args: &QuoteArgs, session: &Session) -> Result<Outcome, CommandError> {
    let quote = text(args)?;
    let repository = Repository::open(session.dir())?;
    let tags = repository.tags()?;
    let mut releases = Vec::new();
    for tag in released::tags(&tags) {
        releases.push(released::read(&repository, tag)?);
    }
    let public = releases.iter().find(|release| !release.is_draft());
    let Some(latest) = public.or(releases.first()) else {
        let error = CommandError::usage("there is no release to look in");
        return Err(error
            .hint("if there are some elsewhere, fetch them")
            .next("git fetch --tags"));
    };
    let parts: Vec<Part> = releases.iter().flat_map(parts).collect();
    let report = quoted(&quote, &parts, latest, releases.len());
    let outcome = match report.verdict {
        Verdict::Verbatim => Outcome::Done,
        _ => Outcome::Findings,
    };
    session.show(&report)?;
    Ok(outcome)
}

fn text(args: &QuoteArgs) -> Result<String, CommandError> {
    let mut text = args.text.clone();
    if text == "-" {
        text.clear();
        let read = std::io::stdin().read_to_string(&mut text);
        read.map_err(|error| CommandError::io(Path::new("standard input"), &error))?;
    }
    if text.trim().is_empty() {
        return Err(CommandError::usage("there are no words to look for"));
    }
    Ok(text.trim().to_owned())
}

/// Everything that a release says, part by part.
fn parts(release: &Released) -> Vec<Part> {
    let narrative = &release.narrative;
    let mut out = Vec::new();
    for question in &narrative.questions {
        let name = format!("answer {}", question.id.number());
        let agreed = question.agreed.as_ref();
        out.extend(agreed.map(|text| Part::of(release, name, plain(&text.text))));
    }
    for (name, edition) in &narrative.config.editions {
        for quote in narrative.quotes.cleared(name, release.at.day()) {
            let said = format!("quote of {}", quote.said_by());
            out.push(Part::of(release, said, quote.words.clone()));
        }
        for (key, text) in texts(edition) {
            out.push(Part::of(release, format!("{key} of {name}"), plain(text)));
        }
    }
    let standing = narrative.config.standing.as_ref();
    let name = "standing paragraph".to_owned();
    out.extend(standing.map(|text| Part::of(release, name, plain(text))));
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

impl Part {
    fn of(release: &Released, part: String, text: String) -> Self {
        let place = Place {
            release: release.version.tag(),
            date: release.at.day(),
            draft: release.is_draft(),
            part,
        };
        Self { place, text }
    }
}

fn quoted(quote: &str, parts: &[Part], latest: &Released, releases: usize) -> Quoted {
    let latest_tag = latest.version.tag();
    let stands: Vec<(&Part, Vec<Forgiven>)> = parts
        .iter()
        .filter_map(|part| Some((part, found(&part.text, quote)?)))
        .collect();
    let places: Vec<Place> = stands.iter().map(|(part, _)| part.place.clone()).collect();
    let is_latest = |(part, _): &&(&Part, _)| part.place.release == latest_tag;
    // What stands around the words there is what they mean now.
    let newest = stands.iter().find(is_latest).or(stands.first());
    let part_of = newest.and_then(|(part, _)| {
        let text = taken_out_of(&part.text, quote)?;
        let release = part.place.release.clone();
        Some(Whole { release, text })
    });
    let forgiven = newest.map(|(_, forgiven)| forgiven.clone());
    let near = near(quote, parts, &latest_tag);
    let verdict = verdict(&places, latest, near.as_ref());
    Quoted {
        quote: quote.to_owned(),
        verdict,
        forgiven: forgiven.unwrap_or_default(),
        part_of,
        near: near.filter(|_| matches!(verdict, Verdict::Superseded | Verdict::Altered)),
        places,
        latest: latest_tag,
        releases,
    }
}

fn verdict(places: &[Place], latest: &Released, near: Option<&Altered>) -> Verdict {
    let here = |place: &&Place| place.release == latest.version.tag();
    let public = places.iter().any(|place| !place.draft);
    match places.iter().find(here) {
        Some(_) if !latest.is_draft() => Verdict::Verbatim,
        _ if public => Verdict::Superseded,
        _ if !places.is_empty() => Verdict::DraftOnly,
        _ if near.is_some() => Verdict::Altered,
        _ => Verdict::NeverOurs,
    }
}

/// The nearest words: those of the latest release if it has any, else those of the newest that has.
fn near(quote: &str, parts: &[Part], latest: &str) -> Option<Altered> {
    let altered = |part: &Part| Some((part.place.clone(), nearest(&part.text, quote)?));
    let all: Vec<(Place, Near)> = parts.iter().filter_map(altered).collect();
    let best = |is_in: &dyn Fn(&Place) -> bool| {
        let inside = all.iter().filter(|(place, _)| is_in(place));
        // Of equals the first: the newest release, the first answer.
        inside.rev().max_by_key(|(_, near)| near.score)
    };
    let found = best(&|place| place.release == latest)
        .or_else(|| best(&|place| !place.draft))
        .or_else(|| best(&|_| true))?;
    let (place, near) = found;
    let hunks = readable(&near.ours, &near.quote);
    let mut words = words(&near.ours, &near.quote, &hunks);
    if near.piece {
        around(&mut words);
    }
    Some(Altered {
        place: place.clone(),
        ours: near.ours.text().to_owned(),
        words,
    })
}

/// What stands before and after a piece was left out by nobody's fault.
fn around(words: &mut Vec<Words>) {
    if let [first, second, ..] = &words[..]
        && (first.lot, second.lot) == (Lot::Removed, Lot::Kept)
    {
        words.remove(0);
    }
    if let [.., before, last] = &words[..]
        && (before.lot, last.lot) == (Lot::Kept, Lot::Removed)
    {
        words.pop();
    }
}

impl Verdict {
    fn said(&self) -> (Role, &'static str) {
        match self {
            Self::Verbatim => (Role::Good, "word for word ours"),
            Self::Superseded => (Role::Warning, "superseded: ours once, and not any more"),
            Self::DraftOnly => (Role::Warning, "from a draft: nobody agreed to it"),
            Self::Altered => (Role::Error, "altered: not our words"),
            Self::NeverOurs => (Role::Error, "never ours"),
        }
    }
}

impl Report for Quoted {
    fn print(&self, page: &mut Page) {
        let (role, said) = self.verdict.said();
        page.text(role, said).end();
        for (part, releases) in grouped(&self.places) {
            page.plain("  ")
                .name(part)
                .line(format!(" in {}", Listing(&releases)));
        }
        if let Some(Whole { release, text }) = &self.part_of {
            page.line(format!("  In {release} they are a part of this:"))
                .block("    ", text);
        }
        if !self.forgiven.is_empty() {
            let words: Vec<&str> = self.forgiven.iter().map(|one| one.words()).collect();
            page.line(format!(
                "  Forgiven, since no word differs: {}.",
                words.join(", ")
            ));
        }
        if let Some(near) = &self.near {
            let Place {
                release,
                part,
                date,
                ..
            } = &near.place;
            let head = format!(
                "The nearest words, in {part} of {release} ({}):",
                date.long()
            );
            page.blank().line(head).block("  ", &near.ours);
            page.line("The difference, from our words to those that were asked about:");
            page.hanging((Role::Plain, "  "), &worded(&near.words));
        }
        let releases = Count(self.releases, "release", "releases");
        let told = format!("Looked through {releases}; the latest is {}.", self.latest);
        page.blank().faint(told).end();
        page.faint("Whether a release is signed is told by `onetext verify`.")
            .end();
    }
}

/// The parts in which words stand, each with its releases, oldest first.
fn grouped(places: &[Place]) -> Vec<(&str, Vec<String>)> {
    let mut out: Vec<(&str, Vec<String>)> = Vec::new();
    for place in places.iter().rev() {
        let said = format!("{} of {}", place.release, place.date.long());
        match out.iter_mut().find(|(part, _)| *part == place.part) {
            Some((_, releases)) => releases.push(said),
            None => out.push((&place.part, vec![said])),
        }
    }
    out
}
