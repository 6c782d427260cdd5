//! Whether somebody's words stand in ours: word for word, nearly, or not.
//!
//! Newspapers change signs and not words: curly quotes, dashes, blanks, line breaks, a capital at the start, the numbers
//! of notes, the full stop at the end. Such differences are forgiven, and told.
//!
//! ```
//! use onetext::release::quotation::{Forgiven, found, taken_out_of};
//! let ours = "It’s small – and it grows. Nobody counts it.";
//! assert_eq!(found(ours, "it's small - and it grows"), Some(vec![
//!     Forgiven::Quotes, Forgiven::Dashes, Forgiven::FirstLetter,
//! ]));
//! assert_eq!(found(ours, "It's tiny"), None);
//! assert_eq!(taken_out_of(ours, "it grows").as_deref(), Some("It’s small – and it grows."));
//! ```

use serde::Serialize;

use crate::prose::sentence::sentences;
use crate::prose::unit::{Shared, Unit};

/// A difference that changes no word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Forgiven {
    /// Curly or straight quotes and apostrophes, three dots or one sign.
    Quotes,
    /// Long or short dashes, with or without blanks.
    Dashes,
    /// Kinds of blanks, line breaks, signs without width.
    Blanks,
    /// Numbers of notes within the words.
    Notes,
    /// A capital or small first letter.
    FirstLetter,
    /// The signs at the end, or quotes around the whole.
    Ends,
}

/// All of them, in the order in which they are told.
const ALL: [Forgiven; 6] = [
    Forgiven::Quotes,
    Forgiven::Dashes,
    Forgiven::Blanks,
    Forgiven::Notes,
    Forgiven::FirstLetter,
    Forgiven::Ends,
];

/// Likeness of words, per mille, from which one text is taken for an altered form of another.
const LIKE: u32 = 600;

/// Words, per mille, that a piece of a longer sentence must share with it.
const WITHIN: usize = 800;

/// Words below which a piece may share with anything.
const FEW: usize = 6;

impl Forgiven {
    /// The difference in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Quotes => "quotes or dots",
            Self::Dashes => "dashes",
            Self::Blanks => "blanks or line breaks",
            Self::Notes => "numbers of notes",
            Self::FirstLetter => "the first letter",
            Self::Ends => "signs at the ends",
        }
    }
}

/// Finds a quote in a text of ours; gives the differences that had to be forgiven, or nothing if its words are not there.
pub fn found(ours: &str, quote: &str) -> Option<Vec<Forgiven>> {
    let stands = |forgiven: &[Forgiven]| stands(ours, quote, forgiven);
    if !stands(&ALL) {
        return None;
    }
    let mut needed: Vec<Forgiven> = ALL.to_vec();
    for one in ALL {
        let without: Vec<Forgiven> = needed
            .iter()
            .copied()
            .filter(|other| *other != one)
            .collect();
        if stands(&without) {
            needed = without;
        }
    }
    Some(needed)
}

/// The sentences of ours that a quote was taken out of; nothing if it is whole sentences, or is not there. What was left
/// out may have said more.
pub fn taken_out_of(ours: &str, quote: &str) -> Option<String> {
    let ranges = sentences(ours);
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let spans = (1..=ranges.len()).flat_map(|length| ranges.windows(length));
    let mut texts = spans.filter_map(|span| {
        let text = &ours[span.first()?.start..span.last()?.end];
        found(text, quote).map(|_| text)
    });
    let whole = texts.next()?;
    let same = letters(whole).to_lowercase() == letters(quote).to_lowercase();
    (!same).then(|| whole.to_owned())
}

fn stands(ours: &str, quote: &str, forgiven: &[Forgiven]) -> bool {
    let fold = |text: &str| {
        forgiven
            .iter()
            .fold(text.to_owned(), |text, one| one.fold(&text))
    };
    let (ours, mut quote) = (fold(ours), fold(quote));
    if forgiven.contains(&Forgiven::Ends) {
        quote = bare(&quote).to_owned();
    }
    if quote.is_empty() {
        return false;
    }
    let forms = match forgiven.contains(&Forgiven::FirstLetter) {
        true => first_letters(&quote),
        false => vec![quote],
    };
    forms.iter().any(|form| is_within(&ours, form))
}

/// Whether whole words of a text read so.
fn is_within(ours: &str, quote: &str) -> bool {
    let word = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    let mut places = ours.match_indices(quote);
    places.any(|(at, _)| {
        let before = word(ours[..at].chars().next_back()) && word(quote.chars().next());
        let rest = &ours[at + quote.len()..];
        let after = word(rest.chars().next()) && word(quote.chars().next_back());
        !before && !after
    })
}

fn bare(text: &str) -> &str {
    let is_end =
        |sign: char| !sign.is_alphanumeric() && !matches!(sign, '%' | '£' | '€' | '$' | '(' | ')');
    text.trim_matches(is_end)
}

/// The text with a small and with a capital first letter.
fn first_letters(text: &str) -> Vec<String> {
    let mut signs = text.chars();
    let Some(first) = signs.next() else {
        return Vec::new();
    };
    let rest = signs.as_str();
    let small: String = first.to_lowercase().collect();
    let capital: String = first.to_uppercase().collect();
    vec![format!("{small}{rest}"), format!("{capital}{rest}")]
}

impl Forgiven {
    fn fold(self, text: &str) -> String {
        match self {
            Self::Quotes => text.chars().map(straight).collect(),
            Self::Dashes => dashes(text),
            Self::Blanks => blanks(text),
            Self::Notes => without_notes(text),
            Self::FirstLetter | Self::Ends => text.to_owned(),
        }
    }
}

fn straight(sign: char) -> String {
    match sign {
        '‘' | '’' | '‛' | 'ʼ' | '‹' | '›' => "'".to_owned(),
        '“' | '”' | '„' | '‟' | '«' | '»' => "\"".to_owned(),
        '…' => "...".to_owned(),
        _ => sign.to_string(),
    }
}

/// Every dash as `-`, runs of them as one, without blanks around it.
fn dashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after = false;
    for sign in text.chars() {
        let dash = matches!(sign, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
        if dash {
            out.truncate(out.trim_end().len());
            if !out.ends_with('-') {
                out.push('-');
            }
        } else if !(after && sign.is_whitespace()) {
            out.push(sign);
        }
        after = dash || (after && sign.is_whitespace());
    }
    out
}

/// Runs of blanks of any kind as one, without signs that have no width.
fn blanks(text: &str) -> String {
    let seen = |sign: &char| {
        !matches!(
            sign,
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
        )
    };
    let text: String = text.chars().filter(seen).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Numbers in square brackets, as our pages print them behind a word, and the blank before them.
fn without_notes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let inside = after.split_once(']').filter(|(inside, _)| {
            let digits = |sign: char| sign.is_ascii_digit() || matches!(sign, ',' | ' ');
            !inside.is_empty() && inside.chars().all(digits)
        });
        match inside {
            Some((_, after)) => {
                out.push_str(before.trim_end());
                rest = after;
            }
            None => {
                out.push_str(before);
                out.push('[');
                rest = after;
            }
        }
    }
    out + rest
}

/// A passage of ours that a quote may be an altered form of.
#[derive(Clone, Debug)]
pub struct Near {
    /// Our words.
    pub ours: Shared,
    /// The words that were asked about.
    pub quote: Shared,
    /// Whether the quote is a piece of ours: what stands around it is no difference.
    pub piece: bool,
    /// How near it is; higher is nearer.
    pub score: usize,
}

/// Finds the sentences of a text that a quote is nearest to, if it is near to any.
pub fn nearest(ours: &str, quote: &str) -> Option<Near> {
    let clean = blanks(&without_notes(quote));
    let units: Vec<Shared> = first_letters(&clean)
        .into_iter()
        .map(Unit::sentence)
        .collect();
    let count = sentences(&clean).len().max(1);
    let mut best: Option<Near> = None;
    let found = sentences(ours);
    for window in found.windows(count.min(found.len()).max(1)) {
        let (first, last) = (window.first()?, window.last()?);
        let passage = Unit::sentence(blanks(&ours[first.start..last.end]));
        let unit = as_in(&passage, &units)?;
        if let Some(near) = near(passage, unit)
            && best.as_ref().is_none_or(|best| best.score < near.score)
        {
            best = Some(near);
        }
    }
    best
}

/// The form of a quote, with a small or a capital first letter, whose first word our passage has.
fn as_in<'a>(ours: &Unit, forms: &'a [Shared]) -> Option<&'a Shared> {
    let first = |unit: &Unit| unit.tokens().first().map(|token| token.hash);
    let has = |form: &&Shared| {
        let hash = first(form);
        ours.tokens().iter().any(|token| Some(token.hash) == hash)
    };
    forms.iter().find(has).or(forms.last())
}

fn near(ours: Shared, quote: &Shared) -> Option<Near> {
    let words = quote.words().len();
    let likeness = ours.likeness(quote);
    let share = ours.common_words(quote) * 1000 / words.max(1);
    let piece = words >= FEW && share >= WITHIN && likeness < 900;
    let score = share + usize::try_from(likeness).unwrap_or(0);
    (likeness >= LIKE || piece).then(|| Near {
        ours,
        quote: quote.clone(),
        piece,
        score,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "The best-known list holds 171 entries, which can be tied to 26 countries. \
                        Nobody’s count is complete – and it shows.";

    #[test]
    fn signs_are_forgiven_and_told() {
        let told = |quote| found(OURS, quote);
        assert_eq!(told("The best-known list holds 171 entries"), Some(vec![]));
        assert_eq!(
            told("“Nobody's\ncount is complete — and it shows”"),
            Some(vec![
                Forgiven::Quotes,
                Forgiven::Dashes,
                Forgiven::Blanks,
                Forgiven::Ends
            ])
        );
        assert_eq!(
            told("tied to 26 countries [1]. nobody’s count"),
            None,
            "a small letter inside is another text"
        );
        assert_eq!(
            told("tied to 26 countries [1]. Nobody’s count"),
            Some(vec![Forgiven::Notes])
        );
        assert_eq!(
            told("Which can be tied to 26 countries"),
            Some(vec![Forgiven::FirstLetter])
        );
    }

    #[test]
    fn words_are_whole_and_are_not_forgiven() {
        for quote in ["171 entrie", "71 entries", "holds 172 entries", "", "“”"] {
            assert_eq!(found(OURS, quote), None, "{quote}");
        }
    }

    #[test]
    fn an_altered_quote_finds_its_sentence() {
        let near = |quote| nearest(OURS, quote);
        let altered = near("The best-known list holds 711 entries, tied to 26 countries.").unwrap();
        assert!(altered.ours.text().starts_with("The best-known list"));
        let piece = near("the list holds 171 members, which can be tied to 26").unwrap();
        assert!(piece.piece || piece.score > 0);
        assert!(near("Co-ops will take over the whole world by 2030.").is_none());
    }
}
