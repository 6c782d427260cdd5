//! Moments and days; the only file that names `jiff`.
//!
//! `jiff` buys us correct calendars, RFC 3339 and time zones without a locale or a clock of its own: moments are always
//! given, and the time zone database is the one built in, the same on every machine.

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
    /// Not a time of day such as `09:00`.
    #[error("`{0}` is not a time of day such as `09:00`")]
    Time(String),
    /// No time zone.
    #[error("`{0}` is no time zone such as `Europe/London`")]
    Zone(String),
    /// A time that comes twice or never where the clocks change.
    #[error("the clocks of {zone} show {at} twice or never: they change in that night")]
    Changing {
        /// The zone.
        zone: String,
        /// The day and time.
        at: String,
    },
}

/// A moment as the clock of a place shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock(jiff::ZonedDateTime);

impl Clock {
    /// Takes a day and a time of day, such as `09:00`, by the clock of a zone such as `Europe/London`.
    ///
    /// # Errors
    ///
    /// It is no time or no zone, or the clocks change then and the time comes twice or never.
    pub fn new(day: Day, time: &str, zone: &str) -> Result<Self, TimeError> {
        let no_time = || TimeError::Time(time.to_owned());
        let (hour, minute) = time.split_once(':').ok_or_else(no_time)?;
        let number = |digits: &str| digits.parse::<i8>().ok().filter(|_| digits.len() == 2);
        let (hour, minute) = number(hour).zip(number(minute)).ok_or_else(no_time)?;
        let time_of_day = jiff::civil::Time::new(hour, minute, 0, 0).map_err(|_| no_time())?;
        let found = jiff::tz::TimeZoneDatabase::bundled().get(zone);
        let found = found.map_err(|_| TimeError::Zone(zone.to_owned()))?;
        let local = day.0.to_datetime(time_of_day);
        let changing = |_| TimeError::Changing {
            zone: zone.to_owned(),
            at: format!("{day} {time}"),
        };
        let zoned = found.to_ambiguous_zoned_datetime(local).unambiguous();
        zoned.map(Self).map_err(changing)
    }

    /// The moment.
    pub fn moment(&self) -> Moment {
        Moment(self.0.timestamp())
    }

    /// Time, day, place and distance from UTC, in words.
    pub fn words(&self) -> String {
        let time = self.0.strftime("%H:%M on %A");
        let day = Day(self.0.date()).long();
        let zone = self.0.time_zone().iana_name().unwrap_or("UTC");
        let place = zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
        match zone {
            "UTC" => format!("{time} {day}, UTC"),
            _ => {
                let offset = self.0.strftime("%:z");
                format!("{time} {day}, {place} time ({zone}, UTC{offset})")
            }
        }
    }
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
