//! Words, punctuation and atoms: what a sentence is compared by.
//!
//! The choice made here: white space is no token, so wrapping can never be an edit; typography (curly or straight
//! quotes, no-break spaces, `…`) is folded before hashing, so it is none either. Code spans, link targets, images,
//! addresses, citations and footnote references are atoms, so no merge can tear one.
//!
//! **Invariant:** token ranges are in order, do not overlap, and cover everything but white space.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// One token of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the text that the token occupies.
    pub range: Range<usize>,
    /// Identity: equal for tokens that read alike.
    pub hash: u64,
    /// What kind of token it is.
    pub class: Class,
    /// Whether white space stands before it.
    pub spaced: bool,
}

/// What kind of token it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Letters and digits.
    Word,
    /// A sign.
    Punctuation,
    /// Something that cannot be divided: a code span, a link target, a citation.
    Atom,
    /// A delimiter of emphasis or the opening bracket of a link.
    Delimiter,
}

/// Divides a text into tokens.
///
/// ```
/// use onetext::prose::token::tokens;
/// let text = "It grew 5.4% [@q1].";
/// let words: Vec<_> = tokens(text).into_iter().map(|token| &text[token.range]).collect();
/// assert_eq!(words, ["It", "grew", "5.4", "%", "[@q1]", "."]);
/// ```
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut spaced = false;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            spaced = true;
            at += first.len_utf8();
            continue;
        }
        let (class, length) = next(text, at, first);
        let range = at..at + length;
        out.push(Token {
            hash: hash(class, &text[range.clone()]),
            range,
            class,
            spaced,
        });
        spaced = false;
        at += length;
    }
    out
}

fn next(text: &str, at: usize, first: char) -> (Class, usize) {
    let rest = &text[at..];
    if let Some(length) = atom(rest, first) {
        return (Class::Atom, length);
    }
    match first {
        '*' | '_' | '~' if delimits(text, at, first) => (Class::Delimiter, run(rest, first)),
        '[' if link_end(rest).is_some() => (Class::Delimiter, 1),
        '\\' if rest[1..].starts_with(|next: char| next.is_ascii_punctuation()) => {
            (Class::Punctuation, 2)
        }
        '.' if rest.starts_with("...") => (Class::Punctuation, 3),
        _ if is_word(first) => (Class::Word, word(rest)),
        _ => (Class::Punctuation, first.len_utf8()),
    }
}

fn run(text: &str, sign: char) -> usize {
    text.len() - text.trim_start_matches(sign).len()
}

/// A delimiter run opens or closes emphasis: it stands at the edge of a word, or, of `*`, inside one.
fn delimits(text: &str, at: usize, sign: char) -> bool {
    let length = run(&text[at..], sign);
    let before = text[..at]
        .chars()
        .next_back()
        .is_none_or(char::is_whitespace);
    let after = text[at + length..]
        .chars()
        .next()
        .is_none_or(char::is_whitespace);
    let inside = text[..at].ends_with(is_word) && text[at + length..].starts_with(is_word);
    let stands_alone = before && after;
    let within_a_word = inside && sign == '_';
    let single_tilde = sign == '~' && length != 2;
    !(stands_alone || within_a_word || single_tilde)
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&sign)
}

/// The length of the word at the start: apostrophes and hyphens inside words and separators inside numbers belong to it.
fn word(text: &str) -> usize {
    let mut end = 0;
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let follows = signs.peek().map(|&(_, next)| next);
        let inner = match sign {
            '\'' | '’' | '-' | '\u{2011}' | '_' => follows.is_some_and(is_word),
            '.' | ',' => {
                text[..at].ends_with(|before: char| before.is_ascii_digit())
                    && follows.is_some_and(|next| next.is_ascii_digit())
            }
            _ => is_word(sign),
        };
        if !inner {
            break;
        }
        end = at + sign.len_utf8();
    }
    end
}

/// The length of the atom at the start, if there is one.
fn atom(rest: &str, first: char) -> Option<usize> {
    match first {
        '`' => code(rest),
        '!' if rest.starts_with("![") => link_end(&rest[1..]).map(|(_, end)| end + 1),
        '[' if rest.starts_with("[@") || rest.starts_with("[^") => {
            near(rest, ']').map(|end| end + 1)
        }
        ']' => target(&rest[1..]).map(|length| length + 1),
        '<' => angle(rest),
        '\\' if rest.starts_with("\\\n") => Some(2),
        'h' if rest.starts_with("http://") || rest.starts_with("https://") => Some(address(rest)),
        _ => None,
    }
}

fn code(text: &str) -> Option<usize> {
    let fence = run(text, '`');
    let mut at = fence;
    while let Some(found) = text[at..].find('`') {
        let length = run(&text[at + found..], '`');
        at += found + length;
        if length == fence {
            return Some(at);
        }
    }
    None
}

/// Of a text that starts with `[`: where its `]` stands, and where the link ends.
fn link_end(text: &str) -> Option<(usize, usize)> {
    let close = closing(text)?;
    target(&text[close + 1..]).map(|length| (close, close + 1 + length))
}

/// How deep brackets may be nested in a link: without a bound a row of open ones would be read once for each.
const DEEPEST: usize = 32;

/// How far off the end of a citation, a label or a tag is looked for, in bytes; the bound is there for the same reason.
const REACH: usize = 1_000;

/// Where the bracket is closed that a text starts with.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, sign) in text.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' if depth == DEEPEST => return None,
            '[' => depth += 1,
            ']' if depth == 1 => return Some(at),
            ']' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

/// The length of `(address)` or `[label]` at the start.
fn target(text: &str) -> Option<usize> {
    match text.chars().next()? {
        '(' => {
            let mut depth = 0_usize;
            for (at, sign) in text.char_indices() {
                match sign {
                    '(' if depth == DEEPEST => return None,
                    '(' => depth += 1,
                    ')' if depth == 1 => return Some(at + 1),
                    ')' => depth -= 1,
                    _ => {}
                }
            }
            None
        }
        '[' => near(text, ']').map(|end| end + 1),
        _ => None,
    }
}

/// The length of an autolink or an HTML tag.
fn angle(text: &str) -> Option<usize> {
    let inner = text[1..].chars().next()?;
    let opens = inner.is_ascii_alphabetic() || matches!(inner, '/' | '!');
    let end = opens.then(|| near(text, '>')).flatten()?;
    Some(end + 1)
}

/// Where an ASCII sign stands first, unless that is farther off than anybody writes.
fn near(text: &str, sign: char) -> Option<usize> {
    let reach = &text.as_bytes()[..text.len().min(REACH)];
    let sign = u8::try_from(sign).ok()?;
    reach.iter().position(|byte| *byte == sign)
}

/// The length of a bare address, without the punctuation that ends a sentence.
fn address(text: &str) -> usize {
    let end = text.find(|sign: char| sign.is_whitespace() || matches!(sign, '<' | '>' | ']'));
    let mut address = &text[..end.unwrap_or(text.len())];
    let open = address.matches('(').count();
    let mut closed = address.matches(')').count();
    loop {
        let mut shorter =
            address.trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '\'', '*', '_']);
        if closed > open {
            let without = shorter.trim_end_matches(')');
            closed -= shorter.len() - without.len();
            shorter = without;
        }
        if shorter.len() == address.len() {
            return address.len();
        }
        address = shorter;
    }
}

fn hash(class: Class, text: &str) -> u64 {
    let text = folded(text);
    let text = match class {
        Class::Punctuation if text.len() == 2 && text.starts_with('\\') => &text[1..],
        Class::Delimiter if text.starts_with('_') => return hash(class, &text.replace('_', "*")),
        _ => &text,
    };
    fnv(fnv(OFFSET, text.as_bytes()), &[0])
}

/// A text whose letters and accents are one character wherever there is one: NFC.
pub fn composed(text: &str) -> Cow<'_, str> {
    if is_nfc(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// A text with its typography folded: NFC, straight quotes, plain blanks, three dots.
pub fn folded(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let text = composed(text);
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '‘' | '’' | '‛' | 'ʼ' => out.push('\''),
            '“' | '”' | '„' | '‟' => out.push('"'),
            '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2009}' => out.push(' '),
            '…' => out.push_str("..."),
            '\u{2011}' => out.push('-'),
            '\u{ad}' => {}
            _ => out.push(sign),
        }
    }
    Cow::Owned(out)
}

/// What a list is sorted by: the letters and digits in small letters, so that no typography and no mark sorts it.
pub fn sort_key(text: &str) -> String {
    let signs = text
        .chars()
        .filter(|sign| sign.is_alphanumeric() || *sign == ' ');
    signs.flat_map(char::to_lowercase).collect()
}

/// The start value of [`fnv`].
pub const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// Continues the FNV-1a hash of a sequence of bytes: fixed, so that results are equal on every machine.
///
/// Source: Fowler, Noll, Vo, draft-eastlake-fnv, 64 bits.
pub fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_writes_is_not_looked_for_to_the_end_of_the_text() {
        let nested = |depth: usize| format!("{}a{}", "[".repeat(depth), "]".repeat(depth));
        let open = |depth: usize| closing(&nested(depth)).is_some();
        assert!(open(32) && !open(33));
        let round = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
        let open = |depth: usize| target(&round(depth)).is_some();
        assert!(open(32) && !open(33));
        let tag = |length: usize| angle(&format!("<{}>", "a".repeat(length)));
        assert_eq!(tag(998), Some(1_000));
        assert_eq!(tag(999), None);
    }

    fn split(text: &str) -> Vec<&str> {
        tokens(text)
            .into_iter()
            .map(|token| &text[token.range])
            .collect()
    }

    #[test]
    fn atoms_are_whole() {
        assert_eq!(
            split("See [the list](a (b) c), `x y`."),
            ["See", "[", "the", "list", "](a (b) c)", ",", "`x y`", "."]
        );
        assert_eq!(
            split("![an image](x.png)[^1]"),
            ["![an image](x.png)", "[^1]"]
        );
        assert_eq!(
            split("at https://a.example/b_c."),
            ["at", "https://a.example/b_c", "."]
        );
        assert_eq!(split("[not a link] x"), ["[", "not", "a", "link", "]", "x"]);
    }

    #[test]
    fn words_keep_their_apostrophes_hyphens_and_separators() {
        assert_eq!(
            split("Don't co-operate: 1,000.5 snake_case."),
            ["Don't", "co-operate", ":", "1,000.5", "snake_case", "."]
        );
        assert_eq!(
            split("**very** *bold*"),
            ["**", "very", "**", "*", "bold", "*"]
        );
        assert_eq!(split("2 * 3"), ["2", "*", "3"]);
    }

    #[test]
    fn typography_and_white_space_do_not_change_identity() {
        let ids = |text| {
            tokens(text)
                .into_iter()
                .map(|token| token.hash)
                .collect::<Vec<_>>()
        };
        assert_eq!(ids("it’s “so” …"), ids("it's\n\"so\" ..."));
        assert_eq!(ids("cafe\u{301}"), ids("caf\u{e9}"));
        assert_ne!(ids("may"), ids("May"));
    }
}
