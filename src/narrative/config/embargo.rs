//! Until when nothing may be published: a day and a time by the clock of a named place.

use serde::{Deserialize, Serialize};

use crate::narrative::time::{Clock, Day, Moment, TimeError};

/// Until when nothing of an edition may be published.
///
/// It is kept as data, so that what readers see and what the gate holds to are the same moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Embargo {
    /// The day.
    pub date: Day,
    /// The time of day by the clock of the place: `09:00`.
    pub time: String,
    /// The place, as the time zone database names it: `Europe/London`.
    #[serde(default)]
    pub zone: Option<String>,
}

/// Why an embargo names no moment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmbargoError {
    /// A time without a zone is a different moment for every reader.
    #[error("the embargo names no time zone")]
    NoZone,
    /// Date, time and zone make no moment.
    #[error(transparent)]
    Time(#[from] TimeError),
}

impl Embargo {
    /// The moment at which it ends.
    ///
    /// # Errors
    ///
    /// It has no zone, or its date, time and zone make no moment, or two.
    pub fn ends(&self) -> Result<Moment, EmbargoError> {
        Ok(self.clock()?.moment())
    }

    /// The moment in words: `09:00 on Wednesday 3 March 2027, London time (Europe/London, UTC+00:00)`.
    ///
    /// # Errors
    ///
    /// As [`ends`](Self::ends).
    pub fn words(&self) -> Result<String, EmbargoError> {
        Ok(self.clock()?.words())
    }

    fn clock(&self) -> Result<Clock, EmbargoError> {
        let zone = self.zone.as_deref().ok_or(EmbargoError::NoZone)?;
        Ok(Clock::new(self.date, &self.time, zone)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embargo(date: &str, time: &str, zone: Option<&str>) -> Embargo {
        Embargo {
            date: date.parse().expect("a day"),
            time: time.to_owned(),
            zone: zone.map(str::to_owned),
        }
    }

    #[test]
    fn an_embargo_is_a_moment_and_is_told_in_words() {
        let summer = embargo("2027-06-03", "09:00", Some("Europe/London"));
        assert_eq!(summer.ends().unwrap().to_string(), "2027-06-03T08:00:00Z");
        assert_eq!(
            summer.words().unwrap(),
            "09:00 on Thursday 3 June 2027, London time (Europe/London, UTC+01:00)"
        );
        let far = embargo(
            "2027-01-31",
            "23:30",
            Some("America/Argentina/Buenos_Aires"),
        );
        assert_eq!(
            far.words().unwrap(),
            "23:30 on Sunday 31 January 2027, Buenos Aires time \
             (America/Argentina/Buenos_Aires, UTC-03:00)"
        );
        let utc = embargo("2027-01-31", "00:00", Some("UTC"));
        assert_eq!(utc.words().unwrap(), "00:00 on Sunday 31 January 2027, UTC");
    }

    #[test]
    fn what_names_no_moment_or_two_is_told() {
        let told = |time, zone| {
            embargo("2026-10-25", time, zone)
                .ends()
                .unwrap_err()
                .to_string()
        };
        assert_eq!(told("09:00", None), "the embargo names no time zone");
        assert_eq!(
            told("9 o'clock", Some("Europe/London")),
            "`9 o'clock` is not a time of day such as `09:00`"
        );
        assert_eq!(
            told("09:00", Some("Europe/Londn")),
            "`Europe/Londn` is no time zone such as `Europe/London`"
        );
        assert_eq!(
            told("01:30", Some("Europe/London")),
            "the clocks of Europe/London show 2026-10-25 01:30 twice or never: they change in that night"
        );
    }
}
