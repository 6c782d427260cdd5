//! What time it is.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::narrative::time::Moment;

/// The moment now, or the one in `SOURCE_DATE_EPOCH` if that is a sane number of seconds.
///
/// Source of the convention: reproducible-builds.org, specification of `SOURCE_DATE_EPOCH`.
pub fn now() -> Moment {
    let fixed = std::env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|seconds| seconds.parse().ok());
    let sane = |seconds: &i64| (0..=4_102_444_800).contains(seconds);
    let clock = || {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        i64::try_from(since.as_secs()).unwrap_or(0)
    };
    let seconds = fixed.filter(sane).unwrap_or_else(clock);
    Moment::from_unix(seconds)
        .unwrap_or_else(|| Moment::from_unix(0).expect("1970 is in the calendar"))
}
