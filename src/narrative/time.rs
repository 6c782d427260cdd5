//! Moments and days; the only file that names `jiff`.
//!
//! `jiff` buys us correct calendars and RFC 3339 without a locale or a clock of its own: moments are always given.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A moment in UTC, to the second, written as RFC 3339: `2026-11-24T09:00:00Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment(jiff::Timestamp);

/// A calendar day: `2026-11-24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(jiff::civil::Date);

/// Not a moment or day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Not a moment such as `2026-11-24T09:00:00Z`.
    #[error("`{0}` is not a moment such as `2026-11-24T09:00:00Z`")]
    Moment(String),
    /// Not a day such as `2026-11-24`.
    #[error("`{0}` is not a day such as `2026-11-24`")]
    Day(String),
}

impl Moment {
    /// The moment so many seconds after 1970-01-01T00:00:00Z, if the calendar has it.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        jiff::Timestamp::from_second(seconds).ok().map(Self)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix(self) -> i64 {
        self.0.as_second()
    }

    /// The year, then month, day, hour, minute and second, in UTC.
    pub fn fields(self) -> (i16, [u8; 5]) {
        let at = jiff::tz::TimeZone::UTC.to_datetime(self.0);
        let fields = [at.month(), at.day(), at.hour(), at.minute(), at.second()];
        (at.year(), fields.map(i8::unsigned_abs))
    }

    /// The day in UTC.
    pub fn day(self) -> Day {
        Day(jiff::tz::TimeZone::UTC.to_datetime(self.0).date())
    }
}

impl Day {
    /// The day for people: `24 November 2026`.
    pub fn long(self) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = usize::try_from(self.0.month() - 1).map_or("", |month| MONTHS[month]);
        format!("{} {month} {}", self.0.day(), self.0.year())
    }

    /// How many days it is after another; fewer than none if it is before.
    pub fn days_since(self, other: Self) -> i64 {
        i64::from((self.0 - other.0).get_days())
    }

    /// The day so many days later; itself, if the calendar ends before.
    #[must_use]
    pub fn later_by(self, days: u32) -> Self {
        let later = self.0.checked_add(jiff::Span::new().days(i64::from(days)));
        later.map_or(self, Self)
    }

    /// Year and month, as numbers: `(2026, 11)`.
    pub fn year_month(self) -> (i16, i8) {
        (self.0.year(), self.0.month())
    }
}

impl FromStr for Moment {
    type Err = TimeError;
    fn from_str(text: &str) -> Result<Self, TimeError> {
        text.parse()
            .map(Self)
            .map_err(|_| TimeError::Moment(text.to_owned()))
    }
}

impl FromStr for Day {
    type Err = TimeError;
    fn from_str(text: &str) -> Result<Self, TimeError> {
        text.parse()
            .map(Self)
            .map_err(|_| TimeError::Day(text.to_owned()))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Moment {
    type Error = TimeError;
    fn try_from(text: String) -> Result<Self, TimeError> {
        text.parse()
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> String {
        moment.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = TimeError;
    fn try_from(text: String) -> Result<Self, TimeError> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_knows_its_day() {
        let moment: Moment = "2026-11-24T23:59:59Z".parse().unwrap();
        assert_eq!(moment.to_string(), "2026-11-24T23:59:59Z");
        assert_eq!(moment.day().long(), "24 November 2026");
        assert_eq!(Moment::from_unix(moment.unix()), Some(moment));
    }

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let (february, march): (Day, Day) =
            ("2028-02-28".parse().unwrap(), "2028-03-01".parse().unwrap());
        assert_eq!(march.days_since(february), 2);
        assert_eq!(february.days_since(march), -2);
        assert_eq!(february.later_by(2), march);
    }
}
