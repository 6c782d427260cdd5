//! The same work on many values, several at a time; the only file that names `rayon`.
//!
//! `rayon` buys us all processors for work whose parts do not look at each other. Results are collected in the order of
//! the values, so that nothing depends on how many processors there are, or on which was first.
//!
//! ```
//! use onetext::parallel::map;
//! assert_eq!(map(&[1, 2, 3], |n| n * n), [1, 4, 9]);
//! ```

use std::collections::BTreeMap;

use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

/// Values below which starting threads would cost more than it gains.
const FEW: usize = 8;

/// Does some work on every value; the results are in the order of the values.
pub fn map<T: Sync, R: Send>(values: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    if values.len() < FEW {
        return values.iter().map(work).collect();
    }
    values.par_iter().with_min_len(FEW / 2).map(work).collect()
}

/// Numbers the distinct ones among some values: the number of each value, and where each number first stands.
///
/// ```
/// use onetext::parallel::distinct;
/// assert_eq!(distinct(["a", "b", "a"]), (vec![0, 1, 0], vec![0, 1]));
/// ```
pub fn distinct<T: Ord>(values: impl IntoIterator<Item = T>) -> (Vec<usize>, Vec<usize>) {
    let mut known: BTreeMap<T, usize> = BTreeMap::new();
    let mut first = Vec::new();
    let number = |(at, value)| {
        *known.entry(value).or_insert_with(|| {
            first.push(at);
            first.len() - 1
        })
    };
    let numbers = values.into_iter().enumerate().map(number).collect();
    (numbers, first)
}
