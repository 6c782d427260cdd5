//! The laws of the merge, each on many random worlds, and all of them on every small world.
//!
//! A normal run takes ten thousand worlds for each law; `ONETEXT_LAWS=1000000 cargo test laws` takes so many, and
//! `ONETEXT_WORLD=SEED cargo test p14` takes one again.

mod choices;
mod form;
mod likeness;
mod loss;
mod sequence;
mod small;
mod unanimity;

use std::collections::BTreeSet;
use std::iter;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread;

use onetext::merge::choice::sheet::{asked, one_line, options};
use onetext::merge::{Answers, Choice, Merge, Voice, merge};
use onetext::prose::Prose;
use onetext::prose::reader::Reader;
use onetext::prose::unit::Shared;

use crate::worlds::{ALL_BLOCKS, Text, World};

const PEOPLE: [&str; 5] = ["ana", "bo", "chi", "dee", "eve"];

/// A current text, an older one it came from, and drafts with their bases.
struct Case {
    seed: u64,
    world: World,
    current: Text,
    drafts: Vec<(Text, Text)>,
}

/// Holds a law to every world of the run, several at a time, and names the worlds that break it.
fn in_every_world(law: u64, holds: impl Fn(Case) + Sync) {
    let number = |name| {
        let value = std::env::var(name).ok();
        value.and_then(|number| number.parse::<u64>().ok())
    };
    let first = law.wrapping_mul(1 << 40);
    let worlds = match number("ONETEXT_WORLD") {
        Some(seed) => {
            case(seed).show();
            (seed..seed + 1).chain(0..0)
        }
        None => {
            let count = number("ONETEXT_LAWS").unwrap_or(10_000);
            let all_blocks = first | ALL_BLOCKS;
            (first..first + count).chain(all_blocks..all_blocks + count / 8)
        }
    };
    let breaks = |seed: &u64| catch_unwind(AssertUnwindSafe(|| holds(case(*seed)))).is_err();
    // Threads of their own: what merges must not wait for, or run within, what merges other worlds.
    let next = Mutex::new(worlds);
    let seeds = || iter::from_fn(|| next.lock().expect("no world panics here").next());
    let broken: Vec<u64> = thread::scope(|scope| {
        let threads = [(); 2].map(|()| scope.spawn(|| seeds().filter(breaks).collect::<Vec<_>>()));
        let found = threads.map(|thread| thread.join().expect("a broken law is caught"));
        found.concat()
    });
    assert!(broken.is_empty(), "worlds that break the law: {broken:?}");
}

/// The same in worlds whose drafts are all written on the current text, and by plain edits.
fn in_every_plain_world(law: u64, holds: impl Fn(Case) + Sync) {
    in_every_world(law, |mut case| {
        for (who, (base, draft)) in PEOPLE.iter().zip(&mut case.drafts) {
            base.clone_from(&case.current);
            *draft = case.world.plain_draft(&case.current, &who[..1]);
        }
        if std::env::var_os("ONETEXT_WORLD").is_some() {
            case.show();
        }
        holds(case);
    });
}

fn case(seed: u64) -> Case {
    let mut world = World::new(seed);
    let old = world.text();
    let mut current = old.clone();
    let aged = world.chance.one_in(3);
    if aged {
        for _ in 0..3 {
            world.edit(&mut current, "g");
        }
    }
    let people = 1 + world.chance.below(PEOPLE.len());
    let drafts = PEOPLE[..people]
        .iter()
        .map(|who| {
            let base = if aged && world.chance.one_in(2) {
                &old
            } else {
                &current
            };
            (base.clone(), world.draft(base, &who[..1]))
        })
        .collect();
    Case {
        seed,
        world,
        current,
        drafts,
    }
}

struct Read {
    current: Prose,
    drafts: Vec<(Prose, Prose)>,
}

impl Case {
    /// Shows the texts to whoever looks into a broken world.
    #[expect(
        clippy::print_stdout,
        clippy::disallowed_macros,
        reason = "asked for by hand, to be read"
    )]
    fn show(&self) {
        println!("text:\n{}", self.current.markdown(usize::MAX));
        for (who, (base, draft)) in PEOPLE.iter().zip(&self.drafts) {
            if *base != self.current {
                println!("{who} started from:\n{}", base.markdown(usize::MAX));
            }
            println!("{who}:\n{}", draft.markdown(usize::MAX));
        }
        let read = self.read();
        let merged = read.merge();
        println!("merged:\n{}", merged.text(&read.current));
        for choice in merged.choices() {
            println!("{} now {}", asked(choice), one_line(&choice.now));
            for option in options(choice) {
                println!("  {option}");
            }
        }
        for note in &merged.notes {
            println!("{note:?}");
        }
    }

    fn read(&self) -> Read {
        self.read_at(usize::MAX)
    }

    fn read_at(&self, width: usize) -> Read {
        // As the commands read the drafts of a question: what is known is not read again.
        let mut reader = Reader::default();
        let mut read = |text: &Text| reader.learn(&text.markdown(width));
        let drafts = self
            .drafts
            .iter()
            .map(|(base, draft)| (read(base), read(draft)))
            .collect();
        Read {
            current: read(&self.current),
            drafts,
        }
    }
}

impl Read {
    fn voices<'a>(&'a self, names: &[&str]) -> Vec<Voice<'a>> {
        let voice =
            |(name, (base, draft)): (&&str, &'a (Prose, Prose))| Voice::new(name, base, draft);
        names.iter().zip(&self.drafts).map(voice).collect()
    }

    fn merge(&self) -> Merge {
        merge(&self.current, &self.voices(&PEOPLE))
    }
}

fn ids(units: &[Shared]) -> Vec<u64> {
    units.iter().map(|unit| unit.id()).collect()
}

fn passages(units: &[Shared]) -> Vec<u64> {
    let passages = units.iter().filter(|unit| !unit.is_mark());
    passages.map(|unit| unit.id()).collect()
}

fn status_quo(merged: &Merge) -> Vec<Shared> {
    merged.units(&Answers::new())
}

/// Nothing is to be decided; else it is told what.
#[track_caller]
fn assert_decided(merged: &Merge, seed: u64) {
    let open: Vec<String> = merged
        .choices()
        .map(|choice| format!("{} now {}", asked(choice), one_line(&choice.now)))
        .chain(merged.choices().flat_map(options))
        .collect();
    assert_eq!(open, [""; 0], "seed {seed}");
}

/// Nothing is to be decided, and the text is made of these units.
#[track_caller]
fn assert_becomes(merged: &Merge, units: &[Shared], seed: u64) {
    assert_decided(merged, seed);
    assert_eq!(ids(&status_quo(merged)), ids(units), "seed {seed}");
}

/// Everything about a merge that a reader sees, names included.
fn seen(merged: &Merge, current: &Prose) -> String {
    let choices: Vec<String> = merged
        .choices()
        .map(|choice| format!("{} {:?} {:?}", choice.id, choice.kind, choice.alternatives))
        .collect();
    format!("{}\n{choices:#?}\n{:?}", merged.text(current), merged.notes)
}

fn words(text: &Prose) -> BTreeSet<u64> {
    text.units()
        .iter()
        .flat_map(|unit| unit.words())
        .copied()
        .collect()
}

/// All words of the text with nothing decided, and of all alternatives.
fn told_words(merged: &Merge) -> BTreeSet<u64> {
    let alternatives = merged.choices().flat_map(|choice| &choice.alternatives);
    let offered = alternatives.flat_map(|alternative| alternative.units.clone());
    let units = status_quo(merged).into_iter().chain(offered);
    units.flat_map(|unit| unit.words().to_vec()).collect()
}

/// A choice without names: its id and what the alternatives are.
fn bare(choice: &Choice) -> (String, Vec<Vec<u64>>) {
    let alternatives = choice.alternatives.iter().map(|a| ids(&a.units));
    (choice.id.clone(), alternatives.collect())
}

fn bare_choices(merged: &Merge) -> Vec<(String, Vec<Vec<u64>>)> {
    merged.choices().map(bare).collect()
}
