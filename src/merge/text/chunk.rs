//! Changes of several sides that touch one another.

use std::ops::Range;

use crate::diff::words::Hunk;

/// A stretch of the base that one or more sides changed, and what it is in each side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Of the base.
    pub base: Range<usize>,
    /// Of each side.
    pub sides: Vec<Range<usize>>,
}

/// Groups the hunks of all sides, in order: those that overlap or have nothing between them are one chunk.
pub fn chunks(hunks: &[Vec<Hunk>], is_nothing: impl Fn(Range<usize>) -> bool) -> Vec<Chunk> {
    let mut all: Vec<&Hunk> = hunks.iter().flatten().collect();
    all.sort_by_key(|hunk| (hunk.before.start, hunk.before.end));
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for hunk in all {
        match stretches.last_mut() {
            Some(last)
                if hunk.before.start <= last.end || is_nothing(last.end..hunk.before.start) =>
            {
                last.end = last.end.max(hunk.before.end);
            }
            _ => stretches.push(hunk.before.clone()),
        }
    }
    let mut sides: Vec<Follower<'_>> = hunks.iter().map(|hunks| Follower::new(hunks)).collect();
    let chunk = |base: Range<usize>| Chunk {
        sides: sides.iter_mut().map(|side| side.over(&base)).collect(),
        base,
    };
    stretches.into_iter().map(chunk).collect()
}

/// Where a side stands when the base is walked from its start.
struct Follower<'a> {
    hunks: &'a [Hunk],
    base: usize,
    side: usize,
}

impl<'a> Follower<'a> {
    fn new(hunks: &'a [Hunk]) -> Self {
        Self {
            hunks,
            base: 0,
            side: 0,
        }
    }

    fn over(&mut self, base: &Range<usize>) -> Range<usize> {
        let start = self.side + (base.start - self.base);
        (self.base, self.side) = (base.start, start);
        while let Some((hunk, rest)) = self.hunks.split_first() {
            if hunk.before.end > base.end || hunk.before.start > base.end {
                break;
            }
            (self.base, self.side, self.hunks) = (hunk.before.end, hunk.after.end, rest);
        }
        self.side += base.end - self.base;
        self.base = base.end;
        start..self.side
    }
}
