//! Where sentences end; the only file that names `sentencex`.
//!
//! `sentencex` buys us abbreviations, initials, decimals and quotes in many languages. Code spans, links, citations
//! and addresses are masked before it looks, so that no boundary falls inside one.

use std::borrow::Cow;
use std::ops::Range;

use super::month::GERMAN;
use super::token::{Class, tokens};

/// Signs without which, and without an address, a text has nothing to mask.
const MASKED: [char; 8] = ['*', '_', '~', '[', ']', '`', '<', '\\'];

/// Words before whose full stop no sentence ends, beyond those that `sentencex` knows.
const ABBREVIATIONS: [&str; 16] = [
    "vol", "Vol", "vols", "ch", "sec", "Abs", "Art", "Bd", "Kap", "Ziff", "Sra", "Sras", "Srta",
    "Ud", "Uds", "chap",
];

/// Words that `sentencex` takes for abbreviations, and that end sentences in lower case before a capital or a quotation:
/// "they may."
const ORDINARY: [&str; 12] = [
    "may", "me", "no", "id", "ill", "ok", "art", "fed", "miss", "min", "rep", "exec",
];

/// Those of them that may end a sentence before a quotation in lower case; others may stand before a quoted name.
const BEFORE_QUOTES: [&str; 2] = ["may", "me"];

/// What opens a quotation; typography does not matter.
const QUOTES: [char; 9] = ['"', '“', '”', '„', '«', '\'', '‘', '’', '‚'];

/// Finds the sentences of one block's text.
///
/// Returns byte ranges in order, without the white space between them. An empty text has no sentence.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    if !text.contains(['.', '!', '?', '…', '。', '։', '؟', '।']) {
        return trimmed(text, 0..text.len()).into_iter().collect();
    }
    let masked = if text.contains(MASKED) || text.contains('…') || text.contains("http") {
        Cow::Owned(masked(text))
    } else {
        Cow::Borrowed(text)
    };
    let masked = unabbreviated(masked);
    let mut out: Vec<Range<usize>> = Vec::new();
    let found = sentencex::get_sentence_boundaries("en", &masked).into_iter();
    let parts = found.flat_map(|found| unbracketed(&masked, found.start_byte..found.end_byte));
    for range in parts.filter_map(|part| trimmed(text, part)) {
        match out.last_mut() {
            Some(last) if belongs(text, last, &range) => last.end = range.end,
            _ => out.push(range),
        }
    }
    out
}

/// The text with letters that mean nothing in the place of words that are no abbreviations where they stand.
fn unabbreviated(text: Cow<'_, str>) -> Cow<'_, str> {
    let begins = |at: usize, word: &str| {
        let rest = text[at..].trim_start_matches('(');
        let quoted = rest.trim_start_matches(QUOTES);
        let is_quoted = quoted.len() < rest.len();
        // A single letter in quotes is a name: `no. "B"`.
        let several = quoted.chars().nth(1).is_some_and(char::is_alphabetic);
        let lower = is_quoted && BEFORE_QUOTES.contains(&word);
        let large = quoted.starts_with(char::is_uppercase) && (several || !is_quoted);
        large || (lower && quoted.starts_with(char::is_alphabetic))
    };
    let word = |at: usize| {
        let start = text[..at]
            .rfind(|sign| [' ', '\n', '('].contains(&sign) || QUOTES.contains(&sign))
            .map_or(0, |found| {
                found + text[found..].chars().next().map_or(1, char::len_utf8)
            });
        text.get(start..at)
            .filter(|word| ORDINARY.contains(word))
            .map(|_| start..at)
    };
    let stops = text.match_indices('.').map(|(at, _)| at);
    let found: Vec<Range<usize>> = stops
        .filter(|at| text[at + 1..].starts_with([' ', '\n']))
        .filter_map(|at| word(at).filter(|range| begins(at + 2, &text[range.clone()])))
        .collect();
    if found.is_empty() {
        return text;
    }
    let mut out = text.into_owned();
    for range in found {
        let letters = "x".repeat(range.len());
        out.replace_range(range, &letters);
    }
    Cow::Owned(out)
}

/// Our exceptions: what follows without a word of its own, or in lower case, belongs to the sentence before.
fn belongs(text: &str, last: &Range<usize>, range: &Range<usize>) -> bool {
    let part = &text[range.clone()];
    // Most begin with a word, and need no closer look; `http` may be an address.
    let wordless = !part.starts_with(|sign: char| sign.is_alphanumeric() && sign != 'h')
        && tokens(part).iter().all(|token| token.class != Class::Word);
    let lower = part.starts_with(char::is_lowercase);
    let glued = last.end == range.start && !text[..last.end].ends_with(['。', '！', '？']);
    wordless || lower || glued || shortened(&text[last.clone()], part)
}

/// Whether a sentence ends in an abbreviation, or in the day before a German month.
fn shortened(before: &str, after: &str) -> bool {
    let last = before.rsplit([' ', '(', '\u{a0}']).next().unwrap_or("");
    let Some(word) = last.strip_suffix('.') else {
        return false;
    };
    let day = word.len() < 3 && word.parse::<u8>().is_ok();
    ABBREVIATIONS.contains(&word) || (day && GERMAN.iter().any(|month| after.starts_with(month)))
}

/// Divides after a whole sentence in brackets.
fn unbracketed(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let part = &text[range.clone()];
    let ends = [".) ", "!) ", "?) "];
    let end = ends.iter().filter_map(|end| part.find(end)).min();
    let starts = part.trim_start().starts_with('(');
    match end.map(|end| end + 3).filter(|_| starts) {
        Some(end) if part[end..].starts_with(char::is_uppercase) => {
            let middle = range.start + end;
            vec![range.start..middle, middle..range.end]
        }
        _ => vec![range],
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let mut end = range.end - (part.len() - part.trim_end().len());
    if text[..end].ends_with('\\') && text[end..].starts_with('\n') {
        end += 1;
    }
    (start < end).then_some(start..end)
}

/// The text with every atom, and the words of every link, replaced by as many letters.
fn masked(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut link = None;
    for token in tokens(text) {
        let slice = &text[token.range.clone()];
        match token.class {
            Class::Delimiter if slice == "[" => link = link.or(Some(token.range.start)),
            Class::Delimiter if opens(text, &token.range) => bytes[token.range].fill(b'X'),
            Class::Delimiter => bytes[token.range].fill(b' '),
            Class::Atom if slice.starts_with(']') => {
                let start = link.take().unwrap_or(token.range.start);
                bytes[start..token.range.end].fill(b'X');
            }
            Class::Atom if slice == "\\\n" => bytes[token.range].fill(b' '),
            Class::Atom if slice.starts_with("[@") || slice.starts_with("[^") => {
                bytes[token.range].fill(b' ');
            }
            Class::Atom => bytes[token.range].fill(b'X'),
            Class::Word | Class::Punctuation => {}
        }
    }
    // An ellipsis of one sign ends a sentence where one of three signs does; both have three bytes.
    let masked = String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned());
    masked.replace('…', "...")
}

fn opens(text: &str, range: &Range<usize>) -> bool {
    text[range.end..].starts_with(|sign: char| !sign.is_whitespace())
        && !text[..range.start].ends_with(|sign: char| !sign.is_whitespace() && sign != '(')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn ordinary_words_that_are_also_abbreviations_end_a_sentence() {
        for word in ORDINARY {
            let text = format!("So they say {word}. Nobody asked if \"{word}.\nBut they did.");
            assert_eq!(split(&text).len(), 3, "{text}");
            for quotes in ["\"\"", "“”", "''", "‘’"] {
                let (open, shut) = quotes.split_at(quotes.len() / 2);
                let text = format!("So they say {word}. {open}Vote early{shut} is our motto.");
                assert_eq!(split(&text).len(), 2, "{text}");
                let text = format!("So they say {word}. ({open}Vote{shut} they say.)");
                assert_eq!(split(&text).len(), 2, "{text}");
            }
        }
        assert_eq!(split("They may. \"vote early\" is what they say.").len(), 2);
        for whole in [
            "It is no. 5 of them.",
            "See art. 7 on this.",
            "It is no. \"5\" of them.",
            "It is item no. \"B\" of them.",
            "See art. \"on voting\" there.",
            "In May. 2026 it was.",
            "No. Ten is it.",
        ] {
            assert_eq!(split(whole), [whole]);
        }
    }

    #[test]
    fn abbreviations_decimals_and_quotes_do_not_end_a_sentence() {
        assert_eq!(
            split("Dr. A. Smith earned 5.4%. He left."),
            ["Dr. A. Smith earned 5.4%.", "He left."]
        );
        assert_eq!(
            split("Some, e.g. Alpha, stay. Others go."),
            ["Some, e.g. Alpha, stay.", "Others go."]
        );
        assert_eq!(
            split("\"It grew.\" That was 2019."),
            ["\"It grew.\"", "That was 2019."]
        );
    }

    #[test]
    fn links_code_and_citations_are_never_divided() {
        let text = "See [Who? What. Then](a.b?c). Run `a. B`. It grew [@q1]. [^1] Then it fell.[@q2] It rose.";
        assert_eq!(
            split(text),
            [
                "See [Who? What. Then](a.b?c).",
                "Run `a. B`.",
                "It grew [@q1]. [^1]",
                "Then it fell.[@q2]",
                "It rose."
            ]
        );
    }

    #[test]
    fn emphasis_does_not_hide_a_boundary() {
        assert_eq!(
            split("**It grew.** Then it fell."),
            ["**It grew.**", "Then it fell."]
        );
        assert_eq!(
            split("It grew. **Then** it fell."),
            ["It grew.", "**Then** it fell."]
        );
        assert_eq!(
            split("It grew. [Then](u) it fell."),
            ["It grew.", "[Then](u) it fell."]
        );
    }

    /// Hard cases; `|` stands where a sentence ends.
    const HARD: [&str; 62] = [
        "It serves co-ops, e.g. Alpha and Beta.|They agree.",
        "The first, i.e. Alpha, leads.|Beta follows.",
        "Dr. Eve spoke.|Mr. Bo and Mrs. Dee left.",
        "See No. 5 of the list.|It is short.",
        "It stands in vol. 3 of the series.|Read it.",
        "See pp. 12 to 14 and fig. 2 there.|Then decide.",
        "The U.S. law differs.|So does ours.",
        "Alpha Inc. and Beta Ltd. merged.|It was quick.",
        "Apples, pears, etc. were sold.|Nothing was left.",
        "J. R. Smith wrote it.|It sold.",
        "We met A. Jones there.|She spoke.",
        "It grew 5.4 percent.|Then it fell by 1.25 points.",
        "It costs 3.50 euros.|That is cheap.",
        "Version v2.1 is out.|Version 2.1.3 follows.",
        "Read https://a.example/b.c?d=e.|Then write.",
        "Write to ana@alpha.example.|She answers.",
        "The file is called agreed.md here.|Open it.",
        "\"It grew.\"|That was new.",
        "“It grew.”|That was new.",
        "She said: “We agree.”|Bo left.",
        "He asked “Why?” and left.|Nobody knew.",
        "It grew (see the table).|Then it fell.",
        "It grew.|(It fell later.)|Then it rose.",
        "It grew (it fell later. It rose) again.|So be it.",
        "It grew ... and fell.|It rose.",
        "It grew … and fell.|It rose.",
        "We waited...|Then it came.",
        "We waited…|Then it came.",
        "It grew [@q1].|Then it fell.",
        "It grew.[@q1]|Then it fell.",
        "It grew. [@q1]|Then it fell.",
        "It grew.[^1]|Then it fell.",
        "It grew.[^1][^2]|Then it fell.",
        "Run `a. B` first.|Then stop.",
        "Run `a.b()`.|Then stop.",
        "Really?!|Yes.",
        "Really?|No!|Never.",
        "Stop!!|Go on.",
        "我们同意。|他们不同意。",
        "我们同意！|为什么？|没有人知道。",
        "See Bd. 2 and Kap. 3 there.|Then decide.",
        "Das gilt z. B. für Alpha.|Beta folgt.",
        "Das gilt z.B. für Alpha.|Beta folgt.",
        "Am 3. Mai traf man sich.|Es regnete.",
        "Siehe Nr. 5 und Abs. 2 dort.|Es gilt.",
        "Es kamen ca. 50 Leute.|Alle blieben.",
        "Das ist neu, d. h. Ana muss zustimmen.|Bo auch.",
        "„Wir sind dafür.“|Das war neu.",
        "¿Quién decide?|Todos deciden.",
        "¡Basta!|Nadie habla.",
        "La Sra. Dee habló.|El Sr. Bo calló.",
        "« Nous acceptons. »|C'est nouveau.",
        "Mme Dee et M. Bo parlent.|On écoute.",
        "**It grew.**|Then it fell.",
        "It grew.|*Then* it fell.",
        "See [the list. It is long](a.md).|Then go.",
        "It was 1998.|Then came the fund.",
        "It ends at 5 p.m. on Monday.|Come early.",
        "Ask St. Mary's school.|They know.",
        "It cost $5.|It is 5 now.",
        "We agree.|Ana does too: yes.|Bo vs. Dee is open.",
        "It grew.|(It fell.)|It rose.|(So it goes.)",
    ];

    #[test]
    fn hard_cases_are_divided_as_a_reader_would() {
        let failures: Vec<_> = HARD
            .iter()
            .map(|case| ((*case).to_owned(), split_joined(case)))
            .filter(|(case, got)| case != got)
            .collect();
        assert!(failures.is_empty(), "{failures:#?}");
    }

    /// The sentences of a case put together again, with `|` between them.
    fn split_joined(case: &str) -> String {
        let wide = case.contains(['。', '！']);
        split(&case.replace('|', if wide { "" } else { " " })).join("|")
    }

    #[test]
    fn typography_does_not_move_a_boundary() {
        for case in HARD {
            let plain = case
                .replace('…', "...")
                .replace('’', "'")
                .replace(' ', "\u{a0}");
            assert_eq!(
                split(&case.replace('|', " ")).len(),
                split(&plain.replace('|', " ")).len(),
                "{case}"
            );
        }
    }

    #[test]
    fn a_sentence_is_divided_alike_wherever_it_stands() {
        for case in HARD {
            let text = case.replace(
                '|',
                if case.contains(['。', '！']) {
                    ""
                } else {
                    " "
                },
            );
            let alone = split(&text);
            let among = format!("They met in June. {text} Nobody was against it.");
            let among = split(&among);
            assert_eq!(alone, among[1..among.len() - 1], "{case}");
        }
    }
}
