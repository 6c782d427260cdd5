//! What time it is.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::narrative::time::Moment;

/// The moment now, or the one in `SOURCE_DATE_EPOCH` if that is a sane number of seconds.
///
/// Source of the convention: reproducible-builds.org, specification of `SOURCE_DATE_EPOCH`.
pub fn now() -> Moment {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok();
    let clock = || {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        i64::try_from(since.as_secs()).unwrap_or(0)
    };
    let seconds = fixed.as_deref().and_then(sane).unwrap_or_else(clock);
    Moment::from_unix(seconds)
        .unwrap_or_else(|| Moment::from_unix(0).expect("1970 is in the calendar"))
}

/// A number of seconds since 1970 that is no later than the year 2100.
fn sane(seconds: &str) -> Option<i64> {
    let seconds = seconds.parse().ok()?;
    (0..=4_102_444_800).contains(&seconds).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::sane;

    #[test]
    fn only_a_sane_moment_stands_for_now() {
        for (text, expected) in [
            ("0", Some(0)),
            ("1772366400", Some(1_772_366_400)),
            ("4102444800", Some(4_102_444_800)),
            ("4102444801", None),
            ("-1", None),
            ("99999999999999999999", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(sane(text), expected, "{text}");
        }
    }
}
