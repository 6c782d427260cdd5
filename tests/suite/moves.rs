//! How far a difference can be trusted when it says that something moved: measured on made texts of known history.
//!
//! Each text has sentences that were moved and reworded, and distractors: sentences that were deleted while others that
//! share half of their words were added elsewhere. `cargo test --test suite moves -- --nocapture` prints the figures.

use onetext::diff::{Change, compare};
use onetext::prose::Prose;
use onetext::prose::unit::Shared;

use crate::worlds::{Block, Kind, Text, World};

const TEXTS: u64 = 4_000;

/// A text whose sentences know which sentence of the first text they come from.
struct Told {
    text: Text,
    origins: Vec<Vec<Option<usize>>>,
}

impl Told {
    fn new(text: &Text) -> Self {
        let mut count = 0;
        let mut number = |_| {
            count += 1;
            Some(count - 1)
        };
        let origins = text
            .0
            .iter()
            .map(|block| block.sentences.iter().map(&mut number).collect());
        Self {
            origins: origins.collect(),
            text: text.clone(),
        }
    }

    /// Takes a sentence out of a block that keeps at least one.
    fn take(&mut self, world: &mut World) -> Option<(Vec<String>, usize)> {
        let long = |&at: &usize| {
            let block = &self.text.0[at];
            block.kind != Kind::Heading && block.sentences.len() > 1
        };
        let blocks: Vec<usize> = (0..self.text.0.len()).filter(long).collect();
        if blocks.is_empty() {
            return None;
        }
        let block = *world.chance.pick(&blocks);
        let at = world.chance.below(self.text.0[block].sentences.len());
        let origin = self.origins[block][at]?;
        self.origins[block].remove(at);
        Some((self.text.0[block].sentences.remove(at), origin))
    }

    fn put(&mut self, world: &mut World, sentence: Vec<String>, origin: Option<usize>) {
        let fits = |&at: &usize| self.text.0[at].kind != Kind::Heading;
        let blocks: Vec<usize> = (0..self.text.0.len()).filter(fits).collect();
        let block = *world.chance.pick(&blocks);
        let at = world.chance.below(self.text.0[block].sentences.len() + 1);
        self.text.0[block].sentences.insert(at, sentence);
        self.origins[block].insert(at, origin);
    }

    fn origins(&self) -> Vec<Option<usize>> {
        self.origins.concat()
    }
}

#[derive(Debug, Default)]
struct Tally {
    said: usize,
    right: usize,
    moved: usize,
    found: usize,
    reworded: usize,
    reworded_found: usize,
}

/// Where each passage of the second text comes from, and whether the difference calls it moved.
fn matched(changes: &[Change]) -> Vec<(Option<Shared>, bool)> {
    let mut out = Vec::new();
    for change in changes {
        match change {
            Change::MovedHere(steps) => {
                let inner = matched(steps).into_iter();
                out.extend(inner.map(|(from, _)| (from, true)));
            }
            Change::Kept(unit) if !unit.is_mark() => out.push((Some(unit.clone()), false)),
            Change::Edited { before, .. } | Change::Retyped { before, .. } => {
                out.push((Some(before.clone()), false));
            }
            Change::Recut { after, .. } => {
                out.extend(after.sentences().iter().map(|_| (None, false)));
            }
            Change::Added(unit) if !unit.is_mark() => out.push((None, false)),
            _ => {}
        }
    }
    out
}

/// Changes some of the words of a sentence, in a given number of every ten.
fn reworded(world: &mut World, sentence: &[String], tenths: usize, maker: &str) -> Vec<String> {
    let mut block = Block {
        kind: Kind::Paragraph,
        sentences: vec![sentence.to_vec()],
    };
    let count = (sentence.len() * tenths).div_ceil(10);
    let changed = |block: &Block| {
        let words = block.sentences[0].iter().zip(sentence);
        words.filter(|(new, old)| new != old).count()
    };
    while changed(&block) < count {
        let mut text = Text(vec![block]);
        world.replace_word(&mut text, 0, 0, maker);
        block = text.0.remove(0);
    }
    block.sentences.remove(0)
}

fn tried(seed: u64, tally: &mut Tally) -> Option<()> {
    let mut world = World::new(seed);
    let base = world.text();
    let mut told = Told::new(&base);
    let mut movers = Vec::new();
    for _ in 0..=world.chance.below(3) {
        let (sentence, origin) = told.take(&mut world)?;
        let tenths = world.chance.below(4);
        let sentence = match tenths {
            0 => sentence,
            _ => reworded(&mut world, &sentence, tenths, "m"),
        };
        movers.push((sentence, origin, tenths > 0));
    }
    let mut distractors = Vec::new();
    for _ in 0..=world.chance.below(3) {
        let (sentence, _) = told.take(&mut world)?;
        let tenths = 5 + world.chance.below(3);
        distractors.push(reworded(&mut world, &sentence, tenths, "d"));
    }
    for (sentence, origin, _) in &movers {
        told.put(&mut world, sentence.clone(), Some(*origin));
    }
    for sentence in distractors {
        told.put(&mut world, sentence, None);
    }
    judge(&base, &told, &movers, tally)
}

fn judge(
    base: &Text,
    told: &Told,
    movers: &[(Vec<String>, usize, bool)],
    tally: &mut Tally,
) -> Option<()> {
    let [before, after] = [base, &told.text].map(|text| Prose::parse(&text.markdown(usize::MAX)));
    let passages: Vec<Shared> = before.passages().cloned().collect();
    let origins = told.origins();
    let sentences: usize = base.0.iter().map(|block| block.sentences.len()).sum();
    if passages.len() != sentences || after.passages().count() != origins.len() {
        // Two made sentences can read as one.
        return None;
    }
    let matched = matched(&compare(&before, &after));
    assert_eq!(matched.len(), origins.len(), "every passage is told once");
    let right = |from: &Option<Shared>, origin: Option<usize>| match (from, origin) {
        (Some(from), Some(origin)) => *from == passages[origin],
        _ => false,
    };
    for ((from, moved), origin) in matched.iter().zip(&origins) {
        let right = right(from, *origin);
        if *moved {
            tally.said += usize::from(from.is_some());
            tally.right += usize::from(right);
        }
        if let Some(mover) = movers.iter().find(|mover| Some(mover.1) == *origin) {
            tally.moved += 1;
            tally.found += usize::from(right);
            tally.reworded += usize::from(mover.2);
            tally.reworded_found += usize::from(mover.2 && right);
        }
    }
    Some(())
}

#[test]
#[expect(
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "whoever runs it with `--nocapture` wants the figures"
)]
fn what_is_said_to_have_moved_has_moved() {
    let mut tally = Tally::default();
    let made = (0..TEXTS)
        .filter(|seed| tried(7 << 40 | seed, &mut tally).is_some())
        .count();
    let of = |part: usize, all: usize| part * 1000 / all.max(1);
    let precision = of(tally.right, tally.said);
    let recall = of(tally.found, tally.moved);
    let reworded = of(tally.reworded_found, tally.reworded);
    println!(
        "{made} texts, {tally:?}: precision {precision} ‰, recall {recall} ‰, of reworded {reworded} ‰"
    );
    assert!(made > 1_000 && tally.said > 1_000, "{tally:?}");
    assert!(precision >= 990, "precision {precision} ‰ of {tally:?}");
    assert!(recall >= 780, "recall {recall} ‰ of {tally:?}");
}
