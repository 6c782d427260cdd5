//! `onetext quote`: whether words are ours, and since when, or until when.

mod parts;
mod print;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use clap::Args;
use serde::Serialize;

use crate::cli::Session;
use crate::cli::error::{CommandError, Kind, Outcome};
use crate::cli::prose_diff::{Lot, Words, words};
use crate::cli::released::{self, LeftOut, Released, Signature, Tags};
use crate::diff::words::readable;
use crate::narrative::time::Day;
use crate::release::quotation::{Forgiven, Near, found, nearest, taken_out_of};
use crate::store::Repository;

use parts::parts;

/// Tell whether words stand in a release: word for word, altered, superseded, or never
///
/// Reads the releases that are tags of this repository, agreed texts, quotes and the parts of the editions. Typography,
/// wrapping and the case of the first letter are forgiven, and said. Each tag is checked as `verify` checks it: one that is
/// not ours is left out, and said. Exits with 0 if the latest release has the words, and with 5 if only a tag that somebody
/// forged has them.
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
    /// What a reader must know of the signatures of the releases that are named.
    warnings: Vec<String>,
    /// The tags that are named like releases and are not taken for ours.
    left_out: Vec<Aside>,
}

/// A tag that is not taken for ours.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Aside {
    #[serde(flatten)]
    tag: LeftOut,
    /// Whether the words stand there.
    has_the_words: bool,
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
    signature: Signature,
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
    let tags = Tags::judged(&repository, &tags)?;
    let read = tags.ours.iter().map(|tag| released::read(&repository, tag));
    let releases: Vec<Released> = read.collect::<Result<_, _>>()?;
    let public = releases.iter().find(|release| !release.is_draft());
    let Some(latest) = public.or(releases.first()) else {
        return Err(nothing(&tags.left_out));
    };
    let parts: Vec<Part> = releases.iter().flat_map(parts).collect();
    let mut report = quoted(&quote, &parts, latest, releases.len());
    let aside = tags.left_out.into_iter();
    report.left_out = aside
        .map(|tag| Aside::of(tag, &quote, &repository))
        .collect();
    let outcome = report.outcome();
    session.show(&report)?;
    Ok(outcome)
}

/// The error where there is no release that could be ours.
fn nothing(left_out: &[LeftOut]) -> CommandError {
    let [first, ..] = left_out else {
        let error = CommandError::usage("there is no release to look in");
        return error
            .hint("if there are some elsewhere, fetch them")
            .next("git fetch --tags");
    };
    let message = "there is no release that is known to be ours";
    let error = left_out
        .iter()
        .fold(CommandError::new(Kind::Integrity, message), |error, tag| {
            error.detail(format!("`{}`: {}", tag.release, tag.why.join("; ")))
        });
    error.next(format!("onetext verify {}", first.release))
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

impl Quoted {
    /// Words that stand in nothing but a forged tag are a matter of integrity.
    fn outcome(&self) -> Outcome {
        let mut aside = self.left_out.iter();
        let forged = aside.any(|one| one.has_the_words && one.tag.forged);
        match self.verdict {
            Verdict::Verbatim => Outcome::Done,
            Verdict::Altered | Verdict::NeverOurs if forged => Outcome::IntegrityFailure,
            _ => Outcome::Findings,
        }
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
        warnings: warnings(&places, latest),
        places,
        latest: latest_tag,
        releases,
        left_out: Vec::new(),
    }
}

/// What must be known of the releases in which words stand, and of the latest.
fn warnings(places: &[Place], latest: &Released) -> Vec<String> {
    let latest_tag = latest.version.tag();
    let named = places.iter();
    let named = named.map(|place| (&*place.release, &place.signature));
    let named: BTreeMap<&str, &Signature> =
        named.chain([(&*latest_tag, &latest.signature)]).collect();
    let warnings = named.into_iter().rev();
    warnings
        .filter_map(|(release, signature)| signature.warning(release))
        .collect()
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
