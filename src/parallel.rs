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
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread::Builder;
use std::time::Duration;

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

/// The room for what is nested, as much as a program's first thread has elsewhere.
const STACK: usize = 8 * 1024 * 1024;

/// Why work that was done aside has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDone {
    /// It took longer than it was given.
    Late,
    /// It broke off, or could not be begun.
    Failed(String),
}

/// Does some work aside, for as long as it may take. What is late goes on in vain until the program ends.
///
/// ```
/// use std::time::Duration;
/// use onetext::parallel::{NotDone, within};
/// assert_eq!(within(Duration::from_secs(60), || 1 + 1), Ok(2));
/// let late = within(Duration::ZERO, || std::thread::sleep(Duration::from_secs(60)));
/// assert_eq!(late, Err(NotDone::Late));
/// ```
///
/// # Errors
///
/// It was not done in time, or broke off.
pub fn within<R: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> R + Send + 'static,
) -> Result<R, NotDone> {
    let (done, waiting) = channel();
    let begun = Builder::new().stack_size(STACK).spawn(move || {
        // Nobody waits any more if the time is up.
        let _ = done.send(work());
    });
    begun.map_err(|error| NotDone::Failed(error.to_string()))?;
    waiting.recv_timeout(patience).map_err(|error| match error {
        RecvTimeoutError::Timeout => NotDone::Late,
        RecvTimeoutError::Disconnected => NotDone::Failed("it broke off".to_owned()),
    })
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
