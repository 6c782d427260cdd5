//! What changed between two texts that read alike: signs that are not seen, and typography.
//!
//! Identity is blind to typography so that it never gets in the way of a merge; a reader of a difference must be told
//! of it all the same, because an invisible sign in an address or a name is a change too.

use crate::prose::token::folded;

use super::words::changed;

/// A sign, or a run of signs, that came, went, or took the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// What went; empty if something only came.
    pub before: String,
    /// What came; empty if something only went.
    pub after: String,
    /// How often.
    pub times: usize,
}

impl Sign {
    /// Whether nothing of it is seen.
    pub fn is_unseen(&self) -> bool {
        let all = |text: &str| {
            text.chars()
                .all(|sign| unseen(sign) || sign.is_whitespace())
        };
        all(&self.before) && all(&self.after)
    }
}

/// Tells whether a sign has no width or reorders its neighbours.
pub fn unseen(sign: char) -> bool {
    matches!(sign,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Finds how two texts that read alike differ, each difference once; none if they do not read alike.
///
/// Plain blanks and line ends are no signs.
pub fn signs(before: &str, after: &str) -> Vec<Sign> {
    if before == after || read(before) != read(after) {
        return Vec::new();
    }
    let (before, after) = (parts(before), parts(after));
    let ids = |parts: &[char]| -> Vec<usize> { parts.iter().map(|&sign| number(sign)).collect() };
    let mut out: Vec<Sign> = Vec::new();
    for hunk in changed(&ids(&before), &ids(&after)) {
        let text = |parts: &[char]| parts.iter().collect::<String>();
        let (before, after) = (text(&before[hunk.before]), text(&after[hunk.after]));
        if before.trim_matches(' ').is_empty() && after.trim_matches(' ').is_empty() {
            continue;
        }
        match out
            .iter_mut()
            .find(|sign| sign.before == before && sign.after == after)
        {
            Some(sign) => sign.times += 1,
            None => out.push(Sign {
                before,
                after,
                times: 1,
            }),
        }
    }
    out
}

fn number(sign: char) -> usize {
    usize::try_from(u32::from(sign)).unwrap_or(usize::MAX)
}

/// A text as it is read: typography folded, nothing that is not seen, blanks alike.
fn read(text: &str) -> String {
    let seen: String = folded(text).chars().filter(|&sign| !unseen(sign)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The signs of a text; plain white space is one blank.
fn parts(text: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::new();
    for sign in text.trim_ascii().chars() {
        match sign {
            _ if !sign.is_ascii_whitespace() => out.push(sign),
            _ if out.last() == Some(&' ') => {}
            _ => out.push(' '),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> Vec<(String, String, usize)> {
        signs(before, after)
            .into_iter()
            .map(|sign| (sign.before, sign.after, sign.times))
            .collect()
    }

    fn one(before: &str, after: &str, times: usize) -> Vec<(String, String, usize)> {
        vec![(before.to_owned(), after.to_owned(), times)]
    }

    #[test]
    fn what_is_not_seen_is_found() {
        assert_eq!(shown("a co-op", "a co\u{200b}-op"), one("", "\u{200b}", 1));
        assert_eq!(shown("co\u{ad}op", "coop"), one("\u{ad}", "", 1));
        assert_eq!(
            shown("5 km, 6 km", "5\u{a0}km, 6\u{a0}km"),
            one(" ", "\u{a0}", 2)
        );
        assert!(signs("5 km", "5\u{a0}km")[0].is_unseen());
    }

    #[test]
    fn typography_is_found_and_words_are_not() {
        assert_eq!(shown("it's", "it’s"), one("'", "’", 1));
        assert!(!signs("it's", "it’s")[0].is_unseen());
        assert_eq!(shown("it was", "it is"), []);
        assert_eq!(shown("a  b\nc", "a b c"), []);
    }
}
