//! Versions that tell their age: `v2026.03.0`, and `v2026.03.0-draft.2` for drafts.

use std::fmt;
use std::str::FromStr;

/// A version of a narrative.
///
/// **Invariant:** the month is 1 to 12; a draft's number is at least 1. Drafts come before their release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    year: u16,
    month: u8,
    number: u32,
    draft: Option<u32>,
}

/// Not a version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a version such as `v2026.03.0` (year, month, number)")]
pub struct VersionError(String);

impl Version {
    /// The same version as a draft of this number.
    #[must_use]
    pub fn drafted(self, number: u32) -> Self {
        Self {
            draft: Some(number.max(1)),
            ..self
        }
    }

    /// The version that a draft is a draft of.
    #[must_use]
    pub fn without_draft(self) -> Self {
        Self {
            draft: None,
            ..self
        }
    }

    /// The next version of the same month.
    #[must_use]
    pub fn next(self) -> Self {
        Self {
            number: self.number + 1,
            draft: None,
            ..self
        }
    }

    /// The draft's number, if it is one.
    pub fn draft(self) -> Option<u32> {
        self.draft
    }

    /// The name of its tag: `v2026.03.0`.
    pub fn tag(self) -> String {
        format!("v{self}")
    }
}

impl FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        parse(text).ok_or_else(|| VersionError(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<Version> {
    let plain = text.strip_prefix('v').unwrap_or(text);
    let (plain, draft) = match plain.split_once("-draft.") {
        Some((plain, draft)) => (plain, Some(number(draft)?)),
        None => (plain, None),
    };
    let parts: Vec<&str> = plain.split('.').collect();
    let [year, month, count] = parts.as_slice() else {
        return None;
    };
    if year.len() != 4 || month.len() != 2 {
        return None;
    }
    let month = u8::try_from(number(month.strip_prefix('0').unwrap_or(month))?).ok()?;
    let year = u16::try_from(number(year)?).ok()?;
    let fits = (1..=12).contains(&month) && draft != Some(0);
    fits.then_some(Version {
        year,
        month,
        number: number(count)?,
        draft,
    })
}

fn number(digits: &str) -> Option<u32> {
    let plain = digits == "0" || !digits.starts_with('0');
    let digits = Some(digits).filter(|digits| plain && digits.bytes().all(|b| b.is_ascii_digit()));
    digits?.parse().ok()
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}.{}", self.year, self.month, self.number)?;
        self.draft
            .map_or(Ok(()), |draft| write!(f, "-draft.{draft}"))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |version: &Self| {
            (
                version.year,
                version.month,
                version.number,
                version.draft.unwrap_or(u32::MAX),
            )
        };
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_read_back_and_are_ordered() {
        let texts = [
            "2026.03.0-draft.1",
            "2026.03.0-draft.2",
            "2026.03.0",
            "2026.03.1",
            "2026.11.0",
        ];
        let versions: Vec<Version> = texts.iter().map(|text| text.parse().unwrap()).collect();
        assert!(versions.is_sorted());
        let shown: Vec<String> = versions.iter().map(ToString::to_string).collect();
        assert_eq!(shown, texts);
        assert_eq!("v2026.03.0".parse::<Version>().unwrap().tag(), "v2026.03.0");
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for text in [
            "1.0",
            "v2026.13.0",
            "2026.3.0",
            "2026.03.00",
            "2026.03",
            "v2026.03.0-draft.0",
            "",
            "2026.00.1",
        ] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
    }
}
