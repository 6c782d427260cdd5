//! The longest run of rising numbers in one manner, and where that leaves a choice.
//!
//! Numbers that break the run are not guessed: where two runs are as long, what lies among the numbers by which they differ,
//! or among those that stand twice, belongs to neither.

use std::collections::{BTreeMap, BTreeSet};

use crate::narrative::message::number::Numbered;

/// What numbers come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Those that are of the run without doubt, as indexes.
    pub placed: Vec<usize>,
    /// How long it is, with those that are in doubt.
    pub length: usize,
    /// How far to the right its first number stands.
    indent: usize,
}

impl Run {
    /// Whether a number stands so far to the right that it is of a list within an answer.
    pub fn is_below(&self, number: &Numbered<'_>) -> bool {
        self.length > 0 && number.indent() > self.indent + 1
    }
}

/// A number in the order of the lines.
#[derive(Clone, Copy, Debug)]
struct Member {
    at: usize,
    number: u32,
    /// Whether a run may begin with it.
    first: bool,
}

/// Finds the longest run; of two in different manners that are as long, neither has a number without doubt.
pub fn longest(numbers: &[Numbered<'_>]) -> Run {
    let mut manners: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, number) in numbers.iter().enumerate() {
        manners.entry(number.manner()).or_default().push(at);
    }
    let mut best = Run::default();
    let mut rivals = false;
    for of_manner in manners.values() {
        let run = in_one_manner(numbers, of_manner);
        if run.length > best.length {
            best = run;
            rivals = false;
        } else {
            rivals |= run.length == best.length;
        }
    }
    if rivals {
        best.placed.clear();
    }
    best
}

fn in_one_manner(numbers: &[Numbered<'_>], of_manner: &[usize]) -> Run {
    let indents: BTreeSet<usize> = of_manner.iter().map(|&at| numbers[at].indent()).collect();
    let mut best = Run::default();
    for indent in indents {
        let members = of_manner.iter().map(|&at| (at, &numbers[at]));
        let members = members.filter(|(_, it)| it.indent() <= indent + 1);
        let members: Vec<Member> = members
            .map(|(at, it)| Member {
                at,
                number: it.number,
                first: it.indent() == indent,
            })
            .collect();
        let (placed, length) = rising(&members);
        if length > best.length {
            best = Run {
                placed,
                length,
                indent,
            };
        }
    }
    best
}

/// The members that are in every longest rising run and not in doubt, and how long that is.
fn rising(members: &[Member]) -> (Vec<usize>, usize) {
    let to = lengths(members.iter().map(|it| (i64::from(it.number), it.first)));
    let from = lengths(members.iter().rev().map(|it| (-i64::from(it.number), true)));
    let length = to.iter().flatten().max().copied().unwrap_or(0);
    let mut levels: Vec<Vec<usize>> = vec![Vec::new(); length];
    for (at, (to, from)) in to.iter().zip(from.iter().rev()).enumerate() {
        if let (Some(to), Some(from)) = (to, from)
            && to + from == length + 1
        {
            levels[to - 1].push(at);
        }
    }
    let doubtful = match levels.iter().all(|level| level.len() == 1) {
        true => vec![false; members.len()],
        false => doubtful(members, &levels),
    };
    let placed = levels.iter().filter(|level| level.len() == 1).flatten();
    let placed = placed.filter(|&&at| !doubtful[at]);
    (placed.map(|&at| members[at].at).collect(), length)
}

/// For each place the length of the longest rising run that ends there; none where no run may begin so.
fn lengths(values: impl Iterator<Item = (i64, bool)>) -> Vec<Option<usize>> {
    let mut ends: Vec<i64> = Vec::new();
    let length = |(value, first): (i64, bool)| {
        let shorter = ends.partition_point(|end| *end < value);
        if shorter == 0 && !first {
            return None;
        }
        match ends.get_mut(shorter) {
            Some(end) => *end = value,
            None => ends.push(value),
        }
        Some(shorter + 1)
    };
    values.map(length).collect()
}

/// Which members lie among numbers that stand twice, or among those of one level.
fn doubtful(members: &[Member], levels: &[Vec<usize>]) -> Vec<bool> {
    let mut of_number: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        of_number.entry(member.number).or_default().push(at);
    }
    let groups = of_number.values().chain(levels);
    let mut ends: BTreeMap<usize, usize> = BTreeMap::new();
    for group in groups.filter(|group| group.len() > 1) {
        let end = ends.entry(group[0]).or_insert(0);
        *end = group[group.len() - 1].max(*end);
    }
    let mut reach = None;
    let inside = |at: usize| {
        reach = reach.max(ends.get(&at).copied());
        reach.is_some_and(|reach| at <= reach)
    };
    (0..members.len()).map(inside).collect()
}

#[cfg(test)]
mod tests {
    use super::longest;
    use crate::narrative::message::number::numbered;

    /// The lines that are of the run without doubt.
    fn placed(lines: &[&str]) -> Vec<usize> {
        let numbers = lines.iter().enumerate();
        let numbers: Vec<_> = numbers
            .filter_map(|(at, line)| numbered(at, line))
            .collect();
        let run = longest(&numbers);
        let index = |at: usize| numbers[at].index;
        run.placed.into_iter().map(index).collect()
    }

    #[test]
    fn a_run_that_is_longer_than_all_others_is_one() {
        assert_eq!(placed(&["1. a", "2) b", "2. c", "9. d"]), [0, 2, 3]);
        assert_eq!(
            placed(&["1. a", "2. b", "5. c", "1. d", "2. e", "6. f"]),
            [0, 1, 2, 5]
        );
        assert_eq!(
            placed(&[
                "1. a", "   1. b", "   2. c", "   3. d", "2. e", "3. f", "4. g"
            ]),
            [0, 4, 5, 6]
        );
    }

    #[test]
    fn what_two_runs_differ_in_is_in_doubt() {
        assert_eq!(placed(&["1. a", "3. b", "2. c"]), [0]);
        assert_eq!(
            placed(&["1. a", "1. b", "2. c", "3. d", "2. e"]),
            Vec::<usize>::new()
        );
        assert_eq!(
            placed(&["1. a", "2. b", "1. c", "2. d", "3. e", "4. f"]),
            [4, 5]
        );
        assert_eq!(
            placed(&["1. a", "2. b", "1) c", "2) d"]),
            Vec::<usize>::new()
        );
    }
}
