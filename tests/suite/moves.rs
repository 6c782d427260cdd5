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
    long: usize,
    long_found: usize,
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
            let long = mover.0.len() >= 5;
            tally.long += usize::from(long);
            tally.long_found += usize::from(long && right);
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
    let long = of(tally.long_found, tally.long);
    println!(
        "{made} texts, {tally:?}: precision {precision} ‰, recall {recall} ‰, of reworded {reworded} ‰, of five words or more {long} ‰"
    );
    assert!(made > 1_000 && tally.said > 1_000, "{tally:?}");
    assert!(precision >= 990, "precision {precision} ‰ of {tally:?}");
    assert!(long >= 920, "recall {long} ‰ of {tally:?}");
    assert!(recall >= 780, "recall {recall} ‰ of {tally:?}");
}

/// Two texts of which each sentence knows the division or joint that it is part of.
#[derive(Default)]
struct Cut {
    before: Vec<Block>,
    after: Vec<Block>,
    tags: [Vec<Option<usize>>; 2],
    made: usize,
}

impl Cut {
    /// Puts the first two sentences of a block into the texts, perhaps cut, perhaps only reworded beside an addition.
    fn add(&mut self, world: &mut World, block: &Block) {
        let [first, second] = [0, 1].map(|at| block.sentences[at].clone());
        let joined = [first.clone(), second.clone()].concat();
        let tenths = world.chance.below(3);
        let edited = reworded(world, &joined, tenths, "m");
        let tag = Some(self.made);
        let (before, after, tags) = match world.chance.below(4) {
            0 => (vec![edited], vec![first, second], [vec![tag], vec![tag; 2]]),
            1 => (vec![first, second], vec![edited], [vec![tag; 2], vec![tag]]),
            // The words that went are not those that came beside them.
            2 => (
                vec![joined],
                vec![first, world.sentence("n")],
                [vec![None], vec![None; 2]],
            ),
            _ => (
                vec![first, world.sentence("n")],
                vec![joined],
                [vec![None; 2], vec![None]],
            ),
        };
        self.made += usize::from(tags[0][0].is_some());
        for (text, sentences) in [(&mut self.before, before), (&mut self.after, after)] {
            let kind = block.kind;
            text.push(Block { kind, sentences });
        }
        for (all, new) in self.tags.iter_mut().zip(tags) {
            all.extend(new);
        }
    }
}

/// Counts the passages that a change takes of each text, and tells of what it says to be one cut.
fn passages_of(change: &Change) -> [usize; 2] {
    let count = |unit: &Shared| usize::from(!unit.is_mark());
    match change {
        Change::Kept(unit) => [count(unit); 2],
        Change::Retyped { .. } | Change::Edited { .. } => [1; 2],
        Change::Recut { before, after, .. } => [before, after].map(|run| run.sentences().len()),
        Change::Removed(unit) => [count(unit), 0],
        Change::Added(unit) => [0, count(unit)],
        Change::MovedAway(units) => [units.iter().map(count).sum(), 0],
        Change::MovedHere(steps) => [0, steps.iter().map(|step| passages_of(step)[1]).sum()],
        Change::Remarked { .. } => [0; 2],
    }
}

#[test]
#[expect(
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "whoever runs it with `--nocapture` wants the figures"
)]
fn what_is_said_to_have_been_divided_or_joined_was() {
    let (mut said, mut right, mut made) = (0, 0, 0);
    for seed in 0..TEXTS {
        let mut world = World::new(9 << 40 | seed);
        let mut cut = Cut::default();
        for block in &world.text().0 {
            if block.kind != Kind::Heading && block.sentences.len() > 1 {
                cut.add(&mut world, block);
            }
        }
        let parsed = |blocks: &[Block]| Prose::parse(&Text(blocks.to_vec()).markdown(usize::MAX));
        let [before, after] = [parsed(&cut.before), parsed(&cut.after)];
        if [&before, &after].map(|text| text.passages().count())
            != cut.tags.each_ref().map(Vec::len)
        {
            continue;
        }
        made += cut.made;
        let mut at = [0; 2];
        for change in compare(&before, &after) {
            let end = passages_of(&change);
            let end = [at[0] + end[0], at[1] + end[1]];
            if let Change::Recut { .. } = change {
                let tags = cut.tags[0][at[0]..end[0]]
                    .iter()
                    .chain(&cut.tags[1][at[1]..end[1]]);
                let tags: Vec<_> = tags.collect();
                said += 1;
                right += usize::from(tags.iter().all(|tag| tag.is_some() && *tag == tags[0]));
            }
            at = end;
        }
    }
    println!("{made} cuts, {said} said, {right} right");
    assert!(made > 1_000, "{made}");
    assert!(right * 1000 >= said * 990, "{right} of {said} are right");
    assert!(right * 1000 >= made * 900, "{right} of {made} are found");
}
